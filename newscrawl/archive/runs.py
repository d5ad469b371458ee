"""Runs of `scrapy crawl`: what was asked, what came of it."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from newscrawl.archive.values import RunEnd
from newscrawl.times import to_utc

COUNTS = (
    "requests", "responses", "bytes", "listed", "stored", "changed", "unchanged", "not_modified", "failed",
    "gone", "skipped",
)  # fmt: skip
"""The counts that are columns of `runs`."""
BOUNDS = ("limit", "urls", "until", "sections")
"""Arguments that keep a run from seeing everything that is new."""

_START = """
INSERT INTO runs (spider, arguments, versions, started_at, command, parser) VALUES (?, ?, ?, ?, ?, ?)
"""
_END = """
UPDATE runs SET ended_at = :at, finish_reason = :finish_reason, exit_code = :exit_code, by_language = :by_language,
    coverage = :coverage, why = :why, {} WHERE id = :run_id
""".format(", ".join(f"{name} = :{name}" for name in COUNTS))
_END_KILLED = """
UPDATE runs SET finish_reason = 'crashed', exit_code = 1, ended_at = coalesce(:last, started_at),
    responses = :responses, stored = :stored, changed = :changed, failed = :failed, by_language = :by_language
WHERE id = :run_id AND ended_at IS NULL
"""
_FETCHED = "SELECT count(*), max(fetched_at) FROM snapshot_rows WHERE run_id = ?"
# A page that is read otherwise is no change of the publisher's
_CAME_OF = """
SELECT a.language, iif(r.revision = 1, 'stored', 'changed'), count(*)
FROM revision_rows r JOIN articles a ON a.id = r.article_id
WHERE r.run_id = :run_id AND r.cause IS NOT 'parser' GROUP BY 1, 2
UNION ALL
SELECT coalesce(u.language, '?'), 'failed', count(*) FROM failures f LEFT JOIN url_rows u ON u.url = f.url
WHERE f.run_id = :run_id AND f.resolved_at IS NULL GROUP BY 1
"""
# A full disk, or a lock, may have kept a run from looking at what it stored
_UNENDED = """
SELECT id, started_at FROM runs WHERE spider = ? AND command = 'crawl' AND id < ?
AND (ended_at IS NULL OR finish_reason IN ('disk_full', 'unwritable') AND id > coalesce((
    SELECT max(r.id) FROM runs r WHERE r.spider = runs.spider AND r.finish_reason IN ('finished', 'incomplete')
), 0))
ORDER BY id
"""
_FINISHED = """
SELECT started_at, arguments FROM runs WHERE spider = ? AND finish_reason = 'finished' ORDER BY started_at
"""


def start(
    conn: sqlite3.Connection, spider: str, arguments: Mapping[str, Any], versions: Mapping[str, str], at: str, *,
    command: str, parser: str | None,
) -> int:  # fmt: skip
    """A new row; its id."""
    row = (spider, _json(arguments), _json(versions), at, command, parser)
    made = conn.execute(_START, row).lastrowid
    assert made is not None
    return made


def end(conn: sqlite3.Connection, run_id: int, ended: RunEnd) -> None:
    """Fill the row of a run that ended.

    Raises:
        ValueError: a count that is no column.
    """
    if strange := sorted(set(ended.counts) - set(COUNTS)):
        raise ValueError(f"unknown counts {', '.join(strange)}: runs has {', '.join(COUNTS)}")
    values = {name: ended.counts.get(name, 0) for name in COUNTS} | {
        "run_id": run_id, "at": ended.at, "finish_reason": ended.finish_reason, "exit_code": ended.exit_code,
        "by_language": _json(ended.by_language), "coverage": _json(ended.coverage),
        "why": ended.why,
    }  # fmt: skip
    conn.execute(_END, values)


def end_killed(conn: sqlite3.Connection, run_id: int) -> None:
    """Fill the row of a run that did not live to do it, by what it left behind."""
    by_language: dict[str, Counter[str]] = defaultdict(Counter)
    for language, what, count in conn.execute(_CAME_OF, {"run_id": run_id}):
        by_language[language][what] += count
    sums = sum(by_language.values(), Counter())
    responses, last = conn.execute(_FETCHED, (run_id,)).fetchone()
    values = {name: sums[name] for name in ("stored", "changed", "failed")} | {
        "run_id": run_id, "responses": responses, "last": last, "by_language": _json(by_language),
    }  # fmt: skip
    conn.execute(_END_KILLED, values)


def find(conn: sqlite3.Connection, spider: str, started_at: str) -> int | None:
    """The id of the run of `spider` that began then."""
    row = conn.execute("SELECT id FROM runs WHERE spider = ? AND started_at = ?", (spider, started_at)).fetchone()
    return row[0] if row else None


def unended(conn: sqlite3.Connection, spider: str, before: int) -> list[tuple[int, str]]:
    """(id, start) of the runs of `spider` before the run `before` that have not said how they ended."""
    return conn.execute(_UNENDED, (spider, before)).fetchall()


def complete(conn: sqlite3.Connection, site: str, language: str) -> tuple[str | None, str] | None:
    """Between which times no gap is left, as far as finished runs tell; None where none does.

    The end is the start of the latest run that closed the one before it. A run from `since` on closes the gap only if
    it reaches back to a time that was complete. The beginning is the earliest `since`, None for the whole past.
    """
    found: tuple[str | None, str] | None = None
    for started_at, arguments in conn.execute(_FINISHED, (site,)):
        asked = json.loads(arguments)
        since = to_utc(asked["since"]) if asked.get("since") else None
        if not _covers(asked, language):
            continue
        if found is None:
            found = (since, started_at)
        elif since is None or since <= found[1]:
            found = (min(found[0], since) if found[0] and since else found[0], started_at)
    return found


def _covers(arguments: Mapping[str, Any], language: str) -> bool:
    if any(arguments.get(bound) not in (None, "", [], ()) for bound in BOUNDS):
        return False
    languages = arguments.get("languages")
    if isinstance(languages, str):
        languages = [name.strip() for name in languages.split(",") if name.strip()]
    return not languages or language in languages


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
