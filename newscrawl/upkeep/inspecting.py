"""Databases as datasette takes them."""

from __future__ import annotations

import asyncio
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from newscrawl.errors import UsageError

_HOUR_MS = 3_600_000
_NOT_IN_NAMES = "?#%"
"""Datasette puts the path of a database into a URI as it is."""


def check_servable(path: Path) -> None:
    """Whether datasette can serve a database that is, or will be, at `path`.

    Raises:
        UsageError: it is not installed, or cannot open a file of that name.
    """
    if find_spec("datasette") is None:
        raise UsageError("datasette is not installed: pip install 'newscrawl[browse]'")
    if any(letter in str(path) for letter in _NOT_IN_NAMES):
        raise UsageError(f"datasette cannot open {path}: give it a name, and its folders, without ?, # and %")


def inspected_name(path: Path) -> Path:
    """The file beside the database at `path` that says how many rows its tables have."""
    return path.with_suffix(".inspect.json")


def inspect(path: Path) -> dict[str, Any]:
    """What `datasette inspect` says of the database at `path`, which nobody writes to. Counts each table to its end;
    that command gives up after a second.
    """
    from datasette.app import Datasette

    limits = {"num_sql_threads": 0, "sql_time_limit_ms": _HOUR_MS}
    databases = Datasette([], immutables=[str(path)], settings=limits).databases.values()
    (database,) = (each for each in databases if each.path)
    try:
        counts = asyncio.run(database.table_counts(limit=_HOUR_MS))
        tables = {table: {"count": count} for table, count in counts.items()}
        return {"hash": database.hash, "size": database.size, "file": database.path, "tables": tables}
    finally:
        database.close()
