"""Pages that list articles: home, all news, categories, and the batches of an endless listing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import ClassVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import lxml.html
from lxml import etree
from lxml.cssselect import CSSSelector
from web_poet import WebPage, field

from newscrawl import times, urls
from newscrawl.errors import ListingError
from newscrawl.items import Link, Listing
from newscrawl.site import Site
from newscrawl.text import squeeze

_CURSOR_FORMAT = "%Y-%m-%d %H:%M:%S"


class ListingPage(WebPage[Listing]):
    """A page of cards, each with a link to an article.

    A site's subclass says what a card is; without a subclass every link of the page counts as one. `to_item` raises
    ListingError where the page is no HTML. A page without cards is the end of a listing, not an error.
    """

    site: ClassVar[Site | None] = None
    """Without one no menu is read, and times without a zone are none."""
    card_css: ClassVar[str] = "a"
    link_css: ClassVar[str] = "a[href]"
    headline_css: ClassVar[str] = "a"
    section_css: ClassVar[str | None] = None
    timestamp_attribute: ClassVar[str] = "data-timestamp"
    """Attribute of a card with its time, to the second, in the site's zone."""
    date_css: ClassVar[str | None] = None
    """Printed date and time of a card, for cards without that attribute."""
    more_css: ClassVar[str | None] = None
    """Element whose `data-url` gives the next batch when asked with the last card's time."""

    @field
    def url(self) -> str:
        return str(self.response.url)

    @field
    def looked_for(self) -> str:
        return self.card_css

    @field
    def links(self) -> tuple[Link, ...]:
        return tuple(link for card in self._cards if (link := self._link(card)))

    @field
    def rejected(self) -> dict[str, int]:
        without = sum(1 for card in self._cards if self._href(card) is None)
        return {"no href": without} if without else {}

    @field
    def sections(self) -> tuple[Link, ...]:
        """Links of one path segment below a language's home, outside the cards: menus, footers, `all news`."""
        site = self.site
        if site is None:
            return ()
        in_cards = {anchor for card in self._cards for anchor in card.iter("a")}
        found: dict[str, Link] = {}
        for anchor in self._root.iter("a"):
            url = urls.absolute(self.url, anchor.get("href") or "")
            if url is None or anchor in in_cards or not site.owns(url):
                continue
            url = site.canonical(url)
            text = squeeze(anchor.text_content())
            if text and url not in found and site.section_of(url):
                found[url] = Link(url=url, language=site.language_of(url), headline=text)
        return tuple(found.values())

    @field
    def cursor(self) -> str | None:
        """The endpoint of the next batch, without its time: the page's own, or the address this batch came from."""
        if self.more_css:
            for element in _select(self._root, self.more_css):
                if endpoint := urls.absolute(self.url, element.get("data-url") or ""):
                    return endpoint
        return self.url if "date" in dict(parse_qsl(urlsplit(self.url).query)) else None

    @field
    def oldest(self) -> str | None:
        """The time of the last card that has one and leads to an article of the site.

        Cards above it may be pinned and out of order, those of other sites are advertising.
        """
        return next(
            (moment for card in reversed(self._cards) if self._is_own(card) and (moment := self._moment(card))), None
        )

    @cached_property
    def _root(self) -> lxml.html.HtmlElement:
        body = self.response.text.strip().encode()
        if not body:
            return lxml.html.Element("html")
        try:
            return lxml.html.document_fromstring(body, parser=lxml.html.HTMLParser(encoding="utf-8"))
        except etree.ParserError as error:
            raise ListingError(f"{self.url}: no HTML, so no {self.card_css}: {error}") from error

    @cached_property
    def _cards(self) -> list[lxml.html.HtmlElement]:
        return _select(self._root, self.card_css)

    def _href(self, card: lxml.html.HtmlElement) -> str | None:
        anchors = [card] if card.tag == "a" and card.get("href") else _select(card, self.link_css)
        return next((href for anchor in anchors if (href := (anchor.get("href") or "").strip())), None)

    def _is_own(self, card: lxml.html.HtmlElement) -> bool:
        url = self._address(card)
        return url is not None and (self.site is None or self.site.article(self.site.canonical(url)) is not None)

    def _address(self, card: lxml.html.HtmlElement) -> str | None:
        href = self._href(card)
        return urls.absolute(self.url, href) if href else None

    def _moment(self, card: lxml.html.HtmlElement) -> str | None:
        if self.site is None:
            return None
        if moment := times.parse_machine(card.get(self.timestamp_attribute) or "", self.site.zone):
            return moment
        language = self.site.language_of(self._address(card) or self.url)
        if not (self.date_css and language):
            return None
        printed = " ".join(squeeze(each.text_content()) for each in _select(card, self.date_css))
        return times.parse_visible(printed, language, self.site.zone)

    def _link(self, card: lxml.html.HtmlElement) -> Link | None:
        url = self._address(card)
        if url is None:
            return None
        return Link(
            url=url,
            headline=_text(card, self.headline_css),
            section=_text(card, self.section_css),
            published_at=self._moment(card),
        )


def batch_url(cursor: str, before: dt.datetime, zone: str) -> str:
    """The address of the batch of an endless listing that begins at `before`, as the site's own script asks for it."""
    parts = urlsplit(cursor)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name not in {"date", "oldest"}]
    local = before.astimezone(times.zone_info(zone))
    query = urlencode([*kept, ("date", local.strftime(_CURSOR_FORMAT)), ("oldest", "1")])
    return urlunsplit(parts._replace(query=query))


@lru_cache(maxsize=256)
def _selector(css: str) -> CSSSelector:
    return CSSSelector(css, translator="html")


def _select(element: lxml.html.HtmlElement, css: str) -> list[lxml.html.HtmlElement]:
    return list(_selector(css)(element))


def _text(card: lxml.html.HtmlElement, css: str | None) -> str | None:
    if css is None:
        return None
    found: Iterator[str] = (squeeze(element.text_content()) for element in _select(card, css))
    return next((text for text in found if text), None)
