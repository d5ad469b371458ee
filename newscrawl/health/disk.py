"""What an archive takes of the disk, and for how long there is room."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import statistics
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from newscrawl.archive import Archive
from newscrawl.archive.health import HealthFacts
from newscrawl.health.values import Disk

DAYS = 14
"""Days by which growth is judged."""
ENOUGH = 3
_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)T.*\.warc\.gz")


def disk_of(archive: Archive, folder: Path, floor: int, now: str) -> Disk:
    """Measure database and WARC files in `folder`; `floor`: bytes that must stay free.

    The growth of a day is the median of the last two weeks, so that the first crawl of a long past is no forecast. The
    database grows with the pages.
    """
    database = HealthFacts(archive.conn).database_bytes() + _size(archive.path.with_name(archive.path.name + "-wal"))
    by_day, warc = Counter[str](), 0
    for name, size in _files(folder):
        warc += size
        if day := _DAY.fullmatch(name):
            by_day["-".join(day.groups())] += size
    pages = _a_day(by_day, now)
    growth = None if pages is None else round(pages * (1 + database / warc) if warc else 0)
    free = min(shutil.disk_usage(_existing(each)).free for each in (archive.path.parent, folder))
    left = max(0, free - floor) / growth if growth else None
    return Disk(
        database_bytes=database, warc_bytes=warc, free_bytes=free, floor_bytes=floor, bytes_a_day=growth, days_left=left
    )


def _a_day(by_day: Counter[str], now: str) -> float | None:
    """Bytes of a day in the middle; None while there are too few days. Today is not over."""
    today = dt.date.fromisoformat(now[:10])
    days = [str(today - dt.timedelta(days=number)) for number in range(1, DAYS + 1)]
    begun = [day for day in days if day >= min(by_day, default=now)]
    return statistics.median(by_day[day] for day in begun) if len(begun) >= ENOUGH else None


def _files(folder: Path) -> Iterator[tuple[str, int]]:
    """Name and size of every WARC file."""
    try:
        entries = list(os.scandir(folder))
    except FileNotFoundError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _files(Path(entry.path))
        elif entry.name.endswith(".warc.gz"):
            yield entry.name, entry.stat().st_size


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above that is there."""
    return next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())
