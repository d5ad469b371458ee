"""A stand-in for the network: requests to a site go to a local origin, and nothing else knows.

This sits below every middleware, so that delays, robots.txt, redirects and archived URLs are those of the real site.
"""

from __future__ import annotations

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.network import local_address, parse_origins


class OriginsDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's own HTTP handler, with the origins of `NEWSCRAWL_ORIGINS` exchanged on the way."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._origins = parse_origins(crawler.settings["NEWSCRAWL_ORIGINS"])

    async def download_request(self, request: Request) -> Response:
        """The response of the local origin, under the URL that was asked for."""
        local = local_address(request.url, self._origins)
        if local is None:
            return await super().download_request(request)
        moved = request.replace(url=local)
        response = await super().download_request(moved)
        # AutoThrottle reads it from the request that the downloader knows
        request.meta["download_latency"] = moved.meta["download_latency"]
        return response.replace(url=request.url)
