"""What a route answers, and how it goes over the wire: validators, 304, gzip, HEAD."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from email.utils import formatdate, parsedate_to_datetime

import attrs

from newscrawl.replica.fragments import Document, Part

Headers = list[tuple[bytes, bytes]]
CONDITIONS = frozenset({b"if-none-match", b"if-modified-since"})


@attrs.frozen
class Response:
    """An answer before its conditions and encodings are looked at."""

    status: int
    content_type: str = "text/html; charset=UTF-8"
    parts: Sequence[Part] = ()
    modified_at: int | None = None
    """When the page last changed, in seconds since 1970; without it there are no validators."""

    location: str | None = None
    """Where a redirect leads."""

    headers: Mapping[str, str] = attrs.field(factory=dict)
    """Further headers."""

    @property
    def body(self) -> bytes:
        """The whole page, not compressed."""
        return Document.of(self.parts).plain()


def redirect(location: str) -> Response:
    """Return a permanent redirect."""
    return Response(301, parts=(f'<a href="{location}">Moved</a>\n',), location=location)


def on_the_wire(
    response: Response, request: Mapping[bytes, bytes], validators: str = "both", stale: bool = False
) -> tuple[int, Headers, bytes]:
    """Return status, headers and body for a request with these headers (lower-case names).

    validators: which of them the site has, as in `Variant`; stale: it says 304 whatever the condition.
    """
    document = Document.of(response.parts)
    body = document.plain()
    checksum = zlib.crc32(body)
    headers: Headers = [(b"content-type", response.content_type.encode()), (b"vary", b"Accept-Encoding")]
    if response.location:
        headers.append((b"location", response.location.encode()))
    headers += [(name.lower().encode(), value.encode()) for name, value in response.headers.items()]
    if response.modified_at is not None:
        etag = b'W/"%x-%x"' % (len(body), checksum) if validators in ("both", "etag") else None
        modified_at = response.modified_at if validators in ("both", "date") else None
        if etag:
            headers.append((b"etag", etag))
        if modified_at is not None:
            headers.append((b"last-modified", formatdate(modified_at, usegmt=True).encode()))
        if _is_unchanged(request, etag, modified_at) or (stale and request.keys() & CONDITIONS):
            return 304, headers[1:], b""
    if b"gzip" in request.get(b"accept-encoding", b"") and len(body) > 500:
        body = document.packed(body, checksum)
        headers.append((b"content-encoding", b"gzip"))
    headers.append((b"content-length", b"%d" % len(body)))
    return response.status, headers, body


def _is_unchanged(request: Mapping[bytes, bytes], etag: bytes | None, modified_at: int | None) -> bool:
    """Tell whether the client has this version; If-None-Match goes before If-Modified-Since (RFC 9110)."""
    if etag and (known := request.get(b"if-none-match")):
        return any(tag.strip().removeprefix(b"W/") == etag[2:] for tag in known.split(b","))
    since = request.get(b"if-modified-since", b"").decode("latin-1")
    if not since or modified_at is None:
        return False
    try:
        return parsedate_to_datetime(since).timestamp() >= modified_at
    except ValueError:
        return False
