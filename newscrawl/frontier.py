"""The Scrapy side of the frontier: what a crawl asks for, and what it leaves alone."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from http import HTTPStatus
from typing import Any, Protocol, Self, runtime_checkable

import attrs
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.archive import Validators, Waiting
from newscrawl.archive.frontier import Standing
from newscrawl.conditional import conditional, validators_of
from newscrawl.errors import ArchiveError
from newscrawl.extensions import Recorder, recorder_of
from newscrawl.items import Link, Listing
from newscrawl.times import to_utc, utc_now
from newscrawl.walking import Walking

LOOK_PRIORITY = 5
"""After articles that are new, before the next batch of a listing."""


@attrs.define
class _Batch:
    """What the output of one callback told."""

    listing: Listing | None = None
    following: Request | None = None
    """For the next batch of the listing."""
    is_fresh: bool = False
    """Whether it led to anything new."""


@runtime_checkable
class Asking(Protocol):
    """A spider that can be told to fetch an article."""

    def article_request(self, link: Link) -> Request:
        """The request for the article that a link leads to."""
        ...


class FrontierMiddleware:
    """Puts what pages link to into the frontier, and lets through what is due.

    A crawl begins with the places where its site says what is new, goes on with what waits from earlier crawls, then
    looks again at articles that are due. What a batch of a listing links to is in the archive before anything of it is
    asked for: whatever ends a crawl, the next one goes on there.
    """

    BATCH = 200
    """Links in one question to the archive; a listing's batch is smaller."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._met: set[str] = set()
        self._new: set[str] = set()
        self._asked: set[str] = set()
        self._looks = crawler.settings.getint("NEWSCRAWL_LOOKS")
        self._walking = Walking(crawler)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware of a crawl that has seen no link yet."""
        return cls(crawler)

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """The start of a crawl; pages that were asked for by name are fetched whether they are known or not."""
        recorder = recorder_of(self._crawler)
        try:
            async for each in self._start(start, recorder):
                # The archive may be closed once the crawl is ended
                if recorder.is_stopping:
                    return
                yield each
        except ArchiveError as error:
            recorder.give_up(error)

    async def _start(self, start: AsyncIterator[Any], recorder: Recorder) -> AsyncIterator[Any]:
        if recorder.is_stopping:
            return
        self._walking.begin(recorder)
        async for each in start:
            if not _is_article(each):
                yield self._at_place(each, recorder)
                continue
            self._meet([each.meta["link"]], "asked for by name", recorder)
            if self._is_asked(each, "requested", recorder):
                yield each
        for request in self._from_before(recorder):
            yield request

    def _from_before(self, recorder: Recorder) -> Iterator[Request]:
        """What earlier crawls did not come to, and articles that are due for another look."""
        asked, spider = recorder.arguments, self._crawler.spider
        if asked.urls or asked.sections or not isinstance(spider, Asking):
            return
        site, frontier, now = recorder.site.name, recorder.archive.frontier, utc_now()
        since, until = (to_utc(each) if each else None for each in (asked.since, asked.until))
        for each in frontier.waiting(site, now=now, languages=asked.languages, since=since, until=until):
            request = spider.article_request(_link(each, recorder))
            if request.meta["link"].language in asked.languages and self._is_asked(request, "waiting", recorder):
                yield request
        if since or until:
            return
        for each in frontier.looks(site, now=now, languages=asked.languages, most=self._looks):
            request = spider.article_request(_link(each, recorder))
            if look := self._look(request, each.validators, recorder):
                yield look

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """The output of one callback without what is known; one question to the archive per batch of links."""
        recorder = recorder_of(self._crawler)
        try:
            async for each in self._output(response, result, recorder):
                yield each
        except ArchiveError as error:
            recorder.give_up(error)

    async def _output(self, response: Response, result: AsyncIterator[Any], recorder: Recorder) -> AsyncIterator[Any]:
        found = _Batch()
        async for batch in _batches(result, self.BATCH):
            links = [each.meta["link"] for each in batch if _is_article(each)]
            standings = self._meet(links, f"named by {response.url}", recorder)
            for each in batch:
                if (passed := self._passed(each, standings, found, recorder)) is not None:
                    yield passed
        if found.listing and response.status != HTTPStatus.NOT_MODIFIED:
            self._note(response, found.listing, recorder)
            if failure := self._walking.cut_off(response, found.listing, recorder):
                yield failure
        if found.following and not self._is_full(recorder):
            following = self._walking.next(found.following, recorder, fresh=found.is_fresh)
            if following:
                yield following

    def _passed(self, each: Any, standings: Mapping[str, Standing], found: _Batch, recorder: Recorder) -> Any:
        """What is let through of an output, None for nothing; the request for a next batch is kept for the end."""
        if _is_article(each):
            # Also what a sitemap named first
            found.is_fresh = found.is_fresh or each.url in self._new
            return self._due(each, standings[each.url], recorder)
        if isinstance(each, Request) and each.cb_kwargs.get("step"):
            found.following = each
            return None
        if isinstance(each, Request):
            return self._at_place(each, recorder)
        if isinstance(each, Listing):
            found.listing = each
        return each

    def _note(self, response: Response, listing: Listing, recorder: Recorder) -> None:
        with recorder.archive.transaction():
            self._walking.note(response, listing, recorder)
            if self._is_all_met(response, listing, recorder):
                assert response.request
                self._place(response.request.replace(url=response.url), recorder)
                recorder.archive.frontier.read(response.url, validators_of(response), now=utc_now())

    def _is_all_met(self, response: Response, listing: Listing, recorder: Recorder) -> bool:
        """Whether a place may answer 304 from now on: it leads to nothing that this crawl passed over."""
        assert response.request
        if response.request.cb_kwargs.get("step"):
            return False
        asked = recorder.arguments
        mixed = response.meta.get("kind") == "sitemap" and asked.languages != recorder.site.languages
        return not (listing.more or mixed or self._walking.is_bounded(recorder))

    def _meet(self, links: list[Link], reason: str, recorder: Recorder) -> dict[str, Standing]:
        """How the links stand, each at its first sight; later it is as good as known."""
        new = list({link.url: link for link in links if link.url not in self._met}.values())
        standings: dict[str, Standing] = dict.fromkeys((link.url for link in links), "known")
        if new:
            self._met.update(link.url for link in new)
            with recorder.archive.transaction():
                standings |= recorder.archive.frontier.meet(new, site=recorder.site.name, now=utc_now(), reason=reason)
        self._new.update(link.url for link in new if standings[link.url] == "new")
        for link in new:
            recorder.count(link.language, "listed")
            if standings[link.url] == "known":
                recorder.count(link.language, "known")
        return standings

    def _due(self, request: Request, standing: Standing, recorder: Recorder) -> Request | None:
        if standing == "changed":
            return self._look(request, self._validators(request, recorder), recorder)
        return request if standing == "new" and self._is_asked(request, "requested", recorder) else None

    def _is_asked(self, request: Request, what: str, recorder: Recorder) -> bool:
        """Whether to ask for an article now: once, and within the limit. What is not asked for waits."""
        if request.url in self._asked or self._is_full(recorder):
            return False
        self._asked.add(request.url)
        recorder.count(request.meta["link"].language, what)
        return True

    def _look(self, request: Request, known: Validators | None, recorder: Recorder) -> Request | None:
        """A request for an article that the archive has, if the budget allows one more."""
        if self._looks < 1 or not self._is_asked(request, "looked", recorder):
            return None
        self._looks -= 1
        return conditional(request.replace(priority=LOOK_PRIORITY), known)

    def _validators(self, request: Request, recorder: Recorder) -> Validators | None:
        return recorder.archive.frontier.validators(request.url, request.meta["kind"], now=utc_now())

    def _at_place(self, request: Request, recorder: Recorder) -> Request:
        """A request for a place where the site says what is new, conditional where nothing else is wanted of it."""
        with recorder.archive.transaction():
            self._place(request, recorder)
        walk = request.cb_kwargs.get("walk")
        # Of a home page the menu is needed, which the archive does not keep
        is_whole = self._walking.is_needed(walk, recorder) if walk else request.meta["kind"] == "listing"
        is_whole = is_whole or self._walking.is_bounded(recorder)
        return request if is_whole else conditional(request, self._validators(request, recorder))

    def _place(self, request: Request, recorder: Recorder) -> None:
        walk = request.cb_kwargs.get("walk")
        language, section = (walk.language, walk.section) if walk else (request.cb_kwargs.get("language"), None)
        recorder.archive.frontier.place(
            request.url, site=recorder.site.name, kind=request.meta["kind"], language=language, section=section,
            now=utc_now(), reason="a place where the site says what is new",
        )  # fmt: skip

    def _is_full(self, recorder: Recorder) -> bool:
        limit = recorder.arguments.limit
        return limit is not None and len(self._asked) >= limit


def _is_article(each: Any) -> bool:
    return isinstance(each, Request) and "link" in each.meta


def _link(waiting: Waiting, recorder: Recorder) -> Link:
    language = waiting.language or recorder.site.language_of(waiting.url)
    return Link(url=waiting.url, language=language, published_at=waiting.published_at)


async def _batches(outputs: AsyncIterator[Any], size: int) -> AsyncIterator[Iterable[Any]]:
    batch: list[Any] = []
    async for each in outputs:
        batch.append(each)
        if len(batch) >= size:
            yield batch
            batch = []
    yield batch
