"""Near spellings of what was searched in vain, out of the words that articles hold."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from itertools import islice, product

import attrs

from newscrawl.archive.hits import Query
from newscrawl.archive.respelling import edited, respelled
from newscrawl.archive.search import count
from newscrawl.archive.snippets import PRINTED
from newscrawl.archive.terms import terms
from newscrawl.text import fold

_LETTERS = range(3, 31)
"""Of shorter words everything is near, and near a longer one is too much."""
_MOST_WORDS = 3
_MOST_TRIED = 16
_LIKENESS = 0.7

_VOCABULARY = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, articles_fts, row)"
_KNOWN = """
SELECT v.term FROM json_each(?) AS c CROSS JOIN temp.vocabulary v ON v.term = c.value ORDER BY v.doc DESC, v.term
"""
# Words come in the order of code points: of those that begin so, the word itself first
_KNOWN_BEGINNINGS = """
SELECT DISTINCT v.term FROM json_each(?) AS c CROSS JOIN temp.vocabulary v ON v.term = (
    SELECT term FROM temp.vocabulary WHERE term >= c.value AND term < c.value || char(1114111) LIMIT 1
)
WHERE v.term = c.value OR length(c.value) > 3 ORDER BY v.term <> c.value, v.doc DESC, v.term
"""
_BEGINNING = "SELECT term FROM temp.vocabulary WHERE term >= ?1 AND term < ?1 || char(1114111) LIMIT ?2"
_ARTICLE = """
SELECT a.body, a.headline, coalesce((
    SELECT group_concat(tag, ' ') FROM article_tags JOIN tags ON tags.id = tag_id WHERE article_id = a.id
), '')
FROM articles_fts f CROSS JOIN articles a ON a.id = f.rowid WHERE articles_fts MATCH ? ORDER BY f.rowid DESC LIMIT 1
"""


def near(conn: sqlite3.Connection, query: Query, most: int = 3) -> list[str]:
    """Texts like that of a query, in words as printed, each of which finds something with the query's filters.

    Makes a table in the connection's temporary schema, which `PRAGMA query_only` would forbid.
    """
    conn.execute(_VOCABULARY)
    words = list(dict.fromkeys(word for term in terms(query.text) for word in term.words))
    unknown = [word for word in words if not _beginning(conn, word, 1)]
    # What is a word elsewhere is no slip, but may be written in another way here
    choices = {word: _near(conn, word)[:most] for word in unknown} or {
        word: [word, *_known(conn, respelled(word), _KNOWN_BEGINNINGS)[:most]] for word in words
    }
    if len(choices) > _MOST_WORDS:
        return []
    found: list[str] = []
    for chosen in islice(product(*choices.values()), _MOST_TRIED):
        changes = {word: new for word, new in zip(choices, chosen, strict=True) if word != new}
        if changes and len(found) < most and count(conn, attrs.evolve(query, text=_changed(query.text, changes))):
            found.append(_changed(query.text, {word: _as_printed(conn, new) for word, new in changes.items()}))
    return found


def _near(conn: sqlite3.Connection, word: str) -> list[str]:
    """Words of articles that are like `word`, folded, the likeliest first."""
    if len(word) not in _LETTERS:
        return []
    found = _known(conn, respelled(word), _KNOWN_BEGINNINGS) + _known(conn, edited(word), _KNOWN)
    return list(dict.fromkeys(found)) or get_close_matches(word, _beginning(conn, word[:2], 20_000), cutoff=_LIKENESS)


def _known(conn: sqlite3.Connection, words: Iterable[str], statement: str) -> list[str]:
    """What articles hold of the words, or of such as begin so, the most frequent first."""
    return [term for (term,) in conn.execute(statement, (json.dumps(list(words)),))]


def _beginning(conn: sqlite3.Connection, start: str, most: int) -> list[str]:
    """Words of articles that begin so."""
    return [term for (term,) in conn.execute(_BEGINNING, (start, most))]


def _as_printed(conn: sqlite3.Connection, word: str) -> str:
    """A folded word of the index as an article prints it."""
    for text in conn.execute(_ARTICLE, (f'"{word}"',)).fetchone() or ():
        for printed in PRINTED.findall(text):
            if fold(printed) == word:
                return str(printed)
    return word


def _changed(text: str, changes: Mapping[str, str]) -> str:
    return PRINTED.sub(lambda word: changes.get(fold(word[0]), word[0]), text)
