"""`newscrawl status`: whether the harvest goes well."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from newscrawl import exits
from newscrawl.archive import Archive, exporting
from newscrawl.cli.options import db_option, disk_floor, warc_option
from newscrawl.health import disk_of, health_of
from newscrawl.lock import is_held
from newscrawl.show.metrics import metrics
from newscrawl.show.status import Report, print_status, print_status_json
from newscrawl.sites import SITES
from newscrawl.times import utc_now
from newscrawl.upkeep.files import whole_file
from newscrawl.warc.names import folder_of


@click.command()
@db_option
@warc_option
@click.option("--json", "as_json", is_flag=True, help="Every number, as one JSON object.")
@click.option(
    "--prometheus", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Write FILE for the textfile collector of Prometheus' node exporter instead; its name ends in .prom.",
)  # fmt: skip
def status(db: str, warc_dir: str, as_json: bool, prometheus: Path | None) -> None:
    """What the archive holds and whether the harvest goes as usual, by site and language.

    A site is degraded if its crawls fail or stay away, if far fewer articles come than usual at this time of the day,
    if a field is filled less often than before, if the disk fills up; each reason is a line. Exit code 3 if one is.
    """
    with Archive.open(db, create=False, read_only=True) as archive:
        report = _report(archive, db, folder_of(db, warc_dir))
    if prometheus:
        with whole_file(prometheus) as file:
            file.write(metrics(report).encode())
    if as_json:
        print_status_json(report)
    elif prometheus is None:
        print_status(report)
    sys.exit(exits.FINE if report.is_well else exits.DEGRADED)


def _report(archive: Archive, db: str, folder: Path) -> Report:
    now = utc_now()
    disk = disk_of(archive, folder, disk_floor(), now)
    sites = [SITES[name] for name in exporting.zones(archive) if name in SITES]
    health = tuple(health_of(archive, site, now, disk=disk) for site in sites)
    return Report(db=db, at=now, status=archive.status(), disk=disk, sites=health, crawling=is_held(archive.path))
