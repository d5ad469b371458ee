"""Others at the archive during a crawl: readers who take their time, and another writer."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest

from newscrawl.archive import Archive
from newscrawl.replica.app import make_app
from newscrawl.replica.serve import serving
from newscrawl.replica.site import Replica
from tests.crawl.conftest import Harvester
from tests.upkeep.content import content

FAILURES = "SELECT url, stage, error, detail, times, resolved_at FROM failures ORDER BY url, stage"
STARTED = "SELECT count(*) >= 30 FROM articles"
"""A crawl that has got somewhere and has most of it before it."""
READ = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN")
print(connection.execute("SELECT count(*) FROM articles").fetchone()[0], flush=True)
sys.stdin.read()
print(connection.execute("SELECT count(*) FROM articles").fetchone()[0], flush=True)
"""
WRITE = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)
connection.execute("BEGIN IMMEDIATE")
print("locked", flush=True)
time.sleep(float(sys.argv[2]))
connection.execute("COMMIT")
"""
IMPATIENT = """
from newscrawl.archive import opening
opening.BUSY_SECONDS = 1.0
from scrapy.cmdline import execute
execute()
"""
"""`scrapy`, which waits for a lock as long as a test can."""


@attrs.frozen
class Undisturbed:
    """The stand-in, and what one crawl of it gives."""

    origin: str
    content: dict[str, list[tuple[Any, ...]]]
    failures: list[dict[str, Any]]
    code: int

    def check_equal(self, harvest: Harvester) -> None:
        found = content(harvest.db, times=False)
        for table, rows in self.content.items():
            assert found[table] == rows, table
        assert harvest.rows(FAILURES) == self.failures


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Undisturbed]:
    with serving(make_app(Replica(stories=60))) as origin:
        harvest = Harvester(tmp_path_factory.mktemp("undisturbed") / "news.db", origin)
        code = harvest().code
        yield Undisturbed(origin, content(harvest.db, times=False), harvest.rows(FAILURES), code)


@pytest.fixture
def harvest(undisturbed: Undisturbed, tmp_path: Path) -> Harvester:
    return Harvester(tmp_path / "news.db", undisturbed.origin)


@contextmanager
def beside(program: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """Another program at the archive, once it has said its first word."""
    command = [sys.executable, "-c", program, *map(str, arguments)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline()
        yield process


def wal(harvest: Harvester) -> int:
    """Bytes of the write-ahead log; 0 where it is not there."""
    path = harvest.db.with_name(harvest.db.name + "-wal")
    return path.stat().st_size if path.exists() else 0


@contextmanager
def browsed(db: Path) -> Iterator[Callable[[str], str]]:
    """datasette at the archive, and what asks it for a page."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", "datasette", "serve", str(db), "--port", str(port)]
    address = f"http://127.0.0.1:{port}"

    def ask(path: str) -> str:
        return httpx.get(address + path, timeout=30).text

    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(600):
                try:
                    ask("/-/versions.json")
                    break
                except httpx.ConnectError:
                    time.sleep(0.05)
            yield ask
        finally:
            process.terminate()


def seconds(soak: bool) -> float:
    return 20 if soak else 6


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, err = process.communicate(timeout=180)
    return process.returncode, err


def test_a_read_that_lasts_as_long_as_the_crawl(undisturbed: Undisturbed, harvest: Harvester) -> None:
    with harvest.start() as crawl:
        harvest.wait_for(STARTED)
        with beside(READ, harvest.db) as reader:
            code, err = ended(crawl)
            assert code == undisturbed.code, err
            undisturbed.check_equal(harvest)
            assert wal(harvest) > 0, "the reader needs it"
            assert reader.stdin
            assert reader.stdout
            reader.stdin.close()
            assert int(reader.stdout.readline()) < len(undisturbed.content["articles"]), (
                "it saw one moment all the time"
            )
    # Whoever writes next, a crawl that finds one page new, empties it
    harvest.rows("SELECT 1")
    assert wal(harvest) == 0


def test_datasette_beside_a_crawl(undisturbed: Undisturbed, harvest: Harvester) -> None:
    count = "/news.json?sql=select+count(*)+from+articles&_shape=arrayfirst"
    Archive.open(harvest.db).close()
    with browsed(harvest.db) as ask:
        assert ask(count).strip() == "[0]"
        crawl = harvest.start()
        while crawl.poll() is None:
            ask("/news/articles?_facet=language&_facet=section&_sort_desc=published_at")
        code, err = ended(crawl)
        assert code == undisturbed.code, err
        undisturbed.check_equal(harvest)
        assert ask(count).strip() == f"[{len(undisturbed.content['articles'])}]"
        assert wal(harvest) == 0, "emptied by the crawl, though datasette has it open"


def test_a_writer_that_holds_the_lock(undisturbed: Undisturbed, harvest: Harvester, soak: bool) -> None:
    # A download that waits meanwhile would time out several times over
    with harvest.start({"DOWNLOAD_TIMEOUT": "2"}) as crawl:
        harvest.wait_for(STARTED)
        with beside(WRITE, harvest.db, seconds(soak)):
            before = harvest.value("SELECT count(*) FROM snapshots")
            time.sleep(seconds(soak) / 2)
            assert harvest.value("SELECT count(*) FROM snapshots") == before, "the crawl waits"
        code, err = ended(crawl)
    assert code == undisturbed.code, err
    assert "Traceback" not in err
    undisturbed.check_equal(harvest)
    assert wal(harvest) == 0


def test_a_lock_that_lasts_too_long(undisturbed: Undisturbed, harvest: Harvester) -> None:
    with attrs.evolve(harvest, program=("-c", IMPATIENT)).start() as crawl:
        harvest.wait_for(STARTED)
        with beside(WRITE, harvest.db, 600) as writer:
            code, err = ended(crawl)
            writer.kill()
    check_refusal(harvest, code, err)
    assert harvest().code in {0, undisturbed.code}, "the pages that the first one failed at are not due yet"
    undisturbed.check_equal(harvest)
    assert [run["finish_reason"] for run in harvest.rows("SELECT finish_reason FROM runs")] == [
        "unwritable",
        "finished",
    ]


def test_a_lock_that_was_there_before(undisturbed: Undisturbed, harvest: Harvester) -> None:
    Archive.open(harvest.db).close()
    with beside(WRITE, harvest.db, 600) as writer:
        code, err = ended(attrs.evolve(harvest, program=("-c", IMPATIENT)).start())
        writer.kill()
    check_refusal(harvest, code, err)
    assert harvest.value("SELECT count(*) FROM runs") == 0
    assert harvest().code == undisturbed.code
    undisturbed.check_equal(harvest)


def check_refusal(harvest: Harvester, code: int, err: str) -> None:
    assert code == 1, err
    assert err.count("\n") == 1, err
    assert f"{harvest.db} was locked by another program all the time that we waited, 1 seconds" in err
