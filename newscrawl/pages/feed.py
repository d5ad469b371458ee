"""RSS, Atom and RDF feeds, by feedparser.

An entry's identity is its link, never its guid alone: feeds exist that repeat one guid on all items.
"""

from __future__ import annotations

import calendar
import datetime as dt
import time

import feedparser
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
        if entry.get("guidislink") and not href.startswith(("http://", "https://")):
            return None
        url = urls.absolute(str(self.response.url), href)
        if not href or url is None:
            return None
        return Link(
            url=url,
            headline=squeeze(entry.get("title", "")) or None,
            published_at=_moment(entry.get("published_parsed")),
            # feedparser's own lookup answers `updated` with `published` where a feed has no `updated`
            modified_at=_moment(dict.get(entry, "updated_parsed")),
        )


def _moment(parsed: time.struct_time | None) -> str | None:
    """A time of feedparser's, which are all UTC."""
    if parsed is None:
        return None
    return times.to_utc(dt.datetime.fromtimestamp(calendar.timegm(parsed), dt.UTC))
