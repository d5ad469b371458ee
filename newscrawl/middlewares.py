"""Scrapy middlewares: what is not asked for (known links, forbidden addresses), and when a site says no."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from typing import Any, Protocol, Self, runtime_checkable
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser, RobotParser

from newscrawl import urls
from newscrawl.errors import RedirectRefused
from newscrawl.extensions import Recorder, recorder_of
from newscrawl.items import Link
from newscrawl.times import to_utc, utc_now

logger = logging.getLogger(__name__)


class KnownLinksMiddleware:
    """Drops requests for articles that the archive has, and ends a walk at the first batch that is known whole.

    A walk ends there only if an earlier crawl went through everything older: after a crawl that was killed, or
    bounded by `limit`, there may be gaps below a known batch. What failed before and is due is asked for again.
    """

    BATCH = 200
    """Links in one question to the archive; a listing's batch is smaller."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._seen: set[str] = set()
        self._requested = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware of a crawl that has seen no link yet."""
        return cls(crawler)

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """The start of a crawl; pages that were asked for by name are fetched whether they are known or not."""
        recorder = recorder_of(self._crawler)
        async for each in start:
            if not _is_article(each) or self._is_due(each, None, recorder):
                yield each
        for request in self._due_failures(recorder):
            if self._is_due(request, None, recorder):
                yield request

    def _due_failures(self, recorder: Recorder) -> Iterator[Request]:
        arguments, spider = recorder.arguments, self._crawler.spider
        if arguments.urls or arguments.sections or not isinstance(spider, Retrying):
            return
        for url in recorder.archive.due_failures(recorder.site.name, now=utc_now()):
            link = Link(url=url, language=recorder.site.language_of(url))
            if link.language in arguments.languages:
                yield spider.article_request(link)

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """The output of one callback without what is known; one question to the archive per batch of links."""
        recorder = recorder_of(self._crawler)
        fresh = False
        async for batch in _batches(result, self.BATCH):
            links = {each.url for each in batch if _is_article(each)}
            known = recorder.archive.known(links, now=utc_now()) if links else {}
            for each in batch:
                if not isinstance(each, Request):
                    yield each
                elif _is_article(each):
                    fresh = fresh or each.url not in known
                    if self._is_due(each, known.get(each.url), recorder):
                        yield each
                elif self._goes_on(each, fresh, recorder):
                    yield each

    def _is_due(self, request: Request, last_seen_at: str | None, recorder: Recorder) -> bool:
        link: Link = request.meta["link"]
        if request.url in self._seen:
            return False
        self._seen.add(request.url)
        recorder.count(link.language, "listed")
        if last_seen_at and not (link.modified_at and to_utc(link.modified_at) > last_seen_at):
            recorder.count(link.language, "known")
            return False
        if self._is_full(recorder):
            return False
        self._requested += 1
        recorder.count(link.language, "requested")
        return True

    def _goes_on(self, request: Request, fresh: bool, recorder: Recorder) -> bool:
        """Whether a listing's next batch is worth asking for; other requests always are."""
        if "after" not in request.meta:
            return True
        if self._is_full(recorder):
            return False
        if recorder.arguments.since or recorder.arguments.until:
            # A back-fill goes through its days, whatever is known on the way there
            return True
        complete = recorder.complete_since(request.cb_kwargs["language"])
        return fresh or complete is None or to_utc(request.meta["after"]) >= complete

    def _is_full(self, recorder: Recorder) -> bool:
        limit = recorder.arguments.limit
        return limit is not None and self._requested >= limit


@runtime_checkable
class Retrying(Protocol):
    """A spider that can ask for an article again."""

    def article_request(self, link: Link) -> Request:
        """The request for the article that `link` leads to."""


async def _batches(output: AsyncIterator[Any], size: int) -> AsyncIterator[list[Any]]:
    batch: list[Any] = []
    async for each in output:
        batch.append(each)
        if len(batch) == size:
            yield batch
            batch = []
    yield batch


def _is_article(each: object) -> bool:
    return isinstance(each, Request) and "link" in each.meta


class RobotsMiddleware:
    """Obeys robots.txt as RFC 9309 says: every request of a host waits for its rules.

    4xx allows everything (2.3.1.3), 5xx and no answer allow nothing (2.3.1.4).
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._agent: str = crawler.settings["USER_AGENT"]
        self._rules: dict[str, asyncio.Future[RobotParser | str]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware of a crawl, which obeys the rules for its USER_AGENT."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise IgnoreRequest where the host's robots.txt does not allow `request`."""
        if request.meta.get("dont_obey_robotstxt"):
            return
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._fetch(origin))
        rules = await asyncio.shield(self._rules[origin])
        # Whoever asked is to know that it was our choice
        request.meta["forbidden"] = True
        if isinstance(rules, str):
            raise IgnoreRequest(rules)
        if not rules.allowed(request.url, self._agent):
            recorder = recorder_of(self._crawler)
            recorder.count(recorder.site.language_of(request.url), "forbidden")
            raise IgnoreRequest(f"robots.txt of {origin} forbids {request.url}")
        del request.meta["forbidden"]

    async def _fetch(self, origin: str) -> RobotParser | str:
        """The rules of a host, or why it allows nothing."""
        meta = {"dont_obey_robotstxt": True, "kind": "robots"}
        request = Request(f"{origin}/robots.txt", callback=NO_CALLBACK, meta=meta, priority=1000)
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001  whatever the reason, unreachable means forbidden
            return self._refuse(origin, f"cannot be reached: {error or type(error).__name__}")
        if response.status >= 500:
            return self._refuse(origin, f"answers robots.txt with {response.status}, so nothing may be fetched")
        body = response.body if response.status < 300 else b""
        return ProtegoRobotParser.from_crawler(self._crawler, body)

    def _refuse(self, origin: str, why: str) -> str:
        host = urlsplit(origin).netloc
        recorder_of(self._crawler).stop("unreachable", f"{host} {why}")
        return f"{host} {why}"


class BlockedMiddleware:
    """Stops the crawl where a site says no: 403 and 429, three times in a row.

    One of them may belong to one page. Three mean the address we ask from, and asking on would be rude and in vain.
    """

    IN_A_ROW = 3

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._refused = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware of a crawl that was not refused yet."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Count refusals in a row; the answer itself goes on unchanged."""
        self._refused = self._refused + 1 if response.status in {403, 429} else 0
        if self._refused == self.IN_A_ROW:
            host = urlsplit(request.url).netloc
            why = f"{host} answered {response.status} {self.IN_A_ROW} times in a row: it refuses this address or agent"
            recorder_of(self._crawler).stop("blocked", why)
        return response


class RedirectGuardMiddleware:
    """Refuses redirects off the site in words; Scrapy's own filter would drop them without a trace."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware of a crawl, whose site redirects must stay on."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Raise RedirectRefused where a redirect leaves the site; other answers go on unchanged."""
        if response.status in {301, 302, 303, 307, 308}:
            location = (response.headers.get("Location") or b"").decode("latin-1")
            target = urls.absolute(request.url, location)
            if target is None or not recorder_of(self._crawler).site.owns(target):
                raise RedirectRefused(f"redirected to {location!r}, which is not followed: it is off the site")
        return response
