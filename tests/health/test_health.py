"""All of a site's health: its runs, its newest articles, failures, looks, the disk; and the change of its state."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import attrs
import pytest

from newscrawl.archive import Archive
from newscrawl.archive import health as questions
from newscrawl.health import changed, disk_of, health_of
from newscrawl.health.values import Disk
from newscrawl.times import to_utc
from tests.archive.conftest import made, words
from tests.health.conftest import NOON, NOW, REPORT, crawl, today, weeks

HOUR = dt.timedelta(hours=1)
QUARTER = dt.timedelta(minutes=15)


def reasons(archive: Archive, now: str = NOW) -> tuple[str, ...]:
    return health_of(archive, REPORT, now).reasons


def quarters(archive: Archive, count: int, until: dt.datetime = NOON) -> None:
    """Crawls every quarter of an hour, the last one `until` then."""
    with archive.transaction():
        for number in range(count - 1, -1, -1):
            crawl(archive, until - number * QUARTER)


def articles(archive: Archive, *published: dt.datetime, section: str = "finance", language: str = "en") -> None:
    with archive.transaction():
        for at in published:
            number = archive.conn.execute("SELECT count(*) FROM articles").fetchone()[0]
            article = made(
                url=f"https://report.az/en/{section}/a{number}", language=language, section_slug=section,
                body=words(number), published_at=at.isoformat(),
            )  # fmt: skip
            archive.save(article, seen_at=to_utc(at), run_id=None)


def test_an_archive_without_a_run_is_fine(archive: Archive) -> None:
    found = health_of(archive, REPORT, NOW)
    assert (found.state, found.reasons, found.runs.last) == ("fine", (), None)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("crashed", "see the log"),
        ("start_error", "before the first request"),
        ("blocked", "the site refuses"),
        ("unreachable", "can be reached"),
        ("disk_full", "free some"),
        ("unwritable", "locked"),
        ("incomplete", "newscrawl failures"),
    ],
)
def test_how_the_last_crawl_ended(archive: Archive, reason: str, words: str) -> None:
    crawl(archive, NOON, reason=reason, why="it was so")
    (line,) = reasons(archive)
    assert line.startswith(f"the last crawl (2026-03-17T08:00:00Z) ended as {reason} (it was so): ")
    assert words in line


@pytest.mark.parametrize("reason", ["finished", "shutdown"])
def test_a_crawl_that_ended_as_someone_wanted_is_no_reason(archive: Archive, reason: str) -> None:
    crawl(archive, NOON, reason="crashed")
    crawl(archive, NOON + QUARTER, reason=reason)
    assert reasons(archive, "2026-03-17T08:20:00Z") == ()


def test_crawls_that_do_not_come_any_more(archive: Archive) -> None:
    quarters(archive, 20)
    assert reasons(archive, to_utc(NOON + HOUR)) == (), "one may be late"
    (line,) = reasons(archive, to_utc(NOON + 3 * HOUR))
    assert line == (
        "the last crawl began 3 hours ago, one every 15 minutes is usual; nothing has crawled since: "
        "see whether cron runs, then scrapy crawl report"
    )


def test_a_crawl_that_does_not_end(archive: Archive) -> None:
    quarters(archive, 20)
    archive.start_run("report", {}, {}, to_utc(NOON + QUARTER))
    assert reasons(archive, to_utc(NOON + HOUR)) == ()
    (line,) = reasons(archive, to_utc(NOON + 6 * HOUR))
    assert "the last crawl has not ended, it runs or was killed" in line


def test_now_and_then_is_no_rhythm(archive: Archive) -> None:
    for days in (40, 22, 21):
        crawl(archive, NOON - dt.timedelta(days=days))
    assert reasons(archive) == ()


def test_a_daily_crawl_may_be_a_day_late(archive: Archive) -> None:
    for days in range(12, 2, -1):
        crawl(archive, NOON - dt.timedelta(days=days))
    assert reasons(archive, to_utc(NOON - dt.timedelta(days=1.1))) == ()
    (line,) = reasons(archive)
    assert line.startswith("the last crawl began 3 days ago, one every 24 hours is usual")


def every_hour(*days: int) -> list[dt.datetime]:
    """Half past each hour from 7 to 11 o'clock of so many days before."""
    return [NOON - dt.timedelta(days=day, hours=hours) - HOUR / 2 for day in days for hours in range(5)]


def test_silence_for_as_long_as_many_articles_usually_take(archive: Archive) -> None:
    articles(archive, *every_hour(*range(20, 0, -1)), *every_hour(*range(20, 0, -1)), *every_hour(*range(20, 0, -1)))
    crawl(archive, NOON)
    (line,) = ages(archive)
    # The last one was at half past eleven yesterday; fifteen came in a day
    assert line == (
        "en: nothing was published for 25 hours until the last crawl, 15 articles are usual in that time: "
        "see whether https://report.az/en has newer ones"
    )
    articles(archive, NOON - 4 * HOUR)
    assert len(ages(archive)) == 1, "twelve came since eight o'clock on other days"
    articles(archive, NOON - 3 * HOUR)
    assert ages(archive) == (), "nine came since nine"


def ages(archive: Archive) -> tuple[str, ...]:
    return tuple(each.text for each in health_of(archive, REPORT, NOW).findings if each.kind == "age")


def test_one_day_on_which_the_site_was_down_does_not_change_what_is_usual(archive: Archive) -> None:
    days = [day for day in range(20, 0, -1) if day != 5]
    articles(archive, *every_hour(*days), *every_hour(*days), *every_hour(*days))
    crawl(archive, NOON)
    assert len(ages(archive)) == 1


def test_a_night_is_as_quiet_as_the_nights_before(archive: Archive) -> None:
    articles(archive, *every_hour(*range(20, -1, -1)), *every_hour(*range(20, -1, -1)), *every_hour(*range(20, -1, -1)))
    crawl(archive, NOON + 17 * HOUR)
    later = to_utc(NOON + 17 * HOUR)
    assert not [each for each in health_of(archive, REPORT, later).findings if each.kind == "age"]


def test_where_little_is_usual_silence_is_no_surprise(archive: Archive) -> None:
    articles(archive, *every_hour(*range(20, 0, -1)))
    crawl(archive, NOON)
    assert ages(archive) == ()


def test_a_section_that_fell_silent(archive: Archive) -> None:
    for hours in range(3 * 24, 16 * 24, 3):
        articles(archive, NOON - hours * HOUR)
    articles(archive, *(NOON - hours * HOUR for hours in range(1, 16 * 24, 3)), section="region")
    articles(archive, *(NOON - hours * HOUR for hours in range(60, 16 * 24, 24)), section="rare")
    crawl(archive, NOON)
    (line,) = (each for each in reasons(archive) if "another look" not in each)
    # Eight a day for thirteen days
    assert line == (
        "en: nothing in the section finance for two days, 104 in two weeks are usual: "
        "see whether https://report.az/en still has it"
    )


def test_more_pages_fail_than_usual(archive: Archive) -> None:
    weeks(archive, range(1, 10))
    crawl(archive, NOON.replace(hour=9), {"en": {"stored": 16, "failed": 2}})
    assert not [each for each in reasons(archive) if "gave no article" in each]
    crawl(archive, NOON, {"en": {"stored": 4, "unchanged": 30, "not_modified": 25, "failed": 3}})
    (line,) = (each for each in reasons(archive) if "gave no article" in each)
    # 20 of the evening before, 18 and 12 pages that came whole
    assert line == (
        "en: 5 of 50 pages of the last day gave no article (10%, 0% is usual): newscrawl failures says what to do"
    )


def test_pages_that_always_fail_are_no_news(archive: Archive) -> None:
    for days in range(10, -1, -1):
        crawl(archive, NOON - dt.timedelta(days=days), {"en": {"stored": 20, "failed": 6}})
    assert reasons(archive) == ()
    assert [each.failing.failed for each in health_of(archive, REPORT, NOW).languages] == [0, 0, 6]


def test_open_failures_are_counted_by_kind(archive: Archive) -> None:
    for number, error in enumerate(("MissingField", "UnknownLayout", "MissingField")):
        archive.fail(
            f"https://report.az/en/x/{number}", stage="extract", error=error, detail=None, run_id=None, at=NOW,
            site="report",
        )  # fmt: skip
    archive.resolve("https://report.az/en/x/1", at=NOW, run_id=None)
    archive.fail("https://else.az/x", stage="extract", error="NotHtml", detail=None, run_id=None, at=NOW, site="else")
    assert health_of(archive, REPORT, NOW).failures == (("MissingField", 2),)


def test_looks_that_wait_for_a_day(archive: Archive) -> None:
    articles(archive, *(NOON - dt.timedelta(days=2) - number * dt.timedelta(minutes=1) for number in range(99)))
    assert reasons(archive) == ()
    articles(archive, NOON - dt.timedelta(days=2, hours=5))
    (line,) = reasons(archive)
    # The first of them was published first, and due after a quarter of an hour less five minutes of slack
    assert line == (
        "en: 100 articles have waited over a day for another look, since 2026-03-15T03:10:00Z: crawl more often, or "
        "look at more at a time (NEWSCRAWL_LOOKS)"
    )
    found = health_of(archive, REPORT, NOW).languages[2].looks
    assert (found.due, found.late) == (100, 100)


def disk(archive: Archive, folder: Path, floor: int = 0) -> Disk:
    return disk_of(archive, folder, floor, NOW)


def warc(folder: Path, day: str, size: int, run: int = 1) -> None:
    (folder / "report").mkdir(parents=True, exist_ok=True)
    (folder / "report" / f"{day}T060000Z-{run}.warc.gz").write_bytes(bytes(size))


def test_growth_is_that_of_a_day_in_the_middle(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "warc"
    assert (disk(archive, folder).warc_bytes, disk(archive, folder).bytes_a_day) == (0, None)
    # The first day took in the past, the last one is not over
    for day, size in (("20260312", 900_000), ("20260313", 3000), ("20260314", 2500), ("20260316", 1000)):
        warc(folder, day, size)
    warc(folder, "20260316", 1000, run=2)
    warc(folder, "20260317", 50)
    found = disk(archive, folder)
    assert found.warc_bytes == 907_550
    # Days of 900,000, 3,000, 2,500, 0 and 2,000 bytes; what the database takes grows with them
    assert found.bytes_a_day == round(2500 * (1 + found.database_bytes / 907_550))
    assert found.database_bytes >= (tmp_path / "news.db").stat().st_size
    assert found.days_left == pytest.approx(found.free_bytes / found.bytes_a_day)


def test_room_that_ends_is_a_reason(archive: Archive, tmp_path: Path) -> None:
    found = Disk(
        database_bytes=10**9, warc_bytes=9 * 10**9, free_bytes=1_200_000_000, floor_bytes=200_000_000,
        bytes_a_day=100_000_000, days_left=10.0,
    )  # fmt: skip
    (line,) = health_of(archive, REPORT, NOW, disk=found).reasons
    assert line == (
        "disk: room for 10 days at 100.0 MB a day (1.2 GB free, crawls end at 200.0 MB): free some, or move the archive"
    )
    assert health_of(archive, REPORT, NOW, disk=attrs.evolve(found, days_left=15.0)).reasons == ()
    full = attrs.evolve(found, free_bytes=200_000_000, days_left=0.0)
    assert health_of(archive, REPORT, NOW, disk=full).reasons == (
        "disk: 200.0 MB free, crawls end at 200.0 MB: free some room",
    )
    assert disk(archive, tmp_path / "warc", floor=10**18).free_bytes < 10**18


def test_only_a_change_of_the_state_is_told(archive: Archive) -> None:
    now = ["2026-03-17T08:05:00Z", "2026-03-17T08:20:00Z", "2026-03-17T08:35:00Z", "2026-03-17T08:50:00Z"]
    assert archive.health_state("report") is None
    assert changed(archive, REPORT, health_of(archive, REPORT, now[0]), now[0]) is None, "it is fine, and was"
    weeks(archive, range(1, 61))
    today(archive, 20, 0, 0)
    bad = health_of(archive, REPORT, now[1])
    before = changed(archive, REPORT, bad, now[1])
    assert before is not None
    assert (before.state, before.since_at) == ("fine", now[0])
    assert changed(archive, REPORT, bad, now[2]) is None
    state = archive.health_state("report")
    assert state is not None
    assert (state.state, state.reasons, state.since_at) == ("degraded", bad.reasons, now[1])
    well = attrs.evolve(bad, findings=())
    before = changed(archive, REPORT, well, now[3])
    assert before is not None
    assert before.reasons == bad.reasons


def test_the_first_state_is_told_where_it_is_a_bad_one(archive: Archive) -> None:
    crawl(archive, NOON, reason="crashed")
    before = changed(archive, REPORT, health_of(archive, REPORT, NOW), NOW)
    assert before is not None
    assert before.state == "fine"


@pytest.mark.parametrize("name", ["LAST", "BETWEEN", "FIRST", "NEWEST", "COUNT", "SECTIONS", "FAILURES", "LATE"])
def test_every_question_is_asked_of_an_index(archive: Archive, name: str) -> None:
    """At the end of every crawl, of an archive of any size: no table is read from end to end, and none is sorted."""
    sql = getattr(questions, name)
    values = dict.fromkeys(("site", "since", "until", "language", "after", "silence"), "x")
    plan = archive.conn.execute(f"EXPLAIN QUERY PLAN {sql}", ("x",) * sql.count("?") or values).fetchall()
    steps = [detail for *_, detail in plan]
    assert not [step for step in steps if step.startswith("SCAN") and "failures_open" not in step], steps
    by_time = {
        "LAST": "runs_started_at (spider=?)", "BETWEEN": "runs_started_at (spider=? AND started_at>? AND started_at<?)",
        "FIRST": "(spider=?)", "LATE": "url_rows_due (site=? AND next_fetch_at<?)",
        "NEWEST": "articles_language (language=? AND published_at>? AND published_at<?)",
        "COUNT": "articles_language (language=? AND published_at>? AND published_at<?)",
        "SECTIONS": "articles_language (language=? AND published_at>? AND published_at<?)", "FAILURES": "failures_open",
    }  # fmt: skip
    assert by_time[name] in " ".join(steps), steps
