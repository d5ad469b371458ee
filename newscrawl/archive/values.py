"""What the archive answers: frozen values."""

from __future__ import annotations

from typing import Literal

import attrs

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
class Status:
    """The state of the archive in numbers."""

    holdings: tuple[Holding, ...]
    open_failures: tuple[tuple[str, int], ...]
    """Error class and how many pages, the most frequent first."""
    last_run: Run | None
    bytes: int
    """Size of the database file, pages not yet used included; the write-ahead log apart."""
