"""`newscrawl rebuild`: the whole database again, from the WARC files alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import attrs

from newscrawl.archive import Archive
from newscrawl.errors import ArchiveError
from newscrawl.sites import SITES
from newscrawl.upkeep.answers import answer_of
from newscrawl.upkeep.indexing import index_file
from newscrawl.upkeep.rereading import Steps, Unreadable, of_all, silent
from newscrawl.upkeep.storing import settle
from newscrawl.warc.names import files, site_of
from newscrawl.warc.records import Damage

_BATCH = 200
"""Answers in one transaction."""


@attrs.define
class Rebuilt:
    """What was found in the WARC files."""

    files: int = 0
    records: int = 0
    """Exchanges."""
    counts: Counter[str] = attrs.field(factory=Counter)
    """`new`, `changed`, `unchanged`, `failed`, `unreadable` article pages; answers `not modified` and `missing`."""
    damages: list[Damage] = attrs.field(factory=list)
    unusable: list[Exception] = attrs.field(factory=list)
    """Why records or pages that are there could not be used."""


def rebuild(path: Path, folder: Path, *, jobs: int | None = None, steps: Steps = silent) -> Rebuilt:
    """Make the archive `path` from the files in `folder`. What is damaged is told and passed over.

    The archive gets its name once it is complete.

    Raises:
        ArchiveError: `path` or what SQLite keeps beside it exists, or there is no WARC file in `folder`.
        ReadOnlyArchive, DiskFull: as `Archive.open` and `Archive.transaction`.
    """
    names = list(files(folder))
    _check_free(path)
    if not names:
        raise ArchiveError(f"{folder} holds no WARC file: name their folder with --warc-dir")
    partial = path.with_name(path.name + ".part")
    _remove(partial)
    rebuilt = Rebuilt(files=len(names))
    with Archive.open(partial) as archive:
        _index(archive, folder, names, rebuilt, steps)
        _read(archive, folder, rebuilt, jobs, steps)
        archive.restore_walks()
        archive.optimize()
    # Somebody may have come meanwhile
    _check_free(path)
    partial.replace(path)
    _remove(partial)
    return rebuilt


def _check_free(path: Path) -> None:
    if path.exists():
        raise ArchiveError(f"{path} is there already: name a new file, nothing is written over")
    # SQLite would take it for the new database's own, and show the content of the old one
    for leftover in (path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal")):
        if leftover.exists():
            raise ArchiveError(f"{leftover} is left of an earlier database: move it away")


def _index(archive: Archive, folder: Path, names: Sequence[str], rebuilt: Rebuilt, steps: Steps) -> None:
    bereft = []
    tick = steps("reading files", len(names))
    for name in names:
        if (site := SITES.get(site_of(name))) is not None:
            archive.add_site(site)
        indexed = index_file(archive, folder, name)
        rebuilt.records += indexed.records
        rebuilt.damages += indexed.damages
        if indexed.unusable:
            bereft.append(name)
        tick()
    # Of two crawls at a time the one that began first may repeat a page of the other
    for name in bereft:
        indexed = index_file(archive, folder, name)
        rebuilt.records += indexed.records
        rebuilt.unusable += indexed.unusable


def _read(archive: Archive, folder: Path, rebuilt: Rebuilt, jobs: int | None, steps: Steps) -> None:
    ids = archive.snapshots.answers()
    tick = steps("reading pages", len(ids))
    answers = of_all(answer_of, folder, archive.snapshots.read(ids), len(ids), jobs)
    while batch := list(islice(answers, _BATCH)):
        with archive.transaction():
            for snapshot, answer in batch:
                if became := settle(archive, snapshot, answer, snapshot.run_id, again=False):
                    rebuilt.counts[became] += 1
                if isinstance(answer.said, Unreadable):
                    rebuilt.unusable.append(answer.said.error)
                tick()


def _remove(path: Path) -> None:
    """The database and what SQLite keeps beside it."""
    for leftover in (path, *path.parent.glob(f"{path.name}-*")):
        leftover.unlink(missing_ok=True)
