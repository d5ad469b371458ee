"""Articles as a feed tells of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection

import attrs

ENTRIES = """
SELECT a.id, a.url, s.domain, a.language, a.headline, a.summary, a.section, a.published_at, a.first_seen_at,
    a.changed_at,
    (SELECT json_group_array(tag) FROM (
        SELECT tag FROM article_tags l JOIN tags t ON t.id = l.tag_id WHERE l.article_id = a.id ORDER BY l.position
    )),
    (SELECT json_group_array(author) FROM (
        SELECT author FROM article_authors l JOIN authors t ON t.id = l.author_id
        WHERE l.article_id = a.id ORDER BY l.position
    ))
FROM json_each(?) AS asked CROSS JOIN articles a ON a.id = asked.value JOIN sites s ON s.name = a.site
"""


@attrs.frozen(kw_only=True)
class Entry:
    """An article as it reads now."""

    id: int
    url: str
    domain: str
    """Of its site."""
    language: str
    headline: str
    summary: str | None
    section: str | None
    published_at: str | None
    """UTC, as all times here."""
    first_seen_at: str
    changed_at: str | None
    """When the archive saw an edit last."""
    tags: tuple[str, ...]
    authors: tuple[str, ...]


def entries(conn: sqlite3.Connection, ids: Collection[int]) -> dict[int, Entry]:
    """Those of the articles that the archive has, by id."""
    found = {}
    names = [field.name for field in attrs.fields(Entry)][:-2]
    for *values, tags, authors in conn.execute(ENTRIES, (json.dumps(list(ids)),)):
        entry = Entry(
            **dict(zip(names, values, strict=True)), tags=tuple(json.loads(tags)), authors=tuple(json.loads(authors))
        )
        found[entry.id] = entry
    return found
