"""Finds the element that holds the article on a page nobody has described.

The text of the whole page is cut into blocks once. Blocks that read like prose vote for the elements around them, and
from the top of the page the search goes down to the child that holds nearly all votes, until there is none. Where
JSON-LD carries the article's text, blocks whose words are in it count for more.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

import attrs
from lxml import etree

from newscrawl import text
from newscrawl.pages import clutter, lines
from newscrawl.pages.paragraphs import Block, blocks, prose

_WORD = re.compile(r"\w+")
_MIN_PROSE = 60
_MIN_TOLD = 300
_TOLD = 20
"""How much more the vote of a block counts whose words JSON-LD has."""
_SUSPECTED = 0.05
"""What a vote counts that comes from inside a suspect."""
_NEARLY_ALL = 0.88
_MOSTLY = 0.85


@attrs.frozen
class Body:
    """Where the article stands on the page, and its text."""

    container: etree._Element | None
    blocks: list[Block]


def find(root: etree._Element, told: str, headline: str) -> Body:
    """The article's body; `told` is the text that JSON-LD gives, or ``."""
    found = blocks(root)
    weights = _weights(found, told)
    if not weights:
        return Body(None, [])
    container = _descend(_start(root, weights), weights)
    inside = [block for block in found if container in _around(block)]
    return Body(container, _trimmed(prose(_after_headline(inside, headline), container)))


def _around(block: Block) -> list[etree._Element]:
    return [block.element, *block.element.iterancestors()]


def _after_headline(found: list[Block], headline: str) -> list[Block]:
    """What follows the headline; everything where it is not among the blocks."""
    wanted = text.fold(headline)
    for index, block in enumerate(found):
        if block.element.tag == "h1" or (block.element.tag in clutter.HEADINGS and text.fold(block.text) == wanted):
            return found[index + 1 :]
    return found


def _trimmed(found: list[Block]) -> list[Block]:
    """Without labels: lines that are no sentences, before the first and after the last one, or outside paragraphs."""
    size = sum(len(block.text) for block in found)
    if sum(len(block.text) for block in found if block.element.tag in clutter.TEXT_TAGS) * 2 > size:
        found = [block for block in found if block.element.tag in clutter.TEXT_TAGS or lines.is_prose(block.text)]
    sentences = [index for index, block in enumerate(found) if lines.is_prose(block.text)]
    trimmed = found[sentences[0] : sentences[-1] + 1] if sentences else []
    # an article may be a list
    return trimmed if sum(len(block.text) for block in trimmed) > size * _MOSTLY else found


def _weights(found: list[Block], told: str) -> Mapping[etree._Element, float]:
    """Element to the sum of the votes inside it."""
    known = set(_shingles(told)) if len(told) >= _MIN_TOLD else set()
    weights: dict[etree._Element, float] = defaultdict(float)
    for block in found:
        if vote := _vote(block, known):
            for element in _around(block):
                weights[element] += vote
    return weights


def _vote(block: Block, known: set[tuple[str, ...]]) -> float:
    if block.linked * 2 > len(block.text) or block.element.tag in clutter.HEADINGS:
        return 0
    size = lines.size(block.text)
    if size < _MIN_PROSE and not lines.is_prose(block.text):
        return 0
    vote = size * (_SUSPECTED if block.suspect else 1)
    return vote * _TOLD if known and _is_told(block, known) else vote


def _is_told(block: Block, known: set[tuple[str, ...]]) -> bool:
    shingles = _shingles(block.text)
    return sum(shingle in known for shingle in shingles) * 2 > len(shingles)


def _shingles(passage: str) -> list[tuple[str, ...]]:
    words = _WORD.findall(passage.lower())
    return [tuple(words[i : i + 3]) for i in range(len(words) - 2)]


def _start(root: etree._Element, weights: Mapping[etree._Element, float]) -> etree._Element:
    """The first sizeable `article` element: pages that scroll on hold several, this page's first."""
    sizeable = (article for article in root.iter("article") if weights.get(article, 0) > weights[root] * 0.3)
    return next(sizeable, root)


def _descend(current: etree._Element, weights: Mapping[etree._Element, float]) -> etree._Element:
    while True:
        child = max(current, key=lambda child: weights.get(child, 0), default=None)
        # one paragraph is no article, even where JSON-LD tells nothing else of it
        if child is None or child.tag == "p" or weights.get(child, 0) < weights[current] * _NEARLY_ALL:
            return current
        current = child
