"""Crawls at a moment of our choice."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import attrs

from tests.crawl.conftest import Harvester, Scripted

CLOCKS = """
import asyncio, datetime, time
begun, at = time.monotonic(), time.time()
asyncio.run(asyncio.sleep(1.1))
print(datetime.datetime.now(datetime.UTC).isoformat(), time.time() > at, int(time.monotonic() - begun))
"""


def test_the_wall_clock_goes_on_from_the_moment_and_pauses_last_as_long_as_ever(tmp_path: Path) -> None:
    (tmp_path / "clocks.py").write_text(CLOCKS, encoding="utf-8")
    command = [sys.executable, "-m", "tests.clockwork", "2026-03-18T12:00:00+04:00", "-m", "clocks"]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=30, check=True, env={"PYTHONPATH": str(tmp_path)}
    )
    moment, goes_on, pause = done.stdout.split()
    assert moment.startswith("2026-03-18T08:00:")
    assert (goes_on, pause) == ("True", "1")


def test_a_crawl_is_of_that_moment(scripted: tuple[Scripted, Harvester]) -> None:
    _, harvest = scripted
    program = ("-m", "tests.clockwork", "2026-03-18T12:00:00+04:00", "-m", "scrapy")
    attrs.evolve(harvest, program=program)(urls="https://report.az/en/finance/never-was")
    assert harvest.value("SELECT min(started_at) FROM runs").startswith("2026-03-18T08:00:0")
    stored = {row["at"] for row in harvest.rows("SELECT substr(fetched_at, 1, 15) AS at FROM snapshots")}
    assert stored == {"2026-03-18T08:0"}
    assert [path.name[:13] for path in harvest.db.parent.glob("warc/report/*.warc.gz")] == ["20260318T0800"]
