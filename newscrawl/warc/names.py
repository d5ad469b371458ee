"""How WARC files are named and ordered: `<folder>/<site>/<started-at>-<run>[-<part>].warc.gz`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from newscrawl.errors import ReadOnlyArchive

ENDING = ".warc.gz"
RUN_URI = "urn:newscrawl:run"
"""The target of the `metadata` record that says how a run ended."""
_NAME = re.compile(r"(?P<started>\d{8}T\d{6}Z)-(?P<run>\d+)(?:-(?P<part>\d+))?\.warc\.gz")


def folder_of(db: str | Path, warc_dir: str) -> Path:
    """The folder of the WARC files of the archive `db`: `warc_dir` (`NEWSCRAWL_WARC_DIR`), or `warc` beside it."""
    return Path(warc_dir) if warc_dir else Path(db).parent / "warc"


def make_folder(db: str | Path, warc_dir: str) -> Path:
    """`folder_of`, made if it is not there.

    Raises:
        ReadOnlyArchive: it cannot be made or written.
    """
    folder = folder_of(db, warc_dir)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReadOnlyArchive(f"{folder} cannot be made ({error.strerror}): name another folder") from error
    if not os.access(folder, os.W_OK):
        raise ReadOnlyArchive(f"{folder} cannot be written: make it writable, or name another (NEWSCRAWL_WARC_DIR)")
    return folder


def name_of(site: str, started_at: str, run_id: int, part: int = 1) -> str:
    """The file of a run's `part`, relative to the folder. `started_at` is UTC, `2025-11-11T13:50:00Z`."""
    started = started_at.replace("-", "").replace(":", "")
    return f"{site}/{started}-{run_id}" + (f"-{part}" if part > 1 else "") + ENDING


def files_of(folder: Path, site: str, started_at: str, run_id: int) -> list[str]:
    """The files that a run has written, relative to the folder, in order."""
    stem = name_of(site, started_at, run_id).removesuffix(ENDING)
    found = [*folder.glob(f"{stem}{ENDING}"), *folder.glob(f"{stem}-*{ENDING}")]
    return sorted((file.relative_to(folder).as_posix() for file in found), key=_order)


def site_of(name: str) -> str:
    """The site whose exchanges the file `name` holds: the folder it lies in."""
    return name.rpartition("/")[0]


def files(folder: Path) -> Iterator[str]:
    """Every WARC file below `folder`, relative to it, in the order in which they were written."""
    names = (file.relative_to(folder).as_posix() for file in folder.rglob(f"*{ENDING}"))
    yield from sorted(names, key=_order)


def _order(name: str) -> tuple[str, int, int, str]:
    match = _NAME.fullmatch(name.rpartition("/")[2])
    # Files that are not named as ours come last: a foreign WARC put there by hand may be of any time
    return (match["started"], int(match["run"]), int(match["part"] or 1), name) if match else ("~", 0, 0, name)
