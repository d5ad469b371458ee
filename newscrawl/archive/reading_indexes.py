"""The SQL of the migration `schema.m005_reading`: what the pages of the reading room are quick by."""

from __future__ import annotations

INDEXES = """
-- The newest of a site, and of a section
DROP INDEX articles_site;
CREATE INDEX articles_site ON articles(site, language, published_at);
CREATE INDEX articles_section_slug ON articles(section_slug, language, published_at);
CREATE INDEX articles_section_newest ON articles(section, published_at);
-- The latest edits, and how many there were: with the columns that keep a count from reading rows with their texts
CREATE INDEX revision_rows_edits ON revision_rows(seen_at, cause, article_id) WHERE revision > 1;
-- How many minutes after its publication an article was seen first, by day: two bytes a row more than the day alone
DROP INDEX articles_published_day;
CREATE INDEX articles_published_day ON articles(
    published_day, (strftime('%s', first_seen_at) - strftime('%s', published_at)) / 60
);
-- The latest near duplicates
CREATE INDEX articles_duplicates ON articles(published_at) WHERE duplicate_of IS NOT NULL;
-- What crawls fetched
CREATE INDEX runs_bytes ON runs(spider, started_at, bytes);
-- The addresses that led to an article: few, and in no other index
CREATE INDEX url_aliases_leading ON url_aliases(article_id) WHERE why IN ('redirect', 'same content');
-- What the planner knows of an archive that is there already, from all of its rows
ANALYZE;
"""
