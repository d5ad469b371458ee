"""Pages that gave no article."""

from __future__ import annotations

import sqlite3

from newscrawl.archive.snapshots import is_latest
from newscrawl.items import Failure
from newscrawl.times import utc_now

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
    AND (:stage IS NULL OR stage = :stage)
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


def resolve(conn: sqlite3.Connection, url: str, at: str, run_id: int | None, stage: str | None = None) -> None:
    """Mark the open failures at `url` as resolved at `at`, those of one stage if it is named."""
    values = {"url": url, "at": at, "run_id": run_id, "page": None, "snapshot_id": None, "stage": stage}
    conn.execute(_RESOLVE, values)


def resolve_by_stored_page(
    conn: sqlite3.Connection, url: str, page: str, snapshot_id: int | None, run_id: int | None
) -> None:
    """Mark the open failures at `url` as resolved now by a page of the time `page`: its own, and those before it."""
    values = {
        "url": url, "at": utc_now(), "run_id": run_id, "page": page, "snapshot_id": snapshot_id, "stage": None,
    }  # fmt: skip
    conn.execute(_RESOLVE, values)


def resolve_listings(conn: sqlite3.Connection, site: str, at: str, run_id: int) -> None:
    """Mark the open failures of a site's listings as resolved, but for those of run `run_id` itself."""
    conn.execute(_RESOLVE_LISTINGS, {"site": site, "at": at, "run_id": run_id})
