"""Articles of today against what is usual at this time of the day."""

from __future__ import annotations

import datetime as dt

import pytest

from newscrawl.archive import Archive
from newscrawl.health import doubts, health_of
from newscrawl.health.bands import band
from newscrawl.health.values import Volume
from tests.health.conftest import NOON, NOW, REPORT, crawl, today, weeks


def volume(archive: Archive, language: str = "en", now: str = NOW) -> Volume | None:
    (found,) = (each for each in health_of(archive, REPORT, now).languages if each.language == language)
    return found.volume


def test_as_many_as_usual_are_no_reason(archive: Archive) -> None:
    weeks(archive, range(1, 61))
    today(archive, 20, 20, 20)
    assert doubts(archive, REPORT, NOW) == []
    found = volume(archive)
    assert found is not None
    assert found.usual is not None
    assert (found.stored, found.usual.mean, found.usual.days, found.usual.weekday) == (60, 60, 8, True)


# 60 articles scatter by their root, three times that is 23.24: from 36.76 to 83.24
@pytest.mark.parametrize(("last", "is_fine"), [(17, True), (16, False)])
def test_fewer_than_chance_explains_are_a_reason_in_words(archive: Archive, last: int, is_fine: bool) -> None:
    weeks(archive, range(1, 61))
    today(archive, 20, 0, last)
    line = (
        "en: 36 new articles today until 12:00, 37 to 83 are usual (8 Tuesdays): "
        "see whether https://report.az/en has more, then newscrawl failures"
    )
    assert doubts(archive, REPORT, NOW) == ([] if is_fine else [line])
    assert health_of(archive, REPORT, NOW).state == ("fine" if is_fine else "degraded")


def test_a_tuesday_is_compared_with_tuesdays_at_the_site(archive: Archive) -> None:
    """A crawl at 02:00 in Baku is of the evening before in UTC, and counts for the morning."""
    for week in range(8, 0, -1):
        for day, stored in ((7 * week, 50), (7 * week - 1, 5)):
            crawl(archive, NOON.replace(hour=2) - dt.timedelta(days=day), {"en": {"stored": stored}})
    crawl(archive, NOON.replace(hour=2), {"en": {"stored": 49}})
    found = volume(archive)
    assert found is not None
    assert found.usual is not None
    # The first Tuesday is the one on which the archive began
    assert (found.stored, found.usual.mean, found.usual.days) == (49, 50, 7)


def test_only_what_was_stored_until_this_time_of_the_day_counts(archive: Archive) -> None:
    weeks(archive, range(1, 61))
    crawl(archive, NOON.replace(hour=6), {"en": {"stored": 20}})
    at_seven = "2026-03-17T03:00:00Z"
    assert doubts(archive, REPORT, at_seven) == []
    found = volume(archive, now=at_seven)
    assert found is not None
    assert found.usual is not None
    assert (found.stored, found.usual.mean) == (20, 20)


def test_another_language_may_be_quiet_while_one_is_fine(archive: Archive) -> None:
    weeks(archive, range(1, 61))
    weeks(archive, range(1, 61), language="az", stored=40)
    today(archive, 20, 20, 20)
    today(archive, 0, 0, 0, language="az")
    (line,) = doubts(archive, REPORT, NOW)
    assert line.startswith("az: 0 new articles today until 12:00, ")
    assert "https://report.az/ has more" in line


def test_two_weeks_of_any_day_will_do_for_a_start(archive: Archive) -> None:
    weeks(archive, range(1, 11))
    today(archive, 20, 10, 0)
    (line,) = doubts(archive, REPORT, NOW)
    # The first of the ten days is the one on which the archive began
    assert "37 to 83 are usual (9 days)" in line


def test_without_history_there_is_no_verdict(archive: Archive) -> None:
    weeks(archive, range(1, 4))
    today(archive, 0, 0, 0)
    assert doubts(archive, REPORT, NOW) == []
    assert volume(archive) == Volume(until="2026-03-17T08:00:00Z", stored=0, usual=None)


def test_where_few_articles_are_usual_none_is_no_surprise(archive: Archive) -> None:
    weeks(archive, range(1, 61), stored=3)
    today(archive, 0, 0, 0)
    assert doubts(archive, REPORT, NOW) == []


def test_without_a_crawl_today_there_is_no_verdict(archive: Archive) -> None:
    weeks(archive, range(1, 61))
    assert doubts(archive, REPORT, NOW) == []
    assert volume(archive) is None


@pytest.mark.parametrize("name", ["since", "until", "limit", "urls", "sections"])
def test_crawls_that_were_asked_for_a_part_say_nothing_of_what_is_usual(archive: Archive, name: str) -> None:
    weeks(archive, range(1, 61))
    for day in range(1, 61):
        at = NOON.replace(hour=8) - dt.timedelta(days=day)
        crawl(archive, at, {"en": {"stored": 900}}, arguments={name: "5"})
    today(archive, 20, 10, 0)
    (line,) = doubts(archive, REPORT, NOW)
    assert "37 to 83 are usual" in line


def test_crawls_of_one_language_count_for_it(archive: Archive) -> None:
    for day in range(60, 0, -1):
        for language, stored in (("en", 50), ("ru", 30)):
            at = NOON - dt.timedelta(days=day)
            crawl(archive, at, {language: {"stored": stored}}, arguments={"languages": [language]})
    crawl(archive, NOON, {"ru": {"stored": 30}}, arguments={"languages": ["ru"]})
    crawl(archive, NOON, {"en": {"stored": 3}}, arguments={"languages": ["en"]})
    (line,) = doubts(archive, REPORT, NOW)
    assert line.startswith("en: 3 new articles")


def test_days_without_a_crawl_of_a_language_are_not_its_days(archive: Archive) -> None:
    for day in range(60, 0, -1):
        languages = ["ru", "en"] if day < 25 else ["ru"]
        at = NOON - dt.timedelta(days=day)
        crawl(archive, at, {name: {"stored": 50} for name in languages}, arguments={"languages": languages})
    crawl(archive, NOON, {"en": {"stored": 50}}, arguments={"languages": ["en", "ru"]})
    english, russian = volume(archive), volume(archive, "ru")
    assert english is not None
    assert russian is not None
    assert english.usual == band([50] * 3, weekday=True)
    assert russian.usual == band([50] * 8, weekday=True)


def test_a_day_that_made_up_for_others_is_not_usual() -> None:
    steady = band([60] * 7, weekday=True)
    assert steady is not None
    assert band([60, 60, 5000, 60, 60, 60, 60, 60], weekday=True) == steady
    assert steady.low == pytest.approx(36.76, abs=0.01)


def test_days_that_differ_make_the_band_wide() -> None:
    # Mean 60, standard deviation 20: twice that
    found = band([40, 60, 80], weekday=True)
    assert found is not None
    assert (found.mean, found.deviation, found.low, found.high) == (60, 20, 20, 100)
    # Of many a fifth may be missing: their root is 31.6, three times that is less
    many = band([1000, 1000, 1000], weekday=True)
    assert many is not None
    assert (many.low, many.high) == (800, 1200)


def test_a_run_that_is_about_to_end_counts_with_what_it_says(archive: Archive) -> None:
    weeks(archive, range(1, 61))
    today(archive, 20, 0)
    archive.start_run("report", {}, {}, "2026-03-17T08:00:00Z")
    assert doubts(archive, REPORT, NOW, ending={"en": {"stored": 17}}) == []
    (line,) = doubts(archive, REPORT, NOW, ending={"en": {"stored": 1}})
    assert line.startswith("en: 21 new articles today until 12:00")


def test_a_run_for_a_part_has_no_doubts_of_the_volume(archive: Archive) -> None:
    weeks(archive, range(1, 61))
    today(archive, 20, 0, 0)
    archive.start_run("report", {"limit": 5}, {}, "2026-03-17T08:03:00Z")
    assert doubts(archive, REPORT, NOW, ending={"en": {"stored": 5}}) == []
    assert len(doubts(archive, REPORT, NOW)) == 1
