"""What came of an address, and when it is due again: an article, no change, nothing there, a failure."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from newscrawl import schedule
from newscrawl.archive.history import FIND
from newscrawl.archive.looks import Seen
from newscrawl.schedule import Looks
from newscrawl.times import utc_now

TIMES, APART = 3, dt.timedelta(hours=24)
"""How often, and over how long, an article must not be there before it counts as gone."""

_ARTICLE = """
SELECT id, url, site, language, section_slug AS section, published_at, first_seen_at, gone_at, last_seen_at
FROM articles WHERE id = ?
"""
_SETTLE = """
INSERT INTO url_rows (url, site, kind, language, section, published_at, article_id, first_seen_at, last_fetched_at,
    next_fetch_at, reason)
VALUES (:url, :site, 'article', :language, :section, :published_at, :id, :first_seen_at, :at, :next_at, :reason)
ON CONFLICT (url) DO UPDATE SET article_id = :id, published_at = :published_at, next_fetch_at = :next_at, tries = 0,
    reason = :reason, last_fetched_at = :at
WHERE article_id IS NULL OR last_fetched_at IS NULL OR last_fetched_at <= :at
"""
_LEAVE = """
DELETE FROM url_rows
WHERE url = :url AND (article_id IS NULL OR last_fetched_at IS NULL OR last_fetched_at <= :at)
"""
_WAITS = """
SELECT 1 FROM json_each(:others) AS asked CROSS JOIN url_rows u ON u.url = asked.value
WHERE u.kind = 'article' AND (u.article_id IS NULL OR u.tries > 0 AND NOT EXISTS (
    SELECT 1 FROM failures f WHERE f.url = u.url AND f.resolved_at IS NULL
))
"""
_LEAVE_OTHERS = """
DELETE FROM url_rows WHERE url IN (SELECT value FROM json_each(:others)) AND kind = 'article'
    AND NOT EXISTS (SELECT 1 FROM articles a WHERE a.url = url_rows.url)
"""
# Of a page that nobody could read, a 304 must not say that the archived text is the present one
_TRIED = """
UPDATE url_rows SET next_fetch_at = :next_at, tries = tries + 1, reason = :reason, etag = NULL, last_modified = NULL
WHERE url = :url AND kind = 'article'
"""
_FAILED_SO_FAR = """
SELECT min(first_at), sum(times) FROM failures WHERE url = ? AND resolved_at IS NULL AND stage <> 'listing'
"""
_OPEN = """
SELECT id, first_at, last_at, times, gone_at FROM absences WHERE article_id = ? AND returned_at IS NULL
"""
_MISS = """
INSERT INTO absences (article_id, status, moved_to, first_at, last_at, times, gone_at)
VALUES (:article_id, :status, :moved_to, :at, :at, 1, iif(:moved_to IS NULL, NULL, :at))
"""
_MISS_AGAIN = """
UPDATE absences SET status = :status, moved_to = coalesce(:moved_to, moved_to), last_at = :at, times = times + 1,
    gone_at = :gone_at
WHERE id = :id
"""
_RETURN = """
UPDATE absences SET returned_at = :at WHERE article_id = :id AND returned_at IS NULL AND last_at < :at
"""


@attrs.frozen(kw_only=True)
class Missed:
    """An archived article that was not there."""

    article_id: int
    times: int
    """How often in a row."""
    first_at: str
    """Since when, UTC."""
    gone: bool
    """Whether it counts as gone."""
    newly: bool
    """Whether it does since this look."""


class Settling:
    """Settles addresses on one connection, inside the caller's transaction. Times are UTC."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self.looks: dict[str, Looks] = {}
        """Site to its schedule of looks; articles of others are looked at once."""

    def stored(self, article_id: int, seen: Seen, outcome: str, addresses: Iterable[str]) -> None:
        """A page of the article came, under these addresses: it has its place in the schedule, and is there.

        One that is read again settles only an address that still waits, or whose last try failed.
        """
        at, others = seen.at, {"others": json.dumps(list(addresses))}
        if seen.again and not self._conn.execute(_WAITS, others).fetchone():
            return
        row = self._article(article_id)
        self._schedule(row, at, outcome)
        self._conn.execute(_LEAVE_OTHERS, row | others)
        self._returned(row, at)

    def unmodified(self, url: str, at: str) -> int | None:
        """The site says that the page at `url` is as it was (304): the article's id; None where there is none."""
        row = self._find(url)
        if row is None:
            return None
        if at > row["last_seen_at"]:
            self._conn.execute("UPDATE articles SET last_seen_at = ? WHERE id = ?", (at, row["id"]))
        self._schedule(row, at, "not modified")
        self._conn.execute(_LEAVE_OTHERS, row | {"others": json.dumps([url])})
        self._returned(row, at)
        return int(row["id"])

    def moved(self, url: str, article_id: int, at: str) -> None:
        """The address `url` leads to the page of an article: one that was archived there itself has moved."""
        row = self._find(url)
        if row and row["url"] == url and row["id"] != article_id and row["last_seen_at"] < at:
            self._miss_article(row, at, None, self._article(article_id)["url"])

    def missed(self, url: str, at: str, status: int) -> Missed | None:
        """The page at `url` is not there: 404, 410, or a redirect to a page that is no article.

        None where the archive has no article at `url`. What is archived stays as it is.
        """
        row = self._find(url)
        if row is None:
            return None
        self._conn.execute(_LEAVE_OTHERS, row | {"others": json.dumps([url])})
        return self._miss_article(row, at, status, None)

    def _miss_article(self, row: dict[str, Any], at: str, status: int | None, moved_to: str | None) -> Missed:
        missed = self._miss(row, at, status, moved_to)
        if missed.gone and row["gone_at"] is None:
            self._conn.execute("UPDATE articles SET gone_at = ? WHERE id = ?", (missed.first_at, row["id"]))
        next_at = schedule.next_missing_look(self._looks(row), _born(row), at, gone=missed.gone)
        reason = f"moved to {moved_to}" if moved_to else f"not there ({status}) since {missed.first_at}"
        self._conn.execute(_SETTLE, row | {"at": at, "next_at": next_at, "reason": reason})
        return missed

    def failed(self, url: str, stage: str, at: str, error: str) -> None:
        """The page at `url` gave no article."""
        first_at, times = self._conn.execute(_FAILED_SO_FAR, (url,)).fetchone()
        next_at = schedule.next_try(stage not in {"download", "store"}, first_at or at, at, times or 1)
        self._conn.execute(_TRIED, {"url": url, "next_at": next_at, "reason": error})

    def _miss(self, row: Mapping[str, Any], at: str, status: int | None, moved_to: str | None) -> Missed:
        values = {"article_id": row["id"], "status": status, "moved_to": moved_to, "at": at}
        known = self._conn.execute(_OPEN, (row["id"],)).fetchone()
        if known is None:
            self._conn.execute(_MISS, values)
            moved = moved_to is not None
            return Missed(article_id=row["id"], times=1, first_at=at, gone=moved, newly=moved)
        absence, first_at, last_at, times, gone_at = known
        if at <= last_at:
            return Missed(article_id=row["id"], times=times, first_at=first_at, gone=gone_at is not None, newly=False)
        apart = dt.datetime.fromisoformat(at) - dt.datetime.fromisoformat(first_at)
        gone = gone_at is not None or moved_to is not None or (times + 1 >= TIMES and apart >= APART)
        self._conn.execute(_MISS_AGAIN, values | {"id": absence, "gone_at": first_at if gone else None})
        newly = gone and gone_at is None
        return Missed(article_id=row["id"], times=times + 1, first_at=first_at, gone=gone, newly=newly)

    def _schedule(self, row: dict[str, Any], at: str, reason: str) -> None:
        # Pages keep their order where the clock was wrong, looks go by the right one
        next_at = schedule.next_look(self._looks(row), _born(row), min(at, utc_now()))
        self._conn.execute(_SETTLE if next_at else _LEAVE, row | {"at": at, "next_at": next_at, "reason": reason})

    def _returned(self, row: Mapping[str, Any], at: str) -> None:
        if self._conn.execute(_RETURN, {"id": row["id"], "at": at}).rowcount and row["gone_at"]:
            self._conn.execute("UPDATE articles SET gone_at = NULL WHERE id = ?", (row["id"],))

    def _looks(self, row: Mapping[str, Any]) -> Looks:
        return self.looks.get(row["site"], ())

    def _find(self, url: str) -> dict[str, Any] | None:
        found = self._conn.execute(FIND, {"urls": json.dumps([url])}).fetchone()
        return self._article(found[2]) if found else None

    def _article(self, article_id: int) -> dict[str, Any]:
        cursor = self._conn.execute(_ARTICLE, (article_id,))
        names = [column[0] for column in cursor.description]
        return dict(zip(names, cursor.fetchone(), strict=True))


def _born(row: Mapping[str, Any]) -> str:
    born: str = row["published_at"] or row["first_seen_at"]
    return born
