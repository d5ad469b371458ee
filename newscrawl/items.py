"""The values that flow through a crawl: frozen, without behaviour beyond what follows from their own fields.

What is long is left out of `repr`: Scrapy logs items whole.

Times are ISO 8601 strings with an offset (`2025-11-11T17:50:00+04:00`): web-poet's fixtures cannot hold a datetime,
and the printed offset is itself a fact worth keeping.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from functools import cached_property

import attrs

from newscrawl.times import to_utc


@attrs.frozen(kw_only=True)
class Link:
    """A link that a listing, a sitemap, a feed or an article shows."""

    url: str
    """Absolute, as the page has it; canonical once `pages.followed.of_site` let it through."""
    language: str | None = None
    """As the URL's path tells; set by `pages.followed.of_site`."""
    headline: str | None = None
    section: str | None = None
    published_at: str | None = None
    """ISO 8601 with offset; None where the link shows no full time."""
    modified_at: str | None = None
    """`lastmod` of a sitemap, `updated` of a feed; ISO 8601 with offset."""


@attrs.frozen(kw_only=True)
class Listing:
    """What a listing, a sitemap or a feed says: links in page order and where to go on."""

    url: str
    links: tuple[Link, ...] = attrs.field(default=(), repr=False)
    looked_for: str = ""
    """What counted as an entry (a selector), for the message where there was none."""
    rejected: Mapping[str, int] = attrs.field(factory=dict)
    """How many entries were not followed, by reason (`no href`, `foreign host`, `not an article`)."""
    sections: tuple[Link, ...] = attrs.field(default=(), repr=False)
    """Pages the menu links to that can be sections; `headline` is the link's text."""
    more: tuple[str, ...] = ()
    """Further sitemaps of a sitemap index."""
    cursor: str | None = None
    """Where the next batch of an endless listing is asked for; None where the page is no part of one."""
    oldest: str | None = None
    """The time of the last card, ISO 8601 with offset."""


@attrs.frozen(kw_only=True)
class Failure:
    """A page that gave no item, and why."""

    url: str
    stage: str
    """Where it failed: `download`, `listing`, `extract`, `check`, `store`."""
    error: str
    """Name of the error, `MissingField` or `Http404`."""
    detail: str
    """What was found and where, for a reader."""
    at: str | None = None
    """When the page was fetched (UTC); None where none came."""
    snapshot: int | None = None
    """`snapshots.id` of the page; None where none was stored."""


@attrs.frozen(kw_only=True)
class Unmodified:
    """An article's page of which the site says that it is as it was (304)."""

    url: str
    fetched_at: str
    """UTC."""


@attrs.frozen(kw_only=True)
class Missing:
    """An article's address at which there is no article: 404, 410, a redirect to a page that is none."""

    url: str
    """The address that was asked for."""
    status: int
    fetched_at: str
    """UTC."""
    otherwise: Failure
    """What it is if the archive never had an article there."""


@attrs.frozen(kw_only=True)
class Page:
    """One fetched page, before anything parsed it."""

    url: str
    """The page's address after redirects, on the real site (never the stand-in's)."""
    status: int
    headers: tuple[tuple[str, str], ...] = attrs.field(repr=False)
    body: bytes = attrs.field(repr=False)
    """Without content encoding."""
    fetched_at: str
    """UTC, `2025-11-11T13:50:00Z`."""
    requested_url: str | None = None
    """The address that was asked for, where it was another one (a redirect, a short link)."""
    snapshot: int | None = None
    """`snapshots.id` of the stored exchange; None where it was not stored."""


@attrs.frozen(kw_only=True)
class Alternate:
    """A link from an article to its version in another language."""

    language: str
    url: str
    headline: str | None = None
    """The link's text; None where the page shows only the language's name or nothing."""


@attrs.frozen(kw_only=True)
class Image:
    """An image of an article, by address."""

    url: str
    caption: str | None = None


@attrs.frozen(kw_only=True)
class Article:
    """An article in one language, as its page shows it."""

    url: str
    """Canonical URL."""
    site: str
    """Name of the site (`report`), or the host where the site is not one of ours."""
    language: str
    """ISO 639-1."""
    headline: str
    """As printed, update mark included."""
    body: str = attrs.field(repr=False)
    """Paragraphs separated by a blank line; subheadings, list items and quotes are paragraphs of their own."""
    summary: str | None = None
    section: str | None = None
    """The section's name as printed."""
    section_slug: str | None = None
    """The section's name in the URL."""
    published_at: str | None = None
    """ISO 8601 with offset; None where the page tells no time, or only an impossible one."""
    published_text: str | None = None
    """The time as printed."""
    modified_at: str | None = None
    image_url: str | None = None
    """The main image."""
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    images: tuple[Image, ...] = ()
    alternates: tuple[Alternate, ...] = ()
    short_url: str | None = None
    site_article_id: str | None = None
    """The site's own number of the article."""
    aliases: Mapping[str, str] = attrs.field(factory=dict)
    """Other addresses of this article and why they are (`{url: "short link"}`)."""
    fetched_at: str | None = None
    """When the page was fetched, UTC; None for an article that a page object made by itself."""
    snapshot: int | None = None
    """`snapshots.id` of the page; None where it was not stored."""
    parser: str = ""
    """Dotted path of the class that read the page."""
    sources: Mapping[str, str] = attrs.field(factory=dict)
    """Where each value came from: `{"published_at": "json-ld"}`."""
    flags: tuple[str, ...] = ()
    """What a reader should doubt, in words (`published_at 2031-01-01T00:00:00+04:00 is in the future`)."""

    @cached_property
    def content_sha256(self) -> str:
        """`content_sha256` of the article."""
        return content_sha256(
            headline=self.headline, summary=self.summary, body=self.body, section=self.section,
            published_at=to_utc(self.published_at) if self.published_at else None, tags=self.tags,
        )  # fmt: skip


def content_sha256(
    *, headline: str, summary: str | None, body: str, section: str | None, published_at: str | None,
    tags: Iterable[str],
) -> str:  # fmt: skip
    """SHA-256 over what counts as a change of an article: a new value makes a new revision. In hexadecimal.

    `modified_at`, images and links are left out on purpose: sites touch them without touching the news. Neither another
    spelling of the same instant (`published_at` is UTC) nor a tag that is printed twice is a change.
    """
    content = [headline, summary, body, section, published_at, list(dict.fromkeys(tags))]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
