"""The whole crawl against a bare one of the same pages, and the memory of a long crawl against that of a short one."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from newscrawl.replica.serve import serving_process
from newscrawl.replica.site import Replica

PAGES = 2_000
PER_STORY = 2.5
"""About how many pages a story of the stand-in has: az always, ru and en mostly."""


def crawl(kind: str, origin: str, where: Path) -> dict[str, float]:
    """One crawl in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.crawler", kind, origin, str(where)]
    environment = os.environ | {"SCRAPY_SETTINGS_MODULE": "newscrawl.settings"}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def paths_of(replica: Replica, folder: Path) -> tuple[Path, int]:
    """A file with the path of every article page, and how many there are."""
    paths = [urlsplit(str(record["url"])).path for record in replica.truth()]
    file = folder / "paths.txt"
    file.write_text("\n".join(paths), encoding="utf-8")
    return file, len(paths)


def speed(rounds: int = 5) -> float:
    """Pages a second of the full crawl over those of the bare one: median of the pairs."""
    replica = Replica(stories=int(PAGES / PER_STORY))
    ratios, rates = [], []
    with tempfile.TemporaryDirectory() as name, serving_process(replica) as origin:
        folder = Path(name)
        file, pages = paths_of(replica, folder)
        for n in range(rounds):
            bare = crawl("bare", origin, file)["seconds"]
            full = crawl("full", origin, folder / f"{n}.db")["seconds"]
            rates.append((pages / bare, pages / full))
            ratios.append(bare / full)
    ratio = statistics.median(ratios)
    bare_rate, full_rate = (statistics.median(each) for each in zip(*rates, strict=True))
    print(f"full crawl over bare Scrapy, {pages:,} pages: {ratio:.2f}  (want 0.5 or more)")
    print(
        f"    bare {bare_rate:.0f}, full {full_rate:.0f} pages a second; ratios {', '.join(f'{r:.2f}' for r in ratios)}"
    )
    return ratio


def memory(factor: int = 10) -> float:
    """Peak memory of a crawl ten times as long over that of a short one."""
    peaks = []
    for pages in (PAGES, PAGES * factor):
        replica = Replica(stories=int(pages / PER_STORY))
        with tempfile.TemporaryDirectory() as name, serving_process(replica) as origin:
            peaks.append(crawl("full", origin, Path(name) / "news.db")["kibibytes"] / 1024)
    ratio = peaks[1] / peaks[0]
    print(f"peak memory, {PAGES * factor:,} pages over {PAGES:,}: {ratio:.2f}  (want at most 1.3)")
    print(f"    {peaks[0]:.0f} and {peaks[1]:.0f} MiB")
    return ratio


if __name__ == "__main__":
    speed()
    memory()
