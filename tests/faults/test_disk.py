"""No room on the disk: a clean stop that says so, a whole archive, and a next crawl that completes it."""

from __future__ import annotations

import random
import resource
import subprocess
import sys
from functools import partial

import attrs
import pytest

from newscrawl.replica.app import ReplicaApp
from tests.crawl.conftest import Harvester, Run, Scripted
from tests.crawl.test_asked import listing, stored, truth
from tests.crawl.test_manners import article
from tests.crawl.test_recovery import empty_site

EXIT_DISK = 5


def limited(harvest: Harvester, file_bytes: int, settings: dict[str, str] | None = None, **arguments: str) -> Run:
    """A crawl in which no file can grow over `file_bytes`, as on a full disk."""
    limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    return attrs.evolve(harvest, before=limit)(settings, **arguments)


def check_clean_stop(harvest: Harvester, run: Run) -> None:
    assert run.code == EXIT_DISK, run.err
    assert "free some room" in run.err
    assert "Traceback" not in run.err
    assert harvest.value("PRAGMA integrity_check") == "ok"
    assert harvest.rows("PRAGMA foreign_key_check") == []
    files = [str(file) for file in harvest.db.parent.glob("warc/*/*.warc.gz")]
    check = [sys.executable, "-m", "warcio.cli", "check", *files]
    assert subprocess.run(check, check=False).returncode == 0, "no torn record"


@pytest.mark.parametrize("megabytes", [0.3, 0.9, 1.8])
def test_a_database_that_cannot_grow(site: tuple[ReplicaApp, Harvester], megabytes: float) -> None:
    app, harvest = site
    # Small WARC files: it is the database, or its log, that reaches the limit
    check_clean_stop(harvest, limited(harvest, int(megabytes * 1e6), {"NEWSCRAWL_WARC_BYTES": "100000"}))
    # Soft 404s and the like are failures, in the run that meets them
    assert harvest().code in {0, 3}
    assert stored(harvest) == truth(app)


def test_a_warc_file_that_cannot_grow(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    empty_site(app)
    app.say("/son-xeberler", listing(["/a/bir", "/a/iki"]))
    app.say("/a/bir", article(1))
    noise = random.Random(1).randbytes(1_000_000).hex()
    app.say("/a/iki", article(2).replace("</body>", f"<!-- {noise} --></body>"))
    run = limited(harvest, 900_000, languages="az")
    check_clean_stop(harvest, run)
    assert ".warc.gz" in run.err
    assert harvest(languages="az").code == 0
    assert len(stored(harvest)) == 2
    assert harvest.value("SELECT count(*) FROM failures WHERE resolved_at IS NULL") == 0


def test_the_floor_is_kept(site: tuple[ReplicaApp, Harvester]) -> None:
    app, harvest = site
    run = harvest(settings={"NEWSCRAWL_MIN_FREE_BYTES": str(10**18)})
    assert run.code == EXIT_DISK
    assert "NEWSCRAWL_MIN_FREE_BYTES" in run.err
    assert len(app.requests) <= 2, "robots.txt, and what was under way"
    assert harvest.rows("SELECT finish_reason, exit_code FROM runs") == [{"finish_reason": "disk_full", "exit_code": 5}]
    assert harvest(settings={"NEWSCRAWL_MIN_FREE_BYTES": "0"}).code == 3
    assert stored(harvest) == truth(app)


@pytest.mark.parametrize("name", ["NEWSCRAWL_WARC_BYTES", "NEWSCRAWL_MIN_FREE_BYTES"])
def test_a_size_that_is_none(site: tuple[ReplicaApp, Harvester], name: str) -> None:
    _, harvest = site
    run = harvest(settings={name: "much"})
    assert run.code == 2
    assert f"{name}='much' must be a whole number" in run.err
