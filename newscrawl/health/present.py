"""What the articles of a language tell of the present: the newest one, sections gone silent, looks that are due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from newscrawl.health import bands
from newscrawl.health.bands import back, days_before, seconds_between
from newscrawl.health.history import DAY, History
from newscrawl.health.values import Looks, Newest, Silent

ENOUGH_AGES = 7
SILENCE = dt.timedelta(days=2)
"""How long a section that had news every day may be without."""


def newest(history: History, language: str) -> Newest | None:
    """The newest article at the last run, and how old the newest one was at that time of earlier days."""
    if history.last is None:
        return None
    at, *earlier = (end for _, end in days_before(history.last.started_at, history.site.zone, range(bands.DAYS + 1)))
    published = _published(history, language, at)
    if published is None:
        return None
    ages = sorted(
        seconds_between(before, end) for end in earlier if (before := _published(history, language, end)) is not None
    )
    # One of them may be of a day on which the site was down
    usual = ages[-2] if len(ages) >= ENOUGH_AGES else None
    return Newest(published_at=published, seconds=seconds_between(published, at), usual=usual)


def silent(history: History, language: str) -> Iterator[Silent]:
    """Sections without an article in the last two days, and how many they had in two weeks before."""
    if history.last is None:
        return
    until = history.last.started_at
    silence = back(until, SILENCE)
    since = back(silence, dt.timedelta(days=bands.DAYS))
    rows = history.facts.sections(history.site.name, language, since=since, silence=silence, until=until)
    for section, usual, now in rows:
        if not now:
            yield Silent(section=section, usual=usual)


def looks(history: History, language: str) -> Looks:
    """Articles that are due for another look."""
    name = history.site.name
    due, since = history.archive.frontier.overdue(name, now=history.now).get(language, (0, None))
    late = history.facts.late_looks(name, back(history.now, DAY)).get(language, 0)
    return Looks(due=due, late=late, since=since)


def _published(history: History, language: str, until: str) -> str | None:
    after = back(until, dt.timedelta(days=bands.DAYS))
    return history.facts.newest(history.site.name, language, after=after, until=until)
