"""The record of a crawl: the open archive, the `runs` row, what was counted, and how it ended."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any, Self

import attrs
from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl import exits
from newscrawl.archive import Archive, RunEnd
from newscrawl.archive.runs import COUNTS
from newscrawl.errors import ArchiveError, DiskFull, LockedArchive
from newscrawl.health import doubts
from newscrawl.items import Listing
from newscrawl.parser import parser_state
from newscrawl.recording import SnapshotWriter
from newscrawl.run import Run
from newscrawl.schedule import LONGEST_PAUSE, later
from newscrawl.tally import Tally
from newscrawl.times import CLOCK_SKEW, utc_now
from newscrawl.upkeep.catching_up import catch_up
from newscrawl.warc.names import make_folder
from newscrawl.warc.writing import WarcWriter

logger = logging.getLogger(__name__)


class Recorder(Tally):
    """Opens the archive for a crawl, counts what happens by language, and writes the run's row at the end."""

    archive: Archive
    run_id: int
    folder: Path
    """That of the WARC files."""
    snapshots: SnapshotWriter
    """Stores the exchanges of this crawl."""
    last_fetched_at: str
    """When the last page before this crawl was stored, empty for the first one: no page is of an earlier time."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__()
        self._crawler = crawler
        self.exit_code = exits.FINE
        self.stop_reason: str | None = None
        """Why the crawl was stopped before its end, in one line."""
        self.doubts: list[str] = []
        """Why the crawl is degraded though nothing failed, each in one line."""
        self._listing_failed = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        recorder = cls(crawler)
        crawler.signals.connect(recorder.spider_opened, signals.spider_opened)
        crawler.signals.connect(recorder.spider_closed, signals.spider_closed)
        crawler.signals.connect(recorder.callback_crashed, signals.spider_error)
        crawler.signals.connect(recorder.pipeline_crashed, signals.item_error)
        return recorder

    def spider_opened(self, spider: Spider) -> None:
        """Open the archive and begin the run's row."""
        self.site = spider.site  # type: ignore[attr-defined]
        self.arguments = spider.arguments  # type: ignore[attr-defined]
        self.archive = Archive.open(self._crawler.settings["NEWSCRAWL_DB"])
        self.archive.add_site(self.site)
        spider.listings = {**spider.listings, **self.archive.frontier.listings(self.site.name, now=utc_now())}  # type: ignore[attr-defined]
        self.last_fetched_at = self.archive.snapshots.latest_at() or ""
        self._check_clock()
        self._start_run(spider)
        until = self.archive.not_before(self.site.name)
        # A time far ahead comes from a clock that was wrong
        if until and utc_now() < until <= later(utc_now(), LONGEST_PAUSE):
            self.stop("blocked", f"{self.site.domain} asked to be left alone until {until}")

    def _check_clock(self) -> None:
        ahead = later(self.last_fetched_at, -CLOCK_SKEW) if self.last_fetched_at else ""
        if ahead > utc_now():
            self.doubt(
                f"the clock says {utc_now()}, the last page was stored at {self.last_fetched_at}: one of them is "
                "wrong. Set the clock right; until then pages get the later time, so that their order stays true"
            )

    def _start_run(self, spider: Spider) -> None:
        arguments = {name: _plain(value) for name, value in attrs.asdict(self.arguments).items() if value}
        if self.arguments.languages == self.site.languages:
            del arguments["languages"]
        settings, archive = self._crawler.settings, self.archive
        run = Run(spider=spider.name, arguments=arguments, started_at=utc_now(), parser=parser_state())
        self.run_id = archive.start_run(run.spider, arguments, run.versions, at=run.started_at, parser=run.parser)
        self.folder = folder = make_folder(archive.path, settings["NEWSCRAWL_WARC_DIR"])
        info = run.warcinfo(settings["USER_AGENT"])
        warc = WarcWriter(
            folder, self.site.name, run.started_at, self.run_id, info, settings.getint("NEWSCRAWL_WARC_BYTES")
        )
        floor = settings.getint("NEWSCRAWL_MIN_FREE_BYTES")
        self.snapshots = SnapshotWriter(archive, warc, self.run_id, (archive.path.parent, folder), floor)
        try:
            catch_up(archive, folder, self.site.name, self.run_id)
        except ArchiveError as error:
            self.give_up(error)
        except Exception:
            # Scrapy would log it and crawl on
            logger.exception("What earlier crawls stored cannot be read")
            self.stop("crashed", "ended before the first request, see above; what is stored stays")

    def failed(self, url: str, stage: str) -> None:
        """Count a page that gave no item."""
        self.count(self.site.language_of(url), "failed")
        self._listing_failed = self._listing_failed or stage == "listing"

    def callback_crashed(self, failure: Any, response: Response | None) -> None:
        """An error of ours in the spider: the crawl goes on, the exit code and a row in `failures` say so."""
        if response is None:
            # While the crawl began: it ends as `start_error`
            return
        meta = response.meta
        self._crashed(response.url, "store" if "link" in meta else "listing", failure.value, meta.get("snapshot"))

    def pipeline_crashed(self, item: Any, failure: Any) -> None:
        """An error of ours in a pipeline, as with the spider."""
        stage = "listing" if isinstance(item, Listing) else "store"
        self._crashed(item.url, stage, failure.value, getattr(item, "snapshot", None))

    def _crashed(self, url: str, stage: str, error: BaseException, snapshot: int | None) -> None:
        self.exit_code = exits.CRASH
        self.archive.fail(
            url, stage=stage, error=type(error).__name__, detail=f"an error of newscrawl, see the log: {error}",
            run_id=self.run_id, at=utc_now(), snapshot_id=snapshot, site=self.site.name,
        )  # fmt: skip
        self.failed(url, stage)

    @property
    def is_stopping(self) -> bool:
        """Whether the crawl is about to end, by a word of its own or by a signal."""
        return self.stop_reason is not None or not self._crawler.crawling

    def stop(self, reason: str, why: str) -> None:
        """End the crawl; `reason` is a key of `exits.OF_REASON`, `why` one line for the user."""
        if self.stop_reason is None:
            self.stop_reason = why
            logger.error(why)
            self._closing = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason=reason))

    def give_up(self, error: ArchiveError) -> None:
        """End the crawl: the archive cannot be written. The next one reads from the disk what this one stored."""
        self.stop("disk_full" if isinstance(error, DiskFull) else "unwritable", str(error))
        if isinstance(error, LockedArchive):
            # What is on its way would wait for the lock once more, one after the other
            self.archive.wait_no_more()

    def leave_alone(self, until: str) -> None:
        """End the crawl: the site asks to be left alone until then (UTC), by this crawl and the next ones."""
        self.archive.leave_alone(self.site.name, until)
        self.stop("blocked", f"{self.site.domain} asked to be left alone until {until}")

    def doubt(self, why: str) -> None:
        """Say in one line what makes the crawl a degraded one."""
        self.doubts.append(why)
        logger.warning(why)

    def spider_closed(self, reason: str) -> None:
        """End the run's row and leave the archive tidy."""
        self.exit_code = self._final_exit_code(reason)
        missed = self._listing_failed or self.exit_code == exits.CRASH
        finish_reason = "incomplete" if reason == "finished" and missed else reason
        try:
            self._end_run(finish_reason)
        except ArchiveError as error:
            if reason not in exits.UNWRITABLE:
                logger.error(error)
                self.exit_code = exits.DISK if isinstance(error, DiskFull) else exits.CRASH
        finally:
            self.archive.close()

    def _end_run(self, finish_reason: str) -> None:
        is_whole = finish_reason == "finished" and self._saw_everything()
        if is_whole:
            self._judge()
        ended = RunEnd(
            at=utc_now(),
            finish_reason=finish_reason,
            exit_code=self.exit_code,
            counts=self._columns(),
            by_language=self.by_language(),
            coverage=self.coverage(),
            why=self.stop_reason or "; ".join(self.doubts) or None,
        )
        self.snapshots.close(attrs.asdict(ended))
        if is_whole:
            self.archive.resolve_listings(self.site.name, at=ended.at, run_id=self.run_id)
        self.archive.end_run(self.run_id, ended)
        if finish_reason not in exits.UNWRITABLE:
            self.archive.optimize()

    def _judge(self) -> None:
        """Compare a run that saw everything with those before it: too few articles, fields that are empty now."""
        for why in doubts(self.archive, self.site, utc_now(), ending=self.by_language()):
            self.doubt(why)
            self.exit_code = self.exit_code or exits.DEGRADED

    def _saw_everything(self) -> bool:
        asked = self.arguments
        bounded = asked.sections or asked.until or asked.limit or asked.urls
        return not bounded and asked.languages == self.site.languages

    def totals(self) -> dict[str, int]:
        """What was counted over all languages, and what the downloader did."""
        stats = self._crawler.stats
        return {
            **self.sums(),
            "requests": stats.get_value("downloader/request_count", 0),
            "responses": stats.get_value("downloader/response_count", 0),
            "bytes": stats.get_value("downloader/response_bytes", 0),
        }

    def _columns(self) -> dict[str, int]:
        totals = self.totals()
        skipped = totals.pop("known", 0) + totals.pop("forbidden", 0)
        return {**{name: count for name, count in totals.items() if name in COUNTS}, "skipped": skipped}

    def _final_exit_code(self, reason: str) -> int:
        if reason in exits.OF_REASON:
            return exits.OF_REASON[reason]
        if self.exit_code:
            return self.exit_code
        failed = self.sums()["failed"]
        if failed and not exits.has_answered(self._crawler.stats.get_stats()):
            return exits.BLOCKED
        return exits.DEGRADED if failed or self.doubts else exits.FINE


def recorder_of(crawler: Crawler) -> Recorder:
    """The recorder of a crawl.

    Raises:
        RuntimeError: the project's settings were changed so that there is none.
    """
    recorder = crawler.get_extension(Recorder)
    if recorder is None:
        raise RuntimeError("EXTENSIONS has no newscrawl.extensions.Recorder, which the other components need")
    return recorder


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value
