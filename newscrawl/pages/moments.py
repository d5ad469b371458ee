"""When it was published, by what machines read: JSON-LD, meta elements, `time` elements."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from newscrawl import times
from newscrawl.pages.metadata import Metadata

PUBLISHED = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished", "date.published",
    "publish-date", "publish_date", "publishdate", "published_at", "parsely-pub-date", "sailthru.date",
    "pubdate", "article.published", "dc.date.issued", "dcterms.created", "dc.date", "date",
)  # fmt: skip
MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "article:modified")

_PUBLISHED_TIME = etree.XPath(
    "descendant::*[@itemprop='datePublished'][@datetime or @content] | descendant::time[@pubdate][@datetime]"
)
_TIME = etree.XPath("descendant::time[@datetime]")


def of_values(values: Iterable[object], zone: str | None) -> str | None:
    """The first of `values` that is an instant, as ISO 8601 with offset."""
    return next((found for value in values if (found := times.parse_machine(str(value), zone))), None)


def of_metadata(metadata: Metadata, names: tuple[str, ...], zone: str | None) -> str | None:
    """The instant in a page's `meta` elements, by the first of `names` that holds one."""
    return of_values(metadata.all(*names), zone)


def of_elements(root: etree._Element, zone: str | None, anywhere: bool) -> str | None:
    """The instant in an element marked as time of publication; with `anywhere` also in the first `time` element."""
    elements = _PUBLISHED_TIME(root) or (_TIME(root)[:1] if anywhere else [])
    return of_values((element.get("datetime") or element.get("content") or "" for element in elements), zone)
