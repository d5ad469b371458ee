"""The spider of every news site: look where the site says what is new, and fetch what it names."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import chain
from typing import Any, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from newscrawl.errors import ListingError, PageError, UsageError
from newscrawl.extract import extract, read_listing
from newscrawl.items import Failure, Link, Listing, Page
from newscrawl.network import user_agent
from newscrawl.pages.followed import of_site
from newscrawl.pages.listing import batch_url
from newscrawl.site import Site
from newscrawl.spiders.answers import failed, page_of, unanswered, unreadable
from newscrawl.spiders.arguments import check_sections, parse_arguments
from newscrawl.spiders.walk import Step, next_step
from newscrawl.text import fold

Output = Request | Listing | Page | Failure
ARTICLE_PRIORITY = 10
"""Articles before the next batch of a listing, so that what waits to be fetched never outgrows a batch."""


class NewsSpider(Spider):
    """Walks sitemaps, feeds and endless listings of one site; yields a `Page` for each article.

    Requests for articles carry their `Link` in `meta["link"]`, and the request for a listing's next batch the time
    of the batch before it in `meta["after"]`: a middleware decides which of them the archive still needs.
    """

    site: Site

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        super().__init__(name)
        self.arguments = parse_arguments(self.site, arguments)
        self.allowed_domains = [self.site.domain]
        self._menus: dict[str, list[Link]] = {}
        self._slugs: set[str] = set()
        self._hoped: dict[str, set[str]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """The spider, once its contact is in the user agent: `-s NEWSCRAWL_CONTACT=…` comes after the settings file."""
        contact = crawler.settings["NEWSCRAWL_CONTACT"]
        if contact:
            crawler.settings.set("USER_AGENT", user_agent(contact), priority="spider")
        return super().from_crawler(crawler, *args, **kwargs)

    async def start(self) -> AsyncIterator[Any]:
        """Requests for the pages that were asked for, else for every place where the site says what is new."""
        for url in self.arguments.urls:
            yield self.article_request(Link(url=url, language=self.site.language_of(url)))
        if self.arguments.urls:
            return
        if self.arguments.sections:
            # Only a home page tells which addresses belong to a section's name
            for language in self.arguments.languages:
                yield self._home(language)
            return
        for path in self.site.sitemaps:
            yield self._ask(self.site.url(path), self.parse_links, kind="sitemap")
        for language in self.arguments.languages:
            if feed := self.site.feeds.get(language):
                yield self._ask(self.site.url(feed), self.parse_links, kind="feed")
            if known := self.site.listings.get(language):
                yield self._first_batch(self.site.url(known), language, errback=self.listing_moved)
            else:
                yield self._home(language)

    def parse_links(self, response: Response, kind: str) -> Iterator[Output]:
        """A sitemap or a feed: its links, and the sitemaps of an index."""
        try:
            listing = of_site(read_listing(page_of(response), kind), self.site)
        except PageError as error:
            yield unreadable(response, error)
            return
        yield from self._articles(listing)
        for url in listing.more:
            if self.site.owns(url):
                yield self._ask(url, self.parse_links, kind=kind)

    def parse_home(self, response: Response, language: str) -> Iterator[Output]:
        """A home page: its links, and the listings it leads to."""
        listing = self._read(response)
        if isinstance(listing, Failure):
            yield listing
            return
        self._menus[language] = [link for link in listing.sections if link.language == language]
        if self.arguments.sections:
            self._check_sections()
        else:
            yield from self._articles(listing)
        chosen = self._chosen(self._menus[language])
        if not chosen and not self.arguments.sections:
            yield unreadable(response, ListingError(f"{response.url}: no link to a listing (a[href])"))
        self._slugs.update(map(self._slug, chosen))
        for link in chosen:
            yield self._first_batch(link.url, language)

    def parse_listing(
        self, response: Response, language: str, address: str, step: Step | None = None
    ) -> Iterator[Output]:
        """A listing's first page (at `address`), or the batch of it that `step` asked for."""
        listing = self._read(response)
        if isinstance(listing, Failure):
            yield listing
            return
        if step is None and not listing.links:
            yield from self._no_listing(listing, language, address)
            return
        self._hoped.pop(language, None)
        yield from self._articles(listing)
        if listing.cursor and listing.links and listing.oldest is None:
            what = f"{listing.url}: no time in {listing.looked_for}, so there is no way to the next batch"
            yield unreadable(response, ListingError(what))
        if listing.cursor and (following := next_step(listing.oldest, step, self.arguments)):
            url = batch_url(listing.cursor, following.before, self.site.zone)
            yield self._ask(
                url, self.parse_listing, after=listing.oldest, language=language, address=address, step=following
            )

    def parse_article(self, response: Response) -> Iterator[Output]:
        """An article: the page itself, and the same story in the other languages."""
        page = page_of(response)
        yield page
        if self.arguments.urls:
            return
        try:
            alternates = extract(page).alternates
        except PageError:
            return  # the pipeline says what is wrong with the page
        found = Listing(url=page.url, links=tuple(Link(url=each.url, headline=each.headline) for each in alternates))
        for link in of_site(found, self.site).links:
            # Its time and section are those of the article that led here, as far as anyone can say
            if link.language in self.arguments.languages:
                yield self.article_request(link)

    def fetch_failed(self, failure: TwistedFailure) -> Iterator[Output]:
        """A request without an answer we can use becomes a `Failure`, unless we chose not to ask."""
        assert failure.value is not None
        if found := unanswered(failure.request, failure.value):  # type: ignore[attr-defined]
            yield found

    def listing_moved(self, failure: TwistedFailure) -> Iterator[Output]:
        """A listing's known address gives nothing: say so, and look for its new one on the home page."""
        yield from self.fetch_failed(failure)
        yield self._home(failure.request.cb_kwargs["language"])  # type: ignore[attr-defined]

    def _first_batch(self, url: str, language: str, errback: Callable[..., Any] | None = None) -> Request:
        self._hoped.setdefault(language, set()).add(url)
        return self._ask(url, self.parse_listing, errback=errback, language=language, address=url)

    def _no_listing(self, listing: Listing, language: str, address: str) -> Iterator[Output]:
        """A menu leads to other pages too (contacts, advertising): only if no link led to cards, something is wrong."""
        hoped = self._hoped.get(language, set())
        hoped.discard(address)
        if hoped or language not in self._hoped:
            return
        what = f"{address}: no {listing.looked_for} with a link to an article"
        yield failed(address, "listing", ListingError(what))
        if address == self.site.url(self.site.listings.get(language, "")):
            yield self._home(language)

    def _check_sections(self) -> None:
        """End the crawl where no menu knows a section that was asked for, once all menus are read."""
        if len(self._menus) < len(self.arguments.languages):
            return
        try:
            links = chain.from_iterable(self._menus.values())
            check_sections(self.arguments, [(self._slug(link), link.headline or "") for link in links])
        except UsageError as error:
            self.logger.error("%s", error)
            raise CloseSpider("usage") from error

    def _slug(self, link: Link) -> str:
        return self.site.section_of(link.url) or ""

    def _chosen(self, menu: list[Link]) -> list[Link]:
        """The listings to walk: the sections that were asked for, else the one with all news, else every section."""
        wanted = self.arguments.sections
        if wanted:
            return [link for link in menu if {fold(link.headline or ""), fold(self._slug(link))} & wanted]
        pattern = self.site.all_news
        all_news = [link for link in menu if pattern and pattern.search(link.headline or "")]
        return all_news[:1] or menu

    def _articles(self, listing: Listing) -> Iterator[Output]:
        yield listing
        asked = self.arguments
        for link in listing.links:
            if (
                link.language in asked.languages
                and (not asked.sections or self._slug(link) in self._slugs)
                and _between(asked.since, link.published_at, asked.until)
            ):
                yield self.article_request(link)

    def _read(self, response: Response) -> Listing | Failure:
        try:
            return of_site(read_listing(page_of(response), "listing"), self.site)
        except PageError as error:
            return unreadable(response, error)

    def _home(self, language: str) -> Request:
        return self._ask(self.site.url(self.site.homes[language]), self.parse_home, language=language)

    def _ask(
        self,
        url: str,
        callback: Callable[..., Any],
        *,
        errback: Callable[..., Any] | None = None,
        after: str | None = None,
        **arguments: Any,
    ) -> Request:
        # Sitemaps and feeds say what they are to their callback, too
        meta = {"kind": arguments.get("kind", "listing")} | ({"after": after} if after else {})
        return Request(url, callback, errback=errback or self.fetch_failed, meta=meta, cb_kwargs=arguments)

    def article_request(self, link: Link) -> Request:
        """The request for the article that `link` leads to."""
        meta = {"link": link, "kind": "article"}
        return Request(link.url, self.parse_article, errback=self.fetch_failed, meta=meta, priority=ARTICLE_PRIORITY)


def _between(since: str | None, moment: str | None, until: str | None) -> bool:
    """Whether a link's time is in the range; a link that shows none may be, so its page is looked at."""
    if moment is None:
        return True
    when = dt.datetime.fromisoformat(moment)
    too_old = since and when < dt.datetime.fromisoformat(since)
    return not too_old and not (until and when >= dt.datetime.fromisoformat(until))
