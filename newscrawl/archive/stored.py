"""Stored exchanges as a reader looks for them: those of an article, and one of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

import attrs

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
SELECT s.id, s.url, s.fetched_at, s.status, t.kind, t.content_type, f.name, s.warc_offset, s.warc_length,
    s.revisit_of, g.name, o.warc_offset, o.warc_length,
    coalesce((SELECT a.id FROM articles a WHERE a.url = s.url),
        (SELECT x.article_id FROM url_aliases x WHERE x.url = s.url)) AS article_id
FROM snapshot_rows s
LEFT JOIN snapshot_types t ON t.id = s.type_id LEFT JOIN warc_files f ON f.id = s.warc_file_id
LEFT JOIN snapshot_rows o ON o.id = s.revisit_of LEFT JOIN warc_files g ON g.id = o.warc_file_id
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

    kind: str | None
    content_type: str | None
    place: Place | None
    """None where it is not known."""
    original_id: int | None
    """The exchange whose body this one repeats, or confirms."""
    original: Place | None
    article_id: int | None
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
    id_, url, fetched_at, status, kind, content_type, *places, article_id = row
    file, offset, length, original_id, original_file, original_offset, original_length = places
    return StoredPage(
        id=id_, url=url, fetched_at=fetched_at, status=status, kind=kind, content_type=content_type,
        place=Place(file, offset, length) if file else None, original_id=original_id,
        original=Place(original_file, original_offset, original_length) if original_file else None,
        article_id=article_id,
    )  # fmt: skip
