"""Pages that gave no article, and what is known of the URLs that a listing shows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection

from newscrawl.archive.values import Known

DOWNLOAD = "download"
"""The `stage` of pages that were never fetched: the next run asks for them again."""

_FAIL = """
INSERT INTO failures (url, stage, error, detail, site, snapshot_id, run_id, first_at, last_at, times)
VALUES (:url, :stage, :error, :detail, :site, :snapshot_id, :run_id, :at, :at, 1)
ON CONFLICT (url, stage) DO UPDATE SET error = :error, detail = :detail, site = coalesce(:site, site),
    snapshot_id = :snapshot_id, run_id = :run_id, last_at = :at, times = times + 1,
    resolved_at = NULL, resolved_run_id = NULL
"""
_RESOLVE = "UPDATE failures SET resolved_at = ?, resolved_run_id = ? WHERE url = ? AND resolved_at IS NULL"
_KNOWN = """
WITH asked AS (SELECT DISTINCT value AS url FROM json_each(?))
SELECT 0 AS rank, asked.url, a.id, a.headline, a.last_seen_at
FROM asked CROSS JOIN articles a ON a.url = asked.url
UNION ALL
SELECT 1, asked.url, a.id, a.headline, a.last_seen_at
FROM asked CROSS JOIN url_aliases x ON x.url = asked.url CROSS JOIN articles a ON a.id = x.article_id
UNION ALL
SELECT 2, asked.url, NULL, NULL, f.last_at
FROM asked CROSS JOIN failures f ON f.url = asked.url WHERE f.resolved_at IS NULL AND f.stage <> 'download'
ORDER BY rank DESC
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


def resolve(conn: sqlite3.Connection, url: str, at: str, run_id: int | None) -> None:
    """Mark the open failures at `url` as resolved."""
    conn.execute(_RESOLVE, (at, run_id, url))


def known(conn: sqlite3.Connection, urls: Collection[str]) -> dict[str, Known]:
    """What is known of `urls`, in one query."""
    # The last row of a URL wins: its article, if there is one
    return {
        url: Known(url=url, article_id=article_id, headline=headline, last_seen_at=at, failed=article_id is None)
        for _, url, article_id, headline, at in conn.execute(_KNOWN, (json.dumps(list(urls)),))
    }
