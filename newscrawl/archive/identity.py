"""Which archived article an article is, and under which addresses it is known.

In this order: the canonical URL; another address of the article; the site's own number in the same language; equal
content in the same language of the same site.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from newscrawl.items import Article

TWIN = "same content"
"""`url_aliases.why` of an address that was recognised by its content alone."""

# `+` keeps the planner from the index of site and language, which is as long as the archive
_IDENTIFY = """
SELECT 0 AS rank, id, 'url' AS why FROM articles WHERE url = :url
UNION ALL
SELECT 1, a.id, x.why FROM url_aliases x JOIN articles a ON a.id = x.article_id
WHERE x.url = :url AND a.language = :language
UNION ALL
SELECT 2, id, 'same number' FROM articles
WHERE site_article_id = :site_article_id AND +site = :site AND +language = :language
UNION ALL
SELECT 3, id, 'same content' FROM articles
WHERE substr(content_sha256, 1, 16) = substr(:content_sha256, 1, 16) AND +content_sha256 = :content_sha256
    AND +site = :site AND +language = :language
ORDER BY rank, id LIMIT 1
"""
# An address belongs to one article: the first that had it
_INSERT_ALIAS = """
INSERT INTO url_aliases (url, article_id, why) SELECT :url, :article_id, :why
WHERE NOT EXISTS (SELECT 1 FROM articles WHERE url = :url) ON CONFLICT (url) DO NOTHING
"""

_ALL_ADDRESSES = """
WITH found AS (
    SELECT id FROM articles WHERE url = :url UNION SELECT article_id FROM url_aliases WHERE url = :url
)
SELECT url FROM articles WHERE id IN found UNION SELECT url FROM url_aliases WHERE article_id IN found
"""


def identify(conn: sqlite3.Connection, columns: Mapping[str, Any]) -> tuple[int, str] | None:
    """The id of the archived article that one with these columns is, and why; None for a new one."""
    found = conn.execute(_IDENTIFY, columns).fetchone()
    return (found[1], found[2]) if found else None


def addresses(article: Article) -> dict[str, str]:
    """Every address of the article but the archived one, and why it is one."""
    found = {article.url: "canonical"} | dict(article.aliases)
    if article.short_url:
        found.setdefault(article.short_url, "short link")
    return found


def add_aliases(conn: sqlite3.Connection, article_id: int, article: Article, why: str = "url") -> bool:
    """Add the addresses that lead nowhere yet; `why` is how the article's own one was recognised.

    True if there was one: a link may have waited for it.
    """
    added = 0
    for url, reason in addresses(article).items():
        values = {"url": url, "article_id": article_id, "why": why if url == article.url else reason}
        added += conn.execute(_INSERT_ALIAS, values).rowcount
    return added > 0


def known_addresses(conn: sqlite3.Connection, url: str) -> tuple[str, ...]:
    """`url`, and every other address of the article that it leads to, if the archive has that."""
    others = {other for (other,) in conn.execute(_ALL_ADDRESSES, {"url": url})} - {url}
    return (url, *sorted(others))
