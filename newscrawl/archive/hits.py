"""Which articles a query finds, and in which order; fast also where a word stands in every one of a million."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

import attrs

from newscrawl.archive.terms import expression, terms
from newscrawl.text import fold

MOST = 10_000
"""Articles that are ranked, counted and paged through at most."""

# The headline counts most, then the tags. What is as good as the best within a twentieth is equally good, and comes
# newest first. `CROSS` keeps the order: from the index to the articles.
_RANKED = """
SELECT id FROM (
    SELECT f.rowid AS id, bm25(articles_fts, 8.0, 1.0, 4.0) AS score, a.published_at
    FROM articles_fts f CROSS JOIN articles a ON a.id = f.rowid WHERE articles_fts MATCH :match{narrowed}
)
ORDER BY round(10 * score / min(score) OVER ()) DESC, published_at DESC, id DESC
"""
_NEWEST = """
SELECT a.id FROM articles_fts f CROSS JOIN articles a ON a.id = f.rowid WHERE articles_fts MATCH :match{narrowed}
ORDER BY a.published_at DESC, a.id DESC
"""
# Of very many the newest: along an index of times, which is over early. `+` keeps it from looking up every hit.
_NEWEST_OF_MANY = """
SELECT a.id FROM articles a
WHERE +a.id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH :match{between}){narrowed}
ORDER BY a.published_at DESC, a.id DESC LIMIT :most + 1
"""
# What stands nearly everywhere is not asked for from the first article to the last: ids mostly come in order of time
_RECENT = """
SELECT min(id) AS first_id, max(id) AS last_id, min(published_at) AS recent FROM (
    SELECT id, published_at FROM articles WHERE published_at IS NOT NULL ORDER BY published_at DESC LIMIT 5 * :most
)
"""
_HITS = "SELECT count(*) FROM (SELECT 1 FROM articles_fts WHERE articles_fts MATCH :match LIMIT :most + 1)"
# `+` keeps out indexes that know no order of time. No zone is further from UTC than a day, so that few days need to be
# looked up
_CONDITIONS = {
    "site": "+a.site = :site",
    "language": "a.language = :language",
    "section": "a.section_slug = :section",
    "tag": """EXISTS (
        SELECT 1 FROM article_tags WHERE article_id = a.id AND tag_id IN (SELECT value FROM json_each(:tag_ids))
    )""",
    "since": """a.published_at >= date(:since, '-1 day')
        AND (a.published_at >= date(:since, '+2 days') OR +a.published_day >= :since)""",
    "until": """a.published_at < coalesce(date(:until, '+2 days'), 'never')
        AND (a.published_at < date(:until, '-1 day') OR +a.published_day <= :until)""",
}
_OF_MANY = _CONDITIONS | {"site": "+a.id IN (SELECT id FROM articles WHERE site = :site)"}
_SPELLINGS = """
SELECT DISTINCT id, tag FROM (
    SELECT rowid AS article_id FROM articles_fts WHERE articles_fts MATCH ? ORDER BY rowid DESC LIMIT 200
) JOIN article_tags USING (article_id) JOIN tags ON tags.id = tag_id
UNION SELECT id, tag FROM tags WHERE tag = ?
"""


@attrs.frozen(kw_only=True)
class Query:
    """What is searched; what is None does not narrow it."""

    text: str
    """As typed. Each word finds those that begin with it (from three letters on), all must be there; words between
    quotes are a phrase, to the letter."""
    site: str | None = None
    language: str | None = None
    section: str | None = None
    """Its slug."""
    tag: str | None = None
    """In any spelling: `baki` is `Bakı`."""
    since: str | None = None
    """The first day, at the site: `2025-11-11`."""
    until: str | None = None
    """The last one."""

    @property
    def filters(self) -> dict[str, str]:
        """What narrows it, by name."""
        named = attrs.asdict(self, filter=lambda field, value: field.name != "text" and value is not None)
        return dict(named)


def ids(conn: sqlite3.Connection, query: Query, *, newest: bool) -> tuple[list[int], bool]:
    """The ids of all articles that match, of more than `MOST` one more than that; and whether they are ranked."""
    typed = terms(query.text)
    values: dict[str, object] = {"most": MOST, "match": expression(query.text), **query.filters}
    if query.tag is not None:
        values["tag_ids"] = str(_tag_ids(conn, query.tag))
        if terms(query.tag):
            # What the index can tell need not be looked up
            values["match"] = f"{values['match']} AND {_in_tags(query.tag)}"
    if not typed or values.get("tag_ids") == "[]":
        return [], not newest
    # One word can stand everywhere, and then takes longest; several rarely do
    if len(typed) == 1 and query.filters.keys() <= {"language"}:
        found = _recent(conn, query, values)
        if len(found) > MOST:
            return found, False
    (hits,) = conn.execute(_HITS, values).fetchone()
    if hits > MOST:
        return _newest_of_many(conn, query, values), False
    statement = (_NEWEST if newest else _RANKED).format(narrowed=_narrowed(query, _CONDITIONS))
    return [row[0] for row in conn.execute(statement, values)], not newest


def _recent(conn: sqlite3.Connection, query: Query, values: Mapping[str, object]) -> list[int]:
    """As `_newest_of_many`, of the last articles only."""
    first_id, last_id, recent = conn.execute(_RECENT, values).fetchone()
    ends = {"first_id": first_id, "last_id": last_id, "recent": recent}
    between = " AND rowid BETWEEN :first_id AND :last_id"
    narrowed = " AND a.published_at >= :recent" + _narrowed(query, _CONDITIONS)
    statement = _NEWEST_OF_MANY.format(between=between, narrowed=narrowed)
    return [row[0] for row in conn.execute(statement, {**values, **ends})]


def _newest_of_many(conn: sqlite3.Connection, query: Query, values: Mapping[str, object]) -> list[int]:
    statement = _NEWEST_OF_MANY.format(between="", narrowed=_narrowed(query, _OF_MANY))
    return [row[0] for row in conn.execute(statement, values)]


def _narrowed(query: Query, conditions: Mapping[str, str]) -> str:
    return "".join(f" AND {conditions[name]}" for name in query.filters)


def _tag_ids(conn: sqlite3.Connection, tag: str) -> list[int]:
    """The ids of a tag in every spelling that articles have it in."""
    folded = fold(tag).split()
    found = conn.execute(_SPELLINGS, (_in_tags(tag), tag))
    return [tag_id for tag_id, printed in found if fold(printed).split() == folded]


def _in_tags(tag: str) -> str:
    words = [word for term in terms(tag) for word in term.words]
    return f'tags : "{" ".join(words)}"'
