"""How to walk down an endless listing, whose cursor is the time of its last card, to the second."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

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
    shown: frozenset[str] = frozenset()
    """Addresses of articles in the batch before it."""
    stuck: int = 0
    """How many batches in a row brought nothing older, or nothing but what the one before had shown."""


def next_step(cursor: str, oldest: str, shown: Iterable[str], step: Step | None) -> Step:
    """The step after a batch that has shown these addresses and whose last card has the time `oldest`.

    Whether the site repeats the cards of the cursor's own second or leaves them out is not known. So one second more
    is asked for, and what comes twice is told by its URL. Every step asks for an earlier time than the one before it,
    and a listing that repeats itself is given up: a walk always ends.

    Raises:
        ListingError: the listing repeats itself.
    """
    last, urls = dt.datetime.fromisoformat(oldest), frozenset(shown)
    if step is None:
        return Step(cursor, last + SECOND, last, urls)
    stuck = 0 if last < step.oldest and not urls <= step.shown else step.stuck + 1
    if stuck > PATIENCE:
        raise ListingError(f"{cursor} leads no further down than {step.oldest}: its batches repeat themselves")
    return Step(cursor, min(last + SECOND, step.before - SECOND), min(last, step.oldest), urls, stuck)


def jump(step: Step, before: dt.datetime) -> Step:
    """The step to the batch of the same listing that begins at `before`."""
    return attrs.evolve(step, before=before, oldest=before, stuck=0)
