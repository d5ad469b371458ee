"""`newscrawl check`: is everything there, whole, and where the index says it is? And what of it can be put right."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs

from newscrawl.archive import Archive, checking, checking_snapshots, opening
from newscrawl.errors import MissingWarc, NewerArchive, NotAnArchive
from newscrawl.upkeep import findings as kinds
from newscrawl.upkeep.check_database import check_database, repair_search
from newscrawl.upkeep.check_warc import Checked, check_file
from newscrawl.upkeep.findings import Finding, Findings
from newscrawl.upkeep.indexing import index_file
from newscrawl.upkeep.rereading import Steps, silent
from newscrawl.warc.mending import cut, held
from newscrawl.warc.names import files

_STEP = 1 << 20
_SETTLED = 60.0
"""Seconds after which an empty file is not about to be written by a crawl that has just made it."""


@attrs.define(kw_only=True)
class Report:
    """What was looked at, and what was found."""

    articles: int = 0
    snapshots: int = 0
    files: int = 0
    records: int = 0
    bytes: int = 0
    """Of the WARC files."""
    indexed: int = 0
    """Records that have a row now."""
    kept: list[Path] = attrs.field(factory=list)
    """Files that hold what was cut off."""
    findings: tuple[Finding, ...] = ()

    @property
    def is_well(self) -> bool:
        """Whether nothing is wrong, or nothing any more."""
        return not any(finding.is_open for finding in self.findings)


def check(db: str | Path, folder: Path, *, repair: bool = False, steps: Steps = silent) -> Report:
    """Check the archive at `db` with the WARC files in `folder`, and `repair` what can be.

    What is damaged does not end the check: the rest is looked at. A repair deletes nothing: it adds rows for records,
    makes the search index anew, and moves what was torn off a WARC file into a file beside it.

    Raises:
        ArchiveError: there is no archive; it is an older one (not with `repair`); it cannot be written (`repair`).
    """
    found, report = Findings(), Report()
    with _opened(db, found, repair=repair) as archive:
        if archive:
            check_database(archive, found, steps)
            if repair and not found.found(kinds.DATABASE):
                repair_search(archive, found)
        _Files(archive, folder, found, report, repair=repair and archive is not None).check(steps)
    report.findings = found.all()
    return report


@contextmanager
def _opened(db: str | Path, found: Findings, *, repair: bool) -> Iterator[Archive | None]:
    try:
        archive = Archive.open(db, create=False, read_only=not repair)
    except (NotAnArchive, NewerArchive) as error:
        found.add(kinds.UNOPENED, str(error))
        yield None
        return
    with archive:
        checking.prepare(archive)
        yield archive


class _Files:
    """The WARC files of an archive."""

    def __init__(self, archive: Archive | None, folder: Path, found: Findings, report: Report, *, repair: bool) -> None:
        self._archive = archive
        self._folder = folder
        self._found = found
        self._report = report
        self._repair = repair
        self._to_index: dict[str, int] = {}

    def check(self, steps: Steps) -> None:
        """Look at every file, and at every row."""
        names = list(files(self._folder))
        self._report.files = len(names)
        self._report.bytes = sum(path.stat().st_size for name in names if (path := self._folder / name).exists())
        step = _by_size(steps("WARC files, MB", self._report.bytes // _STEP))
        for name in names:
            self._guarded(lambda name=name: self._check(name, step))  # type: ignore[misc]
        if self._archive:
            self._guarded(self._check_rows)
        if self._repair and not self._found.found(kinds.DATABASE):
            for name, start in self._to_index.items():
                self._index(name, start)

    def _guarded(self, part: Callable[[], None]) -> None:
        if self._archive is None:
            part()
            return
        try:
            with opening.naming(self._archive.path):
                part()
        except NotAnArchive as error:
            self._found.add(kinds.DATABASE, str(error))

    def _check(self, name: str, step: Callable[[int], None]) -> None:
        path = self._folder / name
        # A file that may only be read can be checked all the same
        mend = self._repair and os.access(path, os.W_OK)
        try:
            with held(path, alone=mend) as free:
                if free and path.stat().st_size == 0:
                    self._found.add(kinds.WARC_EMPTY, name)
                checked = check_file(
                    self._archive, self._folder, name, self._found, until=None if free else self._in_use(name),
                    step=step,
                )  # fmt: skip
                self._report.records += checked.records
                if checked.unindexed:
                    self._found.add(
                        kinds.RECORD_UNINDEXED, f"{name}: {checked.unindexed:,} of {checked.records:,} records",
                        checked.unindexed,
                    )  # fmt: skip
                if free and mend:
                    self._mend(path, checked)
                if free and checked.unindexed:
                    self._to_index[name] = checked.unindexed_from
        except OSError as error:
            self._found.add(kinds.WARC_UNOPENED, f"{name}: {error.strerror}")
        except UnicodeEncodeError:
            # Then no row can point to it either
            self._found.add(kinds.WARC_UNOPENED, f"{name}: its name is no UTF-8")
        except MissingWarc as error:
            self._found.add(kinds.WARC_MISSING, str(error))

    def _in_use(self, name: str) -> int:
        """The byte up to which a file can be checked that a crawl writes."""
        until = self._archive.snapshots.indexed_to(name) if self._archive else 0
        self._found.add(kinds.WARC_WRITTEN, f"{name}, up to {until:,}")
        return until

    def _mend(self, path: Path, checked: Checked) -> None:
        status = path.stat()
        if checked.torn_at is not None:
            self._report.kept.append(cut(path, checked.torn_at))
            self._found.repaired(kinds.WARC_TORN, 1)
        elif status.st_size == 0 and time.time() - status.st_mtime > _SETTLED:
            self._report.kept.append(cut(path, 0))
            self._found.repaired(kinds.WARC_EMPTY, 1)

    def _check_rows(self) -> None:
        """Rows whose file is not there, or that point nowhere; last, what depends on the unreadable."""
        assert self._archive
        self._report.articles = checking.count(self._archive, "articles")
        self._report.snapshots = checking.count(self._archive, "snapshot_rows")
        for name, rows in checking_snapshots.files(self._archive).items():
            if not (self._folder / name).exists():
                self._found.add(kinds.WARC_MISSING, f"{self._folder / name}: rows that point into it: {rows:,}")
                checking_snapshots.note_missing(self._archive, name)
        for url in checking_snapshots.placeless(self._archive):
            self._found.add(kinds.ROW_PLACELESS, url)
        for row in checking_snapshots.bereft(self._archive):
            self._found.add(kinds.REVISIT_BEREFT, row)

    def _index(self, name: str, start: int) -> None:
        assert self._archive
        indexed = index_file(self._archive, self._folder, name, start)
        self._report.indexed += indexed.records
        self._found.repaired(kinds.RECORD_UNINDEXED, indexed.records)
        for error in indexed.unusable:
            self._found.add(kinds.RECORD_UNUSABLE, str(error))


def _by_size(step: Callable[[], None]) -> Callable[[int], None]:
    """From a step per megabyte to one that is told of bytes."""
    done = 0

    def advance(count: int) -> None:
        nonlocal done
        steps, done = divmod(done + count, _STEP)
        for _ in range(steps):
            step()

    return advance
