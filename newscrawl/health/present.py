"""What the articles of a language tell of the present: the newest one, sections gone silent, looks that are due."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Iterator

from newscrawl.archive import ALL_NEWS
from newscrawl.health import bands
from newscrawl.health.bands import back, days_before, seconds_between
from newscrawl.health.history import DAY, History
from newscrawl.health.values import BackFill, Looks, Newest, Silent

SILENCE = dt.timedelta(days=2)
"""How long a section that had news every day may be without."""


def newest(history: History, language: str) -> Newest | None:
    """The newest article at the last run, and what appeared on earlier days in as long a time as nothing did now."""
    if history.last is None:
        return None
    at, *earlier = (end for _, end in days_before(history.last.started_at, history.site.zone, range(bands.DAYS + 1)))
    name, facts = history.site.name, history.facts
    published = facts.newest(name, language, after=back(at, dt.timedelta(days=bands.DAYS)), until=at)
    if published is None:
        return None
    seconds = seconds_between(published, at)
    silence = min(dt.timedelta(seconds=seconds), SILENCE)
    counts = sorted(facts.published(name, language, after=back(end, silence), until=end) for end in earlier)
    # One of them may be a day on which the site was down
    return Newest(published_at=published, seconds=seconds, usual=round(statistics.fmean(counts), 1), fewest=counts[1])


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


def back_fills(history: History, language: str) -> Iterator[BackFill]:
    """Those that are not finished, the latest first."""
    name, walks = history.site.name, history.archive.walks
    for span in walks.wanted(name, language):
        if span.until and (left := walks.left(name, language, ALL_NEWS, span.until, [span])):
            yield BackFill(since=span.since, until=span.until, left=left)
