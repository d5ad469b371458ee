"""The full-text index. It keeps no text: rows go in folded, and come out only by their former folded values."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import attrs

from newscrawl.text import fold

_INSERT = "INSERT INTO articles_fts (rowid, headline, body, tags) VALUES (?, ?, ?, ?)"
_DELETE = "INSERT INTO articles_fts (articles_fts, rowid, headline, body, tags) VALUES ('delete', ?, ?, ?, ?)"
_DELETE_ALL = "INSERT INTO articles_fts (articles_fts) VALUES ('delete-all')"
_TEXTS = """
SELECT id, url, headline, body, coalesce((
    SELECT group_concat(tag, ' ') FROM (
        SELECT tag FROM article_tags JOIN tags ON tags.id = tag_id WHERE article_id = a.id ORDER BY position
    )
), '')
FROM articles a {after} ORDER BY id LIMIT ?
"""
_CHUNK = 500


@attrs.frozen
class Text:
    """What of an article is searched, as printed."""

    id: int
    url: str
    headline: str
    body: str
    tags: str
    """Separated by spaces."""

    def folded(self) -> tuple[int, str, str, str]:
        """The row that the index holds of it."""
        return self.id, fold(self.headline), fold(self.body), fold(self.tags)


def insert(conn: sqlite3.Connection, article_id: int, headline: str, body: str, tags: str) -> None:
    """Index an article. `body` is folded, since others need it folded too; `headline` and `tags` are as printed."""
    conn.execute(_INSERT, (article_id, fold(headline), body, fold(tags)))


def delete(conn: sqlite3.Connection, article_id: int, headline: str, body: str, tags: str) -> None:
    """Take an article out. The texts must be those that went in, or the index is wrong for good."""
    conn.execute(_DELETE, (article_id, fold(headline), body, fold(tags)))


def texts(conn: sqlite3.Connection, after: int | None, count: int) -> Iterator[Text]:
    """What the index should hold: the texts of `count` articles by id, from the first or the one after `after` on."""
    if after is None:
        rows = conn.execute(_TEXTS.format(after=""), (count,))
    else:
        rows = conn.execute(_TEXTS.format(after="WHERE id > ?"), (after, count))
    return (Text(*row) for row in rows)


def rebuild(conn: sqlite3.Connection) -> None:
    """Make the index anew from the articles, whatever it holds."""
    conn.execute(_DELETE_ALL)
    after = None
    while chunk := list(texts(conn, after, _CHUNK)):
        conn.executemany(_INSERT, [text.folded() for text in chunk])
        after = chunk[-1].id
