"""One turn at an archive: to crawl if nobody else does, and to end with a line and an exit code that say how it went.

A turn that finds the archive taken is over before Scrapy's engine and the page objects are loaded: cron may ask often.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from scrapy.settings import Settings

from newscrawl import exits
from newscrawl.errors import AlreadyRunning, NewscrawlError
from newscrawl.lock import alone
from newscrawl.logs import folder_of, last_lines, note, note_skipped
from newscrawl.shutdown import held_back


def take_turn(program: str, settings: Settings, sites: Sequence[str], arguments: Mapping[str, str]) -> int:
    """Crawl `sites` (all of the project for none) with the arguments of the spiders; the exit code.

    `program` is what the user typed, `scrapy crawl`; lines on standard error begin with it.
    """
    try:
        with held_back(), alone(settings["NEWSCRAWL_DB"]):
            return _take(program, settings, sites, arguments)
    except AlreadyRunning as error:
        say(f"{program}: {error}")
        note_skipped(folder_of(settings["NEWSCRAWL_DB"], settings["NEWSCRAWL_LOG_DIR"]), sites, str(error))
        return exits.of_error(error)
    except NewscrawlError as error:
        say(f"{program}: {error}")
        return exits.of_error(error)


def _take(program: str, settings: Settings, sites: Sequence[str], arguments: Mapping[str, str]) -> int:
    # Takes most of a second to load, which only the one who holds the lock needs to wait for
    from newscrawl.notices import pinged

    failures: list[str] = []
    try:
        with pinged(settings["NEWSCRAWL_PING_URL"], failures) as turn, last_lines() as turn.said:
            from newscrawl.crawling import crawl

            turn.exit_code = crawl(program, settings, sites, arguments)
        return turn.exit_code
    finally:
        # Not to standard error: cron would mail every lost ping, and who misses it hears of it anyway
        for failure in failures:
            note(folder_of(settings["NEWSCRAWL_DB"], settings["NEWSCRAWL_LOG_DIR"]), sites, failure)


def say(line: str) -> None:
    """Print a line to standard error. Cron mails it, so nothing is said of a crawl that went well."""
    sys.stderr.write(f"{line}\n")
