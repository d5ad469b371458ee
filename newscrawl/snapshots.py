"""The Scrapy side of snapshots: every answer is stored as it came before anything reads it."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers as ScrapyHeaders
from scrapy.http import Response

from newscrawl.errors import ArchiveError
from newscrawl.exchanges import Exchange, Headers
from newscrawl.extensions import recorder_of
from newscrawl.times import utc_now


class SnapshotMiddleware:
    """Keeps each exchange; `meta["snapshot"]` is its id and `meta["fetched_at"]` its time from then on."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._last = ""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The middleware of a crawl, whose recorder keeps the exchanges."""
        return cls(crawler)

    async def process_response(self, request: Request, response: Response) -> Response:
        """The response, unchanged, once it cannot be lost any more. What keeps us from that ends the crawl."""
        recorder = recorder_of(self._crawler)
        # A clock that is set back, in the middle of a crawl or between two, must not change the order of what they saw
        self._last = max(self._last or recorder.last_fetched_at, utc_now())
        exchange = exchange_of(request, response, self._last)
        try:
            request.meta["snapshot"] = await recorder.snapshots.keep(exchange)
        except ArchiveError as error:
            recorder.give_up(error)
            raise
        request.meta["fetched_at"] = exchange.fetched_at
        return response


def exchange_of(request: Request, response: Response, fetched_at: str) -> Exchange:
    """What went over the wire, as far as Scrapy keeps it: names of headers are in their usual spelling."""
    return Exchange(
        url=request.url,
        kind=request.meta.get("kind", "listing"),
        requested_url=next(iter(request.meta.get("redirect_urls", ())), None),
        method=request.method,
        request_headers=_pairs(request.headers),
        status=response.status,
        headers=_pairs(response.headers),
        body=response.body,
        fetched_at=fetched_at,
        ip_address=str(response.ip_address) if response.ip_address else None,
    )


def _pairs(headers: ScrapyHeaders) -> Headers:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name, values in headers.items() for value in values
    )
