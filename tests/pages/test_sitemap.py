"""Sitemaps: what they say of a page is kept, what is no sitemap is named."""

import asyncio
import gzip

import pytest
from web_poet import HttpResponse

from newscrawl.errors import ListingError
from newscrawl.items import Link, Listing
from newscrawl.pages.sitemap import SitemapPage

NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" xmlns:xhtml="http://www.w3.org/1999/xhtml">
<url><loc> https://report.az/ru/ikt/novost </loc><lastmod>2025-11-11T18:00:00+04:00</lastmod>
<image:image><image:loc>https://images.report.az/1.jpg</image:loc><image:title>A picture</image:title></image:image>
<news:news><news:publication><news:name>Report</news:name><news:language>ru</news:language></news:publication>
<news:publication_date>2025-11-11T17:50:00+04:00</news:publication_date><news:title>Новость &amp; ещё</news:title>
</news:news></url>
<url><loc>https://report.az/a/b</loc><lastmod>2025-11-11</lastmod></url>
<url><loc></loc></url><url><loc>not an address, but relative</loc></url>
</urlset>"""


def read(body: bytes) -> Listing:
    return asyncio.run(SitemapPage(HttpResponse("https://report.az/news-sitemap.xml", body)).to_item())


def test_a_news_sitemap() -> None:
    first, second, _ = read(NEWS.encode()).links
    assert first == Link(
        url="https://report.az/ru/ikt/novost",
        headline="Новость & ещё",
        published_at="2025-11-11T17:50:00+04:00",
        modified_at="2025-11-11T18:00:00+04:00",
    )
    assert second == Link(url="https://report.az/a/b"), "a day is no instant"


def test_an_index_names_further_sitemaps() -> None:
    listing = read(
        b"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
        b"<sitemap><loc>https://report.az/s1.xml</loc></sitemap><sitemap><loc>/s2.xml.gz</loc></sitemap></sitemapindex>"
    )
    assert listing.more == ("https://report.az/s1.xml", "https://report.az/s2.xml.gz")
    assert listing.links == ()


def test_gzip_wrong_namespaces_and_a_cut_end_are_read() -> None:
    cut = b"<urlset><url><loc>https://report.az/a/b</loc></url><url><loc>https://report.az/a/c</lo"
    assert [link.url for link in read(gzip.compress(cut)).links][:1] == ["https://report.az/a/b"]


@pytest.mark.parametrize("body", [b"", b"<html><body>404</body></html>", b"\x1f\x8bnot gzip", b"\x00\x01", b"{}"])
def test_what_is_no_sitemap_is_named(body: bytes) -> None:
    with pytest.raises(ListingError, match="sitemap"):
        read(body)


def test_entities_are_not_expanded() -> None:
    bomb = b"""<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
    <!ENTITY f SYSTEM "file:///etc/hostname">]><urlset><url><loc>https://report.az/&b;&f;</loc></url></urlset>"""
    assert all("aaaa" not in link.url for link in read(bomb).links)
