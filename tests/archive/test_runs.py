from __future__ import annotations

from typing import Any

import pytest

from newscrawl.archive import Archive, Run, RunEnd
from tests.archive.conftest import FIRST, LAST, LATER


def ran(archive: Archive, at: str, arguments: dict[str, Any], reason: str = "finished", spider: str = "report") -> int:
    run = archive.start_run(spider, arguments, {"newscrawl": "0.1.0"}, at)
    archive.end_run(run, RunEnd(at=LAST, finish_reason=reason, exit_code=0))
    return run


def test_a_run_from_start_to_end(archive: Archive) -> None:
    run = archive.start_run("report", {"languages": "en", "limit": 50}, {"scrapy": "2.19.0"}, FIRST)
    columns = "id, spider, arguments, versions, started_at, ended_at, finish_reason"
    assert archive.conn.execute(f"SELECT {columns} FROM runs").fetchall() == [
        (1, "report", '{"languages": "en", "limit": 50}', '{"scrapy": "2.19.0"}', FIRST, None, None)
    ]
    archive.end_run(
        run,
        RunEnd(
            at=LATER, finish_reason="finished", exit_code=3, counts={"requests": 9, "bytes": 1000, "stored": 2},
            by_language={"en": {"stored": 2}}, coverage={"summary": 0.5},
        ),
    )  # fmt: skip
    columns = "ended_at, finish_reason, exit_code, requests, bytes, stored, skipped, by_language, coverage"
    assert archive.conn.execute(f"SELECT {columns} FROM runs").fetchall() == [
        (LATER, "finished", 3, 9, 1000, 2, 0, '{"en": {"stored": 2}}', '{"summary": 0.5}')
    ]
    assert archive.status().last_run == Run(
        id=1, spider="report", started_at=FIRST, ended_at=LATER, finish_reason="finished", exit_code=3, stored=2,
        changed=0, failed=0,
    )  # fmt: skip


def test_a_count_without_a_column(archive: Archive) -> None:
    run = archive.start_run("report", {}, {}, FIRST)
    with pytest.raises(ValueError, match="unknown counts pages: runs has requests"):
        archive.end_run(run, RunEnd(at=LATER, finish_reason="finished", exit_code=0, counts={"pages": 1}))


@pytest.mark.parametrize(
    ("arguments", "reason", "complete"),
    [
        ({}, "finished", True),
        ({"since": "2025-11-01T00:00:00+04:00"}, "finished", True),
        ({"languages": "az, en"}, "finished", True),
        ({"languages": ["en"]}, "finished", True),
        ({"languages": ""}, "finished", True),
        ({"limit": None, "urls": ""}, "finished", True),
        ({"languages": "az"}, "finished", False),
        ({"limit": 50}, "finished", False),
        ({"urls": "https://report.az/a"}, "finished", False),
        ({"until": "2025-11-30"}, "finished", False),
        ({"sections": ["energy"]}, "finished", False),
        ({}, "shutdown", False),
    ],
)
def test_complete_since(archive: Archive, arguments: dict[str, Any], reason: str, complete: bool) -> None:
    ran(archive, FIRST, arguments, reason)
    assert archive.complete_since("report", "en") == (FIRST if complete else None)


def test_complete_since_is_of_the_latest_run_of_the_spider(archive: Archive) -> None:
    ran(archive, FIRST, {})
    ran(archive, LATER, {})
    ran(archive, LAST, {"limit": 1})
    archive.start_run("report", {}, {}, LAST)
    assert archive.complete_since("report", "az") == LATER
    assert archive.complete_since("oxu", "az") is None


@pytest.mark.parametrize(
    ("since", "complete"),
    [("2025-11-01T00:00:00+04:00", LATER), (FIRST, LATER), ("2999-01-01T00:00:00+04:00", FIRST)],
)
def test_a_run_from_a_day_on_must_reach_back_to_what_is_complete(archive: Archive, since: str, complete: str) -> None:
    ran(archive, FIRST, {})
    ran(archive, LATER, {"since": since})
    assert archive.complete_since("report", "az") == complete
