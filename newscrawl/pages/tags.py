"""The tags of an article, as printed and in order."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from newscrawl.pages.document import content
from newscrawl.pages.jsonld import clean

_ANCHORS = etree.XPath("descendant::a[@href]")
_REL_TAGS = etree.XPath("descendant::a[@rel='tag' or starts-with(@rel, 'tag ') or contains(@rel, ' tag')]")


def printed(container: etree._Element) -> list[str]:
    """The tags in the element that lists them: its links, else its innermost elements, else its text."""
    anchors = _ANCHORS(container)
    if not anchors:
        anchors = [element for element in container.iterdescendants() if not len(element)]
    texts = [content(element) for element in anchors]
    if not any(texts):
        texts = re.split(r"[,;#]", content(container))
    return [tag for tag in map(_clean, texts) if tag]


def _clean(tag: str) -> str:
    """A tag without number sign and comma; `` for a label such as `Tags:`."""
    tag = tag.strip().lstrip("#").strip(" ,;")
    return "" if tag.endswith(":") else tag


def split(values: Iterable[object]) -> list[str]:
    """Tags out of keyword values; a single value may list several, separated by commas or semicolons."""
    parts = [str(value) for value in values if isinstance(value, str)]
    if len(parts) == 1:
        parts = re.split(r"[,;]", parts[0])
    return [tag for part in parts if (tag := _clean(clean(part)))]


def marked(root: etree._Element) -> list[str]:
    """The texts of the links that say they are tags (`rel=tag`, a microformat)."""
    return [tag for anchor in _REL_TAGS(root) if (tag := _clean(content(anchor)))]
