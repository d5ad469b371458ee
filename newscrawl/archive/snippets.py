"""Pieces of a text as printed, with the words that were searched told from the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from newscrawl.archive.terms import Term, matcher
from newscrawl.text import fold

WORDS = 24
_BEFORE = 6
ELLIPSIS = "…"

# As printed, a combining mark can stand inside a word (`й` in two characters); fold drops it
PRINTED = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")

Piece = tuple[str, bool]
"""A text, and whether it is a hit."""


def marked(text: str, terms: Sequence[Term]) -> tuple[Piece, ...]:
    """The whole of `text` in pieces."""
    text = text.strip()
    hits = [(word.start(), word.end()) for word, _ in _hits(PRINTED.finditer(text), terms)]
    return _pieces(text, 0, len(text), hits)


def snippet(text: str, terms: Sequence[Term]) -> tuple[Piece, ...]:
    """About `WORDS` words of `text` in pieces, where most of the terms stand together; else its beginning."""
    text = text.strip()
    words = list(PRINTED.finditer(text))
    hits = _hits(words, terms)
    place = {word.start(): n for n, word in enumerate(words)}
    first = max(0, min(_densest([(place[word.start()], term) for word, term in hits]) - _BEFORE, len(words) - WORDS))
    last = min(first + WORDS, len(words))
    start = words[first].start() if first else 0
    end = words[last - 1].end() if last < len(words) else len(text)
    shown = [(word.start(), word.end()) for word, _ in hits if start <= word.start() < end]
    before, after = ((f"{ELLIPSIS} ", False),) if start else (), ((f" {ELLIPSIS}", False),) if end < len(text) else ()
    return (*before, *_pieces(text, start, end, shown), *after)


def joined(pieces: Iterable[Piece], marks: tuple[str, str]) -> str:
    """The pieces as one text, hits between `marks`."""
    return "".join(f"{marks[0]}{text}{marks[1]}" if is_hit else text for text, is_hit in pieces)


def _hits(words: Iterable[re.Match[str]], terms: Sequence[Term]) -> list[tuple[re.Match[str], int]]:
    term_of = matcher(terms)
    return [(word, term) for word in words if (term := term_of(fold(word[0]))) is not None]


def _densest(hits: Sequence[tuple[int, int]]) -> int:
    """Of (place, term) the place from which on a snippet holds the most terms; 0 without any."""
    best, most = hits[0][0] if hits else 0, 0
    for n, (place, _) in enumerate(hits):
        held = len({term for at, term in hits[n : n + WORDS] if at < place + WORDS - _BEFORE})
        if held > most:
            best, most = place, held
    return best


def _pieces(text: str, start: int, end: int, hits: Sequence[tuple[int, int]]) -> tuple[Piece, ...]:
    """`text` from `start` to `end`, cut at the places of hits, each run of white space as one space."""
    found: list[Piece] = []
    for hit_start, hit_end in hits:
        found += [(text[start:hit_start], False), (text[hit_start:hit_end], True)]
        start = hit_end
    found.append((text[start:end], False))
    return tuple((re.sub(r"\s+", " ", piece), is_hit) for piece, is_hit in found if piece)
