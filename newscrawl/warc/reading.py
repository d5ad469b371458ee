"""Reading WARC files: one record at its place, or all of them in order, around whatever is damaged."""

from __future__ import annotations

import mmap
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParserException

from newscrawl.errors import DamagedRecord, MissingWarc
from newscrawl.exchanges import Exchange, Headers, Place
from newscrawl.warc.records import HEAD, NOT_MODIFIED, Damage, Record, at, more_of

_MAGIC = b"\x1f\x8b\x08"
_CHUNK = 1 << 16
_LARGEST = 1 << 26
"""Bytes of a record: several times what a crawl accepts."""
_GZIP = zlib.MAX_WBITS | 16


def read(folder: Path, place: Place) -> Record:
    """The record at `place`.

    Raises:
        MissingWarc: the file is not there.
        DamagedRecord: there is no whole record of that length.
    """
    try:
        with (folder / place.file).open("rb") as file:
            file.seek(place.offset)
            data = file.read(place.length)
    except FileNotFoundError as error:
        raise MissingWarc(f"{folder / place.file} is not there: copy it back from a backup") from error
    member = _inflate(data, 0)
    if isinstance(member, str) or member[1] != place.length:
        raise DamagedRecord(f"{at(place)}: {member if isinstance(member, str) else 'a record of another length'}")
    return _parse(member[0], place)


def load(folder: Path, place: Place, original: Place | None = None) -> Exchange:
    """The exchange whose record lies at `place`, with the payload at `original` where that is another one.

    Raises:
        MissingWarc, DamagedRecord: as `read` and `Record.exchange`.
    """
    record = read(folder, place)
    return record.exchange(read(folder, original).payload if original else None)


def scan(folder: Path, name: str, start: int = 0) -> Iterator[Record | Damage]:
    """Every record of a file from the byte `start` on, and what lies between them that is none.

    Memory holds one record at a time.

    Raises:
        MissingWarc: the file is not there.
    """
    try:
        size = (folder / name).stat().st_size
        file = (folder / name).open("rb")
    except FileNotFoundError as error:
        raise MissingWarc(f"{folder / name} is not there: copy it back from a backup") from error
    with file:
        if size <= start:
            return
        with mmap.mmap(file.fileno(), size, access=mmap.ACCESS_READ) as data:
            yield from _scan(data, name, start)


def _scan(data: mmap.mmap, name: str, offset: int) -> Iterator[Record | Damage]:
    size = len(data)
    while offset < size:
        found = _record_at(data, name, offset)
        if isinstance(found, Record):
            yield found
            offset += found.place.length
            continue
        following = _next_record(data, offset + 1)
        place = Place(name, offset, following - offset)
        torn = following == size and _is_torn(data, offset)
        yield Damage(place=place, torn=torn, why=_TORN if torn else found)
        offset = following


_TORN = "the file ends in the middle of a record"


def _is_torn(data: mmap.mmap, offset: int) -> bool:
    """Whether the file ends in the middle of what begins at `offset`."""
    if len(data) - offset > _LARGEST:
        return False
    # Blocks that a file got before a power cut, and their bytes did not, read as zeros
    rest = data[offset:].rstrip(b"\0")
    return not rest or _inflate(rest, 0) == _TORN


def _record_at(data: bytes | mmap.mmap, name: str, offset: int) -> Record | str:
    member = _inflate(data, offset)
    if isinstance(member, str):
        return member
    try:
        return _parse(member[0], Place(name, offset, member[1]))
    except DamagedRecord as error:
        return str(error)


def _next_record(data: mmap.mmap, offset: int) -> int:
    """Where the next member begins that is a WARC record, or the end of the file."""
    while (offset := data.find(_MAGIC, offset)) >= 0:
        try:
            if zlib.decompressobj(_GZIP).decompress(data[offset : offset + _CHUNK], 5) == b"WARC/":
                return offset
        except zlib.error:
            pass
        offset += 1
    return len(data)


def _inflate(data: bytes | mmap.mmap, offset: int) -> tuple[bytes, int] | str:
    """What the gzip member at `offset` holds and how long it is; or what is wrong with it."""
    inflater, found, at = zlib.decompressobj(_GZIP), bytearray(), offset
    try:
        while not inflater.eof:
            chunk = data[at : at + _CHUNK]
            if not chunk:
                return _TORN
            found += inflater.decompress(chunk, _LARGEST)
            at += len(chunk)
            if inflater.unconsumed_tail or len(found) > _LARGEST:
                return f"over {_LARGEST:,} bytes: not one of ours"
    except zlib.error as error:
        return f"damaged: {error}"
    return bytes(found), at - len(inflater.unused_data) - offset


def _parse(data: bytes, place: Place) -> Record:
    try:
        record = ArcWarcRecordLoader().parse_record_stream(BytesIO(data), known_format="warc", no_record_parse=True)
        block = record.raw_stream.read()
    except (ArchiveLoadFailed, StatusAndHeadersParserException, EOFError) as error:
        raise DamagedRecord(f"{at(place)}: no WARC record: {error}") from error
    fields = {name.lower(): value for name, value in record.rec_headers.headers}
    if "application/http" not in fields.get("content-type", ""):
        return Record(type=record.rec_type, place=place, fields=fields, payload=block)
    if not block and fields.get("warc-profile") == NOT_MODIFIED:
        block = str(more_of(fields).get(HEAD, "")).encode("latin-1", "replace")
    first_line, headers, payload = _http(block)
    return Record(
        type=record.rec_type, place=place, fields=fields, first_line=first_line, headers=headers, payload=payload
    )


def _http(block: bytes) -> tuple[str, Headers, bytes]:
    """First line, headers and body of an HTTP message. warcio's parser would guess at what is not ASCII."""
    head, _, body = block.partition(b"\r\n\r\n")
    first_line, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return first_line, tuple((name, value.strip(" \t")) for name, _, value in pairs if value), body
