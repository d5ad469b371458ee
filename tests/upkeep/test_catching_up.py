"""What a crawl reads from the disk before its first request."""

from __future__ import annotations

import attrs
import pytest

from newscrawl.archive import RunEnd
from newscrawl.exchanges import Exchange
from newscrawl.items import Article, Link
from newscrawl.upkeep.catching_up import catch_up
from tests.upkeep.conftest import T1, T2, T3, T4, URL, Library, blind, page

REVISIONS = "SELECT revision, seen_at, summary, cause FROM revisions ORDER BY revision"
SUMMARY = "What the ministers spoke about"


def without_summary(article: Article) -> Article:
    return attrs.evolve(article, summary=None)


def killed(library: Library, html: str, at: str, url: str = URL) -> int:
    """A crawl that stored a page and was killed before it read it; its run."""
    run = library.run(at)
    library.keep(run, html, at, url=url)
    library.writers[run].close()
    return run


def caught_up(library: Library) -> None:
    catch_up(library.archive, library.folder, "report", library.run(T4))


def test_a_page_that_was_stored_and_not_read(library: Library) -> None:
    run = killed(library, page(), T1)
    caught_up(library)
    assert library.rows("SELECT headline, first_seen_at FROM articles") == [("Ministers meet", T1)]
    assert library.rows(f"SELECT finish_reason, exit_code, ended_at FROM runs WHERE id = {run}") == [("crashed", 1, T1)]


def test_a_page_that_has_no_row_yet(library: Library) -> None:
    killed(library, page(), T1)
    library.archive.conn.execute("DELETE FROM snapshot_rows")
    caught_up(library)
    assert library.rows("SELECT url, first_seen_at FROM articles") == [(URL, T1)]
    assert library.rows("SELECT count(*) FROM snapshots") == [(1,)]


def test_an_upgrade_between_the_kill_and_the_next_crawl(library: Library) -> None:
    library.crawled(page(), T1, without_summary)
    killed(library, page(), T2)
    caught_up(library)
    assert library.rows(REVISIONS) == [(1, T1, None, None), (2, T1, SUMMARY, "parser")]
    assert library.rows("SELECT changed_at FROM articles") == [(None,)], "the publisher changed nothing"


def test_every_crawl_that_a_full_disk_stopped(library: Library) -> None:
    for n, at in enumerate((T1, T2)):
        run = killed(library, page(f"Number {n}"), at, url=f"{URL}-{n}")
        library.archive.end_run(run, RunEnd(at=at, finish_reason="disk_full", exit_code=5))
    run = library.archive.start_run("other", {}, {}, T3)
    library.archive.end_run(run, RunEnd(at=T3, finish_reason="finished", exit_code=0))
    caught_up(library)
    assert library.rows("SELECT headline FROM articles ORDER BY id") == [("Number 0",), ("Number 1",)]
    assert library.rows("SELECT finish_reason FROM runs WHERE spider = 'report' LIMIT 2") == [("disk_full",)] * 2


def test_what_failed_before_another_parser(library: Library) -> None:
    library.crawled(page(), T1, blind)
    library.crawled("<html><body>nothing</body></html>", T2, url=f"{URL}-2")
    before = library.rows("SELECT * FROM failures WHERE url LIKE '%-2'")
    caught_up(library)
    assert library.rows("SELECT url, first_seen_at FROM articles") == [(URL, T1)]
    assert library.rows("SELECT count(*) FROM failures WHERE resolved_at IS NOT NULL") == [(1,)]
    assert library.rows("SELECT * FROM failures WHERE url LIKE '%-2'") == before, "this parser knows that page"


FRONTIER = "SELECT next_fetch_at, tries, status, reason FROM url_rows"
PUBLISHED = "2025-11-11T13:50:00Z"


def young(library: Library, at: str = T1) -> None:
    """An article that was looked at when it was ten minutes old."""
    library.crawled(page(), at)
    assert library.rows("SELECT published_at FROM articles") == [(PUBLISHED,)]


def test_a_304_that_was_stored_and_not_noted(library: Library) -> None:
    young(library)
    run = library.run(T2)
    library.not_modified(run, T2)
    library.writers[run].close()
    caught_up(library)
    assert library.rows("SELECT last_seen_at, revision FROM articles") == [(T2, 1)]
    (row,) = library.rows(FRONTIER)
    assert row == ("2025-11-11T15:10:00Z", 0, 304, "not modified"), "a quarter of an hour later, but for the slack"


@pytest.mark.parametrize("status", [404, 410])
def test_an_article_that_was_not_there(library: Library, status: int) -> None:
    young(library)
    run = library.run(T2)
    library.keep(run, "gone", T2, status=status)
    library.writers[run].close()
    for _ in range(2):
        caught_up(library)
        assert library.rows("SELECT status, times, first_at FROM absences") == [(status, 1, T2)]
        assert library.rows("SELECT last_seen_at, revision FROM articles") == [(T1, 1)]
        (row,) = library.rows(FRONTIER)
        assert row == ("2025-11-12T03:00:00Z", 0, status, f"not there ({status}) since {T2}"), "twelve hours later"


def test_a_redirect_to_the_home_page(library: Library) -> None:
    young(library)
    run = library.run(T2)
    exchange = Exchange(url=URL, kind="article", status=302, headers=(("Location", "/en/"),), body=b"", fetched_at=T2)
    place = library.writers[run].append(exchange)
    library.archive.snapshots.add(exchange, place, run_id=run)
    library.writers[run].close()
    caught_up(library)
    assert library.rows("SELECT status, moved_to, times FROM absences") == [(302, None, 1)]


def test_an_address_that_answered_503_is_asked_for_again_at_once(library: Library) -> None:
    """Of the tries of one crawl the last one counts."""
    library.archive.frontier.meet([Link(url=URL, language="en")], site="report", now=T1, reason="named by a test")
    run = library.run(T1)
    for at in (T1, T2):
        library.keep(run, "later", at, status=503)
    library.writers[run].close()
    assert library.rows(FRONTIER) == [(T1, 0, 503, "named by a test")]
    caught_up(library)
    assert library.rows(FRONTIER) == [(T2, 1, 503, "Http503")]
    assert library.rows("SELECT stage, error, times, last_at FROM failures") == [("download", "Http503", 1, T2)]


def test_a_second_time_there_is_nothing_to_do(library: Library) -> None:
    killed(library, page(), T1)
    caught_up(library)
    library.archive.conn.execute("DELETE FROM runs WHERE id > 1")
    before = library.dump()
    caught_up(library)
    library.archive.conn.execute("DELETE FROM runs WHERE id > 1")
    assert library.dump() == before
