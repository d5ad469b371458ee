"""One crawl at a time: what the second one does, and how fast it is gone."""

from __future__ import annotations

import itertools
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl import exits
from newscrawl.errors import AlreadyRunning, DiskFull, LockedArchive, UsageError
from newscrawl.lock import alone


def crawl(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    settings = {"NEWSCRAWL_DB": str(folder / "news.db"), "SCRAPY_SETTINGS_MODULE": "newscrawl.settings"}
    command = [sys.executable, "-m", "scrapy", "crawl", *words]
    return subprocess.run(
        command,
        cwd=folder,
        env=os.environ | settings | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_second_crawl_is_gone_in_less_than_a_second(tmp_path: Path) -> None:
    with alone(tmp_path / "news.db"):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = crawl(tmp_path, "report")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 75
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert f"another crawl fills {tmp_path / 'news.db'} now" in done.stderr
    assert not (tmp_path / "news.db").exists(), "it touches nothing"
    # Of a processor: other tests run on this machine at the same time, and there is nothing that it waits for
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 1


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("nowhere",), "scrapy crawl: unknown site 'nowhere'; there are: report"),
        ((), "name one spider"),
        (("report", "report"), "name one spider"),
        (("report", "-a", "languages=de"), "scrapy crawl report: unknown language 'de'; report has: az, ru, en"),
        (("report", "-s", "NEWSCRAWL_PROGRESS=loud"), "scrapy crawl report: NEWSCRAWL_PROGRESS='loud'"),
    ],
)
def test_what_cannot_be_is_said_in_a_line(tmp_path: Path, words: tuple[str, ...], line: str) -> None:
    done = crawl(tmp_path, *words)
    assert done.returncode == 2
    assert line in done.stderr
    assert "Traceback" not in done.stderr


def test_the_most_serious_exit_code() -> None:
    in_order = [5, 1, 2, 4, 3, 130, 0]
    for worse, better in itertools.pairwise(in_order):
        assert exits.most_serious([better, worse, better]) == worse
    assert exits.most_serious([0]) == 0


def test_exit_codes_of_errors_before_the_first_request() -> None:
    assert exits.of_error(DiskFull("")) == 5
    assert exits.of_error(LockedArchive("")) == 1
    assert exits.of_error(AlreadyRunning("")) == 75
    assert exits.of_error(UsageError("")) == 2
