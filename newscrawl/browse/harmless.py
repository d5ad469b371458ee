"""The HTML of a stored page without what could act: scripts, frames, and all that a browser would load.

The policy under which it is served (`stored_pages.HARMLESS`) allows none of it either. Without this the browser would
still look up hosts beforehand (`preconnect`), and complain of everything that the policy forbids.
"""

from __future__ import annotations

import re

from lxml import etree, html

_DROPPED = (
    "script", "link", "base", "meta", "iframe", "frame", "object", "embed", "applet", "audio", "video", "source",
    "track", "portal",
)  # fmt: skip
_LOADING = frozenset(
    ("src", "srcset", "imagesrcset", "poster", "background", "data", "ping", "action", "formaction", "autofocus")
)
# A link would lead out of the archive, to the page as it is now; within a page it may stay
_LINKS = frozenset(("href", "{http://www.w3.org/1999/xlink}href", "xlink:href"))
_IN_STYLE = re.compile(r"@import[^;]*;?|url\([^)]*\)", re.I)


def harmless(page: str) -> str:
    """`page` as it looks; empty where there is nothing in it."""
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError:
        return ""
    etree.strip_elements(root, *_DROPPED, with_tail=False)
    for element in root.iter(etree.Element):
        if element.tag == "style" and element.text:
            element.text = _IN_STYLE.sub("", element.text)
        for name in list(element.attrib):
            if _acts(name.lower(), str(element.attrib[name]).strip().lower()):
                del element.attrib[name]
            elif name.lower() == "style":
                element.attrib[name] = _IN_STYLE.sub("", element.attrib[name])
    return str(html.tostring(root, encoding="unicode", doctype="<!DOCTYPE html>"))


def _acts(name: str, value: str) -> bool:
    if name in _LOADING:
        return not (name == "src" and value.startswith("data:image/"))
    return name.startswith("on") or (name in _LINKS and not value.startswith("#"))
