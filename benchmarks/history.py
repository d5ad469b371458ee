"""The history of one article among a million: `newscrawl history`, without the start of a process and the printing.

    python -m benchmarks.history [ARTICLES]

The archive is filled by plain SQL: shorter bodies than articles have, every tenth one with three states, and no search
index, which a history does not touch. Each address is asked for over a connection of its own, whose cache is empty; the
system's may hold the file, as it does after a crawl.
"""

from __future__ import annotations

import hashlib
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from newscrawl.archive import Archive, history
from newscrawl.archive.opening import connect
from newscrawl.cli.addresses import find_article

ASKED = 500
"""Random addresses."""
LANGUAGES = ("az", "ru", "en")
BODY = "The minister said on Tuesday that the talks would go on, and that nothing was decided yet. " * 4
SEEN_AT, CHANGED_AT = "2025-12-31T00:00:00Z", "2025-12-31T06:00:00Z"
_ARTICLE = """
INSERT INTO articles (id, site, url, site_article_id, language, section, section_slug, headline, published_at,
    published_day, published_text, image_url, short_url, word_count, content_sha256, story_id, parser, first_seen_at,
    last_seen_at, changed_at, revision, summary, body)
VALUES (?, 'report', ?, ?, ?, ?, ?, ?, ?, ?, '11 noyabr, 2025 17:50', ?, ?, 64, ?, ?,
    'newscrawl.sites.report_az.ReportArticlePage', ?, ?, ?, ?, ?, ?)
"""
_SNAPSHOT = """
INSERT INTO snapshot_rows (id, url, fetched_at, status, type_id, payload, warc_file_id, warc_offset, warc_length,
    run_id)
VALUES (?, ?, ?, 200, 1, ?, 1, ?, 12000, 1)
"""
_PAST_STATE = """
INSERT INTO revision_rows (article_id, revision, seen_at, run_id, snapshot_id, headline, summary, body, section,
    published_at, tags, content_sha256) VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, '["tag"]', ?)
"""
_STATE = "INSERT INTO revision_rows (article_id, revision, seen_at, run_id, snapshot_id) VALUES (?, ?, ?, 1, ?)"
_ALIAS = "INSERT INTO url_aliases (url, article_id, why) VALUES (?, ?, 'short link')"
_FIRST = """
INSERT INTO sites (name, domain, zone) VALUES ('report', 'report.az', 'Asia/Baku');
INSERT INTO runs (id, spider, arguments, versions, started_at) VALUES (1, 'report', '{}', '{}', '2025-12-31T00:00:00Z');
INSERT INTO warc_files (id, name) VALUES (1, 'report/20251231T000000Z-1.warc.gz');
INSERT INTO snapshot_types (id, kind, content_type) VALUES (1, 'article', 'text/html');
"""


def url(n: int) -> str:
    """The address of article `n`, one of a hundred sections and of a length that addresses have."""
    prefix = ("", "/ru", "/en")[n % 3]
    return f"https://report.az{prefix}/section-{n // 3 % 100}/xeber-basligi-bele-olsun-ve-uzun-olsun-{n // 3}"


def short_url(n: int) -> str:
    """Another address of it."""
    return f"https://report.az/{2_000_000 + n}"


def states(n: int) -> int:
    """In how many states article `n` was seen."""
    return 3 if n % 10 == 0 else 1


def article(n: int) -> tuple[Any, ...]:
    """The row of article `n` as it reads now."""
    section = n // 3 % 100
    day = f"{2014 + n // 84_000}-{n // 7_000 % 12 + 1:02}-{n // 250 % 28 + 1:02}"
    changed_at = CHANGED_AT if states(n) > 1 else None
    return (
        n, url(n), str(2_000_000 + n), LANGUAGES[n % 3], f"Section {section}", f"section-{section}", headline(n),
        f"{day}T{n % 24:02}:{n % 60:02}:00Z", day, f"https://images.report.az/photo/{n:032x}_850.jpg", short_url(n),
        digest(n, states(n)), n // 3, SEEN_AT, SEEN_AT, changed_at, states(n), BODY[:90], f"{BODY} {n}",
    )  # fmt: skip


def headline(n: int, revision: int = 1) -> str:
    """The headline of a state of article `n`."""
    return f"The minister says about matter {n}, and for the time {revision}, what he knows"


def digest(n: int, revision: int) -> str:
    """A hash that is as random as those of contents."""
    return hashlib.sha256(f"{n} {revision}".encode()).hexdigest()


def snapshots(numbers: range) -> Iterator[tuple[Any, ...]]:
    """One page of each article; its id is that of the article."""
    return ((n, url(n), SEEN_AT, bytes.fromhex(digest(n, 1)), n * 12_000) for n in numbers)


def past_states(numbers: range) -> Iterator[tuple[Any, ...]]:
    """The states that are not the last one."""
    for n in numbers:
        for revision in range(1, states(n)):
            yield (
                n, revision, SEEN_AT, n, headline(n, revision), BODY[:90], f"{BODY} {revision}", "Section", SEEN_AT,
                digest(n, revision),
            )  # fmt: skip


def build(path: Path, count: int) -> float:
    """Fill a new archive; seconds."""
    start = time.perf_counter()
    connect(path, create=True, read_only=False).close()
    with closing(sqlite3.connect(path)) as conn:
        conn.executescript(_FIRST)
    fill(path, range(1, count + 1))
    return time.perf_counter() - start


def fill(path: Path, numbers: range) -> None:
    """Add articles of these numbers to an archive that has a run, a WARC file and a kind of page of the id 1."""
    conn = sqlite3.connect(path)
    for pragma in ("synchronous = off", "journal_mode = off", "cache_size = -1000000"):
        conn.execute(f"PRAGMA {pragma}")
    with conn:
        conn.executemany("INSERT INTO stories VALUES (?)", ((n,) for n in range(numbers[0] // 3, numbers[-1] // 3 + 1)))
        conn.executemany(_SNAPSHOT, snapshots(numbers))
        conn.executemany(_ARTICLE, map(article, numbers))
        conn.executemany(_PAST_STATE, past_states(numbers))
        conn.executemany(_STATE, ((n, states(n), SEEN_AT, n) for n in numbers))
        conn.executemany(_ALIAS, ((short_url(n), n) for n in numbers))
    conn.execute("PRAGMA journal_mode = wal")
    conn.close()


def milliseconds(path: Path, address: Callable[[int], str], numbers: list[int]) -> list[float]:
    """What the history of each article takes, the opening of the archive included."""
    taken = []
    for n in numbers:
        start = time.perf_counter()
        with Archive.open(path, create=False, read_only=True) as archive:
            article_id, _ = find_article(archive, address(n))
            found = history.revisions(archive.conn, article_id)
        taken.append(1000 * (time.perf_counter() - start))
        assert [each.revision for each in found] == list(range(1, states(n) + 1))
    return taken


def main(count: int = 1_000_000) -> float:
    """Print median and worst; the median in milliseconds."""
    rng = random.Random(count)
    numbers = [rng.randint(1, count) for _ in range(ASKED)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "news.db")
        built = build(path, count)
        size = path.stat().st_size / 2**30
        own, short = milliseconds(path, url, numbers), milliseconds(path, short_url, numbers)
    median = statistics.median(own + short)
    print(f"history of one of {count:,} articles: {median:.2f} ms  (want below 5)")
    print(
        f"    median of {ASKED} random ones by their own addresses {statistics.median(own):.2f}, worst {max(own):.2f};"
        f" by short links {statistics.median(short):.2f}, worst {max(short):.2f}; archive opened anew each time"
    )
    print(f"    the archive of {size:.1f} GiB was made in {built:.0f} s")
    return median


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
