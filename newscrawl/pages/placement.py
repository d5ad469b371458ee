"""Where a link or another element of a page stands: in a sentence, in a card, under a label, behind the text."""

from __future__ import annotations

import re
from collections.abc import Collection

from lxml import etree

from newscrawl import text
from newscrawl.pages import clutter, lines
from newscrawl.pages.document import content, raw_text
from newscrawl.pages.paragraphs import blocks, prose

_CARD = ("img", "time", "h2", "h3")
"""Elements that a card holds, and a plain link does not."""
_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_PROSE = frozenset({"p", "li", "blockquote", "td", "dd", "h2", "h3", "h4"})
_NEAR = 12
"""How many elements back the label over a link is looked for."""
_BRIEF = 300
_FEW = 3
"""How many elements a label holds at most; to read a long text takes time."""
_LONG = "…"
"""Stands for what is too long for a label."""


def is_card(box: etree._Element) -> bool:
    if next(box.iter(*_CARD), None) is not None:
        return True
    return any(element.text and _CLOCK.fullmatch(element.text.strip()) for element in box.iter())


def is_in_prose(anchor: etree._Element, shown: str) -> bool:
    """Whether a link with the text `shown` is part of a longer text."""
    for ancestor in anchor.iterancestors():
        if ancestor.tag in _PROSE:
            return len(content(ancestor)) > len(shown) + 2
    return False


def said_before(anchor: etree._Element) -> str:
    """The text before a link that is in no link itself, looked for in the near."""
    node = anchor
    for _ in range(_NEAR):
        previous = node.getprevious()
        if previous is None:
            node = node.getparent()
            said = _brief(node.text or "") if node is not None else _LONG
        else:
            node = previous
            said = _brief(node.tail or "") or _said_in(node)
        if said:
            return said
    return ""


def _said_in(element: etree._Element) -> str:
    """The text of an element that holds no link, if it is short."""
    if element.tag == "a":
        return ""
    if len(element) > _FEW:
        return _LONG
    return "" if next(element.iter("a"), None) is not None else _brief(raw_text(element))


def _brief(said: str) -> str:
    return _LONG if len(said) > _BRIEF else text.squeeze(said)


def around(anchor: etree._Element, places: Collection[etree._Element]) -> etree._Element | None:
    """The one of `places` that a link stands in."""
    return next((ancestor for ancestor in anchor.iterancestors() if ancestor in places), None)


def is_before(one: etree._Element, other: etree._Element) -> bool:
    """Whether an element begins before another of the same page."""
    left, right = ([*reversed([*element.iterancestors()]), element] for element in (one, other))
    for parent, mine, its in zip(left, left[1:], right[1:], strict=False):
        if mine is not its:
            return bool(parent.index(mine) < parent.index(its))
    return len(left) < len(right)


def is_beside(element: etree._Element, landmark: etree._Element) -> bool:
    """Whether an element stands in a sidebar or the like, in which `landmark` does not stand."""
    inner = {*landmark.iterancestors()}
    return any(clutter.is_suspect(ancestor) for ancestor in element.iterancestors() if ancestor not in inner)


def ends(anchor: etree._Element, body: etree._Element) -> bool:
    """Whether nothing of the text follows a link in the body."""
    node = anchor
    while node is not body:
        if lines.is_words(node.tail or ""):
            return False
        for after in node.itersiblings():
            if lines.is_words(after.tail or "") or (not clutter.is_suspect(after) and prose(blocks(after), after)):
                return False
        node = node.getparent()
    return True
