"""Whether the search index holds the words of the articles, all of them and no others."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from typing import Literal

from newscrawl.archive import fulltext
from newscrawl.archive.store import Archive

Difference = Literal["missing", "wrong", "surplus"]

_CHUNK = 500
"""Articles that are indexed once more, in memory, at a time."""
_DEFINITION = "SELECT sql FROM main.sqlite_master WHERE name = 'articles_fts'"
_EXPECT = "INSERT INTO temp.expected_fts (rowid, headline, body, tags) VALUES (?, ?, ?, ?)"
_SIZES = "SELECT id, sz FROM {}_docsize WHERE id BETWEEN ? AND ?"
_SURPLUS = """
SELECT id FROM main.articles_fts_docsize EXCEPT SELECT id FROM articles
UNION
SELECT value FROM json_each(?) EXCEPT SELECT id FROM articles
"""


def differences(archive: Archive, step: Callable[[], object]) -> Iterator[tuple[Difference, str]]:
    """(what is wrong, address of the article or `row 7` of the index) of each entry that differs.

    Of every article the words with their places are compared with those of an index made anew. What is remembered of
    the stored index, which is sorted by word, is one number per article: the sum of the hashes of its words.

    Raises:
        sqlite3.DatabaseError: the index cannot be read.
    """
    conn = archive.conn
    conn.execute("BEGIN")
    try:
        _make_tables(conn)
        stored = _sums(conn, "stored")
        yield from _compared(conn, stored, step)
        for (row,) in conn.execute(_SURPLUS, (f"[{', '.join(map(str, stored))}]",)):
            yield "surplus", f"row {row}"
    finally:
        if conn.in_transaction:
            conn.execute("ROLLBACK")


def verify(archive: Archive) -> None:
    """Let FTS5 check how its index is built. Needs an archive that can be written, though nothing is.

    Raises:
        NotAnArchive: the index is damaged.
    """
    with archive.transaction():
        archive.conn.execute("INSERT INTO articles_fts (articles_fts) VALUES ('integrity-check')")


def rebuild(archive: Archive) -> None:
    """Make the search index anew from the articles, in one transaction."""
    with archive.transaction():
        fulltext.rebuild(archive.conn)


def _make_tables(conn: sqlite3.Connection) -> None:
    (definition,) = conn.execute(_DEFINITION).fetchone()
    conn.execute(definition.replace("articles_fts", "temp.expected_fts", 1))
    conn.execute("CREATE VIRTUAL TABLE temp.stored USING fts5vocab(main, articles_fts, instance)")
    conn.execute("CREATE VIRTUAL TABLE temp.expected USING fts5vocab(temp, expected_fts, instance)")


def _sums(conn: sqlite3.Connection, vocabulary: str) -> dict[int, int]:
    """Row of the index to the sum of the hashes of its words, each with its column and place."""
    sums: dict[int, int] = {}
    known = sums.get
    # The hash of a text, not of a tuple: that one is nearly linear, and two words that changed places would cancel out
    for row, word in conn.execute(f"SELECT doc, term || ' ' || col || ' ' || \"offset\" FROM temp.{vocabulary}"):  # noqa: S608
        sums[row] = known(row, 0) + hash(word)
    return sums


def _compared(
    conn: sqlite3.Connection, stored: dict[int, int], step: Callable[[], object]
) -> Iterator[tuple[Difference, str]]:
    """Compare article by article. What is left of `stored` afterwards belongs to none."""
    after = None
    while texts := list(fulltext.texts(conn, after, _CHUNK)):
        conn.execute("INSERT INTO temp.expected_fts (expected_fts) VALUES ('delete-all')")
        conn.executemany(_EXPECT, [text.folded() for text in texts])
        between = (texts[0].id, texts[-1].id)
        expected = _sums(conn, "expected")
        sizes = dict(conn.execute(_SIZES.format("main.articles_fts"), between).fetchall())
        expected_sizes = dict(conn.execute(_SIZES.format("temp.expected_fts"), between).fetchall())
        for text in texts:
            found = stored.pop(text.id, 0)
            step()
            if text.id not in sizes and not found:
                yield "missing", text.url
            elif found != expected.get(text.id, 0) or sizes.get(text.id) != expected_sizes[text.id]:
                yield "wrong", text.url
        after = texts[-1].id
