from __future__ import annotations

from newscrawl.archive import Archive, triage
from newscrawl.exchanges import Exchange, Place
from newscrawl.items import Link
from tests.archive.conftest import FIRST, LAST, LATER, made, save

URL = "https://report.az/{}"


def fail(
    archive: Archive, name: str, at: str, stage: str = "extract", error: str = "MissingField", **more: object
) -> None:
    values = {"detail": f"of {name}", "run_id": None, "site": "report"} | more
    archive.fail(URL.format(name), stage=stage, error=error, at=at, **values)  # type: ignore[arg-type]


def stored(archive: Archive, name: str) -> int:
    exchange = Exchange(url=URL.format(name), kind="article", status=200, headers=(), body=b"x", fetched_at=FIRST)
    with archive.transaction():
        return archive.snapshots.add(exchange, Place("report/a.warc.gz", 0, 10), run_id=None)


def test_open_failures_by_kind_the_latest_kind_first(archive: Archive) -> None:
    fail(archive, "a", FIRST)
    fail(archive, "a", LATER)
    fail(archive, "b", FIRST, snapshot_id=stored(archive, "b"))
    fail(archive, "c", LAST, stage="download", error="Http500", detail=None)
    down, missing = triage.kinds(archive.conn)
    assert (down.stage, down.error, down.pages, down.times) == ("download", "Http500", 1, 1)
    assert (down.example.url, down.example.detail, down.stored) == (URL.format("c"), None, 0)
    assert (missing.stage, missing.error, missing.pages, missing.times) == ("extract", "MissingField", 2, 3)
    assert (missing.first_at, missing.last_at, missing.stored, missing.given_up) == (FIRST, LATER, 1, 0)
    assert (missing.example.url, missing.example.detail) == (URL.format("a"), "of a"), "the one that failed last"


def test_the_same_error_at_another_stage_is_another_kind(archive: Archive) -> None:
    fail(archive, "a", FIRST)
    fail(archive, "b", LATER, stage="check")
    assert [(kind.stage, kind.pages) for kind in triage.kinds(archive.conn)] == [("check", 1), ("extract", 1)]


def test_what_was_resolved_is_shown_if_asked_for(archive: Archive) -> None:
    fail(archive, "a", FIRST)
    fail(archive, "b", FIRST)
    fail(archive, "b", LATER)
    save(archive, made(url=URL.format("b")), LAST)
    (kind,) = triage.kinds(archive.conn)
    assert (kind.pages, kind.resolved, kind.example.url) == (1, 0, URL.format("a"))
    (kind,) = triage.kinds(archive.conn, resolved=True)
    assert (kind.pages, kind.resolved, kind.times) == (2, 1, 3)
    assert kind.example.url == URL.format("a"), "an open one, though the other failed later"
    assert [(each.url, each.resolved_at) for each in triage.each(archive.conn, resolved=True)] == [
        (URL.format("b"), LAST), (URL.format("a"), None),
    ]  # fmt: skip
    assert [each.url for each in triage.each(archive.conn)] == [URL.format("a")]


def test_failures_of_one_site(archive: Archive) -> None:
    fail(archive, "a", FIRST)
    fail(archive, "b", LATER, site="other")
    (kind,) = triage.kinds(archive.conn, "report")
    assert (kind.pages, kind.example.url) == (1, URL.format("a"))
    assert [each.site for each in triage.each(archive.conn, "other")] == ["other"]
    assert triage.kinds(archive.conn, "none") == []


def test_what_no_crawl_asks_for_any_more_is_counted(archive: Archive) -> None:
    week = "2025-11-18T14:00:00Z"
    links = [Link(url=URL.format(name), language="az") for name in ("a", "b")]
    with archive.transaction():
        archive.frontier.meet(links, site="report", now=FIRST, reason="a listing")
    fail(archive, "a", FIRST)
    fail(archive, "a", week)
    fail(archive, "b", FIRST)
    fail(archive, "listing", FIRST, stage="listing", error="ListingError")
    fail(archive, "listing", week, stage="listing", error="ListingError")
    given_up = {kind.stage: kind.given_up for kind in triage.kinds(archive.conn)}
    assert given_up == {"extract": 1, "listing": 0}, "listings are read by every crawl"
    waiting = archive.frontier.waiting("report", now="2025-11-19T14:00:00Z", languages=["az"])
    assert [each.url for each in waiting] == [URL.format("b")], "the crawl thinks so too"


def test_the_open_failure_at_an_address(archive: Archive) -> None:
    fail(archive, "a", FIRST, stage="download", error="Http500")
    fail(archive, "a", LATER)
    found = triage.at(archive.conn, (URL.format("none"), URL.format("a")))
    assert found is not None
    assert (found.stage, found.error, found.last_at) == ("extract", "MissingField", LATER)
    archive.resolve(URL.format("a"), at=LAST, run_id=None)
    assert triage.at(archive.conn, (URL.format("a"),)) is None
