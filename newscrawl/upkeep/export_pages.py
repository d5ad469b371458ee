"""`newscrawl export --format warc`: stored pages into one new WARC file, record by record, not a byte changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

import attrs
from warcio.warcwriter import WARCWriter

from newscrawl.archive import Archive
from newscrawl.archive.exporting import indexed_before
from newscrawl.errors import WarcError
from newscrawl.exchanges import Place
from newscrawl.warc.reading import read, scan
from newscrawl.warc.records import Record
from newscrawl.warc.writing import VERSION


@attrs.define
class Copied:
    """What was copied."""

    pages: int = 0
    """Answers, each with its request where that is stored."""
    unreadable: list[WarcError] = attrs.field(factory=list)
    """Why others were not."""


def write_pages(
    archive: Archive, folder: Path, snapshots: Sequence[int], file: BinaryIO, name: str, info: Mapping[str, str]
) -> Copied:
    """Copy the records of `snapshots` from the WARC files in `folder`, after a `warcinfo` of the file's own.

    What cannot be read is told and passed over. `name` is the file's, `info` goes into its `warcinfo`.
    """
    writer, copied = WARCWriter(file, gzip=True, warc_version=VERSION), Copied()
    writer.write_record(writer.create_warcinfo_record(name, dict(info)))
    for snapshot in archive.snapshots.read(snapshots):
        try:
            answer = read(folder, snapshot.place)
            requests = list(_requests(folder, answer, indexed_before(archive, snapshot.place)))
            # Read before the first is written: a page is there with all of its records or not at all
            records = [_bytes(folder, place) for place in (*requests, answer.place)]
        except WarcError as error:
            copied.unreadable.append(error)
        else:
            file.writelines(records)
            copied.pages += 1
    return copied


def _requests(folder: Path, answer: Record, start: int) -> Iterator[Place]:
    """The requests to which a record is the answer: a crawl writes them before it, and there is no row of theirs."""
    own = answer.fields.get("warc-record-id")
    for each in scan(folder, answer.place.file, start):
        if each.place.offset >= answer.place.offset:
            return
        if isinstance(each, Record) and each.type == "request" and each.fields.get("warc-concurrent-to") == own:
            yield each.place


def _bytes(folder: Path, place: Place) -> bytes:
    with (folder / place.file).open("rb") as file:
        file.seek(place.offset)
        return file.read(place.length)
