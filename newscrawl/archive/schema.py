"""The tables, as migrations: named, append-only, each in a transaction. Never edit one that has run somewhere.

What the layout owes to size (the whole file is to stay within 2.5 times the text it holds):

- `revisions` is a view. The text of a revision that is current stands in `articles` only; `revision_rows` holds the
  texts of earlier ones. The view shows both alike.
- `provenance` is a view too: few distinct sets of sources serve all articles, so a set is stored once.
- The search index is contentless: it holds the words and no second copy of the text.
- `alternates` is one: the address and the headline of another version stand in its own row once that is archived.
- `images` as well: the address of the first one mostly stands in `articles.image_url`.
- Tables that are looked up by their key alone are WITHOUT ROWID: one tree instead of two.
- `snapshots` is a view: names of files and types that many exchanges share are stored once, digests as bytes, and what
  long texts are looked up by is the end of an address and the beginning of a digest.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from newscrawl.archive import first_tables as first
from newscrawl.archive import reading_indexes, reading_views
from newscrawl.archive.walks import restore_all

APPLICATION_ID = 0x4E774372
"""`NwCr` in the file's header: how we (and the `file` command) recognise an archive."""
PUBLISHED_ID = 0x4E774370
"""`NwCp`: a copy made for publishing, which nothing is written to."""
PAGE_SIZE = 2048
"""Bytes. Articles are 1 to 5 KB: of pages that hold one or two of them, up to a half would stay empty, and the larger
the page, the more a commit writes. Here the end of a body goes to pages of its own, which are filled to the last byte,
and whoever lists articles does not read them."""

migrations = Migrations("newscrawl")


@migrations()
def m001_first_tables(db: Database) -> None:
    """Everything the first release has."""
    # Inside a transaction sqlite-utils runs a script statement by statement, without sqlite3's hidden commit
    db.executescript(first.TABLES + first.REVISIONS.format(more="") + first.VIEWS + first.INDEXES)


_SNAPSHOT_TABLES = """
CREATE TABLE warc_files (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);
CREATE TABLE snapshot_types (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    content_type TEXT NOT NULL,
    UNIQUE (kind, content_type)
);
DROP INDEX snapshots_url;
ALTER TABLE snapshots RENAME TO snapshot_rows;
ALTER TABLE snapshot_rows DROP COLUMN content_type;
ALTER TABLE snapshot_rows DROP COLUMN payload_sha256;
ALTER TABLE snapshot_rows DROP COLUMN warc_file;
ALTER TABLE snapshot_rows ADD COLUMN type_id INTEGER REFERENCES snapshot_types(id);
ALTER TABLE snapshot_rows ADD COLUMN payload BLOB;
ALTER TABLE snapshot_rows ADD COLUMN warc_file_id INTEGER REFERENCES warc_files(id);
ALTER TABLE snapshot_rows ADD COLUMN revisit_of INTEGER REFERENCES snapshot_rows(id);
ALTER TABLE revision_rows ADD COLUMN cause TEXT;
ALTER TABLE runs ADD COLUMN command TEXT NOT NULL DEFAULT 'crawl';
ALTER TABLE runs ADD COLUMN parser TEXT;
"""
_SNAPSHOT_VIEW = """
CREATE VIEW snapshots AS
SELECT s.id, s.url, t.kind, s.fetched_at, s.status, t.content_type, lower(hex(s.payload)) AS payload_sha256,
    f.name AS warc_file, s.warc_offset, s.warc_length, s.revisit_of, s.run_id
FROM snapshot_rows s
LEFT JOIN snapshot_types t ON t.id = s.type_id LEFT JOIN warc_files f ON f.id = s.warc_file_id;
"""
_SNAPSHOT_INDEXES = """
CREATE INDEX snapshots_url ON snapshot_rows(substr(url, -16));
CREATE INDEX snapshots_payload ON snapshot_rows(substr(payload, 1, 8)) WHERE revisit_of IS NULL;
CREATE UNIQUE INDEX snapshots_place ON snapshot_rows(warc_file_id, warc_offset);
"""


@migrations()
def m002_snapshots(db: Database) -> None:
    """Stored exchanges, which nothing wrote before; what made a revision; which parser a run used."""
    db.executescript(_SNAPSHOT_TABLES + _SNAPSHOT_INDEXES + _SNAPSHOT_VIEW)
    db.executescript("DROP VIEW revisions;" + first.REVISIONS.format(more=", r.cause"))


_LINK_AND_IMAGE_TABLES = """
CREATE TABLE alternate_rows (
    article_id INTEGER NOT NULL REFERENCES articles(id),
    position INTEGER NOT NULL,
    language TEXT NOT NULL,
    url TEXT,
    headline TEXT,
    alternate_id INTEGER REFERENCES articles(id),
    PRIMARY KEY (article_id, position)
) WITHOUT ROWID;
CREATE TABLE image_rows (
    article_id INTEGER NOT NULL REFERENCES articles(id),
    position INTEGER NOT NULL,
    url TEXT,
    caption TEXT,
    PRIMARY KEY (article_id, position)
) WITHOUT ROWID;
INSERT INTO alternate_rows
SELECT l.article_id, l.position, l.language, iif(l.url = a.url AND l.headline IS a.headline, NULL, l.url),
    iif(l.url = a.url AND l.headline IS a.headline, NULL, l.headline), l.alternate_id
FROM alternates l LEFT JOIN articles a ON a.id = l.alternate_id;
INSERT INTO image_rows
SELECT i.article_id, i.position, nullif(i.url, a.image_url), i.caption
FROM images i JOIN articles a ON a.id = i.article_id;
DROP TABLE alternates;
DROP TABLE images;
CREATE INDEX alternates_awaited ON alternate_rows(url) WHERE alternate_id IS NULL;
"""
# Of one table each: a view that joins is read as a whole wherever a query has it on the right of a LEFT JOIN
_LINK_AND_IMAGE_VIEWS = """
CREATE VIEW alternates AS
SELECT article_id, position, language,
    iif(url IS NULL, (SELECT a.url FROM articles a WHERE a.id = alternate_id), url) AS url,
    iif(url IS NULL, (SELECT a.headline FROM articles a WHERE a.id = alternate_id), headline) AS headline, alternate_id
FROM alternate_rows;
CREATE VIEW images AS
SELECT article_id, position,
    iif(url IS NULL, (SELECT a.image_url FROM articles a WHERE a.id = article_id), url) AS url, caption
FROM image_rows;
"""


# Few aliases are addresses of pages of their own; an entry holds the whole address
_PAGES_OF_ARTICLES = """
CREATE INDEX url_aliases_pages ON url_aliases(article_id) WHERE why NOT IN ('short link', 'redirect', 'same content');
"""


@migrations()
def m003_links_and_images(db: Database) -> None:
    """Addresses and headlines that stand in `articles` are stored there only."""
    db.executescript(_LINK_AND_IMAGE_TABLES + _LINK_AND_IMAGE_VIEWS + _PAGES_OF_ARTICLES)


_FRONTIER_TABLES = """
DROP TABLE urls;
CREATE TABLE url_rows (
    url TEXT PRIMARY KEY,
    site TEXT NOT NULL,
    kind TEXT NOT NULL,
    language TEXT,
    section TEXT,
    published_at TEXT,
    modified_at TEXT,
    article_id INTEGER REFERENCES articles(id),
    first_seen_at TEXT NOT NULL,
    last_fetched_at TEXT,
    next_fetch_at TEXT,
    etag TEXT,
    last_modified TEXT,
    validated_at TEXT,
    status INTEGER,
    tries INTEGER NOT NULL DEFAULT 0,
    reason TEXT
) WITHOUT ROWID;
CREATE TABLE walked (
    site TEXT NOT NULL,
    language TEXT NOT NULL,
    section TEXT NOT NULL,
    oldest TEXT NOT NULL,
    newest TEXT NOT NULL,
    PRIMARY KEY (site, language, section, oldest)
) WITHOUT ROWID;
CREATE TABLE wanted (
    site TEXT NOT NULL,
    language TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT,
    asked_at TEXT NOT NULL,
    done_at TEXT
);
CREATE TABLE absences (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id),
    status INTEGER,
    moved_to TEXT,
    first_at TEXT NOT NULL,
    last_at TEXT NOT NULL,
    times INTEGER NOT NULL,
    gone_at TEXT,
    returned_at TEXT
);
CREATE TABLE health_states (
    site TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    reasons TEXT NOT NULL,
    since_at TEXT NOT NULL
) WITHOUT ROWID;
ALTER TABLE articles ADD COLUMN gone_at TEXT;
ALTER TABLE sites ADD COLUMN not_before TEXT;
ALTER TABLE runs ADD COLUMN not_modified INTEGER;
ALTER TABLE runs ADD COLUMN gone INTEGER;
ALTER TABLE runs ADD COLUMN why TEXT;
"""
# Most rows wait for nothing any more, most articles are there
_FRONTIER_INDEXES = """
CREATE INDEX url_rows_due ON url_rows(site, next_fetch_at) WHERE next_fetch_at IS NOT NULL;
CREATE INDEX url_rows_places ON url_rows(site) WHERE kind = 'listing';
CREATE INDEX url_rows_article ON url_rows(article_id) WHERE article_id IS NOT NULL;
CREATE INDEX articles_gone_at ON articles(gone_at) WHERE gone_at IS NOT NULL;
CREATE INDEX absences_article ON absences(article_id);
CREATE INDEX runs_started_at ON runs(spider, started_at);
CREATE INDEX runs_unended ON runs(spider) WHERE ended_at IS NULL OR finish_reason IN ('disk_full', 'unwritable');
"""
# An article that is looked at no more has no row of its own: what there is to know of it stands in `articles`
_FRONTIER_VIEW = """
CREATE VIEW urls AS
SELECT url, site, kind, language, section, published_at, modified_at, article_id, first_seen_at, last_fetched_at,
    next_fetch_at, etag, last_modified, status, tries, reason
FROM url_rows
UNION ALL
SELECT url, site, 'article', language, section_slug, published_at, NULL, id, first_seen_at, last_seen_at,
    NULL, NULL, NULL, NULL, 0, 'archived; no further look'
FROM articles a WHERE NOT EXISTS (SELECT 1 FROM url_rows u WHERE u.url = a.url);
"""


@migrations()
def m004_frontier(db: Database) -> None:
    """What waits to be fetched and when, how far listings were walked, which articles are gone."""
    db.executescript(_FRONTIER_TABLES + _FRONTIER_INDEXES + _FRONTIER_VIEW)
    restore_all(db.conn)
    db.executescript(_WAITING)


_WAITING = """
INSERT INTO url_rows (url, site, kind, language, section, published_at, article_id, first_seen_at, last_fetched_at,
    next_fetch_at, reason)
SELECT url, site, 'article', language, section_slug, published_at, id, first_seen_at, last_seen_at, last_seen_at,
    'archived before there were looks'
FROM articles WHERE published_at > strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-30 days');
INSERT OR IGNORE INTO url_rows (url, site, kind, first_seen_at, last_fetched_at, next_fetch_at, tries, reason)
SELECT f.url, f.site, 'article', f.first_at, f.last_at, f.last_at, f.times, f.error FROM failures f
WHERE f.resolved_at IS NULL AND f.stage <> 'listing' AND f.site IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM articles a WHERE a.url = f.url);
"""


@migrations()
def m005_reading(db: Database) -> None:
    """What the pages of the reading room are quick by, and what readers ask most."""
    db.executescript(reading_indexes.INDEXES + reading_views.VIEWS)
