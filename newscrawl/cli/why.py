"""`newscrawl why`: what is known of an address."""

from __future__ import annotations

from pathlib import Path

import click

from newscrawl import settings
from newscrawl.archive import Archive
from newscrawl.archive.known import known, walked
from newscrawl.cli.addresses import every_address, owner_of, spellings
from newscrawl.cli.options import db_option, warc_option
from newscrawl.show.terminal import open_console, print_line
from newscrawl.show.why import Case, sentences
from newscrawl.sites import SITES
from newscrawl.times import utc_now
from newscrawl.upkeep.stored_rules import stored_rules
from newscrawl.warc.names import folder_of


@click.command()
@db_option
@warc_option
@click.argument("url")
def why(db: str, warc_dir: str, url: str) -> None:
    """What is known of URL: archived or not and why, when it was fetched, and when it will be next.

    URL is any address: of an article its own, a short link, AMP, with or without tracking or www. Times are UTC.
    """
    with Archive.open(db, create=False, read_only=True) as archive:
        case = _case(archive, folder_of(db, warc_dir), url, None if db == settings.NEWSCRAWL_DB else db)
    console = open_console()
    for sentence in sentences(case):
        print_line(console, sentence)
    if case.site is None:
        print_line(console, f"The sites that are: {', '.join(site.domain for site in SITES.values())}.")


def _case(archive: Archive, folder: Path, url: str, db: str | None) -> Case:
    asked, now = spellings(url), utc_now()
    found = known(archive.conn, asked, every_address(archive, url))
    address = found.article.url if found.article else asked[-1]
    site = owner_of(address)
    language = site.language_of(address) if site else None
    rules = stored_rules(archive, folder, site.url("/robots.txt"), now=now) if site else None
    overdue = archive.frontier.overdue(site.name, now=now) if site else {}
    return Case(
        url=address, site=site, known=found, now=now, db=db,
        forbidden=rules is not None and rules.forbid(address, settings.USER_AGENT),
        rules_status=rules.status if rules else None,
        not_before=archive.not_before(site.name) if site else None,
        looks_due=overdue[language][0] if language in overdue else 0,
        looks_at_once=settings.NEWSCRAWL_LOOKS,
        walked=tuple(walked(archive.conn, site.name, language)) if site and language else (),
    )  # fmt: skip
