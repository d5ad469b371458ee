"""An archive of a million articles, made of what the stand-in says, by plain SQL.

    python -m benchmarks.million PATH [ARTICLES]

It is what a harvest would have left that watched the stand-in for years, up to now: articles in three languages as one
story, a twentieth of them in several states, tags, authors, images, runs, failures, articles that went. Only the raw
pages are nowhere, and of looks at pages that had not changed none has a row.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing
from functools import cache
from pathlib import Path

import attrs

from benchmarks.million import runs
from benchmarks.million.articles import MINUTE
from benchmarks.million.near import Recent
from benchmarks.million.rows import Batch, Rows
from benchmarks.million.statements import INSERTS
from newscrawl.archive import similar
from newscrawl.archive.opening import connect
from newscrawl.replica.languages import LANGUAGES
from newscrawl.replica.site import Replica

PER_STORY = 2.4
"""Articles, less than there are on average."""
CHUNK = 250
"""Stories of a batch."""
_FINGERPRINT = "INSERT INTO fingerprints (week, hash, article_id) VALUES (?, ?, ?)"
PROCESSES, AHEAD = 2, 6


@attrs.frozen
class Plan:
    """Which stories an archive holds, and until when it watched."""

    stories: int
    """Of the stand-in."""
    first: int
    """The oldest story that the archive has."""
    until: int
    """Seconds since 1970."""

    @property
    def replica(self) -> Replica:
        """The stand-in, whose last story is some minutes old."""
        newest = dt.datetime.fromtimestamp(self.until - 20 * MINUTE, dt.timezone(dt.timedelta(hours=4)))
        return Replica(stories=self.stories, newest=newest.isoformat(timespec="seconds"))

    @property
    def starts(self) -> list[int]:
        """When runs began."""
        return runs.starts(self.replica.published(self.first), self.until)

    @property
    def batches(self) -> list[range]:
        """The numbers of the stories, oldest first."""
        return [range(n, min(n + CHUNK, self.stories)) for n in range(self.first, self.stories, CHUNK)]


def plan(count: int, until: int) -> Plan:
    """A plan for about `count` articles."""
    whole = Plan(stories=int(count / PER_STORY) + 10, first=0, until=until)
    replica, left, number = whole.replica, count, whole.stories
    while left > 0:
        number -= 1
        left -= sum(
            replica.exists(number, each) and not replica.article(number, each).kind.why for each in LANGUAGES
        )  # fmt: skip
    return attrs.evolve(whole, first=number)


def build(path: Path, count: int, until: int | None = None) -> float:
    """Make the archive at `path`, of which nothing is left if there is one; seconds.

    `until`: until when it watched, in seconds since 1970; now, if not given.
    """
    begun = time.perf_counter()
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    asked = plan(count, until or int(time.time()))
    connect(path, create=True, read_only=False).close()
    with closing(sqlite3.connect(path, isolation_level=None, cached_statements=256)) as conn:
        for pragma in ("journal_mode = off", "synchronous = off", "cache_size = -500000", "locking_mode = exclusive"):
            conn.execute(f"PRAGMA {pragma}")
        conn.execute("BEGIN")
        runs.write_before(conn, asked.starts)
        _fill(conn, asked)
        runs.write_after(conn, asked.starts, asked.until)
        conn.execute("COMMIT")
        _tidy(conn)
    return time.perf_counter() - begun


def _fill(conn: sqlite3.Connection, asked: Plan) -> None:
    ids, recent = {"article": 0, "story": 0, "snapshot": 0}, Recent()
    for batch in _batches(asked):
        write(conn, batch, ids, recent)
        ids["article"] += batch.articles
        ids["story"] += batch.stories
        ids["snapshot"] += batch.snapshots


def write(conn: sqlite3.Connection, batch: Batch, ids: dict[str, int], recent: Recent) -> None:
    """Add a batch to an archive that has so many articles, stories and snapshots."""
    for name, sql in INSERTS.items():
        if rows := batch.rows.get(name):
            conn.executemany(sql.format(**ids), rows)
    for article_id, text in enumerate(batch.texts, ids["article"] + 1):
        week = similar.week(text.moment)
        conn.executemany(_FINGERPRINT, ((week, value, article_id) for value in text.sketch))
        for duplicate, original in recent.add(article_id, text).items():
            conn.execute("UPDATE articles SET duplicate_of = ? WHERE id = ?", (original, duplicate))


def _batches(asked: Plan) -> Iterator[Batch]:
    """Batches in order, made in other processes a few ahead."""
    with ProcessPoolExecutor(PROCESSES) as pool:
        waiting: deque[Future[Batch]] = deque()
        for numbers in asked.batches:
            waiting.append(pool.submit(_batch, asked, numbers))
            if len(waiting) > AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _batch(asked: Plan, numbers: range) -> Batch:
    return _rows(asked).batch(numbers)


@cache
def _rows(asked: Plan) -> Rows:
    return Rows(asked.replica, asked.starts, asked.until)


def _tidy(conn: sqlite3.Connection) -> None:
    """What `Archive.optimize` comes to over many runs: a search index of few parts, statistics, an empty log."""
    merged = -1
    while conn.total_changes - merged > 1:
        merged = conn.total_changes
        conn.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('merge', 500)")
    conn.execute("PRAGMA analysis_limit = 0")
    conn.execute("ANALYZE")
    conn.execute("PRAGMA locking_mode = normal")
    conn.execute("PRAGMA journal_mode = wal")
    conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
