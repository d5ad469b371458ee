"""When a measured value is a reason to look, and what to do about it. Pure functions."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator

from newscrawl.archive.health import RunSeen
from newscrawl.health.bands import is_drop, is_low, weekday_of
from newscrawl.health.values import Coverage, Disk, InLanguage, Newest, Reason, Runs, Silent, Volume
from newscrawl.site import Site
from newscrawl.times import zone_info

HOUR = 3600
MISSED, MISSED_A_DAY = 12, 3
"""So many articles on average, and so many on every day but one, make a silence a surprise."""
FAILED, SHARE = 5, 0.1
"""So many pages a day, and such a part of them, may fail before it is worth a word."""
UNKNOWN_SHARE = 0.5
"""The same where nothing is known of earlier days."""
LATE = 100
"""Articles a day late for a look: some always are, as those that robots.txt forbids since."""
DAYS_LEFT = 14
SECTION_A_DAY, SECTION_DAYS = 6, 14

_ENDS = {
    "crashed": "it ended by an error of newscrawl's own or was killed: see the log, and crawl again",
    "start_error": "it ended before the first request by an error of newscrawl's own: see the log, and crawl again",
    "blocked": "the site refuses: wait, and crawl more slowly (DOWNLOAD_DELAY)",
    "unreachable": "see whether the site can be reached from here, and crawl again",
    "disk_full": "no room on the disk: free some, and crawl again",
    "unwritable": "the archive could not be written: end the program that keeps it locked, or make it writable",
    "incomplete": "a listing could not be read to its end: newscrawl failures says which",
}


def of_runs(runs: Runs, site: Site) -> Iterator[Reason]:
    """How the last crawl ended, and whether there is any more."""
    if runs.last and runs.last.finish_reason in _ENDS:
        yield Reason(kind="run", language=None, text=_ended(runs.last, runs.not_before))
    if runs.interval is None or runs.idle is None or runs.idle <= runs.interval + max(runs.interval, HOUR):
        return
    what = "the last crawl has not ended, it runs or was killed" if runs.running else "nothing has crawled since"
    yield Reason(
        kind="run", language=None,
        text=f"the last crawl began {span(runs.idle)} ago, one every {span(runs.interval)} is usual; {what}: see "
        f"whether cron runs, then scrapy crawl {site.name}",
    )  # fmt: skip


def of_volume(language: str, volume: Volume | None, site: Site) -> Iterator[Reason]:
    """Too few new articles for that time of the day."""
    if volume is None or volume.usual is None or not is_low(volume.stored, volume.usual):
        return
    usual = volume.usual
    clock = dt.datetime.fromisoformat(volume.until).astimezone(zone_info(site.zone))
    days = f"{usual.days} {weekday_of(volume.until, site.zone)}s" if usual.weekday else f"{usual.days} days"
    home = site.url(site.homes[language])
    yield Reason(
        kind="volume", language=language,
        text=f"{language}: {volume.stored:,} new articles today until {clock:%H:%M}, {math.ceil(usual.low):,} to "
        f"{math.floor(usual.high):,} are usual ({days}): see whether {home} has more, then newscrawl failures",
    )  # fmt: skip


def of_coverage(language: str | None, found: Coverage) -> Iterator[Reason]:
    """Fewer articles have a field than did: a redesign shows here first."""
    if not is_drop(found):
        return
    where = f"{language}: " if language else ""
    yield Reason(
        kind="coverage", language=language,
        text=f"{where}{found.field} is in {found.share:.0%} of the last {found.articles:,} articles, {found.usual:.0%} "
        "is usual (14 days): see whether the site's pages changed; docs/add-a-site.md says what to do then",
    )  # fmt: skip


def of_language(found: InLanguage, site: Site) -> Iterator[Reason]:
    """What else is wrong in one language."""
    home, language = site.url(site.homes[found.language]), found.language
    if found.newest and is_old(found.newest):
        yield Reason(
            kind="age", language=language,
            text=f"{language}: nothing was published for {span(found.newest.seconds)} until the last crawl, "
            f"{found.newest.usual:.0f} articles are usual in that time: see whether {home} has newer ones",
        )  # fmt: skip
    for each in found.silent if found.newest and not is_old(found.newest) else ():
        if is_silent(each):
            yield Reason(
                kind="section", language=language,
                text=f"{language}: nothing in the section {each.section} for two days, {each.usual:,} in two weeks are "
                f"usual: see whether {home} still has it",
            )  # fmt: skip
    yield from _of_failing(found)
    if found.looks.late >= LATE:
        yield Reason(
            kind="looks", language=language,
            text=f"{language}: {found.looks.late:,} articles have waited over a day for another look, since "
            f"{found.looks.since}: crawl more often, or look at more at a time (NEWSCRAWL_LOOKS)",
        )  # fmt: skip


def of_disk(disk: Disk) -> Iterator[Reason]:
    """Room that ends, or has ended."""
    free = f"{size(disk.free_bytes)} free, crawls end at {size(disk.floor_bytes)}"
    if disk.free_bytes <= disk.floor_bytes:
        yield Reason(kind="disk", language=None, text=f"disk: {free}: free some room")
    elif disk.days_left is not None and disk.days_left < DAYS_LEFT and disk.bytes_a_day:
        yield Reason(
            kind="disk", language=None,
            text=f"disk: room for {disk.days_left:.0f} days at {size(disk.bytes_a_day)} a day ({free}): free some, or "
            "move the archive",
        )  # fmt: skip


def is_old(newest: Newest) -> bool:
    """Whether the newest article is far older than usual."""
    return newest.usual >= MISSED and newest.fewest >= MISSED_A_DAY


def is_silent(section: Silent) -> bool:
    """Whether a section had so much that two days without are no chance."""
    return section.usual >= SECTION_A_DAY * SECTION_DAYS


def span(seconds: int) -> str:
    """A span of time in words: `40 minutes`, `5 hours`, `3 days`."""
    for unit, length in (("day", 24 * HOUR), ("hour", HOUR)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}s"
    if seconds < HOUR // 60:
        return f"{seconds} second{'s' * (seconds != 1)}"
    minutes = round(seconds / 60)
    return f"{minutes} minute{'s' * (minutes != 1)}"


def size(count: int) -> str:
    """Bytes in words: `1.5 GB`."""
    for unit, length in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6)):
        if count >= length:
            return f"{count / length:,.1f} {unit}"
    return f"{count / 1e3:,.1f} kB"


def _ended(run: RunSeen, not_before: str | None) -> str:
    why = f" ({run.why})" if run.why else ""
    todo = _ENDS[run.finish_reason or ""]
    if run.finish_reason == "blocked" and not_before:
        todo = f"nothing to do, crawls go on after {not_before[:16].replace('T', ' ')} UTC"
    return f"the last crawl ({run.started_at}) ended as {run.finish_reason}{why}: {todo}"


def _of_failing(found: InLanguage) -> Iterator[Reason]:
    failing = found.failing
    if failing.failed < FAILED:
        return
    share = failing.failed / failing.pages
    known = failing.usual is not None
    if share < (max(SHARE, 2 * failing.usual) if failing.usual is not None else UNKNOWN_SHARE):
        return
    usual = f", {failing.usual:.0%} is usual" if known else ""
    yield Reason(
        kind="failures", language=found.language,
        text=f"{found.language}: {failing.failed:,} of {failing.pages:,} pages of the last day gave no article "
        f"({share:.0%}{usual}): newscrawl failures says what to do",
    )  # fmt: skip
