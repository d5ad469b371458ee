"""When a story appeared: a non-decreasing function of its number, computed, not stored."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime, timedelta, timezone

import attrs

from newscrawl.replica.dice import mix

BAKU = timezone(timedelta(hours=4), "Asia/Baku")
LAST = 1 << 24
"""No clock tells the time of a story above this number."""

_DAY = 86_400
_BAKU_OFFSET = 4 * 3600
_HALF_PAST_MIDNIGHT = 30 * 60
_SPAN = 330 * _DAY


@attrs.frozen
class Clock:
    """The times of stories, 0 the oldest, in whole seconds since 1970 (UTC); they go on after `newest`."""

    stories: int
    """How many stories the site starts with; the last of them appears at `newest`."""

    newest: str
    """ISO 8601 time with offset."""

    seed: int = 1
    """Moves the times of single stories by some seconds."""

    per_day: int = 250
    """How many stories appear in a day."""

    crowd: int = 0
    """How many stories, from a third of `stories` on, share one second."""

    _end: int = attrs.field(init=False)
    _dense: int = attrs.field(init=False)
    _step: int = attrs.field(init=False)
    _sparse_step: int = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Work out the pace: the newer half at full pace, the older half spread over a year in a small replica."""
        newest = datetime.fromisoformat(self.newest)
        if newest.tzinfo is None:
            raise ValueError(f"newest needs an offset, as in 2026-03-17T15:50:00+04:00: {self.newest!r}")
        dense = max(1, self.stories // 2)
        older = max(1, self.stories - dense)
        object.__setattr__(self, "_end", int(newest.timestamp()))
        object.__setattr__(self, "_dense", dense)
        object.__setattr__(self, "_step", _DAY // self.per_day)
        object.__setattr__(self, "_sparse_step", max(self._step, _SPAN // older))

    def at(self, number: int) -> int:
        """Return the second at which story `number` appeared; neighbours can share it."""
        first = self.stories // 3
        if first <= number < first + self.crowd:
            return self._own(first)
        if number % 27 == 5:
            return self._own(number - 2)
        if number % 9 == 4:
            return self._own(number - 1)
        return self._own(number)

    def until(self, second: int) -> int:
        """Return how many stories appeared at or before `second`."""
        return bisect_right(range(LAST), second, key=self.at)

    def local(self, number: int) -> datetime:
        """Return the time of story `number` at Baku."""
        return datetime.fromtimestamp(self.at(number), BAKU)

    def stamp(self, number: int) -> str:
        """Return the time at Baku as `YYYY-MM-DD HH:MM:SS`."""
        return datetime.fromtimestamp(self.at(number) + _BAKU_OFFSET, UTC).isoformat(" ")[:19]

    def utc_text(self, number: int, with_seconds: bool = True) -> str:
        """Return the time as `2025-11-11T13:50:00Z`, seconds cut to 00 if asked."""
        moment = datetime.fromtimestamp(self.at(number), UTC)
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ" if with_seconds else "%Y-%m-%dT%H:%M:00Z")

    def _own(self, number: int) -> int:
        rough = self._rough(number)
        half_past = (rough + _BAKU_OFFSET) // _DAY * _DAY - _BAKU_OFFSET + _HALF_PAST_MIDNIGHT
        crosses = self._rough(number - 1) < half_past <= rough
        # In the sparse part nearly every step crosses a midnight, so only some stories move there.
        if crosses and (number % 5 == 1 or rough - self._rough(number - 1) < _DAY // 4):
            return half_past
        return rough

    def _rough(self, number: int) -> int:
        back = self.stories - 1 - number
        if back <= 0:
            return self._end - back * self._step
        near = min(back, self._dense)
        seconds = near * self._step + (back - near) * self._sparse_step
        return self._end - seconds + mix(self.seed, number) % (self._step - 45)
