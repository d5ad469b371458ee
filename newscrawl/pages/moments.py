"""Times as machines read them: in JSON-LD, in `meta` elements, in `time` elements. Which values to look at."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

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
