"""What it costs that nothing is lost: time for WARC in a crawl, to read stored pages again, and bytes on the disk.

Each crawl is one of the stand-in into a new archive.

    python -m benchmarks.snapshots
"""

from __future__ import annotations

import hashlib
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import lxml.html
from lxml.etree import ParserError

from benchmarks.extraction import article as extracted_article
from benchmarks.pipeline import PAGES, PER_STORY, crawl
from benchmarks.save import SEEN_AT, articles
from newscrawl.archive import Archive, Asked
from newscrawl.exchanges import Exchange, Place
from newscrawl.items import Article, Page
from newscrawl.replica.serve import serving_process
from newscrawl.replica.site import Replica
from newscrawl.upkeep.reparse import reparse
from newscrawl.warc.decoding import page_of
from newscrawl.warc.reading import load

MADE = 6_000
"""Articles of `benchmarks.save`: so many that the words of its made-up languages repeat as those of real ones do."""


def share(rounds: int = 5) -> float:
    """The share of a crawl's time that WARC files and their index take: median of the pairs."""
    names = ("seconds", "processor_seconds")
    shares: dict[str, list[float]] = {name: [] for name in names}
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
    with tempfile.TemporaryDirectory() as folder, serving_process(Replica(stories=int(PAGES / PER_STORY))) as origin:
        for n in range(rounds):
            without = crawl("no-warc", origin, Path(folder, f"{n}-without", "news.db"))
            kept = crawl("full", origin, Path(folder, f"{n}", "news.db"))
            for name in names:
                shares[name].append(1 - without[name] / kept[name])
                took[name].append((without[name], kept[name]))
    median = statistics.median(shares["seconds"])
    print(f"share of WARC in the time of a crawl, {PAGES:,} pages: {median:.0%}  (want at most 15%)")
    for name, label in (("seconds", "seconds"), ("processor_seconds", "processor seconds")):
        without_it, with_it = (statistics.median(each) for each in zip(*took[name], strict=True))
        each_share = ", ".join(f"{value:.0%}" for value in shares[name])
        print(f"    {without_it:.1f} {label} without, {with_it:.1f} with it; shares {each_share}")
    return median


def stored() -> None:
    """`newscrawl reparse` over a bare parse, and bytes on the disk, both of one crawl."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with serving_process(Replica(stories=int(PAGES / PER_STORY))) as origin:
            crawl("full", origin, folder / "news.db")
        with Archive.open(folder / "news.db") as archive:
            reparsing(archive, folder / "warc")
        print_sizes("crawl of the stand-in", folder / "news.db", folder / "warc")
    saved_sizes()


def reparsing(archive: Archive, folder: Path, rounds: int = 5) -> float:
    """Seconds of `newscrawl reparse` in one process over those of bare parses of the same pages: median of pairs."""
    found = archive.snapshots.read(archive.snapshots.pages(Asked()))
    pages = [page_of(load(folder, each.place, each.original)) for each in found]
    took = []
    for _ in range(rounds):
        bare = seconds(lambda: parse(pages))
        extracted = seconds(lambda: extract_all(pages))
        took.append((bare, extracted, seconds(lambda: read_again(archive, folder, len(pages)))))
    ratio = statistics.median(full / bare for bare, _, full in took)
    extraction = statistics.median(extracted / bare for bare, extracted, _ in took)
    parses, _, rate = (len(pages) / statistics.median(each) for each in zip(*took, strict=True))
    print(f"newscrawl reparse over one bare lxml parse, {len(pages):,} stored pages: {ratio:.2f}  (want at most 3)")
    print(f"    {rate:.0f} pages, {parses:.0f} parses a second and core; extraction alone {extraction:.2f} parses")
    return ratio


def read_again(archive: Archive, folder: Path, pages: int) -> None:
    """All of it: index, record, decompression, extraction, comparison. Nothing changes, so that nothing is written."""
    done = reparse(archive, folder, Asked(), jobs=1)
    assert done.run_id is None, f"a row changed: {done.counts}"
    assert done.counts.total() == pages


def parse(pages: Iterable[Page]) -> None:
    """What nobody can do without."""
    for page in pages:
        try:
            lxml.html.fromstring(page.body)
        except ParserError:
            continue


def extract_all(pages: Iterable[Page]) -> None:
    """The articles, nothing else."""
    for page in pages:
        extracted_article(page)


def seconds(work: Callable[[], None]) -> float:
    """Seconds of one pass."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def saved_sizes() -> None:
    """Sizes with the articles of `benchmarks.save`, a stored page of each in the index."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "news.db")
        with Archive.open(path) as archive:
            run_id = archive.start_run("report", {}, {}, SEEN_AT)
            for n, article in enumerate(articles(MADE)):
                place = Place("report/20251231T000000Z-1.warc.gz", n * 12_000, 12_000)
                with archive.transaction():
                    snapshot_id = archive.snapshots.add(exchange_of(article), place, run_id=run_id)
                archive.save(article, seen_at=SEEN_AT, run_id=run_id, snapshot_id=snapshot_id)
            archive.optimize()
        print_sizes("made-up articles", path)


def exchange_of(article: Article) -> Exchange:
    """The exchange that an article could have come from, as far as the index keeps it."""
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    body = hashlib.sha256(article.url.encode()).digest()
    return Exchange(
        url=article.url, kind="article", status=200, headers=headers, body=body, fetched_at=SEEN_AT, method="GET",
        request_headers=(),
    )  # fmt: skip


def print_sizes(what: str, path: Path, folder: Path | None = None) -> float:
    """Bytes of the file, search index and free pages included, and of the WARC files in `folder`, over the raw text."""
    with Archive.open(path) as archive:
        archive.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        texts = archive.conn.execute("SELECT headline, body FROM articles").fetchall()
        (snapshots,) = archive.conn.execute("SELECT count(*) FROM snapshots").fetchone()
    count, text = len(texts), sum(len((headline + body).encode()) for headline, body in texts)
    size = path.stat().st_size
    print(f"SQLite over text, {what}, {count:,} articles: {size / text:.2f}  (want at most 2.5)")
    line = f"    bytes an article: text {text / count:,.0f}, SQLite {size / count:,.0f}"
    if folder is not None:
        warc = sum(file.stat().st_size for file in folder.rglob("*.warc.gz"))
        line += f", WARC {warc / count:,.0f} ({warc / text:.1f} times the text)"
    print(f"{line}; {snapshots:,} stored exchanges")
    return size / text


if __name__ == "__main__":
    stored()
    share()
