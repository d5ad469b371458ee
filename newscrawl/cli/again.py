"""Reading stored pages again: `newscrawl reparse`, `newscrawl rebuild`."""

from __future__ import annotations

import datetime as dt
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click
from rich.console import Console

from newscrawl import settings
from newscrawl.archive import Archive, Asked, known_addresses
from newscrawl.cli.options import db_option, jobs_option, shown_steps, warc_option
from newscrawl.errors import UsageError
from newscrawl.extensions import EXIT_DEGRADED
from newscrawl.reread import print_preview
from newscrawl.sites import SITES
from newscrawl.times import to_utc
from newscrawl.upkeep.rebuild import rebuild as make_again
from newscrawl.upkeep.reparse import preview
from newscrawl.upkeep.reparse import reparse as read_again
from newscrawl.warc.names import folder_of

_ORDER = ("new", "changed", "unchanged", "failed", "unreadable")


@click.command()
@db_option
@warc_option
@click.option("--site", help="Only pages of this site.")
@click.option("--since", metavar="DAY|TIME", help="Only pages fetched then or later (UTC).")
@click.option("--until", metavar="DAY|TIME", help="Only pages fetched before then; a day counts whole.")
@click.option("--url", "urls", multiple=True, help="Only the pages of this article, by any of its addresses.")
@click.option("--failures", is_flag=True, help="Only pages that gave no article.")
@click.option("--dry-run", is_flag=True, help="Print what would change, and change nothing.")
@jobs_option
def reparse(
    db: str, warc_dir: str, site: str | None, since: str | None, until: str | None, urls: tuple[str, ...],
    failures: bool, dry_run: bool, jobs: int | None,
) -> None:  # fmt: skip
    """Read stored pages once more with today's page objects; no request is made.

    What differs becomes a revision marked as newscrawl's own, not the publisher's. Exit code 3 if a page
    could not be read back.
    """
    folder = folder_of(db, warc_dir)
    with Archive.open(db, create=False, read_only=dry_run) as archive, shown_steps() as steps:
        asked = Asked(
            site=_site(site), since=_moment("--since", since), until=_moment("--until", until, end=True),
            urls=_addresses(archive, urls) if urls else None, failures=failures,
        )  # fmt: skip
        done = preview(archive, folder, asked, jobs=jobs, steps=steps) if dry_run else None
        result = done or read_again(archive, folder, asked, jobs=jobs, steps=steps)
    if done:
        print_preview(done)
    click.echo(("would be: " if dry_run else "") + _counted(result.counts))
    _say_unreadable([each.error for each in result.unreadable], result.counts["unreadable"])


@click.command()
@click.argument("new", metavar="NEW.db", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--warc-dir", default="", help="The folder of WARC files.  [default: that of the archive in use]")
@jobs_option
def rebuild(new: Path, warc_dir: str, jobs: int | None) -> None:
    """Make the database again, as the file NEW.db, from the WARC files alone.

    Exit code 3 if a part of them could not be read.
    """
    folder = folder_of(settings.NEWSCRAWL_DB, warc_dir or settings.NEWSCRAWL_WARC_DIR)
    with shown_steps() as steps:
        done = make_again(new, folder, jobs=jobs, steps=steps)
    click.echo(f"{new}: {done.records:,} exchanges of {done.files:,} WARC files; pages: {_counted(done.counts)}")
    damages = [f"{each.place.file} at {each.place.offset}: {each.why}" for each in done.damages]
    _say_unreadable([*damages, *done.unusable], len(damages) + len(done.unusable))


def _say_unreadable(errors: Iterable[object], count: int) -> None:
    """Name what could not be read, and end with the exit code for it."""
    if not count:
        return
    console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    for error in list(errors)[:20]:
        console.print(f"  {error}")
    console.print(f"{count:,} parts of the WARC files could not be read; newscrawl check says more")
    sys.exit(EXIT_DEGRADED)


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{counts[name]:,} {name}" for name in _ORDER if counts[name]) or "no stored page"


def _site(name: str | None) -> str | None:
    if name is not None and name not in SITES:
        raise UsageError(f"unknown site {name!r}; there are: {', '.join(SITES)}")
    return name


def _addresses(archive: Archive, urls: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for url in urls:
        site = next((each for each in SITES.values() if each.owns(url)), None)
        canonical = site.canonical(url) if site else url
        found |= dict.fromkeys((url, *known_addresses(archive.conn, canonical)))
    return tuple(found)


def _moment(option: str, value: str | None, *, end: bool = False) -> str | None:
    """A day or a time as UTC; `end`: a day counts whole."""
    if value is None:
        return None
    try:
        moment = dt.datetime.fromisoformat(value)
    except ValueError:
        raise UsageError(f"{option} {value!r} is no date; write {option} 2025-11-01") from None
    if end and len(value) == len("2025-11-01"):
        moment += dt.timedelta(days=1)
    return to_utc(moment.replace(tzinfo=moment.tzinfo or dt.UTC))
