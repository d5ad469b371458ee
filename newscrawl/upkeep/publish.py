"""`newscrawl publish`: a copy of the archive for the open web, and beside it what datasette needs to know of it.

Beside `news.db` lies `news.inspect.json`, as `datasette inspect` makes it: with `--inspect-file` datasette takes the
counts of rows from there and does not count.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import attrs

from newscrawl.archive import Archive, copying, publishing
from newscrawl.archive.publishing import Published, is_published
from newscrawl.errors import DiskFull, UsageError
from newscrawl.upkeep.files import named, partial_name, take_name, whole_file
from newscrawl.upkeep.inspecting import check_servable, inspect, inspected_name

READABLE = 0o644
"""For everybody: another user may serve it."""


@attrs.frozen(kw_only=True)
class Done:
    """What was written."""

    published: Published
    bytes: int
    """Of the copy."""
    inspected: Path
    """The file that says how many rows each table has."""


def publish(archive: Archive, out: Path, without: Sequence[Sequence[str]] = (), *, floor: int = 0) -> Done:
    """Write the copy `out`, or write it anew, which takes the earlier one's place once it is complete.

    `without` are articles to be left out, each by spellings of one address of it; `floor` is how many bytes are to
    stay free on the disk.

    Raises:
        UsageError: `out` is there and no such copy, or cannot be written, or datasette cannot serve it.
        DiskFull: there is no room. An earlier copy stays.
        ArchiveError: as `publishing.publish`.
    """
    _check(archive, out, floor)
    partial, scratch = partial_name(out), partial_name(out.with_name(f"{out.name}.whole"))
    try:
        # What a killed one of the same number left
        _remove(partial, scratch)
        # Until it is stripped it is nobody else's business
        os.close(os.open(scratch, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
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
        _remove(partial, scratch)
    return Done(published=published, bytes=out.stat().st_size, inspected=inspected)


def _check(archive: Archive, out: Path, floor: int) -> None:
    """Better to say so now than after minutes of copying."""
    check_servable(out)
    if out.exists() and not is_published(out):
        raise UsageError(f"{out} is no copy made by newscrawl publish, and is left as it is: name another file")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise named(error, out) from error
    if not os.access(out.parent, os.W_OK):
        raise UsageError(f"{out.parent} cannot be written: make it writable, or name a file elsewhere")
    free, needed = shutil.disk_usage(out.parent).free, 2 * copying.size(archive)
    if free < needed + floor:
        raise DiskFull(
            f"{out.parent} has {free:,} bytes free and making a copy takes up to {needed:,}, above the floor of "
            f"{floor:,} (NEWSCRAWL_MIN_FREE_BYTES): free some room"
        )


def _remove(*databases: Path) -> None:
    # SQLite keeps a journal beside what it could not finish
    for leftover in (path.with_name(path.name + end) for path in databases for end in ("", "-journal")):
        with suppress(OSError):
            leftover.unlink()
