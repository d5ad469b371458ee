"""`newscrawl backup`: a dated copy of the database and every WARC file that is not yet in the folder, none of the rest.

The folder then holds `<archive>-<time>.db`, one for each backup, and `warc/`, as it is beside an archive.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import attrs

from newscrawl.archive import Archive, copying
from newscrawl.errors import DiskFull, UsageError
from newscrawl.times import utc_now
from newscrawl.upkeep.files import named, partial_name, take_name, whole_file
from newscrawl.warc.names import files

WARC = "warc"
"""Where the WARC files lie in a backup."""
_BLOCK = 1 << 20


@attrs.define
class Backup:
    """What was copied."""

    database: Path
    articles: int
    bytes: int
    """Of the database's copy."""
    copied: int = 0
    """WARC files that were not there, or have grown since."""
    copied_bytes: int = 0
    present: int = 0
    """WARC files that were there."""
    troubles: list[str] = attrs.field(factory=list)
    """WARC files that could not be copied as they should, and why; a line each."""


def back_up(archive: Archive, folder: Path, target: Path) -> Backup:
    """Copy the archive and the WARC files in `folder` that are not in `target` yet. Nothing in `target` is deleted.

    Raises:
        UsageError: `target` cannot be, cannot be written, or another backup is writing there.
        DiskFull: there is no room. What was copied before stays.
        ArchiveError: as `copying.copy`.
    """
    _check_apart(folder, target)
    with _alone_in(target):
        _check_room(archive, folder, target)
        backup = _copy_database(archive, target)
        # After the database, and listed only now. A crawl commits a row once the record it points to is on the disk,
        # and only adds to its files: whatever the copied rows point to is in the files as they are from now on. The
        # other way round, rows that came between the two would point to records which the copied files do not have.
        # What the files have in addition does no harm: the next crawl, or `newscrawl check --repair`, adds its rows.
        for name in files(folder):
            _copy_warc(folder / name, target / WARC / name, backup)
    present = set(files(folder))
    backup.troubles += [
        f"{folder / name} is not there, but the archive points to it: copy it back from a backup"
        for name in archive.snapshots.files()
        if name not in present
    ]
    return backup


def _check_apart(folder: Path, target: Path) -> None:
    """Copies among the originals would be copied the next time, and be taken for originals by whoever reads them."""
    ours, theirs = folder.resolve(), target.resolve()
    if theirs.is_relative_to(ours) or ours.is_relative_to(theirs / WARC):
        raise UsageError(f"{target} and the folder of WARC files, {folder}, lie in each other: name another folder")


@contextmanager
def _alone_in(target: Path) -> Iterator[None]:
    """The folder, made if it is not there, with no other backup in it meanwhile."""
    try:
        target.mkdir(parents=True, exist_ok=True)
        if not os.access(target, os.W_OK):
            raise UsageError(f"{target} cannot be written: make it writable, or name another folder")
        descriptor = os.open(target, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise named(error, target) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise UsageError(f"another backup is being written to {target}: wait for its end") from error
    finally:
        os.close(descriptor)


def _check_room(archive: Archive, folder: Path, target: Path) -> None:
    """Better to say so now than after hours of copying; a disk that others fill is still found full later."""
    needed = copying.size(archive)
    for name in files(folder):
        size = _size(folder / name) or 0
        needed += size if size != _size(target / WARC / name) else 0
    free = shutil.disk_usage(target).free
    if free < needed:
        raise DiskFull(f"{target} has {free:,} bytes free and the backup takes {needed:,}: free some room")


def _size(path: Path) -> int | None:
    """None for a file that is not there."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return None


def _copy_database(archive: Archive, target: Path) -> Backup:
    path = _dated(target, archive.path)
    partial = partial_name(path)
    try:
        counts = copying.copy(archive, partial)
        take_name(partial, path)
    except OSError as error:
        raise named(error, path) from error
    finally:
        # SQLite keeps a journal beside what it could not finish
        for leftover in (partial, partial.with_name(f"{partial.name}-journal")):
            with suppress(OSError):
                leftover.unlink()
    return Backup(database=path, articles=counts["articles"], bytes=path.stat().st_size)


def _dated(target: Path, database: Path) -> Path:
    started = utc_now().replace("-", "").replace(":", "")
    path = target / f"{database.stem}-{started}{database.suffix}"
    more = 1
    while path.exists():
        more += 1
        path = target / f"{database.stem}-{started}-{more}{database.suffix}"
    return path


def _copy_warc(source: Path, copy: Path, backup: Backup) -> None:
    there, size = _size(copy), _size(source)
    if there == size or _was_cut(source):
        backup.present += 1
    elif there is not None and not _begins_with(source, copy):
        backup.troubles.append(f"{copy} has other bytes than {source}, and is kept: compare the two")
    else:
        with suppress(FileExistsError):
            copy.parent.mkdir(parents=True)
        with source.open("rb") as original, whole_file(copy) as file:
            shutil.copyfileobj(original, file, _BLOCK)
        backup.copied += 1
        backup.copied_bytes += _size(copy) or 0


def _was_cut(source: Path) -> bool:
    """Whether `newscrawl check --repair` cut a torn record off; the copy has it still, which does no harm."""
    return source.with_name(f"{source.name}.torn-{_size(source)}").exists()


def _begins_with(source: Path, copy: Path) -> bool:
    """Whether a file only grew since it was copied. One that was cut or replaced must not take its copy's place."""
    with source.open("rb") as original, copy.open("rb") as copied:
        while block := copied.read(_BLOCK):
            if original.read(len(block)) != block:
                return False
    return True
