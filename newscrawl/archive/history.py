"""The states of an article, found by any of its addresses."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from newscrawl.archive.values import Revision

# An article's own address before another article's alias, the first address before the next
FIND = """
SELECT asked.key AS position, 0 AS rank, a.id, a.url
FROM json_each(:urls) AS asked CROSS JOIN articles a ON a.url = asked.value
UNION ALL
SELECT asked.key, 1, a.id, a.url
FROM json_each(:urls) AS asked CROSS JOIN url_aliases x ON x.url = asked.value
CROSS JOIN articles a ON a.id = x.article_id
ORDER BY position, rank LIMIT 1
"""
_COLUMNS = (
    "revision", "seen_at", "cause", "modified_at", "run_id", "snapshot_id", "headline", "summary", "section",
    "published_at", "tags", "body",
)  # fmt: skip
REVISIONS = f"SELECT {', '.join(_COLUMNS)} FROM revisions WHERE article_id = ? ORDER BY revision"  # noqa: S608


def find(conn: sqlite3.Connection, urls: Sequence[str]) -> tuple[int, str] | None:
    """Id and canonical URL of the article at the first of `urls` that is an address of one."""
    found = conn.execute(FIND, {"urls": json.dumps(urls)}).fetchone()
    return (found[2], found[3]) if found else None


def revisions(conn: sqlite3.Connection, article_id: int) -> list[Revision]:
    """Every state of an article, the first one first."""
    found = []
    for row in conn.execute(REVISIONS, (article_id,)):
        values = dict(zip(_COLUMNS, row, strict=True))
        found.append(Revision(**values | {"tags": tuple(json.loads(values["tags"]))}))
    return found
