"""Looking into the archive from a terminal; nothing here changes it."""

from __future__ import annotations

import click

from newscrawl.archive import Archive
from newscrawl.cli.options import db_option
from newscrawl.status import print_status


@click.command()
@db_option
def status(db: str) -> None:
    """What the archive holds, what failed, how the last crawl ended."""
    with Archive.open(db, create=False, read_only=True) as archive:
        print_status(archive, db)
