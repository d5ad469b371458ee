"""Gone and moved: when an article that is not there counts as gone, and what stays of it."""

from __future__ import annotations

from typing import Any

import pytest

from newscrawl.archive import Archive, Missed
from newscrawl.items import Link
from newscrawl.sites.report_az import REPORT
from tests.archive.conftest import FIRST, LATER, dump, made, save, words

A, B = "https://report.az/a", "https://report.az/b"
OLD = "2025-01-01T00:00:00+04:00"
SEEN = "2025-11-11T08:00:00Z"


@pytest.fixture
def archive(archive: Archive) -> Archive:
    """With an article of a site that has a schedule."""
    archive.add_site(REPORT)
    save(archive, made(published_at="2025-11-11T07:00:00Z"), SEEN)
    return archive


def hour(n: float) -> str:
    """So many hours after midnight of 12 November."""
    return f"2025-11-{12 + int(n // 24):02}T{int(n % 24):02}:{int(n % 1 * 60):02}:00Z"


def miss(archive: Archive, *hours: float, status: int = 404) -> Missed:
    missed = [archive.missed(A, at=hour(n), status=status) for n in hours][-1]
    assert missed is not None
    return missed


def gone_at(archive: Archive) -> str | None:
    found: str | None = archive.conn.execute("SELECT gone_at FROM articles WHERE url = ?", (A,)).fetchone()[0]
    return found


def absences(archive: Archive) -> list[tuple[Any, ...]]:
    columns = "article_id, status, moved_to, first_at, last_at, times, gone_at, returned_at"
    return archive.conn.execute(f"SELECT {columns} FROM absences ORDER BY id").fetchall()


def due(archive: Archive, url: str = A) -> str | None:
    row = archive.conn.execute("SELECT next_fetch_at FROM url_rows WHERE url = ?", (url,)).fetchone()
    return row[0] if row else None


@pytest.mark.parametrize("status", [404, 410, 302])
@pytest.mark.parametrize(
    ("hours", "gone"),
    [
        ((0,), False),
        ((0, 12, 23.75), False),  # three times over less than a day
        ((0, 12, 24), True),
        ((0, 30), False),  # twice over more than a day
        ((0, 30, 30.25), True),
        ((0, 1, 2, 3, 4), False),
    ],
)
def test_three_times_over_a_day_is_gone(archive: Archive, status: int, hours: tuple[float, ...], gone: bool) -> None:
    missed = miss(archive, *hours, status=status)
    assert missed == Missed(article_id=1, times=len(hours), first_at=hour(0), gone=gone, newly=gone)
    since = hour(0) if gone else None
    assert gone_at(archive) == since, "since it was first not there"
    assert absences(archive) == [(1, status, None, hour(0), hour(hours[-1]), len(hours), since, None)]


def test_one_look_is_counted_once(archive: Archive) -> None:
    """As of a crawl that was killed and taken up again, or of a page before it."""
    assert miss(archive, 0, 30, 30, 12).times == 2
    assert gone_at(archive) is None


def test_the_last_good_copy_stays_as_it_was(archive: Archive) -> None:
    tables = ("articles", "revision_rows", "articles_fts_docsize", "stories")
    before = [archive.conn.execute(f"SELECT * FROM {table}").fetchall() for table in tables]
    columns = [row[1] for row in archive.conn.execute("PRAGMA table_info(articles)")]
    miss(archive, 0, 12, 24, 36)
    after = [archive.conn.execute(f"SELECT * FROM {table}").fetchall() for table in tables]
    where = columns.index("gone_at")
    (article,) = after[0]
    assert article[where] == hour(0)
    after[0] = [(*article[:where], None, *article[where + 1 :])]
    assert after == before
    assert [hit.id for hit in archive.search("moscow")] == [1]


def test_a_young_article_is_looked_for_twice_a_day_and_then_every_three_days(archive: Archive) -> None:
    miss(archive, 0)
    assert due(archive) == hour(12)
    miss(archive, 12)
    assert due(archive) == hour(24)
    miss(archive, 24)
    assert due(archive) == hour(96)
    reason = archive.conn.execute("SELECT reason FROM url_rows").fetchone()[0]
    assert reason == f"not there (404) since {hour(0)}"


def test_an_old_article_is_looked_for_until_it_is_gone(archive: Archive) -> None:
    save(archive, made(url=B, published_at=OLD, body=words(1)), SEEN)
    assert due(archive, B) is None
    for n, expected in ((0, hour(12)), (12, hour(24)), (24, None)):
        archive.missed(B, at=hour(n), status=410)
        assert due(archive, B) == expected
    looks = archive.frontier.looks("report", now="2026-11-11T00:00:00Z", languages=["az"], most=9)
    assert [each.url for each in looks] == [A]


@pytest.mark.parametrize("how", ["saved", "edited", "unmodified"])
def test_a_return_is_noted(archive: Archive, how: str) -> None:
    miss(archive, 0, 12, 24)
    if how == "unmodified":
        archive.unmodified(A, at=hour(40))
    else:
        headline = "Headline" if how == "saved" else "Another"
        save(archive, made(published_at="2025-11-11T07:00:00Z", headline=headline), hour(40))
    assert gone_at(archive) is None
    assert absences(archive) == [(1, 404, None, hour(0), hour(24), 3, hour(0), hour(40))]
    assert due(archive) == "2025-11-13T18:55:00Z", "in its place in the schedule again"


def test_one_look_at_what_is_there_begins_the_count_anew(archive: Archive) -> None:
    miss(archive, 0, 12)
    archive.unmodified(A, at=hour(18))
    assert miss(archive, 24, 36) == Missed(article_id=1, times=2, first_at=hour(24), gone=False, newly=False)
    assert gone_at(archive) is None
    assert miss(archive, 48).gone
    assert gone_at(archive) == hour(24)
    assert absences(archive) == [
        (1, 404, None, hour(0), hour(12), 2, None, hour(18)),
        (1, 404, None, hour(24), hour(48), 3, hour(24), None),
    ]
    archive.unmodified(A, at=hour(60))
    assert [absence[-1] for absence in absences(archive)] == [hour(18), hour(60)]


def test_a_page_of_before_is_no_return(archive: Archive) -> None:
    miss(archive, 0, 12, 24)
    before = dump(archive)
    article = made(published_at="2025-11-11T07:00:00Z")
    archive.save(article, seen_at=SEEN, run_id=None)
    archive.save(article, seen_at=SEEN, run_id=None, again=True)
    archive.unmodified(A, at=SEEN)
    assert dump(archive) == before


def test_a_page_of_before_does_not_end_the_looks_for_an_old_article(archive: Archive) -> None:
    old = made(url=B, published_at=OLD, body=words(1))
    save(archive, old, SEEN)
    archive.missed(B, at=hour(0), status=404)
    archive.save(old, seen_at=SEEN, run_id=None)
    assert due(archive, B) == hour(12)


def test_what_the_archive_never_had_cannot_be_gone(archive: Archive) -> None:
    assert archive.missed(B, at=LATER, status=404) is None
    assert absences(archive) == []
    assert due(archive, B) is None


def test_an_alias_leads_to_the_article(archive: Archive) -> None:
    """As where the address that was asked for redirects to one that is not there."""
    article = made(published_at="2025-11-11T07:00:00Z", aliases={B: "redirect"})
    save(archive, article, SEEN)
    archive.missed(B, at=hour(0), status=404)
    assert absences(archive) == [(1, 404, None, hour(0), hour(0), 1, None, None)]
    assert due(archive) == hour(12)


def test_an_alias_that_is_not_there_is_asked_for_no_more(archive: Archive) -> None:
    save(archive, made(published_at="2025-11-11T07:00:00Z", aliases={B: "amp"}), SEEN)
    with archive.transaction():
        link = Link(url=B, language="az", modified_at=FIRST)
        archive.frontier.meet([link], site="report", now=FIRST, reason="sitemap")
    assert due(archive, B) == FIRST
    archive.missed(B, at=LATER, status=404)
    assert due(archive, B) is None


def moved(archive: Archive, at: str) -> None:
    """The address of the article leads to the page of another one now."""
    archive.save(made(url=B, body=words(1), aliases={A: "redirect"}), seen_at=at, run_id=None)


def test_a_moved_article_is_gone_at_once(archive: Archive) -> None:
    moved(archive, hour(0))
    assert gone_at(archive) == hour(0)
    assert absences(archive) == [(1, None, B, hour(0), hour(0), 1, hour(0), None)]
    assert archive.conn.execute("SELECT gone_at FROM articles WHERE url = ?", (B,)).fetchone() == (None,)
    assert due(archive) == hour(72)
    assert archive.conn.execute("SELECT reason FROM url_rows WHERE url = ?", (A,)).fetchone() == (f"moved to {B}",)
    moved(archive, hour(72))
    assert absences(archive) == [(1, None, B, hour(0), hour(72), 2, hour(0), None)]
    save(archive, made(published_at="2025-11-11T07:00:00Z"), hour(80))
    assert gone_at(archive) is None


def test_an_article_that_moves_after_it_was_missed_is_gone_since_then(archive: Archive) -> None:
    miss(archive, 0)
    moved(archive, hour(1))
    assert gone_at(archive) == hour(0)
    assert absences(archive) == [(1, None, B, hour(0), hour(1), 2, hour(0), None)]


def test_a_moved_article_stays_gone_when_the_redirect_ends(archive: Archive) -> None:
    moved(archive, hour(0))
    assert miss(archive, 1) == Missed(article_id=1, times=2, first_at=hour(0), gone=True, newly=False)
    assert gone_at(archive) == hour(0)


def test_an_alias_that_leads_elsewhere_is_no_move(archive: Archive) -> None:
    save(archive, made(published_at="2025-11-11T07:00:00Z", aliases={"https://report.az/amp": "amp"}), SEEN)
    other = made(url=B, body=words(1), aliases={"https://report.az/amp": "redirect"})
    archive.save(other, seen_at=hour(0), run_id=None)
    assert absences(archive) == []


def test_a_redirect_before_the_last_look_says_nothing(archive: Archive) -> None:
    moved(archive, "2025-11-11T07:59:59Z")
    assert absences(archive) == []


def test_a_new_address_of_the_same_article_is_no_move(archive: Archive) -> None:
    same = made(url=B, published_at="2025-11-11T07:00:00Z", aliases={A: "redirect"})
    assert save(archive, same, hour(0)) == (1, 1, "unchanged")
    assert absences(archive) == []
    assert due(archive, B) is None


def test_the_page_of_an_article_that_leads_to_itself_is_no_move(archive: Archive) -> None:
    save(archive, made(published_at="2025-11-11T07:00:00Z", aliases={B: "redirect"}), hour(0))
    assert absences(archive) == []
