"""Which pages gave no article, by kind: what there is to do."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence

import attrs

from newscrawl.archive.values import FailedPage, FailureKind
from newscrawl.schedule import GIVE_UP

_COLUMNS = tuple(field.name for field in attrs.fields(FailedPage))
_ASKED = "(:site IS NULL OR site = :site) AND (:resolved OR resolved_at IS NULL)"
_GIVEN_UP = f"stage <> 'listing' AND julianday(last_at) - julianday(first_at) >= {GIVE_UP.days}"
_KINDS = f"""
SELECT stage, error, count(*) AS pages, count(resolved_at) AS resolved,
    sum(resolved_at IS NULL AND snapshot_id IS NOT NULL AND stage IN ('extract', 'check', 'store')) AS stored,
    sum(resolved_at IS NULL AND {_GIVEN_UP}) AS given_up,
    sum(times) AS times, min(first_at) AS first_at, max(last_at) AS last_at
FROM failures WHERE {_ASKED} GROUP BY stage, error ORDER BY max(last_at) DESC, stage, error
"""  # noqa: S608
_EXAMPLE = f"""
SELECT {", ".join(_COLUMNS)} FROM failures WHERE {_ASKED} AND stage = :stage AND error = :error
ORDER BY resolved_at IS NOT NULL, last_at DESC, id DESC LIMIT 1
"""  # noqa: S608
_EACH = f"SELECT {', '.join(_COLUMNS)} FROM failures WHERE {_ASKED} ORDER BY last_at DESC, id DESC"  # noqa: S608
AT = f"""
SELECT {", ".join(f"f.{name}" for name in _COLUMNS)}
FROM json_each(?) AS asked CROSS JOIN failures f ON f.url = asked.value
WHERE f.resolved_at IS NULL ORDER BY f.last_at DESC, f.id DESC LIMIT 1
"""  # noqa: S608


def kinds(conn: sqlite3.Connection, site: str | None = None, *, resolved: bool = False) -> list[FailureKind]:
    """Pages that gave no article by stage and error, the kind that came last first.

    `site` narrows to one site; `resolved` adds what is no failure any more.
    """
    asked = {"site": site, "resolved": resolved}
    cursor = conn.execute(_KINDS, asked)
    names = [column[0] for column in cursor.description]
    found = []
    for row in cursor.fetchall():
        values = dict(zip(names, row, strict=True))
        example = conn.execute(_EXAMPLE, asked | {"stage": values["stage"], "error": values["error"]}).fetchone()
        found.append(FailureKind(**values, example=_page(example)))
    return found


def each(conn: sqlite3.Connection, site: str | None = None, *, resolved: bool = False) -> Iterator[FailedPage]:
    """Every such page, the one that failed last first. Arguments as `kinds`."""
    return map(_page, conn.execute(_EACH, {"site": site, "resolved": resolved}))


def at(conn: sqlite3.Connection, urls: Sequence[str]) -> FailedPage | None:
    """The latest open failure at any of `urls`."""
    row = conn.execute(AT, (json.dumps(urls),)).fetchone()
    return _page(row) if row else None


def _page(row: Sequence[object]) -> FailedPage:
    return FailedPage(**dict(zip(_COLUMNS, row, strict=True)))  # type: ignore[arg-type]
