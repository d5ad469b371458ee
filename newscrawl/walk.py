"""How to walk down an endless listing, whose cursor is the time of its last card, to the second."""

from __future__ import annotations

import datetime as dt

import attrs

from newscrawl.errors import ListingError

SECOND = dt.timedelta(seconds=1)
PATIENCE = 2
"""Batches in a row that may lead no further down: one that repeats a second, one that is full of it."""


@attrs.frozen
class Walk:
    """Which listing is walked."""

    language: str
    section: str
    """Its slug; empty for a listing of everything in the language."""
    address: str
    """Of its first page."""


@attrs.frozen
class Step:
    """One batch of a walk."""

    cursor: str
    """Where it is asked for."""
    before: dt.datetime
    """The time it is asked for."""
    oldest: dt.datetime
    """The oldest time seen until then."""
    stuck: int = 0
    """How many batches in a row brought nothing older."""


def next_step(cursor: str, oldest: str, step: Step | None) -> Step:
    """The step after a batch whose last card has the time `oldest`.

    Whether the site repeats the cards of the cursor's own second or leaves them out is not known. So one second more
    is asked for, and what comes twice is told by its URL. Every step asks for an earlier time than the one before it,
    and a listing that repeats itself is given up: a walk always ends.

    Raises:
        ListingError: the listing repeats itself.
    """
    last = dt.datetime.fromisoformat(oldest)
    if step is None:
        return Step(cursor, last + SECOND, last)
    stuck = 0 if last < step.oldest else step.stuck + 1
    if stuck > PATIENCE:
        raise ListingError(f"{cursor} leads no further down than {step.oldest}: its batches repeat themselves")
    return Step(cursor, min(last + SECOND, step.before - SECOND), min(last, step.oldest), stuck)


def jump(step: Step, before: dt.datetime) -> Step:
    """The step to the batch of the same listing that begins at `before`."""
    return attrs.evolve(step, before=before, oldest=before, stuck=0)
