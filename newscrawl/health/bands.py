"""What is usual, and what is far from it. Pure functions.

Two standard deviations are the measure of Media Cloud's watch over its sources; the tolerance keeps a quiet day from
being an alarm.
"""

from __future__ import annotations

import datetime as dt
import math
import statistics
from collections.abc import Iterable, Sequence

from newscrawl.health.values import Band, Coverage
from newscrawl.times import to_utc, zone_info

ENOUGH_DAYS = 3
"""Fewer days are no history."""
TOLERANCE = 0.2
"""The part of what is usual that may always be missing."""
CATCHING_UP = 3
"""A day with so many times the median made up for others: it is not usual."""
SLACK = dt.timedelta(minutes=1)
"""By which a run may begin later than the one of the same time on another day."""
WEEKS, DAYS = 8, 14
ENOUGH_FORMER = 100
"""Articles that make a share of a field usual."""
DROP = 0.2
"""A share that is lower by less than that is no surprise."""


def band(counts: Sequence[int], *, weekday: bool) -> Band | None:
    """What is usual by the counts of earlier days; None where they are too few."""
    if len(counts) < ENOUGH_DAYS:
        return None
    middle = statistics.median(counts)
    usual = [count for count in counts if count <= CATCHING_UP * middle] if middle else counts
    mean, deviation = statistics.fmean(usual), statistics.stdev(usual)
    # Independent events scatter by the root of their number, whatever a few days happened to do; three roots, as the
    # question is asked many times a day
    off = max(2 * deviation, 3 * math.sqrt(mean), TOLERANCE * mean)
    return Band(
        mean=mean, deviation=deviation, low=max(0.0, mean - off), high=mean + off, days=len(usual), weekday=weekday
    )


def is_low(stored: int, usual: Band | None) -> bool:
    """Whether so few articles are a surprise; where fewer than nine are usual, none can be."""
    return usual is not None and stored < usual.low


def is_drop(found: Coverage) -> bool:
    """Whether so many fewer articles have a field that it can hardly be chance: over four standard errors."""
    if found.usual_articles < ENOUGH_FORMER:
        return False
    error = math.sqrt(found.usual * (1 - found.usual) / found.articles)
    return found.usual - found.share > max(DROP, 4 * error)


def days_before(moment: str, zone: str, numbers: Iterable[int]) -> list[tuple[str, str]]:
    """The same part of earlier days: from the site's midnight to the time of day of `moment` (all UTC).

    `numbers`: how many days before; 0 is the day of `moment` itself. Where clocks change, the time of day counts.
    """
    local = dt.datetime.fromisoformat(moment).astimezone(zone_info(zone)).replace(tzinfo=None)
    found = []
    for number in numbers:
        end = local - dt.timedelta(days=number)
        begin = dt.datetime.combine(end.date(), dt.time.min)
        found.append((_utc(begin, zone), _utc(end + SLACK, zone)))
    return found


def weekday_of(moment: str, zone: str) -> str:
    """The day of the week at the site, in words."""
    return f"{dt.datetime.fromisoformat(moment).astimezone(zone_info(zone)):%A}"


def back(moment: str, by: dt.timedelta) -> str:
    """The time `by` before `moment` (UTC)."""
    return to_utc(dt.datetime.fromisoformat(moment) - by)


def seconds_between(earlier: str, later: str) -> int:
    """Seconds from one time to another."""
    return round((dt.datetime.fromisoformat(later) - dt.datetime.fromisoformat(earlier)).total_seconds())


def _utc(local: dt.datetime, zone: str) -> str:
    return to_utc(local.replace(tzinfo=zone_info(zone)))
