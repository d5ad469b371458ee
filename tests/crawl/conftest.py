"""Real crawls: the real command, in a process of its own, against a real server."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

from newscrawl.demo import HURRIED
from newscrawl.replica.app import make_app
from newscrawl.replica.serve import serving
from newscrawl.replica.site import Replica

SITE = "https://report.az"


@attrs.frozen
class Run:
    """How a command ended."""

    code: int
    out: str
    err: str


@attrs.frozen
class Harvester:
    """`scrapy crawl report` into one archive, against one origin."""

    db: Path
    origin: str
    before: Callable[[], None] | None = None
    """What the crawl's process does before it becomes one."""
    program: tuple[str, ...] = ("-m", "scrapy")
    """What Python runs."""

    def at(self, moment: str) -> Harvester:
        """The same harvester while the clock says `moment`, ISO 8601 with offset."""
        return attrs.evolve(self, program=("-m", "tests.clockwork", moment, "-m", "scrapy"))

    def __call__(self, settings: dict[str, str] | None = None, **arguments: str) -> Run:
        with self.start(settings, **arguments) as process:
            try:
                out, err = process.communicate(timeout=120)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        return Run(process.returncode, out, err)

    def start(self, settings: dict[str, str] | None = None, **arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, *self.program, "crawl", "report"]
        for name, value in (HURRIED | (settings or {})).items():
            command += ["-s", f"{name}={value}"]
        for name, value in arguments.items():
            command += ["-a", f"{name}={value}"]
        environment = os.environ | {
            "NEWSCRAWL_DB": str(self.db),
            "NEWSCRAWL_ORIGINS": json.dumps({SITE: self.origin}),
            "SCRAPY_SETTINGS_MODULE": "newscrawl.settings",
        }
        return subprocess.Popen(
            command,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
            text=True,
            preexec_fn=self.before,
        )

    def wait_for(self, sql: str, seconds: float = 30) -> None:
        """Wait until a query of the archive says 1; the archive may not be there yet."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                if self.value(sql):
                    return
            except sqlite3.OperationalError:
                pass
            time.sleep(0.05)
        raise AssertionError(f"not true after {seconds} seconds: {sql}")

    def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        connection = sqlite3.connect(self.db)
        connection.row_factory = sqlite3.Row
        try:
            return [dict(row) for row in connection.execute(sql, values)]
        finally:
            connection.close()

    def value(self, sql: str, *values: Any) -> Any:
        (row,) = self.rows(sql, *values)
        (only,) = row.values()
        return only


@attrs.define
class Scripted:
    """An ASGI app that answers each path as it was told, 404 otherwise, and remembers what it was asked."""

    answers: dict[str, tuple[int, dict[str, str], bytes]] = attrs.field(factory=dict)
    asked: list[str] = attrs.field(factory=list)
    agents: set[str] = attrs.field(factory=set)
    watch: Callable[[dict[bytes, bytes]], None] | None = None
    """Told the headers of each request."""

    def say(self, path: str, body: str = "", status: int = 200, **headers: str) -> None:
        kind = {"content-type": "text/html; charset=utf-8"}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (status, kind | named, body.encode())

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        query = scope["query_string"].decode()
        path = scope["path"] + (f"?{query}" if query else "")
        self.asked.append(path)
        request = dict(scope["headers"])
        self.agents.add(request.get(b"user-agent", b"").decode())
        if self.watch:
            self.watch(request)
        status, headers, body = self.answers.get(path, (404, {"content-type": "text/html"}, b"not found"))
        pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": status, "headers": pairs})
        await send({"type": "http.response.body", "body": body})


@pytest.fixture
def scripted(tmp_path: Path) -> Iterator[tuple[Scripted, Harvester]]:
    """A site that says what the test tells it to, and a harvester of it."""
    app = Scripted()
    with serving(app) as origin:
        yield app, Harvester(tmp_path / "news.db", origin)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Any, Harvester]]:
    """The stand-in with 60 stories, and a harvester of it."""
    app = make_app(Replica(stories=60), log=True)
    with serving(app) as origin:
        yield app, Harvester(tmp_path / "news.db", origin)


@pytest.fixture
def sound(site: tuple[Any, Harvester]) -> tuple[Any, Harvester]:
    """A stand-in without pages that are meant to fail: a crawl of it ends with 0 unless a test disturbs it."""
    app, harvest = site
    app.replica = Replica(stories=30)
    return app, harvest
