"""The statements that write a batch, each with what is to be added to ids that begin at 1 in it."""

INSERTS = {
    "stories": "INSERT INTO stories VALUES (? + {story})",
    "tags": "INSERT OR IGNORE INTO tags (tag) VALUES (?)",
    "authors": "INSERT OR IGNORE INTO authors (author) VALUES (?)",
    "source_sets": "INSERT OR IGNORE INTO source_sets (sources) VALUES (?)",
    "snapshot_rows": """
INSERT INTO snapshot_rows (id, url, fetched_at, status, type_id, payload, warc_file_id, warc_offset, warc_length,
    run_id)
VALUES (? + {snapshot}, ?, ?, 200, 1, ?, ?, (? + {snapshot}) * 20000, ?, ?)
""",
    "articles": """
INSERT INTO articles (id, site, url, site_article_id, language, section, section_slug, headline, published_at,
    published_day, published_text, modified_at, image_url, short_url, word_count, content_sha256, story_id, flags,
    parser, source_set_id, first_seen_at, last_seen_at, changed_at, revision, gone_at, summary, body)
VALUES (? + {article}, 'report', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? + {story}, ?, ?,
    (SELECT id FROM source_sets WHERE sources = ?), ?, ?, ?, ?, ?, ?, ?)
""",
    "revision_rows": """
INSERT INTO revision_rows (article_id, revision, seen_at, run_id, snapshot_id, modified_at, cause, headline, summary,
    body, section, published_at, tags, content_sha256)
VALUES (? + {article}, ?, ?, ?, ? + {snapshot}, ?, ?, ?, ?, ?, ?, ?, ?, ?)
""",
    "article_tags": """
INSERT INTO article_tags (article_id, tag_id, position) VALUES (? + {article}, (SELECT id FROM tags WHERE tag = ?), ?)
""",
    "article_authors": """
INSERT INTO article_authors (article_id, author_id, position)
VALUES (? + {article}, (SELECT id FROM authors WHERE author = ?), ?)
""",
    "image_rows": "INSERT INTO image_rows (article_id, position, url, caption) VALUES (? + {article}, ?, ?, ?)",
    "alternate_rows": """
INSERT INTO alternate_rows (article_id, position, language, url, headline, alternate_id)
VALUES (? + {article}, ?, ?, ?, ?, ? + {article})
""",
    "url_aliases": "INSERT INTO url_aliases (url, article_id, why) VALUES (?, ? + {article}, ?)",
    "url_rows": """
INSERT INTO url_rows (url, site, kind, language, section, published_at, article_id, first_seen_at, last_fetched_at,
    next_fetch_at, validated_at, status, tries, reason)
VALUES (?, 'report', 'article', ?, ?, ?, ? + {article}, ?, ?, ?, ?, 200, ?, ?)
""",
    "failures": """
INSERT INTO failures (url, stage, error, detail, site, snapshot_id, run_id, first_at, last_at, times, resolved_at,
    resolved_run_id)
VALUES (?, ?, ?, ?, 'report', ? + {snapshot}, ?, ?, ?, ?, ?, ?)
""",
    "absences": """
INSERT INTO absences (article_id, status, moved_to, first_at, last_at, times, gone_at, returned_at)
VALUES (? + {article}, ?, ?, ?, ?, ?, ?, ?)
""",
    "articles_fts": "INSERT INTO articles_fts (rowid, headline, body, tags) VALUES (? + {article}, ?, ?, ?)",
}
"""By the name of the rows, in the order in which they are written."""
