from __future__ import annotations

import sqlite3

import pytest

from newscrawl.archive import Archive
from tests.archive.conftest import FIRST, LAST, LATER, dump, made, save, words

FAILURES = "SELECT url, stage, error, detail, first_at, last_at, times, resolved_at FROM failures ORDER BY id"


def fail(archive: Archive, url: str, stage: str = "extract", at: str = FIRST, error: str = "MissingField") -> None:
    archive.fail(url, stage=stage, error=error, detail="body: empty", run_id=None, at=at, site="report")


def test_articles_are_known_by_each_address(archive: Archive) -> None:
    save(archive, made(short_url="https://report.az/1"))
    known = archive.known(["https://report.az/a", "https://report.az/1", "https://report.az/2"], now=LATER)
    assert known == {"https://report.az/a": FIRST, "https://report.az/1": FIRST}
    assert archive.known([], now=LATER) == {}


@pytest.mark.parametrize(
    ("stage", "now", "due"),
    [
        ("extract", LATER, False),
        ("extract", "2025-11-11T20:30:00Z", True),  # after six hours a page is worth another look
        ("check", LATER, False),
        ("download", LATER, True),
        ("store", LATER, True),
    ],
)
def test_what_failed_is_known_until_it_is_due(archive: Archive, stage: str, now: str, due: bool) -> None:
    fail(archive, "u", stage=stage)
    assert archive.known(["u"], now=now) == ({} if due else {"u": FIRST})
    assert archive.due_failures("report", now=now) == (["u"] if due else [])
    assert archive.due_failures("oxu", now=now) == []


def test_a_page_is_given_up_after_a_week(archive: Archive) -> None:
    fail(archive, "u", stage="download")
    fail(archive, "u", stage="download", at="2025-11-18T15:00:00Z")
    assert archive.due_failures("report", now="2025-12-01T00:00:00Z") == []
    assert archive.known(["u"], now="2025-12-01T00:00:00Z") == {"u": "2025-11-18T15:00:00Z"}


def test_a_listing_is_no_page_to_fetch_again(archive: Archive) -> None:
    fail(archive, "u", stage="listing")
    assert archive.due_failures("report", now="2025-11-12T15:00:00Z") == []


def test_a_run_that_saw_everything_resolves_what_listings_failed_before_it(archive: Archive) -> None:
    runs = [archive.start_run("report", {}, {}, at) for at in (FIRST, LATER)]
    for url, run in (("old", runs[0]), ("own", runs[1])):
        archive.fail(url, stage="listing", error="Http500", detail="", run_id=run, at=FIRST, site="report")
    archive.resolve_listings("report", at=LAST, run_id=runs[1])
    assert archive.conn.execute("SELECT url, resolved_at FROM failures ORDER BY id").fetchall() == [
        ("old", LAST), ("own", None),
    ]  # fmt: skip


def test_an_article_counts_more_than_a_failure(archive: Archive) -> None:
    save(archive, made())
    fail(archive, "https://report.az/a", at=LATER)
    assert archive.known(["https://report.az/a"], now=LATER) == {"https://report.az/a": FIRST}


def test_a_large_batch_is_one_query(archive: Archive) -> None:
    save(archive, made())
    asked: list[str] = []
    archive.conn.set_trace_callback(asked.append)
    known = archive.known(
        [f"https://report.az/{n}" for n in range(40_000)] + ["https://report.az/a", "\ud800"[:0]], now=LATER
    )
    assert list(known) == ["https://report.az/a"]
    assert len(asked) == 1


def test_a_failure_is_one_row_for_url_and_stage(archive: Archive) -> None:
    fail(archive, "u")
    fail(archive, "u", at=LATER, error="UnknownLayout")
    fail(archive, "u", stage="check", at=LAST)
    assert archive.conn.execute(FAILURES).fetchall() == [
        ("u", "extract", "UnknownLayout", "body: empty", FIRST, LATER, 2, None),
        ("u", "check", "MissingField", "body: empty", LAST, LAST, 1, None),
    ]


def test_saving_an_article_resolves_the_failures_at_its_address(archive: Archive) -> None:
    run = archive.start_run("report", {}, {}, FIRST)
    for url in ("https://report.az/a", "https://report.az/requested", "https://report.az/b"):
        fail(archive, url)
    archive.save(made(aliases={"https://report.az/requested": "redirect"}), seen_at=LATER, run_id=run)
    resolved = archive.conn.execute("SELECT resolved_at, resolved_run_id FROM failures").fetchall()
    assert resolved == [(LATER, run), (LATER, run), (None, None)]


def test_a_failure_that_returns_begins_anew(archive: Archive) -> None:
    fail(archive, "https://report.az/a", stage="download", at="2025-01-01T00:00:00Z")
    fail(archive, "https://report.az/a", stage="download", at="2025-01-01T00:05:00Z")
    save(archive, made(), "2025-01-01T01:00:00Z")
    fail(archive, "https://report.az/a", stage="download", at=FIRST)
    assert archive.conn.execute(FAILURES).fetchone()[-4:] == (FIRST, FIRST, 1, None)
    assert archive.due_failures("report", now=LATER) == ["https://report.az/a"], "not given up at once"


def test_a_query_for_known_urls_scans_no_table(archive: Archive) -> None:
    from newscrawl.archive.failures import _KNOWN

    plan = [row[3] for row in archive.conn.execute(f"EXPLAIN QUERY PLAN {_KNOWN}", {"urls": "[]", "now": LATER})]
    assert not [step for step in plan if step.startswith("SCAN") and "asked" not in step and "json_each" not in step]


def test_nothing_is_written_by_asking(archive: Archive) -> None:
    save(archive, made(body=words(1)))
    before = dump(archive)
    archive.known(["https://report.az/a"], now=LATER)
    assert dump(archive) == before
    assert isinstance(archive.conn, sqlite3.Connection)
