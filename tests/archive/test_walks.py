"""How far listings were walked, and what of the wanted spans is left: against sets of seconds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newscrawl.archive import ALL_NEWS, BEGINNING, Archive, Span

DAY = dt.datetime(2025, 11, 11, tzinfo=dt.UTC)
LENGTH = 40
"""Seconds in the model."""
NOW = "2025-12-01T00:00:00Z"
SOON = "2025-12-01T00:15:00Z"


def at(second: int) -> str:
    """A second of the model; the one before the first is the beginning of all time."""
    if second < 0:
        return BEGINNING
    return (DAY + dt.timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%SZ")


def span(since: int | None, until: int | None) -> Span:
    return Span(BEGINNING if since is None else at(since), None if until is None else at(until))


def want(archive: Archive, since: int | None, until: int | None, *, when: str = NOW, language: str = "en") -> None:
    with archive.transaction():
        archive.walks.want("report", language, span(since, until), when)


def walk(archive: Archive, oldest: int, newest: int, section: str = ALL_NEWS, *, when: str = NOW) -> None:
    with archive.transaction():
        archive.walks.walk("report", "en", section, (at(oldest), at(newest)), when)


def left(archive: Archive, below: int, *spans: Span, section: str = ALL_NEWS) -> str | None:
    asked = spans or archive.walks.wanted("report", "en")
    return archive.walks.left("report", "en", section, at(below), asked)


def wanted(archive: Archive) -> list[tuple[str, str | None]]:
    return [(each.since, each.until) for each in archive.walks.wanted("report", "en")]


def walked(archive: Archive, section: str = ALL_NEWS) -> list[tuple[str, str]]:
    sql = "SELECT oldest, newest FROM walked WHERE site = 'report' AND language = 'en' AND section = ? ORDER BY oldest"
    return archive.conn.execute(sql, (section,)).fetchall()


def done(archive: Archive) -> list[tuple[str, str | None, str | None]]:
    return archive.conn.execute("SELECT since, until, done_at FROM wanted ORDER BY rowid").fetchall()


def test_a_span_is_half_open() -> None:
    assert [n for n in range(10) if at(n) in span(3, 6)] == [3, 4, 5]
    assert [n for n in range(10) if at(n) in span(3, None)] == [3, 4, 5, 6, 7, 8, 9]
    assert at(0) in Span()
    assert span(3, 6).last == at(5)
    assert Span().last is None


@pytest.mark.parametrize(
    ("since", "until", "walked", "clipped"),
    [
        (None, None, (2, 8), (2, 8)),
        (None, None, (-1, 8), (-1, 8)),
        (5, None, (2, 8), (4, 8)),  # the second 5 is in the span
        (5, 7, (2, 8), (4, 6)),  # the second 7 is not
        (1, 9, (2, 8), (2, 8)),
        (3, 9, (2, 8), (2, 8)),
        (5, 7, (-1, 9), (4, 6)),
    ],
)
def test_of_a_walk_counts_what_lies_in_the_span(
    since: int | None, until: int | None, walked: tuple[int, int], clipped: tuple[int, int]
) -> None:
    assert span(since, until).clip(at(walked[0]), at(walked[1])) == (at(clipped[0]), at(clipped[1]))


def test_nothing_walked_and_nothing_wanted(archive: Archive) -> None:
    assert wanted(archive) == []
    assert archive.walks.newest("report", "en", ALL_NEWS) is None
    assert not archive.walks.is_complete("report", "en")
    assert left(archive, 9, Span()) == at(9), "all of it"
    assert left(archive, 9) is None, "nothing is wanted"


def test_the_second_at_which_a_walk_ended_is_left(archive: Archive) -> None:
    walk(archive, 4, 9)
    assert left(archive, 9, Span()) == at(4)
    assert left(archive, 10, Span()) == at(10)
    assert left(archive, 9, span(4, None)) == at(4)
    assert left(archive, 9, span(5, None)) is None
    assert left(archive, 9, span(4, 5)) == at(4)
    assert left(archive, 9, span(3, 4)) == at(3)
    assert archive.walks.newest("report", "en", ALL_NEWS) == at(9)


def test_islands_are_merged_where_they_touch(archive: Archive) -> None:
    walk(archive, 10, 15)
    walk(archive, 1, 4)
    assert walked(archive) == [(at(1), at(4)), (at(10), at(15))]
    assert left(archive, 15, Span()) == at(10)
    assert left(archive, 4, Span()) == at(1)
    walk(archive, 5, 10)
    assert walked(archive) == [(at(1), at(4)), (at(5), at(15))], "the second 5 is left"
    walk(archive, 4, 5)
    assert walked(archive) == [(at(1), at(15))]
    walk(archive, 3, 8)
    assert walked(archive) == [(at(1), at(15))], "walked before"


@pytest.mark.parametrize(("oldest", "newest"), [(5, 5), (6, 5)])
def test_a_walk_of_no_second_is_none(archive: Archive, oldest: int, newest: int) -> None:
    walk(archive, oldest, newest)
    assert walked(archive) == []


def test_below_the_end_of_a_listing_nothing_is_left(archive: Archive) -> None:
    want(archive, None, None)
    walk(archive, -1, 9)
    assert left(archive, 9) is None
    assert archive.walks.is_complete("report", "en")
    assert left(archive, 20) == at(20), "what came since"


def test_an_archive_is_complete_back_to_where_it_begins(archive: Archive) -> None:
    want(archive, 3, None)
    walk(archive, 3, 9)
    assert not archive.walks.is_complete("report", "en"), "the second 3 is wanted"
    walk(archive, 2, 3)
    assert archive.walks.is_complete("report", "en")
    want(archive, 1, None)
    assert not archive.walks.is_complete("report", "en"), "now it is to begin earlier"


def test_an_archive_that_was_only_filled_back_is_not_complete(archive: Archive) -> None:
    """It saw some days of a month: what there is else it does not know."""
    want(archive, 3, 6)
    walk(archive, 2, 5)
    assert done(archive) == [(at(3), at(6), NOW)]
    assert not archive.walks.is_complete("report", "en")


def test_the_archive_begins_at_the_earliest_day_that_anybody_asked_for(archive: Archive) -> None:
    want(archive, None, None)
    assert wanted(archive) == [(BEGINNING, None)]
    want(archive, 9, None)
    assert wanted(archive) == [(at(9), None)], "a day counts more than the whole past"
    want(archive, 5, None)
    want(archive, 7, None)
    want(archive, None, None)
    assert wanted(archive) == [(at(5), None)]


def test_what_has_no_end_comes_first_then_the_latest_back_fill(archive: Archive) -> None:
    for bounds in ((1, 3), (5, 9), (10, None), (4, 8)):
        want(archive, *bounds)
    want(archive, 2, 4, language="ru")
    assert wanted(archive) == [(at(10), None), (at(5), at(9)), (at(4), at(8)), (at(1), at(3))]
    assert left(archive, 20) == at(20)
    assert left(archive, 9) == at(8), "the last second of the latest back-fill"
    assert left(archive, 6) == at(6)
    assert left(archive, 3) == at(2)
    assert left(archive, 0) is None


def test_a_back_fill_is_done_once_all_of_it_was_walked(archive: Archive) -> None:
    want(archive, 3, 8)
    walk(archive, 5, 20, when=NOW)
    assert done(archive) == [(at(3), at(8), None)]
    assert left(archive, 20) == at(5)
    walk(archive, 2, 5, when=SOON)
    assert done(archive) == [(at(3), at(8), SOON)]
    assert wanted(archive) == []
    assert left(archive, 20) is None


def test_a_back_fill_that_is_asked_for_twice_goes_on(archive: Archive) -> None:
    want(archive, 3, 8)
    walk(archive, 5, 7)
    want(archive, 3, 8, when=SOON)
    assert done(archive) == [(at(3), at(8), None)]
    assert left(archive, 7) == at(5)


def test_a_back_fill_that_was_done_and_is_asked_for_again_is_walked_again(archive: Archive) -> None:
    want(archive, None, None)
    want(archive, 3, 8)
    walk(archive, -1, 20)
    walk(archive, 24, 30)
    want(archive, 3, 8, when=SOON)
    assert done(archive) == [(BEGINNING, None, None), (at(3), at(8), None)]
    assert walked(archive) == [(BEGINNING, at(2)), (at(7), at(20)), (at(24), at(30))]
    assert left(archive, 20) == at(7)
    walk(archive, 2, 7, when=SOON)
    assert done(archive)[1] == (at(3), at(8), SOON)
    assert walked(archive) == [(BEGINNING, at(20)), (at(24), at(30))]


def test_a_back_fill_from_the_beginning_is_walked_again(archive: Archive) -> None:
    want(archive, None, 8)
    walk(archive, -1, 20)
    assert done(archive) == [(BEGINNING, at(8), NOW)]
    want(archive, None, 8)
    assert walked(archive) == [(at(7), at(20))]
    assert left(archive, 20) == at(7)


def test_other_sites_and_languages_have_walks_of_their_own(archive: Archive) -> None:
    want(archive, 3, 8)
    with archive.transaction():
        for site, language in (("report", "ru"), ("oxu", "en")):
            archive.walks.walk(site, language, ALL_NEWS, (at(0), at(20)), NOW)
    assert walked(archive) == []
    assert done(archive) == [(at(3), at(8), None)]
    assert archive.walks.newest("report", "en", ALL_NEWS) is None
    assert archive.walks.wanted("report", "ru") == []


def test_a_listing_of_all_news_counts_for_every_section(archive: Archive) -> None:
    walk(archive, 10, 20)
    walk(archive, 5, 10, "energy")
    assert left(archive, 20, Span(), section="energy") == at(5)
    assert left(archive, 20, Span(), section="finance") == at(10)
    assert left(archive, 20, Span()) == at(10), "a section does not count for all news"
    assert archive.walks.newest("report", "en", "finance") == at(20)
    walk(archive, 20, 30, "energy")
    assert archive.walks.newest("report", "en", "energy") == at(30)
    assert archive.walks.newest("report", "en", ALL_NEWS) == at(20)
    assert walked(archive, "energy") == [(at(5), at(10)), (at(20), at(30))]


def test_a_section_does_not_end_a_back_fill(archive: Archive) -> None:
    want(archive, 3, 8)
    walk(archive, 0, 20, "energy")
    assert done(archive) == [(at(3), at(8), None)]


seconds = st.integers(0, LENGTH - 1)
bounds = st.tuples(st.none() | seconds, st.none() | st.integers(1, LENGTH)).filter(
    lambda pair: pair[0] is None or pair[1] is None or pair[0] < pair[1]
)
walks = st.tuples(st.integers(-1, LENGTH - 1), seconds)


def of(since: int | None, until: int | None) -> set[int]:
    return set(range(since or 0, LENGTH if until is None else until))


def latest(seconds: Iterable[int]) -> str | None:
    return max((at(second) for second in seconds), default=None)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.just("want"), bounds) | st.tuples(st.just("walk"), walks), max_size=12),
    st.tuples(seconds, bounds),
)
def test_what_is_left_is_what_is_wanted_and_was_not_walked(
    acts: list[tuple[str, tuple[int | None, int | None]]], question: tuple[int, tuple[int | None, int | None]]
) -> None:
    seen: set[int] = set()
    begin: int | None = None
    open_asked = False
    fills: dict[tuple[int | None, int | None], bool] = {}
    with Archive.open(":memory:") as archive:
        for what, (low, high) in acts:
            if what == "walk":
                assert low is not None
                assert high is not None
                walk(archive, low, high)
                seen |= set(range(low + 1, high + 1))
                if low < high:
                    fills = {fill: is_done or of(*fill) <= seen for fill, is_done in fills.items()}
                continue
            want(archive, low, high)
            if high is None:
                starts = [second for second in (low, begin) if second is not None]
                begin, open_asked = min(starts, default=None), True
            else:
                fills[low, high] = False
                if of(low, high) <= seen:
                    # Asked for again, it is walked again
                    seen -= of(low, high)
        spans = [(begin, None)] * open_asked + [fill for fill, is_done in fills.items() if not is_done]
        assert sorted(wanted(archive), key=repr) == sorted(
            ((BEGINNING if low is None else at(low), None if high is None else at(high)) for low, high in spans),
            key=repr,
        )
        below, asked = question
        every = set().union(*(of(*each) for each in spans)) - seen
        assert _at(left(archive, below)) == latest(second for second in every if second <= below)
        assert _at(left(archive, below, span(*asked))) == latest(
            second for second in of(*asked) - seen if second <= below
        )


def _at(moment: str | None) -> str | None:
    """Before the model's first second there is nothing: what is left there is left of nothing."""
    return moment if moment is None or moment >= at(0) else None
