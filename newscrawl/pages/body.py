"""Finds the element that holds the article on a page nobody has described.

The text of the whole page is cut into blocks once. Blocks that read like prose vote for the elements around them, and
from the top of the page the search goes down to the child that holds nearly all votes, until there is none. Where
JSON-LD carries the article's text, only blocks whose words are in it vote.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

import attrs
from lxml import etree

from newscrawl.pages import clutter
from newscrawl.pages.paragraphs import Block, blocks, prose

_BODY = etree.XPath("descendant::body")
_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?…。！？।:;\"»”“’)」』]\s*$")
_MIN_PROSE = 60
_MIN_TOLD = 300
_SUSPECTED = 0.15
"""What a vote counts that comes from inside a suspect."""
_NEARLY_ALL = 0.85


@attrs.frozen
class Body:
    """Where the article stands on the page, and its text."""

    container: etree._Element | None
    blocks: list[Block]


def find(root: etree._Element, told: str) -> Body:
    """The article's body; `told` is the text that JSON-LD gives, or ``."""
    top = next(iter(_BODY(root)), root)
    found = blocks(top)
    weights = _weights(found, told)
    if not weights:
        return Body(None, [])
    container = _descend(_start(top, weights), weights)
    inside = [block for block in found if container in _around(block)]
    return Body(container, prose(inside, container))


def _around(block: Block) -> list[etree._Element]:
    return [block.element, *block.element.iterancestors()]


def _weights(found: list[Block], told: str) -> Mapping[etree._Element, float]:
    """Element to the sum of the votes inside it."""
    known = set(_shingles(told)) if len(told) >= _MIN_TOLD else set()
    votes = [(block, _told_weight(block, known)) for block in found] if known else []
    if sum(vote for _, vote in votes) * 2 <= len(known):
        votes = [(block, _prose_weight(block)) for block in found]
    weights: dict[etree._Element, float] = defaultdict(float)
    for block, vote in votes:
        if vote:
            for element in _around(block):
                weights[element] += vote
    return weights


def _shingles(text: str) -> list[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return [tuple(words[i : i + 3]) for i in range(len(words) - 2)]


def _told_weight(block: Block, known: set[tuple[str, ...]]) -> float:
    shingles = _shingles(block.text)
    matched = sum(shingle in known for shingle in shingles)
    return matched if matched * 2 > len(shingles) else 0


def _prose_weight(block: Block) -> float:
    size = len(block.text)
    if block.linked * 2 > size or block.element.tag in clutter.HEADINGS:
        return 0
    if size < _MIN_PROSE and not (size > 20 and _SENTENCE_END.search(block.text)):
        return 0
    return size * (_SUSPECTED if block.suspect else 1)


def _start(top: etree._Element, weights: Mapping[etree._Element, float]) -> etree._Element:
    """The first sizeable `article` element: pages that scroll on hold several, this page's first."""
    sizeable = (article for article in top.iter("article") if weights.get(article, 0) > weights[top] * 0.3)
    return next(sizeable, top)


def _descend(current: etree._Element, weights: Mapping[etree._Element, float]) -> etree._Element:
    while True:
        child = max(current, key=lambda child: weights.get(child, 0), default=None)
        if child is None or weights.get(child, 0) < weights[current] * _NEARLY_ALL:
            return current
        current = child
