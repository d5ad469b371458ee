"""When a page is worth another look. Pure functions.

Agencies update what is young (` - UPDATED-2`), so looks at an article become rarer with its age and end.
"""

from __future__ import annotations

import datetime as dt

from newscrawl.times import to_utc

Looks = tuple[tuple[dt.timedelta, dt.timedelta], ...]
"""(younger than, how long between two looks), the youngest first."""
LOOKS: Looks = (
    (dt.timedelta(hours=3), dt.timedelta(minutes=15)),
    (dt.timedelta(days=1), dt.timedelta(hours=1)),
    (dt.timedelta(days=7), dt.timedelta(hours=3)),
    (dt.timedelta(days=30), dt.timedelta(days=3)),
)
"""Of a site that says nothing else."""
SLACK = dt.timedelta(minutes=5)
"""How much earlier than the interval says a page is due: runs begin at the quarter of the hour, and a look that is due
some seconds after it would wait for the next quarter."""
MISSING = dt.timedelta(hours=12)
"""Between two looks at an article that was not there: three of them are a day."""
GONE = dt.timedelta(days=3)
"""Between two looks at an article that is gone, while it is young enough for any: it may return."""
GIVE_UP = dt.timedelta(days=7)
"""How long a page that gives no article is tried again."""
LONGEST_PAUSE = dt.timedelta(days=1)
"""For how long a site can ask to be left alone at most: a mistake of its own must not end the harvest for ever."""
FORBIDDEN = dt.timedelta(days=1)
"""How long a page is left alone that robots.txt forbids: its rules may change."""
TRIES = 5
"""How many times at least: where nothing ran for a week, a week says nothing."""
LONGEST_WAIT = dt.timedelta(days=3)
"""Between two tries."""
UNREADABLE = dt.timedelta(hours=6)
"""How long a page that came and gave no article is left alone."""


def later(at: str, by: dt.timedelta) -> str:
    """The time `by` after `at` (UTC)."""
    return to_utc(dt.datetime.fromisoformat(at) + by)


def next_look(looks: Looks, born: str, at: str) -> str | None:
    """When an article that appeared at `born` and was looked at `at` is due again (all UTC); None for never."""
    found = interval(looks, born, at)
    return later(at, found - min(SLACK, found / 3)) if found else None


def interval(looks: Looks, born: str, at: str) -> dt.timedelta | None:
    """How long between two looks at an article of that age; None where it is too old for any."""
    age = dt.datetime.fromisoformat(at) - dt.datetime.fromisoformat(born)
    return next((between for limit, between in looks if age < limit), None)


def next_try(came: bool, first_at: str, at: str, times: int) -> str | None:
    """When a page that failed first at `first_at` and last `at` is tried again (UTC); None once it is given up.

    One that could not be fetched at once and then after as long again as it has failed; one that `came` and gave no
    article not before some hours.
    """
    failing = dt.datetime.fromisoformat(at) - dt.datetime.fromisoformat(first_at)
    if failing >= GIVE_UP and times >= TRIES:
        return None
    return later(at, min(max(failing, UNREADABLE if came else failing), LONGEST_WAIT))


def next_missing_look(looks: Looks, born: str, at: str, *, gone: bool) -> str | None:
    """When an article that was not there is looked for again (UTC); None for one that is gone and old."""
    if gone and interval(looks, born, at) is None:
        return None
    return later(at, GONE if gone else MISSING)
