"""`newscrawl check`: what was found, and what to do about it."""

from __future__ import annotations

import json
from typing import Any

from rich.console import Console

from newscrawl.show.terminal import one_line, open_console, print_line
from newscrawl.upkeep.check import Report
from newscrawl.upkeep.findings import Finding

_STUCK = "not repaired: the database is damaged, or the file is in use, read-only or made this minute"


def print_findings_json(report: Report) -> None:
    """All of it as one JSON object."""
    print(json.dumps(_record(report), ensure_ascii=False, indent=2))  # noqa: T201


def print_findings(report: Report, *, repair: bool) -> None:
    """Print each kind of finding with examples and a remedy; `repair`: whether one was tried."""
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
