"""Articles to be written elsewhere: which are wanted, and all that the archive holds of each."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from newscrawl.archive import opening
from newscrawl.archive.store import Archive
from newscrawl.errors import UsageError
from newscrawl.exchanges import Place

COLUMNS = (
    "id", "site", "url", "site_article_id", "language", "section", "section_slug", "headline", "summary", "body",
    "published_at", "published_day", "published_text", "modified_at", "image_url", "short_url", "word_count",
    "content_sha256", "story_id", "duplicate_of", "flags", "parser", "first_seen_at", "last_seen_at", "changed_at",
    "revision",
)  # fmt: skip
"""The columns of `articles` that are read."""
LISTS: Mapping[str, tuple[str, ...]] = {
    "tags": (),
    "authors": (),
    "images": ("url", "caption"),
    "alternates": ("language", "url", "headline"),
    "aliases": ("url", "why"),
}
"""The lists of an article, and the fields of their items; none where an item is a text."""
CHUNK = 1000
"""Articles that are in memory at once."""

_ARTICLES = "SELECT {} FROM json_each(?) AS asked CROSS JOIN articles a ON a.id = asked.value ORDER BY a.id".format(  # noqa: S608
    ", ".join(f"a.{name}" for name in COLUMNS)
)
_ITEMS = {
    "tags": "SELECT article_id, tag FROM article_tags JOIN tags t ON t.id = tag_id {}, position",
    "authors": "SELECT article_id, author FROM article_authors JOIN authors n ON n.id = author_id {}, position",
    "images": "SELECT article_id, url, caption FROM images {}, position",
    "alternates": "SELECT article_id, language, url, headline FROM alternates {}, position",
    "aliases": "SELECT article_id, url, why FROM url_aliases {}, url",
}
_OF_CHUNK = "WHERE article_id IN (SELECT value FROM json_each(?)) ORDER BY article_id"
_PAGES = """
WITH wanted AS (SELECT id, url FROM articles WHERE {}),
addresses AS (SELECT url FROM wanted UNION SELECT url FROM url_aliases WHERE article_id IN (SELECT id FROM wanted)),
pages AS (
    SELECT s.id, s.revisit_of FROM addresses a CROSS JOIN snapshot_rows s
    ON substr(s.url, -16) = substr(a.url, -16) AND s.url = a.url
)
SELECT id FROM pages UNION SELECT revisit_of FROM pages WHERE revisit_of IS NOT NULL ORDER BY 1
"""
_BEFORE = """
SELECT s.warc_offset + s.warc_length FROM snapshot_rows s JOIN warc_files f ON f.id = s.warc_file_id
WHERE f.name = ? AND s.warc_offset < ? ORDER BY s.warc_offset DESC LIMIT 1
"""


@attrs.frozen(kw_only=True)
class Wanted:
    """Which articles are asked for; what is None does not narrow the question."""

    site: str | None = None
    language: str | None = None
    published: Mapping[str, tuple[str | None, str | None]] | None = None
    """Site to the times (UTC) from which on and before which an article of it was published."""
    where: str | None = None
    """An expression in SQL over the columns of `articles`."""


def zones(archive: Archive) -> dict[str, str]:
    """The time zone of each site; UTC where it is not known, as for `published_day`."""
    return dict(archive.conn.execute("SELECT name, coalesce(zone, 'UTC') FROM sites ORDER BY name"))


def matching(archive: Archive, wanted: Wanted) -> Sequence[int]:
    """Ids of the articles that are wanted, in the order in which they came: eight bytes each.

    Raises:
        UsageError: `where` is no expression.
    """
    condition, values = _condition(archive, wanted)
    return _ids(archive, f"SELECT id FROM articles WHERE {condition} ORDER BY id", values)  # noqa: S608


def pages(archive: Archive, wanted: Wanted) -> Sequence[int]:
    """Ids of all snapshots of the articles that are wanted, by any of their addresses, and of the originals of those
    that are revisits; in the order in which they were fetched.

    Raises:
        UsageError: as `matching`.
    """
    condition, values = _condition(archive, wanted)
    return _ids(archive, _PAGES.format(condition), values)


def read(archive: Archive, ids: Sequence[int]) -> Iterator[list[dict[str, Any]]]:
    """The articles of these ids in chunks, as `COLUMNS` and `LISTS`: each as it reads when its chunk's turn comes.

    Between chunks no transaction is open: whoever is slow to take them does not make a crawl's write-ahead log grow.
    """
    for start in range(0, len(ids), CHUNK):
        asked = json.dumps(list(ids[start : start + CHUNK]))
        archive.conn.execute("BEGIN")
        try:
            chunk = _chunk(archive.conn, asked)
        finally:
            archive.conn.execute("COMMIT")
        yield chunk


def indexed_before(archive: Archive, place: Place) -> int:
    """The byte at which the last indexed record before the one at `place` ends; 0 for the first one."""
    found = archive.conn.execute(_BEFORE, (place.file, place.offset)).fetchone()
    return found[0] if found else 0


def _condition(archive: Archive, wanted: Wanted) -> tuple[str, list[str]]:
    parts, values = ["1"], []
    for name, value in (("site", wanted.site), ("language", wanted.language)):
        if value is not None:
            parts.append(f"{name} = ?")
            values.append(value)
    if wanted.published is not None:
        each = [_published(site, *bounds) for site, bounds in wanted.published.items()]
        parts.append(f"({' OR '.join(sql for sql, _ in each) or '0'})")
        values += [value for _, some in each for value in some]
    if wanted.where is not None:
        _check(archive, wanted.where)
        # The line's end closes a comment
        parts.append(f"({wanted.where}\n)")
    return " AND ".join(parts), values


def _published(site: str, since: str | None, until: str | None) -> tuple[str, list[str]]:
    bounds = {"published_at >= ?": since, "published_at < ?": until}
    given = {sql: value for sql, value in bounds.items() if value is not None}
    # `+` keeps the planner from the index of sites, which is as long as the archive
    return " AND ".join(["+site = ?", *given]), [site, *given.values()]


def _check(archive: Archive, where: str) -> None:
    """By itself it must be an expression, too: `1) OR (1` would undo the other conditions."""
    _ids(archive, f"EXPLAIN SELECT 1 FROM articles WHERE {where}", [])  # noqa: S608


def _ids(archive: Archive, sql: str, values: list[str]) -> Sequence[int]:
    with opening.naming(archive.path):
        try:
            return array("q", (row[0] for row in archive.conn.execute(sql, values)))
        except (sqlite3.Warning, sqlite3.Error, UnicodeEncodeError) as error:
            # Errors without a code are raised by Python: a second statement, a placeholder
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
            if code != sqlite3.SQLITE_ERROR:
                raise
            said = " ".join(str(error).split())
            raise UsageError(f"--where is no SQL expression over the columns of articles: {said}") from error


def _chunk(conn: sqlite3.Connection, asked: str) -> list[dict[str, Any]]:
    lists = {name: _items(conn, name, asked) for name in LISTS}
    articles = [dict(zip(COLUMNS, row, strict=True)) for row in conn.execute(_ARTICLES, (asked,))]
    return [article | {name: items[article["id"]] for name, items in lists.items()} for article in articles]


def _items(conn: sqlite3.Connection, name: str, asked: str) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    fields = LISTS[name]
    for article_id, *values in conn.execute(_ITEMS[name].format(_OF_CHUNK), (asked,)):
        found[article_id].append(dict(zip(fields, values, strict=True)) if fields else values[0])
    return found
