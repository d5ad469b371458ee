"""A crawl that is told to stop: soon over whatever it waits for, with a valid row, and the next one goes on."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

from newscrawl.replica.app import ReplicaApp
from newscrawl.replica.serve import serving
from tests.crawl.conftest import SITE, Harvester, Scripted
from tests.crawl.test_asked import listing, stored, truth
from tests.crawl.test_manners import article
from tests.crawl.test_recovery import empty_site

BOTH = pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
SECONDS = 10


@attrs.define
class Hanging:
    """A scripted site that begins to answer some paths and never ends."""

    site: Scripted = attrs.field(factory=Scripted)
    for_ever: set[str] = attrs.field(factory=set)
    begun: set[str] = attrs.field(factory=set)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        path = scope.get("path")
        if path not in self.for_ever:
            await self.site(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
        await send({"type": "http.response.body", "body": b"<html>", "more_body": True})
        self.begun.add(path)
        while (await receive())["type"] != "http.disconnect":
            pass


@pytest.fixture
def hanging(tmp_path: Path) -> Iterator[tuple[Hanging, Harvester]]:
    app = Hanging()
    empty_site(app.site)
    app.site.say("/son-xeberler", listing([f"/a/{n}" for n in range(4)]))
    for n in range(4):
        app.site.say(f"/a/{n}", article(n))
    with serving(app) as origin:
        yield app, Harvester(tmp_path / "news.db", origin)


def wait_until(app: Hanging, path: str) -> None:
    deadline = time.monotonic() + 30
    while path not in app.begun:
        assert time.monotonic() < deadline, f"{path} was never asked for"
        time.sleep(0.02)


def stop(process: subprocess.Popen[str], number: int) -> str:
    """Standard error of a crawl that got a signal and was over in less than ten seconds."""
    began = time.monotonic()
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert time.monotonic() - began < SECONDS
    assert process.returncode == 130
    assert err.count("\n") == 1, err
    assert f"stopped by a signal ({signal.Signals(number).name}); the next crawl goes on" in err
    return err


def check_row(harvest: Harvester) -> None:
    assert harvest.rows("SELECT finish_reason, exit_code, ended_at IS NOT NULL AS ended FROM runs") == [
        {"finish_reason": "shutdown", "exit_code": 130, "ended": 1}
    ]
    assert harvest.value("SELECT count(*) FROM failures") == 0, "what was given up is no failure"


@BOTH
def test_in_the_middle_of_a_crawl(site: tuple[ReplicaApp, Harvester], number: int) -> None:
    app, harvest = site
    slow = {"DOWNLOAD_DELAY": "0.05", "CONCURRENT_REQUESTS_PER_DOMAIN": "1", "CONCURRENT_REQUESTS": "2"}
    with harvest.start(settings=slow) as process:
        harvest.wait_for("SELECT count(*) >= 3 FROM articles")
        stop(process, number)
    assert harvest.rows("SELECT finish_reason, exit_code FROM runs") == [
        {"finish_reason": "shutdown", "exit_code": 130}
    ]
    harvest()
    assert stored(harvest) == truth(app)


@pytest.mark.parametrize("what", ["news.db.lock", "news.db", "warc/report"])
def test_while_it_begins(site: tuple[ReplicaApp, Harvester], what: str) -> None:
    app, harvest = site
    with harvest.start() as process:
        while not (harvest.db.parent / what).exists():
            time.sleep(0.01)
        stop(process, signal.SIGTERM)
    check_row(harvest)
    assert len(stored(harvest)) < len(truth(app))


@BOTH
def test_while_a_download_hangs(hanging: tuple[Hanging, Harvester], number: int) -> None:
    app, harvest = hanging
    app.for_ever = {"/a/2"}
    with harvest.start(languages="az", settings={"DOWNLOAD_TIMEOUT": "60"}) as process:
        wait_until(app, "/a/2")
        harvest.wait_for("SELECT count(*) = 3 FROM articles")
        stop(process, number)
    check_row(harvest)
    app.for_ever = set()
    assert harvest(languages="az").code == 0
    assert stored(harvest) == {f"{SITE}/a/{n}" for n in range(4)}


def test_while_it_waits_between_two_requests(hanging: tuple[Hanging, Harvester]) -> None:
    app, harvest = hanging
    patient = {"DOWNLOAD_DELAY": "30", "CONCURRENT_REQUESTS": "2", "CONCURRENT_REQUESTS_PER_DOMAIN": "1"}
    with harvest.start(languages="az", settings=patient) as process:
        harvest.wait_for("SELECT count(*) >= 1 FROM snapshots")
        time.sleep(0.5)
        asked = len(app.site.asked)
        began = time.monotonic()
        stop(process, signal.SIGTERM)
        assert time.monotonic() - began < 2, "nothing is on its way: nothing to wait for"
    check_row(harvest)
    assert len(app.site.asked) == asked, "and nothing more is asked for"


def test_while_it_waits_for_robots_txt(hanging: tuple[Hanging, Harvester]) -> None:
    app, harvest = hanging
    app.for_ever = {"/robots.txt"}
    with harvest.start(languages="az", settings={"DOWNLOAD_TIMEOUT": "60"}) as process:
        wait_until(app, "/robots.txt")
        stop(process, signal.SIGTERM)
    check_row(harvest)
    assert app.site.asked == []


def test_a_second_signal_ends_it_at_once_and_the_next_crawl_says_so(hanging: tuple[Hanging, Harvester]) -> None:
    app, harvest = hanging
    app.for_ever = {"/a/2"}
    with harvest.start(languages="az", settings={"DOWNLOAD_TIMEOUT": "60"}) as process:
        wait_until(app, "/a/2")
        process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        assert process.poll() is None, "the first one is gentle"
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
    assert time.monotonic() - began < 1
    assert process.returncode == -signal.SIGTERM
    app.for_ever = set()
    assert harvest(languages="az").code == 0
    assert harvest.rows("SELECT finish_reason, exit_code FROM runs ORDER BY id") == [
        {"finish_reason": "crashed", "exit_code": 1},
        {"finish_reason": "finished", "exit_code": 0},
    ]
    assert stored(harvest) == {f"{SITE}/a/{n}" for n in range(4)}
