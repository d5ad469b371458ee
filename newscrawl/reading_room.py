"""The reading room of one machine: datasette over archives, for somebody who sits at it."""

from __future__ import annotations

import asyncio
import errno
import json
import signal
import socket
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from newscrawl.archive import Archive
from newscrawl.archive.publishing import is_published
from newscrawl.errors import ReadOnlyArchive, UsageError
from newscrawl.upkeep.inspecting import check_servable, inspected_name

if TYPE_CHECKING:
    from datasette.app import Datasette

HOST = "127.0.0.1"
PORT = 8001
SETTINGS: Mapping[str, Any] = {
    # A crawl may be at it: what a browser remembers is old
    "default_cache_ttl": 0,
    # It would ask a question per column of each table, most of them over all rows
    "suggest_facets": False,
    # Few people ask, who may wait for what they asked for
    "sql_time_limit_ms": 5000,
    "facet_time_limit_ms": 1000,
    "max_csv_mb": 0,
    "num_sql_threads": 4,
    "cache_size_kb": 16384,
}
"""Of datasette (docs.datasette.io/en/stable/settings.html)."""
_PORTS = range(PORT, PORT + 20)
"""Those that are tried where none is asked for."""
_PATIENCE_SECONDS = 1
"""How long an answer that is under way may take when the room is closed."""


def open_room(archives: Sequence[Path]) -> Datasette:
    """Bring `archives` up to date and give them to datasette. Copies made for publishing are taken as they are.

    Raises:
        UsageError: datasette is not installed, or cannot open a file of that name.
        ArchiveError: one of them cannot be opened, as by `Archive.open`.
    """
    copies = [path for path in archives if is_published(path)]
    for path in archives:
        check_servable(path)
        if path not in copies:
            _bring_up_to_date(path)
    from datasette.app import Datasette

    room = Datasette(
        [str(path) for path in archives if path not in copies],
        immutables=[str(path) for path in copies],
        inspect_data={name: found for path in copies for name, found in _inspected(path).items()},
        settings=dict(SETTINGS),
    )
    asyncio.run(room.invoke_startup())
    return room


def listen(host: str, port: int | None) -> socket.socket:
    """A socket at which browsers are heard from now on, though not answered yet. Port 0 is any that is free.

    Raises:
        UsageError: the port is taken, or the address is none of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for each in _PORTS if port is None else (port,):
        try:
            return socket.create_server((host, each), family=family)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                said = str(error.strerror).partition(" (while")[0]
                raise UsageError(
                    f"{host} port {each} cannot be served ({said}): name another --host or --port"
                ) from error
    raise UsageError(f"{host} port {each} is taken by another program: end it, or name another --port")


def serve(room: Datasette, listener: socket.socket, announce: Callable[[], None]) -> None:
    """Answer until a signal ends it; `announce` is called once signals are heard."""
    import uvicorn

    # What goes wrong datasette says itself; left for uvicorn to say are answers that nobody waits for any more
    config = uvicorn.Config(
        room.app(), log_level="critical", access_log=False, timeout_graceful_shutdown=_PATIENCE_SECONDS
    )
    server = uvicorn.Server(config)
    # It listens to signals only once its loop runs; one that came before would break off whatever is at work then
    signal.signal(signal.SIGINT, server.handle_exit)
    announce()
    server.run([listener])


def _bring_up_to_date(path: Path) -> None:
    try:
        Archive.open(path, create=False).close()
    except ReadOnlyArchive:
        # It can be read where it is no WAL database, or somebody who may write has it open
        Archive.open(path, create=False, read_only=True).close()


def _inspected(copy: Path) -> dict[str, Any]:
    """What lies beside a copy about it; nothing if that is of another state of it."""
    try:
        found: dict[str, Any] = json.loads(inspected_name(copy).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return {name: each for name, each in found.items() if each["size"] == copy.stat().st_size}
