"""`newscrawl status`: the state of the archive and the health of its sites, for a person at a terminal or as JSON."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import attrs
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from newscrawl.archive import BEGINNING, Holding, Status
from newscrawl.archive.health import RunSeen
from newscrawl.health import Disk, Health
from newscrawl.health.rules import size, span
from newscrawl.health.values import InLanguage
from newscrawl.show.terminal import minute, one_line, open_console, open_table, print_table
from newscrawl.sites import SITES
from newscrawl.times import local_day, to_utc

_NAMES = ("site", "language")
_UNENDED = {
    True: "is running",
    False: "was killed: the next one goes on there",
    None: "has not ended: it is running, or was killed",
}


@attrs.frozen(kw_only=True)
class Report:
    """What there is to say of an archive."""

    db: str
    at: str
    """UTC."""
    status: Status
    disk: Disk
    sites: tuple[Health, ...]
    crawling: bool | None
    """Whether a crawl fills it at this moment; None where that cannot be told."""

    @property
    def is_well(self) -> bool:
        """Whether no site is degraded."""
        return all(site.state == "fine" for site in self.sites)

    def holding(self, site: str, language: str) -> Holding | None:
        """What the archive holds of a site in a language; None where it holds nothing."""
        holdings = self.status.holdings
        return next((each for each in holdings if (each.site, each.language) == (site, language)), None)


def print_status_json(report: Report) -> None:
    """All of it as one JSON object; docs/health.md says what the keys are."""
    print(json.dumps(_record(report), ensure_ascii=False, indent=2))  # noqa: T201


def print_status(report: Report) -> None:
    """Print what the archive holds, how its sites are, what failed and what it takes of the disk."""
    console = open_console()
    console.print(Text.assemble((report.db, "bold"), "; times are UTC"))
    console.print(f"  {_disk(report.disk)}")
    if not report.status.holdings:
        week_ago = dt.date.fromisoformat(report.at[:10]) - dt.timedelta(days=7)
        console.print(f"No articles yet: scrapy crawl report -a since={week_ago}")
    if report.status.last_run is None:
        console.print("No crawl yet.")
    for site in report.sites:
        _print_site(console, report, site)
    if report.status.open_failures:
        failures = ", ".join(f"{pages:,} {error}" for error, pages in report.status.open_failures)
        console.print(f"\npages without an article: {failures}")
        console.print(Text(f"  one by one: newscrawl failures --db {report.db}"), soft_wrap=True)


def _print_site(console: Console, report: Report, site: Health) -> None:
    style = "bold green" if site.state == "fine" else "bold red"
    console.print(Text.assemble("\n", (site.site, "bold"), ": ", (site.state, style)))
    for reason in site.reasons:
        _print_indented(console, Text(one_line(reason), "red"))
    for line in _lines(report, site):
        _print_indented(console, Text(line))
    table = _table(report, site)
    if table.row_count:
        console.print()
        print_table(console, table, indent=2)


def _print_indented(console: Console, text: Text) -> None:
    """A paragraph; one line where no terminal shows it."""
    console.print(Text.assemble("  ", text) if console.soft_wrap else Padding(text, (0, 0, 0, 2)))


def _lines(report: Report, site: Health) -> Iterator[str]:
    runs = site.runs
    if runs.last:
        yield f"last crawl {_ended(runs.last)}"
    if runs.running:
        yield f"a crawl began {minute(runs.running.started_at)} and {_UNENDED[report.crawling]}"
    if runs.interval:
        yield f"one every {span(runs.interval)}"
    yield from _left(site)
    failing = [
        f"{each.language} {each.failing.failed:,} of {each.failing.pages:,}"
        for each in site.languages
        if each.failing.pages
    ]
    if failing:
        yield f"pages that failed in the last day: {', '.join(failing)}"
    if site.coverage:
        fields = ", ".join(f"{each.field} {each.share:.0%} ({each.usual:.0%})" for each in site.coverage)
        yield f"articles with a field, of the last ones read (usual): {fields}"


def _left(site: Health) -> Iterator[str]:
    zone = SITES[site.site].zone
    for each in site.languages:
        for wanted in each.back_fills:
            last = to_utc(dt.datetime.fromisoformat(wanted.until) - dt.timedelta(seconds=1))
            first = "the beginning" if wanted.since == BEGINNING else local_day(wanted.since, zone)
            reached = "not begun" if wanted.left >= last else f"walked down to {minute(wanted.left)}"
            yield f"back-fill {each.language}, {first} to {local_day(last, zone)}: {reached}; crawls go on with it"
    waiting = [f"{each.language} {each.waiting:,}" for each in site.languages if each.waiting]
    if waiting:
        yield f"addresses that wait to be fetched: {', '.join(waiting)}"


def _ended(run: RunSeen) -> str:
    counts = list(run.by_language.values())
    stored, changed, failed = (sum(each.get(what, 0) for each in counts) for what in ("stored", "changed", "failed"))
    assert run.ended_at is not None
    return (
        f"{minute(run.started_at)} to {minute(run.ended_at)}: {run.finish_reason}, exit code {run.exit_code}, "
        f"{stored:,} stored, {changed:,} changed, {failed:,} failed"
    )


def _table(report: Report, site: Health) -> Table:
    """One line per language, at most 78 columns wide."""
    table = open_table()
    for name in ("lang", "articles", "edited", "copies", "today", "usual", "newest", "due", "late"):
        table.add_column(name, no_wrap=True, justify="left" if name in ("lang", "newest") else "right")
    for each in site.languages:
        holding = report.holding(site.site, each.language)
        if holding is None:
            continue
        numbers = (holding.articles, holding.changed, holding.near_duplicates)
        newest = holding.newest_published_at
        table.add_row(
            each.language, *(f"{number:,}" for number in numbers), *_today(each),
            minute(newest) if newest else "no time known", f"{each.looks.due:,}", f"{each.looks.late:,}",
        )  # fmt: skip
    return table


def _today(found: InLanguage) -> tuple[str, str]:
    volume = found.volume
    if volume is None:
        return "–", "–"
    usual = volume.usual
    return f"{volume.stored:,}", f"{usual.low:.0f}–{usual.high:.0f}" if usual else "no history"


def _disk(disk: Disk) -> str:
    pages = f"raw pages {size(disk.warc_bytes)}" if disk.warc_bytes else "no raw pages there (else --warc-dir)"
    parts = f"database {size(disk.database_bytes)}, {pages}, {size(disk.free_bytes)} free"
    if disk.bytes_a_day is None:
        return parts
    left = "" if disk.days_left is None else f": room for {disk.days_left:,.0f} days"
    return f"{parts}; {size(disk.bytes_a_day)} a day{left}"


def _record(report: Report) -> dict[str, Any]:
    return {
        "db": report.db,
        "at": report.at,
        "crawling": report.crawling,
        "state": "fine" if report.is_well else "degraded",
        "disk": attrs.asdict(report.disk),
        "failures": dict(report.status.open_failures),
        "sites": [_site_record(report, site) for site in report.sites],
    }


def _site_record(report: Report, site: Health) -> dict[str, Any]:
    languages = []
    for each in site.languages:
        holding = report.holding(site.site, each.language)
        held = attrs.asdict(holding, filter=lambda field, _: field.name not in _NAMES) if holding else None
        languages.append({"language": each.language, "archive": held} | attrs.asdict(each))
    return {
        "site": site.site,
        "state": site.state,
        "reasons": [attrs.asdict(each) for each in site.findings],
        "runs": attrs.asdict(site.runs),
        "failures": dict(site.failures),
        "coverage": [attrs.asdict(each) for each in site.coverage],
        "languages": languages,
    }
