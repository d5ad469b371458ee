"""`newscrawl coverage`: what of a site's articles the archive has."""

from __future__ import annotations

import datetime as dt

import click

from newscrawl.archive import Archive
from newscrawl.cli.addresses import known_site
from newscrawl.cli.moments import zone_of
from newscrawl.cli.options import db_option
from newscrawl.errors import UsageError
from newscrawl.show.coverage import print_coverage, print_coverage_json
from newscrawl.times import local_day, utc_now
from newscrawl.upkeep.coverage import Asked, By, cover

_DAYS = {"day": 14, "month": 365}
_DAYS_OTHERWISE = 30
_day = click.DateTime(["%Y-%m-%d"])


@click.command()
@db_option
@click.option(
    "--by", multiple=True, type=click.Choice(["day", "month", "section", "language"]), default=("day", "language"),
    show_default="day and language", help="A line for each; may be given more than once.",
)  # fmt: skip
@click.option("--site", help="Only of this site.")
@click.option("--since", type=_day, metavar="DAY", help="From this day on.  [default: two weeks, or a year of months]")
@click.option("--until", type=_day, metavar="DAY", help="Until this day, which counts whole.  [default: today]")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
def coverage(
    db: str, by: tuple[By, ...], site: str | None, since: dt.datetime | None, until: dt.datetime | None, as_json: bool
) -> None:
    """How many articles are known, and how many of them are stored, failed, gone from the site, or not seen yet.

    Every address counts once, on the day of the site on which it was published. Each line says whether the listings
    were walked through for its time: if not, there may be more that nobody has seen.
    """
    with Archive.open(db, create=False, read_only=True) as archive:
        now = utc_now()
        today = dt.date.fromisoformat(local_day(now, zone_of(archive, known_site(site))))
        last = until.date() if until else today
        first = since.date() if since else last - dt.timedelta(days=_days(by) - 1)
        if first > last:
            raise UsageError(f"--since={first} is after --until={last}")
        undated = since is None and until is None
        asked = Asked(by=tuple(dict.fromkeys(by)), since=str(first), until=str(last), site=site, undated=undated)
        table = cover(archive, asked, now)
    (print_coverage_json if as_json else print_coverage)(table)


def _days(by: tuple[By, ...]) -> int:
    return next((days for name, days in _DAYS.items() if name in by), _DAYS_OTHERWISE)
