"""`scrapy crawl`, with arguments checked before any request and an exit code that tells the truth."""

from __future__ import annotations

import argparse

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError
from scrapy.settings import Settings

from newscrawl.turn import take_turn


class Command(ScrapyCrawl):
    """Exit codes: 0 fine, 1 crash, 2 usage, 3 some failed, 4 blocked, 5 disk full, 75 locked, 130 stopped."""

    # Scrapy would load every spider before we could see that another crawl is at it
    requires_crawler_process = False

    def long_desc(self) -> str:
        """What `scrapy crawl --help` says."""
        return (
            "Harvest a news site into the archive. Arguments (-a name=value): languages=az,ru,en "
            "sections=finance,region since=2025-11-01 until=2025-11-30 limit=50 urls=https://… "
            "Exit codes: 0 fine, also with nothing new; 1 crash; 2 usage; 3 finished, but pages failed; "
            "4 blocked or unreachable; 5 no room on the disk; 75 another crawl is at it; 130 stopped by a signal."
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl one site and set the exit code; what is wrong is said in one line."""
        assert isinstance(self.settings, Settings)
        if len(args) != 1:
            raise UsageError("name one spider; `scrapy list` knows them", print_help=False)
        self.exitcode = take_turn("scrapy crawl", self.settings, args, opts.spargs)
