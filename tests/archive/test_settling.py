"""What came of an address, and when it is due again."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from newscrawl.archive import Archive
from newscrawl.exchanges import Exchange, Place
from newscrawl.items import Link
from newscrawl.sites.report_az import REPORT
from tests.archive.conftest import FIRST, LATER, dump, made, save, words

A, B, C = (f"https://report.az/{name}" for name in "abc")
OLD = "2025-01-01T00:00:00+04:00"
"""Too old for looks when FIRST is."""
FIRST_LOOK = "2025-11-11T14:10:00Z"
"""Of an article of ten minutes before FIRST that was seen then: after a quarter of an hour, less the slack."""


@pytest.fixture
def archive(archive: Archive) -> Archive:
    """With the schedule of a site."""
    archive.add_site(REPORT)
    return archive


def meet(archive: Archive, *urls: str, now: str = FIRST, modified_at: str | None = None) -> None:
    links = [Link(url=url, language="az", modified_at=modified_at) for url in urls]
    with archive.transaction():
        archive.frontier.meet(links, site="report", now=now, reason="a listing")


def answer(archive: Archive, url: str, at: str, status: int = 200) -> int:
    headers = (("ETag", f'"{at}"'),)
    exchange = Exchange(url=url, kind="article", status=status, headers=headers, body=at.encode(), fetched_at=at)
    with archive.transaction():
        return archive.snapshots.add(exchange, Place(f"report/{at}{url[-1]}", 0, 1), run_id=None)


def fail(archive: Archive, url: str, at: str, stage: str = "download") -> None:
    archive.fail(url, stage=stage, error="Http500", detail=None, run_id=None, at=at, site="report")


def rows(archive: Archive) -> dict[str, str | None]:
    """What is in the frontier: the last part of the address, and when it is due."""
    found = archive.conn.execute("SELECT url, next_fetch_at FROM url_rows ORDER BY url").fetchall()
    return {url.rpartition("/")[2]: due for url, due in found}


def row(archive: Archive, url: str, columns: str) -> tuple[Any, ...]:
    found: tuple[Any, ...] = archive.conn.execute(f"SELECT {columns} FROM url_rows WHERE url = ?", (url,)).fetchone()
    return found


def open_failures(archive: Archive) -> list[tuple[str, str]]:
    return archive.conn.execute("SELECT url, stage FROM failures WHERE resolved_at IS NULL ORDER BY id").fetchall()


def test_a_new_article_is_due_for_its_first_look(archive: Archive) -> None:
    save(archive, made(section_slug="finance"))
    columns = (
        "site, kind, language, section, published_at, article_id, first_seen_at, last_fetched_at, next_fetch_at, "
        "tries, reason"
    )
    assert row(archive, A, columns) == (
        "report", "article", "az", "finance", "2025-11-11T13:50:00Z", 1, FIRST, FIRST, FIRST_LOOK, 0, "new",
    )  # fmt: skip


def test_an_article_that_waited_waits_no_more(archive: Archive) -> None:
    meet(archive, A, now="2025-11-11T13:55:00Z")
    fail(archive, A, "2025-11-11T13:56:00Z")
    save(archive, made())
    columns = "article_id, first_seen_at, last_fetched_at, next_fetch_at, tries, reason"
    assert row(archive, A, columns) == (1, "2025-11-11T13:55:00Z", FIRST, FIRST_LOOK, 0, "new")


def test_the_schedule_goes_by_the_time_of_publication(archive: Archive) -> None:
    save(archive, made(published_at="2025-11-10T12:00:00Z"))
    assert rows(archive) == {"a": "2025-11-11T16:55:00Z"}, "a day old: after three hours, less the slack"


def test_without_a_time_of_publication_it_goes_by_the_first_sight(archive: Archive) -> None:
    save(archive, made(published_at=None))
    assert rows(archive) == {"a": FIRST_LOOK}
    save(archive, made(published_at=None), "2025-11-11T17:00:00Z")
    assert rows(archive) == {"a": "2025-11-11T17:55:00Z"}, "three hours old: after one hour"


def test_an_article_leaves_once_its_looks_are_over(archive: Archive) -> None:
    save(archive, made())
    save(archive, made(), "2025-12-11T13:49:59Z")
    assert rows(archive) == {"a": "2025-12-14T13:44:59Z"}, "the last look, a second before the month is over"
    save(archive, made(), "2025-12-14T13:45:00Z")
    assert rows(archive) == {}
    save(archive, made(url=B, published_at=OLD, body=words(1)))
    assert rows(archive) == {}


def test_a_site_without_a_schedule_is_looked_at_once(archive: Archive) -> None:
    save(archive, made(site="example.org"))
    assert rows(archive) == {}
    archive.add_site(attrs.evolve(REPORT, looks=()))
    save(archive, made(url=B, body=words(1)))
    assert rows(archive) == {}


def test_no_change_is_a_look_like_any_other(archive: Archive) -> None:
    save(archive, made())
    assert archive.unmodified(A, at="2025-11-11T14:15:00Z") == 1
    assert row(archive, A, "last_fetched_at, next_fetch_at, reason") == (
        "2025-11-11T14:15:00Z", "2025-11-11T14:25:00Z", "not modified",
    )  # fmt: skip
    seen = "SELECT first_seen_at, last_seen_at, revision, changed_at FROM articles"
    assert archive.conn.execute(seen).fetchall() == [(FIRST, "2025-11-11T14:15:00Z", 1, None)]
    assert archive.unmodified(A, at="2025-12-14T13:45:00Z") == 1
    assert rows(archive) == {}, "the last look"
    assert archive.unmodified(B, at=LATER) is None


def test_no_change_at_an_alias_is_one_of_the_article(archive: Archive) -> None:
    save(archive, made(aliases={B: "amp"}))
    meet(archive, B, modified_at=LATER)
    assert archive.unmodified(B, at=LATER) == 1
    assert rows(archive) == {"a": "2025-11-11T15:10:00Z"}, "the alias is not asked for again and again"


def test_the_schedule_is_not_set_back_by_an_earlier_look(archive: Archive) -> None:
    save(archive, made(), LATER)
    before = dump(archive)
    archive.unmodified(A, at=FIRST)
    assert dump(archive) == before


def test_a_look_that_fails_is_taken_again(archive: Archive) -> None:
    save(archive, made())
    fail(archive, A, "2025-11-11T14:10:00Z")
    assert row(archive, A, "article_id, next_fetch_at, tries, reason") == (1, "2025-11-11T14:10:00Z", 1, "Http500")
    fail(archive, A, "2025-11-11T14:25:00Z")
    assert row(archive, A, "next_fetch_at, tries") == ("2025-11-11T14:40:00Z", 2), "after as long again as it failed"
    save(archive, made(), "2025-11-11T14:40:00Z")
    assert row(archive, A, "next_fetch_at, tries, reason") == ("2025-11-11T14:50:00Z", 0, "unchanged")


def test_a_page_that_came_and_cannot_be_read_is_left_alone_for_hours(archive: Archive) -> None:
    meet(archive, A)
    fail(archive, A, FIRST, "extract")
    assert rows(archive) == {"a": "2025-11-11T20:00:00Z"}


def test_failures_are_counted_from_the_first_open_one_of_any_stage(archive: Archive) -> None:
    meet(archive, A)
    fail(archive, A, FIRST, "extract")
    fail(archive, A, "2025-11-12T00:00:00Z", "download")
    assert rows(archive) == {"a": "2025-11-12T10:00:00Z"}
    save(archive, made(), "2025-11-12T10:00:00Z")
    fail(archive, A, "2025-11-30T00:00:00Z", "download")
    assert rows(archive) == {"a": "2025-11-30T00:00:00Z"}, "the former ones were resolved"


def test_what_an_address_failed_as_a_listing_does_not_count(archive: Archive) -> None:
    meet(archive, A)
    fail(archive, A, "2025-11-01T00:00:00Z", "listing")
    fail(archive, A, FIRST)
    assert rows(archive) == {"a": FIRST}


def test_a_failure_at_an_address_that_nobody_asked_for_adds_nothing(archive: Archive) -> None:
    fail(archive, A, FIRST)
    assert rows(archive) == {}


def test_no_change_resolves_what_kept_the_look_from_its_answer(archive: Archive) -> None:
    """Else the next failure, a week later, would be taken for the last of a week of failures."""
    save(archive, made())
    fail(archive, A, FIRST_LOOK)
    fail(archive, B, FIRST_LOOK)
    archive.unmodified(A, at="2025-11-11T14:15:00Z")
    assert open_failures(archive) == [(B, "download")]
    fail(archive, A, "2025-11-20T00:00:00Z")
    assert rows(archive) == {"a": "2025-11-20T00:00:00Z"}


def test_no_change_does_not_resolve_what_was_wrong_with_the_page(archive: Archive) -> None:
    save(archive, made())
    fail(archive, A, FIRST_LOOK, "extract")
    archive.unmodified(A, at="2025-11-11T14:15:00Z")
    assert open_failures(archive) == [(A, "extract")]


@pytest.mark.parametrize("stage", ["download", "extract", "store"])
def test_a_page_that_gave_no_article_is_asked_for_whole(archive: Archive, stage: str) -> None:
    """A 304 would say that the archived text is the present one, though nobody could read the present one."""
    save(archive, made())
    answer(archive, A, FIRST_LOOK)
    fail(archive, A, FIRST_LOOK, stage)
    assert archive.frontier.validators(A, "article", now=LATER) is None


def test_aliases_leave_with_the_article(archive: Archive) -> None:
    meet(archive, A, B, C)
    save(archive, made(aliases={B: "redirect", "https://report.az/1": "short link"}))
    assert rows(archive) == {"a": FIRST_LOOK, "c": FIRST}, "of which one will never be an article"


def test_an_alias_that_is_an_article_of_its_own_stays(archive: Archive) -> None:
    save(archive, made(url=B, body=words(1)))
    save(archive, made(aliases={B: "amp"}))
    assert rows(archive) == {"a": FIRST_LOOK, "b": FIRST_LOOK}


def test_the_second_address_of_a_text_leaves(archive: Archive) -> None:
    save(archive, made())
    meet(archive, B)
    assert save(archive, made(url=B), LATER) == (1, 1, "unchanged")
    assert rows(archive) == {"a": "2025-11-11T15:10:00Z"}


def test_a_place_is_no_alias(archive: Archive) -> None:
    with archive.transaction():
        archive.frontier.place(
            B, site="report", kind="listing", language="az", section="", now=FIRST, reason="a place"
        )  # fmt: skip
    save(archive, made(aliases={B: "redirect"}))
    assert rows(archive) == {"a": FIRST_LOOK, "b": None}


@pytest.mark.parametrize("published_at", ["2025-11-11T17:50:00+04:00", OLD])
def test_a_page_that_is_read_again_changes_nothing_of_the_frontier(archive: Archive, published_at: str) -> None:
    first = answer(archive, A, FIRST)
    article = made(published_at=published_at)
    archive.save(article, seen_at=FIRST, run_id=None, snapshot_id=first)
    frontier = "SELECT * FROM url_rows"
    before = archive.conn.execute(frontier).fetchall()
    for edit in (article, attrs.evolve(article, headline="As a newer parser reads it")):
        archive.save(edit, seen_at=FIRST, run_id=None, snapshot_id=first, again=True)
        assert archive.conn.execute(frontier).fetchall() == before
    archive.save(article, seen_at=LATER, run_id=None, again=True)
    assert archive.conn.execute(frontier).fetchall() == before


def test_a_page_that_is_read_at_last_waits_no_more(archive: Archive) -> None:
    meet(archive, A, B)
    snapshot = answer(archive, A, FIRST)
    archive.fail(
        A,
        stage="extract",
        error="UnknownLayout",
        detail=None,
        run_id=None,
        at=FIRST,
        snapshot_id=snapshot,
        site="report",
    )
    archive.save(made(), seen_at=FIRST, run_id=None, snapshot_id=snapshot, again=True)
    assert row(archive, A, "article_id, next_fetch_at") == (1, FIRST_LOOK)
    archive.save(made(url=B, published_at=OLD, body=words(1)), seen_at=FIRST, run_id=None, again=True)
    assert list(rows(archive)) == ["a"]


def test_a_look_that_is_read_at_last_is_followed_by_the_next(archive: Archive) -> None:
    """As after a new layout: looks do not stay as rare as failures become."""
    save(archive, made())
    snapshot = answer(archive, A, "2025-11-13T14:00:00Z")
    for at in (FIRST_LOOK, "2025-11-13T14:00:00Z"):
        archive.fail(
            A, stage="extract", error="UnknownLayout", detail=None, run_id=None, at=at, snapshot_id=snapshot,
            site="report",
        )  # fmt: skip
    assert rows(archive) == {"a": "2025-11-15T13:50:00Z"}, "two days, as long as it has failed"
    archive.save(made(), seen_at=FIRST, run_id=None, again=True)
    assert rows(archive) == {"a": "2025-11-15T13:50:00Z"}, "a page of before can be read all the time"
    archive.save(made(), seen_at="2025-11-13T14:00:00Z", run_id=None, snapshot_id=snapshot, again=True)
    assert rows(archive) == {"a": "2025-11-13T16:55:00Z"}, "three hours less the slack"


def test_an_old_page_that_is_read_at_last_leaves_whatever_came_after_it(archive: Archive) -> None:
    meet(archive, A)
    snapshot = answer(archive, A, FIRST)
    fail(archive, A, FIRST, "extract")
    answer(archive, A, LATER, status=500)
    fail(archive, A, LATER, "download")
    archive.save(made(published_at=OLD), seen_at=FIRST, run_id=None, snapshot_id=snapshot, again=True)
    assert rows(archive) == {}
    assert archive.frontier.waiting("report", now="2026-01-01T00:00:00Z", languages=["az"]) == []


def test_the_view_shows_each_address_once(archive: Archive) -> None:
    meet(archive, A, B)
    save(archive, made(body=words(1)))
    save(archive, made(url=C, published_at=OLD, section_slug="finance", body=words(2)), LATER)
    columns = (
        "url, site, kind, language, section, article_id, first_seen_at, last_fetched_at, next_fetch_at, tries, reason"
    )
    assert archive.conn.execute(f"SELECT {columns} FROM urls ORDER BY url").fetchall() == [
        (A, "report", "article", "az", None, 1, FIRST, FIRST, FIRST_LOOK, 0, "new"),
        (B, "report", "article", "az", None, None, FIRST, None, FIRST, 0, "a listing"),
        (C, "report", "article", "az", "finance", 2, LATER, LATER, None, 0, "archived; no further look"),
    ]
