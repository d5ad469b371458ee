"""What changed between two texts, in words. Pure functions; how it is shown is the business of others.

Paragraphs that are the same in both texts hold the rest in place; between them words are compared, and breaks between
paragraphs as if they were words. White space is no part of a word, so that moved white space is no change.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

import attrs

from newscrawl.sequences import BREAK, between, common, gaps

Change = Literal["equal", "delete", "insert"]
Segment = tuple[Change, str]
"""A piece of text and what became of it. All but `delete` joined is the new text, all but `insert` the old one, with
the new one's white space where both have the words."""

ELLIPSIS = "…"

# ASCII punctuation, the signs of Latin-1, general punctuation but the joiners, CJK punctuation. All else but white
# space makes words: letters of any script with their combining marks, digits, currency signs, emoji
_SIGNS = r"!-/:-@\[-`{-~¡-©«-±¶-¹»-¿×÷\u2010-\u206f\u3001-\u303f"
_TOKEN = re.compile(rf"(\s*)(\d+(?:[.,:]\d+)+|[^\s{_SIGNS}]+(?:['’ʼ-][^\s{_SIGNS}]+)*|[^\s])")
_BREAK = re.compile(r"\s*\n\s*\n\s*")


@attrs.frozen
class _Token:
    space: str
    """The white space before it."""
    word: str


def tokens(text: str) -> list[str]:
    """The words and signs of `text` and, as `BREAK`, the ends of its paragraphs but the last."""
    return [token.word for token in _tokens(text)]


def is_word(token: str) -> bool:
    """Whether a token counts as a word: it has a letter or a digit."""
    return any(map(str.isalnum, token))


def words(segments: Sequence[Segment], change: Change) -> int:
    """How many words the segments of one kind hold."""
    return sum(is_word(token) for kind, text in segments if kind == change for token in tokens(text))


def diff(old: str, new: str) -> list[Segment]:
    """The segments from `old` to `new`; a changed stretch is a `delete`, an `insert`, or both in this order."""
    before, after = _tokens(old), _tokens(new)
    found: list[Segment] = []
    i = j = 0
    for gap in [*gaps([token.word for token in before], [token.word for token in after]), None]:
        same = after[j : gap.c if gap else None]
        if same and not same[0].space:
            # Words that begin a paragraph in the new text alone do not grow together with what was before them
            same[0] = before[i]
        found += _segment("equal", same)
        if gap:
            found += _segment("delete", before[gap.a : gap.b]) + _segment("insert", after[gap.c : gap.d])
            i, j = gap.b, gap.d
    return found


def diff_lists(old: Sequence[str], new: Sequence[str]) -> list[Segment]:
    """As `diff`, for lists (of tags, say): a segment for each entry."""
    found: list[Segment] = []
    j = 0
    for gap in between(common(old, new), len(old), len(new)):
        found += [("equal", entry) for entry in new[j : gap.c]]
        found += [("delete", entry) for entry in old[gap.a : gap.b]]
        found += [("insert", entry) for entry in new[gap.c : gap.d]]
        j = gap.d
    return found + [("equal", entry) for entry in new[j:]]


def paragraphs(segments: Sequence[Segment]) -> list[list[Segment]]:
    """The segments of each paragraph of either text.

    A break alone that came or went is shown by a pilcrow at the end of the paragraph before it.
    """
    found: list[list[Segment]] = [[]]
    for kind, text in segments:
        if text == BREAK and kind != "equal":
            found[-1].append((kind, " ¶"))
        for n, part in enumerate(text.split(BREAK)):
            if n:
                found.append([])
            if part:
                found[-1].append((kind, part if found[-1] else part.lstrip()))
    return [paragraph for paragraph in found if paragraph]


def shorten(paragraph: Sequence[Segment], around: int = 12) -> list[Segment]:
    """`paragraph` with unchanged stretches cut to `around` words beside a change, an ellipsis for the rest."""
    last = len(paragraph) - 1
    return [
        (kind, _cut(text, around if n else 0, around if n < last else 0) if kind == "equal" else text)
        for n, (kind, text) in enumerate(paragraph)
    ]


def _cut(text: str, first: int, last: int) -> str:
    pieces = re.findall(r"\s*\S+", text)
    # An ellipsis for a few words would be no shorter to read
    if len(pieces) <= first + last + 3:
        return text
    start, end = "".join(pieces[:first]), "".join(pieces[len(pieces) - last :])
    return f"{start} {ELLIPSIS}{end}" if start else f"{ELLIPSIS}{end}"


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    for n, paragraph in enumerate(_BREAK.split(text.strip())):
        if n:
            found.append(_Token("", BREAK))
        found += [_Token(space, word) for space, word in _TOKEN.findall(paragraph)]
    return found


def _segment(kind: Change, tokens: Sequence[_Token]) -> list[Segment]:
    return [(kind, "".join(token.space + token.word for token in tokens))] if tokens else []
