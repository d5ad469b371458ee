"""What the archive answers: frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import attrs

from newscrawl.exchanges import Kind, Place

Outcome = Literal["new", "changed", "unchanged"]


@attrs.frozen(kw_only=True)
class Saved:
    """What became of an article that was handed to `Archive.save`."""

    article_id: int
    revision: int
    """1 for a new article."""
    outcome: Outcome


@attrs.frozen(kw_only=True)
class Row:
    """An article in a list."""

    id: int
    url: str
    site: str
    language: str
    headline: str
    section: str | None
    published_at: str | None
    """UTC."""
    story_id: int


@attrs.frozen(kw_only=True)
class Hit(Row):
    """An article that a search found."""

    snippet: str
    """A piece of the text as printed around the words that were searched, these between marks."""


@attrs.frozen(kw_only=True)
class Holding:
    """What the archive holds of one site in one language."""

    site: str
    language: str
    articles: int
    newest_published_at: str | None
    newest_first_seen_at: str
    changed: int
    """Articles with more than one revision."""
    near_duplicates: int


@attrs.frozen(kw_only=True)
class Run:
    """One `scrapy crawl`."""

    id: int
    spider: str
    started_at: str
    ended_at: str | None
    finish_reason: str | None
    exit_code: int | None
    stored: int | None
    changed: int | None
    failed: int | None


@attrs.frozen(kw_only=True)
class RunEnd:
    """How a run ended."""

    at: str
    """UTC."""
    finish_reason: str
    exit_code: int
    counts: Mapping[str, int] = attrs.field(factory=dict)
    """By the names in `runs.COUNTS`; those missing are 0."""
    by_language: Mapping[str, Any] = attrs.field(factory=dict)
    coverage: Mapping[str, float] = attrs.field(factory=dict)
    """Field to the share of articles that have it."""
    why: str | None = None
    """In words, where it was stopped or is degraded."""


@attrs.frozen(kw_only=True)
class Status:
    """The state of the archive in numbers."""

    holdings: tuple[Holding, ...]
    open_failures: tuple[tuple[str, int], ...]
    """Error class and how many pages, the most frequent first."""
    last_run: Run | None
    bytes: int
    """Size of the database file, pages not yet used included; the write-ahead log apart."""


@attrs.frozen(kw_only=True)
class Snapshot:
    """The index row of a stored exchange."""

    id: int
    url: str
    kind: Kind
    fetched_at: str
    """UTC."""
    status: int
    run_id: int | None
    payload_sha256: str
    place: Place
    original: Place | None
    """Where the payload lies, if the record is a `revisit` of an earlier one."""


@attrs.frozen(kw_only=True)
class Asked:
    """Which stored pages are asked for; what is None does not narrow the question."""

    site: str | None = None
    since: str | None = None
    """Fetched at this time (UTC) or later."""
    until: str | None = None
    """Fetched before this time (UTC)."""
    urls: tuple[str, ...] | None = None
    """Of these addresses, as they were fetched."""
    failures: bool = False
    """Only pages of which a failure is open."""


@attrs.frozen(kw_only=True)
class Revision:
    """One state of an article."""

    revision: int
    """1, 2, …"""
    seen_at: str
    """When the page was fetched that first showed it, UTC."""
    cause: Literal["parser"] | None
    """None: the page changed. `parser`: newscrawl read the same page in another way, the publisher changed nothing."""
    modified_at: str | None
    """The publisher's own word, UTC."""
    run_id: int | None
    snapshot_id: int | None
    headline: str
    summary: str | None
    section: str | None
    published_at: str | None
    """UTC."""
    tags: tuple[str, ...]
    body: str


@attrs.frozen(kw_only=True)
class FailedPage:
    """A page that gave no article."""

    url: str
    site: str | None
    stage: str
    error: str
    detail: str | None
    snapshot_id: int | None
    """None where no page was stored."""
    run_id: int | None
    first_at: str
    """UTC, as all times here."""
    last_at: str
    times: int
    resolved_at: str | None
    resolved_run_id: int | None


@attrs.frozen(kw_only=True)
class FailureKind:
    """Pages that failed at the same stage with the same error."""

    stage: str
    error: str
    pages: int
    resolved: int
    """Those of them that gave an article since."""
    stored: int
    """Those that are open, were read without success, and can be read again from the stored page."""
    given_up: int
    """Those that are open and that no crawl asks for any more of its own accord."""
    times: int
    """How often they failed, all together."""
    first_at: str
    last_at: str
    example: FailedPage
    """The one that failed last; an open one, if there is any."""
