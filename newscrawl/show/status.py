"""`newscrawl status`: the state of the archive for a person at a terminal."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from newscrawl.archive import Archive, Status
from newscrawl.show.terminal import minute


def print_status(archive: Archive, path: str) -> None:
    """Print what the archive holds, what failed and how the last crawl ended."""
    status = archive.status()
    console = Console(highlight=False)
    console.print(f"[bold]{escape(path)}[/bold], {status.bytes / 1e6:,.1f} MB; times are UTC")
    console.print(_holdings(status) if status.holdings else "No articles yet: scrapy crawl report")
    if status.open_failures:
        console.print(_failures(status))
        console.print(f"  one by one: newscrawl failures --db {escape(path)}\n", soft_wrap=True)
    console.print(_last_run(status), soft_wrap=True)


def _holdings(status: Status) -> Table:
    table = Table(box=box.SIMPLE, collapse_padding=True, show_edge=False)
    for name in ("site", "lang"):
        table.add_column(name, no_wrap=True)
    for name in ("articles", "edited", "copies"):
        table.add_column(name, justify="right", no_wrap=True)
    for name in ("newest", "last added"):
        table.add_column(name, no_wrap=True)
    for each in status.holdings:
        numbers = (f"{number:,}" for number in (each.articles, each.changed, each.near_duplicates))
        newest = minute(each.newest_published_at) if each.newest_published_at else "no time known"
        table.add_row(each.site, each.language, *numbers, newest, minute(each.newest_first_seen_at))
    return table


def _failures(status: Status) -> Table:
    table = Table(box=box.SIMPLE)
    table.add_column("pages without an article")
    table.add_column("how many", justify="right")
    for error, pages in status.open_failures:
        table.add_row(error, f"{pages:,}")
    return table


def _last_run(status: Status) -> str:
    run = status.last_run
    if run is None:
        return "No crawl yet."
    if run.ended_at is None:
        return f"Last crawl: {run.spider}, begun {minute(run.started_at)}, has not ended: it is running, or was killed."
    return (
        f"Last crawl: {run.spider}, {minute(run.started_at)} to {minute(run.ended_at)}, {run.finish_reason}, "
        f"exit code {run.exit_code}: "
        f"{run.stored or 0:,} stored, {run.changed or 0:,} changed, {run.failed or 0:,} failed."
    )
