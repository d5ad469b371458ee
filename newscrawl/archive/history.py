"""The states of an article, found by any of its addresses."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

import attrs

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
# All columns: a published copy lacks `run_id` and `snapshot_id`
REVISIONS = "SELECT * FROM revisions WHERE article_id = ? ORDER BY revision"
_COLUMNS = tuple(field.name for field in attrs.fields(Revision))


def find(conn: sqlite3.Connection, urls: Sequence[str]) -> tuple[int, str] | None:
    """Id and canonical URL of the article at the first of `urls` that is an address of one."""
    found = conn.execute(FIND, {"urls": json.dumps(urls)}).fetchone()
    return (found[2], found[3]) if found else None


def revisions(conn: sqlite3.Connection, article_id: int) -> list[Revision]:
    """Every state of an article, the first one first."""
    cursor = conn.execute(REVISIONS, (article_id,))
    names = [column[0] for column in cursor.description]
    return [_revision(dict(zip(names, row, strict=True))) for row in cursor]


def _revision(row: dict[str, Any]) -> Revision:
    values = {name: row.get(name) for name in _COLUMNS}
    return Revision(**values | {"tags": tuple(json.loads(row["tags"]))})
