"""Extraction of an article against one bare parse of the same page."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import lxml.html

from newscrawl.errors import PageError
from newscrawl.extract import extract
from newscrawl.items import Page
from newscrawl.replica.routes import fetch
from newscrawl.replica.site import Replica
from newscrawl.times import utc_now

STORIES = 80


def pages() -> list[Page]:
    """Every article page of a small stand-in."""
    replica, now = Replica(stories=STORIES), utc_now()
    found = []
    for record in replica.truth():
        url = str(record["url"])
        response = fetch(replica, url)
        headers = (("Content-Type", response.content_type),)
        found.append(Page(url=url, status=200, headers=headers, body=response.body, fetched_at=now))
    return found


def seconds(work: Callable[[Page], object], all_pages: list[Page]) -> float:
    """Seconds for one pass over the pages."""
    start = time.perf_counter()
    for page in all_pages:
        work(page)
    return time.perf_counter() - start


def parse(page: Page) -> object:
    """What nobody can do without."""
    return lxml.html.fromstring(page.body)


def article(page: Page) -> object:
    """The article, or the error that there is none."""
    extract.cache_clear()
    try:
        return extract(page)
    except PageError as error:
        return error


def main(rounds: int = 5) -> float:
    """Print the ratio: median of interleaved passes."""
    all_pages = pages()
    seconds(article, all_pages[:20])  # imports, compiled selectors
    ratios, milliseconds = [], []
    for _ in range(rounds):
        bare, full = seconds(parse, all_pages), seconds(article, all_pages)
        ratios.append(full / bare)
        milliseconds.append((1000 * bare / len(all_pages), 1000 * full / len(all_pages)))
    ratio = statistics.median(ratios)
    bare, full = (statistics.median(each) for each in zip(*milliseconds, strict=True))
    size = statistics.mean(len(page.body) for page in all_pages) / 1024
    print(f"extraction over one bare lxml parse, {len(all_pages)} pages: {ratio:.2f}  (want at most 2.5)")
    print(f"    parse {bare:.2f} ms, extraction {full:.2f} ms a page of {size:.0f} KiB on average")
    return ratio


if __name__ == "__main__":
    main()
