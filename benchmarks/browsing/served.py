"""A datasette of one database in a process of its own, as people start it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import attrs
import httpx

_READY = re.compile(r"Uvicorn running on (http://[\d.:]+)")
_PATIENCE = 60.0
"""Seconds to wait for a start, an answer or an end."""


@attrs.frozen
class Served:
    """A running datasette."""

    client: httpx.Client
    pid: int

    def processor_time(self) -> float | None:
        """Milliseconds of processor time that it has used so far; None where the system does not tell (no /proc)."""
        try:
            told = Path(f"/proc/{self.pid}/stat").read_text(encoding="ascii")
        except OSError:
            return None
        # After the name, which may hold blanks, user and system time are the 12th and 13th values (proc(5))
        user, system = told.rpartition(")")[2].split()[11:13]
        return 1000 * (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def serving(db: Path) -> Iterator[Served]:
    """Serve a database with datasette's own settings."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEWSCRAWL_")}
    command = [sys.executable, "-m", "datasette", "serve", str(db), "--port", "0"]
    with (
        tempfile.TemporaryFile("w+") as log,
        subprocess.Popen(command, env=environment, stdout=log, stderr=log) as process,
    ):
        try:
            with httpx.Client(base_url=_address(process, log), timeout=_PATIENCE) as client:
                yield Served(client, process.pid)
        finally:
            process.terminate()
            process.wait(_PATIENCE)


def _address(process: subprocess.Popen[bytes], log: IO[str]) -> str:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        log.seek(0)
        if ready := _READY.search(log.read()):
            return ready[1]
        time.sleep(0.05)
    raise SystemExit("datasette did not start")
