"""From a content element to paragraphs: what a reader sees as one paragraph becomes one string.

The walk is iterative and visits every element once: its time is linear in the size of the element, whatever the
nesting.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

import attrs
from lxml import etree

from newscrawl import text
from newscrawl.pages import clutter, lines

_BLOCK = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main",
    "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tr", "ul",
})  # fmt: skip
_CELL = frozenset({"td", "th"})
# A line break of the page, told apart from a line break of its source
_BREAK = "\u2028"
_EMPTY_LINE = re.compile(f"{_BREAK}\\s*{_BREAK}[\\s{_BREAK}]*")


@attrs.frozen(eq=False)
class Suspect:
    """An element that looks like no part of the article."""

    element: etree._Element
    name: str
    """Its tag and class: elements of one name are one thing that is repeated."""
    outer: Suspect | None
    """The next suspect around it."""


@attrs.frozen(eq=False)
class Block:
    """A paragraph with what is needed to judge it."""

    text: str
    """One line, or several where the page breaks lines inside the paragraph."""
    element: etree._Element
    """The innermost block element around it."""
    linked: int
    """How many of its characters are inside links."""
    suspect: Suspect | None
    """The innermost suspect around it."""

    @property
    def weight(self) -> int:
        """Its size, if it reads like prose; 0 for what is mostly links."""
        return 0 if self.linked * 2 > len(self.text) else len(self.text)

    @property
    def chain(self) -> Iterator[Suspect]:
        """The suspects around it, from the inside."""
        suspect = self.suspect
        while suspect is not None:
            yield suspect
            suspect = suspect.outer


def paragraphs(element: etree._Element, drop: Collection[etree._Element] = ()) -> list[str]:
    """The paragraphs of the element that holds an article's body.

    Headings, list items and quotes are paragraphs of their own; bare text counts; two `<br>` separate paragraphs, one
    is a line break. Scripts, embeds, captions, share lines, read-also blocks, ads and tag lists are left out, and so is
    everything inside the elements of `drop`.
    """
    return [block.text for block in prose(blocks(element, drop), element)]


def prose(found: list[Block], container: etree._Element) -> list[Block]:
    """The blocks inside `container` that are text of the article."""
    foreign = _foreign(found, {container, *container.iterancestors()})
    kept = [
        not (foreign and any(suspect.name in foreign for suspect in block.chain))
        and not lines.is_junk(block.text, block.linked)
        and not lines.is_linked(block.text, block.linked)
        for block in found
    ]
    return [block for index, block in enumerate(found) if kept[index] and not _is_loose(found, kept, index)]


def _foreign(found: list[Block], around: set[etree._Element]) -> set[str]:
    """The names of suspects that are not the article: those that together hold less than half of the text.

    What holds most of the text is the article, whatever its class says, and so is what stands `around` it.
    """
    weights: dict[str, int] = {}
    for block in found:
        for name in {suspect.name for suspect in block.chain if suspect.element not in around} if block.suspect else ():
            weights[name] = weights.get(name, 0) + block.weight
    total = sum(block.weight for block in found)
    return {name for name, weight in weights.items() if weight * 2 <= total}


def _is_loose(found: list[Block], kept: list[bool], index: int) -> bool:
    """Whether a block is a heading over something that is left out, or over nothing."""
    if found[index].element.tag not in clutter.HEADINGS:
        return False
    return index + 1 == len(found) or not kept[index + 1]


def blocks(element: etree._Element, drop: Collection[etree._Element] = ()) -> list[Block]:
    """Every paragraph inside `element`, in page order, without judging the text."""
    walk = _Walk(element)
    walker = etree.iterwalk(element, events=("start", "end"))
    skipped: etree._Element | None = None
    for event, node in walker:
        if event == "start":
            if node.tag in clutter.SKIPPED or node in drop or clutter.is_silent(node.get("class")):
                walker.skip_subtree()
                skipped = node
                if node.tag in clutter.SKIPPED_BLOCKS:
                    walk.flush()
            else:
                walk.enter(node)
        elif skipped is not None and node is skipped:
            walk.add(skipped.tail)
        else:
            walk.leave(node)
    walk.flush()
    return walk.found


class _Walk:
    """The state of one walk: the text since the last paragraph ended, and where it stands."""

    def __init__(self, top: etree._Element) -> None:
        self.top = top
        self.found: list[Block] = []
        self.pieces: list[str] = []
        self.linked = 0
        self.links = 0
        self.around: list[etree._Element] = [top]
        self.suspect: Suspect | None = None

    def enter(self, node: etree._Element) -> None:
        tag = node.tag
        if tag in _BLOCK:
            self.flush()
            self.around.append(node)
        elif tag == "a":
            self.links += 1
        elif tag == "br":
            self.pieces.append(_BREAK)
        elif tag in _CELL:
            self.pieces.append(" ")
        if clutter.is_suspect(node) and node is not self.top:
            self.flush()
            self.suspect = Suspect(node, f"{tag} {node.get('class')}", self.suspect)
        if piece := node.text:
            self.add(piece if tag != "pre" else piece.replace("\n", _BREAK))

    def leave(self, node: etree._Element) -> None:
        tag = node.tag
        if tag in _BLOCK:
            self.flush()
            self.around.pop()
        elif tag == "a":
            self.links -= 1
        if self.suspect is not None and self.suspect.element is node:
            self.flush()
            self.suspect = self.suspect.outer
        if node is not self.top:
            self.add(node.tail)

    def add(self, piece: str | None) -> None:
        if piece:
            self.pieces.append(piece)
            if self.links:
                self.linked += len(piece.strip())

    def flush(self) -> None:
        """End the paragraph."""
        if not self.pieces:
            return
        raw, linked = "".join(self.pieces), self.linked
        self.pieces.clear()
        self.linked = 0
        if _BREAK not in raw:
            self._found(text.squeeze(raw), linked)
            return
        for part in _EMPTY_LINE.split(raw):
            lines_of_part = filter(None, map(text.squeeze, part.split(_BREAK)))
            # links of a paragraph that falls into parts cannot be told apart: they count in proportion
            self._found("\n".join(lines_of_part), linked * len(part) // len(raw))

    def _found(self, line: str, linked: int) -> None:
        if line:
            self.found.append(Block(text.unmangle(line), self.around[-1], linked, self.suspect))
