"""Spans of time that charts are drawn over, in days, weeks or months of a site. Pure functions."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Literal

import attrs

from newscrawl.browse.moments import short_day
from newscrawl.times import to_utc, zone_info

Step = Literal["day", "week", "month"]
DAYS = {"30": 30, "90": 90, "365": 365}
"""Name of a span to its days."""
EVER = "all"
NAMES = {"30": "30 days", "90": "90 days", "365": "a year", EVER: "all there is"}
"""What spans are called; the first one is shown where none is asked for."""
_MOST_DAYS, _MOST_WEEKS = 100, 110
_DAY = dt.timedelta(days=1)


@attrs.frozen(kw_only=True)
class Span:
    """A span of time in steps."""

    step: Step
    firsts: tuple[dt.date, ...]
    """The first day of each step."""
    last: dt.date
    """The last day of all; the step that holds it may go on after it."""

    @property
    def days(self) -> int:
        """How many there are."""
        return (self.last - self.firsts[0]).days + 1

    @property
    def days_within(self) -> tuple[str, str]:
        """The first day, and the one after the last."""
        return self.firsts[0].isoformat(), (self.last + _DAY).isoformat()

    def bounds(self, zone: str | None) -> tuple[tuple[str, str], ...]:
        """Of each step its first second and the first one after it, UTC, where the days are those of a time zone."""
        return _bounds(self, zone)

    def place(self, day: str) -> int:
        """In which step a day of the span lies."""
        return bisect_right(self.firsts, dt.date.fromisoformat(day)) - 1

    def label(self, place: int) -> str:
        """`17 March 2026`, `week of 16 March 2026`, `March 2026`."""
        first = self.firsts[place]
        if self.step == "month":
            return f"{first:%B %Y}"
        return short_day(first.isoformat()) if self.step == "day" else f"week of {short_day(first.isoformat())}"

    def when(self, place: int) -> str:
        """`on 17 March 2026`, `in the week of 16 March 2026`, `in March 2026`."""
        return {"day": "on ", "week": "in the ", "month": "in "}[self.step] + self.label(place)


def span(name: str, first: dt.date, last: dt.date) -> Span:
    """The span of a name that ends with the day `last`; all there is begins with the day `first`.

    Steps are weeks or months where days would be too many. A week begins on Monday.
    """
    begin = max(first, last - (DAYS[name] - 1) * _DAY) if name in DAYS and name != EVER else first
    days = DAYS.get(name) or (last - first).days + 1
    step: Step = "day" if days <= _MOST_DAYS else "week" if days <= 7 * _MOST_WEEKS else "month"
    return Span(step=step, firsts=tuple(_firsts(step, begin, last)), last=last)


def local_date(moment: str, zone: str | None) -> dt.date:
    """The day of a time (UTC) at a site; of UTC where no zone is known."""
    return dt.datetime.fromisoformat(moment).astimezone(_zone(zone)).date()


@lru_cache(maxsize=64)
def _bounds(of: Span, zone: str | None) -> tuple[tuple[str, str], ...]:
    days = [*of.firsts, of.last + _DAY]
    return tuple(pairwise(to_utc(dt.datetime.combine(day, dt.time.min, _zone(zone))) for day in days))


def _zone(name: str | None) -> dt.tzinfo:
    return zone_info(name) if name else dt.UTC


def _firsts(step: Step, begin: dt.date, last: dt.date) -> Iterator[dt.date]:
    if step == "week":
        begin -= begin.weekday() * _DAY
    elif step == "month":
        begin = begin.replace(day=1)
    while begin <= last:
        yield begin
        begin = (begin + 31 * _DAY).replace(day=1) if step == "month" else begin + (_DAY if step == "day" else 7 * _DAY)
