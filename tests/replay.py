"""pywb, the player of web archives, as a real server over a folder of WARC files."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx
import pytest

_BIN = Path(sys.prefix) / "pywb" / "bin"
_PATIENCE = 60.0
"""Seconds to wait for a start, an answer or an end; the first start of pywb compiles its modules."""

# In CI the installation has to work: there a missing pywb is a failure.
needs_pywb = pytest.mark.skipif(
    not (_BIN / "wayback").exists() and "CI" not in os.environ,
    reason=f"pywb is not installed in {_BIN.parent}: `make test` does it, with a network",
)


@contextmanager
def playing(warcs: Path, scratch: Path) -> Iterator[str]:
    """Play the `.warc.gz` files in and below `warcs`, as they are now, and yield the address of the collection.

    `scratch` takes the index, the configuration and the log of pywb.
    """
    index, log = scratch / "index.cdxj", scratch / "pywb.log"
    command = [f"{_BIN}/cdx-indexer", "--cdxj", "--sort", "--recurse", "--output", str(index), str(warcs)]
    subprocess.run(command, check=True, timeout=_PATIENCE)
    collections = {"crawls": {"index": str(index), "archive_paths": f"{warcs}/"}}
    # JSON is YAML, too
    (scratch / "config.yaml").write_text(json.dumps({"collections": collections}))
    port = _free_port()
    command = [f"{_BIN}/wayback", "--bind", "127.0.0.1", "--port", str(port)]
    with log.open("wb") as out, subprocess.Popen(command, cwd=scratch, stdout=out, stderr=out) as process:
        try:
            collection = f"http://127.0.0.1:{port}/crawls"
            _wait_for(collection, process, log)
            yield collection
        finally:
            process.terminate()
            process.wait(_PATIENCE)


def replayed(collection: str, url: str, at: datetime) -> bytes:
    """The page as the site sent it at `at`, without its content coding."""
    return _captured(collection, url, at, "id_")


def rewritten(collection: str, url: str, at: datetime) -> bytes:
    """The page of `at` as pywb gives it to a browser: its links lead into the archive."""
    return _captured(collection, url, at, "mp_")


def _captured(collection: str, url: str, at: datetime, modifier: str) -> bytes:
    moment = at.astimezone(UTC).replace(microsecond=0)
    answer = httpx.get(f"{collection}/{moment:%Y%m%d%H%M%S}{modifier}/{url}", timeout=_PATIENCE)
    captured = answer.headers.get("memento-datetime")
    assert captured, f"pywb has no {url}: {answer.status_code} {answer.text}"
    # Where a revisit leads nowhere pywb quietly plays the capture that is next in time.
    assert parsedate_to_datetime(captured) == moment, f"pywb plays {url} of {captured} instead of {moment}"
    return answer.content


def _free_port() -> int:
    # pywb does not say which port it took when asked for any.
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(address, timeout=_PATIENCE)
        except httpx.ConnectError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"pywb did not start: {log.read_text()}")
