"""RSS, Atom and RDF feeds, by feedparser.

An entry's identity is its link, never its guid alone: feeds exist that repeat one guid on all items.
"""

from __future__ import annotations

import calendar
import datetime as dt

import feedparser
import lxml.html
from web_poet import WebPage, field

from newscrawl import times, urls
from newscrawl.errors import ListingError
from newscrawl.items import Link, Listing
from newscrawl.text import squeeze


class FeedPage(WebPage[Listing]):
    """A feed.

    `to_item` raises ListingError where the bytes are no feed. An empty feed is a feed.
    """

    @field
    def url(self) -> str:
        return str(self.response.url)

    @field
    def links(self) -> tuple[Link, ...]:
        feed = feedparser.parse(self.response.body)
        if not feed.get("version"):
            raise ListingError(f"{self.response.url}: no <rss>, <feed> or <rdf>, so this is no feed")
        return tuple(link for entry in feed.entries if (link := self._link(entry)))

    def _link(self, entry: feedparser.FeedParserDict) -> Link | None:
        href = entry.get("link", "")
        # Without a <link> feedparser gives the guid, which by RSS 2.0 is an address; in truth it is often a number
        if not entry.get("links") and not href.startswith(("http://", "https://")):
            return None
        url = urls.absolute(str(self.response.url), href)
        if not href or url is None:
            return None
        return Link(
            url=url,
            headline=_headline(entry),
            published_at=_moment(entry, "published"),
            modified_at=_moment(entry, "updated"),
        )


def _headline(entry: feedparser.FeedParserDict) -> str | None:
    title = entry.get("title", "")
    if "<" in title or "&" in title:
        # Markup in a title, which Atom allows and which RSS leaves open
        title = lxml.html.fragment_fromstring(title, create_parent=True).text_content()
    return squeeze(title) or None


def _moment(entry: feedparser.FeedParserDict, name: str) -> str | None:
    """A time as the feed prints it, with its own offset; in UTC where only feedparser can read it."""
    # feedparser's own lookup answers `updated` with `published` where a feed has no `updated`
    printed, parsed = dict.get(entry, name), dict.get(entry, f"{name}_parsed")
    if moment := times.parse_machine(printed or "", None):
        return moment
    return times.to_utc(dt.datetime.fromtimestamp(calendar.timegm(parsed), dt.UTC)) if parsed else None
