"""Stored pages through today's page objects: in order, over many processes, a window at a time."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

import attrs

from newscrawl.archive import Snapshot
from newscrawl.errors import WarcError
from newscrawl.items import Article, Failure
from newscrawl.outcome import read
from newscrawl.sites import SITES
from newscrawl.warc.decoding import page_of
from newscrawl.warc.names import site_of
from newscrawl.warc.reading import load

_CHUNK = 25
"""Pages that a process is given at a time."""
_FEWEST = 200
"""Fewer pages are read in less time than a second process needs to start."""

T = TypeVar("T")
Steps = Callable[[str, int], Callable[[], None]]
"""Told what begins and how many steps it has; what it returns is called after each step."""


def silent(_what: str, _count: int) -> Callable[[], None]:
    """`Steps` for nobody."""
    return lambda: None


@attrs.frozen
class Unreadable:
    """A stored page that cannot be read back, and why."""

    error: WarcError


Outcome = Article | Failure | Unreadable


def read_again(folder: Path, snapshot: Snapshot) -> Outcome:
    """What a stored page gives today."""
    site = SITES.get(site_of(snapshot.place.file))
    try:
        exchange = load(folder, snapshot.place, snapshot.original)
    except WarcError as error:
        return Unreadable(error)
    return read(page_of(exchange, snapshot.id), site.languages if site else None)


def read_all_again(
    folder: Path, snapshots: Iterable[Snapshot], count: int, jobs: int | None = None
) -> Iterator[tuple[Snapshot, Outcome]]:
    """What each of `count` stored pages gives today, in the order given; otherwise as `of_all`."""
    return of_all(read_again, folder, snapshots, count, jobs)


def of_all(
    look: Callable[[Path, Snapshot], T], folder: Path, snapshots: Iterable[Snapshot], count: int,
    jobs: int | None = None,
) -> Iterator[tuple[Snapshot, T]]:  # fmt: skip
    """What `look` finds in each of `count` stored exchanges, in the order given.

    `jobs` processes look (by default one for each core); at few of them this one does. Memory holds a few chunks.
    """
    jobs = jobs or os.cpu_count() or 1
    if jobs == 1 or count < _FEWEST:
        for snapshot in snapshots:
            yield snapshot, look(folder, snapshot)
        return
    # A forked child would share the connection of the database
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from _in_order(pool, partial(_chunk, look, folder), iter(snapshots), 4 * jobs)


def _chunk(look: Callable[[Path, Snapshot], T], folder: Path, snapshots: Sequence[Snapshot]) -> list[T]:
    return [look(folder, snapshot) for snapshot in snapshots]


def _in_order(
    pool: ProcessPoolExecutor, work: Callable[[Sequence[Snapshot]], list[T]], snapshots: Iterator[Snapshot], window: int
) -> Iterator[tuple[Snapshot, T]]:
    waiting: deque[tuple[list[Snapshot], Future[list[T]]]] = deque()
    while True:
        while len(waiting) < window and (chunk := list(islice(snapshots, _CHUNK))):
            waiting.append((chunk, pool.submit(work, chunk)))
        if not waiting:
            return
        chunk, outcomes = waiting.popleft()
        yield from zip(chunk, outcomes.result(), strict=True)
