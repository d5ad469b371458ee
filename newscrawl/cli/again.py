"""Reading stored pages again: `newscrawl reparse`, `newscrawl rebuild`, `newscrawl fixture`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import click
from rich.console import Console

from newscrawl import exits, settings
from newscrawl.archive import Archive, Asked, Snapshot
from newscrawl.cli.addresses import every_address, how_to_get, known_site, owner_of
from newscrawl.cli.moments import after, bounds, zone_of
from newscrawl.cli.options import db_option, jobs_option, shown_steps, warc_option
from newscrawl.errors import NotArchived
from newscrawl.show.reread import print_preview
from newscrawl.show.terminal import one_line
from newscrawl.upkeep.fixtures import write_fixture
from newscrawl.upkeep.rebuild import rebuild as make_again
from newscrawl.upkeep.reparse import preview
from newscrawl.upkeep.reparse import reparse as read_again
from newscrawl.warc.names import folder_of

_ORDER = ("new", "changed", "unchanged", "not modified", "missing", "failed", "unreadable")


@click.command()
@db_option
@warc_option
@click.option("--site", help="Only pages of this site.")
@click.option("--since", metavar="DAY|TIME", help="Only pages fetched then or later.")
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

    What differs becomes a revision marked as newscrawl's own, not the publisher's.

    DAY is a day of the site, 2025-11-01: that of --site, or the only one in the archive; of several the days
    are UTC. TIME is ISO 8601, at the same zone where it names no other.

    Exit code 3 if a page could not be read back.
    """
    folder = folder_of(db, warc_dir)
    with Archive.open(db, create=False, read_only=dry_run) as archive, shown_steps() as steps:
        first, end = bounds(since, until, zone_of(archive, known_site(site)))
        addresses = _addresses(archive, urls) if urls else None
        asked = Asked(site=site, since=first, until=end, urls=addresses, failures=failures)
        done = preview(archive, folder, asked, jobs=jobs, steps=steps) if dry_run else None
        result = done or read_again(archive, folder, asked, jobs=jobs, steps=steps)
    if done:
        print_preview(done)
    click.echo(("would be: " if dry_run else "") + _in_words(result.counts))
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
    click.echo(f"{new}: {done.records:,} exchanges of {done.files:,} WARC files; pages: {_in_words(done.counts)}")
    damages = [f"{each.place.file} at {each.place.offset}: {each.why}" for each in done.damages]
    _say_unreadable([*damages, *done.unusable], len(damages) + len(done.unusable))


@click.command()
@db_option
@warc_option
@click.option("--name", required=True, help="Language and what is special about the page, like az-politics.")
@click.option("--at", metavar="DAY|TIME", help="The page as it was then; as it was seen last, if not given.")
@click.option(
    "--into", default="fixtures", show_default=True, type=click.Path(file_okay=False, path_type=Path),
    help="The folder of the fixtures.",
)  # fmt: skip
@click.argument("url")
def fixture(db: str, warc_dir: str, name: str, at: str | None, into: Path, url: str) -> None:
    """Make a test of the stored page of the article at URL, by any of its addresses.

    It expects what the page gives today, an article or an error: correct that by hand. DAY is a day of the site,
    which counts whole; TIME is ISO 8601, at the site's zone where it names no other.
    """
    with Archive.open(db, create=False, read_only=True) as archive:
        snapshot = _page_at(archive, url, at)
        written = write_fixture(folder_of(db, warc_dir), snapshot, into, name)
    click.echo(f"{written.folder}: the page of {snapshot.fetched_at}, {one_line(snapshot.url)}")
    if written.error:
        click.echo(f"  exception.json expects {type(written.error).__name__}: {one_line(str(written.error))}")
        click.echo("  Should it give an article? Then write output.json by hand, from the page, in its place.")
    else:
        click.echo("  output.json is what the page gives today: correct it by hand, from the page.")
    click.echo(f"  pytest {into} -k {name}")


def _say_unreadable(errors: Iterable[object], count: int) -> None:
    """Name what could not be read, and end with the exit code for it."""
    if not count:
        return
    console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    for error in list(errors)[:20]:
        console.print(f"  {error}")
    console.print(f"{count:,} parts of the WARC files could not be read; newscrawl check says more")
    sys.exit(exits.DEGRADED)


def _in_words(counts: Counter[str]) -> str:
    return ", ".join(f"{counts[name]:,} {name}" for name in _ORDER if counts[name]) or "no stored page"


def _addresses(archive: Archive, urls: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for url in urls for each in every_address(archive, url)))


def _page_at(archive: Archive, url: str, at: str | None) -> Snapshot:
    """The page of the article at `url` that was stored last, or last until the day or time `at`."""
    urls = every_address(archive, url)
    site = owner_of(urls[-1])
    until = after(at, zone_of(archive, site.name if site else None))
    ids = archive.snapshots.pages(Asked(urls=urls, until=until))
    if ids:
        return next(archive.snapshots.read(ids[-1:]))
    if at and (later := archive.snapshots.pages(Asked(urls=urls))):
        first = next(archive.snapshots.read(later[:1])).fetched_at
        raise NotArchived(f"no page of {one_line(url)} was stored until {one_line(at)}: the first one is of {first}")
    raise NotArchived(f"{archive.path} has no stored page of {one_line(url)}{how_to_get(urls[-1])}")
