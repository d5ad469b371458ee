"""What lies in a WARC file: records, and damage between them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import attrs

from newscrawl.errors import DamagedRecord
from newscrawl.exchanges import Exchange, Headers, Place
from newscrawl.warc.names import RUN_URI

NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
"""The profile of a `revisit` by which a server says that a page is as it was (WARC 1.1, 6.7.3)."""
HEAD = "head"
"""Where in `WARC-JSON-Metadata` such a record keeps status line and headers of the 304. Its block is empty, as the
standard allows: players answer with the head of a block, and a 304 would show nothing in place of the page.
"""
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
    def is_not_modified(self) -> bool:
        """Whether it says that a stored page is as it was. Its digest is that of the page, which is not its body."""
        return self.type == "revisit" and self.fields.get("warc-profile") == NOT_MODIFIED

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

    def run_end(self) -> dict[str, Any] | None:
        """How the run ended that wrote the file, where this is the record that says so."""
        if self.fields.get("warc-target-uri") != RUN_URI:
            return None
        return _more(self.payload.decode("utf-8", "replace")) or None

    def exchange(self, body: bytes | None = None) -> Exchange:
        """The exchange, with the payload `body` of its original where the record is a revisit; a 304 has none.

        Raises:
            DamagedRecord: the record is no exchange, or `body` is not what its digest says.
        """
        if not self.is_exchange:
            raise DamagedRecord(f"{at(self.place)}: a {self.type} record, not a response")
        body = self.payload if body is None or self.is_not_modified else body
        if not self.is_not_modified and self.payload_sha256 and hashlib.sha256(body).hexdigest() != self.payload_sha256:
            raise DamagedRecord(f"{at(self.place)}: the payload is not the one that its digest names")
        more = more_of(self.fields)
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


def at(place: Place) -> str:
    """How a place is named in messages."""
    return f"{place.file} at {place.offset}"


def more_of(fields: Mapping[str, str]) -> dict[str, Any]:
    """What a record of ours says beyond the standard."""
    return _more(fields.get("warc-json-metadata"))


def is_not_modified(exchange: Exchange) -> bool:
    """Whether an exchange says that a page is as it was (RFC 9110, 15.4.5)."""
    return exchange.status == HTTPStatus.NOT_MODIFIED and not exchange.body


def _more(text: str | None) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
