"""`newscrawl coverage`: of what a site listed, what is there. Days are those of Baku, four hours ahead of UTC."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest
import time_machine
from click.testing import CliRunner, Result

from newscrawl.archive import BEGINNING, Archive
from newscrawl.archive import coverage as questions
from newscrawl.cli import main
from newscrawl.items import Link
from newscrawl.sites import SITES
from tests.archive.conftest import made, words
from tests.test_look import on_a_terminal

NOW = "2026-03-17T08:00:00Z"
SEEN = "2026-03-17T07:00:00Z"
COUNTS = ("listed", "stored", "failed", "gone", "not_seen")


@pytest.fixture
def archive(tmp_path: Path) -> Any:
    with Archive.open(tmp_path / "news.db") as opened:
        opened.add_site(SITES["report"])
        yield opened


def add(archive: Archive, name: str, day: str, section: str = "finance", language: str = "en", **values: Any) -> str:
    url = f"https://report.az/en/{section}/{name}" if language == "en" else f"https://report.az/{section}/{name}"
    article = made(
        url=url, language=language, section_slug=section, published_at=f"{day}T00:30:00+04:00",
        body=words(ord(name[0])), **values,
    )  # fmt: skip
    archive.save(article, seen_at=SEEN, run_id=None)
    return url


def meet(archive: Archive, *urls: str, published_at: str | None = None) -> None:
    links = [Link(url=url, language="en", section="Printed name", published_at=published_at) for url in urls]
    with archive.transaction():
        archive.frontier.meet(links, site="report", now=SEEN, reason="named by a listing")


def fail(archive: Archive, url: str) -> None:
    archive.fail(url, stage="extract", error="MissingField", detail=None, run_id=None, at=SEEN, site="report")


def run(archive: Archive, *arguments: str) -> Result:
    moment = dt.datetime.fromisoformat(NOW)
    with contextlib.chdir(archive.path.parent), time_machine.travel(moment, tick=False):
        return CliRunner().invoke(main, ["coverage", *arguments, "--db", archive.path.name])


def asked(archive: Archive, *arguments: str) -> dict[str, Any]:
    done = run(archive, "--json", *arguments)
    assert done.exit_code == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    for numbers in (*found["rows"], found["total"]):
        assert numbers["listed"] == sum(numbers[name] for name in COUNTS[1:])
    assert all(found["total"][name] == sum(row[name] for row in found["rows"]) for name in COUNTS)
    return found


def rows(archive: Archive, *by: str) -> dict[tuple[Any, ...], tuple[int, ...]]:
    """Group to listed, stored, failed, gone, not seen."""
    found = asked(archive, *(argument for name in by for argument in ("--by", name)))
    return {tuple(row[name] for name in by): tuple(row[name] for name in COUNTS) for row in found["rows"]}


@pytest.fixture
def some(archive: Archive) -> Archive:
    """Two days in two languages, with one of each."""
    add(archive, "a", "2026-03-16")
    add(archive, "b", "2026-03-16", "region", "az")
    gone = add(archive, "c", "2026-03-16")
    for at in ("2026-03-17T08:00:00Z", "2026-03-17T20:00:00Z", "2026-03-18T09:00:00Z"):
        archive.missed(gone, at=at, status=404)
    add(archive, "d", "2026-03-17")
    waits, fails = "https://report.az/en/finance/e", "https://report.az/en/finance/f"
    meet(archive, waits, fails, published_at="2026-03-16T21:00:00Z")
    fail(archive, fails)
    meet(archive, "https://report.az/en/region/g")
    fail(archive, "https://report.az/en/region/h")
    return archive


def test_every_address_is_counted_once_on_its_day(some: Archive) -> None:
    assert rows(some, "day") == {
        ("2026-03-17",): (3, 1, 1, 0, 1),
        ("2026-03-16",): (3, 2, 0, 1, 0),
        # One waits, one failed; no link said when they were published
        (None,): (2, 0, 1, 0, 1),
    }
    assert list(rows(some, "day")) == [("2026-03-17",), ("2026-03-16",), (None,)], "the latest first"


def test_by_language_and_section(some: Archive) -> None:
    assert rows(some, "language", "section") == {
        ("az", "region"): (1, 1, 0, 0, 0),
        ("en", "finance"): (5, 2, 1, 1, 1),
        ("en", "region"): (2, 0, 1, 0, 1),
    }
    assert rows(some, "language") == {("az",): (1, 1, 0, 0, 0), ("en",): (7, 2, 2, 1, 2)}
    assert rows(some, "month") == {("2026-03",): (6, 3, 1, 1, 1), (None,): (2, 0, 1, 0, 1)}


def test_other_addresses_of_an_article_are_it(archive: Archive) -> None:
    alias = "https://report.az/en/finance/old-name"
    meet(archive, alias, "https://report.az/en/finance/a", published_at="2026-03-16T21:00:00Z")
    fail(archive, alias)
    add(archive, "a", "2026-03-17")
    with archive.transaction():
        archive.conn.execute("INSERT INTO url_aliases VALUES (?, 1, 'redirect')", (alias,))
    fail(archive, "https://report.az/en/finance/a")
    assert rows(archive, "day") == {("2026-03-17",): (1, 1, 0, 0, 0)}


def test_places_and_listings_are_no_articles(archive: Archive) -> None:
    listing = "https://report.az/en/news-feed"
    with archive.transaction():
        archive.frontier.place(
            listing, site="report", kind="listing", language="en", section="", now=SEEN, reason="a place"
        )
    archive.fail(listing, stage="listing", error="ListingError", detail=None, run_id=None, at=SEEN, site="report")
    archive.fail(
        "https://report.az/en/rss", stage="listing", error="Http500", detail=None, run_id=None, at=SEEN, site="report"
    )
    assert asked(archive)["rows"] == []
    assert "No address of an article is known of that time" in run(archive).stdout


def test_days_are_bounded(some: Archive) -> None:
    add(some, "old", "2026-03-01")
    assert asked(some)["since"] == "2026-03-04", "two weeks"
    assert {row["day"] for row in asked(some)["rows"]} == {"2026-03-17", "2026-03-16", None}
    only = asked(some, "--since", "2026-03-01", "--until", "2026-03-16")
    assert {row["day"] for row in only["rows"]} == {"2026-03-16", "2026-03-01"}
    assert asked(some, "--by", "month")["since"] == "2025-03-18", "a year"
    done = run(some, "--since", "2026-03-02", "--until", "2026-03-01")
    assert done.exit_code == 2
    assert "--since=2026-03-02 is after --until=2026-03-01" in done.stderr
    assert run(some, "--since", "yesterday").exit_code == 2


def test_of_one_site(some: Archive) -> None:
    some.save(
        made(site="else", url="https://else.az/a", language="az", published_at="2026-03-17T00:30:00+04:00"),
        seen_at=SEEN, run_id=None,
    )  # fmt: skip
    assert asked(some, "--site", "report")["total"]["listed"] == 8
    assert asked(some)["total"]["listed"] == 9
    assert "else" in run(some).stdout
    assert run(some, "--site", "no").exit_code == 2


def walked(archive: Archive, *by: str) -> dict[tuple[Any, ...], str | None]:
    found = asked(archive, *(argument for name in by for argument in ("--by", name)))
    return {tuple(row[name] for name in by): row["walked"] for row in found["rows"]}


def walk(archive: Archive, oldest: str, newest: str, section: str = "", language: str = "en") -> None:
    with archive.transaction():
        archive.walks.walk("report", language, section, (oldest, newest), SEEN)


@pytest.mark.parametrize(
    ("oldest", "newest", "is_whole"),
    [
        # The 16th of March in Baku is 20:00 UTC of the 15th to 19:59:59 of the 16th; the oldest second is left out
        ("2026-03-15T19:59:59Z", "2026-03-16T19:59:59Z", "whole"),
        ("2026-03-15T20:00:00Z", "2026-03-16T19:59:59Z", "part"),
        ("2026-03-15T19:59:59Z", "2026-03-16T19:59:58Z", "part"),
        (BEGINNING, "2026-03-15T19:59:59Z", "no"),
        ("2026-03-16T19:59:59Z", "2026-03-17T07:00:00Z", "no"),
    ],
)
def test_a_day_was_walked_through_to_the_second(archive: Archive, oldest: str, newest: str, is_whole: str) -> None:
    add(archive, "a", "2026-03-16")
    walk(archive, oldest, newest)
    assert walked(archive, "day", "language") == {("2026-03-16", "en"): is_whole}


def test_walks_that_meet_are_one(archive: Archive) -> None:
    add(archive, "a", "2026-03-16")
    walk(archive, "2026-03-16T08:00:00Z", "2026-03-17T07:00:00Z")
    walk(archive, BEGINNING, "2026-03-16T08:00:00Z", section="finance")
    assert walked(archive, "day", "section") == {("2026-03-16", "finance"): "whole"}
    assert walked(archive, "day") == {("2026-03-16",): "part"}, "the other sections were not walked that far"


def test_of_several_languages_all_must_have_been_walked(some: Archive) -> None:
    walk(some, BEGINNING, "2026-03-17T07:00:00Z")
    walk(some, "2026-03-16T08:00:00Z", "2026-03-17T07:00:00Z", language="az")
    assert walked(some, "day", "language") == {
        ("2026-03-17", "en"): "whole", ("2026-03-16", "az"): "part", ("2026-03-16", "en"): "whole", (None, "en"): None,
    }  # fmt: skip
    assert walked(some, "day") == {("2026-03-17",): "whole", ("2026-03-16",): "part", (None,): None}
    assert walked(some, "month") == {("2026-03",): "part", (None,): None}


def test_what_a_person_reads(some: Archive) -> None:
    walk(some, BEGINNING, "2026-03-17T07:00:00Z")
    found = run(some).stdout.splitlines()
    assert (
        found
        == """\
2026-03-04 to 2026-03-17, days of the site
day         language  listed  stored  failed  gone  not seen  listings
2026-03-17  en             3       1       1     0         1  until 11:00
2026-03-16  az             1       1       0     0         0  not walked
2026-03-16  en             2       1       0     1         0
not known   en             2       0       1     0         1
total                      8       3       2     1         2

in part, not walked: listings were not read through for that time; there may be more
until: so far the listings were read, all of them; what is newer comes with the next crawl
not seen: listed, and neither stored nor failed: the next crawls ask for it
failed: newscrawl failures says what to do""".splitlines()
    )


def test_what_is_not_over_is_judged_up_to_the_last_walk(archive: Archive) -> None:
    """Noon in Baku is 08:00 UTC."""
    add(archive, "a", "2026-03-17")
    add(archive, "b", "2026-03-16", "region", "az")
    walk(archive, BEGINNING, "2026-03-17T07:16:00Z")
    walk(archive, "2026-03-15T19:59:59Z", "2026-03-17T05:00:00Z", language="az")
    (today, yesterday) = asked(archive, "--by", "day")["rows"]
    assert (today["walked"], today["walked_until"]) == ("whole", "2026-03-17T05:00:00Z"), "the earlier of both"
    assert (yesterday["walked"], yesterday["walked_until"]) == ("whole", None)
    by_month = asked(archive, "--by", "month", "--by", "language")["rows"]
    found = {row["language"]: (row["walked"], row["walked_until"]) for row in by_month}
    assert found == {"en": ("whole", "2026-03-17T07:16:00Z"), "az": ("part", None)}, "az began on the 16th"


def test_numbers_and_days_are_never_cut(archive: Archive) -> None:
    section = "a-section-with-a-very-long-name-that-no-terminal-has-room-for"
    add(archive, "a", "2026-03-17", section)
    row = next(line for line in run(archive, "--by", "day", "--by", "section").stdout.splitlines() if section in line)
    assert row.split() == ["2026-03-17", section, "1", "1", "0", "0", "0", "not", "walked"]
    by = [word for name in ("day", "section", "language") for word in ("--by", name)]
    since = ("--since", "2026-03-17", "--until", "2026-03-17")
    shown = re.sub(r"\x1b\[[0-9;]*m", "", on_a_terminal(archive.path, "coverage", *by, *since, COLUMNS="80"))
    (line,) = [line for line in shown.splitlines() if line.startswith("2026-03-17  ")]
    assert len(line) <= 80
    assert line.split()[2:] == ["en", "1", "1", "0", "0", "0", "not", "walked"]
    assert line.split()[1] == section[: len(line.split()[1]) - 1] + "…"


def test_languages_come_as_the_site_names_them(archive: Archive) -> None:
    for name, language in (("a", "en"), ("b", "az")):
        add(archive, name, "2026-03-17", language=language)
    archive.save(
        made(url="https://report.az/ru/x/c", language="ru", published_at="2026-03-17T00:30:00+04:00", body=words(9)),
        seen_at=SEEN, run_id=None,
    )  # fmt: skip
    assert [row["language"] for row in asked(archive, "--by", "language")["rows"]] == ["az", "ru", "en"]


def test_the_days_of_a_month_are_asked_of_an_index(archive: Archive) -> None:
    values = {"site": "report", "since": "2026-03-01", "until": "2026-03-31"}
    (first, *_) = archive.conn.execute(f"EXPLAIN QUERY PLAN {questions.ARTICLES}", values).fetchall()
    assert first[-1] == ("SEARCH articles USING INDEX articles_published_day (published_day>? AND published_day<?)")
    steps = [step for *_, step in archive.conn.execute(f"EXPLAIN QUERY PLAN {questions.OTHERS}", values)]
    # What waits or failed is few; whether it is an article is asked one by one
    scanned = [step.split()[1] for step in steps if step.startswith("SCAN")]
    assert set(scanned) <= {"u", "f"}, steps
