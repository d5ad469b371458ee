"""All that is known of one address: the article there, the frontier's row, failures, and every time it was fetched."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from newscrawl.archive import absent
from newscrawl.archive.absent import Absence
from newscrawl.archive.history import find
from newscrawl.archive.values import FailedPage
from newscrawl.exchanges import Kind

_ARTICLE = """
SELECT id, url, language, headline, published_at, first_seen_at, last_seen_at, changed_at, revision, gone_at
FROM articles WHERE id = ?
"""
ALIAS = """
SELECT why FROM json_each(:urls) AS asked CROSS JOIN url_aliases x ON x.url = asked.value
WHERE x.article_id = :article_id ORDER BY asked.key LIMIT 1
"""
ROW = """
SELECT u.url, u.kind, u.language, u.published_at, u.article_id, u.first_seen_at, u.last_fetched_at, u.next_fetch_at,
    u.status, u.tries, u.reason
FROM json_each(?) AS asked CROSS JOIN url_rows u ON u.url = asked.value
ORDER BY u.article_id IS NULL, asked.key LIMIT 1
"""
_FAILURE = ", ".join(f"f.{field.name}" for field in attrs.fields(FailedPage))
FAILURES = f"""
SELECT {_FAILURE} FROM json_each(?) AS asked CROSS JOIN failures f ON f.url = asked.value
ORDER BY f.resolved_at IS NOT NULL, f.last_at DESC, f.id DESC
"""  # noqa: S608
FETCHES = """
SELECT s.url, s.fetched_at, s.status, t.kind, s.run_id, r.command, r.spider, r.arguments
FROM json_each(?) AS asked
CROSS JOIN snapshot_rows s ON substr(s.url, -16) = substr(asked.value, -16) AND s.url = asked.value
LEFT JOIN snapshot_types t ON t.id = s.type_id LEFT JOIN runs r ON r.id = s.run_id
ORDER BY s.fetched_at DESC, s.id DESC
"""
WALKED = "SELECT section, oldest, newest FROM walked WHERE site = ? AND language = ? ORDER BY section, oldest DESC"


@attrs.frozen(kw_only=True)
class ArchivedArticle:
    """The article at an address."""

    id: int
    url: str
    language: str
    headline: str
    published_at: str | None
    """UTC, as all times here."""
    first_seen_at: str
    last_seen_at: str
    changed_at: str | None
    revision: int
    gone_at: str | None


@attrs.frozen(kw_only=True)
class FrontierRow:
    """What the frontier has of an address."""

    url: str
    kind: Kind
    language: str | None
    published_at: str | None
    article_id: int | None
    first_seen_at: str
    last_fetched_at: str | None
    next_fetch_at: str | None
    """None where it waits for nothing."""
    status: int | None
    tries: int
    reason: str | None
    """Who named it, or what came of it."""


@attrs.frozen(kw_only=True)
class Fetch:
    """One stored exchange."""

    url: str
    fetched_at: str
    status: int
    kind: Kind | None
    run_id: int | None
    command: str | None
    spider: str | None
    arguments: Mapping[str, Any]
    """Of the run."""


@attrs.frozen(kw_only=True)
class Known:
    """All of it."""

    article: ArchivedArticle | None
    alias: str | None
    """Why the address is one of the article's, where it is not its own."""
    absences: tuple[Absence, ...]
    row: FrontierRow | None
    failures: tuple[FailedPage, ...]
    """Open ones first."""
    fetches: tuple[Fetch, ...]
    """The last one first."""


def known(conn: sqlite3.Connection, spellings: Sequence[str], addresses: Sequence[str]) -> Known:
    """What is known of an address: in its `spellings`, and by every other one of its article (`addresses`)."""
    found = find(conn, spellings)
    article = ArchivedArticle(**_named(conn.execute(_ARTICLE, found[:1]))[0]) if found else None
    asked = json.dumps(list(addresses))
    rows = _named(conn.execute(ROW, (asked,)))
    return Known(
        article=article,
        alias=_alias(conn, article, spellings) if article else None,
        absences=tuple(absent.of_article(conn, article.id)) if article else (),
        row=FrontierRow(**rows[0]) if rows else None,
        failures=tuple(FailedPage(**row) for row in _named(conn.execute(FAILURES, (asked,)))),
        fetches=tuple(_fetch(row) for row in _named(conn.execute(FETCHES, (asked,)))),
    )


def walked(conn: sqlite3.Connection, site: str, language: str) -> list[tuple[str, str, str]]:
    """(section's slug or `ALL_NEWS`, oldest, newest) of the spans in which listings were walked, without `oldest`."""
    return conn.execute(WALKED, (site, language)).fetchall()


def _alias(conn: sqlite3.Connection, article: ArchivedArticle, spellings: Sequence[str]) -> str | None:
    if article.url in spellings:
        return None
    values = {"urls": json.dumps(list(spellings)), "article_id": article.id}
    row = conn.execute(ALIAS, values).fetchone()
    return row[0] if row else None


def _fetch(row: dict[str, Any]) -> Fetch:
    return Fetch(**row | {"arguments": json.loads(row["arguments"] or "{}")})


def _named(cursor: sqlite3.Cursor) -> list[dict[str, Any]]:
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
