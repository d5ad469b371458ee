"""What a person at a terminal sees of a crawl: a line that moves, and one summary at the end."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from typing import Self

from rich import box
from rich.console import Console
from rich.table import Table
from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

from newscrawl.errors import UsageError
from newscrawl.extensions import Recorder, recorder_of

MODES = ("auto", "always", "never")
COLUMNS = (
    "listed", "known", "requested", "waiting", "due", "looked", "stored", "changed", "unchanged", "not_modified",
    "missing", "gone", "failed",
)  # fmt: skip
"""What is counted, in the order in which it is shown."""
ALWAYS = ("listed", "requested", "stored", "failed")
"""Those whose zero tells something."""
LABELS = {"requested": "new", "waiting": "from before", "not_modified": "not modified"}


class MovingLines:
    """The last lines of a terminal, one for each crawl of the process; elsewhere a line now and then. All to standard
    error; summaries to standard output.
    """

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._out = Console()
        self._status = self._console.status("")
        self._texts: dict[str, str] = {}
        self.seconds = 1 if self._console.is_terminal else 5
        """How often there is to be something new."""

    def show(self, site: str, text: str) -> None:
        """The line of a site from now on."""
        self._texts[site] = f"{site}: {text}"
        if self._console.is_terminal:
            self._status.update("\n".join(self._texts.values()))
            self._status.start()
        else:
            self._console.print(self._texts[site], highlight=False)

    def end(self, site: str, *summary: Table | str) -> None:
        """Take the line of a site away, and print what there is to say at its end."""
        self._texts.pop(site, None)
        # Those of other sites come back with their next line
        self._status.stop()
        for part in summary:
            self._out.print(part, highlight=False, soft_wrap=isinstance(part, str))


class Progress:
    """Prints to standard error while a crawl runs, and a summary to standard output when it ends.

    With `NEWSCRAWL_PROGRESS=auto` only on a terminal: cron mails whatever is printed.
    """

    lines = MovingLines()

    def __init__(self, crawler: Crawler) -> None:
        mode = crawler.settings["NEWSCRAWL_PROGRESS"]
        check_mode(mode)
        if mode == "never" or (mode == "auto" and not sys.stderr.isatty()):
            raise NotConfigured
        self._crawler = crawler
        self._ticks = create_looping_call(self._show)
        self._started = time.monotonic()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The progress of a crawl, told when it begins and ends."""
        progress = cls(crawler)
        crawler.signals.connect(progress.spider_opened, signals.spider_opened)
        crawler.signals.connect(progress.spider_closed, signals.spider_closed)
        return progress

    def spider_opened(self, spider: Spider) -> None:
        """Begin to print."""
        self._site = spider.name
        self._started = time.monotonic()
        self._ticks.start(self.lines.seconds, now=self.lines.seconds == 1)

    def spider_closed(self) -> None:
        """Print the summary."""
        self._ticks.stop()
        recorder = recorder_of(self._crawler)
        table = [summary(recorder, self._site)] if recorder.counts else []
        rest = closing_lines(recorder, self._pages_a_second(), self._crawler.settings["NEWSCRAWL_DB"])
        self.lines.end(self._site, *table, *rest)

    def _pages_a_second(self) -> float:
        pages: int = self._crawler.stats.get_value("response_received_count", 0)
        return pages / max(time.monotonic() - self._started, 0.001)

    def _show(self) -> None:
        line = in_words(recorder_of(self._crawler).totals())
        self.lines.show(self._site, f"{line or 'looking at the site …'}  ({self._pages_a_second():.0f} pages/s)")


def check_mode(mode: str) -> None:
    """Refuse a value of `NEWSCRAWL_PROGRESS` that means nothing.

    Raises:
        UsageError: it is none of `MODES`.
    """
    if mode not in MODES:
        raise UsageError(f"NEWSCRAWL_PROGRESS={mode!r}; accepted: {', '.join(MODES)}")


def summary(recorder: Recorder, site: str) -> Table:
    """A table of what was counted at a site, a row per language, without columns that say nothing."""
    names = [name for name in COLUMNS if name in ALWAYS or any(counts[name] for counts in recorder.counts.values())]
    table = Table(box=box.SIMPLE)
    table.add_column(site)
    for name in names:
        table.add_column(LABELS.get(name, name), justify="right")
    for language, counts in sorted(recorder.counts.items()):
        table.add_row(language, *(f"{counts[name]:,}" for name in names))
    return table


def told(recorder: Recorder) -> str:
    """The same in a line: `52 requests; az: 12 listed, 3 new, 3 stored; en: 10 listed, 10 known`."""
    requests = f"{recorder.totals()['requests']:,} requests"
    return "; ".join([requests, *(f"{name}: {in_words(counts)}" for name, counts in sorted(recorder.counts.items()))])


def in_words(counts: Mapping[str, int]) -> str:
    """What was counted, without what was not: `12 listed, 3 new`."""
    return ", ".join(f"{counts[name]:,} {LABELS.get(name, name)}" for name in COLUMNS if counts.get(name))


def closing_lines(recorder: Recorder, pages_a_second: float, path: str) -> list[str]:
    """What the table does not say: speed, what was passed over, why it stopped, where the archive is."""
    lines = [f"{pages_a_second:.1f} pages a second; archive: {path}"]
    if not recorder.counts and not recorder.stop_reason:
        lines.insert(0, f"{recorder.site.name}: nothing new")
    if recorder.rejected:
        passed = ", ".join(f"{count:,} {reason}" for reason, count in sorted(recorder.rejected.items()))
        lines.append(f"not followed in listings: {passed}")
    if forbidden := sum(counts["forbidden"] for counts in recorder.counts.values()):
        lines.append(f"not asked for, because robots.txt forbids it: {forbidden:,} pages")
    if failed := sum(counts["failed"] for counts in recorder.counts.values()):
        lines.append(f"{failed:,} pages gave no article; why: newscrawl failures --db {path}")
    return lines
