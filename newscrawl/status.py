"""`newscrawl status`: the state of the archive for a person at a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from newscrawl.archive import Archive, Status


def print_status(archive: Archive, path: str) -> None:
    """Print what the archive holds, what failed and how the last crawl ended."""
    status = archive.status()
    console = Console()
    console.print(f"[bold]{path}[/bold]  {status.bytes / 1e6:,.1f} MB", highlight=False)
    if status.holdings:
        console.print(_holdings(status))
    else:
        console.print("No articles yet: scrapy crawl report")
    if status.open_failures:
        console.print(_failures(status))
    console.print(_last_run(status), highlight=False)


def _holdings(status: Status) -> Table:
    table = Table()
    for name in ("site", "language"):
        table.add_column(name)
    for name in ("articles", "changed since first seen", "near-duplicates"):
        table.add_column(name, justify="right")
    for name in ("newest published (UTC)", "newest first seen (UTC)"):
        table.add_column(name)
    for each in status.holdings:
        numbers = (f"{number:,}" for number in (each.articles, each.changed, each.near_duplicates))
        table.add_row(
            each.site, each.language, *numbers, each.newest_published_at or "no time known", each.newest_first_seen_at
        )
    return table


def _failures(status: Status) -> Table:
    table = Table(title="pages that gave no article", title_justify="left")
    table.add_column("error")
    table.add_column("pages", justify="right")
    for error, pages in status.open_failures:
        table.add_row(error, f"{pages:,}")
    table.caption = "each with its reason: SELECT url, error, detail FROM failures WHERE resolved_at IS NULL"
    return table


def _last_run(status: Status) -> str:
    run = status.last_run
    if run is None:
        return "No crawl yet."
    if run.ended_at is None:
        return f"Last crawl: {run.spider}, begun {run.started_at}, has not ended (running, or killed)."
    return (
        f"Last crawl: {run.spider}, {run.started_at} to {run.ended_at}, {run.finish_reason}, "
        f"exit code {run.exit_code}: "
        f"{run.stored or 0:,} stored, {run.changed or 0:,} changed, {run.failed or 0:,} failed."
    )
