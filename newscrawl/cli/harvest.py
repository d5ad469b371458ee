"""`newscrawl harvest`: the crawls of many sites in one process."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from newscrawl import settings as defaults

if TYPE_CHECKING:
    from scrapy.settings import Settings


@click.command()
@click.argument("sites", nargs=-1, metavar="[SITE]...")
@click.option("--db", show_default=defaults.NEWSCRAWL_DB, help="The archive.")
@click.option("--warc-dir", show_default="warc beside the archive", help="The folder of the stored pages.")
def harvest(sites: tuple[str, ...], db: str | None, warc_dir: str | None) -> None:
    """Crawl all sites, or those named, in one process: what is new since last time.

    Each is crawled under its own manners and has its own row in runs and its own log; none that fails stops another.
    One crawl at a time for an archive: a second one ends at once. Silent unless something is wrong, or on a terminal.

    The exit code is the most serious of all sites, in this order: 5 no room on the disk, 1 an error of newscrawl's own,
    2 something that was asked for cannot be, 4 a site is unreachable or refuses, 3 finished but something failed,
    130 stopped by a signal, 0 fine; 75 another crawl is at it.
    """
    # Scrapy takes a while to load, and the other commands do without it
    from newscrawl.logs import on_standard_error
    from newscrawl.turn import take_turn

    settings = project_settings()
    given = {"NEWSCRAWL_DB": db, "NEWSCRAWL_WARC_DIR": warc_dir}
    settings.setdict({name: value for name, value in given.items() if value is not None}, priority="cmdline")
    # Scrapy's own lines do not say which site they are about
    settings.set("LOG_INSTALL_ROOT_HANDLER", False, priority="cmdline")
    with on_standard_error():
        sys.exit(take_turn("newscrawl harvest", settings, sites, {}))


def project_settings() -> Settings:
    """Those that Scrapy finds (`SCRAPY_SETTINGS_MODULE`, a `scrapy.cfg` here or above), else our own."""
    from scrapy.utils.project import get_project_settings, inside_project

    settings = get_project_settings()
    if not inside_project():
        settings.setmodule(defaults, priority="project")
    return settings
