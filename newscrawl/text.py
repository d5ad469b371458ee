"""Text as people read it, and as they search for it. Pure functions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Soft hyphens, zero-width characters, direction marks and the byte order mark are invisible: they break search and
# make equal texts unequal. ZWNJ and ZWJ (U+200C, U+200D) stay: Persian and Indic spelling needs them. Half an emoji (a
# lone surrogate, out of JSON that was cut) is no character at all, and no encoding can write it.
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\ud800-\udfff]+")
# Every white space that str.split knows, but the line break.
_BLANKS = re.compile(r"[^\S\n]+")
_BEYOND_LATIN_1 = re.compile("[^\x00-\xff]")
_FOLD = str.maketrans({"ə": "e", "Ə": "e", "ı": "i", "I": "i", "İ": "i", "ё": "е", "Ё": "е"})


def squeeze(text: str) -> str:
    """`text` in one line: NFC, white space runs as one space, invisible characters removed."""
    line = " ".join(text.split())
    if line.isprintable():
        # nothing in it is invisible, and white space composes with nothing
        return line if line.isascii() else unicodedata.normalize("NFC", line)
    return " ".join(_composed(text).split())


def squeeze_lines(text: str) -> str:
    """As `squeeze`, but single line breaks stay; empty lines and white space around lines go."""
    lines = (_BLANKS.sub(" ", line).strip() for line in _composed(text).splitlines())
    return "\n".join(line for line in lines if line)


def _composed(text: str) -> str:
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


def join_paragraphs(paragraphs: Iterable[str]) -> str:
    """The body of an article: non-empty paragraphs separated by a blank line."""
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def fold(text: str) -> str:
    """`text` as search compares it: `Bakı`, `BAKI` and `baki` are one word, so are `Ёлка` and `елка`.

    ə is e, the four Turkic i are one, ё is е, combining marks and case are dropped (Unicode NFD and casefold).
    """
    # Every step looks at one character at a time, so a table that fills itself folds as fast as `str` can translate
    return text.translate(_FOLDED)


class _Folding(dict[int, str]):
    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFD", chr(code).translate(_FOLD).casefold())
        self[code] = "".join(ch for ch in decomposed if not unicodedata.combining(ch))
        return self[code]


_FOLDED = _Folding()


def word_count(text: str) -> int:
    """Number of words separated by white space."""
    return len(text.split())


def unmangle(text: str) -> str:
    """`text` with UTF-8 that was once read as Latin-1 put right (`Ä°ran` becomes `İran`), where that is certain.

    The repair counts only if the whole text is such a mistake: every character fits Latin-1, the bytes are valid
    UTF-8 and the result is shorter.
    """
    if text.isascii() or _BEYOND_LATIN_1.search(text):
        return text
    try:
        repaired = text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
    return repaired if len(repaired) < len(text) else text
