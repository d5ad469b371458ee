"""How to walk down an endless listing, whose cursor is the time of its last card, to the second."""

from __future__ import annotations

import datetime as dt

import attrs

from newscrawl.spiders.arguments import Arguments

SECOND = dt.timedelta(seconds=1)
PATIENCE = 2
"""Batches in a row that may lead no further down: one that repeats a second, one that is full of it."""


@attrs.frozen
class Step:
    """One batch of a walk."""

    before: dt.datetime
    """The time the batch is asked for."""
    oldest: dt.datetime
    """The oldest time seen until then."""
    stuck: int = 0
    """How many batches in a row brought nothing older."""


def next_step(oldest: str | None, step: Step | None, arguments: Arguments) -> Step | None:
    """The step after a batch whose last card has the time `oldest`; None at the end of the walk.

    Whether the site repeats the cards of the cursor's own second or leaves them out is not known. So one second more
    is asked for, and what comes twice is told by its URL. Every step asks for an earlier time than the one before it,
    and a listing that repeats itself is given up: a walk always ends.
    """
    if oldest is None:
        return None
    last = dt.datetime.fromisoformat(oldest)
    if arguments.since and last < dt.datetime.fromisoformat(arguments.since):
        return None
    if step is None:
        until = dt.datetime.fromisoformat(arguments.until) if arguments.until else None
        return Step(until if until and until < last else last + SECOND, last)
    stuck = 0 if last < step.oldest else step.stuck + 1
    if stuck > PATIENCE:
        return None
    return Step(min(last + SECOND, step.before - SECOND), min(last, step.oldest), stuck)
