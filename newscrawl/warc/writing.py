"""Writing WARC files (ISO 28500:2017, WARC/1.1): a gzip member per record, whole records or nothing.

A file begins with `warcinfo`; each exchange is a `request` and a `response`, or a `revisit` where the same payload is
stored already or the server says that it would be the same (304); a run that ended leaves a `metadata` record that says
how.
"""

from __future__ import annotations

import errno
import fcntl
import gzip
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from warcio.recordbuilder import RecordBuilder
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawl.errors import DiskFull, ReadOnlyArchive
from newscrawl.exchanges import Exchange, Headers, Original, Place
from newscrawl.warc.names import RUN_URI, name_of
from newscrawl.warc.records import HEAD, NOT_MODIFIED, is_not_modified

VERSION = "WARC/1.1"
PROTOCOL = "HTTP/1.1"
"""A record's HTTP message is in the form of version 1 whatever came; replaying tools read no other."""
NO_ROOM = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT})
_DENSE, _PLAIN = 1, 6
"""Levels of gzip: what comes compressed over the wire gains nothing from trying hard."""


class _HttpBlock(StatusAndHeaders):  # type: ignore[misc]  # warcio has no types
    """Status line and headers as bytes: warcio would percent-encode what is not ASCII."""

    def __init__(self, first_line: str, headers: Headers) -> None:
        super().__init__(first_line, list(headers))
        self._block = _head(first_line, headers).encode("latin-1")

    def compute_headers_buffer(self, header_filter: Any = None) -> None:
        """What warcio calls before it writes."""
        self.headers_buff = self._block


class WarcWriter:
    """Appends to the WARC files of one run. Use it from one thread; the file is made with the first record."""

    def __init__(
        self, folder: Path, site: str, started_at: str, run_id: int, info: Mapping[str, str], max_bytes: int
    ) -> None:
        """`info` goes into `warcinfo`; a file that reached `max_bytes` is followed by the next part."""
        self.folder = folder
        """The folder of the WARC files."""
        self._name = (site, started_at, run_id)
        self._info = info
        self._max_bytes = max_bytes
        self._builder = RecordBuilder(warc_version=VERSION)
        self._fd: int | None = None
        self._part = 0
        self._size = 0

    @property
    def file(self) -> str:
        """The file that is written now, relative to the folder."""
        return name_of(*self._name, part=max(self._part, 1))

    def append(self, exchange: Exchange, original: Original | None = None) -> Place:
        """Write an exchange; as a `revisit` of `original`, which has its payload or, of a 304, is the page that it
        confirms. Not yet synced.

        Raises:
            DiskFull: there is no room. What was written before is whole.
            ReadOnlyArchive: the file cannot be written for another reason.
        """
        response = self._response(exchange, original)
        request = self._request(exchange, response.rec_headers.get_header("WARC-Record-ID"))
        dense = any(name.lower() == "content-encoding" for name, _ in exchange.headers)
        # The request first: where the response is whole, everything is
        first, second = _member(request, _PLAIN), _member(response, _DENSE if dense else _PLAIN)
        offset = self._write(first + second)
        return Place(self.file, offset + len(first), len(second))

    def end(self, record: Mapping[str, Any]) -> None:
        """Say how the run ended, in a `metadata` record; nothing where nothing was written."""
        if self._fd is None:
            return
        payload = json.dumps(record, ensure_ascii=False, default=str).encode()
        made = self._builder.create_warc_record(
            RUN_URI, "metadata", payload=BytesIO(payload), length=len(payload), warc_content_type="application/json"
        )
        self._write(_member(made, _PLAIN))

    def sync(self) -> None:
        """Return once everything written is on the disk.

        Raises:
            DiskFull, ReadOnlyArchive: it is not; some disks say only now that there is no room.
        """
        if self._fd is not None:
            with self._named_errors():
                os.fsync(self._fd)

    def close(self) -> None:
        """Sync and close; the next `append` would begin another part.

        Raises:
            DiskFull, ReadOnlyArchive: as `sync`. The file is closed all the same.
        """
        if self._fd is not None:
            try:
                self.sync()
            finally:
                os.close(self._fd)
                self._fd = None

    def _write(self, data: bytes) -> int:
        """The offset at which `data` now lies."""
        with self._named_errors():
            if self._fd is None or self._size >= self._max_bytes:
                self._next_part()
            return self._append_bytes(data)

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            where = self.folder / self.file
            if error.errno in NO_ROOM:
                raise DiskFull(f"{where}: {error.strerror}; free some room and crawl again") from error
            raise ReadOnlyArchive(f"{where} cannot be written ({error.strerror}): check the disk") from error

    def _append_bytes(self, data: bytes) -> int:
        assert self._fd is not None
        offset, view = self._size, memoryview(data)
        try:
            while view:
                view = view[os.write(self._fd, view) :]
        except OSError:
            os.ftruncate(self._fd, offset)
            raise
        self._size += len(data)
        return offset

    def _next_part(self) -> None:
        self.close()
        self._part += 1
        # Never into a file that is there: it may be another archive's
        while (path := self.folder / self.file).exists():
            self._part += 1
        path.parent.mkdir(parents=True, exist_ok=True)
        self._fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o644)
        try:
            self._begin(path)
        except BaseException:
            # Without its first record it would be a file of nobody
            os.close(self._fd)
            self._fd = None
            path.unlink()
            raise

    def _begin(self, path: Path) -> None:
        assert self._fd is not None
        # Whoever checks or repairs leaves a file alone that a crawl still writes
        fcntl.flock(self._fd, fcntl.LOCK_EX)
        self._size = 0
        record = self._builder.create_warcinfo_record(path.name, dict(self._info))
        self._append_bytes(_member(record, _PLAIN))
        os.fsync(self._fd)
        for folder in (path.parent, self.folder):
            sync_folder(folder)

    def _response(self, exchange: Exchange, original: Original | None) -> ArcWarcRecord:
        if original is not None:
            return self._revisit(exchange, original)
        block = _HttpBlock(_status_line(exchange), exchange.headers)
        fields = self._fields(exchange) | {"WARC-Payload-Digest": f"sha256:{exchange.payload_sha256}"}
        payload, length = BytesIO(exchange.body), len(exchange.body)
        return self._builder.create_warc_record(
            exchange.url, "response", payload=payload, length=length, http_headers=block, warc_headers_dict=fields
        )

    def _revisit(self, exchange: Exchange, original: Original) -> ArcWarcRecord:
        line, unmodified = _status_line(exchange), is_not_modified(exchange)
        block = None if unmodified else _HttpBlock(line, exchange.headers)
        fields = self._fields(exchange, **({HEAD: _head(line, exchange.headers)} if unmodified else {}))
        if original.record_id:
            fields["WARC-Refers-To"] = original.record_id
        record = self._builder.create_revisit_record(
            exchange.url, f"sha256:{original.payload_sha256}", original.url, original.fetched_at,
            http_headers=block, warc_headers_dict=fields,
        )  # fmt: skip
        if unmodified:
            record.rec_headers.replace_header("WARC-Profile", NOT_MODIFIED)
        return record

    def _request(self, exchange: Exchange, response_id: str) -> ArcWarcRecord:
        parts = urlsplit(exchange.url)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = (("Host", parts.netloc), *exchange.request_headers)
        block = _HttpBlock(f"{exchange.method} {target} {PROTOCOL}", headers)
        fields = {"WARC-Date": exchange.fetched_at, "WARC-Concurrent-To": response_id}
        return self._builder.create_warc_record(
            exchange.url, "request", http_headers=block, warc_headers_dict=fields, length=0
        )

    def _fields(self, exchange: Exchange, **more: str | None) -> dict[str, str]:
        more |= {"kind": exchange.kind, "requested_url": exchange.requested_url}
        fields = {
            "WARC-Date": exchange.fetched_at,
            "WARC-JSON-Metadata": json.dumps({name: value for name, value in more.items() if value}),
        }
        return fields | ({"WARC-IP-Address": exchange.ip_address} if exchange.ip_address else {})


def _member(record: ArcWarcRecord, level: int) -> bytes:
    """A record as one gzip member, as WARC readers expect it (appendix D of the standard)."""
    plain = BytesIO()
    WARCWriter(plain, gzip=False, warc_version=VERSION).write_record(record)
    return gzip.compress(plain.getvalue(), level, mtime=0)


def _status_line(exchange: Exchange) -> str:
    """With the standard words of the status: Scrapy does not keep those that came."""
    known = exchange.status in HTTPStatus._value2member_map_
    return f"{PROTOCOL} {exchange.status} {HTTPStatus(exchange.status).phrase if known else ''}"


def _head(first_line: str, headers: Headers) -> str:
    return "\r\n".join([first_line, *(f"{name}: {value}" for name, value in headers), "", ""])


def sync_folder(folder: Path) -> None:
    """A file's name is safe only once its folder is."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
