"""Of what a site listed: what is stored, failed, gone, or not seen yet; by day, month, section, language."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

import attrs

from newscrawl.archive import ALL_NEWS, Archive, coverage, exporting
from newscrawl.archive.known import walked
from newscrawl.sites import SITES
from newscrawl.times import local_day, to_utc, zone_info

By = Literal["day", "month", "section", "language"]
Walk = Literal["whole", "part", "no"]
OUTCOMES = ("stored", "failed", "gone", "not_seen")
SECOND = dt.timedelta(seconds=1)


@attrs.frozen(kw_only=True)
class Asked:
    """What is asked for."""

    by: tuple[By, ...]
    since: str
    """A day of the site, `2025-11-01`."""
    until: str
    """The last day."""
    site: str | None = None
    """None: all of them."""
    undated: bool = True
    """Whether to count what no time is known of."""


@attrs.frozen(kw_only=True)
class Row:
    """A line: the numbers of one group."""

    site: str
    day: str | None = None
    """None where no time is known, or it is not asked by day; the same with the others."""
    month: str | None = None
    section: str | None = None
    language: str | None = None
    listed: int
    """All of the following."""
    stored: int
    failed: int
    gone: int
    """Stored once, and not at the site any more."""
    not_seen: int
    """Listed, and neither stored nor failed: it waits."""
    walked: Walk | None
    """Whether the listings were walked through for that time; None where the time is not known."""
    walked_until: str | None
    """Where that time is not over: what `walked` is told of ends here (UTC); None where it is over, or not `whole`."""


@attrs.frozen(kw_only=True)
class Table:
    """The answer."""

    asked: Asked
    rows: tuple[Row, ...]
    """The latest first."""

    def total(self, what: str) -> int:
        """The sum of a column."""
        return sum(getattr(row, what) for row in self.rows)


@attrs.frozen
class _Group:
    site: str
    day: str | None
    month: str | None
    section: str | None
    language: str | None


def cover(archive: Archive, asked: Asked, now: str) -> Table:
    """Count every address of an article once; `now`: UTC."""
    counts: dict[_Group, Counter[str]] = defaultdict(Counter)
    for found in _articles(archive, asked):
        counts[_group(found, asked)][found.outcome] += found.count
    walks = _Walks(archive, asked, now)
    rows = [_row(group, of_group, walks) for group, of_group in counts.items()]
    return Table(asked=asked, rows=tuple(sorted(rows, key=_order)))


def _articles(archive: Archive, asked: Asked) -> Iterator[coverage.Articles]:
    yield from coverage.articles(archive.conn, asked.site, asked.since, asked.until)
    if asked.undated:
        yield from coverage.undated(archive.conn, asked.site)
    zones = exporting.zones(archive)
    for address in coverage.others(archive.conn, asked.site):
        site = SITES.get(address.site or "")
        day = local_day(address.published_at, zones[site.name]) if site and address.published_at else None
        if site is None or not (asked.undated if day is None else asked.since <= day <= asked.until):
            continue
        language = address.language or site.language_of(address.url) or site.languages[0]
        yield coverage.Articles(site.name, day, language, site.section_of(address.url), address.outcome, 1)


def _group(found: coverage.Articles, asked: Asked) -> _Group:
    return _Group(
        found.site,
        found.day if "day" in asked.by else None,
        found.day[:7] if "month" in asked.by and found.day else None,
        found.section if "section" in asked.by else None,
        found.language if "language" in asked.by else None,
    )


def _row(group: _Group, counts: Mapping[str, int], walks: _Walks) -> Row:
    stored, failed, gone, not_seen = (counts.get(outcome, 0) for outcome in OUTCOMES)
    walked, walked_until = walks.of(group)
    return Row(
        site=group.site, day=group.day, month=group.month, section=group.section, language=group.language,
        listed=stored + failed + gone + not_seen, stored=stored, failed=failed, gone=gone, not_seen=not_seen,
        walked=walked, walked_until=walked_until,
    )  # fmt: skip


def _order(row: Row) -> tuple[object, ...]:
    """The latest day first, what has none last; languages as the site names them."""
    time = row.day or row.month or ""
    return row.site, not time, tuple(-ord(ch) for ch in time), _rank(row), row.section or ""


def _rank(row: Row) -> tuple[int, str]:
    languages = SITES[row.site].languages if row.site in SITES else ()
    language = row.language or ""
    return languages.index(language) if language in languages else len(languages), language


class _Walks:
    """How far the listings of sites were walked."""

    def __init__(self, archive: Archive, asked: Asked, now: str) -> None:
        self._archive = archive
        self._now = now
        self._asked = asked
        self._zones = exporting.zones(archive)
        self._spans: dict[tuple[str, str], list[tuple[str, str, str]]] = {}

    def of(self, group: _Group) -> tuple[Walk | None, str | None]:
        """Whether the listings that would name a group's articles were walked through its time, and until when."""
        timed = {"day", "month"} & set(self._asked.by)
        if group.site not in SITES or (timed and not (group.day or group.month)):
            return None, None
        since, until = self._bounds(group)
        languages = [group.language] if group.language else self._languages(group.site)
        found = [self._covers(group, language, since, until) for language in languages]
        walks = {walk for walk, _ in found}
        if len(walks) > 1:
            return "part", None
        # What has come since the last walk is not missing: nobody was there yet
        return (walks.pop() if walks else "no"), min((end for _, end in found if end), default=None)

    def _bounds(self, group: _Group) -> tuple[str, str]:
        """The first and the last second (UTC) of a group's days."""
        first, last = dt.date.fromisoformat(self._asked.since), dt.date.fromisoformat(self._asked.until)
        if group.day:
            first = last = dt.date.fromisoformat(group.day)
        elif group.month:
            begin = dt.date.fromisoformat(f"{group.month}-01")
            first, last = max(first, begin), min(last, _next_month(begin) - dt.timedelta(days=1))
        zone = zone_info(self._zones[group.site])
        midnights = (dt.datetime.combine(day, dt.time.min, zone) for day in (first, last + dt.timedelta(days=1)))
        since, end = midnights
        return to_utc(since), to_utc(end - SECOND)

    def _languages(self, site: str) -> Sequence[str]:
        """Those that are harvested."""
        return [language for language in SITES[site].languages if self._of(site, language)]

    def _of(self, site: str, language: str) -> list[tuple[str, str, str]]:
        if (site, language) not in self._spans:
            self._spans[site, language] = walked(self._archive.conn, site, language)
        return self._spans[site, language]

    def _covers(self, group: _Group, language: str, since: str, until: str) -> tuple[Walk, str | None]:
        spans = [
            (oldest, newest)
            for section, oldest, newest in self._of(group.site, language)
            if section in (ALL_NEWS, group.section) and newest >= since and oldest < until
        ]
        if not spans:
            return "no", None
        end = max(newest for _, newest in spans) if until >= self._now else None
        return ("whole", end) if _is_whole(spans, since, end or until) else ("part", None)


def _is_whole(spans: Iterable[tuple[str, str]], since: str, until: str) -> bool:
    """Whether spans, each without its first second, leave out no second from `since` to `until`."""
    reached = to_utc(dt.datetime.fromisoformat(since) - SECOND)
    for oldest, newest in sorted(spans):
        if oldest > reached:
            return False
        reached = max(reached, newest)
    return reached >= until


def _next_month(begin: dt.date) -> dt.date:
    return (begin + dt.timedelta(days=31)).replace(day=1)
