"""The tags of an article, as printed and in order."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from newscrawl.pages.document import content
from newscrawl.pages.jsonld import clean
from newscrawl.text import squeeze

_REL_TAGS = etree.XPath("descendant::a[@rel='tag' or starts-with(@rel, 'tag ') or contains(@rel, ' tag')]")
_NO_COUNT = etree.XPath("descendant::text()[not(ancestor::sup)]")
_SEPARATOR = re.compile(r"[,;，、]")


def printed(container: etree._Element) -> list[str]:
    """The tags in the element that lists them: its links, else its innermost elements, else its text."""
    links = [anchor for anchor in container.iterdescendants("a") if anchor.get("href") is not None]
    elements = links or [element for element in container.iterdescendants() if not len(element)]
    texts = [_without_count(element) for element in elements]
    if not any(texts):
        texts = re.split(r"[,;#]", content(container))
    return [tag for tag in map(_clean, texts) if tag]


def _without_count(element: etree._Element) -> str:
    """The text of an element without the number of articles that stands above it."""
    counted = len(element) and next(element.iter("sup"), None) is not None
    return squeeze("".join(_NO_COUNT(element))) if counted else content(element)


def listed(values: Iterable[object]) -> list[str]:
    """Tags out of a list of keywords; a single value may list several."""
    parts = [value for value in values if isinstance(value, str)]
    return joined(parts[0]) if len(parts) == 1 else _unique(parts)


def joined(value: str | None) -> list[str]:
    """Tags out of one value that lists them between commas or semicolons."""
    return _unique(_SEPARATOR.split(value)) if value else []


def marked(root: etree._Element) -> list[str]:
    """The texts of the links that say they are tags (`rel=tag`, a microformat)."""
    return _unique(content(anchor) for anchor in _REL_TAGS(root))


def _unique(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(tag for one in texts if (tag := _clean(clean(one)))))


def _clean(tag: str) -> str:
    """A tag without number sign and comma; `` for a label such as `Tags:`."""
    tag = tag.strip().lstrip("#").strip(" ,;")
    return "" if tag.endswith(":") else tag
