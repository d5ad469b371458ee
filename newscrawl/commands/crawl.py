"""`scrapy crawl`, with arguments checked before any request and an exit code that tells the truth."""

from __future__ import annotations

import argparse
import sys

from scrapy.commands.crawl import Command as ScrapyCrawl

from newscrawl import exits
from newscrawl.archive import Archive
from newscrawl.errors import AlreadyRunning, DiskFull, LockedArchive, NewscrawlError, UsageError
from newscrawl.extensions import recorder_of
from newscrawl.lock import alone
from newscrawl.network import parse_origins
from newscrawl.progress import check_mode
from newscrawl.spiders.arguments import check_sections, parse_arguments
from newscrawl.spiders.news import NewsSpider
from newscrawl.warc.names import make_folder

WORDS = {
    exits.CRASH: "an error of newscrawl's own, see above",
    exits.DEGRADED: "finished, but something gave no article; newscrawl failures says what",
    exits.STOPPED: "stopped by a signal; the next crawl goes on",
}

_CODES = {DiskFull: exits.DISK, LockedArchive: exits.CRASH, AlreadyRunning: exits.LOCKED}
"""Errors before the first request that are not the user's."""


class Command(ScrapyCrawl):
    """Exit codes: 0 fine, 1 crash, 2 usage, 3 some failed, 4 blocked, 5 disk full, 75 locked, 130 stopped."""

    def long_desc(self) -> str:
        """What `scrapy crawl --help` says."""
        return (
            "Harvest a news site into the archive. Arguments (-a name=value): languages=az,ru,en "
            "sections=finance,region since=2025-11-01 until=2025-11-30 limit=50 urls=https://… "
            "Exit codes: 0 fine, also with nothing new; 1 crash; 2 usage; 3 finished, but pages failed; "
            "4 blocked or unreachable; 5 no room on the disk; 75 another crawl is at it; 130 stopped by a signal."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check, crawl, and set the exit code; what cannot be is said in one line (exit code 2)."""
        assert self.settings
        try:
            name = self._spider_name(args)
            with alone(self.settings["NEWSCRAWL_DB"]):
                self._check(name, opts.spargs)
                self._crawl(name, opts.spargs)
        except NewscrawlError as error:
            print(f"scrapy crawl: {error}", file=sys.stderr)
            self.exitcode = next((code for kind, code in _CODES.items() if isinstance(error, kind)), exits.USAGE)

    def _crawl(self, name: str, arguments: dict[str, str]) -> None:
        assert self.crawler_process
        crawler = self._create_crawler(name)
        self.crawler_process.crawl(crawler, **arguments)
        self.crawler_process.start()
        began = not self.crawler_process.bootstrap_failed
        self.exitcode = recorder_of(crawler).exit_code if began else exits.CRASH
        if self.exitcode in WORDS and not (began and recorder_of(crawler).stop_reason):
            # Cron mails what is printed, so a crawl that is not fine says one line
            print(f"scrapy crawl {name}: {WORDS[self.exitcode]} (exit code {self.exitcode})", file=sys.stderr)

    def _spider_name(self, args: list[str]) -> str:
        assert self.crawler_process
        names = self.crawler_process.spider_loader.list()
        if len(args) != 1 or args[0] not in names:
            what = f"unknown spider {args[0]!r}" if len(args) == 1 else "name one spider"
            raise UsageError(f"{what}; there are: {', '.join(names)}")
        return args[0]

    def _check(self, name: str, raw: dict[str, str]) -> None:
        assert self.crawler_process
        assert self.settings
        check_mode(self.settings["NEWSCRAWL_PROGRESS"])
        parse_origins(self.settings["NEWSCRAWL_ORIGINS"])
        for setting in ("NEWSCRAWL_WARC_BYTES", "NEWSCRAWL_MIN_FREE_BYTES"):
            check_bytes(setting, self.settings[setting])
        make_folder(self.settings["NEWSCRAWL_DB"], self.settings["NEWSCRAWL_WARC_DIR"])
        spider_class = self.crawler_process.spider_loader.load(name)
        if not issubclass(spider_class, NewsSpider):
            return
        site = spider_class.site
        arguments = parse_arguments(site, raw)
        with Archive.open(self.settings["NEWSCRAWL_DB"]) as archive:
            complete = all(archive.complete_since(site.name, language) for language in arguments.languages)
            known = archive.sections(site.name)
            with archive.transaction():
                pass  # A lock that lasts is met here, not after the first page
        # An archive that has not seen everything does not know every section: then the spider asks the site's menus
        if complete:
            check_sections(arguments, [(slug or "", name or "") for _, slug, name in known])


def check_bytes(name: str, value: str) -> None:
    """Refuse a setting that is no number of bytes.

    Raises:
        UsageError: it is not.
    """
    if not str(value).isdecimal():
        raise UsageError(f"{name}={value!r} must be a number of bytes, like 1000000000")
