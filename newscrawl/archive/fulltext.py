"""The full-text index. It keeps no text: rows go in folded, and come out only by their former folded values."""

from __future__ import annotations

import sqlite3

from newscrawl.text import fold

_INSERT = "INSERT INTO articles_fts (rowid, headline, body, tags) VALUES (?, ?, ?, ?)"
_DELETE = "INSERT INTO articles_fts (articles_fts, rowid, headline, body, tags) VALUES ('delete', ?, ?, ?, ?)"


def insert(conn: sqlite3.Connection, article_id: int, headline: str, body: str, tags: str) -> None:
    """Index an article. `body` is folded, since others need it folded too; `headline` and `tags` are as printed."""
    conn.execute(_INSERT, (article_id, fold(headline), body, fold(tags)))


def delete(conn: sqlite3.Connection, article_id: int, headline: str, body: str, tags: str) -> None:
    """Take an article out. The texts must be those that went in, or the index is wrong for good."""
    conn.execute(_DELETE, (article_id, fold(headline), body, fold(tags)))
