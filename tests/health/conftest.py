"""Archives whose runs of many weeks are known by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from newscrawl.archive import Archive, RunEnd
from newscrawl.sites import SITES
from newscrawl.times import to_utc, zone_info

REPORT = SITES["report"]
BAKU = zone_info("Asia/Baku")
NOON = dt.datetime(2026, 3, 17, 12, 0, tzinfo=BAKU)
"""A Tuesday."""
NOW = "2026-03-17T08:05:00Z"
"""Five minutes after it, as Baku is four hours ahead."""
CLOCKS = (6, 9, 12, 18)
"""The hours at which crawls run."""


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "news.db") as opened:
        opened.add_site(REPORT)
        yield opened


def crawl(
    archive: Archive, at: dt.datetime, by_language: Mapping[str, Any] | None = None, *, reason: str = "finished",
    coverage: Mapping[str, float] | None = None, arguments: Mapping[str, Any] | None = None, why: str | None = None,
    **counts: int,
) -> int:  # fmt: skip
    """A run that began then and took two minutes."""
    run_id = archive.start_run("report", arguments or {}, {}, to_utc(at))
    archive.end_run(
        run_id,
        RunEnd(
            at=to_utc(at + dt.timedelta(minutes=2)), finish_reason=reason, exit_code=0, by_language=by_language or {},
            coverage=coverage or {}, counts=counts, why=why,
        ),
    )  # fmt: skip
    return run_id


def weeks(archive: Archive, days: Iterable[int], stored: int = 20, language: str = "en") -> None:
    """Crawls so many days before NOON, at each of the CLOCKS, with so many new articles each; the earliest first."""
    with archive.transaction():
        for day in sorted(days, reverse=True):
            for clock in CLOCKS:
                at = NOON.replace(hour=clock) - dt.timedelta(days=day)
                crawl(archive, at, {language: {"stored": stored}})


def today(archive: Archive, *stored: int, language: str = "en") -> None:
    """The crawls of NOON's day until noon."""
    for clock, count in zip(CLOCKS, stored, strict=False):
        crawl(archive, NOON.replace(hour=clock), {language: {"stored": count}})
