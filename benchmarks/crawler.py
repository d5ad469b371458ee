"""One crawl in a process of its own: the project's, or a bare one that throws the same pages away.

    python -m benchmarks.crawler full ORIGIN DATABASE
    python -m benchmarks.crawler no-warc ORIGIN DATABASE      the full one, but for the WARC files
    python -m benchmarks.crawler bare ORIGIN FILE-OF-PATHS

Prints one JSON object: seconds from the first request to the last item, processor seconds of the whole process, article
pages, peak memory of the process.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.utils.project import get_project_settings

from newscrawl.demo import HURRIED

SITE = "https://report.az"


class BareSpider(Spider):
    """Fetches a list of pages, with Scrapy's own defaults otherwise, and looks at none of them."""

    name = "bare"

    async def start(self) -> AsyncIterator[Any]:
        """A request per path."""
        for path in self.paths.split():  # type: ignore[attr-defined]
            yield Request(SITE + path)

    def parse(self, response: Any, **kwargs: Any) -> None:
        """Throw the page away."""


def bare(origin: str, paths: str) -> Crawler:
    """The bare crawl: as many requests at once as the full one, and the same stand-in for the network."""
    handler = "newscrawl.origins.OriginsDownloadHandler"
    settings = {
        "CONCURRENT_REQUESTS": HURRIED["CONCURRENT_REQUESTS"],
        "CONCURRENT_REQUESTS_PER_DOMAIN": HURRIED["CONCURRENT_REQUESTS_PER_DOMAIN"],
        "DOWNLOAD_HANDLERS": {"http": handler, "https": handler},
        "LOG_LEVEL": "WARNING",
        "NEWSCRAWL_ORIGINS": json.dumps({SITE: origin}),
    }
    return run(AsyncCrawlerProcess(settings), BareSpider, paths=Path(paths).read_text(encoding="utf-8"))


def no_warc(origin: str, database: str) -> Crawler:
    """The project's crawl without the middleware that stores every exchange in WARC files and their index."""
    return full(origin, database, {"newscrawl.snapshots.SnapshotMiddleware": None})


def full(origin: str, database: str, middlewares: Mapping[str, None] = MappingProxyType({})) -> Crawler:
    """The project's crawl into a new archive; `middlewares` are those that it does without."""
    settings = get_project_settings()
    settings["DOWNLOADER_MIDDLEWARES"].update(middlewares, priority="cmdline")
    settings.setdict(HURRIED | {"NEWSCRAWL_DB": database}, priority="cmdline")
    settings.set("NEWSCRAWL_ORIGINS", json.dumps({SITE: origin}), priority="cmdline")
    return run(AsyncCrawlerProcess(settings), "report")


def run(process: AsyncCrawlerProcess, spider: Any, **arguments: str) -> Crawler:
    """Crawl to the end."""
    crawler = process.create_crawler(spider)
    process.crawl(crawler, **arguments)
    process.start()
    return crawler


def main() -> None:
    """Run one of the two and print what it took."""
    kind, origin, where = sys.argv[1:]
    crawls: dict[str, Callable[[str, str], Crawler]] = {"bare": bare, "full": full, "no-warc": no_warc}
    crawler = crawls[kind](origin, where)
    assert crawler.stats
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps(
            {
                "seconds": crawler.stats.get_value("elapsed_time_seconds"),
                "processor_seconds": used.ru_utime + used.ru_stime,
                "responses": crawler.stats.get_value("response_received_count"),
                "kibibytes": used.ru_maxrss,
            }
        )
    )


if __name__ == "__main__":
    main()
