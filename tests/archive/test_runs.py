from __future__ import annotations

import json
from typing import Any

import pytest

from newscrawl.archive import BEGINNING, Archive, Run, RunEnd, Span
from newscrawl.exchanges import Exchange, Place
from newscrawl.items import Link
from newscrawl.sites.report_az import REPORT
from tests.archive.conftest import FIRST, LAST, LATER, dump, made, save


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
            at=LATER,
            finish_reason="finished",
            exit_code=3,
            counts={"requests": 9, "bytes": 1000, "stored": 2, "not_modified": 3, "gone": 1},
            by_language={"en": {"stored": 2}},
            coverage={"summary": 0.5},
            why="1 page cannot be read",
        ),
    )
    columns = "ended_at, finish_reason, exit_code, requests, bytes, stored, not_modified, gone, skipped, why"
    assert archive.conn.execute(f"SELECT {columns} FROM runs").fetchall() == [
        (LATER, "finished", 3, 9, 1000, 2, 3, 1, 0, "1 page cannot be read")
    ]
    assert archive.conn.execute("SELECT by_language, coverage FROM runs").fetchall() == [
        ('{"en": {"stored": 2}}', '{"summary": 0.5}')
    ]
    assert archive.status().last_run == Run(
        id=1, spider="report", started_at=FIRST, ended_at=LATER, finish_reason="finished", exit_code=3, stored=2,
        changed=0, failed=0,
    )  # fmt: skip


def test_a_count_without_a_column(archive: Archive) -> None:
    run = archive.start_run("report", {}, {}, FIRST)
    with pytest.raises(ValueError, match="unknown counts pages: runs has requests"):
        archive.end_run(run, RunEnd(at=LATER, finish_reason="finished", exit_code=0, counts={"pages": 1}))


EVERYTHING = [(BEGINNING, FIRST)]


@pytest.mark.parametrize(
    ("arguments", "reason", "walked"),
    [
        ({}, "finished", EVERYTHING),
        ({"since": "2025-11-01T00:00:00+04:00"}, "finished", [("2025-10-31T19:59:59Z", FIRST)]),
        ({"languages": "az, en"}, "finished", EVERYTHING),
        ({"languages": ["en"]}, "finished", EVERYTHING),
        ({"languages": ""}, "finished", EVERYTHING),
        ({"limit": None, "urls": ""}, "finished", EVERYTHING),
        ({"languages": "az"}, "finished", []),
        ({"limit": 50}, "finished", []),
        ({"urls": "https://report.az/a"}, "finished", []),
        ({"until": "2025-11-30"}, "finished", []),
        ({"sections": ["energy"]}, "finished", []),
        ({}, "shutdown", []),
    ],
)
def test_walks_are_restored_from_runs_that_saw_everything(
    archive: Archive, arguments: dict[str, Any], reason: str, walked: list[tuple[str, str]]
) -> None:
    save(archive, made(language="en"))
    ran(archive, FIRST, arguments, reason)
    archive.restore_walks()
    assert restored(archive, "en") == walked


def restored(archive: Archive, language: str, site: str = "report") -> list[tuple[str, str]]:
    sql = "SELECT oldest, newest FROM walked WHERE site = ? AND language = ? AND section = '' ORDER BY oldest"
    return archive.conn.execute(sql, (site, language)).fetchall()


def test_walks_are_restored_to_the_latest_run_of_the_spider(archive: Archive) -> None:
    save(archive, made(language="az"))
    save(archive, made(url="https://oxu.az/a", site="oxu"))
    ran(archive, FIRST, {})
    ran(archive, LATER, {})
    ran(archive, LAST, {"limit": 1})
    archive.start_run("report", {}, {}, LAST)
    archive.restore_walks()
    assert restored(archive, "az") == [(BEGINNING, LATER)]
    assert restored(archive, "ru") == [], "of which there is no article"
    assert restored(archive, "az", "oxu") == []
    assert archive.walks.wanted("report", "az") == [Span()]
    assert archive.walks.is_complete("report", "az")


@pytest.mark.parametrize(
    ("since", "newest"),
    [("2025-11-01T00:00:00+04:00", LATER), (FIRST, LATER), ("2999-01-01T00:00:00+04:00", FIRST)],
)
def test_a_run_from_a_day_on_must_reach_back_to_what_is_complete(archive: Archive, since: str, newest: str) -> None:
    save(archive, made())
    ran(archive, FIRST, {})
    ran(archive, LATER, {"since": since})
    archive.restore_walks()
    assert restored(archive, "az") == [(BEGINNING, newest)]


def test_walks_begin_at_the_earliest_day_that_was_asked_for(archive: Archive) -> None:
    save(archive, made())
    for at, since in ((FIRST, "2025-11-05T00:00:00Z"), (LATER, "2025-11-03T00:00:00Z"), (LAST, "2025-11-04T00:00:00Z")):
        ran(archive, at, {"since": since})
    archive.restore_walks()
    assert restored(archive, "az") == [("2025-11-02T23:59:59Z", LAST)]
    assert archive.walks.wanted("report", "az") == [Span("2025-11-03T00:00:00Z")]


def test_walks_that_are_known_stay(archive: Archive) -> None:
    save(archive, made())
    ran(archive, FIRST, {})
    with archive.transaction():
        archive.walks.walk("report", "az", "", (FIRST, LATER), at=LATER)
    archive.restore_walks()
    assert restored(archive, "az") == [(FIRST, LATER)]
    assert archive.walks.wanted("report", "az") == []


def test_restoring_twice_changes_nothing(archive: Archive) -> None:
    save(archive, made())
    ran(archive, FIRST, {})
    archive.restore_walks()
    before = dump(archive)
    archive.restore_walks()
    assert dump(archive) == before


def test_a_site_that_asked_to_be_left_alone(archive: Archive) -> None:
    archive.add_site(REPORT)
    assert archive.not_before("report") is None
    archive.leave_alone("report", LATER)
    archive.add_site(REPORT)
    assert archive.not_before("report") == LATER, "the next crawl knows it too"
    assert archive.not_before("oxu") is None


def test_the_row_of_a_killed_run_counts_what_it_left(archive: Archive) -> None:
    earlier = ran(archive, FIRST, {})
    archive.save(made(url="https://report.az/en/x/old", language="en"), seen_at=FIRST, run_id=earlier)
    killed = archive.start_run("report", {}, {}, LATER)
    for number, url in enumerate(("https://report.az/en/x/a", "https://report.az/x/b", "https://report.az/x/c")):
        language = "en" if "/en/" in url else "az"
        archive.save(made(url=url, language=language, body=f"{number} is new"), seen_at=LATER, run_id=killed)
        exchange = Exchange(url=url, kind="article", status=200, headers=(), body=url.encode(), fetched_at=LATER)
        with archive.transaction():
            archive.snapshots.add(exchange, Place("report/x", number, 1), run_id=killed)
    archive.save(made(url="https://report.az/en/x/old", language="en", body="edited"), seen_at=LATER, run_id=killed)
    failed = "https://report.az/en/x/none"
    with archive.transaction():
        archive.frontier.meet([Link(url=failed, language="en")], site="report", now=LATER, reason="a listing")
    archive.fail(failed, stage="extract", error="MissingField", detail=None, run_id=killed, at=LATER, site="report")
    archive.end_killed_run(killed)
    columns = "finish_reason, ended_at, responses, stored, changed, failed, requests"
    assert archive.conn.execute(f"SELECT {columns} FROM runs WHERE id = ?", (killed,)).fetchall() == [
        ("crashed", LATER, 3, 3, 1, 1, None)
    ]
    (by_language,) = archive.conn.execute("SELECT by_language FROM runs WHERE id = ?", (killed,)).fetchone()
    assert json.loads(by_language) == {"az": {"stored": 2}, "en": {"stored": 1, "changed": 1, "failed": 1}}
