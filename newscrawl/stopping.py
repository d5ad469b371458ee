"""A crawl that is told to stop does so in seconds, whatever it waits for, and still says how it ended."""

from __future__ import annotations

import asyncio
import logging
import signal
from types import FrameType
from typing import Any

from scrapy import Request, signals
from scrapy.core.downloader import Downloader
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Response
from twisted.internet.defer import Deferred

from newscrawl.extensions import recorder_of
from newscrawl.shutdown import answered

logger = logging.getLogger(__name__)

GRACE_SECONDS = 3.0
"""How long what is on its way may still take. A kill that follows a polite signal comes after ten seconds, mostly."""


class StoppableDownloader(Downloader):
    """Scrapy's downloader, which can also give up a request: it waits for them all otherwise."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._answers: dict[Request, Deferred[Response | Request]] = {}

    def fetch(self, request: Request) -> Deferred[Response | Request]:  # type: ignore[override]
        """What becomes of a request, in the end: a response or another request."""
        answer: Deferred[Response | Request] = super().fetch(request)
        self._answers[request] = answer
        return answer.addBoth(self._forget, request)

    def give_up_queued(self) -> None:
        """Give up what waits for its turn: no site has been asked for it yet."""
        for slot in self.slots.values():
            for request, _ in tuple(slot.queue):
                self._give_up(request)

    def give_up_all(self) -> None:
        """Give up what is on its way, too, and what waits for a robots.txt."""
        for request in tuple(self._answers):
            self._give_up(request)

    def _forget(self, result: Any, request: Request) -> Any:
        self._answers.pop(request, None)
        return result

    def _give_up(self, request: Request) -> None:
        if request in self._answers:
            # No failure of the page: nobody waited for its end
            request.errback = _accept
            self._answers[request].cancel()


def _accept(_failure: object) -> None:
    """No output: that a request was given up needs no row in `failures`."""


class Stopper:
    """Ends the crawls of a process at the first signal; the second one kills the process, as signals do."""

    def __init__(self, process: AsyncCrawlerProcess) -> None:
        self._process = process
        self._crawlers: set[Crawler] = set()
        self._why: str | None = None
        self._ends: list[asyncio.Task[None]] = []

    def watch(self, crawler: Crawler) -> None:
        """End this crawl, too, once a signal comes; or as soon as it is open, if one came before."""
        # Not before the engine is started: a crawl that is still being opened cannot be closed
        crawler.signals.connect(self._started, signals.engine_started)
        crawler.signals.connect(self._closed, signals.spider_closed)

    def run(self) -> None:
        """Run the process until all its crawls are over."""
        self._loop = asyncio.get_event_loop()
        with answered(self._signalled):
            self._process.start(install_signal_handlers=False)

    def _signalled(self, number: int, _frame: FrameType | None) -> None:
        # Between two bytecodes of whatever is interrupted, nothing more can be done safely
        self._loop.call_soon_threadsafe(self._stop, signal.Signals(number).name)

    def _stop(self, name: str) -> None:
        self._why = f"stopped by a signal ({name}); the next crawl goes on"
        for crawler in tuple(self._crawlers):
            self._end(crawler, self._why)
        self._loop.call_later(GRACE_SECONDS, self._hurry)

    def _started(self, sender: Crawler) -> None:
        self._crawlers.add(sender)
        if self._why:
            self._end(sender, self._why)

    def _closed(self, sender: Crawler) -> None:
        self._crawlers.discard(sender)

    def _end(self, crawler: Crawler, why: str) -> None:
        if crawler not in self._crawlers:
            return
        if not crawler.engine.running:
            # It is told in the middle of its start that it starts, and cannot be stopped there
            self._loop.call_later(0.01, self._end, crawler, why)
            return
        recorder = recorder_of(crawler)
        # A crawl that ends for a reason of its own keeps it, and only needs to hurry
        if recorder.stop_reason is None:
            recorder.stop_reason = why
            # A signal comes in the middle of whatever runs, maybe another site's crawl
            logger.error(why, extra={"spider": crawler.spider})
            self._ends.append(self._loop.create_task(crawler.engine.stop_async()))
        # Once the engine knows, so that it asks for nothing instead
        self._loop.call_soon(downloader_of(crawler).give_up_queued)

    def _hurry(self) -> None:
        for crawler in tuple(self._crawlers):
            downloader_of(crawler).give_up_all()
        # Also for a crawl that is not open yet
        self._loop.call_later(1, self._hurry)


def downloader_of(crawler: Crawler) -> StoppableDownloader:
    """The downloader of a crawl.

    Raises:
        RuntimeError: the project's settings were changed so that it is another one.
    """
    downloader = crawler.engine.downloader
    if not isinstance(downloader, StoppableDownloader):
        raise RuntimeError("DOWNLOADER is not newscrawl.stopping.StoppableDownloader: a crawl could not be stopped")
    return downloader
