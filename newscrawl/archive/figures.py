"""Figures of articles over time: how many were published, edited, seen how soon.

All are exact. An index is walked from the first entry of each step of time to the last, so that nothing is sorted and
no text is read.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable

import attrs

PUBLISHED_WITHIN = "published_at >= step.value ->> 0 AND published_at < step.value ->> 1"
_PUBLISHED = f"""
SELECT step.key, tongue.value, (
    SELECT count(*) FROM articles WHERE site = :site AND language = tongue.value AND {PUBLISHED_WITHIN}
) FROM json_each(:steps) AS step, json_each(:languages) AS tongue
"""  # noqa: S608
_UNDATED = """
SELECT count(*) FROM json_each(:languages) AS tongue CROSS JOIN articles
WHERE site = :site AND language = tongue.value AND published_at IS NULL
"""
_EDITED = """
SELECT step.key, a.language, count(*)
FROM json_each(:steps) AS step
CROSS JOIN revision_rows r
    ON r.seen_at >= step.value ->> 0 AND r.seen_at < step.value ->> 1 AND r.revision > 1 AND r.cause IS NOT 'parser'
CROSS JOIN articles a ON a.id = r.article_id
WHERE a.site = :site AND a.language IN (SELECT value FROM json_each(:languages))
GROUP BY 1, 2
"""
# As in the index articles_published_day
_MINUTES = "(strftime('%s', first_seen_at) - strftime('%s', published_at)) / 60"
# A row a day, since each row that is handed over waits for whatever else Python does
_DELAYS = f"""
SELECT published_day, json_group_object(minutes, articles) FROM (
    SELECT published_day, {_MINUTES} AS minutes, count(*) AS articles FROM articles
    WHERE published_day >= :since AND published_day < :until AND (:site IS NULL OR site = :site)
    GROUP BY published_day, {_MINUTES}
) GROUP BY published_day
"""  # noqa: S608
# Each end in a question of its own: it is one step in the index then
_REACH = """
SELECT (SELECT min(published_at) FROM articles WHERE site = :site AND language = :language),
    (SELECT max(published_at) FROM articles WHERE site = :site AND language = :language)
"""
_SITES = "SELECT name, zone FROM sites ORDER BY name"
_EDITS = "FROM revision_rows r WHERE r.revision > 1 AND r.cause IS NOT 'parser'"
_OF_SITE = "AND (SELECT site FROM articles WHERE id = r.article_id) = :site"

Counts = Counter[tuple[int, str]]
"""(place of the step, what) to how many."""


@attrs.frozen(kw_only=True)
class Window:
    """What is counted: articles of a site in some languages, over time."""

    site: str
    languages: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]
    """Of each day, week or month its first second and the first one after it, UTC."""

    def values(self) -> dict[str, str]:
        """As a statement takes it."""
        return {"site": self.site, "languages": json.dumps(self.languages), "steps": json.dumps(self.steps)}


@attrs.frozen
class Reach:
    """From when until when there is something, UTC."""

    first: str
    last: str


def published(conn: sqlite3.Connection, windows: Iterable[Window]) -> Counts:
    """Articles by step and language."""
    return _sum(conn, _PUBLISHED, windows)


def undated(conn: sqlite3.Connection, windows: Iterable[Window]) -> int:
    """How many articles have no time; they are in no step."""
    return sum(conn.execute(_UNDATED, each.values()).fetchone()[0] for each in windows)


def edited(conn: sqlite3.Connection, windows: Iterable[Window]) -> Counts:
    """Edits of publishers by step, as they were seen, and language."""
    return _sum(conn, _EDITED, windows)


def delays(conn: sqlite3.Connection, since: str, until: str, site: str | None = None) -> dict[str, Counter[int]]:
    """After how many minutes articles were seen first, by the day on which they were published, in [since, until).

    Days are those of the site, `2025-11-11`. Minutes are whole ones, below 0 where the publisher's clock was ahead.
    """
    rows = conn.execute(_DELAYS, {"since": since, "until": until, "site": site})
    return {day: Counter({int(each): count for each, count in json.loads(found).items()}) for day, found in rows}


def sites(conn: sqlite3.Connection) -> dict[str, str | None]:
    """Every site and the IANA name of its time zone, where that is known."""
    return dict(tuple(row) for row in conn.execute(_SITES))


def reach(conn: sqlite3.Connection, site: str, languages: Iterable[str]) -> Reach | None:
    """When the first and the last article was published; None where none has a time."""
    return _reach(conn.execute(_REACH, {"site": site, "language": each}).fetchone() for each in languages)


def reach_of_edits(conn: sqlite3.Connection, site: str | None = None) -> Reach | None:
    """When the first and the last edit of a publisher was seen, of one site or all; None where there is none."""
    found = f"SELECT r.seen_at {_EDITS} {_OF_SITE if site else ''} ORDER BY r.seen_at"
    ends = f"SELECT ({found} LIMIT 1), ({found} DESC LIMIT 1)"
    return _reach([conn.execute(ends, {"site": site}).fetchone()])


def _sum(conn: sqlite3.Connection, statement: str, windows: Iterable[Window]) -> Counts:
    """What a statement counts by step and something else, over all windows; nothing where it counts none."""
    found: Counts = Counter()
    for window in windows:
        for step, what, count in conn.execute(statement, window.values()):
            if count:
                found[step, what] += count
    return found


def _reach(rows: Iterable[tuple[str | None, str | None]]) -> Reach | None:
    found = [(first, last) for first, last in rows if first is not None and last is not None]
    return Reach(min(first for first, _ in found), max(last for _, last in found)) if found else None
