"""WARC files against the rows that point into them: each file is read once, from its first byte to its last."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import takewhile
from pathlib import Path

import attrs

from newscrawl.archive import Archive, checking_snapshots
from newscrawl.archive.checking_snapshots import IndexRow
from newscrawl.errors import DamagedRecord
from newscrawl.upkeep import findings as kinds
from newscrawl.upkeep.findings import Findings
from newscrawl.warc.reading import scan
from newscrawl.warc.records import Damage, Record


@attrs.define
class Checked:
    """What became of one file."""

    records: int = 0
    torn_at: int | None = None
    """Where the last whole record ends, if something follows that is none."""
    unindexed: int = 0
    """Exchanges without a row."""
    unindexed_from: int = 0
    """Where the first of them begins."""
    unreadable: list[int] = attrs.field(factory=list)
    """Ids of rows whose record cannot be read."""


def check_file(
    archive: Archive | None, folder: Path, name: str, found: Findings, *, until: int | None,
    step: Callable[[int], None],
) -> Checked:  # fmt: skip
    """Compare the records of a file with its rows; without an archive look at the records alone.

    `until` is the byte up to which a file is read that is being written. `step` is told of bytes that were read.
    """
    size = (folder / name).stat().st_size
    end = size if until is None else until
    rows = checking_snapshots.rows(archive, name) if archive else iter(())
    if until is not None:
        # Rows that a crawl has added since point beyond
        rows = takewhile(lambda row: row.offset < end, rows)
    comparison = _Comparison(name, size, rows, found, has_index=archive is not None)
    for part in takewhile(lambda part: part.place.offset < end, scan(folder, name)):
        comparison.meet(part)
        step(part.place.length)
    comparison.finish()
    checked = comparison.checked
    if archive:
        checking_snapshots.note_unreadable(archive, checked.unreadable)
    return checked


class _Comparison:
    """Walks along the records of a file and its rows together; both are in the order of the bytes."""

    def __init__(self, name: str, size: int, rows: Iterator[IndexRow], found: Findings, *, has_index: bool) -> None:
        self.checked = Checked()
        self._position = 0
        self._name = name
        self._size = size
        self._rows = rows
        self._row = next(rows, None)
        self._found = found
        self._has_index = has_index

    def meet(self, part: Record | Damage) -> None:
        """The next part of the file."""
        row = self._next_row(part.place.offset)
        self._position = part.place.offset + part.place.length
        if isinstance(part, Damage):
            self._meet_damage(part, row)
        else:
            self._meet_record(part, row)

    def finish(self) -> None:
        """The file has no further part."""
        self._lost(list(self._rows_before(None)))

    def _next_row(self, offset: int) -> IndexRow | None:
        """The row that points to `offset`; those that come before it point into the part that is over."""
        for row in self._rows_before(offset):
            self._misplaced(row)
        found = self._row
        if found is None or found.offset != offset:
            return None
        self._row = next(self._rows, None)
        return found

    def _rows_before(self, end: int | None) -> Iterator[IndexRow]:
        while (row := self._row) is not None and (end is None or row.offset < end):
            self._row = next(self._rows, None)
            yield row

    def _misplaced(self, row: IndexRow) -> None:
        self._found.add(kinds.ROW_MISPLACED, f"{self._at(row.offset)}: row {row.id}, {row.url}")
        self.checked.unreadable.append(row.id)

    def _lost(self, rows: list[IndexRow]) -> None:
        if rows:
            ends = f"ends at {self.checked.torn_at if self.checked.torn_at is not None else self._size}"
            self._found.add(kinds.WARC_SHORT, f"{self._name} {ends}; rows that point beyond: {len(rows):,}", len(rows))
            self.checked.unreadable += [row.id for row in rows]

    def _meet_damage(self, part: Damage, row: IndexRow | None) -> None:
        rows = [*([row] if row else ()), *self._rows_before(self._position)]
        detail = f"{self._at(part.place.offset)}: {part.place.length:,} bytes, {part.why}"
        if part.torn:
            self.checked.torn_at = part.place.offset
            self._found.add(kinds.WARC_TORN, detail)
            self._lost(rows)
            return
        is_all = part.place.length == self._size
        concerned = f"; rows that point into it: {len(rows):,}" if rows else ""
        self._found.add(kinds.WARC_ALIEN if is_all else kinds.RECORD_DAMAGED, detail + concerned)
        self.checked.unreadable += [each.id for each in rows]

    def _meet_record(self, record: Record, row: IndexRow | None) -> None:
        self.checked.records += 1
        if not record.is_exchange:
            if row is not None:
                self._misplaced(row)
            return
        try:
            payload = record.payload_sha256 if record.type == "revisit" else record.exchange().payload_sha256
        except DamagedRecord as error:
            self._found.add(kinds.RECORD_DAMAGED, str(error) + (f"; row {row.id}, {row.url}" if row else ""))
            self.checked.unreadable += [row.id] if row else []
            return
        if row is not None:
            self._compare(record, payload, row)
        elif self._has_index:
            if not self.checked.unindexed:
                self.checked.unindexed_from = record.place.offset
            self.checked.unindexed += 1

    def _compare(self, record: Record, payload: str, row: IndexRow) -> None:
        if differing := list(_differing(record, payload, row)):
            where = f"{self._at(row.offset)}: row {row.id}, {row.url}: "
            self._found.add(kinds.ROW_DIFFERS, where + ", ".join(differing))

    def _at(self, offset: int) -> str:
        return f"{self._name} at {offset}"


def _differing(record: Record, payload: str, row: IndexRow) -> Iterator[str]:
    """The names of what a row and its record do not agree in.

    The payload of a revisit is that of its original, whose own record is checked where it lies.
    """
    facts = {
        "address": (record.fields["warc-target-uri"], row.url),
        "time": (record.fields["warc-date"], row.fetched_at),
        "status": (int(record.first_line.split(" ", 2)[1]), row.status),
        "payload": (payload, row.payload_sha256),
        "length": (record.place.length, row.length),
        "original": (record.type == "revisit", row.is_revisit),
        "payload of the original": (row.original_sha256 or row.payload_sha256, row.payload_sha256),
    }
    yield from (name for name, (stored, indexed) in facts.items() if stored != indexed)
