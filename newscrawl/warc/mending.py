"""WARC files that nobody writes: held while they are looked at, freed of a torn end."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from newscrawl.warc.writing import sync_folder

_CHUNK = 1 << 20


@contextmanager
def held(path: Path, *, alone: bool) -> Iterator[bool]:
    """Keep writers off a WARC file, and with `alone` readers that ask as well; False if a crawl writes it now.

    Raises:
        OSError: it cannot be opened.
    """
    with path.open("r+b" if alone else "rb") as file:
        try:
            fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def cut(path: Path, offset: int) -> Path:
    """Move the bytes of a file from `offset` on into a file beside it; the path of that. Hold the file meanwhile.

    Where nothing comes before them the whole file is moved. At no moment are the bytes in neither file.

    Raises:
        OSError: there is no room, or the folder cannot be written.
    """
    kept = _free_name(path, offset)
    if offset == 0:
        path.rename(kept)
        sync_folder(path.parent)
        return kept
    with path.open("r+b") as file, kept.open("xb") as copy:
        file.seek(offset)
        while chunk := file.read(_CHUNK):
            copy.write(chunk)
        copy.flush()
        os.fsync(copy.fileno())
        sync_folder(path.parent)
        file.truncate(offset)
        os.fsync(file.fileno())
    return kept


def _free_name(path: Path, offset: int) -> Path:
    """`<file>.torn-<offset>`, numbered where an earlier repair that was killed left one."""
    name = kept = path.with_name(f"{path.name}.torn-{offset}")
    number = 1
    while kept.exists():
        number += 1
        kept = name.with_name(f"{name.name}-{number}")
    return kept
