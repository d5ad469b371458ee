"""What is asked of the archive, but for searching."""

from __future__ import annotations

import sqlite3

from newscrawl.archive.values import Holding, Row, Run, Status

_ROW = "SELECT id, url, site, language, headline, section, published_at, story_id FROM articles"
_RUN = "id, spider, started_at, ended_at, finish_reason, exit_code, stored, changed, failed"
# `+` keeps the planner from the index of site and language where a smaller or a covering one is at hand.
# One pass over an index; what is newest comes from the other end of an index, so that no article row is read in bulk
_HOLDINGS = """
SELECT g.site, g.language, g.articles,
    (SELECT published_at FROM articles WHERE language = g.language AND site = g.site
        ORDER BY published_at DESC LIMIT 1),
    (SELECT first_seen_at FROM articles WHERE id = g.newest)
FROM (SELECT site, language, count(*) AS articles, max(id) AS newest FROM articles GROUP BY site, language) AS g
ORDER BY g.site, g.language
"""
_CHANGED = "SELECT site, language, count(*) FROM articles WHERE changed_at IS NOT NULL GROUP BY +site, +language"
_DUPLICATES = "SELECT site, language, count(*) FROM articles WHERE duplicate_of IS NOT NULL GROUP BY +site, +language"
_FAILURES = """
SELECT error, count(*) AS pages FROM failures WHERE resolved_at IS NULL GROUP BY error ORDER BY pages DESC, error
"""


def sections(conn: sqlite3.Connection, site: str) -> list[tuple[str, str | None, str | None]]:
    """(language, slug, name) of the sections that articles stand in."""
    sql = """
        SELECT DISTINCT language, section_slug, section FROM articles
        WHERE +site = ? AND (section IS NOT NULL OR section_slug IS NOT NULL)
        ORDER BY language, section_slug, section
    """
    return [(language, slug, name) for language, slug, name in conn.execute(sql, (site,))]


def latest(conn: sqlite3.Connection, n: int, language: str | None) -> list[Row]:
    """The articles published last."""
    # The language is compared to itself where none is asked, which keeps the index of published_at in use
    where = "WHERE language = ?" if language else "WHERE ? IS NULL"
    sql = f"{_ROW} {where} ORDER BY published_at DESC, id DESC LIMIT ?"
    return [_row(row) for row in conn.execute(sql, (language, max(n, 0)))]


def story(conn: sqlite3.Connection, story_id: int) -> list[Row]:
    """The articles of a story, by language."""
    return [_row(row) for row in conn.execute(f"{_ROW} WHERE story_id = ? ORDER BY language, id", (story_id,))]


def status(conn: sqlite3.Connection) -> Status:
    """The archive in numbers."""
    changed = {(site, language): count for site, language, count in conn.execute(_CHANGED)}
    duplicates = {(site, language): count for site, language, count in conn.execute(_DUPLICATES)}
    run = conn.execute(f"SELECT {_RUN} FROM runs WHERE command = 'crawl' ORDER BY id DESC LIMIT 1").fetchone()  # noqa: S608
    (pages,), (page_size,) = (conn.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size"))
    return Status(
        holdings=tuple(
            Holding(
                site=site, language=language, articles=articles, newest_published_at=published,
                newest_first_seen_at=seen, changed=changed.get((site, language), 0),
                near_duplicates=duplicates.get((site, language), 0),
            )
            for site, language, articles, published, seen in conn.execute(_HOLDINGS)
        ),
        open_failures=tuple(conn.execute(_FAILURES).fetchall()),
        last_run=Run(**dict(zip(_RUN.split(", "), run, strict=True))) if run else None,
        bytes=pages * page_size,
    )  # fmt: skip


def _row(row: tuple[int, str, str, str, str, str | None, str | None, int]) -> Row:
    article_id, url, site, language, headline, section, published_at, story_id = row
    return Row(
        id=article_id, url=url, site=site, language=language, headline=headline, section=section,
        published_at=published_at, story_id=story_id,
    )  # fmt: skip
