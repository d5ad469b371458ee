"""How an archived article differs from what its page gives now."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from newscrawl.archive.identity import TWIN, identify
from newscrawl.archive.looks import Seen, is_past
from newscrawl.archive.values import Snapshot
from newscrawl.items import Article
from newscrawl.times import to_utc

_COLUMNS = (
    "language", "section", "section_slug", "headline", "summary", "body", "published_at", "published_text",
    "modified_at", "image_url", "short_url", "site_article_id", "flags",
)  # fmt: skip
_READ = (*_COLUMNS, "id", "revision", "last_seen_at", "content_sha256")
_TEXT = ("section", "headline", "summary", "body", "published_at", "tags")
_ROW = "SELECT {} FROM articles WHERE id = ?".format(", ".join(_READ))  # noqa: S608
_PARTS = {
    "tags": "SELECT tag FROM article_tags JOIN tags ON tags.id = tag_id WHERE article_id = ? ORDER BY position",
    "authors": """
        SELECT author FROM article_authors JOIN authors ON authors.id = author_id WHERE article_id = ? ORDER BY position
    """,
    "images": "SELECT url, caption FROM images WHERE article_id = ? ORDER BY position",
    "alternates": "SELECT language, url, headline FROM alternates WHERE article_id = ? ORDER BY position",
}
_PARSER = """
SELECT u.parser FROM articles a JOIN revision_rows r ON r.article_id = a.id AND r.revision = a.revision
LEFT JOIN runs u ON u.id = r.run_id WHERE a.id = ? AND a.content_sha256 <> ?
"""
Differences = Mapping[str, tuple[str, str]]
"""Field to its value before and after, as text; empty where there is none."""


@attrs.frozen(kw_only=True)
class Compared:
    """An archived article beside what a page of it gives."""

    article_id: int
    decides: bool
    """Whether earlier pages of the article have no say any more; not so for a second address of the same text."""
    differences: Differences
    """What saving the page would change; nothing where a later page decides."""


def compare(conn: sqlite3.Connection, article: Article, snapshot: Snapshot) -> Compared | None:
    """The archived article beside `article`, which the page `snapshot` gives; None where it is not archived."""
    found = _identify(conn, article)
    if found is None:
        return None
    article_id, why = found
    stored = _row(conn, article_id)
    seen = Seen(at=snapshot.fetched_at, run_id=None, snapshot_id=snapshot.id, again=True)
    names: tuple[str, ...] = (*_COLUMNS, *_PARTS)
    if is_past(conn, seen, stored, article.content_sha256):
        names = ()
    elif why == TWIN:
        # Another address of the same text has its own section and links: those of the first one stay
        names = _TEXT if article.content_sha256 != stored["content_sha256"] else ()
    decides = why != TWIN or bool(names)
    return Compared(article_id=article_id, decides=decides, differences=_differences(conn, stored, article, names))


def _row(conn: sqlite3.Connection, article_id: int) -> dict[str, Any]:
    return dict(zip(_READ, conn.execute(_ROW, (article_id,)).fetchone(), strict=True))


def _differences(
    conn: sqlite3.Connection, stored: Mapping[str, Any], article: Article, names: Iterable[str]
) -> Differences:
    before = dict(stored) | {name: conn.execute(sql, (stored["id"],)).fetchall() for name, sql in _PARTS.items()}
    after = _values(article)
    pairs = {name: (_text(before[name]), _text(after[name])) for name in names}
    return {name: (old, new) for name, (old, new) in pairs.items() if old != new}


def is_read_differently(conn: sqlite3.Connection, article: Article, parser: str) -> bool:
    """Whether the archived article has another text than `article`, and another parser than `parser` read it."""
    found = _identify(conn, article)
    row = conn.execute(_PARSER, (found[0], article.content_sha256)).fetchone() if found else None
    return row is not None and row[0] != parser


def _identify(conn: sqlite3.Connection, article: Article) -> tuple[int, str] | None:
    names = ("url", "site", "site_article_id", "language", "content_sha256")
    return identify(conn, {name: getattr(article, name) for name in names})


def _values(article: Article) -> dict[str, Any]:
    values = {name: getattr(article, name) for name in _COLUMNS}
    return values | {
        "published_at": to_utc(article.published_at) if article.published_at else None,
        "modified_at": to_utc(article.modified_at) if article.modified_at else None,
        "flags": "; ".join(article.flags) or None,
        "tags": [(tag,) for tag in dict.fromkeys(article.tags)],
        "authors": [(author,) for author in dict.fromkeys(article.authors)],
        "images": [attrs.astuple(image) for image in article.images],
        "alternates": [attrs.astuple(alternate) for alternate in article.alternates],
    }


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
