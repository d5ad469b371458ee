"""`newscrawl check`: whether archive and WARC files are whole and agree."""

from __future__ import annotations

import json
import sys
from typing import Any

import click
from rich.console import Console

from newscrawl import exits
from newscrawl.cli.options import db_option, shown_steps, warc_option
from newscrawl.show.terminal import one_line, open_console, print_line
from newscrawl.upkeep.check import Report
from newscrawl.upkeep.check import check as check_archive
from newscrawl.upkeep.findings import Finding
from newscrawl.warc.names import folder_of

_STUCK = "not repaired: the database is damaged, or the file is in use, read-only or made this minute"


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
        click.echo(json.dumps(_record(report), ensure_ascii=False, indent=2))
    else:
        _print(report, repair=repair)
    sys.exit(0 if report.is_well else exits.DEGRADED)


def _record(report: Report) -> dict[str, Any]:
    counted = ("articles", "snapshots", "files", "records", "bytes", "indexed")
    return {
        "ok": report.is_well,
        **{name: getattr(report, name) for name in counted},
        "kept": [str(path) for path in report.kept],
        "findings": [
            {
                "kind": each.kind.name, "title": each.kind.title, "count": each.count, "repaired": each.repaired,
                "is_open": each.is_open, "examples": [one_line(example) for example in each.examples],
                "remedy": each.kind.remedy,
            }
            for each in report.findings
        ],
    }  # fmt: skip


def _print(report: Report, *, repair: bool) -> None:
    console = open_console()
    print_line(
        console,
        f"{report.articles:,} articles, {report.snapshots:,} stored exchanges, {report.records:,} records in "
        f"{report.files:,} WARC files ({report.bytes / 1e6:,.1f} MB)",
    )
    for finding in report.findings:
        _print_finding(console, finding, repair=repair)
    print_line(console, "")
    for path in report.kept:
        print_line(console, f"kept: {one_line(str(path))}")
    if report.indexed:
        print_line(console, f"{report.indexed:,} records have a row now; to read their pages: newscrawl reparse")
    print_line(console, _verdict(report), "green" if report.is_well else "red")


def _print_finding(console: Console, finding: Finding, *, repair: bool) -> None:
    style = "red" if finding.is_open else "green" if finding.repaired else "yellow"
    print_line(console, f"\n{finding.kind.title}: {finding.count:,}{_repaired(finding)}", style)
    for example in finding.examples:
        print_line(console, f"  {one_line(example)}")
    if finding.is_open or finding.kind.note:
        remedy = _STUCK if repair and finding.kind.is_repairable else finding.kind.remedy
        print_line(console, f"  → {remedy}")


def _repaired(finding: Finding) -> str:
    if not finding.repaired:
        return ""
    return ", repaired" if finding.repaired == finding.count else f", {finding.repaired:,} of them repaired"


def _verdict(report: Report) -> str:
    wrong = [finding for finding in report.findings if not finding.kind.note]
    if not wrong:
        return "Nothing is wrong."
    if report.is_well:
        return "All of it was repaired."
    return f"{sum(finding.is_open for finding in wrong)} of {len(wrong)} kinds of findings are not repaired."
