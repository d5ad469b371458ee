"""A copy of an archive that is fit for the open web: what was published, and nothing of how it was harvested."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

import attrs

from newscrawl.archive import copying, fulltext, opening, schema
from newscrawl.archive.history import find
from newscrawl.archive.identity import known_addresses
from newscrawl.archive.store import Archive
from newscrawl.text import fold

TABLES = (
    "sites", "stories", "source_sets", "articles", "revision_rows", "tags", "article_tags", "authors",
    "article_authors", "alternate_rows", "image_rows", "url_aliases", "articles_fts",
)  # fmt: skip
"""What a copy holds. Named one by one: what another version adds, or a user, is not published by accident."""
VIEWS = ("revisions", "provenance", "alternates", "images", "editions", "edits")
COUNTED = ("sites", "articles", "revision_rows")

_MAGIC = b"SQLite format 3\0"
_MARK = slice(68, 72)
"""Where the header of a database has its application id (https://www.sqlite.org/fileformat.html)."""
# Of revisions: they lead to runs and raw pages
_LEADING_BACK = ("run_id", "snapshot_id")
_SET_UP = """
PRAGMA journal_mode = off;
PRAGMA synchronous = off;
CREATE TEMP TABLE left_out (id INTEGER PRIMARY KEY);
CREATE TEMP TABLE left_out_urls (url TEXT PRIMARY KEY);
"""
# Also what other articles have of it: links with its headline, tags that no other article has
_LEAVE_OUT = """
DELETE FROM alternate_rows WHERE alternate_id IN left_out OR url IN left_out_urls;
UPDATE articles SET duplicate_of = NULL WHERE duplicate_of IN left_out;
DELETE FROM revision_rows WHERE article_id IN left_out;
DELETE FROM article_tags WHERE article_id IN left_out;
DELETE FROM article_authors WHERE article_id IN left_out;
DELETE FROM alternate_rows WHERE article_id IN left_out;
DELETE FROM image_rows WHERE article_id IN left_out;
DELETE FROM url_aliases WHERE article_id IN left_out;
DELETE FROM articles WHERE id IN left_out;
DELETE FROM tags WHERE id NOT IN (SELECT tag_id FROM article_tags);
DELETE FROM authors WHERE id NOT IN (SELECT author_id FROM article_authors);
DELETE FROM stories WHERE id NOT IN (SELECT story_id FROM articles);
"""
# A virtual table, which has no root page, goes first and takes its own tables along
_RELATIONS = """
SELECT name FROM sqlite_master WHERE type = ? AND name NOT GLOB 'sqlite_*' ORDER BY rootpage
"""
# Generated columns, too. The last first: it may be made of an earlier one
_COLUMNS = "SELECT name FROM pragma_table_xinfo(?) ORDER BY cid DESC"
# An address with tracking parameters tells of whoever linked to the article.
# One segment of the search index is the fastest to read, and has no word of what was taken out
_FINISH = f"""
UPDATE sites SET not_before = NULL;
DELETE FROM url_aliases WHERE why = 'tracking';
INSERT INTO articles_fts (articles_fts) VALUES ('optimize');
PRAGMA analysis_limit = 0;
ANALYZE;
PRAGMA application_id = {schema.PUBLISHED_ID};
PRAGMA user_version = {len(schema.migrations._migrations)};
"""  # noqa: S608


@attrs.frozen(kw_only=True)
class Published:
    """What a copy holds."""

    counts: Mapping[str, int]
    """Rows, by `COUNTED`."""
    left_out: int
    """Articles that were to be left out."""
    unknown: tuple[str, ...]
    """Addresses of articles that were to be left out, but are not archived."""


def is_published(path: Path) -> bool:
    """Whether the file at `path` is a copy that was made here. False also where there is none, or none to be read."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError:
        return False
    return header.startswith(_MAGIC) and int.from_bytes(header[_MARK]) == schema.PUBLISHED_ID


def publish(archive: Archive, target: Path, scratch: Path, without: Sequence[Sequence[str]]) -> Published:
    """Write the archive as it is at one moment to the new file `target`, by way of the empty file `scratch`.

    `without` are articles to be left out, each by spellings of one address of it.

    Raises:
        ArchiveError: the copy is not whole.
        NotAnArchive: the archive is damaged.
        DiskFull, ReadOnlyArchive: the files cannot be written.
    """
    copying.write(archive, scratch)
    with copying.naming(archive.path, target), closing(sqlite3.connect(scratch, isolation_level=None)) as conn:
        conn.executescript(_SET_UP)
        # First, so that nothing of the user's acts on what follows
        _strip(conn)
        left_out, unknown = _leave_out(conn, without)
        conn.executescript(_FINISH)
        # Of what was in it before, the new file has not a byte
        conn.execute("VACUUM INTO ?", (str(target),))
    with copying.verified(archive, target) as conn:
        counts = {table: conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COUNTED}  # noqa: S608
    return Published(counts=counts, left_out=left_out, unknown=unknown)


def _leave_out(conn: sqlite3.Connection, without: Sequence[Sequence[str]]) -> tuple[int, tuple[str, ...]]:
    unknown = []
    for spellings in without:
        addresses = {other for each in spellings for other in known_addresses(conn, each)}
        conn.executemany("INSERT OR IGNORE INTO left_out_urls VALUES (?)", [(each,) for each in addresses])
        if found := find(conn, spellings):
            conn.execute("INSERT OR IGNORE INTO left_out VALUES (?)", (found[0],))
        else:
            unknown.append(spellings[0])
    ids = [article_id for (article_id,) in conn.execute("SELECT id FROM left_out")]
    for article_id in ids:
        (text,) = fulltext.texts(conn, article_id - 1, 1)
        fulltext.delete(conn, text.id, text.headline, fold(text.body), text.tags)
    if without:
        conn.executescript(_LEAVE_OUT)
    return len(ids), tuple(unknown)


def _strip(conn: sqlite3.Connection) -> None:
    """Drop all that is not named above, and of what is named all that an archive does not have by itself.

    Triggers go first, so that none acts on the rest; then views: no table can be altered while one has a view amiss.
    """
    with Archive.open(opening.MEMORY) as fresh:
        shadows = {name for name in _names(fresh.conn, "table") if name.startswith("articles_fts_")}
        indexes = set(_names(fresh.conn, "index"))
        for kind, held in (("trigger", set()), ("view", set()), ("index", indexes), ("table", shadows.union(TABLES))):
            for name in _names(conn, kind):
                if name not in held:
                    conn.execute(f"DROP {kind} IF EXISTS {_quoted(name)}")
        for table in TABLES:
            ours = set(_columns(fresh.conn, table)).difference(_LEADING_BACK)
            for column in _columns(conn, table):
                if column not in ours:
                    conn.execute(f"ALTER TABLE {table} DROP COLUMN {_quoted(column)}")
        views = dict(fresh.conn.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view'"))
    for name in VIEWS:
        conn.execute(views[name].replace("".join(f", r.{column}" for column in _LEADING_BACK), ""))


def _names(conn: sqlite3.Connection, kind: str) -> list[str]:
    """Of what SQLite did not make by itself."""
    return [name for (name,) in conn.execute(_RELATIONS, (kind,))]


def _columns(conn: sqlite3.Connection, table: str) -> list[str]:
    return [name for (name,) in conn.execute(_COLUMNS, (table,))]


def _quoted(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""'))
