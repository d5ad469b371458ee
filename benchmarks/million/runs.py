"""The runs that brought in the articles: one a day at first, one each quarter of an hour in the last 60 days."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from typing import Any

from benchmarks.million.articles import DAY, MINUTE, utc
from newscrawl.replica.languages import LANGUAGES
from newscrawl.tally import COVERED

OFTEN_DAYS, SPARSE, OFTEN = 60, DAY, 15 * MINUTE
VERSIONS = '{"lxml": "6.1.3", "newscrawl": "0.1.0", "python": "3.11.7", "scrapy": "2.19.0", "sqlite": "3.40.1"}'
HOMES = {"az": "https://report.az/", "ru": "https://report.az/ru", "en": "https://report.az/en"}
_LISTS = ("tags", "authors", "alternates")
_FIELDS = (*(name for name in COVERED if name not in _LISTS), *_LISTS)
_CAME = f"""
SELECT r.run_id, a.language, sum(r.revision = 1) AS stored, sum(r.revision > 1) AS changed,
    {", ".join(f"sum(a.{name} IS NOT NULL)" for name in _FIELDS if name not in _LISTS)},
    sum(EXISTS (SELECT 1 FROM article_tags t WHERE t.article_id = a.id)),
    sum(EXISTS (SELECT 1 FROM article_authors w WHERE w.article_id = a.id)),
    sum(EXISTS (SELECT 1 FROM alternate_rows l WHERE l.article_id = a.id))
FROM revision_rows r JOIN articles a ON a.id = r.article_id WHERE r.cause IS NULL GROUP BY 1, 2
"""
_FIELDS = (
    *(name for name in COVERED if name not in ("tags", "authors", "alternates")),
    "tags",
    "authors",
    "alternates",
)
_FAILED = """
SELECT f.run_id, CASE WHEN f.url LIKE 'https://report.az/ru/%' THEN 'ru' WHEN f.url LIKE 'https://report.az/en/%'
    THEN 'en' ELSE 'az' END, count(*) FROM failures f WHERE f.resolved_at IS NULL GROUP BY 1, 2
"""
_BYTES = "SELECT run_id, count(*), sum(warc_length) FROM snapshot_rows GROUP BY 1"
_RUN = """
INSERT INTO runs (id, spider, arguments, versions, started_at, ended_at, finish_reason, exit_code, requests, responses,
    bytes, listed, stored, changed, unchanged, failed, skipped, by_language, coverage, command, parser, not_modified,
    gone)
VALUES (?, 'report', '{}', ?, ?, ?, 'finished', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'crawl', '28ef29b1293b', ?, 0)
"""
_REREAD = """
INSERT INTO runs (id, spider, arguments, versions, started_at, ended_at, finish_reason, exit_code, by_language,
    coverage, command, parser)
VALUES (?, 'report', '{}', ?, ?, ?, 'finished', 0, '{}', '{}', 'reparse', 'bea85e3b5ac8')
"""
_PLACE = """
INSERT INTO url_rows (url, site, kind, language, first_seen_at, last_fetched_at, status, reason)
VALUES (?, 'report', 'listing', ?, ?, ?, 304, 'a place where the site says what is new')
"""
_LISTING = """
INSERT INTO snapshot_rows (url, fetched_at, status, type_id, payload, warc_file_id, warc_offset, warc_length,
    revisit_of, run_id)
VALUES (?, ?, ?, 2, ?, ?, ?, ?, ?, ?)
"""


def starts(begins: int, until: int) -> list[int]:
    """When runs began, in seconds since 1970; the id of a run is its place, from 1 on."""
    first = begins // DAY * DAY
    often = max(first, (until - OFTEN_DAYS * DAY) // DAY * DAY)
    return [*range(first, often, SPARSE), *range(often, until + 1, OFTEN)]


def write_before(conn: sqlite3.Connection, began: list[int]) -> None:
    """The site, and what rows of batches point to: WARC files and kinds of pages."""
    conn.execute("INSERT INTO sites (name, domain, zone) VALUES ('report', 'report.az', 'Asia/Baku')")
    conn.execute("INSERT INTO snapshot_types VALUES (1, 'article', 'text/html'), (2, 'listing', 'text/html')")
    names = (utc(second).replace("-", "").replace(":", "") for second in began)
    conn.executemany("INSERT INTO warc_files VALUES (?, ?)", enumerate((f"report/{name}.warc.gz" for name in names), 1))


def write_after(conn: sqlite3.Connection, began: list[int], until: int) -> None:
    """Runs, by what they brought; the places where they looked, and how far listings were walked."""
    _write_listings(conn, began)
    by_language, fetched, failed = _came(conn), _fetched(conn), _failed(conn)
    for run, second in enumerate(began, 1):
        row = _row(run, second, by_language[run], fetched.get(run, (0, 0)), failed[run])
        conn.execute(_RUN, row)
    reread = utc(began[-1])
    conn.execute(_REREAD, (len(began) + 1, VERSIONS, reread, reread))
    for language in LANGUAGES:
        span = ("report", language, "0001-01-01T00:00:00Z")
        conn.execute("INSERT INTO walked VALUES (?, ?, '', ?, ?)", (*span, utc(until)))
        conn.execute("INSERT INTO wanted VALUES (?, ?, ?, NULL, ?, NULL)", (*span, utc(began[0])))
        conn.execute(_PLACE, (HOMES[language], language, utc(began[0]), utc(began[-1])))
    conn.execute("INSERT INTO health_states VALUES ('report', 'fine', '[]', ?)", (utc(began[0]),))


def _write_listings(conn: sqlite3.Connection, began: list[int]) -> None:
    """The home pages: whole at first, then as they were (304)."""
    digest = bytes(32)
    for place, url in enumerate(HOMES.values(), 1):
        first = conn.execute(_LISTING, (url, utc(began[0]), 200, digest, 1, place, 40_000, None, 1)).lastrowid
        later = ((utc(s), 304, digest, run, place, 500, first, run) for run, s in enumerate(began[1:], 2))
        conn.executemany(_LISTING, ((url, *row) for row in later))


def _came(conn: sqlite3.Connection) -> dict[int, dict[str, dict[str, Any]]]:
    """Run to language to what was counted."""
    found: dict[int, dict[str, dict[str, Any]]] = defaultdict(dict)
    for run, language, stored, changed, *filled in conn.execute(_CAME):
        count = stored + changed
        coverage = {name: round(n / count, 4) for name, n in sorted(zip(_FIELDS, filled, strict=True))}
        found[run][language] = {
            "listed": count, "requested": count, "stored": stored, "changed": changed, "covered": count,
            "coverage": coverage,
        }  # fmt: skip
    return found


def _fetched(conn: sqlite3.Connection) -> dict[int, tuple[int, int]]:
    return {run: (pages, size) for run, pages, size in conn.execute(_BYTES)}


def _failed(conn: sqlite3.Connection) -> dict[int, dict[str, int]]:
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for run, language, count in conn.execute(_FAILED):
        found[run][language] = count
    return found


def _row(
    run: int, second: int, by_language: dict[str, dict[str, Any]], fetched: tuple[int, int], failed: dict[str, int]
) -> tuple[Any, ...]:
    for language, count in failed.items():
        by_language.setdefault(language, {"covered": 0, "coverage": {}})["failed"] = count
    stored, changed = (sum(each.get(what, 0) for each in by_language.values()) for what in ("stored", "changed"))
    covered = sum(each["covered"] for each in by_language.values())
    coverage = {
        name: round(sum(e["coverage"][name] * e["covered"] for e in by_language.values() if e["covered"]) / covered, 4)
        for name in sorted(_FIELDS) if covered
    }  # fmt: skip
    failures, (pages, size) = sum(failed.values()), fetched
    ended = utc(second + min(14 * MINUTE, 10 + pages))
    return (
        run, VERSIONS, utc(second), ended, 3 if failures else 0, pages, pages, size, stored + failures, stored,
        changed, 0, failures, 0, _json(by_language), _json(coverage), 3,
    )  # fmt: skip


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
