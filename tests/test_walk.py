"""Walking down an endless listing: no second is lost, no walk is endless."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.errors import ListingError
from newscrawl.walk import Step, jump, next_step

START = dt.datetime(2025, 11, 11, 12, 0, tzinfo=dt.UTC)
CURSOR = "https://report.az/en/latest-news"
BATCH = 4


def at(second: int) -> dt.datetime:
    return START + dt.timedelta(seconds=second)


def shown(batch: list[int]) -> list[str]:
    return [f"https://report.az/a/{n}" for n in batch]


def walk(ask: Callable[[dt.datetime | None], list[int]]) -> tuple[set[int], int]:
    """Every second seen, and how many batches it took; `ask` gives the batch for a cursor, newest first.

    Raises:
        ListingError: as `next_step`.
    """
    seen: set[int] = set()
    step: Step | None = None
    for batches in range(1, 1000):
        batch = ask(step.before if step else None)
        seen.update(batch)
        if not batch:
            return seen, batches
        step = next_step(CURSOR, at(batch[-1]).isoformat(), shown(batch), step)
    raise AssertionError("the walk does not end")


def site(seconds: list[int], *, inclusive: bool) -> Callable[[dt.datetime | None], list[int]]:
    """A listing of articles at these seconds; its cursor includes its own second or does not."""
    newest_first = sorted(seconds, reverse=True)

    def ask(before: dt.datetime | None) -> list[int]:
        older = [n for n in newest_first if before is None or (at(n) <= before if inclusive else at(n) < before)]
        return older[:BATCH]

    return ask


@given(st.lists(st.integers(0, 40), min_size=1, max_size=40), st.booleans())
def test_every_second_is_seen(seconds: list[int], inclusive: bool) -> None:
    seen, _ = walk(site(seconds, inclusive=inclusive))
    assert seen == set(seconds)


def test_a_second_that_fills_a_batch_does_not_end_the_walk() -> None:
    assert walk(site([9, *[5] * 10, 3, 1], inclusive=True))[0] == {9, 5, 3, 1}


def test_a_listing_that_repeats_itself_is_given_up() -> None:
    asked: list[dt.datetime | None] = []

    def ask(before: dt.datetime | None) -> list[int]:
        asked.append(before)
        return [9, 8, 7]

    with pytest.raises(ListingError, match=rf"{CURSOR} leads no further down than 2025-11-11 12:00:07"):
        walk(ask)
    assert len(asked) == 4, "the first batch, and three that brought nothing older"


@given(st.lists(st.lists(st.integers(0, 99), min_size=1, max_size=4), min_size=200, max_size=200))
def test_every_step_asks_for_an_earlier_time(batches: list[list[int]]) -> None:
    """Whatever a listing answers: so a walk ends, with an error or without."""
    step: Step | None = None
    before = None
    with contextlib.suppress(ListingError):
        for batch in batches:
            step = next_step(CURSOR, at(batch[-1]).isoformat(), shown(batch), step)
            assert before is None or step.before < before
            before = step.before
        raise AssertionError("200 batches of 100 seconds")


def test_a_step_asks_for_one_second_more_than_the_last_card() -> None:
    step = next_step(CURSOR, "2025-11-11T16:00:09+04:00", shown([9]), None)
    assert (step.cursor, step.before, step.oldest, step.stuck) == (CURSOR, at(10), at(9), 0)
    step = next_step(CURSOR, at(5).isoformat(), shown([5]), step)
    assert (step.before, step.oldest, step.stuck) == (at(6), at(5), 0)


@pytest.mark.parametrize("pinned", [5, 8])
def test_what_brings_nothing_older_is_asked_below(pinned: int) -> None:
    """A batch that is full of one second, or whose last card is a pinned one."""
    step = next_step(CURSOR, at(5).isoformat(), shown([5]), None)
    step = next_step(CURSOR, at(pinned).isoformat(), shown([7]), step)
    assert (step.before, step.oldest, step.stuck) == (at(5), at(5), 1)
    step = next_step(CURSOR, at(4).isoformat(), shown([4]), step)
    assert (step.before, step.oldest, step.stuck) == (at(4), at(4), 0), "and is forgiven"


def test_a_jump_goes_on_elsewhere_in_the_same_listing() -> None:
    first = next_step(CURSOR, at(9).isoformat(), shown([9]), None)
    step = next_step(CURSOR, at(9).isoformat(), shown([9]), first)
    assert jump(step, at(-500)) == Step(CURSOR, at(-500), at(-500), frozenset(shown([9])), 0)


def test_old_cards_under_ever_earlier_times_are_given_up() -> None:
    step = next_step(CURSOR, at(100).isoformat(), shown([3, 2, 1]), None)
    for second in (99, 98):
        step = next_step(CURSOR, at(second).isoformat(), shown([3, 2, 1]), step)
    with pytest.raises(ListingError, match="repeat themselves"):
        next_step(CURSOR, at(97).isoformat(), shown([3, 2, 1]), step)
