"""`newscrawl gone`: what sites took away."""

from __future__ import annotations

import click

from newscrawl.archive import Archive
from newscrawl.archive.absent import absences, any_looked_for, missing
from newscrawl.cli.addresses import known_site
from newscrawl.cli.options import db_option
from newscrawl.show.gone import print_gone, print_gone_json


@click.command()
@db_option
@click.option("--site", help="Only articles of this site.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def gone(db: str, site: str | None, as_json: bool) -> None:
    """Articles that are gone from their site or moved, and those that returned.

    An article is gone once it was not there (404, 410, a redirect to no article) three times over at least a day. What
    it said stays in the archive.
    """
    with Archive.open(db, create=False, read_only=True) as archive:
        found, conn = absences(archive.conn, known_site(site)), archive.conn
        if as_json:
            print_gone_json(found)
        else:
            print_gone(list(found), db, missing=missing(conn, site), looked=any_looked_for(conn, site))
