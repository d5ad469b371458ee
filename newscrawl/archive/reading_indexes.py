"""The SQL of the migration `schema.m005_reading`: what the pages of the reading room are quick by."""

from __future__ import annotations

INDEXES = """
-- The newest of a site, and of a section
DROP INDEX articles_site;
CREATE INDEX articles_site ON articles(site, language, published_at);
CREATE INDEX articles_section_slug ON articles(section_slug, language, published_at);
-- The latest edits
CREATE INDEX revision_rows_edits ON revision_rows(seen_at) WHERE revision > 1;
"""
