"""A crawl that ends anywhere is taken up by the next one: the frontier and the walks are in the archive."""

from __future__ import annotations

import datetime as dt
import random
import time
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from newscrawl.replica.app import ReplicaApp, make_app
from newscrawl.replica.serve import serving
from newscrawl.replica.site import Replica
from tests.crawl.conftest import SITE, Harvester
from tests.crawl.test_asked import stored
from tests.upkeep.content import content

SINCE, UNTIL = "2026-02-10", "2026-03-11"
"""Thirty days, both counted."""


@pytest.fixture(scope="module")
def archive_of_a_year() -> Iterator[tuple[ReplicaApp, str]]:
    """A stand-in with a past of a year, some six stories in each of the thirty days."""
    app = make_app(Replica(stories=480, per_day=6), log=True)
    with serving(app) as origin:
        yield app, origin


def of_those_days(app: ReplicaApp) -> set[str]:
    """Addresses of the articles of those days, at Baku."""
    first = dt.datetime.fromisoformat(f"{SINCE}T00:00:00+04:00").timestamp()
    last = dt.datetime.fromisoformat(f"{UNTIL}T23:59:59+04:00").timestamp()
    replica = app.replica
    numbers = (n for n in range(replica.total) if first <= replica.published(n) <= last)
    truth = (replica.truth_of(n, each) for n in numbers for each in ("az", "ru", "en") if replica.exists(n, each))
    return {record["url"] for record in truth if record["outcome"] == "article"}


def kill_after(harvest: Harvester, app: ReplicaApp, requests: int, **arguments: str) -> None:
    """Start a crawl, and kill it after so many requests."""
    app.requests.clear()
    with harvest.start(None, **arguments) as process:
        while process.poll() is None and len(app.requests) < requests:
            time.sleep(0.002)
        assert process.poll() is None, "it was to be killed before its end"
        process.kill()
        process.communicate()


@pytest.mark.parametrize("variant", [0, 1])
def test_a_back_fill_finds_every_article_of_its_days(
    archive_of_a_year: tuple[ReplicaApp, str], tmp_path: Path, variant: int
) -> None:
    app, origin = archive_of_a_year
    app.replica = attrs.evolve(app.replica, variant=variant)
    wanted = of_those_days(app)
    assert len(wanted) > 400
    undisturbed = Harvester(tmp_path / "undisturbed" / "news.db", origin)
    assert undisturbed(since=SINCE, until=UNTIL).code == 3
    assert stored(undisturbed) == wanted
    whole = len(app.requests)
    killed = Harvester(tmp_path / "killed" / "news.db", origin)
    rng = random.Random(20260201)
    for _ in range(3):
        kill_after(killed, app, rng.randrange(30, 200), since=SINCE, until=UNTIL)
    app.requests.clear()
    assert killed(since=SINCE, until=UNTIL).code in {0, 3}, "what gave no article may have been met before a kill"
    assert len(app.requests) < whole * 0.9, "what was stored is not asked for again"
    assert stored(killed) == wanted
    before = content(undisturbed.db, times=False)
    after = content(killed.db, times=False)
    for table, rows in before.items():
        assert after[table] == rows, table
    assert killed.value("SELECT count(*) FROM wanted WHERE done_at IS NULL AND until IS NOT NULL") == 0


def test_an_unfinished_back_fill_goes_on_beside_what_is_new(
    archive_of_a_year: tuple[ReplicaApp, str], tmp_path: Path
) -> None:
    app, origin = archive_of_a_year
    harvest = Harvester(tmp_path / "news.db", origin)
    harvest(since="2026-03-15")
    recent = stored(harvest)
    kill_after(harvest, app, 40, since=SINCE, until=UNTIL)
    found = len(stored(harvest) & of_those_days(app))
    for _ in range(3):
        assert harvest(settings={"NEWSCRAWL_BACKFILL": "8"}).code in {0, 3}
        again = len(stored(harvest) & of_those_days(app))
        assert again >= found
        found = again
    while harvest.value("SELECT count(*) FROM wanted WHERE done_at IS NULL AND until IS NOT NULL"):
        assert harvest().code in {0, 3}
    assert stored(harvest) >= recent | of_those_days(app)
    beside = stored(harvest) - recent - of_those_days(app)
    assert len(beside) < 3 * 2 * 16, "no more than what the first and the last batch of those days show beside them"
    app.requests.clear()
    harvest()
    assert len(app.requests) <= 9, "it is done"


def test_a_first_crawl_that_is_killed_does_not_walk_again_what_it_walked(
    archive_of_a_year: tuple[ReplicaApp, str], tmp_path: Path
) -> None:
    app, origin = archive_of_a_year
    harvest = Harvester(tmp_path / "news.db", origin)
    kill_after(harvest, app, 500)
    walked = {path for _, path, _ in app.requests if "date=" in path}
    app.requests.clear()
    harvest()
    again = {path for _, path, _ in app.requests if "date=" in path}
    assert walked
    assert len(walked & again) <= 6, "two batches a language, whose links may not have been stored"
    app.requests.clear()
    harvest()
    assert len(app.requests) <= 9


def test_what_a_limit_left_out_is_fetched_by_the_next(
    archive_of_a_year: tuple[ReplicaApp, str], tmp_path: Path
) -> None:
    """An endless archive with `limit`: few requests, and nothing is forgotten."""
    app, origin = archive_of_a_year
    harvest = Harvester(tmp_path / "news.db", origin)
    app.requests.clear()
    harvest(limit="30")
    assert harvest.value("SELECT (SELECT count(*) FROM articles) + (SELECT count(*) FROM failures)") == 30
    assert len(app.requests) <= 30 + 15
    waiting = {row["url"] for row in harvest.rows("SELECT url FROM urls WHERE article_id IS NULL AND kind = 'article'")}
    assert waiting, "the batches that were read named more"
    harvest(since="2026-03-16")
    assert waiting - {row["url"] for row in harvest.rows("SELECT url FROM urls WHERE last_fetched_at IS NULL")}


def test_asked_for_again_a_back_fill_is_walked_again(archive_of_a_year: tuple[ReplicaApp, str], tmp_path: Path) -> None:
    app, origin = archive_of_a_year
    harvest = Harvester(tmp_path / "news.db", origin)
    harvest(since="2026-03-01", until="2026-03-02")
    app.requests.clear()
    harvest(since="2026-03-01", until="2026-03-02")
    assert [path for _, path, _ in app.requests if "date=" in path]
    assert not [path for _, path, _ in app.requests if SITE + path in stored(harvest)]
