"""Figures of crawls over time: what they fetched, which fields their articles had, how the last ones went."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

import attrs

from newscrawl.archive.figures import Reach, Window
from newscrawl.tally import COVERED

_WITHIN = "spider = :site AND started_at >= step.value ->> 0 AND started_at < step.value ->> 1"
_BYTES = f"""
SELECT step.key, (SELECT sum(bytes) FROM runs WHERE {_WITHIN}) FROM json_each(:steps) AS step
"""  # noqa: S608
_BYTES_BEFORE = "SELECT coalesce(sum(bytes), 0) FROM runs WHERE spider = :site AND started_at < :since"
_RUNS = "SELECT count(*) FROM runs WHERE spider = :site AND started_at >= :since AND started_at < :until"


def _coverage(articles: str, document: str, at: str, of_language: str = "") -> str:
    """What asks for the articles that were read, and of each field how many had it, by two parts of a run's row."""
    having = ", ".join(f"sum(articles * (document ->> '{at}.{name}'))" for name in COVERED)
    return f"""
SELECT key, sum(articles), {having} FROM (
    SELECT step.key, {articles} AS articles, {document} AS document FROM json_each(:steps) AS step
    CROSS JOIN runs ON {_WITHIN} AND command = 'crawl' AND coverage <> '{{}}' {of_language}
) WHERE articles > 0 GROUP BY key
"""  # noqa: S608


_COVERAGE = _coverage(
    "coalesce(stored, 0) + coalesce(changed, 0) + coalesce(unchanged, 0) - coalesce(not_modified, 0)", "coverage", "$"
)
_COVERAGE_IN_LANGUAGE = _coverage(
    "tongue.value ->> '$.covered'", "tongue.value", "$.coverage",
    "CROSS JOIN json_each(by_language) AS tongue ON tongue.key = :language",
)  # fmt: skip
_REACH = """
SELECT (SELECT min(started_at) FROM runs WHERE spider = :site), (SELECT max(started_at) FROM runs WHERE spider = :site)
"""
_LAST = """
SELECT spider, started_at, ended_at, finish_reason, exit_code, why, stored, changed, failed FROM runs
WHERE spider = ? AND command = 'crawl' ORDER BY started_at DESC, id DESC LIMIT 1
"""


@attrs.frozen(kw_only=True)
class Covered:
    """Which fields the articles had that were read in a step of time."""

    step: int
    """Its place."""
    articles: int
    shares: dict[str, float]
    """Field to the share of articles that have it, 0 to 1; not in it where no run said."""


@attrs.frozen(kw_only=True)
class LastRun:
    """The crawl of a site that began last."""

    site: str
    started_at: str
    """UTC, as all times here."""
    ended_at: str | None
    """None: it is running, or was killed."""
    finish_reason: str | None
    exit_code: int | None
    why: str | None
    stored: int | None
    """New articles."""
    changed: int | None
    failed: int | None


def fetched(conn: sqlite3.Connection, windows: Iterable[Window]) -> dict[int, int]:
    """Step to bytes that crawls fetched which began in it; not in it where none said how many."""
    found: dict[int, int] = {}
    for window in windows:
        for step, size in conn.execute(_BYTES, window.values()):
            if size is not None:
                found[step] = found.get(step, 0) + size
    return found


def fetched_before(conn: sqlite3.Connection, windows: Iterable[Window]) -> int:
    """Bytes that crawls fetched before the first step."""
    values = ({"site": each.site, "since": each.steps[0][0]} for each in windows)
    return sum(conn.execute(_BYTES_BEFORE, each).fetchone()[0] for each in values)


def runs(conn: sqlite3.Connection, windows: Iterable[Window]) -> int:
    """How many crawls began in all of the steps."""
    spans = ({"site": each.site, "since": each.steps[0][0], "until": each.steps[-1][1]} for each in windows)
    return sum(conn.execute(_RUNS, each).fetchone()[0] for each in spans)


def coverage(conn: sqlite3.Connection, windows: Iterable[Window], language: str | None = None) -> list[Covered]:
    """Of each step in which articles were read, which fields they had: over all languages, or in one."""
    statement = _COVERAGE if language is None else _COVERAGE_IN_LANGUAGE
    sums: dict[int, list[float | None]] = {}
    for window in windows:
        for step, *found in conn.execute(statement, window.values() | {"language": language}):
            former = sums.get(step, [None] * len(found))
            sums[step] = [_sum(one, other) for one, other in zip(former, found, strict=True)]
    return [_covered(step, *sums[step]) for step in sorted(sums)]


def reach(conn: sqlite3.Connection, sites: Iterable[str]) -> Reach | None:
    """When the first and the last crawl of some sites began; None where there was none."""
    found = [row for row in (conn.execute(_REACH, {"site": site}).fetchone() for site in sites) if row[0]]
    return Reach(min(row[0] for row in found), max(row[1] for row in found)) if found else None


def last_runs(conn: sqlite3.Connection, sites: Sequence[str]) -> list[LastRun]:
    """The last crawl of each site that has one."""
    names = [field.name for field in attrs.fields(LastRun)]
    rows = (conn.execute(_LAST, (site,)).fetchone() for site in sites)
    return [LastRun(**dict(zip(names, row, strict=True))) for row in rows if row]


def _sum(one: float | None, other: float | None) -> float | None:
    return one if other is None else (one or 0) + other


def _covered(step: int, articles: float | None, *having: float | None) -> Covered:
    assert articles
    shares = {name: count / articles for name, count in zip(COVERED, having, strict=True) if count is not None}
    return Covered(step=step, articles=int(articles), shares=shares)
