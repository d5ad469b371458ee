"""An article that was last seen by a 304: what a later page, other page objects and a rebuild make of it."""

from __future__ import annotations

from pathlib import Path

import attrs

from newscrawl.archive import Archive, Asked
from newscrawl.items import Article
from newscrawl.upkeep.catching_up import read_former_page
from newscrawl.upkeep.rebuild import rebuild
from newscrawl.upkeep.reparse import preview, reparse
from newscrawl.upkeep.rereading import read_again
from tests.test_cli import newscrawl
from tests.upkeep.conftest import T1, T2, T3, T4, Library, blind, page
from tests.upkeep.content import content

T5 = "2025-11-11T18:00:00Z"
STATES = "SELECT revision, seen_at, headline, summary, cause FROM revisions ORDER BY revision"
SUMMARY = "What the ministers spoke about"


def without_summary(article: Article) -> Article:
    return attrs.evolve(article, summary=None)


def crawled(library: Library, html: str, at: str) -> None:
    """A page as a crawl of today's newscrawl stores it, after whatever read the one before."""
    run = library.run(at)
    snapshot_id = library.keep(run, html, at)
    (snapshot,) = library.archive.snapshots.read([snapshot_id])
    article = read_again(library.folder, snapshot)
    assert isinstance(article, Article)
    read_former_page(library.archive, library.folder, article, run)
    library.read(snapshot_id, run)
    library.writers[run].close()


def check_rebuilt(library: Library, tmp_path: Path) -> None:
    rebuild(tmp_path / "new.db", library.folder)
    rebuilt = content(tmp_path / "new.db")
    for table, rows in content(library.archive.path).items():
        assert rebuilt[table] == rows, table


def test_the_same_page_objects_change_nothing(library: Library, tmp_path: Path) -> None:
    library.crawled(page(), T1)
    library.confirmed(T2)
    before = library.dump()
    assert reparse(library.archive, library.folder, Asked()).counts == {"unchanged": 1}
    assert library.dump() == before
    assert library.rows("SELECT last_seen_at, changed_at FROM articles") == [(T2, None)]
    check_rebuilt(library, tmp_path)


def dated(article: Article) -> Article:
    return attrs.evolve(article, modified_at="2025-11-11T18:00:00+04:00")


def test_what_is_no_part_of_the_text_is_that_of_the_last_page(library: Library) -> None:
    library.crawled(page(), T1, dated)
    library.confirmed(T2)
    assert library.rows("SELECT modified_at FROM articles") == [(T1,)]
    assert reparse(library.archive, library.folder, Asked()).counts == {"unchanged": 1}
    assert library.rows("SELECT modified_at, last_seen_at FROM articles") == [(None, T2)]


def test_other_page_objects_read_the_last_page_anew(library: Library) -> None:
    library.crawled(page("Ministers met"), T1, without_summary)
    library.crawled(page(), T2, without_summary)
    library.confirmed(T3)
    would = preview(library.archive, library.folder, Asked())
    assert (would.counts["changed"], dict(would.fields)) == (1, {"summary": 1})
    assert reparse(library.archive, library.folder, Asked()).counts == {"unchanged": 1, "changed": 1}
    assert library.rows(STATES) == [
        (1, T1, "Ministers met", None, None),
        (2, T2, "Ministers meet", None, None),
        (3, T2, "Ministers meet", SUMMARY, "parser"),
    ]
    assert library.rows("SELECT last_seen_at, changed_at FROM articles") == [(T3, T2)]
    assert reparse(library.archive, library.folder, Asked()).run_id is None


def test_the_first_page_after_an_upgrade_and_a_304(library: Library) -> None:
    library.crawled(page(), T1, without_summary)
    library.confirmed(T2)
    crawled(library, page("Ministers met"), T3)
    assert library.rows(STATES) == [
        (1, T1, "Ministers meet", None, None),
        (2, T1, "Ministers meet", SUMMARY, "parser"),
        (3, T3, "Ministers met", SUMMARY, None),
    ]
    assert library.rows("SELECT last_seen_at, changed_at FROM articles") == [(T3, T3)]


def test_an_edit_after_a_304_is_the_publishers(library: Library, tmp_path: Path) -> None:
    library.crawled(page(), T1)
    library.confirmed(T2)
    library.confirmed(T3)
    crawled(library, page("Ministers met"), T4)
    assert [(row[0], row[1], row[4]) for row in library.rows(STATES)] == [(1, T1, None), (2, T4, None)]
    assert library.rows("SELECT last_seen_at, changed_at FROM articles") == [(T4, T4)]
    check_rebuilt(library, tmp_path)


def test_an_edit_that_is_taken_back(library: Library, tmp_path: Path) -> None:
    """Each 304 confirms the page before it; the first page again is a state of its own."""
    crawled(library, page("A"), T1)
    library.confirmed(T2)
    crawled(library, page("B"), T3)
    library.confirmed(T4)
    crawled(library, page("A"), T5)
    states = [(1, T1, "A", SUMMARY, None), (2, T3, "B", SUMMARY, None), (3, T5, "A", SUMMARY, None)]
    assert library.rows(STATES) == states
    assert library.rows("SELECT status, revisit_of FROM snapshots ORDER BY id") == [
        (200, None), (304, 1), (200, None), (304, 3), (200, 1),
    ]  # fmt: skip
    assert reparse(library.archive, library.folder, Asked()).run_id is None
    check_rebuilt(library, tmp_path)
    with Archive.open(tmp_path / "new.db") as archive:
        assert archive.conn.execute(STATES).fetchall() == states


def test_a_page_that_is_read_at_last_is_looked_at_like_any_other(library: Library, tmp_path: Path) -> None:
    library.crawled(page(), T1, blind)
    assert library.rows("SELECT article_id, reason FROM url_rows") == [(None, "UnknownLayout")]
    done = newscrawl("reparse", "--db", "news.db", cwd=tmp_path)
    assert done.stdout == "1 new\n", done.stderr
    assert library.rows("SELECT article_id, next_fetch_at FROM url_rows") == [(1, "2025-11-11T14:10:00Z")]
