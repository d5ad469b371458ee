"""The spider of every news site: look where the site says what is new, and fetch what it names."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from http import HTTPStatus
from typing import Any, Self

import attrs
from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from newscrawl.errors import ListingError, PageError, UsageError
from newscrawl.extract import extract, read_listing
from newscrawl.items import Failure, Link, Listing, Missing, Page, Unmodified
from newscrawl.network import user_agent
from newscrawl.pages.followed import of_site
from newscrawl.pages.listing import batch_url
from newscrawl.site import Site
from newscrawl.spiders.answers import failed, is_document, page_of, unanswered, unreadable
from newscrawl.spiders.arguments import parse_arguments
from newscrawl.spiders.menus import Menus
from newscrawl.walk import Step, Walk, jump, next_step

Output = Request | Listing | Page | Unmodified | Missing | Failure
PLACE_PRIORITY = 20
"""First the places where a site says what is new."""
ARTICLE_PRIORITY = 10
"""Articles before the next batch of a listing, so that what waits to be fetched never outgrows a batch."""


class NewsSpider(Spider):
    """Walks sitemaps, feeds and endless listings of one site; yields a `Page` for each article.

    Requests for articles carry their `Link` in `meta["link"]`, those for a listing its `walk` and `step` in
    `cb_kwargs`: a middleware decides which of them the archive still needs.
    """

    site: Site
    listings: Mapping[str, str]
    """Language to the address of its listing of all news, as far as it is known."""

    def __init__(self, name: str | None = None, **arguments: str) -> None:
        super().__init__(name)
        self.arguments = parse_arguments(self.site, arguments)
        self.allowed_domains = [self.site.domain]
        self.listings = {language: self.site.url(path) for language, path in self.site.listings.items()}
        self._menus = Menus(self.site, self.arguments)
        self._hoped: dict[str, set[str]] = {}
        self._sitemaps: set[str] = set()

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
            if known := self.listings.get(language):
                yield self._first_batch(Walk(language, "", known), errback=self.listing_moved)
            else:
                yield self._home(language)

    def parse_links(self, response: Response, kind: str) -> Iterator[Output]:
        """A sitemap or a feed: its links, and the sitemaps of an index."""
        if response.status == HTTPStatus.NOT_MODIFIED:
            yield Listing(url=response.url)
            return
        try:
            listing = of_site(read_listing(page_of(response), kind), self.site)
        except PageError as error:
            yield unreadable(response, error)
            return
        yield from self._articles(listing)
        for url in listing.more:
            if self.site.owns(url) and url not in self._sitemaps:
                self._sitemaps.add(url)
                yield self._ask(url, self.parse_links, kind=kind)

    def parse_home(self, response: Response, language: str) -> Iterator[Output]:
        """A home page: its links, and the listings it leads to."""
        listing = self._read(response)
        if isinstance(listing, Failure):
            yield listing
            return
        if not self.arguments.sections:
            yield from self._articles(listing)
        try:
            walks = self._menus.read(listing, language)
        except UsageError as error:
            self.logger.error("%s", error)
            raise CloseSpider("usage") from error
        if not walks and not self.arguments.sections:
            yield unreadable(response, ListingError(f"{response.url}: no link to a listing (a[href])"))
        for walk in walks:
            yield self._first_batch(walk)

    def parse_listing(self, response: Response, walk: Walk, step: Step | None = None) -> Iterator[Output]:
        """A listing's first page, or the batch of it that `step` asked for."""
        if response.status == HTTPStatus.NOT_MODIFIED:
            self._hoped.pop(walk.language, None)
            yield Listing(url=response.url)
            return
        listing = self._read(response)
        if isinstance(listing, Failure):
            yield listing
            return
        if step is None and self.site.is_home(response.url) and not self.site.is_home(walk.address):
            listing = attrs.evolve(listing, links=())
        if step is None and not listing.links:
            yield from self._no_listing(listing, walk)
            return
        if not listing.links and is_document(response):
            # The end of a listing is an empty batch; this may be a page that says that the site is being repaired
            what = f"{listing.url}: a whole page without {listing.looked_for} in place of a batch"
            yield unreadable(response, ListingError(what))
            return
        self._hoped.pop(walk.language, None)
        yield from self._articles(listing)
        if listing.cursor and listing.links:
            yield self._next_batch(response, listing, walk, step)

    def _next_batch(self, response: Response, listing: Listing, walk: Walk, step: Step | None) -> Output:
        try:
            if listing.oldest is None:
                raise ListingError(f"{listing.url}: no time in {listing.looked_for}, so there is no way to go on")
            assert listing.cursor
            return self._batch(
                walk, next_step(listing.cursor, listing.oldest, (link.url for link in listing.links), step)
            )
        except ListingError as error:
            return unreadable(response, error)

    def jump(self, request: Request, before: dt.datetime) -> Request:
        """The batch of the same listing that begins at `before`, in place of the one that `request` asks for."""
        return self._batch(request.cb_kwargs["walk"], jump(request.cb_kwargs["step"], before))

    def _batch(self, walk: Walk, step: Step) -> Request:
        url = batch_url(step.cursor, step.before, self.site.zone)
        return self._ask(url, self.parse_listing, walk=walk, step=step)

    def parse_article(self, response: Response) -> Iterator[Output]:
        """An article: the page itself, and the same story in the other languages."""
        page = page_of(response)
        if page.status == HTTPStatus.NOT_MODIFIED:
            yield Unmodified(url=page.url, fetched_at=page.fetched_at)
            return
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
        yield self._home(failure.request.cb_kwargs["walk"].language)  # type: ignore[attr-defined]

    def _first_batch(self, walk: Walk, errback: Callable[..., Any] | None = None) -> Request:
        self._hoped.setdefault(walk.language, set()).add(walk.address)
        return self._ask(walk.address, self.parse_listing, errback=errback, walk=walk)

    def _no_listing(self, listing: Listing, walk: Walk) -> Iterator[Output]:
        """A menu leads to other pages too (contacts, advertising): only if no link led to cards, something is wrong."""
        language, address = walk.language, walk.address
        hoped = self._hoped.get(language, set())
        hoped.discard(address)
        if hoped or language not in self._hoped:
            return
        what = f"{address}: no {listing.looked_for} with a link to an article"
        yield failed(address, "listing", ListingError(what))
        if address == self.listings.get(language):
            yield self._home(language)

    def _articles(self, listing: Listing) -> Iterator[Output]:
        yield listing
        asked = self.arguments
        for link in listing.links:
            if link.language in asked.languages and self._menus.has(link) and asked.spans(link.published_at):
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
        **arguments: Any,
    ) -> Request:
        # Sitemaps and feeds say what they are to their callback, too
        meta = {"kind": arguments.get("kind", "listing")}
        priority = 0 if arguments.get("step") else PLACE_PRIORITY
        # Scrapy's filter would drop a redirect to a page that was asked for already, without a word
        return Request(
            url, callback, errback=errback or self.fetch_failed, meta=meta, cb_kwargs=arguments, priority=priority,
            dont_filter=True,
        )  # fmt: skip

    def article_request(self, link: Link) -> Request:
        """The request for the article that `link` leads to."""
        return Request(
            link.url, self.parse_article, errback=self.fetch_failed, meta={"link": link, "kind": "article"},
            priority=ARTICLE_PRIORITY, dont_filter=True,
        )  # fmt: skip
