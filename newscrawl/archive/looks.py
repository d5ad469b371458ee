"""Looks at the pages of an article: which of them tells of its present, and what made two of them differ."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

import attrs

# A twin has its own section and links, which say nothing of the article's: its pages do not count here. Short links and
# redirects are no addresses of pages
_LATEST_OF_ARTICLE = """
WITH addresses AS (
    SELECT url FROM snapshot_rows WHERE id = :snapshot_id
    UNION SELECT url FROM articles WHERE id = :article_id
    UNION SELECT url FROM url_aliases
    WHERE article_id = :article_id AND why NOT IN ('short link', 'redirect', 'same content')
)
SELECT NOT EXISTS (
    SELECT 1 FROM snapshot_rows mine CROSS JOIN addresses a
    CROSS JOIN snapshot_rows later ON substr(later.url, -16) = substr(a.url, -16) AND later.url = a.url
    WHERE mine.id = :snapshot_id AND later.status BETWEEN 200 AND 299
    AND (later.fetched_at, later.id) > (mine.fetched_at, mine.id)
)
"""
_SAME_ADDRESS = "SELECT count(*) = 2 AND count(DISTINCT url) = 1 FROM snapshot_rows WHERE id IN (?, ?)"
_SAME_BYTES = "SELECT count(*) = 2 AND count(DISTINCT payload) = 1 FROM snapshot_rows WHERE id IN (?, ?)"
_CURRENT = "SELECT seen_at, run_id, snapshot_id FROM revision_rows WHERE article_id = ? AND revision = ?"


@attrs.frozen(kw_only=True)
class Seen:
    """When and how a page was read."""

    at: str
    run_id: int | None
    snapshot_id: int | None
    again: bool = False
    """Whether a page is read that was stored earlier: the archive may have looked at it, and at later ones, since."""

    @property
    def moment(self) -> tuple[str, int]:
        """What orders pages, also those of one second."""
        return self.at, self.snapshot_id or 0


def is_past(conn: sqlite3.Connection, seen: Seen, stored: Mapping[str, Any], content_sha256: str) -> bool:
    """Whether a page says nothing of the present of the article `stored` (its row): a later one decides.

    Pages are in the order in which they were fetched, whenever they are saved: else the archive would depend on what
    came in first, and could not be made again from its pages.
    """
    if seen.at > stored["last_seen_at"]:
        return False
    if seen.moment < _current(conn, stored).moment:
        return True
    return content_sha256 == stored["content_sha256"] and not _is_latest(conn, seen, stored["id"])


def cause(conn: sqlite3.Connection, seen: Seen, stored: Mapping[str, Any]) -> str | None:
    """`parser` for a page that the archive had seen without what it sees now, and for one of the same bytes.

    A further difference within one re-reading is the publisher's where a later page of the same address has it, which
    the former parser did not see.
    """
    former = _current(conn, stored)
    if conn.execute(_SAME_BYTES, (former.snapshot_id, seen.snapshot_id)).fetchone()[0]:
        return "parser"
    if not seen.again or seen.at > stored["last_seen_at"]:
        return None
    if former.run_id != seen.run_id:
        return "parser"
    edited = conn.execute(_SAME_ADDRESS, (former.snapshot_id, seen.snapshot_id)).fetchone()[0]
    return None if edited else "parser"


def _current(conn: sqlite3.Connection, stored: Mapping[str, Any]) -> Seen:
    """The look that made the current revision."""
    at, run_id, snapshot_id = conn.execute(_CURRENT, (stored["id"], stored["revision"])).fetchone()
    return Seen(at=at, run_id=run_id, snapshot_id=snapshot_id)


def _is_latest(conn: sqlite3.Connection, seen: Seen, article_id: int) -> bool:
    """Whether no page was stored after this one under any address of the article."""
    values = {"snapshot_id": seen.snapshot_id, "article_id": article_id}
    return bool(conn.execute(_LATEST_OF_ARTICLE, values).fetchone()[0])
