"""Times as machines read them: in JSON-LD, in `meta` elements, in `time` elements. Which values to look at."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lxml import etree

from newscrawl.pages import clutter
from newscrawl.pages.document import content
from newscrawl.pages.metadata import Metadata

# Without separators, since templates write `article:published_time`, `article:published:time`, `article.published`
_PUBLISHED = (
    "articlepublishedtime", "ogarticlepublishedtime", "ogpublishedtime", "articlepublished", "datepublished",
    "publishdate", "publicationdate", "publishedat", "publishedtime", "parselypubdate", "sailthrudate",
    "pubdate", "dcdateissued", "dctermsissued", "dctermscreated", "dctermsdate", "articlecreated",
    "cxenseparsepublishtime", "cxenseparserecspublishtime", "originalpublicationdate",
    "articlepubdate", "iso8601date", "dcdate", "date",
)  # fmt: skip
_MODIFIED = (
    "articlemodifiedtime", "ogarticlemodifiedtime", "ogupdatedtime", "articlemodified", "datemodified", "lastmodified",
    "dctermsmodified", "revised",
)  # fmt: skip
_SEPARATOR = re.compile(r"[\W_]+")
_PUBLISHED_TIME = etree.XPath(
    "descendant::*[@itemprop='datePublished'][@datetime or @content] | descendant::time[@pubdate][@datetime]"
)
_TIME = etree.XPath("descendant::time[@datetime]")


def published(metadata: Metadata) -> Iterator[str]:
    """The values of the `meta` elements that tell when a page was published, the most telling first."""
    return _of(metadata, _PUBLISHED)


def modified(metadata: Metadata) -> Iterator[str]:
    """The values of the `meta` elements that tell when a page was last changed."""
    return _of(metadata, _MODIFIED)


def _of(metadata: Metadata, names: tuple[str, ...]) -> Iterator[str]:
    plain = {_plain(name): name for name in reversed(metadata.metas)}
    return (value for name in names if name in plain for value in metadata.all(plain[name]))


@lru_cache(maxsize=1024)
def _plain(name: str) -> str:
    return _SEPARATOR.sub("", name)


def marked(root: etree._Element, anywhere: bool) -> Iterator[str]:
    """The values of elements marked as time of publication; with `anywhere` also of the first `time` element."""
    elements = _PUBLISHED_TIME(root) or (_TIME(root)[:1] if anywhere else [])
    return (element.get("datetime") or element.get("content") or "" for element in elements)


_TIME_WORDS = frozenset({
    "date", "dates", "time", "datetime", "published", "publish", "pubdate", "posted", "timestamp", "meta", "datum",
    "fecha", "data", "tarix", "tarih",
})  # fmt: skip
# Day first, with the month in words or between dots; with slashes nobody knows which number is the month
_DAY = r"\d{1,2}(?:\.\d{1,2}\.|\D{0,3}[^\W\d_]{3,}\D{0,4})\d{4}|[^\W\d_]{3,} \d{1,2}, \d{4}"
_PRINTED = re.compile(rf"({_DAY})\D{{0,12}}(\d{{1,2}}:\d{{2}}(?: ?[ap]\.?m\b)?)", re.I)
_LONGEST = 100


def printed(root: etree._Element) -> Iterator[str]:
    """Day and time of day as the page prints them below its main heading, in elements that are named after them."""
    below = False
    for element in root.iter():
        if element.tag == "h1":
            below = True
        elif below and _is_named(element):
            shown = content(element)
            if len(shown) <= _LONGEST and (match := _PRINTED.search(shown)):
                yield f"{match[1]} {match[2]}"


def _is_named(element: etree._Element) -> bool:
    names = element.get("class")
    return element.tag == "time" or (names is not None and not _TIME_WORDS.isdisjoint(clutter.words(names)))
