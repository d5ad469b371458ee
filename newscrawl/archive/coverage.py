"""What became of every address of an article that the archive knows, each counted once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Literal

import attrs

Outcome = Literal["stored", "gone", "failed", "not_seen"]

ARTICLES = """
SELECT site, published_day, language, section_slug, iif(gone_at IS NULL, 'stored', 'gone'), count(*) FROM articles
WHERE published_day >= :since AND published_day <= :until AND (:site IS NULL OR +site = :site) GROUP BY 1, 2, 3, 4, 5
"""
UNDATED = """
SELECT site, NULL, language, section_slug, iif(gone_at IS NULL, 'stored', 'gone'), count(*) FROM articles
WHERE published_day IS NULL AND (:site IS NULL OR +site = :site) GROUP BY 1, 2, 3, 4, 5
"""
# Another address of an article is counted with it
_NO_ARTICLE = """
NOT EXISTS (SELECT 1 FROM articles a WHERE a.url = {0}.url)
    AND NOT EXISTS (SELECT 1 FROM url_aliases x WHERE x.url = {0}.url)
"""
_FAILED = "EXISTS (SELECT 1 FROM failures f WHERE f.url = u.url AND f.resolved_at IS NULL AND f.stage <> 'listing')"
OTHERS = f"""
SELECT u.url, u.site, u.language, u.published_at, iif({_FAILED}, 'failed', 'not_seen') FROM url_rows u
WHERE u.kind = 'article' AND u.article_id IS NULL AND (:site IS NULL OR u.site = :site) AND {_NO_ARTICLE.format("u")}
UNION ALL
SELECT DISTINCT f.url, f.site, NULL, NULL, 'failed' FROM failures f
WHERE f.resolved_at IS NULL AND f.stage <> 'listing' AND (:site IS NULL OR f.site = :site)
    AND {_NO_ARTICLE.format("f")} AND NOT EXISTS (SELECT 1 FROM url_rows u WHERE u.url = f.url)
"""  # noqa: S608


@attrs.frozen
class Articles:
    """Articles that are alike."""

    site: str
    day: str | None
    """At the site; None where no time is known."""
    language: str
    section: str | None
    """Its slug."""
    outcome: Outcome
    count: int


@attrs.frozen
class Address:
    """An address that gave no article."""

    url: str
    site: str | None
    language: str | None
    published_at: str | None
    """UTC, as far as a link said it."""
    outcome: Outcome


def articles(conn: sqlite3.Connection, site: str | None, since: str, until: str) -> Iterator[Articles]:
    """Articles that were published on the days from `since` to `until`, of one site or all."""
    rows = conn.execute(ARTICLES, {"site": site, "since": since, "until": until})
    return (Articles(*row) for row in rows)


def undated(conn: sqlite3.Connection, site: str | None) -> Iterator[Articles]:
    """Articles of which no time is known."""
    return (Articles(*row) for row in conn.execute(UNDATED, {"site": site}))


def others(conn: sqlite3.Connection, site: str | None) -> Iterator[Address]:
    """Every address that is known and gave no article, of any day: it failed, or waits."""
    return (Address(*row) for row in conn.execute(OTHERS, {"site": site}))
