"""Scrapy middlewares: what is forbidden, when a site says no, where redirects may lead."""

from __future__ import annotations

import asyncio
import logging
import zlib
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser, RobotParser

from newscrawl import redirects
from newscrawl.errors import BrokenTransfer
from newscrawl.extensions import recorder_of
from newscrawl.redirects import misled
from newscrawl.times import utc_now
from newscrawl.upkeep.stored_rules import stored_rules

logger = logging.getLogger(__name__)


class RobotsMiddleware:
    """Obeys robots.txt as RFC 9309 says: every request of a host waits for its rules.

    4xx allows everything (2.3.1.3), 5xx and no answer allow nothing (2.3.1.4). Rules may be kept for a day (2.4); an
    hour hears a site sooner.
    """

    HOURS = 1
    """How long the rules of an earlier crawl hold."""

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
            with recorder.archive.transaction():
                asked = request.meta.get("redirect_urls", [request.url])[0]
                recorder.archive.frontier.put_off(asked, now=utc_now(), reason="robots.txt forbids it")
            raise IgnoreRequest(f"robots.txt of {origin} forbids {request.url}")
        del request.meta["forbidden"]

    async def _fetch(self, origin: str) -> RobotParser | str:
        """The rules of a host, or why it allows nothing."""
        url = f"{origin}/robots.txt"
        if (known := self._known(url)) is not None:
            return self._parse(known)
        meta = {"dont_obey_robotstxt": True, "kind": "robots"}
        request = Request(url, callback=NO_CALLBACK, meta=meta, priority=1000)
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001  whatever the reason, unreachable means forbidden
            return self._refuse(origin, f"cannot be reached: {error or type(error).__name__}")
        if response.status >= 500:
            return self._refuse(origin, f"answers robots.txt with {response.status}, so nothing may be fetched")
        return self._parse(response.body if response.status < 300 else b"")

    def _parse(self, body: bytes) -> RobotParser:
        return ProtegoRobotParser.from_crawler(self._crawler, body)

    def _known(self, url: str) -> bytes | None:
        """The rules as an earlier crawl was told them a short while ago; None where they are to be asked for."""
        recorder, now = recorder_of(self._crawler), utc_now()
        with recorder.archive.transaction():
            recorder.archive.frontier.place(
                url, site=recorder.site.name, kind="robots", language=None, section=None, now=now,
                reason="the rules of the site",
            )  # fmt: skip
        rules = stored_rules(recorder.archive, recorder.folder, url, now=now, hours=self.HOURS)
        if rules is None or rules.status >= 500:
            return None
        return b"" if rules.status >= 400 else rules.body

    def _refuse(self, origin: str, why: str) -> str:
        host = urlsplit(origin).netloc
        recorder_of(self._crawler).stop("unreachable", f"{host} {why}")
        return f"{host} {why}"


class RedirectGuardMiddleware:
    """Refuses redirects off the site in words; Scrapy's own filter would drop them without a trace."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware of a crawl, whose site redirects must stay on."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Raise an error where a redirect leaves the site, or leads from an article to no article."""
        if response.status not in redirects.STATUSES:
            return response
        site, is_article = recorder_of(self._crawler).site, "link" in request.meta
        location = (response.headers.get("Location") or b"").decode("latin-1")
        if error := misled(site, request.url, response.status, location, article=is_article):
            raise error
        # What is known of the one page says nothing of the other
        for name in ("If-None-Match", "If-Modified-Since"):
            request.headers.pop(name, None)
        return response


class WholeBodyMiddleware:
    """Asks once more for a body whose compression has no end; Scrapy would read on with what it can.

    Half a sitemap would be taken for a whole one, and its last address, cut in two, for one that the site names.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware of a crawl."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response | Request:
        """The response, or the request once more; BrokenTransfer where every try broke off."""
        encoding = (response.headers.get("Content-Encoding") or b"").strip().lower()
        if encoding not in {b"gzip", b"x-gzip", b"deflate"} or not response.body or is_whole(response.body):
            return response
        assert self._crawler.spider
        if again := get_retry_request(request, spider=self._crawler.spider, reason="a body without its end"):
            return again
        raise BrokenTransfer(f"{response.url}: the compressed body of {len(response.body):,} bytes ends before its end")


def is_whole(body: bytes) -> bool:
    """Whether a stream of gzip (RFC 1952) or zlib (RFC 1950) reaches its end; what is neither is another matter."""
    stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    try:
        stream.decompress(body, 65_536)
        while not stream.eof and stream.unconsumed_tail:
            stream.decompress(stream.unconsumed_tail, 65_536)
    except zlib.error:
        return True
    return stream.eof
