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

    @property
    def is_convict(self) -> bool:
        """Whether it is no part of an article, however long."""
        return any(map(clutter.convicts, self._names))

    @property
    def is_paragraph(self) -> bool:
        """Whether it is a plain paragraph that may only be about pictures: a sentence in it is text."""
        return self.element.tag == "p" and all(map(clutter.accuses_media, self._names))

    @property
    def _names(self) -> list[str]:
        return [value for name, value in self.element.items() if name in ("class", "id")]


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
    tail: str = ""
    """What stands behind its last link, if that is known."""

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
    return [block.text for block in prose(blocks(element, drop), element, known=True)]


def prose(found: list[Block], container: etree._Element, *, known: bool = False) -> list[Block]:
    """The blocks inside `container` that are text of the article.

    `known` says that the site is known to put the article there: a list of links is then part of it, unless it is
    marked as something else.
    """
    foreign = _foreign(found, {container, *container.iterancestors()}, known)
    kept = [
        not (foreign and any(suspect.name in foreign for suspect in block.chain))
        and not lines.is_junk(block.text, block.linked)
        and not (lines.is_linked(block.text, block.linked, block.tail) and not (known and _is_own(found, index, block)))
        for index, block in enumerate(found)
    ]
    return [block for index, block in enumerate(found) if kept[index] and not _is_loose(found, kept, index)]


def _foreign(found: list[Block], around: set[etree._Element], known: bool) -> set[str]:
    """The names of suspects that are not the article: those that together hold less than half of the text.

    What holds most of the text is the article, whatever its class says, and so is what stands `around` it. Where the
    article is `known` to be, an embed or a caption is never the article, be it longer than the text.
    """
    weights: dict[str, int] = {}
    convicted = set()
    for block in found:
        if block.suspect is None:
            continue
        suspects = {suspect.name: suspect for suspect in block.chain if suspect.element not in around}
        for name, suspect in suspects.items():
            weights[name] = weights.get(name, 0) + block.weight
            if known and suspect.is_convict:
                convicted.add(name)
    total = sum(block.weight for block in found)
    return {name for name, weight in weights.items() if weight * 2 <= total or name in convicted}


def _is_own(found: list[Block], index: int, block: Block) -> bool:
    """Whether a block of links is a sentence, or an item of a list that nothing marks as a list of other articles."""
    if lines.is_around(block.text, block.linked, block.tail):
        return True
    if block.suspect is not None or not _is_item(block):
        return False
    before = next((found[place] for place in range(index - 1, -1, -1) if not _is_item(found[place])), None)
    return before is None or not lines.is_read_also(before.text, before.linked)


def _is_item(block: Block) -> bool:
    return block.element.tag == "li" or any(ancestor.tag == "li" for ancestor in block.element.iterancestors())


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
            dropped = clutter.is_silent(node.get("class")) or node in drop
            if dropped or (node.tag in clutter.SKIPPED and clutter.is_skipped(node)):
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
        self.unlinked = 0
        self.around: list[etree._Element] = [top]
        self.suspect: Suspect | None = None

    def enter(self, node: etree._Element) -> None:
        """Take note of an element that begins: a block ends the paragraph before it."""
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
                self.unlinked = len(self.pieces)

    def flush(self) -> None:
        """End the paragraph."""
        if not self.pieces:
            return
        raw, linked = "".join(self.pieces), self.linked
        tail = text.squeeze("".join(self.pieces[self.unlinked :])) if linked else ""
        self.pieces.clear()
        self.linked = self.unlinked = 0
        if _BREAK not in raw:
            self._found(text.squeeze(raw), linked, tail)
            return
        for part in _EMPTY_LINE.split(raw):
            lines_of_part = filter(None, map(text.squeeze, part.split(_BREAK)))
            # links of a paragraph that falls into parts cannot be told apart: they count in proportion
            self._found("\n".join(lines_of_part), linked * len(part) // len(raw))

    def _found(self, line: str, linked: int, tail: str = "") -> None:
        if not line:
            return
        block, suspect = self.around[-1], self.suspect
        if suspect is not None and suspect.element is block and suspect.is_paragraph and lines.is_sentence(line):
            suspect = suspect.outer
        self.found.append(Block(text.unmangle(line), block, linked, suspect, tail))
