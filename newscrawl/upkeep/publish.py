"""`newscrawl publish`: a copy of the archive for the open web, and beside it what datasette needs to know of it.

Beside `news.db` lies `news.inspect.json`, as `datasette inspect` makes it: with `--inspect-file` datasette takes the
counts of rows from there and does not count.
"""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import attrs

from newscrawl.archive import Archive, copying, publishing
from newscrawl.archive.publishing import Published, is_published
from newscrawl.errors import DiskFull, UsageError
from newscrawl.upkeep.files import named, partial_name, take_name, whole_file

READABLE = 0o644
"""For everybody: another user may serve it."""
_HOUR_MS = 3_600_000


@attrs.frozen(kw_only=True)
class Done:
    """What was written."""

    published: Published
    bytes: int
    """Of the copy."""
    inspected: Path
    """The file that says how many rows each table has."""


def publish(archive: Archive, out: Path, without: Sequence[Sequence[str]] = ()) -> Done:
    """Write the copy `out`, or write it anew, which takes the earlier one's place once it is complete.

    `without` are articles to be left out, each by spellings of one address of it.

    Raises:
        UsageError: `out` is there and no such copy, or cannot be written, or datasette is not installed.
        DiskFull: there is no room. An earlier copy stays.
        ArchiveError: as `publishing.publish`.
    """
    _check(archive, out)
    partial, scratch = partial_name(out), partial_name(out.with_name(f"{out.name}.whole"))
    try:
        published = publishing.publish(archive, partial, scratch, without)
        scratch.unlink()
        partial.chmod(READABLE)
        inspected = inspected_name(out)
        found = json.dumps({out.stem: inspect(partial) | {"file": out.name}}, indent=2)
        with whole_file(inspected) as file:
            file.write(found.encode())
        inspected.chmod(READABLE)
        take_name(partial, out)
    except OSError as error:
        raise named(error, out) from error
    finally:
        # SQLite keeps a journal beside what it could not finish
        for leftover in (path.with_name(path.name + end) for path in (partial, scratch) for end in ("", "-journal")):
            with suppress(OSError):
                leftover.unlink()
    return Done(published=published, bytes=out.stat().st_size, inspected=inspected)


def inspected_name(out: Path) -> Path:
    """The file beside the copy `out` that says how many rows its tables have."""
    return out.with_suffix(".inspect.json")


def inspect(path: Path) -> dict[str, Any]:
    """What `datasette inspect` says of a database, but that it counts no table for longer than a second."""
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


def _check(archive: Archive, out: Path) -> None:
    """Better to say so now than after minutes of copying."""
    if find_spec("datasette") is None:
        raise UsageError("datasette is not installed: pip install 'newscrawl[browse]'")
    if out.exists() and not is_published(out):
        raise UsageError(f"{out} is no copy made by newscrawl publish, and is left as it is: name another file")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise named(error, out) from error
    free, needed = shutil.disk_usage(out.parent).free, 2 * copying.size(archive)
    if free < needed:
        raise DiskFull(f"{out.parent} has {free:,} bytes free and making a copy takes up to {needed:,}: free some room")
