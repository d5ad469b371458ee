"""The front page: what is new, day by day, and how it is narrowed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newscrawl.archive import Archive
from newscrawl.sites.report_az import REPORT
from tests.browse.conftest import HEADLINE, Reading, article, words


def headlines(html: str) -> list[str]:
    return [words(each) for each in re.findall(r"<h3>(.*?)</h3>", html, flags=re.S)]


def test_the_root_leads_to_the_news(reading: Reading) -> None:
    response = reading.get("/")
    assert (response.status_code, response.headers["location"]) == (302, "/news/-/news")


def test_articles_stand_under_their_day_at_the_site(reading: Reading) -> None:
    said = words(reading.page("/news/-/news"))
    # 23:30 in Baku is half past seven in the evening of the same day in UTC; 01:30 of the next one in Tokyo
    assert said.index("Tuesday, 17 March 2026") < said.index("Monday, 16 March 2026") < said.index("23:30")
    assert said.index("23:30") < said.index("UPDATED: Budget is approved") < said.index("Sunday, 15 March 2026")


def test_a_story_is_told_once_with_its_other_languages_below(reading: Reading) -> None:
    html = reading.page("/news/-/news")
    assert sum(each in HEADLINE.values() for each in headlines(html)) == 1
    for language, headline in HEADLINE.items():
        assert re.search(rf'<span lang="{language}" dir="auto">{headline}</span>', html)


def test_what_became_of_an_article_is_marked(reading: Reading) -> None:
    said = words(reading.page("/news/-/news"))
    assert "3 versions UPDATED: Budget is approved" in said
    assert "gone from the site Снесён дом" in said


def test_the_time_is_that_of_the_site_and_tells_utc(reading: Reading) -> None:
    assert (
        '<time datetime="2026-03-17T11:00:00+04:00" title="UTC+04:00; 2026-03-17 07:00:00 UTC">11:00</time>'
        in reading.page("/news/-/news")
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("language=ru", ["В Баку открыта станция метро", "Снесён дом"]),
        ("section=infrastructure", ["Metro opens in Baku", "UPDATED: Budget is approved"]),
        ("until=2026-03-16&language=en", ["UPDATED: Budget is approved"]),
        ("site=report&until=2026-03-15", ["Снесён дом"]),
        ("site=nowhere", []),
    ],
)
def test_filters_narrow(reading: Reading, query: str, expected: list[str]) -> None:
    assert headlines(reading.page(f"/news/-/news?{query}")) == expected


@pytest.mark.parametrize(
    "query",
    [
        "until=yesterday",
        "until=2026-02-30",
        "before=x",
        "after=2026-03-17T11:00:00Z,",
        "before=2026-13-45T99:99:99Z,1",
        "language=",
    ],
)
def test_what_cannot_be_asked_is_passed_over(reading: Reading, query: str) -> None:
    assert len(headlines(reading.page(f"/news/-/news?{query}"))) == 3


def test_choices_that_fit_nothing_lead_back(reading: Reading) -> None:
    html = reading.page("/news/-/news?section=chess")
    assert "No article fits these choices." in words(html)
    assert '<a href="/news/-/news">Show all</a>' in html


def test_sections_are_offered_by_language(reading: Reading) -> None:
    html = reading.page("/news/-/news")
    assert '<optgroup label="Russian"><option value="infrastruktura" lang="ru">Инфраструктура</option>' in html
    narrowed = reading.page("/news/-/news?language=en")
    assert "Infrastructure" in narrowed
    assert "Инфраструктура</option>" not in narrowed


def test_pages_follow_each_other_there_and_back_without_a_gap(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "news.db") as archive:
        archive.add_site(REPORT)
        for n in range(150):
            # Three of them share each minute: an article's id tells which comes first
            made = article("en", f"n{n}", f"2026-03-17T1{n // 3 // 10}:{n // 3 % 60:02}:00+04:00", headline=f"Item {n}",
                           body=f"text {n}")  # fmt: skip
            archive.save(made, seen_at="2026-03-17T18:00:00Z", run_id=None)
    reading = Reading(tmp_path / "news.db")
    forth, path = [], "/news/-/news?language=en"
    while path:
        html = reading.page(path)
        forth.append(headlines(html))
        path = _link(html, "next")
    assert [len(each) for each in forth] == [60, 60, 30]
    assert len({headline for each in forth for headline in each}) == 150
    back, path = [forth[2]], _link(html, "prev")
    while path:
        html = reading.page(path)
        back.insert(0, headlines(html))
        path = _link(html, "prev")
    assert back == forth


def _link(html: str, rel: str) -> str:
    found = re.search(rf'<a rel="{rel}" href="([^"]*)"', html)
    return found[1].replace("&amp;", "&") if found else ""


def test_an_empty_archive_says_how_to_fill_it(empty: Path) -> None:
    said = words(Reading(empty).page("/news/-/news"))
    assert "The archive holds no article yet. Fill it: scrapy crawl report" in said
