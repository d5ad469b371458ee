"""What became of an article from one state to the next. Pure functions over `Revision`."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from newscrawl import worddiff
from newscrawl.archive.reading_views import UPDATE_MARKS
from newscrawl.archive.values import Revision

FIELDS = ("headline", "summary", "section", "published_at", "tags", "body")
"""What makes a new state where it differs."""
_TEXT = frozenset(("headline", "summary", "body"))


@attrs.frozen(kw_only=True)
class Difference:
    """How a state differs from the one before."""

    fields: tuple[str, ...]
    """Of `FIELDS`; none for the first state."""
    removed: int = 0
    """Words of the body."""
    added: int = 0
    silent: bool = False
    """Whether the publisher changed the text and said nothing of it."""
    same_as: int | None = None
    """The latest earlier state that reads the same."""


def changes(states: Sequence[Revision]) -> list[Difference]:
    """How each of an article's states, given in order, differs from the one before."""
    return [_difference(states, n) for n in range(len(states))]


def changed_fields(old: Revision, new: Revision) -> tuple[str, ...]:
    """Those of `FIELDS` that differ."""
    return tuple(name for name in FIELDS if getattr(old, name) != getattr(new, name))


def body_words(old: Revision, new: Revision) -> tuple[int, int]:
    """Words removed from and added to the body."""
    if old.body == new.body:
        return 0, 0
    segments = worddiff.diff(old.body, new.body)
    return worddiff.words(segments, "delete"), worddiff.words(segments, "insert")


def is_silent(old: Revision, new: Revision) -> bool:
    """Whether the publisher changed the text without a word of it: no new mark in the headline, no new time.

    As the view `edits` has it.
    """
    told = (
        _mark(new.headline) not in ("", _mark(old.headline))
        or new.modified_at not in (None, old.modified_at)
        or new.published_at != old.published_at
    )
    return new.cause is None and not told and not _TEXT.isdisjoint(changed_fields(old, new))


def same_as(states: Sequence[Revision], n: int) -> int | None:
    """The latest earlier state that reads as state `n` does."""
    return next((each.revision for each in reversed(states[:n]) if not changed_fields(each, states[n])), None)


def _difference(states: Sequence[Revision], n: int) -> Difference:
    if n == 0:
        return Difference(fields=())
    old, new = states[n - 1], states[n]
    removed, added = body_words(old, new)
    return Difference(
        fields=changed_fields(old, new), removed=removed, added=added, silent=is_silent(old, new),
        same_as=same_as(states, n),
    )  # fmt: skip


def _mark(headline: str) -> str:
    """The mark of an update that a headline ends in, with its number; empty where there is none."""
    return next((headline[headline.index(each) :] for each in UPDATE_MARKS if each in headline), "")
