"""Full-text search that forgives spelling: from what people type to articles, with a piece of each as printed."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence

from newscrawl.archive.values import Hit
from newscrawl.text import fold

SNIPPET_WORDS = 24
_BEFORE = 6
_MOST_TERMS = 32

_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
_WORD = re.compile(r"[^\W_]+")
# As printed, a combining mark can stand inside a word (`й` in two characters); fold drops it
_PRINTED = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")

# The headline counts most, then the tags. The limit is taken before the articles are read, where it can be.
_SEARCH = """
SELECT a.id, a.url, a.site, a.language, a.headline, a.section, a.published_at, a.story_id, a.body
FROM (
    SELECT rowid AS id, bm25(articles_fts, 8.0, 1.0, 4.0) AS rank FROM articles_fts WHERE articles_fts MATCH :match
    ORDER BY rank, rowid DESC LIMIT iif(:language IS NULL, :limit, -1)
) AS found CROSS JOIN articles a ON a.id = found.id
WHERE :language IS NULL OR a.language = :language
ORDER BY found.rank, a.id DESC LIMIT :limit
"""


def search(
    conn: sqlite3.Connection, text: str, *, language: str | None, limit: int, marks: tuple[str, str]
) -> list[Hit]:
    """The best `limit` articles for what was typed; none for a text without a word."""
    terms = _terms(text)
    if not terms:
        return []
    values = {"match": _expression(terms), "language": language, "limit": max(limit, 0)}
    prefixes = [word for words, _ in terms for word in words]
    return [
        Hit(
            id=row[0], url=row[1], site=row[2], language=row[3], headline=row[4], section=row[5], published_at=row[6],
            story_id=row[7], snippet=snippet(row[8], prefixes, marks),
        )
        for row in conn.execute(_SEARCH, values)
    ]  # fmt: skip


def snippet(text: str, prefixes: Sequence[str], marks: tuple[str, str]) -> str:
    """About `SNIPPET_WORDS` words of `text` around the first word that begins with one of the folded `prefixes`.

    Such words stand between the two `marks`. A text without one gives its beginning.
    """
    words = list(_PRINTED.finditer(text))
    hits = [n for n, word in enumerate(words) if fold(word[0]).startswith(tuple(prefixes))]
    first = max(0, min(hits[0] - _BEFORE, len(words) - SNIPPET_WORDS)) if hits else 0
    last = min(first + SNIPPET_WORDS, len(words))
    start = words[first].start() if first else 0
    end = words[last - 1].end() if last < len(words) else len(text)
    pieces = ["… " if start else ""]
    for n in hits:
        if n >= last:
            break
        pieces += [text[start : words[n].start()], marks[0], words[n][0], marks[1]]
        start = words[n].end()
    return " ".join("".join([*pieces, text[start:end], "" if end == len(text) else " …"]).split())


def _terms(text: str) -> list[tuple[list[str], bool]]:
    """What was typed as terms: the folded words of each, and whether they are a phrase (between quotes)."""
    found: list[tuple[list[str], bool]] = []
    for phrase, bare in _TERM.findall(fold(text.translate(_QUOTES))):
        if phrase:
            found.append((_WORD.findall(phrase), True))
        else:
            # `UPDATED-2` is two words to the index, and to us
            found += [([word], False) for word in _WORD.findall(bare)]
    return [(words, is_phrase) for words, is_phrase in found if words][:_MOST_TERMS]


def _expression(terms: Sequence[tuple[list[str], bool]]) -> str:
    """The FTS5 query: all terms must match, a bare word as the beginning of one. Quoted, nothing is an operator."""
    return " AND ".join(f'"{" ".join(words)}"' + ("" if is_phrase else "*") for words, is_phrase in terms)
