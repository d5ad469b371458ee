"""From an address to a response."""

from __future__ import annotations

from functools import cached_property
from urllib.parse import parse_qsl, unquote, urlsplit

import attrs

from newscrawl.replica.article import story_of_id
from newscrawl.replica.endpoints import listing_at
from newscrawl.replica.feeds import ROBOTS, news_sitemap, rss
from newscrawl.replica.other_html import static_page
from newscrawl.replica.pages import Pages
from newscrawl.replica.response import Response, redirect
from newscrawl.replica.sections import BY_SLUG, STATIC_PAGES
from newscrawl.replica.site import Replica
from newscrawl.replica.structured import HOST

_XML = "application/xml; charset=utf-8"
_PAGES = frozenset(str(number) for number in range(1, 51))
_TOPIC_BASES = frozenset({"tag", "topic", "tags"})


@attrs.frozen
class Address:
    """What a client asks for."""

    host: str
    path: str
    query: str = ""
    scheme: str = "https"


def fetch(replica: Replica, url: str) -> Response:
    """Return what the site answers to a URL or path, without a server."""
    parts = urlsplit(url)
    return Routes(replica).answer(Address(parts.hostname or "report.az", parts.path or "/", parts.query))


class Routes:
    """Answers addresses for one replica."""

    def __init__(self, replica: Replica) -> None:
        """Take the site as it is at this moment."""
        self.replica, self.pages = replica, Pages(replica)

    @cached_property
    def _sitemap(self) -> str:
        return news_sitemap(self.replica)

    def answer(self, address: Address) -> Response:
        """Return the response for an address."""
        if address.scheme == "http":
            return redirect(HOST + address.path)
        if address.host.startswith("www.") and self.replica.way.www == "redirects":
            return redirect(HOST + address.path)
        path = unquote(address.path)
        if path == "/robots.txt":
            return Response(200, "text/plain", (ROBOTS,), 0)
        if path == "/news-sitemap.xml":
            return Response(200, _XML, (self._sitemap,), self.pages.changed_at)
        segments = [segment for segment in path.split("/") if segment]
        return self._redirected(path, segments) or self._by_language(path, segments, address.query)

    def _redirected(self, path: str, segments: list[str]) -> Response | None:
        """Return the redirect to the usual form of an address, None if it has that form or the site serves both."""
        way = self.replica.way
        if segments[:1] == ["az"] and way.az_prefix != "serves":
            return self.pages.missing("az") if way.az_prefix == "missing" else redirect("/" + "/".join(segments[1:]))
        ends_in_slash = not segments or segments[-1] == "rss" or segments in (["ru"], ["en"])
        if path.endswith("/") == ends_in_slash or way.slash == "serves" or segments[-1:] == ["rss"]:
            return None
        usual = f"{path}/" if ends_in_slash else path.rstrip("/")
        return redirect(HOST + usual if way.slash == "absolute" else usual)

    def _by_language(self, path: str, segments: list[str], query: str) -> Response:
        language = segments[0] if segments and segments[0] in ("ru", "en", "az") else ""
        rest = segments[1:] if language else segments
        language = language or "az"
        values = dict(parse_qsl(query))
        match rest:
            case []:
                return self.pages.home(language)
            case ["rss"]:
                feed = rss(self.replica, language)
                return Response(200, "application/rss+xml; charset=utf-8", (feed,), self.pages.changed_at)
            case ["infinity", *tail]:
                return self._scroll(language, tail, values)
            case ["search"]:
                return self.pages.search(values.get("query", ""))
            case [slug]:
                return self._one_segment(language, path, slug)
            case ["amp", section, slug]:
                return self._article(language, section, slug, amp=True)
            case [slug, "page", number] if slug in BY_SLUG[language] and number in _PAGES:
                return self.pages.numbered(language, BY_SLUG[language][slug], int(number))
            case [base, slug] if base in _TOPIC_BASES:
                return self.pages.topic(language, path.rstrip("/"), slug)
            case [section, slug]:
                return self._article(language, section, slug)
        return self.pages.missing(language)

    def _scroll(self, language: str, tail: list[str], values: dict[str, str]) -> Response:
        listing = listing_at(language, tail, values)
        if listing is None:
            return self.pages.missing(language)
        return self.pages.scroll(*listing, values.get("date", ""), values.get("oldest") == "1")

    def _one_segment(self, language: str, path: str, slug: str) -> Response:
        if path.rstrip("/").removeprefix("/az") == self.replica.way.all_news[language]:
            return self.pages.listing(language, None)
        if slug in BY_SLUG[language]:
            return self.pages.listing(language, BY_SLUG[language][slug])
        if slug in STATIC_PAGES[language]:
            title = STATIC_PAGES[language][slug]
            return Response(200, self.pages.html, static_page(language, title, self.pages.frame(language)), 0)
        if slug.isdigit() and len(slug) < 12 and language == "az":
            return self._short_link(int(slug))
        return self.pages.missing(language)

    def _short_link(self, identifier: int) -> Response:
        number, language = story_of_id(identifier)
        if number < 0 or not self.replica.exists(number, language):
            return self.pages.missing("az")
        path = self.replica.texts.path(number, language)
        return redirect(path if self.replica.way.slash == "relative" else HOST + path)

    def _article(self, language: str, section: str, slug: str, amp: bool = False) -> Response:
        number = self.replica.texts.find(language, section, slug)
        if number is None or not self.replica.exists(number, language):
            return self.pages.missing(language)
        return self.pages.amp(number, language) if amp else self.pages.article(number, language)
