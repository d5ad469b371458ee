"""Exit codes, of crawls and of commands."""

from __future__ import annotations

from collections.abc import Iterable

from newscrawl.errors import AlreadyRunning, DiskFull, LockedArchive, NewscrawlError

FINE = 0
CRASH = 1
"""An error of newscrawl's own, or an archive that another program keeps locked."""
USAGE = 2
"""What was asked for cannot be."""
DEGRADED = 3
"""Finished, but something failed or was found."""
BLOCKED = 4
"""The site cannot be reached, or refuses."""
DISK = 5
"""No room on the disk."""
LOCKED = 75
"""Another crawl is at it: try again later."""
STOPPED = 130
"""By a signal."""

SERIOUSNESS = (DISK, CRASH, USAGE, BLOCKED, DEGRADED, STOPPED, FINE)
"""How crawls of several sites may end, the worst first."""
OF_REASON = {
    "usage": USAGE,
    "unreachable": BLOCKED,
    "blocked": BLOCKED,
    "disk_full": DISK,
    "crashed": CRASH,
    "start_error": CRASH,
    "unwritable": CRASH,
    "shutdown": STOPPED,
}
"""Reasons to end a crawl that decide its exit code by themselves."""
UNWRITABLE = ("disk_full", "unwritable")
"""Those of them for which there is nothing more to be written."""
_OF_ERRORS = {DiskFull: DISK, LockedArchive: CRASH, AlreadyRunning: LOCKED}
"""Errors before the first request that are not the user's."""


def of_error(error: NewscrawlError) -> int:
    """The exit code of a crawl that `error` keeps from its first request."""
    return next((code for kind, code in _OF_ERRORS.items() if isinstance(error, kind)), USAGE)


def most_serious(codes: Iterable[int]) -> int:
    """The one exit code of crawls that ended with `codes`, of which there is at least one."""
    return min(codes, key=SERIOUSNESS.index)


def has_answered(stats: Iterable[str]) -> bool:
    """Whether a site gave any answer but that it is out of order, by the names of Scrapy's statistics."""
    name = "downloader/response_status_count/"
    return any(int(each.removeprefix(name)) < 500 for each in stats if each.startswith(name))
