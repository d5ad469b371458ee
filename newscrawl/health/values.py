"""What is known of a site's health: measured values beside what is usual. Times are UTC, shares from 0 to 1."""

from __future__ import annotations

from typing import Literal

import attrs

from newscrawl.archive.health import RunSeen

Kind = Literal["run", "volume", "coverage", "age", "section", "failures", "looks", "disk"]


@attrs.frozen(kw_only=True)
class Band:
    """What is usual of a number, by its values on earlier days."""

    mean: float
    deviation: float
    """The standard deviation."""
    low: float
    high: float
    days: int
    """How many days it is from."""
    weekday: bool
    """Whether they are all of the same day of the week."""


@attrs.frozen(kw_only=True)
class Volume:
    """How many articles were new on a day of the site, until a run."""

    until: str
    """When the last run that counts began."""
    stored: int
    usual: Band | None
    """None where there is too little history."""


@attrs.frozen(kw_only=True)
class Coverage:
    """How many articles have a field."""

    field: str
    share: float
    articles: int
    """Of how many: those that were read last."""
    usual: float
    usual_articles: int
    """Of how many: those of the days before."""


@attrs.frozen(kw_only=True)
class Newest:
    """The newest article when the last run that counts began."""

    published_at: str
    seconds: int
    """Its age then: for so long nothing was published."""
    usual: float
    """How many articles appeared in as long a time, two days at most, until that time of earlier days."""
    fewest: int
    """The fewest of these days, one of them aside."""


@attrs.frozen(kw_only=True)
class Failing:
    """Pages of articles that gave none, of the last day beside the days before."""

    failed: int
    pages: int
    """Fetched whole, failed included."""
    usual: float | None
    """The share that failed before; None: too little history."""


@attrs.frozen(kw_only=True)
class Looks:
    """Articles that are due for another look."""

    due: int
    late: int
    """Those that have been due for a day or longer."""
    since: str | None
    """When the first one was due."""


@attrs.frozen(kw_only=True)
class Silent:
    """A section in which nothing appears any more."""

    section: str
    """Its slug."""
    usual: int
    """Articles in the days before."""


@attrs.frozen(kw_only=True)
class BackFill:
    """A span of time that somebody asked for and that is not walked through yet."""

    since: str
    until: str
    """The first second that is not meant any more."""
    left: str
    """The latest second that was not walked: listings are walked from new to old."""


@attrs.frozen(kw_only=True)
class InLanguage:
    """What was measured in one language."""

    language: str
    volume: Volume | None
    """None where no run that counts began today."""
    coverage: tuple[Coverage, ...]
    newest: Newest | None
    """None where no article is as young as two weeks."""
    silent: tuple[Silent, ...]
    failing: Failing
    looks: Looks
    back_fills: tuple[BackFill, ...]
    waiting: int
    """Addresses of articles that are due and gave none so far."""


@attrs.frozen(kw_only=True)
class Runs:
    """The crawls of a site."""

    last: RunSeen | None
    """The last one that ended."""
    running: RunSeen | None
    """One that began after it and has not ended: it is running, or was killed."""
    interval: int | None
    """Seconds that usually lie between the starts of two runs; None: too little history."""
    idle: int | None
    """Seconds since the last start."""
    not_before: str | None
    """Until when the site asked to be left alone; None where that is over."""


@attrs.frozen(kw_only=True)
class Disk:
    """What the archive takes, and for how long there is room."""

    database_bytes: int
    warc_bytes: int
    free_bytes: int
    floor_bytes: int
    """Below which crawls end."""
    bytes_a_day: int | None
    """None: too little history."""
    days_left: float | None
    """Until only the floor is left; None where nothing grows, or there is too little history."""


@attrs.frozen(kw_only=True)
class Reason:
    """Why a site is not well, in one line: what is, what is usual, what to do."""

    kind: Kind
    language: str | None
    """None where it concerns the whole site."""
    text: str


@attrs.frozen(kw_only=True)
class Health:
    """The health of a site."""

    site: str
    at: str
    runs: Runs
    languages: tuple[InLanguage, ...]
    failures: tuple[tuple[str, int], ...]
    """Failures that are open: error class and how many pages."""
    coverage: tuple[Coverage, ...]
    """Over all languages."""
    disk: Disk | None
    """None where nobody looked."""
    findings: tuple[Reason, ...]

    @property
    def state(self) -> Literal["fine", "degraded"]:
        """`degraded` where there is any reason."""
        return "degraded" if self.findings else "fine"

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons in words, a line each."""
        return tuple(each.text for each in self.findings)
