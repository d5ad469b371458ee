"""Figures over time, counted by hand: two days of a site in Baku (UTC+4), what lies before them, another site."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from newscrawl.archive import Archive, RunEnd, figures, figures_by_subject, figures_of_runs
from newscrawl.archive.figures import Window
from newscrawl.archive.figures_of_runs import LastRun
from newscrawl.items import Article
from newscrawl.sites.report_az import REPORT
from tests.archive.conftest import made, words

MONDAY = ("2026-03-15T20:00:00Z", "2026-03-16T20:00:00Z")
TUESDAY = ("2026-03-16T20:00:00Z", "2026-03-17T20:00:00Z")
OTHER = attrs.evolve(REPORT, name="other", domain="news.example", zone="UTC")
BOTH = [Window(site="report", languages=("az", "en"), steps=(MONDAY, TUESDAY))]
AZ = [Window(site="report", languages=("az",), steps=(MONDAY, TUESDAY))]
EVERYWHERE = [*BOTH, Window(site="other", languages=("en",), steps=(MONDAY, TUESDAY))]
# Language, when it was published, when it was seen, section, tags
ARTICLES = [
    ("az", "2026-03-16T00:00:00+04:00", "2026-03-15T20:04:59Z", "İqtisadiyyat", ("Bakı", "neft")),
    ("az", "2026-03-16T23:59:59+04:00", "2026-03-16T20:09:59Z", "İqtisadiyyat", ("Bakı",)),
    ("az", "2026-03-17T00:00:00+04:00", "2026-03-16T20:10:00Z", "Mədəniyyət", ("Bakı", "muzey")),
    ("az", "2026-03-17T09:00:00+04:00", "2026-03-27T05:00:00Z", None, ()),
    ("en", "2026-03-17T12:00:00+04:00", "2026-03-17T07:59:30Z", "Economy", ("Baku", "neft")),
    ("en", "2026-03-15T23:59:59+04:00", "2026-03-15T20:00:00Z", "Economy", ("Baku",)),
    ("en", None, "2026-03-17T08:00:00Z", "Economy", ("Baku",)),
    ("az", "2026-03-18T00:00:00+04:00", "2026-03-17T20:03:00Z", "Mədəniyyət", ("Bakı", "muzey")),
]
# One slug in two languages, and at another site
SLUGS = {"İqtisadiyyat": "economy", "Mədəniyyət": "medeniyyet", "Economy": "economy"}


@pytest.fixture(scope="module")
def conn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """For reading, with rows as datasette has them."""
    path = tmp_path_factory.mktemp("figures") / "news.db"
    with Archive.open(path) as archive:
        archive.add_site(REPORT)
        archive.add_site(OTHER)
        _save(archive)
        _crawl(archive)
    conn = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    conn.row_factory = sqlite3.Row
    yield conn
    conn.close()


def _of(n: int, body: int) -> Article:
    """The article of that place, with a text of its own."""
    language, published, _, section, tags = ARTICLES[n]
    return made(
        url=f"https://report.az/{n}", language=language, published_at=published, section=section, tags=tags,
        section_slug=SLUGS.get(section or ""), headline=f"Headline {n}", body=words(body),
    )  # fmt: skip


def _save(archive: Archive) -> None:
    for n, (_, _, seen, _, _) in enumerate(ARTICLES):
        archive.save(_of(n, n), seen_at=seen, run_id=None)
    other = made(
        url="https://news.example/a", site="other", language="en", published_at="2026-03-17T01:00:00Z", body=words(99),
        section="Economy", section_slug="economy", tags=("Baku",),
    )  # fmt: skip
    archive.save(other, seen_at="2026-03-17T01:02:00Z", run_id=None)
    _edit(archive, attrs.evolve(other, body=words(98)), "2026-03-20T02:00:00Z", None)
    # Two edits of the fifth article and one of newscrawl's own readings, an edit of the first one
    for n, body, at, cause in (
        (4, 50, "2026-03-17T09:00:00Z", None), (4, 51, "2026-03-17T10:00:00Z", None),
        (4, 52, "2026-03-17T11:00:00Z", "parser"), (0, 53, "2026-03-16T19:59:59Z", None),
    ):  # fmt: skip
        _edit(archive, _of(n, body), at, cause)


def _edit(archive: Archive, edited: Article, at: str, cause: str | None) -> None:
    saved = archive.save(edited, seen_at=at, run_id=None)
    assert saved.outcome == "changed"
    if cause:
        values = (cause, saved.article_id, saved.revision)
        archive.conn.execute("UPDATE revision_rows SET cause = ? WHERE article_id = ? AND revision = ?", values)


def _crawl(archive: Archive) -> None:
    def run(at: str, counts: dict[str, int], by_language: dict[str, dict[str, object]], **coverage: float) -> None:
        made = archive.start_run("report", {}, {}, at)
        archive.end_run(made, RunEnd(at=at, finish_reason="finished", exit_code=0, counts=counts,
                                     by_language=by_language, coverage=coverage))  # fmt: skip

    run("2026-03-15T19:59:59Z", {"bytes": 1_000, "stored": 1}, {}, tags=0.0)
    run("2026-03-15T20:00:00Z", {"bytes": 500}, {})
    az = {"covered": 1, "coverage": {"tags": 1.0, "authors": 0.0}}
    en = {"covered": 3, "coverage": {"tags": 0.6667, "authors": 1.0}}
    run("2026-03-16T08:00:00Z", {"bytes": 30, "stored": 1, "changed": 2, "unchanged": 6, "not_modified": 5},
        {"az": az, "en": en}, tags=0.75, authors=0.75)  # fmt: skip
    run("2026-03-16T09:00:00Z", {"bytes": 12, "stored": 4}, {"az": {"covered": 4, "coverage": {"tags": 0.5}}}, tags=0.5)
    # Nothing was read
    run("2026-03-17T08:00:00Z", {"bytes": 7, "unchanged": 9, "not_modified": 9}, {"az": {"covered": 0, "coverage": {}}})
    archive.start_run("report", {}, {}, "2026-03-17T09:00:00Z")
    reread = archive.start_run("report", {}, {}, "2026-03-17T10:00:00Z", command="reparse")
    ended = RunEnd(at="2026-03-17T10:00:00Z", finish_reason="finished", exit_code=0, counts={"stored": 3},
                   coverage={"tags": 1.0})  # fmt: skip
    archive.end_run(reread, ended)


def test_articles_count_on_their_day_at_the_site(conn: sqlite3.Connection) -> None:
    assert figures.published(conn, BOTH) == {(0, "az"): 2, (1, "az"): 2, (1, "en"): 1}


def test_articles_of_several_sites_add_up(conn: sqlite3.Connection) -> None:
    assert figures.published(conn, EVERYWHERE) == {(0, "az"): 2, (1, "az"): 2, (1, "en"): 2}


def test_articles_without_a_time_are_told_apart(conn: sqlite3.Connection) -> None:
    assert figures.undated(conn, BOTH) == 1
    assert figures.undated(conn, AZ) == 0


def test_edits_are_those_of_publishers(conn: sqlite3.Connection) -> None:
    assert figures.edited(conn, BOTH) == {(0, "az"): 1, (1, "en"): 2}
    assert figures.edited(conn, AZ) == {(0, "az"): 1}


def test_delays_are_whole_minutes_by_day_at_the_site(conn: sqlite3.Connection) -> None:
    assert figures.delays(conn, "2026-03-16", "2026-03-18", "report") == {
        "2026-03-16": {4: 1, 10: 1},
        # The publisher's clock is half a minute ahead of ours; one was found ten days later
        "2026-03-17": {0: 1, 10: 1, 10 * 24 * 60: 1},
    }


def test_delays_of_all_sites(conn: sqlite3.Connection) -> None:
    assert figures.delays(conn, "2026-03-17", "2026-03-18")["2026-03-17"][2] == 1


def test_delays_are_found_by_their_index(conn: sqlite3.Connection) -> None:
    values = {"since": "2026-03-16", "until": "2026-03-18", "site": None}
    steps = [row[3] for row in conn.execute(f"EXPLAIN QUERY PLAN {figures._DELAYS}", values)]
    assert any("articles_published_day (published_day>? AND published_day<?)" in step for step in steps)
    # Only what comes out of it is sorted: a row for each number of minutes in a day
    assert len([step for step in steps if "TEMP B-TREE" in step]) == 1


def test_sections_count_in_one_language(conn: sqlite3.Connection) -> None:
    assert figures_by_subject.in_sections(conn, BOTH, "az") == {
        (0, "İqtisadiyyat"): 2, (1, "Mədəniyyət"): 1,
    }  # fmt: skip


def test_sections_of_the_same_name_are_told_apart_by_site(conn: sqlite3.Connection) -> None:
    assert figures_by_subject.in_sections(conn, BOTH, "en") == {(1, "Economy"): 1}
    assert figures_by_subject.in_sections(conn, EVERYWHERE, "en") == {(1, "Economy"): 2}


def test_tags_are_the_most_used_ones(conn: sqlite3.Connection) -> None:
    assert figures_by_subject.tagged(conn, AZ, 1) == {(0, "Bakı"): 2, (1, "Bakı"): 1}
    assert figures_by_subject.tagged(conn, BOTH, 2) == {(0, "Bakı"): 2, (1, "Bakı"): 1, (0, "neft"): 1, (1, "neft"): 1}


def test_when_there_is_something(conn: sqlite3.Connection) -> None:
    found = figures.reach(conn, "report", ("az", "en"))
    assert found == figures.Reach("2026-03-15T19:59:59Z", "2026-03-17T20:00:00Z")
    assert figures.reach(conn, "report", ("ru",)) is None
    assert figures.reach_of_edits(conn) == figures.Reach("2026-03-16T19:59:59Z", "2026-03-20T02:00:00Z")
    of_report = figures.Reach("2026-03-16T19:59:59Z", "2026-03-17T10:00:00Z")
    assert figures.reach_of_edits(conn, "report") == of_report, "another reading at 11:00 is no edit"
    assert figures.reach_of_edits(conn, "other") == figures.Reach("2026-03-20T02:00:00Z", "2026-03-20T02:00:00Z")
    assert figures.reach_of_edits(conn, "nowhere") is None
    found = figures_of_runs.reach(conn, ["report", "other"])
    assert found == figures.Reach("2026-03-15T19:59:59Z", "2026-03-17T10:00:00Z")
    assert figures_of_runs.reach(conn, ["other"]) is None


def test_bytes_count_where_the_crawl_began(conn: sqlite3.Connection) -> None:
    assert figures_of_runs.fetched(conn, BOTH) == {0: 542, 1: 7}
    assert figures_of_runs.fetched_before(conn, BOTH) == 1_000
    assert figures_of_runs.runs(conn, BOTH) == 6


def test_coverage_is_weighed_by_how_many_articles_were_read(conn: sqlite3.Connection) -> None:
    (monday,) = figures_of_runs.coverage(conn, BOTH)
    # 1 + 2 + 6 - 5 articles of which three had tags, then four of which two had
    assert (monday.step, monday.articles) == (0, 8)
    assert monday.shares == {"tags": 5 / 8, "authors": pytest.approx(3 / 8)}


def test_coverage_in_a_language(conn: sqlite3.Connection) -> None:
    (monday,) = figures_of_runs.coverage(conn, BOTH, "az")
    assert (monday.articles, monday.shares["tags"]) == (5, 3 / 5)
    (monday,) = figures_of_runs.coverage(conn, BOTH, "en")
    assert monday.articles == 3
    assert monday.shares["tags"] == pytest.approx(2 / 3, abs=1e-4)
    assert figures_of_runs.coverage(conn, BOTH, "\"]}' OR 1") == []


def test_the_last_crawl_is_no_rereading(conn: sqlite3.Connection) -> None:
    assert figures_of_runs.last_runs(conn, ["other", "report"]) == [
        LastRun(site="report", started_at="2026-03-17T09:00:00Z", ended_at=None, finish_reason=None, exit_code=None,
                why=None, stored=None, changed=None, failed=None)
    ]  # fmt: skip


def test_an_empty_archive_has_no_figures(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "news.db") as archive:
        conn = archive.conn
        assert figures.published(conn, BOTH) == {}
        assert figures.delays(conn, "2026-03-16", "2026-03-18") == {}
        assert figures.reach_of_edits(conn) is None
        assert figures_by_subject.in_sections(conn, BOTH, "az") == {}
        assert figures_by_subject.tagged(conn, BOTH, 6) == {}
        assert figures_of_runs.fetched(conn, BOTH) == {}
        assert figures_of_runs.coverage(conn, BOTH) == []
        assert figures_of_runs.last_runs(conn, ["report"]) == []
