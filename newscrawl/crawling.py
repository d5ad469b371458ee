"""Crawls of one or more sites in one process, each under its own manners; none stops another."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from contextvars import copy_context
from importlib.metadata import version

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoaderProtocol

from newscrawl import exits, logs
from newscrawl.archive import Archive
from newscrawl.errors import NewscrawlError, UsageError
from newscrawl.extensions import recorder_of
from newscrawl.network import parse_origins
from newscrawl.notices import check_address
from newscrawl.progress import check_mode, told
from newscrawl.spiders.arguments import check_sections, parse_arguments
from newscrawl.spiders.news import NewsSpider
from newscrawl.stopping import Stopper
from newscrawl.turn import say
from newscrawl.warc.names import make_folder
from newscrawl.webhook import tell

logger = logging.getLogger(__name__)

WORDS = {
    exits.CRASH: "an error of newscrawl's own, see above",
    exits.DEGRADED: "finished, but something gave no article; newscrawl failures says what",
    exits.BLOCKED: "the site answered nothing; newscrawl failures says what it was asked for",
    exits.STOPPED: "stopped by a signal; the next crawl goes on",
}


def crawl(program: str, settings: Settings, sites: Sequence[str], arguments: Mapping[str, str]) -> int:
    """Crawl `sites` at the same time, all of the project for none; the most serious exit code.

    What is wrong with a site is a line on standard error.

    Raises:
        UsageError: the project has no such site.
    """
    process = AsyncCrawlerProcess(settings)
    crawls = [SiteCrawl(name) for name in chosen(process.spider_loader, sites)]
    stopper = Stopper(process)
    folder = logs.folder_of(settings["NEWSCRAWL_DB"], settings["NEWSCRAWL_LOG_DIR"])
    with ExitStack() as open_logs:
        for each in crawls:
            open_logs.enter_context(logs.logged(folder, each.site))
            # Whatever the crawl does from here on, it does in this context
            each.context.run(logs.SITE.set, each.site)
            each.context.run(each.begin, process, stopper, arguments)
        stopper.run()
        for each in crawls:
            # Now that no crawl waits for it
            each.context.run(each.tell_of_health, arguments)
    for each in crawls:
        if each.line:
            # At the end, when no line of progress is in the way
            say(f"{program} {each.site}: {each.line}")
    return exits.most_serious(each.exit_code for each in crawls)


def chosen(spiders: SpiderLoaderProtocol, sites: Sequence[str]) -> list[str]:
    """The spiders of `sites`, in this order and each once; those of all news sites for none.

    Raises:
        UsageError: there is no such spider (the message lists those that there are), or none of a news site.
    """
    names = sorted(spiders.list())
    if unknown := [site for site in sites if site not in names]:
        raise UsageError(f"unknown site {unknown[0]!r}; there are: {', '.join(names)}")
    found = list(dict.fromkeys(sites)) or [name for name in names if issubclass(spiders.load(name), NewsSpider)]
    if not found:
        raise UsageError("the project has no spider of a news site: see SPIDER_MODULES of its settings")
    return found


class SiteCrawl:
    """The crawl of one site: from the check of what was asked for to its exit code."""

    def __init__(self, site: str) -> None:
        self.site = site
        """The spider's name."""
        self.exit_code = exits.CRASH
        """How it ended; whatever comes in between is an error of ours."""
        self.line: str | None = None
        """What is to be said of it on standard error, unless the log has said it."""
        self.context = copy_context()
        """What the log knows the crawl by."""
        self._crawler: Crawler | None = None

    def begin(self, process: AsyncCrawlerProcess, stopper: Stopper, arguments: Mapping[str, str]) -> None:
        """Check what was asked for, and have `process` crawl. An error ends this crawl and no other."""
        self._began = time.monotonic()
        asked = " ".join(f"{name}={value}" for name, value in arguments.items()) or "no arguments"
        db = process.settings["NEWSCRAWL_DB"]
        logger.info("began: newscrawl %s, process %d, archive %s, %s", version("newscrawl"), os.getpid(), db, asked)
        try:
            crawler = process.create_crawler(self.site)
            check(crawler, arguments)
            stopper.watch(crawler)
            task = process.crawl(crawler, **arguments)
        except NewscrawlError as error:
            self._end(exits.of_error(error), str(error))
        except Exception:
            logger.exception("the crawl of %s cannot begin", self.site)
            self._end(exits.CRASH, WORDS[exits.CRASH])
        else:
            self._crawler = crawler
            task.add_done_callback(self._done)

    def tell_of_health(self, arguments: Mapping[str, str]) -> None:
        """Tell the webhook, unless this crawl never began, was stopped, or was asked for a part of what is new."""
        if self._crawler is None or self.exit_code == exits.STOPPED or arguments.keys() - {"languages"}:
            return
        if not issubclass(self._crawler.spidercls, NewsSpider):
            return
        try:
            tell(self._crawler.settings, self._crawler.spidercls.site, self.exit_code)
        except Exception:
            logger.exception("the health of %s cannot be judged; what was crawled is stored", self.site)

    def _done(self, task: asyncio.Task[None]) -> None:
        if error := task.exception():
            logger.error("the crawl of %s broke off", self.site, exc_info=error)
            self._end(exits.CRASH, WORDS[exits.CRASH])
            return
        assert self._crawler is not None
        recorder = recorder_of(self._crawler)
        failed = recorder.totals().get("failed")
        # What stopped a crawl, and what makes one that saw no failure a doubtful one, the log has said
        said = recorder.stop_reason or (recorder.doubts and not failed)
        self._end(recorder.exit_code, None if said else WORDS.get(recorder.exit_code), told(recorder))

    def _end(self, exit_code: int, line: str | None, *counted: str) -> None:
        self.exit_code = exit_code
        self.line = f"{line} (exit code {exit_code})" if line else None
        seconds = f"{time.monotonic() - self._began:.1f} seconds"
        logger.info("ended: %s", "; ".join([f"exit code {exit_code}", *filter(None, [line]), seconds, *counted]))


def check(crawler: Crawler, raw: Mapping[str, str]) -> None:
    """Refuse what cannot be, before any request.

    Raises:
        UsageError: a setting or an argument means nothing.
        ArchiveError: the archive or the folder of the raw pages cannot be written.
    """
    settings = crawler.settings
    check_mode(settings["NEWSCRAWL_PROGRESS"])
    parse_origins(settings["NEWSCRAWL_ORIGINS"])
    for setting in ("NEWSCRAWL_WARC_BYTES", "NEWSCRAWL_MIN_FREE_BYTES", "NEWSCRAWL_LOOKS", "NEWSCRAWL_BACKFILL"):
        check_number(setting, settings[setting])
    check_address("NEWSCRAWL_WEBHOOK_URL", settings["NEWSCRAWL_WEBHOOK_URL"])
    make_folder(settings["NEWSCRAWL_DB"], settings["NEWSCRAWL_WARC_DIR"])
    if not issubclass(crawler.spidercls, NewsSpider):
        return
    site = crawler.spidercls.site
    arguments = parse_arguments(site, raw)
    with Archive.open(settings["NEWSCRAWL_DB"]) as archive:
        # An archive that has not seen everything does not know every section: then the spider asks the site's menus
        if arguments.sections and all(archive.walks.is_complete(site.name, each) for each in arguments.languages):
            known = archive.sections(site.name)
            check_sections(arguments, [(slug or "", name or "") for _, slug, name in known])
        with archive.transaction():
            pass  # A lock that lasts is met here, not after the first page


def check_number(name: str, value: str) -> None:
    """Refuse a setting that is no number.

    Raises:
        UsageError: it is not.
    """
    if not str(value).isdecimal():
        raise UsageError(f"{name}={value!r} must be a whole number, like 1000")
