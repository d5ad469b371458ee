"""When a page is worth another look, to the second. Born at midnight, so that ages are easy to add."""

from __future__ import annotations

import datetime as dt

import pytest

from newscrawl import schedule
from newscrawl.schedule import LOOKS, Looks, next_look, next_missing_look, next_try

BORN = "2025-11-01T00:00:00Z"


def at(**age: float) -> str:
    """The time at that age."""
    moment = dt.datetime(2025, 11, 1, tzinfo=dt.UTC) + dt.timedelta(**age)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.mark.parametrize(
    ("looked", "due"),
    [
        # Fifteen minutes while younger than three hours, and five minutes earlier than that
        (at(), "2025-11-01T00:10:00Z"),
        (at(minutes=40), "2025-11-01T00:50:00Z"),
        (at(hours=2, minutes=59, seconds=59), "2025-11-01T03:09:59Z"),
        # Hourly until a day
        (at(hours=3), "2025-11-01T03:55:00Z"),
        (at(hours=23, minutes=59), "2025-11-02T00:54:00Z"),
        # Every three hours until a week
        (at(days=1), "2025-11-02T02:55:00Z"),
        (at(days=6, hours=23), "2025-11-08T01:55:00Z"),
        # Every three days until a month
        (at(days=7), "2025-11-10T23:55:00Z"),
        (at(days=29, hours=23), "2025-12-03T22:55:00Z"),
        # Then none
        (at(days=30), None),
        (at(days=400), None),
        # Of an article that is dated ahead
        (at(hours=-2), "2025-10-31T22:10:00Z"),
    ],
)
def test_looks_become_rarer_with_age_and_end(looked: str, due: str | None) -> None:
    assert next_look(LOOKS, BORN, looked) == due


def test_runs_every_quarter_of_an_hour_look_in_every_interval() -> None:
    """Some seconds pass between the start of a run and a look: the look after it must not wait for the next run."""
    due, looks = at(), []
    for run in range(24 * 4):
        moment = at(minutes=15 * run, seconds=40)
        if due is not None and due <= moment:
            looks.append(run)
            due = next_look(LOOKS, BORN, moment) or "never"
    assert looks[:13] == list(range(13)), "in each of the first three hours' runs"
    assert looks[13:] == [16 + 4 * n for n in range(20)], "then once an hour"


@pytest.mark.parametrize(
    ("between", "due"),
    [
        (dt.timedelta(minutes=3), "2025-11-01T00:02:00Z"),  # a third of a short interval, not all of it
        (dt.timedelta(minutes=15), "2025-11-01T00:10:00Z"),
        (dt.timedelta(hours=1), "2025-11-01T00:55:00Z"),
    ],
)
def test_the_slack_is_no_more_than_a_third(between: dt.timedelta, due: str) -> None:
    assert next_look(((dt.timedelta(days=1), between),), BORN, at()) == due


def test_a_site_without_a_schedule_looks_once() -> None:
    assert next_look((), BORN, at()) is None


def test_a_site_has_its_own_schedule() -> None:
    weekly: Looks = ((dt.timedelta(days=365), dt.timedelta(days=7)),)
    assert next_look(weekly, BORN, at(days=100)) == at(days=107, minutes=-5)


@pytest.mark.parametrize(
    ("came", "first", "last", "due"),
    [
        # What could not be fetched: at once, then after as long again as it has failed
        (False, at(), at(), at()),
        (False, at(), at(minutes=15), at(minutes=30)),
        (False, at(), at(hours=5), at(hours=10)),
        (False, at(), at(days=6, hours=23), at(days=9, hours=23)),  # but not after more than three days
        # A page that came and gave no article: not before six hours
        (True, at(), at(), at(hours=6)),
        (True, at(), at(hours=6), at(hours=12)),
        (True, at(), at(hours=7), at(hours=14)),
        # Given up after a week
        (False, at(), at(days=7), None),
        (True, at(), at(days=7), None),
        (True, at(), at(days=70), None),
    ],
)
def test_what_failed_is_tried_again_ever_later_for_a_week(came: bool, first: str, last: str, due: str | None) -> None:
    assert next_try(came, first, last, 5) == due


def test_a_week_in_which_nothing_ran_says_nothing() -> None:
    assert next_try(False, at(), at(days=8), 2) == at(days=11)
    assert next_try(True, at(), at(days=30), 4) == at(days=33)


def test_a_clock_that_was_set_back_keeps_no_page_waiting() -> None:
    due = next_try(False, at(days=3), at(), 2)
    assert due is not None
    assert due <= at()


@pytest.mark.parametrize("came", [False, True])
def test_tries_are_few(came: bool) -> None:
    """Of a page that never comes: half a dozen on the first day of runs every quarter of an hour, a dozen in all."""
    tries, due = [], at()
    for run in range(4 * 24 * 40):
        moment = at(minutes=15 * run)
        if due and due <= moment:
            tries.append(run / 4)
            due = next_try(came, at(), moment, len(tries)) or ""
    assert due == "", "given up"
    assert len([hour for hour in tries if hour < 24]) <= 8
    assert len(tries) <= 12
    assert 7 * 24 <= tries[-1] < 14 * 24


@pytest.mark.parametrize(
    ("age", "gone", "due"),
    [
        (at(hours=1), False, at(hours=13)),
        (at(days=60), False, at(days=60, hours=12)),
        (at(hours=1), True, at(days=3, hours=1)),
        (at(days=29), True, at(days=32)),
        (at(days=30), True, None),
    ],
)
def test_what_is_not_there_is_looked_for_again(age: str, gone: bool, due: str | None) -> None:
    assert next_missing_look(LOOKS, BORN, age, gone=gone) == due


def test_three_looks_at_what_is_not_there_are_a_day_apart() -> None:
    first = at(hours=5)
    second = next_missing_look(LOOKS, BORN, first, gone=False)
    assert second
    third = next_missing_look(LOOKS, BORN, second, gone=False)
    assert third == at(hours=29)


def test_later_is_utc_to_the_second() -> None:
    assert schedule.later("2025-11-01T04:00:00+04:00", dt.timedelta(seconds=1.4)) == "2025-11-01T00:00:01Z"
