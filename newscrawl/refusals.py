"""When a site says no, or not now."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from email.utils import parsedate_to_datetime
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.http import Response

from newscrawl.extensions import recorder_of
from newscrawl.schedule import LONGEST_PAUSE
from newscrawl.times import to_utc


class RefusalMiddleware:
    """Stops the crawl where a site says no, 403 and 429 three times in a row, and waits where it says for how long.

    One 403 may belong to one page. Three mean the address we ask from, and asking on would be rude and in vain. A
    `Retry-After` (RFC 9110, 10.2.3) of a 429 or a 503 is waited for if it is short; a long one ends the crawl, and the
    next ones ask for nothing before that time.
    """

    IN_A_ROW = 3
    PATIENCE = 60.0
    """Seconds that a crawl waits."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._refused = 0
        self._until = 0.0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware of a crawl that was not refused yet."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Wait as long as the site asked for."""
        # A crawl that is stopped meanwhile must not wait on
        while (left := self._until - time.monotonic()) > 0 and not recorder_of(self._crawler).is_stopping:  # noqa: ASYNC110
            await asyncio.sleep(min(left, 0.5))

    async def process_response(self, request: Request, response: Response) -> Response | Request:
        """The answer unchanged, or the request once more after a pause."""
        refused = response.status in {403, 429}
        self._refused = self._refused + 1 if refused else 0
        if refused and self._refused == self.IN_A_ROW:
            host = urlsplit(request.url).netloc
            why = f"{host} answered {response.status} {self.IN_A_ROW} times in a row: it refuses this address or agent"
            recorder_of(self._crawler).stop("blocked", why)
            return response
        asked = _retry_after(response) if response.status in {429, 503} else None
        if asked is None:
            return response
        return await self._wait(request, response, asked)

    async def _wait(self, request: Request, response: Response, asked: dt.timedelta) -> Response | Request:
        recorder, seconds = recorder_of(self._crawler), asked.total_seconds()
        if seconds > self.PATIENCE:
            until = to_utc(dt.datetime.now(dt.UTC) + min(asked, LONGEST_PAUSE))
            recorder.leave_alone(until)
            return response
        self._until = max(self._until, time.monotonic() + seconds)
        await self.process_request(request)
        assert self._crawler.spider
        again = get_retry_request(request, spider=self._crawler.spider, reason=f"asked to wait {seconds:.0f} s")
        return again or response


def _retry_after(response: Response) -> dt.timedelta | None:
    """What `Retry-After` asks for, in seconds or as a date; None where it asks for nothing that can be read."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isdecimal():
        return dt.timedelta(seconds=min(int(value), 10**9))
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=dt.UTC)
    return max(moment - dt.datetime.now(dt.UTC), dt.timedelta(0))
