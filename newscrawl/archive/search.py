"""Full-text search that forgives spelling: from what people type to articles, with a piece of each as printed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import attrs

from newscrawl.archive.snippets import Piece, joined, marked, snippet
from newscrawl.archive.terms import expression, terms
from newscrawl.archive.values import Hit, Row
from newscrawl.text import fold

MOST = 10_000
"""Articles that are ranked, counted and paged through at most."""

# The headline counts most, then the tags. What is as good as the best within a tenth is equally good, and comes newest
# first. `CROSS` keeps the order: from the index to the articles.
_RANKED = """
SELECT id FROM (
    SELECT f.rowid AS id, bm25(articles_fts, 8.0, 1.0, 4.0) AS score, a.published_at
    FROM articles_fts f CROSS JOIN articles a ON a.id = f.rowid WHERE articles_fts MATCH :match{narrowed}
)
ORDER BY CAST(10 * score / min(score) OVER () AS INTEGER) DESC, published_at DESC, id DESC
"""
_NEWEST = """
SELECT a.id FROM articles_fts f CROSS JOIN articles a ON a.id = f.rowid WHERE articles_fts MATCH :match{narrowed}
ORDER BY a.published_at DESC, a.id DESC
"""
# Of very many the newest: along an index of times, which is over early. `+` keeps it from looking up every hit.
_NEWEST_OF_MANY = """
SELECT a.id FROM articles a
WHERE +a.id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH :match){narrowed}
ORDER BY a.published_at DESC, a.id DESC LIMIT :most + 1
"""
_ARE_MANY = "SELECT count(*) > :most FROM (SELECT 1 FROM articles_fts WHERE articles_fts MATCH :match LIMIT :most + 1)"
# The index of days knows no language, that of times does. No zone is further from UTC than a day
_NARROWED = {
    "site": "a.site = :site",
    "language": "a.language = :language",
    "section": "a.section_slug = :section",
    "tag": """EXISTS (
        SELECT 1 FROM article_tags WHERE article_id = a.id AND tag_id IN (SELECT value FROM json_each(:tag_ids))
    )""",
    "since": "a.published_day >= :since AND a.published_at >= date(:since, '-1 day')",
    "until": "a.published_day <= :until AND a.published_at < date(:until, '+2 days')",
}
_SPELLINGS = """
SELECT DISTINCT id, tag FROM (
    SELECT rowid AS article_id FROM articles_fts WHERE articles_fts MATCH ? ORDER BY rowid DESC LIMIT 200
) JOIN article_tags USING (article_id) JOIN tags ON tags.id = tag_id
UNION SELECT id, tag FROM tags WHERE tag = ?
"""
_FOUND = """
SELECT id, url, site, language, headline, section, published_at, story_id, published_day, revision, gone_at, body
FROM articles WHERE id IN (SELECT value FROM json_each(?))
"""
_TAGS = """
SELECT article_id, tag FROM article_tags JOIN tags ON tags.id = tag_id
WHERE article_id IN (SELECT value FROM json_each(?)) ORDER BY article_id, position
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


@attrs.frozen(kw_only=True)
class Match(Row):
    """An article that a search found, for a list."""

    published_day: str | None
    """At the site."""
    revision: int
    """In how many states it was seen."""
    gone_at: str | None
    """UTC."""
    headline_pieces: tuple[Piece, ...]
    """The headline, hits told from the rest."""
    snippet: tuple[Piece, ...]
    """A piece of the text around hits."""
    tags: tuple[str, ...]
    """Those of its tags that are hits."""


@attrs.frozen(kw_only=True)
class Found:
    """What a search found."""

    matches: tuple[Match, ...]
    """Those of the page that was asked for."""
    total: int
    """Articles that match; `MOST` where there are more."""
    are_more: bool
    """Whether there are more than `total`."""
    are_ranked: bool
    """Whether the best come first; else the newest do."""


def find(conn: sqlite3.Connection, query: Query, *, newest: bool = False, offset: int = 0, limit: int = 20) -> Found:
    """A page of what a query finds: the best first, and of equally good ones the newest; all by time with `newest`.

    Words that stand in more than `MOST` articles are not ranked: their newest `MOST` come newest first.
    """
    ids, are_ranked = _ids(conn, query, newest=newest)
    page = ids[:MOST][max(offset, 0) :][: max(limit, 0)]
    return Found(
        matches=_matches(conn, query, page), total=min(len(ids), MOST), are_more=len(ids) > MOST, are_ranked=are_ranked
    )


def count(conn: sqlite3.Connection, query: Query) -> int:
    """How many articles a query finds, `MOST` at most."""
    return min(len(_ids(conn, query, newest=True)[0]), MOST)


def wider(conn: sqlite3.Connection, query: Query) -> list[tuple[Query, int]]:
    """(query, how many articles it finds, `MOST` at most) of each query with one filter less that finds any; of the one
    without filters, where only that does.
    """
    filters = query.filters
    bare = Query(text=query.text)
    everything = count(conn, bare) if filters else 0
    if not everything:
        return []
    queries = [
        Query(text=query.text, **{other: filters[other] for other in filters if other != name}) for name in filters
    ]
    found = [(each, number) for each in queries if (number := count(conn, each))]
    return found or [(bare, everything)]


def search(
    conn: sqlite3.Connection, text: str, *, language: str | None, limit: int, marks: tuple[str, str]
) -> list[Hit]:
    """The best `limit` articles for what was typed; none for a text without a word."""
    names = [field.name for field in attrs.fields(Row)]
    return [
        Hit(**{name: getattr(match, name) for name in names}, snippet=joined(match.snippet, marks))
        for match in find(conn, Query(text=text, language=language), limit=limit).matches
    ]


def _ids(conn: sqlite3.Connection, query: Query, *, newest: bool) -> tuple[list[int], bool]:
    """The ids of all articles that match, of more than `MOST` one more than that; and whether they are ranked."""
    if not terms(query.text):
        return [], not newest
    match = expression(query.text)
    values: dict[str, object] = {"most": MOST, **query.filters}
    if query.tag is not None:
        tag_ids = _tag_ids(conn, query.tag)
        values["tag_ids"] = str(tag_ids)
        if terms(query.tag):
            match += f" AND {_in_tags(query.tag)}"
    values["match"] = match
    (are_many,) = conn.execute(_ARE_MANY, values).fetchone()
    statement = _NEWEST_OF_MANY if are_many else _NEWEST if newest else _RANKED
    narrowed = "".join(f" AND {_NARROWED[name]}" for name in query.filters)
    ids = [row[0] for row in conn.execute(statement.format(narrowed=narrowed), values)]
    return ids, statement == _RANKED


def _tag_ids(conn: sqlite3.Connection, tag: str) -> list[int]:
    """The ids of a tag in every spelling that articles have it in."""
    folded = fold(tag).split()
    found = conn.execute(_SPELLINGS, (_in_tags(tag), tag))
    return [tag_id for tag_id, printed in found if fold(printed).split() == folded]


def _in_tags(tag: str) -> str:
    words = [word for term in terms(tag) for word in term.words]
    return f'tags : "{" ".join(words)}"'


def _matches(conn: sqlite3.Connection, query: Query, ids: Sequence[int]) -> tuple[Match, ...]:
    """The articles of these ids, in their order."""
    typed = terms(query.text)
    tags: dict[int, list[str]] = {}
    for article_id, tag in conn.execute(_TAGS, (str(list(ids)),)):
        if any(is_hit for _, is_hit in marked(tag, typed)):
            tags.setdefault(article_id, []).append(tag)
    found = {}
    for *row, day, revision, gone_at, body in conn.execute(_FOUND, (str(list(ids)),)):
        article_id, url, site, language, headline, section, published_at, story_id = row
        found[article_id] = Match(
            id=article_id, url=url, site=site, language=language, headline=headline, section=section,
            published_at=published_at, story_id=story_id, published_day=day,
            revision=revision, gone_at=gone_at,
            headline_pieces=marked(headline, typed), snippet=snippet(body, typed),
            tags=tuple(tags.get(article_id, ())),
        )  # fmt: skip
    return tuple(found[article_id] for article_id in ids if article_id in found)
