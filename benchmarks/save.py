"""`Archive.save` against the same rows through plain `sqlite3`, and the size of the file against the text in it.

Both ways make one commit an article, in WAL mode with `synchronous = NORMAL`, into the same tables. The plain way is
given every row ready to be written; `save` has to find out that the article is new, fold, fingerprint, link and look
for near-duplicates.

    python -m benchmarks.save [ARTICLES [ROUNDS]]
"""

from __future__ import annotations

import itertools
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from newscrawl.archive import Archive
from newscrawl.archive.opening import connect
from newscrawl.items import Alternate, Article, Image
from newscrawl.text import fold

SEED = 20251111
LANGUAGES = ("az", "ru", "en")
LETTERS = {
    "az": "abcçdeəfgğhxıijkqlmnoöprsştuüvyz",
    "ru": "абвгдежзийклмнопрстуфхцчшщыьэюя",
    "en": "abcdefghijklmnoprstuvwy",
}
SEEN_AT = "2025-12-31T00:00:00Z"
TABLES = (
    "sites", "stories", "source_sets", "articles", "revision_rows", "tags", "article_tags", "image_rows",
    "alternate_rows", "url_aliases", "fingerprints",
)  # fmt: skip
Step = tuple[str, list[tuple[Any, ...]]]


def articles(count: int) -> Iterator[Article]:
    """Articles of about 200 words, three languages a story, 250 a day and language."""
    rng = random.Random(SEED)
    words = {
        language: ["".join(rng.choices(letters, k=rng.randint(2, 12))) for _ in range(20_000)]
        for language, letters in LETTERS.items()
    }
    weights = [1 / (n + 10) for n in range(20_000)]
    cumulative = list(itertools.accumulate(weights))

    def text(language: str, count: int) -> str:
        return " ".join(rng.choices(words[language], cum_weights=cumulative, k=count))

    for n in range(count):
        story, version = divmod(n, 3)
        if not version:
            headlines = {language: text(language, 9).capitalize() for language in LANGUAGES}
        yield _article(rng, story, LANGUAGES[version], headlines, partial(text, LANGUAGES[version]))


def _url(story: int, language: str) -> str:
    prefix = "" if language == "az" else f"/{language}"
    return f"https://report.az{prefix}/xarici-siyaset/xeber-basligi-bele-olsun-ve-uzun-olsun-{story}"


def _article(
    rng: random.Random, story: int, language: str, headlines: dict[str, str], text: Callable[[int], str]
) -> Article:
    minute = story * 24 * 60 // 250
    day, minute = divmod(minute, 24 * 60)
    published = (
        f"{2020 + day // 336}-{day // 28 % 12 + 1:02}-{day % 28 + 1:02}T{minute // 60:02}:{minute % 60:02}:00+04:00"
    )
    image = f"https://images.report.az/photo/{rng.getrandbits(128):032x}_850.jpg"
    number = str(2_000_000 + story * 3 + LANGUAGES.index(language))
    return Article(
        url=_url(story, language), site="report", language=language, headline=headlines[language],
        body="\n\n".join(text(rng.randint(20, 60)) + "." for _ in range(rng.randint(2, 8))), summary=text(15),
        section=f"Section {story % 20}",
        section_slug=f"section-{story % 20}", published_at=published, published_text="11 noyabr, 2025 17:50",
        image_url=image, images=(Image(url=image),), tags=tuple(text(1) for _ in range(4)), site_article_id=number,
        short_url=f"https://report.az/{number}", parser="newscrawl.sites.report_az.ReportArticlePage",
        # A page names its other versions by their headlines
        alternates=tuple(
            Alternate(language=other, url=_url(story, other), headline=headlines[other])
            for other in LANGUAGES
            if other != language
        ),
        sources={
            "headline": "css", "body": "css", "published_at": "json-ld", "section": "css", "tags": "css",
            "alternates": "css", "summary": "meta", "image_url": "meta",
        },
    )  # fmt: skip


def save_all(path: Path, made: list[Article]) -> float:
    """Seconds of `Archive.save` for all articles."""
    with Archive.open(path) as archive:
        start = time.perf_counter()
        for article in made:
            archive.save(article, seen_at=SEEN_AT, run_id=None)
        return time.perf_counter() - start


def steps(path: Path, made: list[Article]) -> list[list[Step]]:
    """The rows that `save` wrote, by article, as prepared statements and their parameters."""
    conn = sqlite3.connect(path)
    by_article: list[list[Step]] = [[] for _ in made]
    tag_owner = dict(conn.execute("SELECT tag_id, min(article_id) FROM article_tags GROUP BY tag_id"))
    story_owner = dict(conn.execute("SELECT story_id, min(id) FROM articles GROUP BY story_id"))
    for table in TABLES:
        cursor = conn.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        grouped: dict[int, list[tuple[Any, ...]]] = {}
        for row in cursor:
            values = dict(zip(names, row, strict=True))
            owner = {"tags": tag_owner, "stories": story_owner}.get(table, {}).get(values.get("id", 0), 1)
            if table == "articles":
                owner = values["id"]
            grouped.setdefault(values.get("article_id", owner), []).append(row)
        for article_id, rows in grouped.items():
            by_article[article_id - 1].append((sql, rows))
    fts = "INSERT INTO articles_fts (rowid, headline, body, tags) VALUES (?, ?, ?, ?)"
    for n, article in enumerate(made):
        texts = (article.headline, article.body, " ".join(dict.fromkeys(article.tags)))
        row = (n + 1, *map(fold, texts))
        by_article[n].append((fts, [row]))
    conn.close()
    return by_article


def write_all(path: Path, by_article: list[list[Step]]) -> float:
    """Seconds of plain `sqlite3` for the same rows."""
    connect(path, create=True, read_only=False).close()
    conn = sqlite3.connect(path, isolation_level=None, cached_statements=256)
    conn.execute("PRAGMA synchronous = normal")
    conn.execute("PRAGMA cache_size = -16384")
    start = time.perf_counter()
    for article in by_article:
        conn.execute("BEGIN IMMEDIATE")
        for sql, rows in article:
            conn.executemany(sql, rows)
        conn.execute("COMMIT")
    taken = time.perf_counter() - start
    conn.close()
    return taken


def size_ratio(path: Path, made: list[Article]) -> float:
    """Bytes of the tidied file over bytes of headlines and bodies."""
    with Archive.open(path) as archive:
        archive.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.stat().st_size / sum(len((article.headline + article.body).encode()) for article in made)


def main(count: int = 2000, rounds: int = 5) -> None:
    """Print medians of interleaved rounds, their ratio, and the size."""
    made = list(articles(count))
    ours: list[float] = []
    theirs: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        saved, plain = Path(folder, "saved.db"), Path(folder, "plain.db")
        save_all(saved, made)
        rows = steps(saved, made)
        size = size_ratio(saved, made)
        for _ in range(rounds):
            ours.append(save_all(_fresh(saved), made))
            theirs.append(write_all(_fresh(plain), rows))
    rate, plain_rate = count / statistics.median(ours), count / statistics.median(theirs)
    print(f"Archive.save    {rate:8.0f} articles/s  ({count} articles, median of {rounds} interleaved runs)")
    print(f"plain sqlite3   {plain_rate:8.0f} articles/s  the same rows")
    print(f"ratio           {rate / plain_rate:8.2f}  (want 0.5 or more)")
    print(f"file over text  {size:8.2f}  (headlines and bodies; want 2.5 at most)")


def _fresh(path: Path) -> Path:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    return path


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
