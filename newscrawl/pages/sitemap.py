"""Sitemaps: the news sitemap of a site, and indexes of sitemaps.

Formats: sitemaps.org/protocol.html (0.9) and Google's news extension (`news:publication_date`, `news:title`). Elements
are told by their local names, since sites get the namespaces wrong more often than the names.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from functools import cached_property

from lxml import etree
from web_poet import WebPage, field

from newscrawl import times, urls
from newscrawl.errors import ListingError
from newscrawl.items import Link, Listing
from newscrawl.text import squeeze

MAX_BYTES = 52_428_800
"""The protocol's own limit of an uncompressed sitemap (50 MiB)."""


class SitemapPage(WebPage[Listing]):
    """A sitemap or an index of sitemaps.

    `to_item` raises ListingError where the bytes are no sitemap.
    """

    @field
    def url(self) -> str:
        return str(self.response.url)

    @field
    def links(self) -> tuple[Link, ...]:
        return tuple(self._entries("url"))

    @field
    def more(self) -> tuple[str, ...]:
        return tuple(link.url for link in self._entries("sitemap"))

    def _entries(self, kind: str) -> Iterator[Link]:
        for element in self._root:
            if _name(element) == kind and (link := self._link(element)):
                yield link

    @cached_property
    def _root(self) -> etree._Element:
        parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
        try:
            root = etree.fromstring(_unpacked(self.response.body).strip() or b"<empty/>", parser)
        except etree.XMLSyntaxError:
            root = None
        if _name(root) not in {"urlset", "sitemapindex"}:
            raise ListingError(f"{self.response.url}: no <urlset> or <sitemapindex>, so this is no sitemap")
        return root

    def _link(self, entry: etree._Element) -> Link | None:
        # The first of each name: an image's <loc> or <title> is nested deeper and comes after the entry's own
        values: dict[str, str] = {}
        for element in entry.iter():
            if element.text and isinstance(element.tag, str) and _name(element.getparent()) != "image":
                values.setdefault(_name(element), element.text)
        url = urls.absolute(str(self.response.url), values.get("loc", ""))
        if not values.get("loc") or url is None:
            return None
        return Link(
            url=url,
            headline=squeeze(values.get("title", "")) or None,
            published_at=times.parse_machine(values.get("publication_date", ""), None),
            modified_at=times.parse_machine(values.get("lastmod", ""), None),
        )


def _name(element: etree._Element | None) -> str:
    return "" if element is None or not isinstance(element.tag, str) else etree.QName(element).localname


def _unpacked(body: bytes) -> bytes:
    """`body` without the gzip of a `.xml.gz` file, cut at the protocol's size limit."""
    if not body.startswith(b"\x1f\x8b"):
        return body[:MAX_BYTES]
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(body, MAX_BYTES)
    except zlib.error as error:
        raise ListingError(f"a gzipped sitemap that cannot be unpacked: {error}") from error
