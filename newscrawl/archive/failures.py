"""Pages that gave no article, and what is known of the URLs that a listing shows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection

from newscrawl.archive.snapshots import is_latest
from newscrawl.items import Failure
from newscrawl.times import utc_now

RETRY_HOURS = 6
"""How long a page that gave no article is left alone; one that could not be fetched or stored is asked for at once."""
RETRY_DAYS = 7
"""How long a page is tried again after its first failure."""

# A failure that is worth another look at the time `:now`
_DUE = f"""
f.resolved_at IS NULL AND julianday(f.last_at) - julianday(f.first_at) < {RETRY_DAYS}
AND (f.stage IN ('download', 'store') OR julianday(:now) - julianday(f.last_at) > {RETRY_HOURS} / 24.0)
"""
# A failure that was resolved and returns begins anew: it is worth as many looks as any other
_FAIL = """
INSERT INTO failures (url, stage, error, detail, site, snapshot_id, run_id, first_at, last_at, times)
VALUES (:url, :stage, :error, :detail, :site, :snapshot_id, :run_id, :at, :at, 1)
ON CONFLICT (url, stage) DO UPDATE SET error = :error, detail = :detail, site = coalesce(:site, site),
    snapshot_id = :snapshot_id, run_id = :run_id, last_at = :at,
    first_at = iif(resolved_at IS NULL, first_at, :at),
    times = iif(resolved_at IS NULL, times + (:snapshot_id IS NULL OR snapshot_id IS NOT :snapshot_id), 1),
    resolved_at = NULL, resolved_run_id = NULL
"""
_RESOLVE = """
UPDATE failures SET resolved_at = :at, resolved_run_id = :run_id
WHERE url = :url AND resolved_at IS NULL AND (:page IS NULL OR last_at < :page OR snapshot_id = :snapshot_id)
"""
# A page that is read again gives news only if it is the latest, and fails in another way or before another parser
_IS_NEWS = """
SELECT NOT EXISTS (
    SELECT 1 FROM failures f LEFT JOIN runs r ON r.id = f.run_id
    WHERE f.url = :url AND f.stage = :stage AND f.snapshot_id = :snapshot_id
    AND f.error = :error AND f.detail IS :detail AND (r.parser IS :parser OR f.resolved_at IS NOT NULL)
)
"""
_RESOLVE_LISTINGS = """
UPDATE failures SET resolved_at = :at, resolved_run_id = :run_id
WHERE site = :site AND stage = 'listing' AND resolved_at IS NULL AND (run_id IS NULL OR run_id <> :run_id)
"""
_KNOWN = f"""
WITH asked AS (SELECT DISTINCT value AS url FROM json_each(:urls))
SELECT 0 AS rank, asked.url, a.last_seen_at
FROM asked CROSS JOIN articles a ON a.url = asked.url
UNION ALL
SELECT 1, asked.url, a.last_seen_at
FROM asked CROSS JOIN url_aliases x ON x.url = asked.url CROSS JOIN articles a ON a.id = x.article_id
UNION ALL
SELECT 2, asked.url, f.last_at
FROM asked CROSS JOIN failures f ON f.url = asked.url WHERE f.resolved_at IS NULL AND NOT ({_DUE})
ORDER BY rank DESC
"""  # noqa: S608
_DUE_AT_SITE = f"SELECT DISTINCT f.url FROM failures f WHERE f.site = :site AND f.stage <> 'listing' AND {_DUE}"  # noqa: S608


def fail(
    conn: sqlite3.Connection, url: str, *, stage: str, error: str, detail: str | None, run_id: int | None, at: str,
    snapshot_id: int | None, site: str | None,
) -> None:  # fmt: skip
    """Add a failure, or count it again."""
    values = {
        "url": url, "stage": stage, "error": error, "detail": detail, "run_id": run_id, "at": at,
        "snapshot_id": snapshot_id, "site": site,
    }  # fmt: skip
    conn.execute(_FAIL, values)


def is_news(conn: sqlite3.Connection, failure: Failure, parser: str) -> bool:
    """Whether the failure of a page that is read again tells something that the archive does not know."""
    values = {
        "url": failure.url, "stage": failure.stage, "error": failure.error, "detail": failure.detail,
        "snapshot_id": failure.snapshot, "parser": parser,
    }  # fmt: skip
    return is_latest(conn, failure.snapshot) and bool(conn.execute(_IS_NEWS, values).fetchone()[0])


def resolve(conn: sqlite3.Connection, url: str, at: str, run_id: int | None) -> None:
    """Mark the open failures at `url` as resolved at `at`."""
    conn.execute(_RESOLVE, {"url": url, "at": at, "run_id": run_id, "page": None, "snapshot_id": None})


def resolve_by_stored_page(
    conn: sqlite3.Connection, url: str, page: str, snapshot_id: int | None, run_id: int | None
) -> None:
    """Mark the open failures at `url` as resolved now by a page of the time `page`: its own, and those before it."""
    values = {"url": url, "at": utc_now(), "run_id": run_id, "page": page, "snapshot_id": snapshot_id}
    conn.execute(_RESOLVE, values)


def resolve_listings(conn: sqlite3.Connection, site: str, at: str, run_id: int) -> None:
    """Mark the open failures of a site's listings as resolved, but for those of run `run_id` itself."""
    conn.execute(_RESOLVE_LISTINGS, {"site": site, "at": at, "run_id": run_id})


def known(conn: sqlite3.Connection, urls: Collection[str], now: str) -> dict[str, str]:
    """When each of `urls` that is known was last read, in one query."""
    rows = conn.execute(_KNOWN, {"urls": json.dumps(list(urls)), "now": now})
    # The last row of a URL wins: its article, if there is one
    return {url: at for _, url, at in rows}


def due(conn: sqlite3.Connection, site: str, now: str) -> list[str]:
    """The pages of a site that failed and are worth another look."""
    return [url for (url,) in conn.execute(_DUE_AT_SITE, {"site": site, "now": now})]
