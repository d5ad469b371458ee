"""The views of the migration `schema.m005_reading`: what readers ask most, for every program that reads SQLite.

CROSS JOIN keeps the order in which tables are read: what changed last comes first without reading the rest.
"""

from __future__ import annotations

# From one language of a site to the next by an index, however many articles there are
_EDITIONS = """
CREATE VIEW editions AS
WITH RECURSIVE each (site, language) AS (
    SELECT name, (SELECT min(language) FROM articles WHERE site = name) FROM sites
    UNION ALL
    SELECT site, (SELECT min(language) FROM articles a WHERE a.site = each.site AND a.language > each.language)
    FROM each WHERE language IS NOT NULL
)
SELECT site, language,
    (SELECT max(published_at) FROM articles a WHERE a.site = each.site AND a.language = each.language) AS newest_at
FROM each WHERE language IS NOT NULL;
"""
UPDATE_MARKS = ("UPDATED", "YENİLƏNİB", "ОБНОВЛЕНО")
"""How sites mark an update in the headline, in capitals: ` - UPDATED-2`."""


def _mark(headline: str) -> str:
    """SQL: the mark of an update that a headline ends in, with its number; empty where there is none."""
    ends = " ".join(f"WHEN instr({headline}, '{each}') THEN substr({headline}, instr({headline}, '{each}'))"
                    for each in UPDATE_MARKS)  # fmt: skip
    return f"CASE {ends} ELSE '' END"


# The text of a state that is current stands in `articles` only
_NOW = {
    name: f"iif(r.body IS NULL, a.{name}, r.{name})"
    for name in ("headline", "summary", "body", "section", "published_at")
}
_TAGS_NOW = """iif(r.body IS NULL, (
        SELECT json_group_array(tag) FROM (
            SELECT tag FROM article_tags JOIN tags ON tags.id = tag_id WHERE article_id = a.id ORDER BY position
        )
    ), r.tags)"""
_WORDS = {"headline": "headline", "summary": "summary", "body": "text", "section": "section", "published_at": "time"}
_CHANGED = " || ".join(
    [f"iif({now} IS b.{name}, '', '{_WORDS[name]}, ')" for name, now in _NOW.items()]
    + [f"iif({_TAGS_NOW} IS b.tags, '', 'tags, ')"]
)
_EDITS = f"""
CREATE VIEW edits AS
SELECT r.article_id, a.site, a.language, r.revision, r.seen_at AS edited_at, a.published_at,
    rtrim({_CHANGED}, ', ') AS changed,
    {_NOW["headline"]} AS headline,
    nullif(b.headline, {_NOW["headline"]}) AS former_headline,
    ({_NOW["headline"]} IS NOT b.headline OR {_NOW["summary"]} IS NOT b.summary OR {_NOW["body"]} IS NOT b.body)
        AND {_mark(_NOW["headline"])} IN ('', {_mark("b.headline")})
        AND (r.modified_at IS NULL OR r.modified_at IS b.modified_at)
        AND {_NOW["published_at"]} IS b.published_at AS silent,
    a.url
FROM revision_rows r
CROSS JOIN articles a ON a.id = r.article_id
CROSS JOIN revision_rows b ON b.article_id = r.article_id AND b.revision = r.revision - 1
WHERE r.revision > 1 AND r.cause IS NOT 'parser';
"""  # noqa: S608
_DEPARTURES = """
CREATE VIEW departures AS
SELECT b.article_id, a.site, a.language,
    CASE WHEN b.returned_at IS NOT NULL THEN 'returned' WHEN b.moved_to IS NOT NULL THEN 'moved' ELSE 'gone' END
        AS fate,
    b.gone_at, b.returned_at, b.moved_to, b.status, b.last_at AS looked_for_at, a.published_at, a.headline, a.url
FROM absences b CROSS JOIN articles a ON a.id = b.article_id
WHERE b.gone_at IS NOT NULL;
"""
# Counted back from the last crawl: what was published since cannot be there yet
_HEALTH = """
CREATE VIEW site_health AS
SELECT e.site, e.language, h.state, h.since_at AS state_since_at,
    (SELECT group_concat(value, ' ') FROM json_each(h.reasons)) AS reasons,
    r.started_at AS last_crawl_at, r.ended_at AS last_crawl_ended_at, r.finish_reason, r.exit_code, r.why,
    e.newest_at,
    (SELECT count(*) FROM articles a WHERE a.site = e.site AND a.language = e.language
        AND a.published_at <= r.started_at
        AND a.published_at > strftime('%Y-%m-%dT%H:%M:%SZ', r.started_at, '-1 day')) AS articles_in_a_day,
    (SELECT round(count(*) / 14.0, 1) FROM articles a WHERE a.site = e.site AND a.language = e.language
        AND a.published_at <= strftime('%Y-%m-%dT%H:%M:%SZ', r.started_at, '-1 day')
        AND a.published_at > strftime('%Y-%m-%dT%H:%M:%SZ', r.started_at, '-15 days')) AS usual_in_a_day,
    (SELECT count(*) FROM url_rows u WHERE u.site = e.site AND u.language = e.language AND u.article_id IS NULL
        AND u.kind = 'article' AND u.next_fetch_at <= strftime('%Y-%m-%dT%H:%M:%SZ', 'now')) AS waiting_pages,
    (SELECT count(*) FROM failures f WHERE f.site = e.site AND f.resolved_at IS NULL) AS failed_pages_of_site
FROM editions e
LEFT JOIN health_states h ON h.site = e.site
LEFT JOIN runs r ON r.id = (
    SELECT id FROM runs WHERE spider = e.site AND command = 'crawl' ORDER BY started_at DESC, id DESC LIMIT 1
);
"""
VIEWS = _EDITIONS + _EDITS + _DEPARTURES + _HEALTH
