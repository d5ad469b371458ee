"""Spans of charts: which days, in which steps, and when these begin where clocks change."""

from __future__ import annotations

import datetime as dt

import pytest

from newscrawl.browse.spans import local_date, span

LONG_AGO = dt.date(2019, 5, 15)
TUESDAY = dt.date(2026, 3, 17)


def test_thirty_days_end_with_the_last_one() -> None:
    found = span("30", LONG_AGO, TUESDAY)
    assert found.step == "day"
    assert (found.firsts[0], found.firsts[-1], len(found.firsts)) == (dt.date(2026, 2, 16), TUESDAY, 30)
    assert found.days == 30
    assert found.days_within == ("2026-02-16", "2026-03-18")


def test_a_year_is_shown_by_weeks_that_begin_on_monday() -> None:
    found = span("365", LONG_AGO, TUESDAY)
    assert found.step == "week"
    assert {each.isoweekday() for each in found.firsts} == {1}
    # 18 March 2025 was a Tuesday
    assert (found.firsts[0], found.firsts[-1]) == (dt.date(2025, 3, 17), dt.date(2026, 3, 16))
    assert found.label(0) == "week of 17 March 2025"
    assert found.when(0) == "in the week of 17 March 2025"


def test_all_of_many_years_is_shown_by_months() -> None:
    found = span("all", LONG_AGO, TUESDAY)
    assert found.step == "month"
    assert (found.firsts[0], found.firsts[1], found.firsts[-1]) == (
        dt.date(2019, 5, 1), dt.date(2019, 6, 1), dt.date(2026, 3, 1),
    )  # fmt: skip
    assert len(found.firsts) == 8 + 6 * 12 + 3
    assert found.when(82) == "in March 2026"


def test_nothing_is_shown_before_the_first_day() -> None:
    assert span("30", dt.date(2026, 3, 15), TUESDAY).firsts == tuple(dt.date(2026, 3, day) for day in (15, 16, 17))
    assert span("all", TUESDAY, TUESDAY).firsts == (TUESDAY,)


def test_days_are_those_of_the_site() -> None:
    found = span("30", dt.date(2026, 3, 16), TUESDAY)
    assert found.bounds("Asia/Baku") == (
        ("2026-03-15T20:00:00Z", "2026-03-16T20:00:00Z"), ("2026-03-16T20:00:00Z", "2026-03-17T20:00:00Z"),
    )  # fmt: skip
    assert found.bounds(None)[0] == ("2026-03-16T00:00:00Z", "2026-03-17T00:00:00Z")


def test_the_day_on_which_clocks_change_has_23_hours() -> None:
    found = span("30", dt.date(2026, 3, 29), dt.date(2026, 3, 29))
    assert found.bounds("Europe/Berlin") == (("2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"),)


@pytest.mark.parametrize(
    ("day", "place"), [("2025-03-17", 0), ("2025-03-23", 0), ("2025-03-24", 1), ("2026-03-17", 52)]
)
def test_a_day_lies_in_a_step(day: str, place: int) -> None:
    assert span("365", LONG_AGO, TUESDAY).place(day) == place


def test_the_day_of_a_time() -> None:
    assert local_date("2026-03-16T20:00:00Z", "Asia/Baku") == TUESDAY
    assert local_date("2026-03-16T20:00:00Z", None) == dt.date(2026, 3, 16)
