"""Articles that were not there any more: gone, moved, and those that returned."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Literal

import attrs

Fate = Literal["gone", "moved", "returned", "missing"]

_ALL = """
SELECT CASE WHEN b.returned_at IS NOT NULL THEN 'returned' WHEN b.gone_at IS NULL THEN 'missing'
        WHEN b.moved_to IS NOT NULL THEN 'moved' ELSE 'gone' END AS fate,
    a.site, a.language, a.url, a.headline, a.published_at, a.revision, b.status, b.moved_to, b.first_at, b.last_at,
    b.times, b.gone_at, b.returned_at
FROM absences b JOIN articles a ON a.id = b.article_id
"""
_LISTED = f"""
{_ALL} WHERE b.gone_at IS NOT NULL AND (:site IS NULL OR a.site = :site)
ORDER BY coalesce(b.returned_at, b.last_at) DESC, b.id DESC
"""
_MISSING = """
SELECT count(DISTINCT b.article_id) FROM absences b JOIN articles a ON a.id = b.article_id
WHERE b.gone_at IS NULL AND b.returned_at IS NULL AND (:site IS NULL OR a.site = :site)
"""
_LOOKED_FOR = """
SELECT EXISTS (SELECT 1 FROM absences) OR EXISTS (
    SELECT 1 FROM articles WHERE last_seen_at > first_seen_at AND (:site IS NULL OR site = :site)
)
"""
_OF_ARTICLE = f"{_ALL} WHERE b.article_id = ? ORDER BY b.first_at, b.id"


@attrs.frozen(kw_only=True)
class Absence:
    """A time in which the page of an archived article was not there."""

    fate: Fate
    """`missing`: not often or long enough to count as gone."""
    site: str
    language: str
    url: str
    headline: str
    published_at: str | None
    """UTC, as all times here."""
    revision: int
    """How many states are archived."""
    status: int | None
    """The last answer: 404, 410, that of a redirect to no article; None where another article is there now."""
    moved_to: str | None
    first_at: str
    """When it was not there first."""
    last_at: str
    times: int
    """How often it was looked for."""
    gone_at: str | None
    """Since when it counts as gone."""
    returned_at: str | None


def absences(conn: sqlite3.Connection, site: str | None = None) -> Iterator[Absence]:
    """Every article that is gone, or was, what happened last first."""
    return _read(conn.execute(_LISTED, {"site": site}))


def missing(conn: sqlite3.Connection, site: str | None = None) -> int:
    """How many articles were not there when they were looked for last, and do not count as gone."""
    return int(conn.execute(_MISSING, {"site": site}).fetchone()[0])


def any_looked_for(conn: sqlite3.Connection, site: str | None = None) -> bool:
    """Whether a single article was asked for again once it was archived."""
    return bool(conn.execute(_LOOKED_FOR, {"site": site}).fetchone()[0])


def of_article(conn: sqlite3.Connection, article_id: int) -> list[Absence]:
    """Every absence of an article, the first one first."""
    return list(_read(conn.execute(_OF_ARTICLE, (article_id,))))


def _read(cursor: sqlite3.Cursor) -> Iterator[Absence]:
    names = [column[0] for column in cursor.description]
    return (Absence(**dict(zip(names, row, strict=True))) for row in cursor)
