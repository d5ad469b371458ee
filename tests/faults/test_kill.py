"""kill -9 at any moment: the next crawl makes the archive what an undisturbed one would have made it."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

from newscrawl.replica.app import make_app
from newscrawl.replica.serve import serving
from newscrawl.replica.site import Replica
from newscrawl.upkeep import findings
from newscrawl.upkeep.check import check
from newscrawl.upkeep.rebuild import rebuild
from tests.crawl.conftest import Harvester, Run
from tests.upkeep.content import content

SEED = 20251111
STORIES = 125
"""About 310 article pages."""


@attrs.frozen
class Undisturbed:
    """The stand-in, and what one crawl of it gives."""

    origin: str
    content: dict[str, list[tuple[Any, ...]]]
    failures: list[dict[str, Any]]
    warc_bytes: int


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Undisturbed]:
    with serving(make_app(Replica(stories=STORIES))) as origin:
        harvest = Harvester(tmp_path_factory.mktemp("undisturbed") / "news.db", origin)
        assert harvest().code == 3
        yield Undisturbed(origin, content(harvest.db, times=False), failures(harvest), stored_bytes(harvest))


def failures(harvest: Harvester) -> list[dict[str, Any]]:
    return harvest.rows("SELECT url, stage, error, detail, resolved_at FROM failures ORDER BY url, stage")


def stored_bytes(harvest: Harvester) -> int:
    return sum(file.stat().st_size for file in harvest.db.parent.glob("warc/*/*.warc.gz"))


def killed(harvest: Harvester, moment: int) -> None:
    """Start a crawl and kill it once it has stored so many bytes; or let it end, if it never does."""
    before = stored_bytes(harvest)
    with harvest.start() as process:
        while process.poll() is None and stored_bytes(harvest) - before < moment:
            time.sleep(0.001)
        process.kill()
        process.communicate()


def finished(harvest: Harvester) -> Run:
    run = harvest()
    assert run.code in {0, 3}, run.err
    return run


def check_whole(harvest: Harvester, undisturbed: Undisturbed, folder: Path) -> None:
    found = content(harvest.db, times=False)
    for table, rows in undisturbed.content.items():
        assert found[table] == rows, table
    assert failures(harvest) == undisturbed.failures
    assert harvest.value("SELECT max(revision) FROM revisions") == 1, "no page changed"
    assert harvest.value("SELECT count(*) FROM runs WHERE ended_at IS NULL") == 0
    warc = harvest.db.parent / "warc"
    found_by_check = {finding.kind for finding in check(harvest.db, warc).findings}
    # A kill between the making of a file and its first byte leaves one of none
    assert found_by_check <= {findings.WARC_TORN, findings.WARC_EMPTY}
    if findings.WARC_EMPTY not in found_by_check:
        assert check(harvest.db, warc, repair=True).is_well
        assert check(harvest.db, warc).findings == ()
    rebuild(folder / "rebuilt.db", warc, jobs=1)
    again = content(folder / "rebuilt.db")
    for table, rows in content(harvest.db).items():
        assert again[table] == rows, f"rebuilt {table}"


@pytest.mark.parametrize("n", range(30))
def test_killed_once(n: int, undisturbed: Undisturbed, tmp_path: Path, soak: bool) -> None:
    if n >= 4 and not soak:
        pytest.skip("make soak plays all thirty moments")
    moment = random.Random(f"{SEED}-{n}").randrange(undisturbed.warc_bytes)
    harvest = Harvester(tmp_path / "news.db", undisturbed.origin)
    killed(harvest, moment)
    finished(harvest)
    check_whole(harvest, undisturbed, tmp_path)


def test_killed_again_and_again(undisturbed: Undisturbed, tmp_path: Path, soak: bool) -> None:
    rng = random.Random(SEED)
    harvest = Harvester(tmp_path / "news.db", undisturbed.origin)
    for _ in range(10 if soak else 3):
        killed(harvest, rng.randrange(undisturbed.warc_bytes // 3))
    finished(harvest)
    check_whole(harvest, undisturbed, tmp_path)
