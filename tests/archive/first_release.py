"""An archive as the first release left it: its schema, and rows of every kind, written in plain SQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlite_utils import Migrations

from newscrawl.archive import opening, schema
from newscrawl.items import Alternate, Article, Image
from newscrawl.text import fold

ARTICLES = 10_000
LANGUAGES = ("az", "ru", "en")
FIRST, SECOND = "2025-11-11T14:00:00Z", "2025-11-12T14:00:00Z"
_SOURCES = '{"body": "css", "headline": "css", "published_at": "json-ld"}'


def migrations(count: int = 1) -> Migrations:
    """The migrations of the first release, or as many as a later one had."""
    first = Migrations("newscrawl")
    for migration in schema.migrations._migrations[:count]:
        first(name=migration.name)(migration.fn)
    return first


def article(n: int) -> Article:
    """The `n`th article as its page shows it; every third one begins a story of three languages."""
    others = [m for m in range(n - n % 3, n - n % 3 + 3) if m != n]
    photo = f"https://images.report.az/photo/{n}_850.jpg" if n % 7 else None
    photos = (photo, f"https://images.report.az/{n}.png")
    return Article(
        url=address(n),
        site="report",
        site_article_id=str(n),
        language=LANGUAGES[n % 3],
        headline=headline(n),
        summary=f"Xülasə {n}" if n % 2 else None,
        section="Maliyyə",
        section_slug="finance",
        published_at="2025-11-11T17:50:00+04:00",
        published_text="11 noyabr, 2025 17:50",
        image_url=photo,
        short_url=f"https://report.az/{n}",
        body=f"Birinci abzas {n}: söz{n} söz{n + 1}.\n\nВторой абзац с ёлкой.",
        tags=(f"tag {n % 40}", "Bakı"),
        authors=("Leyla Əliyeva",) if n % 5 == 0 else (),
        images=tuple(Image(url=each, caption="Foto") for each in photos if each),
        alternates=tuple(Alternate(language=LANGUAGES[m % 3], url=address(m), headline=named(m)) for m in others),
        aliases={f"https://report.az/{n}": "short link"},
        parser="newscrawl.sites.report_az.ReportArticlePage",
    )


def address(n: int) -> str:
    return f"https://report.az/finance/{n:05}"


def headline(n: int) -> str:
    return f"Bakıda sərgi №{n}"


def named(n: int) -> str | None:
    """What a link to an article says: its headline, another text, or nothing."""
    return (headline(n), f"Former headline {n}", None)[n // 3 % 3]


def make(path: Path) -> None:
    """An archive of `ARTICLES` articles; a tenth were edited once, some links and failures are open."""
    conn = opening.connect(path, create=True, read_only=False, migrations=migrations())
    try:
        conn.execute("BEGIN")
        conn.execute("PRAGMA defer_foreign_keys = on")
        conn.execute("INSERT INTO sites VALUES ('report', 'report.az', 'Asia/Baku')")
        conn.execute("INSERT INTO source_sets VALUES (1, ?)", (_SOURCES,))
        run = "(id, spider, arguments, versions, started_at, ended_at, finish_reason, exit_code, stored)"
        runs = [(n, "report", "{}", '{"newscrawl": "0.1.0"}', at, at, "finished", 0, 5) for n, at in _runs()]
        _insert(conn, f"runs {run}", runs)
        _insert(conn, "stories", [(n,) for n in range(1, ARTICLES // 3 + 2)])
        _insert(conn, "tags", [*((n + 1, f"tag {n}") for n in range(40)), (41, "Bakı")])
        _insert(conn, "authors", [(1, "Leyla Əliyeva")])
        _insert(conn, "failures", map(_failure, range(500)))
        for start in range(0, ARTICLES, 1000):
            _insert_articles(conn, {n: article(n) for n in range(start, start + 1000)})
        conn.execute("COMMIT")
    finally:
        conn.close()


def _runs() -> Iterable[tuple[int, str]]:
    return enumerate((FIRST, SECOND), 1)


def _insert(conn: sqlite3.Connection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    rows = list(rows)
    conn.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def _failure(n: int) -> tuple[Any, ...]:
    url, at = f"https://report.az/finance/gone-{n}", FIRST
    resolved = (SECOND, 2) if n % 2 else (None, None)
    return (n + 1, url, "extract", "UnknownLayout", "no known layout", "report", None, 1, at, at, 1, *resolved)


def _insert_articles(conn: sqlite3.Connection, articles: dict[int, Article]) -> None:
    """Ids are one more than the numbers. Whoever was edited had another headline before."""
    items = articles.items()
    _insert(conn, "articles", (_row(n, each) for n, each in items))
    _insert(conn, "revision_rows", (row for n, each in items for row in _revisions(n, each)))
    _insert(conn, "article_tags", (row for n, _ in items for row in ((n + 1, n % 40 + 1, 0), (n + 1, 41, 1))))
    _insert(conn, "article_authors", ((n + 1, 1, 0) for n, each in items if each.authors))
    _insert(
        conn, "images", ((n + 1, at, x.url, x.caption) for n, each in items for at, x in enumerate(each.images))
    )  # fmt: skip
    _insert(conn, "alternates", (row for n, each in items for row in _alternates(n, each)))
    _insert(conn, "url_aliases", ((each.short_url, n + 1, "short link") for n, each in items))
    _insert(conn, "fingerprints", ((2900, n * 7919, n + 1) for n in articles))
    index = ((n + 1, fold(each.headline), fold(each.body), fold(" ".join(each.tags))) for n, each in items)
    _insert(conn, "articles_fts (rowid, headline, body, tags)", index)


def _row(n: int, each: Article) -> tuple[Any, ...]:
    edited = n % 10 == 0
    return (
        n + 1, each.site, each.url, each.site_article_id, each.language, each.section, each.section_slug,
        each.headline, "2025-11-11T13:50:00Z", "2025-11-11", each.published_text, None, each.image_url,
        each.short_url, 8, each.content_sha256, n // 3 + 1, None, None, each.parser, 1, FIRST,
        SECOND if edited else FIRST, SECOND if edited else None, 2 if edited else 1, each.summary, each.body,
    )  # fmt: skip


def _revisions(n: int, each: Article) -> Iterator[tuple[Any, ...]]:
    if n % 10:
        yield (2 * n + 1, n + 1, 1, FIRST, 1, *[None] * 9)
        return
    tags = json.dumps(each.tags, ensure_ascii=False)
    former = (f"Former headline {n}", each.summary, each.body, each.section, "2025-11-11T13:50:00Z", tags, "0" * 64)
    yield (2 * n + 1, n + 1, 1, FIRST, 1, None, None, *former)
    yield (2 * n + 2, n + 1, 2, SECOND, 2, *[None] * 9)


def _alternates(n: int, each: Article) -> Iterator[tuple[Any, ...]]:
    for position, other in enumerate(each.alternates):
        m = int(other.url[-5:])
        yield n + 1, position, other.language, other.url, other.headline, m + 1 if m < ARTICLES else None
