"""Finds the element that holds the article on a page nobody has described.

The text of a whole page is cut into blocks once. Blocks that read like prose vote for the elements around them; the
smallest element that holds nearly all votes is the body. Where JSON-LD carries the article's text, only blocks whose
words are in it may vote.
"""

from __future__ import annotations

import re
from collections import defaultdict

import attrs
from lxml import etree

from newscrawl.pages import clutter
from newscrawl.pages.paragraphs import Block, blocks, prose

_BODY = etree.XPath("descendant::body")
_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?…。！？।:;\"»”“’)]\s*$")
_MIN_PROSE = 60


@attrs.frozen
class Body:
    """Where the article stands on the page, and its text."""

    container: etree._Element | None
    blocks: list[Block]


def find(root: etree._Element, article_body: str) -> Body:
    """The article's body; `article_body` is the text that JSON-LD gives, or ``."""
    top = next(iter(_BODY(root)), root)
    found = blocks(top)
    votes = _votes(found, article_body)
    container = _container(top, votes)
    if container is None:
        return Body(None, [])
    inside = [block for block in found if container in _around(block)]
    return Body(container, prose(inside))


def _around(block: Block) -> list[etree._Element]:
    return [block.element, *block.element.iterancestors()]


def _votes(found: list[Block], article_body: str) -> list[tuple[Block, int]]:
    total = sum(len(block.text) for block in found)
    known = set(_shingles(article_body)) if len(article_body) > 200 else set()
    votes = []
    for block in found:
        if any(suspect.size * 2 <= total for suspect in block.chain):
            continue
        if known:
            grams = _shingles(block.text)
            weight = sum(gram in known for gram in grams) * 10
        else:
            weight = _prose_weight(block)
        if weight:
            votes.append((block, weight))
    return votes


def _shingles(text: str) -> list[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return [tuple(words[i : i + 4]) for i in range(len(words) - 3)]


def _prose_weight(block: Block) -> int:
    size = len(block.text)
    if block.linked * 2 > size or block.element.tag in clutter.HEADINGS:
        return 0
    if size < _MIN_PROSE and not (size > 20 and _SENTENCE_END.search(block.text)):
        return 0
    return size


def _container(top: etree._Element, votes: list[tuple[Block, int]]) -> etree._Element | None:
    weights: dict[etree._Element, int] = defaultdict(int)
    for block, weight in votes:
        for element in _around(block):
            weights[element] += weight
    if not votes:
        return None
    current = top
    while True:
        children = [(weights[child], child) for child in current if child in weights]
        if not children:
            return current
        weight, child = max(children, key=lambda pair: pair[0])
        if weight * 10 < weights[current] * 8:
            return current
        current = child
