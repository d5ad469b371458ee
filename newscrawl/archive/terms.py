"""What people type into a search box, as the terms that the full-text index is asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import attrs

from newscrawl.text import fold

SHORTEST_BEGINNING = 3
"""Letters from which a word finds longer ones: of `AB` or `ЕС` nobody wants what else begins so, which is half of all
words, and takes as long to find."""

_MOST_TERMS = 32
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
_WORD = re.compile(r"[^\W_]+")


@attrs.frozen
class Term:
    """A word, or a phrase (between quotes) whose words stand side by side."""

    words: tuple[str, ...]
    """Folded; at least one."""
    is_phrase: bool

    @property
    def is_beginning(self) -> bool:
        """Whether longer words that begin so count too."""
        return not self.is_phrase and len(self.words[0]) >= SHORTEST_BEGINNING

    @property
    def expression(self) -> str:
        """It in the language of FTS5. Quoted, nothing is an operator."""
        return f'"{" ".join(self.words)}"' + ("*" if self.is_beginning else "")


def terms(text: str) -> list[Term]:
    """The terms of what was typed, in order; none for a text without a word."""
    found: list[Term] = []
    for phrase, bare in _TERM.findall(fold(text.translate(_QUOTES))):
        if phrase:
            found.append(Term(tuple(_WORD.findall(phrase)), is_phrase=True))
        else:
            # `UPDATED-2` is two words to the index, and to us
            found += [Term((word,), is_phrase=False) for word in _WORD.findall(bare)]
    return [term for term in found if term.words][:_MOST_TERMS]


def expression(text: str) -> str:
    """What was typed in the language of FTS5: every term must match. Valid whatever the text; finds nothing without a
    word.
    """
    return " AND ".join(term.expression for term in terms(text)) or '""'


def matcher(typed: Sequence[Term]) -> Callable[[str], int | None]:
    """A function that tells which of the terms (its number) a folded word belongs to, None for none.

    The words of a phrase count each by itself.
    """
    whole = {word: n for n, term in enumerate(typed) if not term.is_beginning for word in term.words}
    beginnings = {term.words[0]: n for n, term in enumerate(typed) if term.is_beginning}
    starts = tuple(beginnings)

    def term_of(word: str) -> int | None:
        if word in whole:
            return whole[word]
        if not word.startswith(starts):
            return None
        return beginnings[next(start for start in starts if word.startswith(start))]

    return term_of
