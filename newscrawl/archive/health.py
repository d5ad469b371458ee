"""What the health of a site is judged by: its runs, and the present of its articles. Each question is bounded by time
or by a number of rows, as it is asked at the end of every crawl.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from newscrawl.archive.runs import BOUNDS

# A run that was asked for a part says nothing of what is usual
_WHOLE = " AND ".join(f"arguments ->> '$.{name}' IS NULL" for name in ("since", *BOUNDS))
_RUN = "id, started_at, ended_at, finish_reason, exit_code, why, arguments, by_language, coverage"
_COUNTS = "coalesce(stored, 0) + coalesce(changed, 0) + coalesce(unchanged, 0) - coalesce(not_modified, 0)"
LAST = f"""
SELECT {_RUN}, {_COUNTS}, {_WHOLE} FROM runs WHERE spider = ? AND command = 'crawl'
ORDER BY started_at DESC, id DESC LIMIT ?
"""  # noqa: S608
BETWEEN = f"""
SELECT {_RUN}, {_COUNTS}, TRUE FROM runs
WHERE spider = :site AND started_at >= :since AND started_at < :until AND command = 'crawl' AND by_language IS NOT NULL
    AND {_WHOLE}
ORDER BY started_at DESC, id DESC
"""  # noqa: S608
FIRST = "SELECT min(started_at) FROM runs WHERE spider = ?"
# `+` keeps the planner from the index of site and language, which knows no time
NEWEST = """
SELECT published_at FROM articles
WHERE language = :language AND published_at > :after AND published_at <= :until AND +site = :site
ORDER BY published_at DESC LIMIT 1
"""
COUNT = """
SELECT count(*) FROM articles
WHERE language = :language AND published_at > :after AND published_at <= :until AND +site = :site
"""
SECTIONS = """
SELECT section_slug, count(*) FILTER (WHERE published_at < :silence), count(*) FILTER (WHERE published_at >= :silence)
FROM articles
WHERE language = :language AND published_at >= :since AND published_at <= :until AND +site = :site
    AND section_slug IS NOT NULL
GROUP BY 1 ORDER BY 1
"""
FAILURES = """
SELECT error, count(*) FROM failures WHERE resolved_at IS NULL AND site = ? GROUP BY error ORDER BY 2 DESC, 1
"""
LATE = """
SELECT language, count(*) FROM url_rows
WHERE site = ? AND next_fetch_at <= ? AND article_id IS NOT NULL GROUP BY language
"""
WAITING = """
SELECT language, count(*) FROM url_rows
WHERE site = ? AND next_fetch_at <= ? AND article_id IS NULL AND kind = 'article' GROUP BY language
"""
_STATE = "SELECT state, reasons, since_at FROM health_states WHERE site = ?"
_KEEP = """
INSERT INTO health_states (site, state, reasons, since_at) VALUES (:site, :state, :reasons, :at)
ON CONFLICT (site) DO UPDATE SET state = :state, reasons = :reasons, since_at = iif(state = :state, since_at, :at)
"""


@attrs.frozen(kw_only=True)
class RunSeen:
    """One `scrapy crawl`, and what it counted."""

    id: int
    started_at: str
    """UTC, as all times here."""
    ended_at: str | None
    finish_reason: str | None
    exit_code: int | None
    why: str | None
    arguments: Mapping[str, Any]
    by_language: Mapping[str, Mapping[str, Any]]
    """Language to counts; nothing where it has not said what it counted."""
    coverage: Mapping[str, float]
    """Field to the share of articles that have it."""
    articles: int
    """Pages of articles that were read."""
    whole: bool
    """Whether it was asked for everything that is new."""

    def covers(self, language: str) -> bool:
        """Whether it was asked for articles in a language."""
        asked = self.arguments.get("languages")
        return not asked or language in asked


@attrs.frozen(kw_only=True)
class HealthState:
    """How a site was judged last."""

    state: str
    """`fine` or `degraded`."""
    reasons: tuple[str, ...]
    since_at: str
    """When it came into this state, UTC."""


class HealthFacts:
    """The questions, on one connection."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def last_runs(self, site: str, most: int) -> list[RunSeen]:
        """The runs of a site that began last, the last one first."""
        return [_run(row) for row in self._conn.execute(LAST, (site, most))]

    def whole_runs(self, site: str, since: str, until: str) -> Iterator[RunSeen]:
        """Runs that were asked for all that is new and said what they counted, begun in [since, until), last first."""
        return map(_run, self._conn.execute(BETWEEN, {"site": site, "since": since, "until": until}))

    def first_run_at(self, site: str) -> str | None:
        """When the first run of a site began."""
        found: str | None = self._conn.execute(FIRST, (site,)).fetchone()[0]
        return found

    def newest(self, site: str, language: str, *, after: str, until: str) -> str | None:
        """When the newest article was published of those in (after, until]."""
        values = {"site": site, "language": language, "after": after, "until": until}
        row = self._conn.execute(NEWEST, values).fetchone()
        return row[0] if row else None

    def published(self, site: str, language: str, *, after: str, until: str) -> int:
        """How many articles were published in (after, until]."""
        values = {"site": site, "language": language, "after": after, "until": until}
        return int(self._conn.execute(COUNT, values).fetchone()[0])

    def sections(self, site: str, language: str, *, since: str, silence: str, until: str) -> list[tuple[str, int, int]]:
        """(slug, articles published from `since` to `silence`, from `silence` to `until`) of each section."""
        values = {"site": site, "language": language, "since": since, "silence": silence, "until": until}
        return self._conn.execute(SECTIONS, values).fetchall()

    def open_failures(self, site: str) -> tuple[tuple[str, int], ...]:
        """Error class and how many pages, the most frequent first."""
        return tuple(self._conn.execute(FAILURES, (site,)).fetchall())

    def late_looks(self, site: str, before: str) -> dict[str, int]:
        """Language to how many looks at articles have been due since `before` or longer."""
        return dict(self._conn.execute(LATE, (site, before)).fetchall())

    def waiting(self, site: str, now: str) -> dict[str, int]:
        """Language to how many addresses of articles are due that gave none so far."""
        return dict(self._conn.execute(WAITING, (site, now)).fetchall())

    def database_bytes(self) -> int:
        """Size of the database file, the write-ahead log apart."""
        (pages,), (size,) = (self._conn.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size"))
        return int(pages * size)


def state(conn: sqlite3.Connection, site: str) -> HealthState | None:
    """How a site was judged last; None where it never was."""
    row = conn.execute(_STATE, (site,)).fetchone()
    return HealthState(state=row[0], reasons=tuple(json.loads(row[1])), since_at=row[2]) if row else None


def keep_state(conn: sqlite3.Connection, site: str, state: str, reasons: Sequence[str], at: str) -> None:
    """Remember how a site is judged `at` that time (UTC)."""
    values = {"site": site, "state": state, "reasons": json.dumps(list(reasons), ensure_ascii=False), "at": at}
    conn.execute(_KEEP, values)


def _run(row: Sequence[Any]) -> RunSeen:
    run_id, started_at, ended_at, finish_reason, exit_code, why, arguments, by_language, coverage, articles, whole = row
    return RunSeen(
        id=run_id, started_at=started_at, ended_at=ended_at, finish_reason=finish_reason, exit_code=exit_code, why=why,
        arguments=json.loads(arguments), by_language=json.loads(by_language or "{}"),
        coverage=json.loads(coverage or "{}"), articles=articles, whole=bool(whole),
    )  # fmt: skip
