from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newscrawl.archive import Archive
from newscrawl.items import Article

FIRST = "2025-11-11T14:00:00Z"
LATER = "2025-11-11T15:00:00Z"
LAST = "2025-11-11T16:00:00Z"

BODY = (
    "Moscow is ready to discuss with Washington the resumption of preparations for a summit between the leaders "
    "of Russia and the United States, the minister said in an interview.\n\nLater, the summit was postponed because "
    "positions could not be aligned to achieve a meaningful outcome."
)


def made(**values: Any) -> Article:
    """An article with the given values; its URL is short, its text over the length from which texts are compared."""
    defaults: dict[str, Any] = {
        "url": "https://report.az/a",
        "site": "report",
        "language": "az",
        "headline": "Headline",
        "body": BODY,
        "published_at": "2025-11-11T17:50:00+04:00",
    }
    return Article(**(defaults | values))


def words(seed: int, count: int = 40) -> str:
    """A text of its own, which shares nothing with that of another seed."""
    return " ".join(f"w{seed}x{n}" for n in range(count))


def dump(archive: Archive, *, but: tuple[str, ...] = ()) -> list[str]:
    """The whole database as SQL, with the named columns of `articles` blanked out."""
    with archive.transaction():
        kept = archive.conn.execute(f"SELECT id, {', '.join(but or ('id',))} FROM articles").fetchall()
        for column in but:
            archive.conn.execute(f"UPDATE articles SET {column} = ''")
        lines = list(archive.conn.iterdump())
        for article_id, *values in kept if but else ():
            for column, value in zip(but, values, strict=True):
                archive.conn.execute(f"UPDATE articles SET {column} = ? WHERE id = ?", (value, article_id))
    return lines


def save(archive: Archive, article: Article, seen_at: str = FIRST) -> tuple[int, int, str]:
    saved = archive.save(article, seen_at=seen_at, run_id=None)
    return saved.article_id, saved.revision, saved.outcome


def check_whole(path: Path) -> None:
    """The file is sound, and so are its references."""
    conn = sqlite3.connect(path)
    try:
        assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert conn.execute("PRAGMA foreign_key_check").fetchall() == []
    finally:
        conn.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.db"


@pytest.fixture
def archive(path: Path) -> Iterator[Archive]:
    with Archive.open(path) as opened:
        yield opened
