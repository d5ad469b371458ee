"""`newscrawl coverage`: what of a site's articles is there, as a table or as JSON."""

from __future__ import annotations

import datetime as dt
import json

import attrs
from rich.console import Console
from rich.table import Table as Columns

from newscrawl.show.terminal import open_console, open_table, print_table, width_of
from newscrawl.sites import SITES
from newscrawl.times import local_day, utc_now, zone_info
from newscrawl.upkeep.coverage import OUTCOMES, Row, Table

_COUNTS = ("listed", *OUTCOMES)
_SHORTEST = 6
"""To which sections are cut on a narrow terminal."""
_WALKED = {"whole": "", "part": "in part", "no": "not walked", None: ""}


def print_coverage_json(table: Table) -> None:
    """The whole table as one JSON object."""
    asked = attrs.asdict(table.asked)
    rows = [attrs.asdict(row) for row in table.rows]
    total = {name: table.total(name) for name in _COUNTS}
    print(json.dumps(asked | {"rows": rows, "total": total}, ensure_ascii=False, indent=2))  # noqa: T201


def print_coverage(table: Table) -> None:
    """Print a line per group, the total, and what is to be known of it."""
    console = open_console()
    asked = table.asked
    console.print(f"{asked.since} to {asked.until}, days of the site", soft_wrap=True)
    if not table.rows:
        console.print("No address of an article is known of that time: scrapy crawl report -a since=… -a until=…")
        return
    print_table(console, _columns(console, table))
    for line in _notes(table):
        console.print(line)


def _columns(console: Console, table: Table) -> Columns:
    columns, asked = open_table(), table.asked
    groups = [*(["site"] if len({row.site for row in table.rows}) > 1 else []), *asked.by]
    for name in (*groups, *_COUNTS, "listings"):
        columns.add_column(name.replace("_", " "), justify="right" if name in _COUNTS else "left", no_wrap=True)
    for row in table.rows:
        columns.add_row(*(_group(row, name) for name in groups), *_numbers(row), _walked(row))
    totals = (f"{table.total(name):,}" for name in _COUNTS)
    columns.add_row("total", *[""] * (len(groups) - 1), *totals, "", style="bold")
    excess = width_of(console, columns) - console.width
    if console.is_terminal and "section" in groups and excess > 0:
        longest = max(len(_group(row, "section")) for row in table.rows)
        columns.columns[groups.index("section")].max_width = max(_SHORTEST, longest - excess)
    return columns


def _group(row: Row, name: str) -> str:
    if name in ("day", "month"):
        return getattr(row, name) or "not known"
    return getattr(row, name) or "–"


def _walked(row: Row) -> str:
    if row.walked_until:
        zone = SITES[row.site].zone
        local = dt.datetime.fromisoformat(row.walked_until).astimezone(zone_info(zone))
        return f"until {local:%H:%M}" if str(local.date()) == local_day(utc_now(), zone) else f"until {local:%Y-%m-%d}"
    return _WALKED[row.walked]


def _numbers(row: Row) -> list[str]:
    return [f"{getattr(row, name):,}" for name in _COUNTS]


def _notes(table: Table) -> list[str]:
    notes = []
    if any(row.walked in ("part", "no") for row in table.rows):
        notes.append("in part, not walked: listings were not read through for that time; there may be more")
    if any(row.walked_until for row in table.rows):
        notes.append("until: so far the listings were read, all of them; what is newer comes with the next crawl")
    if table.total("not_seen"):
        notes.append("not seen: listed, and neither stored nor failed: the next crawls ask for it")
    if table.total("failed"):
        notes.append("failed: newscrawl failures says what to do")
    return ["", *notes] if notes else []
