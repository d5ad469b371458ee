"""Times as machines read them: in JSON-LD, in `meta` elements, in `time` elements. Which values to look at."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
    plain = {_SEPARATOR.sub("", name): name for name in reversed(metadata.metas)}
    return (value for name in names if name in plain for value in metadata.all(plain[name]))


def marked(root: etree._Element, anywhere: bool) -> Iterator[str]:
    """The values of elements marked as time of publication; with `anywhere` also of the first `time` element."""
    elements = _PUBLISHED_TIME(root) or (_TIME(root)[:1] if anywhere else [])
    return (element.get("datetime") or element.get("content") or "" for element in elements)


_TIME_WORDS = frozenset({"date", "dates", "time", "datetime", "published", "publish", "pubdate", "datum", "fecha", "data",
                         "tarix", "tarih", "posted", "timestamp", "updated", "meta"})  # fmt: skip
_PRINTED = re.compile(
    r"\d{1,2}\D.{0,20}\b\d{4}\b\D{0,12}\d{1,2}:\d{2}|\w+ \d{1,2}, \d{4}\D{0,8}\d{1,2}:\d{2}(?: ?[ap]m)?", re.I
)
_LONGEST = 100


def printed(root: etree._Element) -> Iterator[str]:
    """Dates with a time of day as the page prints them, from elements that are named after them."""
    for element in root.iter():
        names = element.get("class")
        if element.tag == "time" or (names and not _TIME_WORDS.isdisjoint(clutter.words(names))):
            shown = content(element)
            if len(shown) <= _LONGEST and (match := _PRINTED.search(shown)):
                yield match.group()
