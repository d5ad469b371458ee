"""Run from cron and forgotten: a day, or with `make soak` a week, in steps of fifteen minutes."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from newscrawl.replica.app import make_app
from newscrawl.replica.serve import serving
from newscrawl.replica.site import Replica
from newscrawl.upkeep.check import check
from tests.crawl.conftest import SITE
from tests.faults.week import QUARTER, Simulation, fewest_requests, figures, simulation_of, to_be_found

DAY = 86_400


@pytest.fixture(scope="module")
def week(soak: bool, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulation]:
    replica = Replica(stories=60, variant=2, per_day=300 if soak else 60)
    app = make_app(replica, log=True)
    with serving(app) as origin:
        db = tmp_path_factory.mktemp("week") / "news.db"
        simulation = simulation_of(replica, 7 if soak else 1, 1, app, db, origin)
        simulation.play(kills=3, seed=20251111)
        sys.stdout.write(f"\n{figures(simulation)}\n")
        yield simulation


def states(week: Simulation) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    sql = "SELECT a.url, r.headline, r.body, r.cause FROM revisions r JOIN articles a ON a.id = r.article_id"
    for row in week.harvest.rows(sql):
        found.setdefault(row["url"], []).append(row)
    return found


def test_every_article_and_every_edit_is_in_the_archive(week: Simulation) -> None:
    found, missing, count = states(week), [], 0
    failed = {row["url"] for row in week.harvest.rows("SELECT url FROM failures")}
    for shown in to_be_found(week):
        replica = week.chronicle.at(shown.at)
        if not replica.exists(shown.number, shown.language):
            continue
        truth = replica.truth_of(shown.number, shown.language)
        count += 1
        if truth["outcome"] == "failure":
            assert truth["url"] in failed
        elif (truth["headline"], truth["body"]) not in {
            (row["headline"], row["body"]) for row in found.get(truth["url"], [])
        }:
            missing.append((shown, truth["url"]))
    assert count > 100
    assert missing == []


def test_nothing_is_taken_for_an_edit_that_is_none(week: Simulation) -> None:
    edited = {
        SITE + week.chronicle.first.texts.path(number, language)
        for number in range(week.chronicle.total)
        if len(week.chronicle.states(number)) > 1
        for language in ("az", "ru", "en")
    }
    changed = {url for url, rows in states(week).items() if len({(row["headline"], row["body"]) for row in rows}) > 1}
    assert changed
    assert changed <= edited


def test_requests_are_few(week: Simulation) -> None:
    asked = sum(turn.requests for turn in week.turns)
    assert asked <= 1.5 * fewest_requests(week)


def test_what_was_taken_down_is_gone(week: Simulation, soak: bool) -> None:
    last, gone, here = week.turns[-1].at, set(), set()
    for number in range(week.chronicle.total):
        state = week.chronicle.states(number)[-1]
        paths = {SITE + week.chronicle.first.texts.path(number, language) for language in ("az", "ru", "en")}
        if state.edit == "gone" and state.begins_at < last - DAY - 4 * 3600:
            gone |= paths
        elif state.edit != "gone" or state.begins_at > last:
            here |= paths
    marked = {row["url"] for row in week.harvest.rows("SELECT url FROM articles WHERE gone_at IS NOT NULL")}
    archived = {row["url"] for row in week.harvest.rows("SELECT url FROM articles")}
    assert gone & archived <= marked
    assert bool(marked) == soak, "a day is too short to know"
    assert not marked & here


def test_each_run_has_its_row_and_its_end(week: Simulation) -> None:
    rows = week.harvest.rows("SELECT finish_reason, ended_at FROM runs ORDER BY id")
    assert len(rows) == len(week.turns)
    assert all(row["ended_at"] for row in rows)
    killed = [turn for turn in week.turns if turn.code is None]
    assert len(killed) == 3
    assert [row["finish_reason"] for row in rows].count("crashed") == 3
    out = [turn.code for turn in week.turns if turn.is_out]
    assert out
    assert set(out) == {4}
    assert check(week.harvest.db, week.harvest.db.parent / "warc", repair=True).is_well


def test_runs_do_not_grow(week: Simulation, soak: bool) -> None:
    clean = [turn for turn in week.turns if turn.is_clean]
    part = DAY // QUARTER if soak else len(clean) // 4
    first, last = clean[1 : part + 1], clean[-part:]
    memory = [statistics.median(turn.mebibytes for turn in turns) for turns in (first, last)]
    # At the end of a week a run makes three times as many looks as on its first day
    assert memory[1] < 1.35 * memory[0]
    if soak:
        begins = [statistics.median(turn.begins for turn in turns) for turns in (first, last)]
        assert begins[1] < 1.3 * begins[0]
