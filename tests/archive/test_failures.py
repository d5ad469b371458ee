"""Pages that gave no article."""

from __future__ import annotations

from newscrawl.archive import Archive
from tests.archive.conftest import FIRST, LAST, LATER, made, save

FAILURES = "SELECT url, stage, error, detail, first_at, last_at, times, resolved_at FROM failures ORDER BY id"


def fail(archive: Archive, url: str, stage: str = "extract", at: str = FIRST, error: str = "MissingField") -> None:
    archive.fail(url, stage=stage, error=error, detail="body: empty", run_id=None, at=at, site="report")


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


def test_a_run_that_saw_everything_resolves_what_listings_failed_before_it(archive: Archive) -> None:
    runs = [archive.start_run("report", {}, {}, at) for at in (FIRST, LATER)]
    for url, run in (("old", runs[0]), ("own", runs[1])):
        archive.fail(url, stage="listing", error="Http500", detail="", run_id=run, at=FIRST, site="report")
    archive.resolve_listings("report", at=LAST, run_id=runs[1])
    assert archive.conn.execute("SELECT url, resolved_at FROM failures ORDER BY id").fetchall() == [
        ("old", LAST), ("own", None),
    ]  # fmt: skip
