"""What every crawl asks is found by an index: a million articles are asked as fast as a thousand."""

from __future__ import annotations

import re
from types import ModuleType

import pytest

from newscrawl.archive import Archive, frontier, settling, walks
from newscrawl.exchanges import Exchange, Place
from newscrawl.items import Link
from newscrawl.sites.report_az import REPORT
from tests.archive.conftest import FIRST, made, save, words

LARGE = ("articles", "url_rows", "snapshot_rows", "url_aliases", "failures", "absences")
"""Tables that grow with what was ever seen; `walked` and `wanted` hold a few rows for each language."""


def statements(module: ModuleType) -> dict[str, str]:
    """Every statement of a module, by its name."""
    verbs = ("SELECT", "INSERT", "UPDATE", "DELETE")
    found = {name: text for name, text in vars(module).items() if isinstance(text, str)}
    return {name: text for name, text in found.items() if text.lstrip().startswith(verbs)}


STATEMENTS = [
    pytest.param(text, id=f"{module.__name__.rpartition('.')[2]}{name}")
    for module in (frontier, settling, walks)
    for name, text in statements(module).items()
]


def scans(archive: Archive, statement: str) -> list[str]:
    """The steps of the statement's plan that read a large table, or an index of it, from end to end."""
    names = set(re.findall(r":([a-z_]+)", re.sub(r"'[^']*'", "", statement)))
    values = dict.fromkeys(names) if names else [None] * statement.count("?")
    tables = dict.fromkeys(re.findall(rf"\b({'|'.join(LARGE)})(?: AS)?(?: ([a-z]))?\b", statement))
    aliases = {name for pair in tables for name in pair if name}
    steps = [row[3] for row in archive.conn.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
    whole = [step for step in steps if step.startswith("SCAN") and step.split()[1] in aliases]
    # All rows that have an article are nearly all rows
    return whole + [step for step in steps if re.search(r"INDEX \w+ \(\w+>\?\)", step)]


@pytest.fixture(params=["empty", "analyzed"])
def planned(request: pytest.FixtureRequest, archive: Archive) -> Archive:
    """Plans are to be good without statistics, and with those that the end of a run gathers."""
    if request.param == "analyzed":
        archive.add_site(REPORT)
        links = [Link(url=f"https://report.az/a/{n}", language="az") for n in range(1000)]
        with archive.transaction():
            archive.frontier.meet(links, site="report", now=FIRST, reason="")
        for n, link in enumerate(links[:100]):
            save(archive, made(url=link.url, body=words(n)))
            exchange = Exchange(url=link.url, kind="article", status=200, headers=(), body=b"", fetched_at=FIRST)
            archive.snapshots.add(exchange, Place("report/a", n, 1), run_id=None)
            archive.fail(link.url, stage="extract", error="MissingField", detail=None, run_id=None, at=FIRST)
            archive.missed(link.url, at=FIRST, status=404)
        archive.conn.execute("ANALYZE")
    return archive


@pytest.mark.parametrize("statement", STATEMENTS)
def test_no_statement_reads_a_large_table_from_end_to_end(planned: Archive, statement: str) -> None:
    assert scans(planned, statement) == []


def test_a_scan_would_be_seen(archive: Archive) -> None:
    assert scans(archive, "SELECT url FROM articles WHERE headline = ?")
    assert scans(archive, "SELECT u.url FROM url_rows u WHERE u.status = :status")
    assert len(STATEMENTS) > 25
