"""The history of a site over some days: stories appear, change and go; the site fails and takes another layout."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

import attrs

from newscrawl.replica.app import ReplicaApp
from newscrawl.replica.dice import Dice
from newscrawl.replica.faults import EVERYWHERE, Fault
from newscrawl.replica.site import Replica

_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_EDITED_OF_100 = 12
_REMOVED_OF_1000 = 10
_KINDS = (*("body",) * 4, *("headline",) * 3, "tags", "whitespace", "outside")
_LIVES = ((5 * _MINUTE, _HOUR), (_HOUR, 12 * _HOUR), (12 * _HOUR, 3 * _DAY))
"""How long an edit lasts that is followed by another, shortest and longest."""

_LAST_EDIT_AFTER = 12 * _DAY
"""No story changes later than this after its publication: five days, three further states, a return."""


@attrs.frozen
class State:
    """What an article is for a while, in all its languages."""

    begins_at: int
    """Seconds since 1970; included."""

    ends_at: int | None
    """When the next state begins; None for the last one."""

    edit: str | None
    """One of EDITS; None as first published. Each is an edit of the first state, not of the one before."""


@attrs.frozen(slots=False)
class Chronicle:
    """A site from the moment `first.newest` on, the same for equal fields. Times are seconds since 1970.

    About 12 in 100 stories are edited, once or more, mostly within three hours of their publication, some up to
    five days later; each state lasts from 5 minutes to days. About 1 in 100 is taken down, of which some come back.
    On the way the site fails once and changes its layout once. `first.per_day` sets the pace: 250 stories a day are 250
    articles in Azerbaijani, about 200 in Russian and 175 in English; 300 give about 250 a language.
    """

    first: Replica
    """The site at the beginning; edits of its own do not count."""

    days: int = 7
    outage: int = 3 * _HOUR
    """How long the site answers nothing but 503, from two fifths of the time on."""

    then_variant: int = 1
    """The variant from seven tenths of the time on: markup, addresses of listings, endpoints, validators."""

    @property
    def begins_at(self) -> int:
        """When the last story of `first` appeared."""
        return self.first.published(self.first.stories - 1)

    @property
    def ends_at(self) -> int:
        """The first second that is not told of."""
        return self.begins_at + self.days * _DAY

    @property
    def fails_at(self) -> int:
        """When the outage begins."""
        return self.begins_at + self.days * _DAY * 2 // 5

    @property
    def laid_out_at(self) -> int:
        """When the layout changes."""
        return self.begins_at + self.days * _DAY * 7 // 10

    @cached_property
    def total(self) -> int:
        """How many stories there are at the end."""
        return self.first.texts.clock.until(self.ends_at - 1)

    def is_out(self, second: int) -> bool:
        """Tell whether the site answers 503 to everything."""
        return self.fails_at <= second < self.fails_at + self.outage

    def at(self, second: int) -> Replica:
        """Return the site at a moment, as it would be without the outage."""
        edited = self._changes[: bisect_right(self._changes, second, key=lambda change: change[0])]
        later = self.first.texts.clock.until(second) - self.first.stories
        changed = second >= self.laid_out_at
        return attrs.evolve(
            self.first,
            later=max(0, later),
            edits={number: edit for _, number, edit in edited},
            edited_at={number: moment for moment, number, _ in edited},
            variant=self.then_variant if changed else self.first.variant,
            laid_out_at=self.laid_out_at if changed else self.first.laid_out_at,
        )

    def play(self, app: ReplicaApp, second: int) -> None:
        """Let a running stand-in be the site at a moment, outage included; other faults stay as they are."""
        app.replica = self.at(second)
        if self.is_out(second):
            app.faults[EVERYWHERE] = Fault(503)
        else:
            app.faults.pop(EVERYWHERE, None)

    def states(self, number: int) -> list[State]:
        """Return what a story is, one state after the other; the last has no end."""
        published = self.first.published(number)
        begins = [(published, None), *self._edits_of(number, published)]
        ends = [*(moment for moment, _ in begins[1:]), None]
        return [State(moment, end, edit) for (moment, edit), end in zip(begins, ends, strict=True)]

    @cached_property
    def _changes(self) -> list[tuple[int, int, str]]:
        """(moment, story, edit) of every edit, in the order of time."""
        oldest = self.first.texts.clock.until(self.begins_at - _LAST_EDIT_AFTER)
        changes = (
            (moment, number, edit)
            for number in range(oldest, self.total)
            for moment, edit in self._edits_of(number, self.first.published(number))
        )
        return sorted(changes)

    def _edits_of(self, number: int, published: int) -> Iterator[tuple[int, str]]:
        dice = Dice(self.first.seed, number, 4, 10)
        if dice.below(1_000) < _REMOVED_OF_1000:
            yield from _removal(dice, published)
        elif dice.below(100) < _EDITED_OF_100:
            yield from _corrections(dice, published)


def _removal(dice: Dice, published: int) -> Iterator[tuple[int, str]]:
    """Yield the end of an article, and in two of five cases its return."""
    gone_at = published + dice.between(10 * _MINUTE, 2 * _DAY)
    yield gone_at, "gone"
    if dice.below(5) < 2:
        yield gone_at + dice.between(2 * _HOUR, 2 * _DAY), "restore"


def _corrections(dice: Dice, published: int) -> Iterator[tuple[int, str]]:
    """Yield one to three edits, none the same as the one before."""
    soon = dice.below(5) < 4
    moment = published + (dice.between(5 * _MINUTE, 3 * _HOUR) if soon else dice.between(3 * _HOUR, 5 * _DAY))
    before = ""
    for _ in range(dice.one_of((1, 1, 1, 1, 2, 2, 3))):
        edit = dice.one_of([each for each in _KINDS if each != before])
        yield moment, edit
        before = edit
        shortest, longest = dice.one_of(_LIVES)
        moment += dice.between(shortest, longest)
