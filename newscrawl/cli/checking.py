"""`newscrawl check`: whether archive and WARC files are whole and agree."""

from __future__ import annotations

import sys

import click

from newscrawl import exits
from newscrawl.cli.options import db_option, shown_steps, warc_option
from newscrawl.show.findings import print_findings, print_findings_json
from newscrawl.upkeep.check import check as check_archive
from newscrawl.warc.names import folder_of


@click.command()
@db_option
@warc_option
@click.option("--repair", is_flag=True, help="Put right what can be; nothing is deleted.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def check(db: str, warc_dir: str, repair: bool, as_json: bool) -> None:
    """Check that the archive and its WARC files are whole and agree.

    Reads every byte of both. Exit code 3 if something is wrong (and was not repaired). --repair cuts torn ends off WARC
    files (and keeps them beside), adds rows for records that have none, and makes the search index anew; best
    while no crawl runs, which it would keep waiting.
    """
    folder = folder_of(db, warc_dir)
    with shown_steps() as steps:
        report = check_archive(db, folder, repair=repair, steps=steps)
    if as_json:
        print_findings_json(report)
    else:
        print_findings(report, repair=repair)
    sys.exit(0 if report.is_well else exits.DEGRADED)
