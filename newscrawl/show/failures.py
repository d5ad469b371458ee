"""`newscrawl failures`: the pages that gave no article, by kind, and what to do."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

import attrs

from newscrawl.archive import FailedPage, FailureKind
from newscrawl.show.terminal import counted, minute, one_line, open_console, print_line


def print_failures_json(pages: Iterable[FailedPage]) -> None:
    """A page a line."""
    for page in pages:
        print(json.dumps(attrs.asdict(page), ensure_ascii=False))  # noqa: T201


def print_failures(kinds: Sequence[FailureKind], db: str) -> None:
    """Print how many pages failed in which way, one of each, and what can be done."""
    console = open_console()
    pages, resolved = sum(kind.pages for kind in kinds), sum(kind.resolved for kind in kinds)
    if not pages:
        print_line(console, "No page failed.")
        return
    also = f", {resolved:,} of them resolved since" if resolved else ""
    print_line(console, f"{counted(pages, 'page')} gave no article{also}; times are UTC\n")
    for kind in kinds:
        print_line(console, _head(kind), "bold")
        for line in _example(kind.example):
            print_line(console, f"  {line}")
        print_line(console, "")
    for line in _next_steps(kinds, db):
        print_line(console, line)


def _head(kind: FailureKind) -> str:
    count = counted(kind.pages, "page")
    if kind.resolved:
        count += f" ({kind.resolved:,} resolved)"
    first, last = minute(kind.first_at), minute(kind.last_at)
    when = first if first == last else f"{first} to {last}"
    return f"{one_line(kind.stage)}, {one_line(kind.error)}: {count}, {when}, tried {counted(kind.times, 'time')}"


def _example(page: FailedPage) -> Iterator[str]:
    yield one_line(page.url)
    if page.detail:
        yield one_line(page.detail)
    yield f"stored as snapshot {page.snapshot_id}" if page.snapshot_id else "no page is stored"


def _next_steps(kinds: Sequence[FailureKind], db: str) -> Iterator[str]:
    stored, given_up = sum(kind.stored for kind in kinds), sum(kind.given_up for kind in kinds)
    waiting = sum(kind.pages - kind.resolved for kind in kinds) - given_up
    if stored:
        pages = counted(stored, "stored page")
        yield f"newscrawl reparse --failures --db {db}    reads {pages} again, without a request"
    if waiting:
        pages = counted(waiting, "page")
        yield f"Crawls ask again for {pages}: what could not be fetched at once, the rest after six hours; for a week."
    if given_up:
        yield (
            f"{counted(given_up, 'page')} failed for a week and no crawl asks any more; to ask once again: "
            "scrapy crawl SITE -a urls=URL"
        )
