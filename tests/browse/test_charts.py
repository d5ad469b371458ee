"""The page of charts: what it says of archives whose numbers are known, and what publishers can put into it."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import attrs
import pytest

from newscrawl.archive import Archive, RunEnd
from newscrawl.browse import charts, charts_of_articles
from newscrawl.browse.chart import Chart, duration, size
from newscrawl.browse.charts_asked import Asked
from newscrawl.sites.report_az import REPORT
from newscrawl.upkeep.publish import publish
from tests.browse.conftest import Reading, article, words

BREAKING_OUT = '</script></td><script>alert("tag")</script>'
FORMULA = '=HYPERLINK("https://evil.example","read on")'
LONG = "Ə" * 10_000


def section(page: str, name: str) -> str:
    """A chart of the page, as HTML."""
    found = re.search(rf'<section class="chart" aria-labelledby="{name}">.*?</section>', page, re.S)
    assert found, name
    return found[0]


def numbers(reading: Reading, name: str, query: str = "") -> dict[str, Any]:
    """The numbers of a chart as JSON: day to numbers by column."""
    told = reading.get(f"/news/-/charts/{name}.json{query}").json()
    return {row[0]: dict(zip(told["columns"], row[1:], strict=True)) for row in told["rows"]}


@pytest.fixture(scope="module")
def page(reading: Reading) -> str:
    return reading.page("/news/-/charts")


def test_articles_by_day_and_language(reading: Reading, page: str) -> None:
    # A story in three languages on the 17th, the budget late on the 16th, a house pulled down on the 15th
    assert numbers(reading, "articles") == {
        "2026-03-15": {"Azerbaijani": 0, "English": 0, "Russian": 1},
        "2026-03-16": {"Azerbaijani": 0, "English": 1, "Russian": 0},
        "2026-03-17": {"Azerbaijani": 1, "English": 1, "Russian": 1},
    }
    said = words(section(page, "articles"))
    assert "Articles published per day" in said
    assert "5 articles in 3 days, 1.7 a day; the most on 17 March 2026: 3." in said
    assert "1 article without a time, left out." in said


def test_the_table_has_the_numbers_without_a_script(page: str) -> None:
    table = section(page, "articles").partition("<table>")[2]
    assert words(table).startswith(
        "Day Azerbaijani English Russian 15 March 2026 0 0 1 16 March 2026 0 1 0 17 March 2026 1 1 1"
    )


def test_how_soon_articles_were_seen(reading: Reading, page: str) -> None:
    # 07:00 to 08:01 three times, 19:30 to 05:10, 06:00 to 07:00
    assert numbers(reading, "delays") == {
        "2026-03-15": {"half of them": 60, "nine in ten": 60},
        "2026-03-16": {"half of them": 580, "nine in ten": 580},
        "2026-03-17": {"half of them": 61, "nine in ten": 61},
    }
    said = "Of 5 articles, half were seen within 1 hour 1 minute, nine in ten within 9 hours 40 minutes."
    assert said in words(section(page, "delays"))


def test_edits_are_those_that_were_seen(reading: Reading, page: str) -> None:
    assert numbers(reading, "edits") == {"2026-03-17": {"Azerbaijani": 0, "English": 2, "Russian": 0}}
    assert "2 edits on 17 March 2026." in words(section(page, "edits"))


def test_sections_and_tags_are_of_one_language(reading: Reading, page: str) -> None:
    assert numbers(reading, "sections")["2026-03-16"] == {"Infrastructure": 1}
    assert numbers(reading, "sections", "?language=ru")["2026-03-15"] == {"Инфраструктура": 1}
    assert numbers(reading, "tags", "?language=ru")["2026-03-15"] == {"Baku": 1, "Метро": 1}
    assert '<span lang="en" dir="auto">Infrastructure</span>' in section(page, "sections")
    assert '<a href="/news/tagged?tag=Metro" lang="en" dir="auto">Metro</a>' in section(page, "tags")


def test_what_was_fetched_and_how_the_last_crawl_went(reading: Reading, page: str) -> None:
    assert numbers(reading, "bytes") == {"2026-03-17": {"fetched per day": 120_000, "all together": 120_000}}
    assert "120.0 kB in 1 day, 120.0 kB since the first crawl" in words(section(page, "bytes"))
    said = words(section(page, "crawls"))
    assert "report 17 March 2026, 12:00 ! finished, but something was amiss: 1 page gave no article 6 0 1" in said
    assert 'title="UTC+04:00; 2026-03-17 08:00:00 UTC"' in section(page, "crawls")


def test_a_language_narrows_them(reading: Reading) -> None:
    assert numbers(reading, "articles", "?language=ru")["2026-03-17"] == {"Russian": 1}
    assert "No article was seen to change in this time." in reading.page("/news/-/charts?language=ru")


def test_charts_of_a_site_end_with_what_was_seen_of_it(filled: Path, tmp_path: Path) -> None:
    (tmp_path / "news.db").write_bytes(filled.read_bytes())
    with Archive.open(tmp_path / "news.db") as archive:
        archive.add_site(attrs.evolve(REPORT, name="other", domain="news.example"))
        for text, at in (("Once.", "2026-03-18T08:00:00Z"), ("Twice.", "2026-03-19T08:00:00Z")):
            made = article(
                "en", "x", "2026-03-18T11:00:00+04:00", site="other", url="https://news.example/x", body=text
            )
            archive.save(made, seen_at=at, run_id=None)
    reading = Reading(tmp_path / "news.db")
    assert list(numbers(reading, "edits", "?site=report")) == ["2026-03-17"]
    assert list(numbers(reading, "edits", "?site=other")) == ["2026-03-19"]
    assert list(numbers(reading, "edits")) == ["2026-03-17", "2026-03-18", "2026-03-19"]


@pytest.mark.parametrize("query", ["?span=31&language=xx&site=nowhere", "?span=30'--&language=%22&site=%00"])
def test_what_cannot_be_asked_for_is_left_out(reading: Reading, query: str) -> None:
    assert numbers(reading, "articles", query) == numbers(reading, "articles")


def test_there_is_no_chart_of_another_name(reading: Reading) -> None:
    response = reading.get("/news/-/charts/weather.json")
    assert response.status_code == 404
    assert "articles" in response.json()["error"]


def test_every_chart_has_a_name_a_reading_and_its_numbers(page: str) -> None:
    for name, (title, _) in charts.CHARTS.items():
        shown = section(page, name)
        assert f'<h2 id="{name}">{title}' in shown
        if "<figure" in shown:
            assert re.search(r"<figcaption>\w+", shown)
            assert f"/news/-/charts/{name}.json?span=30" in shown
            assert f'role="region" aria-label="Table: {title}"' in shown
        else:
            assert re.search(r'<p class="none">\w+', shown)


def test_the_csv_has_the_same_numbers(reading: Reading) -> None:
    response = reading.get("/news/-/charts/articles.csv?span=30")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    lines = list(csv.reader(io.StringIO(response.text)))
    assert lines[0] == ["day", "Azerbaijani", "English", "Russian"]
    assert lines[3] == ["2026-03-17", "1", "1", "1"]


def test_an_empty_archive_says_so(empty: Path) -> None:
    page = Reading(empty).page("/news/-/charts")
    assert "<figure" not in page
    for name in ("articles", "delays", "sections", "tags"):
        assert "The archive holds no article with a time yet." in section(page, name)
    for name in ("fields", "bytes", "crawls"):
        assert "No crawl is recorded yet." in section(page, name)


def test_a_published_copy_knows_of_no_crawls(filled: Path, tmp_path: Path) -> None:
    with Archive.open(filled, create=False, read_only=True) as archive:
        publish(archive, tmp_path / "news.db")
    reading = Reading(tmp_path / "news.db")
    page = reading.page("/news/-/charts")
    for name in ("fields", "bytes", "crawls"):
        assert "A published copy holds no record of crawls." in section(page, name)
    assert numbers(reading, "edits") == {"2026-03-17": {"Azerbaijani": 0, "English": 2, "Russian": 0}}
    assert "/news/runs" not in page


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """Tags and sections that are meant to do something, articles of a back-fill and one seen in time, two crawls."""
    path = tmp_path_factory.mktemp("hostile") / "news.db"
    with Archive.open(path) as archive:
        archive.add_site(REPORT)
        for n, name in enumerate((BREAKING_OUT, FORMULA, LONG)):
            made = article("en", f"a{n}", f"2025-03-1{n}T12:00:00+04:00", headline=f"H{n}", body=f"Text {n}.",
                           section=name, section_slug=f"s{n}", tags=(name,))  # fmt: skip
            archive.save(made, seen_at="2026-03-17T08:00:00Z", run_id=None)
        archive.save(article("en", "new", "2025-03-13T12:00:00+04:00"), seen_at="2025-03-13T08:07:00Z", run_id=None)
        for at, fetched in (("2025-01-01T08:00:00Z", 1_000), ("2026-03-17T08:00:00Z", 234)):
            run = archive.start_run("report", {}, {}, at)
            ended = RunEnd(at=at, finish_reason="finished", exit_code=0, counts={"bytes": fetched})
            archive.end_run(run, ended)
    return Reading(path)


def test_names_of_publishers_stay_text(hostile: Reading) -> None:
    page = hostile.page("/news/-/charts")
    assert 'alert("tag")' not in page
    assert "&lt;/script&gt;&lt;/td&gt;&lt;script&gt;alert(" in section(page, "tags")
    assert "&lt;/script&gt;&lt;/td&gt;&lt;script&gt;alert(" in section(page, "sections")
    # As text it is cut, in the address of the tag it is whole
    assert "Ə" * 61 not in page
    assert BREAKING_OUT in numbers(hostile, "tags")["2025-03-10"]
    assert LONG in numbers(hostile, "tags")["2025-03-10"]


def test_no_name_is_a_formula_to_a_spreadsheet(hostile: Reading) -> None:
    (names, *_) = csv.reader(io.StringIO(hostile.get("/news/-/charts/tags.csv").text))
    assert f"'{FORMULA}" in names
    assert not [name for name in names if name.startswith(("=", "+", "-", "@"))]


def test_articles_of_a_back_fill_are_left_out_of_delays(hostile: Reading) -> None:
    said = words(section(hostile.page("/news/-/charts"), "delays"))
    assert "Of 1 article, half were seen within 7 minutes, nine in ten within 7 minutes." in said
    assert "3 articles seen more than two days after publication (a back-fill), left out." in said
    assert numbers(hostile, "delays")["2025-03-12"] == {"half of them": None, "nine in ten": None}


def test_what_was_fetched_adds_up_from_the_first_crawl_on(hostile: Reading) -> None:
    found = numbers(hostile, "bytes")
    assert found["2026-03-16"] == {"fetched per day": 0, "all together": 1_000}
    assert found["2026-03-17"] == {"fetched per day": 234, "all together": 1_234}


def test_what_is_too_much_for_a_visit_is_said(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts_of_articles, "MOST_TAGGED", 1)
    monkeypatch.setattr(charts_of_articles, "MOST_DELAYS", 4)
    page = reading.page("/news/-/charts")
    for name in ("tags", "delays"):
        assert "choose a shorter time" in section(page, name)
    assert "<figure" in section(page, "articles")


def test_a_chart_that_takes_too_long_leaves_the_others_alone(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(conn: sqlite3.Connection) -> None:
        conn.execute("WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n) SELECT max(n) FROM n").fetchone()

    async def slow(asked: Asked, chart: Chart) -> Chart:
        await asked.shelf.ask(endless)
        return chart

    monkeypatch.setitem(charts.CHARTS, "tags", ("Tags", slow))
    page = Reading(filled, settings={"sql_time_limit_ms": 300}).page("/news/-/charts")
    assert "choose a shorter time" in section(page, "tags")
    assert "<figure" in section(page, "articles")


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 bytes"), (999, "999 bytes"), (1_000, "1.0 kB"), (11_825_815, "11.8 MB"), (5e12, "5.0 TB")],
)
def test_sizes(count: int, said: str) -> None:
    assert size(count) == said


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "0 minutes"), (1, "1 minute"), (60, "1 hour"), (125, "2 hours 5 minutes")]
)
def test_durations(minutes: int, said: str) -> None:
    assert duration(minutes) == said


@pytest.mark.parametrize(
    ("minutes", "share", "within"),
    [
        ([5], 0.5, 5),
        ([1, 2, 3, 4], 0.5, 2),
        ([1, 2, 3, 4, 5], 0.5, 3),
        (list(range(1, 11)), 0.9, 9),
        ([7, 7, 90], 0.9, 90),
    ],
)
def test_shares_are_by_the_nearest_rank(minutes: list[int], share: float, within: int) -> None:
    assert charts_of_articles.share_within(Counter(minutes), share) == within
