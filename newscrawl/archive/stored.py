"""Stored exchanges as a reader looks for them: those of an article, and one of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

import attrs

from newscrawl.archive.article import Title
from newscrawl.exchanges import Place

MOST = 200
"""Fetches of one article that are listed at most."""
FETCHES = """
SELECT s.id, s.url, s.fetched_at, s.status
FROM json_each(?) AS asked
CROSS JOIN snapshot_rows s ON substr(s.url, -16) = substr(asked.value, -16) AND s.url = asked.value
ORDER BY s.fetched_at DESC, s.id DESC LIMIT ?
"""
# The address that was asked for may be an alias
PAGE = """
SELECT s.id, s.url, s.fetched_at, s.status, t.content_type, f.name, s.warc_offset, s.warc_length,
    s.revisit_of, o.fetched_at, g.name, o.warc_offset, o.warc_length, a.id, a.language, a.headline, a.published_at
FROM snapshot_rows s
LEFT JOIN snapshot_types t ON t.id = s.type_id LEFT JOIN warc_files f ON f.id = s.warc_file_id
LEFT JOIN snapshot_rows o ON o.id = s.revisit_of LEFT JOIN warc_files g ON g.id = o.warc_file_id
LEFT JOIN articles a ON a.id = coalesce(
    (SELECT id FROM articles WHERE url = s.url), (SELECT article_id FROM url_aliases WHERE url = s.url)
)
WHERE s.id = ?
"""


@attrs.frozen(kw_only=True)
class Fetched:
    """A time at which a page was asked for."""

    id: int
    url: str
    fetched_at: str
    """UTC."""
    status: int


@attrs.frozen(kw_only=True)
class StoredPage(Fetched):
    """A stored exchange and where it lies."""

    content_type: str | None
    """The media type alone, in lower case; empty where the answer named none."""
    place: Place | None
    """None where it is not known."""
    original_id: int | None
    """The exchange whose body this one repeats, or confirms."""
    original_at: str | None
    original: Place | None
    article: Title | None
    """The article at its address."""


def fetches(conn: sqlite3.Connection, addresses: Sequence[str]) -> list[Fetched]:
    """When these addresses were asked for, the last `MOST` times, the last one first."""
    rows = conn.execute(FETCHES, (json.dumps(list(addresses)), MOST))
    return [Fetched(id=id_, url=url, fetched_at=at, status=status) for id_, url, at, status in rows]


def stored_page(conn: sqlite3.Connection, snapshot_id: int) -> StoredPage | None:
    """The stored exchange of that id; None where there is none."""
    row = conn.execute(PAGE, (snapshot_id,)).fetchone()
    if row is None:
        return None
    id_, url, fetched_at, status, content_type, *more = row
    place, (original_id, original_at), original, found = more[:3], more[3:5], more[5:8], more[8:]
    return StoredPage(
        id=id_, url=url, fetched_at=fetched_at, status=status, content_type=content_type, place=_place(place),
        original_id=original_id, original_at=original_at, original=_place(original),
        article=Title(id=found[0], language=found[1], headline=found[2], published_at=found[3]) if found[0] else None,
    )  # fmt: skip


def _place(values: Sequence[Any]) -> Place | None:
    return Place(*values) if values[0] else None
