"""From a stored exchange to the page that a crawl saw: the body without its content encodings."""

from __future__ import annotations

import struct
import sys
import zlib
from collections.abc import Callable, Mapping
from functools import partial
from gzip import GzipFile
from io import BytesIO

import brotli

from newscrawl.exchanges import Exchange
from newscrawl.items import Page

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LARGEST = 10 * 1024 * 1024
"""Bytes that a body may grow to. A crawl refuses larger ones; here one byte more is enough to be refused later."""
_PIECE = 1 << 16
"""As large as Scrapy's, so that damage costs as much."""
Decompress = Callable[[bytes, int], bytes]
"""From the next piece and the most bytes to give, to the bytes it holds."""


def page_of(exchange: Exchange, snapshot: int | None = None) -> Page:
    """The page of an exchange that is stored as `snapshot`."""
    return Page(
        url=exchange.url,
        status=exchange.status,
        headers=tuple((name, value) for name, value in exchange.headers if name.lower() != "content-encoding"),
        body=decode(exchange),
        fetched_at=exchange.fetched_at,
        requested_url=exchange.requested_url,
        snapshot=snapshot,
    )


def decode(exchange: Exchange) -> bytes:
    """The body without the encodings that its headers name (RFC 9110, 8.4); of a cut off one what can be read.

    A body that is not in the encoding it names, or in one that is not known, stays as it is.
    """
    named = (value for name, value in exchange.headers if name.lower() == "content-encoding")
    body = exchange.body
    for encoding in reversed([each.strip().lower() for value in named for each in value.split(",")]):
        if encoding not in _DECODERS:
            break
        body = _DECODERS[encoding](body)
    return body


def _deflate(body: bytes) -> Decompress:
    # RFC 9110 means the zlib format; some servers send it without its frame
    framed = len(body) > 1 and body[0] & 0x0F == 8 and (body[0] << 8 | body[1]) % 31 == 0
    return zlib.decompressobj(zlib.MAX_WBITS if framed else -zlib.MAX_WBITS).decompress


def _brotli(_: bytes) -> Decompress:
    process = brotli.Decompressor().process
    return lambda piece, most: process(piece, output_buffer_limit=most)


def _zstd(_: bytes) -> Decompress:
    return zstd.ZstdDecompressor().decompress


_ERRORS = (zlib.error, brotli.error, zstd.ZstdError, EOFError, OSError, struct.error)


def _read(begin: Callable[[bytes], Decompress], body: bytes) -> bytes:
    try:
        return begin(body)(body, LARGEST + 1)
    except _ERRORS:
        return _until_damaged(begin(body), body) or body


def _until_damaged(decompress: Decompress, body: bytes) -> bytes:
    """What comes before the damage: byte by byte, since an error takes along what its piece gave."""
    found = bytearray()
    try:
        for n in range(len(body)):
            found += decompress(body[n : n + 1], LARGEST + 1)
    except _ERRORS:
        pass
    return bytes(found)


def _gunzip(body: bytes) -> bytes:
    """All members of a gzip body, as Scrapy reads them; what follows the last one is passed over."""
    found = bytearray()
    try:
        with GzipFile(fileobj=BytesIO(body)) as file:
            while piece := file.read1(min(_PIECE, LARGEST + 1 - len(found))):
                found += piece
    except _ERRORS:
        return bytes(found) or body
    return bytes(found)


_DECODERS: Mapping[str, Callable[[bytes], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": partial(_read, _deflate),
    "br": partial(_read, _brotli),
    "zstd": partial(_read, _zstd),
}
