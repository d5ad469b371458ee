"""A stand-in for the network: requests to a site go to a local origin, and nothing else knows.

This sits below every middleware, so that delays, robots.txt, redirects and archived URLs are those of the real site.
"""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.errors import UsageError


def parse_origins(text: str) -> dict[str, str]:
    """`NEWSCRAWL_ORIGINS`, a JSON object of origins without a path.

    Raises:
        UsageError: it is something else.
    """
    try:
        origins = json.loads(text or "{}")
    except ValueError as error:
        raise UsageError(f"NEWSCRAWL_ORIGINS is no JSON object: {error}") from None
    if not isinstance(origins, dict) or not all(map(_is_origin, [*origins, *origins.values()])):
        example = '{"https://report.az": "http://127.0.0.1:8000"}'
        raise UsageError(f"NEWSCRAWL_ORIGINS must map origins to origins, like {example}; it is {text}")
    return origins


def _is_origin(value: object) -> bool:
    if not isinstance(value, str):
        return False
    parts = urlsplit(value)
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and not (parts.path or parts.query)


class OriginsDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's own HTTP handler, with the origins of `NEWSCRAWL_ORIGINS` exchanged on the way."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._origins = parse_origins(crawler.settings["NEWSCRAWL_ORIGINS"])

    async def download_request(self, request: Request) -> Response:
        """The response of the local origin, under the URL that was asked for."""
        parts = urlsplit(request.url)
        local = self._origins.get(f"{parts.scheme}://{parts.netloc}")
        if local is None:
            return await super().download_request(request)
        moved = request.replace(url=local + request.url[len(parts.scheme) + 3 + len(parts.netloc) :])
        response = await super().download_request(moved)
        # AutoThrottle reads it from the request that the downloader knows
        request.meta["download_latency"] = moved.meta["download_latency"]
        return response.replace(url=request.url)
