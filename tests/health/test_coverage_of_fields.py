"""How many articles have a field, against the two weeks before."""

from __future__ import annotations

import datetime as dt
from typing import Any

from newscrawl.archive import Archive
from newscrawl.health import doubts, health_of
from tests.health.conftest import NOON, NOW, REPORT, crawl


def counted(covered: int, **shares: float) -> dict[str, Any]:
    return {"stored": covered, "covered": covered, "coverage": shares}


def former(archive: Archive, days: int = 12, language: str = "en", **shares: float) -> None:
    for day in range(days, 0, -1):
        crawl(archive, NOON - dt.timedelta(days=day), {language: counted(20, **shares)})


def test_a_field_that_is_filled_as_ever_is_no_reason(archive: Archive) -> None:
    former(archive, summary=0.95, tags=0.6)
    crawl(archive, NOON, {"en": counted(60, summary=0.9, tags=0.55)})
    assert doubts(archive, REPORT, NOW) == []


def test_a_field_that_is_gone_is_a_reason_in_words(archive: Archive) -> None:
    former(archive, summary=0.95, tags=0.6)
    crawl(archive, NOON, {"en": counted(60, summary=0.1, tags=0.55)})
    (line,) = doubts(archive, REPORT, NOW)
    assert line == (
        "en: summary is in 10% of the last 60 articles, 95% is usual (14 days): see whether the site's pages changed; "
        "docs/add-a-site.md says what to do then"
    )


def test_the_last_runs_count_together_until_they_are_enough(archive: Archive) -> None:
    """Of one page without a summary nobody should be woken."""
    former(archive, summary=1.0)
    crawl(archive, NOON.replace(hour=9), {"en": counted(1, summary=0.0)})
    assert doubts(archive, REPORT, NOW) == []
    (found,) = health_of(archive, REPORT, NOW).coverage
    # The last one and three days of twenty make fifty and more: 60 of 61
    assert (found.articles, found.share) == (61, 0.9836)
    for hour in (10, 10.5, 11, 11.5, 12):
        crawl(archive, NOON - dt.timedelta(hours=12 - hour), {"en": counted(10, summary=0.0)})
    (line,) = doubts(archive, REPORT, NOW)
    assert "summary is in 0% of the last 50 articles" in line


def test_one_language_may_lose_what_the_others_have(archive: Archive) -> None:
    former(archive, language="az", summary=0.9)
    former(archive, language="en", summary=0.9)
    crawl(archive, NOON, {"az": counted(200, summary=0.9), "en": counted(50, summary=0.0)})
    (line,) = doubts(archive, REPORT, NOW)
    assert line.startswith("en: summary is in 0% of the last 50 articles, 90% is usual")


def test_runs_of_before_languages_were_counted_apart_count_together(archive: Archive) -> None:
    for day in range(12, 0, -1):
        crawl(archive, NOON - dt.timedelta(days=day), coverage={"tags": 0.8}, stored=15, unchanged=45, not_modified=40)
    crawl(archive, NOON, coverage={"tags": 0.0}, stored=60)
    (line,) = doubts(archive, REPORT, NOW)
    assert line == (
        "tags is in 0% of the last 60 articles, 80% is usual (14 days): see whether the site's pages changed; "
        "docs/add-a-site.md says what to do then"
    )
    (found,) = health_of(archive, REPORT, NOW).coverage
    # 15 + 45 - 40 articles were read in each of twelve runs
    assert found.usual_articles == 240


def test_chance_and_little_history_are_no_reason(archive: Archive) -> None:
    # Of 50 articles with 30% fifteen are expected, and four standard errors are 26%: less than three of them
    former(archive, authors=0.3)
    crawl(archive, NOON, {"en": counted(50, authors=0.06)})
    assert doubts(archive, REPORT, NOW) == []


def test_with_little_history_there_is_no_verdict(archive: Archive) -> None:
    former(archive, days=4, summary=1.0)
    crawl(archive, NOON, {"en": counted(60, summary=0.0)})
    assert doubts(archive, REPORT, NOW) == []


def test_what_a_back_fill_reads_says_nothing_of_today(archive: Archive) -> None:
    former(archive, summary=1.0)
    crawl(archive, NOON, {"en": counted(500, summary=0.0)}, arguments={"since": "2021-01-01", "until": "2021-02-01"})
    assert doubts(archive, REPORT, NOW) == []


def test_a_run_that_is_about_to_end_counts_with_what_it_says(archive: Archive) -> None:
    former(archive, summary=1.0)
    archive.start_run("report", {}, {}, "2026-03-17T08:00:00Z")
    (line,) = doubts(archive, REPORT, NOW, ending={"en": counted(50, summary=0.0)})
    assert line.startswith("en: summary is in 0% of the last 50 articles")
