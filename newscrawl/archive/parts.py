"""What hangs on an article in order: tags, authors, images, alternates. Written only where it differs.

SQL is spelled out per table, so that every statement is one constant that SQLite prepares once.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from newscrawl.archive.names import Names
from newscrawl.items import Article


@attrs.frozen
class _Part:
    read: str
    delete: str
    insert: str


_TAGS = _Part(
    "SELECT tag_id, position FROM article_tags WHERE article_id = ? ORDER BY position",
    "DELETE FROM article_tags WHERE article_id = ?",
    "INSERT INTO article_tags (article_id, tag_id, position) VALUES (?, ?, ?)",
)
_AUTHORS = _Part(
    "SELECT author_id, position FROM article_authors WHERE article_id = ? ORDER BY position",
    "DELETE FROM article_authors WHERE article_id = ?",
    "INSERT INTO article_authors (article_id, author_id, position) VALUES (?, ?, ?)",
)
_IMAGES = _Part(
    "SELECT position, url, caption FROM image_rows WHERE article_id = ? ORDER BY position",
    "DELETE FROM image_rows WHERE article_id = ?",
    "INSERT INTO image_rows (article_id, position, url, caption) VALUES (?, ?, ?, ?)",
)
_ALTERNATES = _Part(
    "SELECT position, language, url, headline FROM alternates WHERE article_id = ? ORDER BY position",
    "DELETE FROM alternate_rows WHERE article_id = ?",
    "INSERT INTO alternate_rows (article_id, position, language, url, headline) VALUES (?, ?, ?, ?, ?)",
)


class Parts:
    """Writes and compares the parts of articles on one connection."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._tags = Names(conn, "SELECT id FROM tags WHERE tag = ?", "INSERT INTO tags (tag) VALUES (?)")
        self._authors = Names(
            conn, "SELECT id FROM authors WHERE author = ?", "INSERT INTO authors (author) VALUES (?)"
        )
        self._sources = Names(
            conn, "SELECT id FROM source_sets WHERE sources = ?", "INSERT INTO source_sets (sources) VALUES (?)"
        )

    def forget(self) -> None:
        """Drop remembered ids (a transaction was rolled back)."""
        for names in (self._tags, self._authors, self._sources):
            names.forget()

    def source_set(self, sources: Mapping[str, str]) -> int | None:
        """The id of a set of sources, None for no sources at all."""
        if not sources:
            return None
        return self._sources.id(json.dumps(dict(sorted(sources.items())), ensure_ascii=False))

    def tags_of(self, article_id: int) -> list[str]:
        """The tags of an archived article, in order."""
        sql = "SELECT tag FROM article_tags JOIN tags ON tags.id = tag_id WHERE article_id = ? ORDER BY position"
        return [tag for (tag,) in self._conn.execute(sql, (article_id,))]

    def write(self, article_id: int, article: Article) -> None:
        """All parts of a new article."""
        for part, rows in self._rows(article):
            self._insert(part, article_id, rows)

    def update(self, article_id: int, article: Article) -> bool:
        """Replace the parts that differ. True if the alternates did: the story then has to be looked at again."""
        differing = []
        for part, rows in self._rows(article):
            if self._conn.execute(part.read, (article_id,)).fetchall() != rows:
                self._conn.execute(part.delete, (article_id,))
                self._insert(part, article_id, rows)
                differing.append(part)
        return _ALTERNATES in differing

    def _insert(self, part: _Part, article_id: int, rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:
            self._conn.executemany(part.insert, [(article_id, *row) for row in rows])

    def _rows(self, article: Article) -> list[tuple[_Part, list[tuple[Any, ...]]]]:
        # A tag that a page prints twice is one tag: dict.fromkeys drops the repetition and keeps the order
        return [
            (_TAGS, [(self._tags.id(tag), n) for n, tag in enumerate(dict.fromkeys(article.tags))]),
            (_AUTHORS, [(self._authors.id(name), n) for n, name in enumerate(dict.fromkeys(article.authors))]),
            (_IMAGES, [(n, _own(image.url, article), image.caption) for n, image in enumerate(article.images)]),
            (_ALTERNATES, [(n, a.language, a.url, a.headline) for n, a in enumerate(article.alternates)]),
        ]


def _own(url: str, article: Article) -> str | None:
    """The address of an image, None where it is that of `articles.image_url`, which then stands for it."""
    return None if url == article.image_url else url
