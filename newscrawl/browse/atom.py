"""An Atom feed (RFC 4287) as bytes. Pure functions."""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs
from lxml import etree

_ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# What XML 1.0 has no character for
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MEDIA_TYPE = "application/atom+xml"


@attrs.frozen(kw_only=True)
class FeedEntry:
    """What happened to an article."""

    id: str
    """A URI that stays the same wherever the feed is served."""
    title: str
    language: str
    updated: str
    """RFC 3339, as all times here."""
    published: str | None
    page: str
    """The address of our page, absolute."""
    source: str | None
    """The address of the publisher's page."""
    authors: Sequence[str]
    """At least one."""
    categories: Sequence[str]
    note: str
    """What happened, in English; empty where it is no more than that it was published."""
    summary: str | None


@attrs.frozen(kw_only=True)
class Feed:
    """What happened, the newest first."""

    title: str
    subtitle: str
    author: str
    address: str
    """Its own, absolute."""
    page: str
    """The address of the list that it is made of, absolute."""
    updated: str
    """RFC 3339."""
    entries: Sequence[FeedEntry]


def written(feed: Feed) -> bytes:
    """The feed as XML in UTF-8. Text that XML cannot hold is left out."""
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    root.set(_LANG, "en")
    _add(root, "id", feed.address)
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.subtitle)
    _add(root, "updated", feed.updated)
    _add(_add(root, "author"), "name", feed.author)
    _add(root, "link", rel="self", type=MEDIA_TYPE, href=feed.address)
    _add(root, "link", rel="alternate", type="text/html", href=feed.page)
    for entry in feed.entries:
        _add_entry(root, entry)
    found: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return found


def _add_entry(root: etree._Element, entry: FeedEntry) -> None:
    element = _add(root, "entry")
    element.set(_LANG, _clean(entry.language))
    _add(element, "id", entry.id)
    _add(element, "title", entry.title, type="text")
    _add(element, "updated", entry.updated)
    if entry.published:
        _add(element, "published", entry.published)
    for author in entry.authors:
        _add(_add(element, "author"), "name", author)
    _add(element, "link", rel="alternate", type="text/html", href=entry.page)
    if entry.source:
        _add(element, "link", rel="via", href=entry.source)
    for category in entry.categories:
        _add(element, "category", term=category)
    if entry.note:
        _add(element, "summary", entry.note, type="text").set(_LANG, "en")
    elif entry.summary:
        _add(element, "summary", entry.summary, type="text")


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, f"{{{_ATOM}}}{name}")
    for key, value in attributes.items():
        element.set(key, _clean(value))
    if text is not None:
        element.text = _clean(text)
    return element


def _clean(text: str) -> str:
    return _UNWRITABLE.sub("", text)
