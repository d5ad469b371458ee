"""The frontier: what is known of addresses, which of them wait to be fetched, and when the others are due again.

An article that is looked at no more leaves it: `articles` says the rest (the view `urls` shows both).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Literal

import attrs

from newscrawl.exchanges import Exchange, Kind
from newscrawl.items import Link
from newscrawl.schedule import FORBIDDEN, UNREADABLE, later
from newscrawl.times import to_utc

Standing = Literal["new", "changed", "known"]
"""`new`: never fetched, or failed and due. `changed`: its site says that it changed since. `known`: neither."""

TRUST_DAYS = {"article": 1.0, "listing": 1 / 24, "feed": 1 / 24, "sitemap": 1 / 24, "robots": 1 / 24}
"""How long an answer `304` is believed before the whole page is asked for again: some servers lie."""

_MEET = """
SELECT asked.key, u.url, u.article_id, u.next_fetch_at <= :now, u.modified_at,
    coalesce(a.last_seen_at, b.last_seen_at, u.last_fetched_at, u.first_seen_at), coalesce(a.id, b.id)
FROM json_each(:urls) AS asked
LEFT JOIN url_rows u ON u.url = asked.value
LEFT JOIN articles a ON a.url = asked.value
LEFT JOIN url_aliases x ON x.url = asked.value LEFT JOIN articles b ON b.id = x.article_id
"""
_ADD = """
INSERT INTO url_rows (url, site, kind, language, section, published_at, modified_at, article_id, first_seen_at,
    next_fetch_at, reason)
VALUES (:url, :site, 'article', :language, :section, :published_at, :modified_at, :article_id, :now, :now, :reason)
ON CONFLICT (url) DO UPDATE SET modified_at = :modified_at, next_fetch_at = :now, reason = :reason
"""
_PLACE = """
INSERT INTO url_rows (url, site, kind, language, section, first_seen_at, reason) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (url) DO UPDATE SET kind = excluded.kind, language = excluded.language, section = excluded.section
WHERE (kind, language, section) IS NOT (excluded.kind, excluded.language, excluded.section)
"""
# Should nothing come of it under this address, it does not wait on: it is not to be asked for again and again
_ANSWERED = """
UPDATE url_rows SET last_fetched_at = :at, status = :status,
    next_fetch_at = iif(:came AND kind = 'article' AND next_fetch_at <= :at, :later, next_fetch_at),
    etag = iif(:whole AND kind = 'article', :etag, etag),
    last_modified = iif(:whole AND kind = 'article', :last_modified, last_modified),
    validated_at = iif(:whole AND kind = 'article', :at, validated_at)
WHERE url = :url AND (last_fetched_at IS NULL OR last_fetched_at <= :at)
"""
# A time far ahead comes from a clock that was wrong. Two ranges of the index, since most rows are not due; of an `OR`
# the planner thinks, by its statistics, that it is worth reading all
_DUE = """url IN (
    SELECT url FROM url_rows WHERE site = :site AND next_fetch_at <= :now
    UNION ALL
    SELECT url FROM url_rows WHERE site = :site AND next_fetch_at > strftime('%Y-%m-%dT%H:%M:%SZ', :now, '+31 days')
)"""
_WAITING = f"""
SELECT url, language, published_at FROM url_rows
WHERE {_DUE} AND article_id IS NULL AND kind = 'article'
    AND (language IS NULL OR language IN (SELECT value FROM json_each(:languages)))
    AND (published_at IS NULL
        OR (:since IS NULL OR published_at >= :since) AND (:until IS NULL OR published_at < :until))
ORDER BY published_at DESC, url
"""  # noqa: S608
_TRUSTED = "julianday(:now) - julianday(validated_at) BETWEEN 0 AND :trust"
_LOOKS = f"""
SELECT url, language, published_at, iif({_TRUSTED}, etag, NULL), iif({_TRUSTED}, last_modified, NULL) FROM url_rows
WHERE {_DUE} AND article_id IS NOT NULL AND language IN (SELECT value FROM json_each(:languages))
ORDER BY next_fetch_at, url LIMIT :most
"""  # noqa: S608
_OVERDUE = f"""
SELECT language, count(*), min(next_fetch_at) FROM url_rows
WHERE {_DUE} AND article_id IS NOT NULL GROUP BY language
"""  # noqa: S608
_VALIDATORS = f"SELECT etag, last_modified FROM url_rows WHERE url = :url AND {_TRUSTED}"  # noqa: S608
_PUT_OFF = "UPDATE url_rows SET next_fetch_at = :next_at, reason = :reason WHERE url = :url AND kind = 'article'"
_READ = """
UPDATE url_rows SET etag = :etag, last_modified = :last_modified, validated_at = :at, status = 200,
    last_fetched_at = :at
WHERE url = :url
"""
_ANSWER = """
SELECT u.status, (
    SELECT max(s.id) FROM snapshot_rows s
    WHERE substr(s.url, -16) = substr(u.url, -16) AND s.url = u.url AND s.status BETWEEN 200 AND 299
) FROM url_rows u
WHERE u.url = :url AND u.status IS NOT NULL
    AND (julianday(:now) - julianday(u.last_fetched_at)) * 24 BETWEEN 0 AND :hours
"""
_LISTINGS = """
SELECT language, url FROM url_rows u
WHERE site = :site AND kind = 'listing' AND section = '' AND (status BETWEEN 200 AND 299 OR status = 304) AND EXISTS (
    SELECT 1 FROM url_rows h WHERE h.site = :site AND h.kind = 'listing' AND h.section IS NULL
    AND h.language = u.language AND julianday(:now) - julianday(h.last_fetched_at) BETWEEN 0 AND 1
)
ORDER BY last_fetched_at
"""


@attrs.frozen
class Validators:
    """What makes a request conditional (RFC 9110, 13)."""

    etag: str | None
    last_modified: str | None


@attrs.frozen
class Waiting:
    """An address that is due."""

    url: str
    language: str | None
    """None where nobody has told: of pages that failed before there was a frontier."""
    published_at: str | None
    """UTC, as far as a link said it."""
    validators: Validators | None = None
    """What the request may be made conditional with."""


@attrs.frozen
class Answer:
    """What an address answered last."""

    status: int
    snapshot: int | None
    """`snapshots.id` of the last page that came from it."""


class Frontier:
    """The frontier of one archive; what is written is part of the caller's transaction. Times are UTC."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def meet(self, links: Sequence[Link], *, site: str, now: str, reason: str) -> dict[str, Standing]:
        """How the addresses of articles stand that a page links to, by URL; one question for all of them.

        Those that are new wait to be fetched from now on, and so do those whose link says that they changed since the
        archive saw them (but for a time of change that was followed before).
        """
        urls = json.dumps([link.url for link in links])
        found: dict[str, Standing] = {}
        rows = []
        for key, *row in self._conn.execute(_MEET, {"urls": urls, "now": now}).fetchall():
            link, article_id = links[key], row[-1]
            found[link.url] = standing = _standing(link, *row)
            if standing == "changed" or (standing == "new" and row[0] is None):
                rows.append(_row(link, site, now, reason) | {"article_id": article_id})
        self._conn.executemany(_ADD, rows)
        return found

    def place(
        self, url: str, *, site: str, kind: Kind, language: str | None, section: str | None, now: str, reason: str
    ) -> None:
        """Know an address at which a site says what is new, or its rules."""
        self._conn.execute(_PLACE, (url, site, kind, language, section, now, reason))

    def read(self, url: str, validators: Validators, *, now: str) -> None:
        """The page of a place was read, and all that it links to is in the frontier."""
        values = {"url": url, "at": now, "etag": validators.etag, "last_modified": validators.last_modified}
        self._conn.execute(_READ, values)

    def put_off(self, url: str, *, now: str, reason: str) -> None:
        """Let an address be for a day."""
        self._conn.execute(_PUT_OFF, {"url": url, "next_at": later(now, FORBIDDEN), "reason": reason})

    def listings(self, site: str, *, now: str) -> dict[str, str]:
        """Language to the address of its listing of all news, where the home page led to it within a day."""
        rows = self._conn.execute(_LISTINGS, {"site": site, "now": now})
        return {language: url for language, url in rows if language}

    def validators(self, url: str, kind: Kind, *, now: str) -> Validators | None:
        """What a request for `url` may be made conditional with; None where its page is to be asked for whole."""
        values = {"url": url, "now": now, "trust": TRUST_DAYS[kind]}
        return _known_by(self._conn.execute(_VALIDATORS, values).fetchone())

    def answer(self, url: str, *, now: str, hours: float) -> Answer | None:
        """The last answer at a place; None where none came within so many hours."""
        row = self._conn.execute(_ANSWER, {"url": url, "now": now, "hours": hours}).fetchone()
        return Answer(*row) if row else None

    def waiting(
        self, site: str, *, now: str, languages: Iterable[str], since: str | None = None, until: str | None = None
    ) -> list[Waiting]:
        """Addresses without an article that are due, the newest first; with bounds without those known to lie outside.

        Those of an unknown language wait in each.
        """
        values = {"site": site, "now": now, "languages": json.dumps(list(languages)), "since": since, "until": until}
        return [Waiting(*row) for row in self._conn.execute(_WAITING, values)]

    def looks(self, site: str, *, now: str, languages: Iterable[str], most: int) -> list[Waiting]:
        """At most `most` archived articles that are due for another look, the one that has been due longest first."""
        values = {
            "site": site, "now": now, "languages": json.dumps(list(languages)), "most": most,
            "trust": TRUST_DAYS["article"],
        }  # fmt: skip
        rows = self._conn.execute(_LOOKS, values)
        return [Waiting(url, language, at, _known_by(known)) for url, language, at, *known in rows]

    def overdue(self, site: str, *, now: str) -> dict[str, tuple[int, str]]:
        """Language to how many looks are due and since when the first of them is."""
        rows = self._conn.execute(_OVERDUE, {"site": site, "now": now})
        return {language: (count, since) for language, count, since in rows}


def _known_by(row: Sequence[str | None] | None) -> Validators | None:
    return Validators(*row) if row and any(row) else None


def _standing(
    link: Link, url: str | None, article_id: int | None, due: bool | None, followed: str | None, seen_at: str | None,
    archived: int | None,
) -> Standing:  # fmt: skip
    changed_at = to_utc(link.modified_at) if link.modified_at else None
    if changed_at and seen_at and changed_at > seen_at and (followed is None or changed_at > followed):
        return "changed"
    if archived is not None or article_id is not None:
        return "known"
    return "new" if url is None or due else "known"


def _row(link: Link, site: str, now: str, reason: str) -> dict[str, object]:
    return {
        "url": link.url, "site": site, "language": link.language, "section": link.section,
        "published_at": to_utc(link.published_at) if link.published_at else None,
        "modified_at": to_utc(link.modified_at) if link.modified_at else None, "now": now, "reason": reason,
    }  # fmt: skip


def answered(conn: sqlite3.Connection, exchange: Exchange) -> None:
    """Note what the answer at an address says of it; what becomes of the page is another matter.

    A place has its validators only once its links are in the frontier (`Frontier.read`): a crawl that is killed before
    that must not be told by the next one's 304 that it missed nothing. Of an article the page itself is on the disk.
    """
    headers = {name.lower(): value for name, value in exchange.headers}
    whole = 200 <= exchange.status < 300
    values = {
        "url": exchange.url, "at": exchange.fetched_at, "status": exchange.status, "whole": whole,
        "came": whole or exchange.status == HTTPStatus.NOT_MODIFIED, "etag": headers.get("etag"),
        "last_modified": headers.get("last-modified"), "later": later(exchange.fetched_at, UNREADABLE),
    }  # fmt: skip
    conn.execute(_ANSWERED, values)
