"""Datasette as people run it: a process of its own, with nothing but a database's name."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PATIENCE = 60.0
"""Seconds to wait for a start or an end."""
_READY = re.compile(r"Uvicorn running on (http://[\d.:]+)")


@contextmanager
def serving(db: Path, *options: str) -> Iterator[str]:
    """Serve a database and yield the address, `http://127.0.0.1:41235`."""
    log = db.with_suffix(".log")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEWSCRAWL_")}
    command = [sys.executable, "-m", "datasette", "serve", str(db), "--port", "0", *options]
    with log.open("wb") as out, subprocess.Popen(command, env=environment, stdout=out, stderr=out) as process:
        try:
            yield _address(process, log)
        finally:
            process.terminate()
            process.wait(_PATIENCE)


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        if ready := _READY.search(log.read_text()):
            return ready[1]
        time.sleep(0.05)
    raise AssertionError(f"datasette did not start: {log.read_text()}")
