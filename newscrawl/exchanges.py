"""What goes over the wire, and where it is stored."""

from __future__ import annotations

import hashlib
from functools import cached_property
from typing import Literal

import attrs

Kind = Literal["article", "listing", "feed", "sitemap", "robots"]
"""What an address was asked for as."""
Headers = tuple[tuple[str, str], ...]
"""Names and values in order, repetition included; latin-1, as HTTP has it."""


@attrs.frozen(kw_only=True)
class Exchange:
    """A request and its response as they went over the wire."""

    url: str
    """The address on the real site (never the stand-in's)."""
    kind: Kind
    requested_url: str | None = None
    """The address that was asked for first, where redirects led from it to `url`."""
    method: str = "GET"
    request_headers: Headers = attrs.field(default=(), repr=False)
    status: int
    headers: Headers = attrs.field(repr=False)
    body: bytes = attrs.field(repr=False)
    """With its content encoding."""
    fetched_at: str
    """UTC, `2025-11-11T13:50:00Z`."""
    ip_address: str | None = None

    @cached_property
    def payload_sha256(self) -> str:
        """SHA-256 of the body as it came, in hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def content_type(self) -> str:
        """The media type alone, in lower case; empty where the response names none."""
        named = next((value for name, value in self.headers if name.lower() == "content-type"), "")
        return named.partition(";")[0].strip().lower()


@attrs.frozen
class Place:
    """Where a record lies."""

    file: str
    """The WARC file, relative to the folder of WARC files: `report/20251111T135000Z-7.warc.gz`."""
    offset: int
    """Bytes."""
    length: int
    """Bytes of the whole compressed record."""


@attrs.frozen(kw_only=True)
class Original:
    """The stored exchange whose payload another one repeats, or confirms (304)."""

    id: int
    """`snapshots.id`."""
    url: str
    fetched_at: str
    payload_sha256: str
    """In hexadecimal."""
    place: Place
    record_id: str | None = None
    """`WARC-Record-ID`, where it was read."""
