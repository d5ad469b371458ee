"""Reading WARC files: one record at its place, or all of them in order, around whatever is damaged."""

from __future__ import annotations

import fcntl
import hashlib
import json
import mmap
import re
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import attrs
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParserException

from newscrawl.errors import DamagedRecord, MissingWarc
from newscrawl.items import Exchange, Headers, Place
from newscrawl.warc.names import RUN_URI

_MAGIC = b"\x1f\x8b\x08"
_CHUNK = 1 << 16
_GZIP = zlib.MAX_WBITS | 16
_DIGEST = re.compile("sha256:([0-9a-f]{64})", re.I)
_STATUS_LINE = re.compile(r"HTTP/\S+ \d{3}\b")


@attrs.frozen(kw_only=True)
class Record:
    """One record of a WARC file."""

    type: str
    """`warcinfo`, `request`, `response`, `revisit`, `metadata`, …"""
    place: Place
    fields: Mapping[str, str]
    """The record's own headers, by their names in lower case."""
    first_line: str = ""
    """Of the HTTP message: `HTTP/1.1 200 OK`; empty where there is none."""
    headers: Headers = attrs.field(default=(), repr=False)
    """Of the HTTP message."""
    payload: bytes = attrs.field(repr=False)
    """What follows the headers, as stored: with its content encoding; empty for a revisit."""

    @property
    def is_exchange(self) -> bool:
        """Whether it is the answer to a request over HTTP, of a known address and time."""
        is_answer = self.type in ("response", "revisit") and _STATUS_LINE.match(self.first_line) is not None
        return is_answer and {"warc-target-uri", "warc-date"} <= self.fields.keys()

    @property
    def payload_sha256(self) -> str:
        """The digest it states, in hexadecimal; empty where it states none, or one of another kind."""
        found = _DIGEST.fullmatch(self.fields.get("warc-payload-digest", ""))
        return found[1].lower() if found else ""

    @property
    def refers_to(self) -> tuple[str, str] | None:
        """Address and time of the exchange whose payload a revisit shares."""
        url, date = (self.fields.get(f"warc-refers-to-{name}") for name in ("target-uri", "date"))
        return (url, date) if url and date else None

    def run_end(self) -> dict[str, Any] | None:
        """How the run ended that wrote the file, where this is the record that says so."""
        if self.fields.get("warc-target-uri") != RUN_URI:
            return None
        return _more(self.payload.decode("utf-8", "replace")) or None

    def exchange(self, body: bytes | None = None) -> Exchange:
        """The exchange, with the payload `body` of its original where the record is a revisit.

        Raises:
            DamagedRecord: the record is no exchange, or `body` is not what its digest says.
        """
        body = self.payload if body is None else body
        if not self.is_exchange:
            raise DamagedRecord(f"{_at(self.place)}: a {self.type} record, not a response")
        if self.payload_sha256 and hashlib.sha256(body).hexdigest() != self.payload_sha256:
            raise DamagedRecord(f"{_at(self.place)}: the payload is not the one that its digest names")
        more = _more(self.fields.get("warc-json-metadata"))
        status = int(self.first_line.split(" ", 2)[1])
        return Exchange(
            url=self.fields["warc-target-uri"], kind=more.get("kind", "listing"),
            requested_url=more.get("requested_url"), status=status,
            headers=self.headers, body=body,
            fetched_at=self.fields["warc-date"], ip_address=self.fields.get("warc-ip-address"),
        )  # fmt: skip


@attrs.frozen(kw_only=True)
class Damage:
    """A part of a WARC file that is no readable record."""

    place: Place
    """`length` is that of the bytes up to the next readable record, or to the end of the file."""
    torn: bool
    """Whether the file ends in the middle of it: a record that was being written when the writer was killed."""
    why: str


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
        raise DamagedRecord(f"{_at(place)}: {member if isinstance(member, str) else 'a record of another length'}")
    return _parse(member[0], place)


def load(folder: Path, place: Place, original: Place | None = None) -> Exchange:
    """The exchange whose record lies at `place`, with the payload at `original` where that is another one.

    Raises:
        MissingWarc, DamagedRecord: as `read` and `Record.exchange`.
    """
    record = read(folder, place)
    return record.exchange(read(folder, original).payload if original else None)


def is_being_written(folder: Path, name: str) -> bool:
    """Whether a crawl has the file open: it grows, and its end is no damage."""
    with (folder / name).open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


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
        length = following - offset
        yield Damage(place=Place(name, offset, length), torn=following == size and found == _TORN, why=found)
        offset = following


_TORN = "the file ends in the middle of a record"


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
    inflater, pieces, at = zlib.decompressobj(_GZIP), [], offset
    try:
        while not inflater.eof:
            chunk = data[at : at + _CHUNK]
            if not chunk:
                return _TORN
            pieces.append(inflater.decompress(chunk))
            at += len(chunk)
    except zlib.error as error:
        return f"damaged: {error}"
    return b"".join(pieces), at - len(inflater.unused_data) - offset


def _parse(data: bytes, place: Place) -> Record:
    try:
        record = ArcWarcRecordLoader().parse_record_stream(BytesIO(data), known_format="warc", no_record_parse=True)
        block = record.raw_stream.read()
    except (ArchiveLoadFailed, StatusAndHeadersParserException, EOFError) as error:
        raise DamagedRecord(f"{_at(place)}: no WARC record: {error}") from error
    fields = {name.lower(): value for name, value in record.rec_headers.headers}
    if "application/http" not in fields.get("content-type", ""):
        return Record(type=record.rec_type, place=place, fields=fields, payload=block)
    first_line, headers, payload = _http(block)
    return Record(
        type=record.rec_type, place=place, fields=fields, first_line=first_line, headers=headers, payload=payload
    )


def _http(block: bytes) -> tuple[str, Headers, bytes]:
    """First line, headers and body of an HTTP message. warcio's parser would guess at what is not ASCII."""
    head, _, body = block.partition(b"\r\n\r\n")
    first_line, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return first_line, tuple((name, value.strip()) for name, _, value in pairs if value), body


def _more(text: str | None) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _at(place: Place) -> str:
    return f"{place.file} at {place.offset}"
