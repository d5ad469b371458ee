"""A run on a site with nothing new, as cron begins it, at a thousand and at a million known addresses.

    python -m benchmarks.nothing_new [ARTICLES]

The small archive is one of the stand-in, harvested; the large one is a copy of it to which plain SQL adds the others
(see `benchmarks.history`). Each run is `scrapy crawl report` in a process of its own, from its start to its end.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

import attrs

from benchmarks.history import fill
from newscrawl.demo import HURRIED
from newscrawl.replica.serve import serving_process
from newscrawl.replica.site import Replica

SITE = "https://report.az"
STORIES = 400
"""On the stand-in: about a thousand articles."""
LOOKS = 200
"""Articles that are due for another look, where some are."""
OTHERS_FROM = 30_000_000
"""The number of the first article that is not the stand-in's."""
NAMES = ("seconds", "processor_seconds", "requests", "mebibytes")
# The stand-in's pages are all older than that, so its answer is 304
_DUE = """
INSERT OR REPLACE INTO url_rows (url, site, kind, language, published_at, article_id, first_seen_at, last_fetched_at,
    next_fetch_at, last_modified, validated_at)
SELECT url, site, 'article', language, published_at, id, first_seen_at, last_seen_at, last_seen_at,
    'Tue, 01 Jan 2030 00:00:00 GMT', strftime('%Y-%m-%dT%H:%M:%SZ', 'now')
FROM articles WHERE id < ? AND site = 'report' ORDER BY id DESC LIMIT ?
"""
# Articles of the last days, none of them due
_WAITING = """
INSERT INTO url_rows (url, site, kind, language, published_at, article_id, first_seen_at, last_fetched_at,
    next_fetch_at)
SELECT url, site, 'article', language, published_at, id, first_seen_at, last_seen_at,
    strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '+2 days')
FROM articles WHERE id >= ? ORDER BY id LIMIT 20000
"""


@attrs.frozen
class Took:
    """What a run took."""

    seconds: float
    processor_seconds: float
    requests: int
    mebibytes: float


def harvest(db: Path, origin: str) -> Took:
    """One run: its processes' start and end included, its peak memory as the system counts it."""
    command = [sys.executable, "-m", "scrapy", "crawl", "report"]
    for name, value in HURRIED.items():
        command += ["-s", f"{name}={value}"]
    environment = os.environ | {
        "NEWSCRAWL_DB": str(db),
        "NEWSCRAWL_ORIGINS": json.dumps({SITE: origin}),
        "SCRAPY_SETTINGS_MODULE": "newscrawl.settings",
    }
    start = time.perf_counter()
    # It is waited for by hand: only so the system tells how much memory it took
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in {0, 3}, process.returncode
    return Took(seconds, usage.ru_utime + usage.ru_stime, _requests(db), usage.ru_maxrss / 1024)


def _requests(db: Path) -> int:
    with closing(sqlite3.connect(db)) as conn:
        found: int = conn.execute("SELECT requests FROM runs ORDER BY id DESC LIMIT 1").fetchone()[0]
        return found


def make_due(db: Path, count: int) -> None:
    """Let articles of the stand-in be due for another look, whatever their age."""
    with closing(sqlite3.connect(db)) as conn, conn:
        conn.execute(_DUE, (OTHERS_FROM, count))


def build(folder: Path, origin: str, count: int) -> Mapping[str, Path]:
    """The two archives, by their size in words."""
    small, large = folder / "small" / "news.db", folder / "large" / "news.db"
    small.parent.mkdir()
    for _ in range(2):
        # The second one asks for what the first one could not know
        harvest(small, origin)
    shutil.copytree(small.parent, large.parent)
    with closing(sqlite3.connect(small)) as conn:
        (articles,) = conn.execute("SELECT count(*) FROM articles").fetchone()
    # In a process of its own: a child's peak memory counts that of the parent it was forked from
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        pool.submit(fill, large, range(OTHERS_FROM, OTHERS_FROM + count - articles)).result()
    with closing(sqlite3.connect(large)) as conn, conn:
        conn.execute(_WAITING, (OTHERS_FROM,))
        conn.execute("ANALYZE")
    return {f"{articles:,}": small, f"{count:,}": large}


def compare(archives: Mapping[str, Path], origin: str, looks: int, rounds: int) -> dict[str, float]:
    """Print the medians of runs of each; the ratios of large to small."""
    took: dict[str, list[Took]] = {name: [] for name in archives}
    for _ in range(rounds):
        for name, db in archives.items():
            make_due(db, looks)
            took[name].append(harvest(db, origin))
    medians = {
        name: {what: statistics.median(getattr(each, what) for each in runs) for what in NAMES}
        for name, runs in took.items()
    }
    small, large = medians.values()
    ratios = {what: large[what] / small[what] for what in NAMES}
    what = f"{looks} looks due" if looks else "nothing due"
    print(f"a run with nothing new, {what}, large archive over small: {ratios['seconds']:.2f}  (want 0.8 to 1.2)")
    print(
        f"    processor time {ratios['processor_seconds']:.2f}, requests {ratios['requests']:.2f},"
        f" peak memory {ratios['mebibytes']:.2f}  (want 0.8 to 1.2)"
    )
    for name, each in medians.items():
        print(
            f"    {name} articles: {each['seconds']:.2f} s, of the processor {each['processor_seconds']:.2f} s;"
            f" {each['requests']:.0f} requests, {each['mebibytes']:.0f} MiB"
        )
    return ratios


def main(count: int = 1_000_000, rounds: int = 5) -> None:
    """Print both comparisons."""
    replica = Replica(stories=STORIES)
    with tempfile.TemporaryDirectory() as name, serving_process(replica) as origin:
        archives = build(Path(name), origin, count)
        for looks in (0, LOOKS):
            compare(archives, origin, looks, rounds)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
