"""The SQL of the first migration, `schema.m001_first_tables`. Never edit it: later migrations stand on it."""

from __future__ import annotations

TABLES = """
CREATE TABLE sites (
    name TEXT PRIMARY KEY,
    domain TEXT NOT NULL,
    zone TEXT
);
CREATE TABLE stories (
    id INTEGER PRIMARY KEY
);
CREATE TABLE source_sets (
    id INTEGER PRIMARY KEY,
    sources TEXT NOT NULL UNIQUE
);
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    spider TEXT NOT NULL,
    arguments TEXT NOT NULL,
    versions TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    finish_reason TEXT,
    exit_code INTEGER,
    requests INTEGER,
    responses INTEGER,
    bytes INTEGER,
    listed INTEGER,
    stored INTEGER,
    changed INTEGER,
    unchanged INTEGER,
    failed INTEGER,
    skipped INTEGER,
    by_language TEXT,
    coverage TEXT
);
CREATE TABLE snapshots (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL,
    fetched_at TEXT NOT NULL,
    status INTEGER,
    content_type TEXT,
    payload_sha256 TEXT,
    warc_file TEXT,
    warc_offset INTEGER,
    warc_length INTEGER,
    run_id INTEGER REFERENCES runs(id)
);
CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    site TEXT NOT NULL REFERENCES sites(name),
    url TEXT NOT NULL UNIQUE,
    site_article_id TEXT,
    language TEXT NOT NULL,
    section TEXT,
    section_slug TEXT,
    headline TEXT NOT NULL,
    published_at TEXT,
    published_day TEXT,
    published_text TEXT,
    modified_at TEXT,
    image_url TEXT,
    short_url TEXT,
    word_count INTEGER NOT NULL,
    content_sha256 TEXT NOT NULL,
    story_id INTEGER NOT NULL REFERENCES stories(id),
    duplicate_of INTEGER REFERENCES articles(id),
    flags TEXT,
    parser TEXT NOT NULL,
    source_set_id INTEGER REFERENCES source_sets(id),
    first_seen_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    changed_at TEXT,
    revision INTEGER NOT NULL,
    summary TEXT,
    body TEXT NOT NULL
);
CREATE TABLE revision_rows (
    id INTEGER PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id),
    revision INTEGER NOT NULL,
    seen_at TEXT NOT NULL,
    run_id INTEGER REFERENCES runs(id),
    snapshot_id INTEGER REFERENCES snapshots(id),
    modified_at TEXT,
    headline TEXT,
    summary TEXT,
    body TEXT,
    section TEXT,
    published_at TEXT,
    tags TEXT,
    content_sha256 TEXT,
    UNIQUE (article_id, revision)
);
CREATE TABLE tags (
    id INTEGER PRIMARY KEY,
    tag TEXT NOT NULL UNIQUE
);
CREATE TABLE article_tags (
    article_id INTEGER NOT NULL REFERENCES articles(id),
    tag_id INTEGER NOT NULL REFERENCES tags(id),
    position INTEGER NOT NULL,
    PRIMARY KEY (article_id, tag_id)
) WITHOUT ROWID;
CREATE TABLE authors (
    id INTEGER PRIMARY KEY,
    author TEXT NOT NULL UNIQUE
);
CREATE TABLE article_authors (
    article_id INTEGER NOT NULL REFERENCES articles(id),
    author_id INTEGER NOT NULL REFERENCES authors(id),
    position INTEGER NOT NULL,
    PRIMARY KEY (article_id, author_id)
) WITHOUT ROWID;
CREATE TABLE images (
    article_id INTEGER NOT NULL REFERENCES articles(id),
    position INTEGER NOT NULL,
    url TEXT NOT NULL,
    caption TEXT,
    PRIMARY KEY (article_id, position)
) WITHOUT ROWID;
CREATE TABLE alternates (
    article_id INTEGER NOT NULL REFERENCES articles(id),
    position INTEGER NOT NULL,
    language TEXT NOT NULL,
    url TEXT NOT NULL,
    headline TEXT,
    alternate_id INTEGER REFERENCES articles(id),
    PRIMARY KEY (article_id, position)
) WITHOUT ROWID;
CREATE TABLE urls (
    url TEXT PRIMARY KEY,
    site TEXT,
    kind TEXT NOT NULL,
    article_id INTEGER REFERENCES articles(id),
    first_seen_at TEXT NOT NULL,
    last_fetched_at TEXT,
    next_fetch_at TEXT,
    etag TEXT,
    last_modified TEXT,
    status INTEGER,
    tries INTEGER NOT NULL DEFAULT 0,
    reason TEXT
) WITHOUT ROWID;
CREATE TABLE url_aliases (
    url TEXT PRIMARY KEY,
    article_id INTEGER NOT NULL REFERENCES articles(id),
    why TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE failures (
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL,
    stage TEXT NOT NULL,
    error TEXT NOT NULL,
    detail TEXT,
    site TEXT,
    snapshot_id INTEGER REFERENCES snapshots(id),
    run_id INTEGER REFERENCES runs(id),
    first_at TEXT NOT NULL,
    last_at TEXT NOT NULL,
    times INTEGER NOT NULL,
    resolved_at TEXT,
    resolved_run_id INTEGER REFERENCES runs(id),
    UNIQUE (url, stage)
);
CREATE TABLE fingerprints (
    week INTEGER NOT NULL,
    hash INTEGER NOT NULL,
    article_id INTEGER NOT NULL,
    PRIMARY KEY (week, hash, article_id)
) WITHOUT ROWID;
CREATE VIRTUAL TABLE articles_fts USING fts5 (
    headline, body, tags, content='', tokenize='unicode61 remove_diacritics 0'
);
"""

REVISIONS = """
CREATE VIEW revisions AS
SELECT r.id, r.article_id, r.revision, r.seen_at, r.run_id, r.snapshot_id,
    iif(r.body IS NULL, a.headline, r.headline) AS headline,
    iif(r.body IS NULL, a.summary, r.summary) AS summary,
    iif(r.body IS NULL, a.body, r.body) AS body,
    iif(r.body IS NULL, a.section, r.section) AS section,
    iif(r.body IS NULL, a.published_at, r.published_at) AS published_at,
    r.modified_at,
    iif(r.body IS NULL, (
        SELECT json_group_array(tag) FROM (
            SELECT tag FROM article_tags JOIN tags ON tags.id = tag_id WHERE article_id = a.id ORDER BY position
        )
    ), r.tags) AS tags,
    iif(r.body IS NULL, a.content_sha256, r.content_sha256) AS content_sha256{more}
FROM revision_rows r JOIN articles a ON a.id = r.article_id;
"""
VIEWS = """
CREATE VIEW provenance AS
SELECT a.id AS article_id, source.key AS field, source.value AS source
FROM articles a JOIN source_sets s ON s.id = a.source_set_id, json_each(s.sources) AS source;
"""

# Each faceted, sorted or filtered column has an index that begins with it. Of columns that are mostly empty only the
# filled rows are indexed. The content hash is indexed by its first 64 bits: the rest would be size for nothing.
INDEXES = """
CREATE INDEX articles_published_at ON articles(published_at);
CREATE INDEX articles_published_day ON articles(published_day);
CREATE INDEX articles_language ON articles(language, published_at);
CREATE INDEX articles_site ON articles(site, language);
CREATE INDEX articles_section ON articles(section, section_slug, language, site);
CREATE INDEX articles_story_id ON articles(story_id);
CREATE INDEX articles_content ON articles(substr(content_sha256, 1, 16));
CREATE INDEX articles_site_article_id ON articles(site_article_id) WHERE site_article_id IS NOT NULL;
CREATE INDEX articles_duplicate_of ON articles(duplicate_of) WHERE duplicate_of IS NOT NULL;
CREATE INDEX articles_changed_at ON articles(changed_at) WHERE changed_at IS NOT NULL;
CREATE INDEX article_tags_tag ON article_tags(tag_id);
CREATE INDEX article_authors_author ON article_authors(author_id);
CREATE INDEX alternates_awaited ON alternates(url) WHERE alternate_id IS NULL;
CREATE INDEX snapshots_url ON snapshots(url);
CREATE INDEX failures_open ON failures(error) WHERE resolved_at IS NULL;
"""
