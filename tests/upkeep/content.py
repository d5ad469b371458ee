"""What an archive holds, without the numbers that SQLite gave its rows: two archives of the same pages are equal so."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

_QUERIES = {
    "articles": """
        SELECT a.site, a.url, a.site_article_id, a.language, a.section, a.section_slug, a.headline, a.published_at,
            a.published_day, a.published_text, a.modified_at, a.image_url, a.short_url, a.word_count, a.content_sha256,
            a.flags, a.parser, a.first_seen_at, a.last_seen_at, a.changed_at, a.gone_at, a.revision,
            a.summary, a.body, d.url
        FROM articles a LEFT JOIN articles d ON d.id = a.duplicate_of
    """,
    "revisions": """
        SELECT a.url, r.revision, r.seen_at, r.headline, r.summary, r.body, r.section, r.published_at, r.modified_at,
            r.tags, r.content_sha256, r.cause, s.url, s.fetched_at, u.started_at
        FROM revisions r JOIN articles a ON a.id = r.article_id
        LEFT JOIN snapshots s ON s.id = r.snapshot_id LEFT JOIN runs u ON u.id = r.run_id
    """,
    "tags": """
        SELECT a.url, t.position, g.tag FROM article_tags t JOIN articles a ON a.id = t.article_id
        JOIN tags g ON g.id = t.tag_id
    """,
    "authors": """
        SELECT a.url, t.position, g.author FROM article_authors t JOIN articles a ON a.id = t.article_id
        JOIN authors g ON g.id = t.author_id
    """,
    "alternates": """
        SELECT a.url, l.position, l.language, l.url, l.headline, o.url
        FROM alternates l JOIN articles a ON a.id = l.article_id LEFT JOIN articles o ON o.id = l.alternate_id
    """,
    "stories": """
        SELECT group_concat(url, ' ') FROM (SELECT story_id, url FROM articles ORDER BY url) GROUP BY story_id
    """,
    "images": "SELECT a.url, i.position, i.url, i.caption FROM images i JOIN articles a ON a.id = i.article_id",
    "url_aliases": "SELECT x.url, a.url, x.why FROM url_aliases x JOIN articles a ON a.id = x.article_id",
    "absences": """
        SELECT a.url, b.status, b.moved_to, b.first_at, b.last_at, b.times, b.gone_at, b.returned_at
        FROM absences b JOIN articles a ON a.id = b.article_id
    """,
    # When an address was first seen, in which section and with which time of change, only the page tells that linked to
    # it: listings are not read again
    "looks": """
        SELECT u.url, u.site, u.kind, u.language, u.published_at, a.url, u.last_fetched_at, u.next_fetch_at, u.etag,
            u.last_modified, u.validated_at, u.status, u.tries, u.reason
        FROM url_rows u JOIN articles a ON a.id = u.article_id
    """,
    "provenance": "SELECT a.url, p.field, p.source FROM provenance p JOIN articles a ON a.id = p.article_id",
}
TIMES = {
    "articles": ("first_seen_at", "last_seen_at", "changed_at", "gone_at"),
    "revisions": ("seen_at", "fetched_at", "started_at"),
    "absences": ("first_at", "last_at", "gone_at", "returned_at"),
    "looks": ("last_fetched_at", "next_fetch_at", "etag", "last_modified", "validated_at", "status", "tries", "reason"),
}


def content(db: Path, *, times: bool = True) -> dict[str, list[tuple[Any, ...]]]:
    """Every row that a reader relies on, sorted; without `times` those of the looks at the pages are left out."""
    connection = sqlite3.connect(db)
    try:
        return {name: _rows(connection, sql, () if times else TIMES.get(name, ())) for name, sql in _QUERIES.items()}
    finally:
        connection.close()


def _rows(connection: sqlite3.Connection, sql: str, without: tuple[str, ...]) -> list[tuple[Any, ...]]:
    cursor = connection.execute(sql)
    kept = [n for n, column in enumerate(cursor.description) if column[0] not in without]
    return sorted((tuple(row[n] for n in kept) for row in cursor), key=repr)
