"""A stored body is decoded as a crawl decodes it."""

from __future__ import annotations

import gzip
import sys
import zlib

import brotli
import pytest
from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from newscrawl.exchanges import Exchange
from newscrawl.warc.decoding import LARGEST, decode, page_of

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TEXT = "<p>Bakıda hava şəraiti — погода</p>".encode() * 400
RAW_DEFLATE = zlib.compressobj(wbits=-15)
RAW = RAW_DEFLATE.compress(TEXT) + RAW_DEFLATE.flush()


def exchange(body: bytes, *encodings: str) -> Exchange:
    headers = tuple(("Content-Encoding", each) for each in encodings)
    return Exchange(
        url="https://report.az/a", kind="article", status=200, headers=headers, body=body,
        fetched_at="2025-11-11T14:00:00Z",
    )  # fmt: skip


def by_the_crawl(each: Exchange) -> bytes:
    middleware = HttpCompressionMiddleware.from_crawler(get_crawler())
    headers = {"Content-Encoding": [value for _, value in each.headers]} if each.headers else {}
    response = Response(each.url, body=each.body, headers=headers)
    return bytes(middleware.process_response(Request(each.url), response).body)


WHOLE = [
    (exchange(TEXT), TEXT),
    (exchange(gzip.compress(TEXT), "gzip"), TEXT),
    (exchange(gzip.compress(TEXT), "X-GZip"), TEXT),
    (exchange(zlib.compress(TEXT), "deflate"), TEXT),
    (exchange(RAW, "deflate"), TEXT),
    (exchange(brotli.compress(TEXT), "br"), TEXT),
    (exchange(zstd.compress(TEXT), "zstd"), TEXT),
    (exchange(gzip.compress(zlib.compress(TEXT)), "deflate, gzip"), TEXT),
    (exchange(gzip.compress(zlib.compress(TEXT)), "deflate", "gzip"), TEXT),
    (exchange(TEXT, "identity"), TEXT),
]


@pytest.mark.parametrize(
    ("kept", "text"), WHOLE, ids=lambda value: "-".join(v for _, v in getattr(value, "headers", ()))
)
def test_whole_bodies(kept: Exchange, text: bytes) -> None:
    assert decode(kept) == text
    assert by_the_crawl(kept) == text


@pytest.mark.parametrize("encoding", ["gzip", "br"])
def test_of_a_cut_off_body_what_can_be_read(encoding: str) -> None:
    body = (gzip.compress(TEXT) if encoding == "gzip" else brotli.compress(TEXT))[:-5]
    kept = exchange(body, encoding)
    assert decode(kept) == by_the_crawl(kept)
    assert TEXT.startswith(decode(kept)[:1000])


def test_a_wrong_checksum_loses_nothing() -> None:
    body = bytearray(gzip.compress(TEXT))
    body[-6] ^= 0xFF
    assert decode(exchange(bytes(body), "gzip")) == by_the_crawl(exchange(bytes(body), "gzip")) == TEXT


MEMBERS = gzip.compress(TEXT[:300]) + gzip.compress(TEXT[300:])


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (MEMBERS, TEXT),
        (MEMBERS + gzip.compress(b""), TEXT),
        (MEMBERS + b"garbage", TEXT),
        (MEMBERS + bytes(20), TEXT),
        (MEMBERS + b"\x1f\x8b no member", TEXT),
        (gzip.compress(TEXT[:300]) + bytes(4) + gzip.compress(TEXT[300:]), TEXT),
        (gzip.compress(TEXT[:300]) + b"garbage" + gzip.compress(TEXT[300:]), TEXT[:300]),
        (gzip.compress(TEXT[:300]) + gzip.compress(TEXT[300:])[:-8], TEXT),
    ],
    ids=["two", "an empty one", "garbage", "zeros", "almost one more", "zeros between", "garbage between", "cut off"],
)
def test_a_gzip_body_of_several_members(body: bytes, text: bytes) -> None:
    kept = exchange(body, "gzip")
    assert decode(kept) == by_the_crawl(kept) == text


def test_members_together_stay_within_bounds() -> None:
    assert len(decode(exchange(gzip.compress(bytes(LARGEST - 5)) * 2, "gzip"))) == LARGEST + 1


def test_a_body_that_is_not_in_the_encoding_it_names() -> None:
    assert decode(exchange(b"<p>plain</p>", "gzip")) == b"<p>plain</p>"


def test_a_bomb_stays_within_bounds() -> None:
    assert len(decode(exchange(gzip.compress(bytes(50_000_000)), "gzip"))) == LARGEST + 1


def test_the_page_has_no_encoding_any_more() -> None:
    page = page_of(exchange(gzip.compress(TEXT), "gzip"), 7)
    assert (page.body, page.headers, page.snapshot, page.fetched_at) == (TEXT, (), 7, "2025-11-11T14:00:00Z")
