"""Walking down an endless listing: no second is lost, no walk is endless."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.spiders.arguments import Arguments
from newscrawl.walk import Step, next_step

EVERYTHING = Arguments(languages=("en",))
START = dt.datetime(2025, 11, 11, 12, 0, tzinfo=dt.UTC)
BATCH = 4


def at(second: int) -> dt.datetime:
    return START + dt.timedelta(seconds=second)


def walk(ask: Callable[[dt.datetime | None], list[int]], arguments: Arguments = EVERYTHING) -> tuple[set[int], int]:
    """Every second seen, and how many batches it took; `ask` gives the batch for a cursor, newest first."""
    seen: set[int] = set()
    step: Step | None = None
    for batches in range(1, 1000):
        batch = ask(step.before if step else None)
        seen.update(batch)
        step = next_step(at(batch[-1]).isoformat() if batch else None, step, arguments)
        if step is None:
            return seen, batches
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
    seen, batches = walk(lambda before: [9, 8, 7])
    assert seen == {9, 8, 7}
    assert batches <= 5


def test_a_listing_that_jumps_about_ends() -> None:
    answers = iter([[9, 3], [8, 5], [7, 6], [6, 5], [5, 5]])
    assert walk(lambda before: next(answers))[1] <= 5


@pytest.mark.parametrize(("pinned", "ends"), [([1, 9, 8], False), ([9, 8, 1], True)])
def test_the_last_card_decides_about_since(pinned: list[int], ends: bool) -> None:
    arguments = Arguments(languages=("en",), since=at(5).isoformat())
    assert (next_step(at(pinned[-1]).isoformat(), None, arguments) is None) == ends


def test_a_walk_begins_at_until() -> None:
    arguments = Arguments(languages=("en",), until=at(5).isoformat())
    step = next_step(at(50).isoformat(), None, arguments)
    assert step is not None
    assert step.before == at(5)
