"""How long the pages of the reading room take on an archive of a million articles.

    python -m benchmarks.browsing [ARCHIVE [SMALL]]

A real datasette in a process of its own is asked for every page, canned query, feed, table and view, 20 times each,
every time for another article, tag, word or day where there is a choice. Beside it the same pages of an archive of a
thousand articles. Without names both are made, which takes some minutes.
"""

from __future__ import annotations

import re
import statistics
import tempfile
import time
from pathlib import Path

import attrs

from benchmarks import million
from benchmarks.browsing.choices import Choices
from benchmarks.browsing.pages import Page, complaint, pages
from benchmarks.browsing.served import Served, serving

TIMES = 20
WANTED = 200.0
"""Milliseconds."""


@attrs.frozen
class Figure:
    """What the answers of a page took, in milliseconds, and what was wrong with them."""

    page: Page
    taken: list[float]
    worked: float | None
    """Processor time of the server, an answer: what a busy machine does not change. None where it is not known."""
    complaints: list[str]

    @property
    def median(self) -> float:
        """Of all answers."""
        return statistics.median(self.taken)


def measure(db: Path, times: int = TIMES, only: str = "") -> dict[str, Figure]:
    """Ask for each page so many times; figures by the name of the page. `only`: pages whose name matches."""
    choices = Choices(db)
    with serving(db) as served:
        asked = [page for page in pages(served.client, choices.db) if re.search(only, page.name)]
        return {page.name: _ask(served, page, choices, times) for page in asked}


def _ask(served: Served, page: Page, choices: Choices, times: int) -> Figure:
    taken, complaints, before = [], [], served.processor_time()
    for _ in range(times):
        path = f"/{choices.db}/{page.path(choices)}".rstrip("/")
        begun = time.perf_counter()
        response = served.client.get(path)
        taken.append(1000 * (time.perf_counter() - begun))
        if wrong := complaint(response):
            complaints.append(f"{wrong}: {path}")
    after = served.processor_time()
    worked = None if before is None or after is None else (after - before) / times
    return Figure(page, taken, worked, complaints)


def report(large: dict[str, Figure], small: dict[str, Figure]) -> None:
    """Print the figures, the slowest first, then what is not as wanted."""
    print("      median   worst    work   ratio   milliseconds; work: of the processor; ratio to a thousand articles")
    for figure in sorted(large.values(), key=lambda each: -each.median):
        ratio = f"{figure.median / small[figure.page.name].median:7.1f}" if figure.page.name in small else "      –"
        work = "      –" if figure.worked is None else f"{figure.worked:7.1f}"
        mark = "!" if figure.median > WANTED or figure.complaints else " "
        print(f"  {mark} {figure.median:8.1f} {max(figure.taken):7.1f} {work} {ratio}   {figure.page.name}")
    slow = [figure for figure in large.values() if figure.median > WANTED]
    print(f"{len(large)} pages; median of the medians {statistics.median(f.median for f in large.values()):.1f} ms;"
          f" {len(slow)} over {WANTED:.0f} ms (want none)")  # fmt: skip
    for size, figures in (("a million", large), ("a thousand", small)):
        for figure in figures.values():
            for wrong in dict.fromkeys(figure.complaints):
                print(f"    with {size}: {figure.page.name}: {wrong}")


def main(archive: str | None = None, small: str | None = None, only: str = "") -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        large_db = Path(archive or Path(folder, "million.db"))
        small_db = Path(small or Path(folder, "thousand.db"))
        for path, count, given in ((small_db, 1_000, small), (large_db, 1_000_000, archive)):
            if not given:
                print(f"made an archive of {count:,} articles in {million.build(path, count):.0f} s")
        size = large_db.stat().st_size / 2**30
        print(f"pages of {Choices(large_db).count():,} articles ({size:.1f} GiB), {TIMES} times each")
        report(measure(large_db, only=only), measure(small_db, only=only))
