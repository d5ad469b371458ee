"""Records of WARC files become rows: what a killed crawl left behind, what a new database is made of."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import attrs

from newscrawl.archive import Archive, RunEnd
from newscrawl.archive.runs import COUNTS
from newscrawl.errors import DamagedRecord, WarcError
from newscrawl.exchanges import Exchange, Original
from newscrawl.run import Run
from newscrawl.warc.reading import load, scan
from newscrawl.warc.records import Damage, Record

_BATCH = 500
"""Records in one transaction."""


@attrs.define
class Indexed:
    """What became of the records of a file."""

    run_id: int | None = None
    """The run that wrote it, if it is one of ours."""
    records: int = 0
    """Exchanges that were added."""
    damages: list[Damage] = attrs.field(factory=list)
    unusable: list[WarcError] = attrs.field(factory=list)
    """Why records that could be read could not be added: revisits whose original is not there, above all."""


def index_file(archive: Archive, folder: Path, name: str, start: int = 0) -> Indexed:
    """Add a row for each exchange of a WARC file from the byte `start` on that has none; nothing is read of the pages.

    The run is found, or made, from the file's `warcinfo`, and ended as its `metadata` says.

    Raises:
        MissingWarc: the file is not there.
    """
    indexed = Indexed(run_id=_run_of(archive, folder, name))
    known = archive.snapshots.offsets(name)
    found = (each for each in scan(folder, name, start) if each.place.offset not in known)
    more = True
    while more:
        more = False
        with archive.transaction():
            for each in islice(found, _BATCH):
                more = True
                _add(archive, folder, each, indexed)
    return indexed


def _run_of(archive: Archive, folder: Path, name: str) -> int | None:
    first = next(scan(folder, name), None)
    if not isinstance(first, Record) or first.type != "warcinfo":
        return None
    run = Run.of_warcinfo(first.payload)
    if run is None:
        return None
    known = archive.find_run(run.spider, run.started_at)
    if known is not None:
        return known
    return archive.start_run(run.spider, run.arguments, run.versions, run.started_at, parser=run.parser)


def _add(archive: Archive, folder: Path, found: Record | Damage, indexed: Indexed) -> None:
    if isinstance(found, Damage):
        indexed.damages.append(found)
    elif found.is_exchange:
        try:
            exchange, original = _exchange(archive, folder, found)
        except WarcError as error:
            indexed.unusable.append(error)
            return
        archive.snapshots.add(exchange, found.place, run_id=indexed.run_id, original=original)
        indexed.records += 1
    elif found.type == "metadata" and indexed.run_id is not None and (ended := _run_end(found)):
        archive.end_run(indexed.run_id, ended)


def _run_end(record: Record) -> RunEnd | None:
    said = record.run_end() or {}
    try:
        # A later newscrawl may say more
        ended = RunEnd(**{name: value for name, value in said.items() if name in attrs.fields_dict(RunEnd)})
    except TypeError:
        return None
    counts = {name: count for name, count in ended.counts.items() if name in COUNTS}
    return attrs.evolve(ended, counts=counts)


def _exchange(archive: Archive, folder: Path, record: Record) -> tuple[Exchange, Original | None]:
    if record.type != "revisit":
        return record.exchange(), None
    original = archive.snapshots.original(record.payload_sha256) if record.payload_sha256 else None
    if original is None:
        raise DamagedRecord(f"{record.place.file} at {record.place.offset}: repeats a page that is not stored")
    (snapshot,) = archive.snapshots.read([original.id])
    return record.exchange(load(folder, snapshot.place).body), original
