"""Full-text search that forgives spelling: from what people type to articles, with a piece of each as printed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import attrs

from newscrawl.archive import hits
from newscrawl.archive.hits import Query
from newscrawl.archive.snippets import Piece, joined, marked, snippet
from newscrawl.archive.terms import terms
from newscrawl.archive.values import Hit, Row

_FOUND = """
SELECT id, url, site, language, headline, section, published_at, story_id, published_day, revision, gone_at, body
FROM articles WHERE id IN (SELECT value FROM json_each(?))
"""
_TAGS = """
SELECT article_id, tag FROM article_tags JOIN tags ON tags.id = tag_id
WHERE article_id IN (SELECT value FROM json_each(?)) ORDER BY article_id, position
"""


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
    ids, are_ranked = hits.ids(conn, query, newest=newest)
    page = ids[: hits.MOST][max(offset, 0) :][: max(limit, 0)]
    return Found(
        matches=_matches(conn, query, page),
        total=min(len(ids), hits.MOST),
        are_more=len(ids) > hits.MOST,
        are_ranked=are_ranked,
    )


def count(conn: sqlite3.Connection, query: Query) -> int:
    """How many articles a query finds, `MOST` at most."""
    return min(len(hits.ids(conn, query, newest=True)[0]), hits.MOST)


def wider(conn: sqlite3.Connection, query: Query) -> list[tuple[Query, int]]:
    """(query, how many articles it finds, `MOST` at most) of each query with one filter less that finds any; of the one
    without filters, where only that does.
    """
    filters = query.filters
    queries = [
        Query(text=query.text, **{other: filters[other] for other in filters if other != name}) for name in filters
    ]
    found = [(each, number) for each in queries if (number := count(conn, each))]
    bare = Query(text=query.text)
    if found or bare in (query, *queries):
        return found
    everything = count(conn, bare)
    return [(bare, everything)] if everything else []


def search(
    conn: sqlite3.Connection, text: str, *, language: str | None, limit: int, marks: tuple[str, str]
) -> list[Hit]:
    """The best `limit` articles for what was typed; none for a text without a word."""
    names = [field.name for field in attrs.fields(Row)]
    return [
        Hit(**{name: getattr(match, name) for name in names}, snippet=joined(match.snippet, marks))
        for match in find(conn, Query(text=text, language=language), limit=limit).matches
    ]


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
            published_at=published_at, story_id=story_id, published_day=day, revision=revision, gone_at=gone_at,
            headline_pieces=marked(headline, typed), snippet=snippet(body, typed), tags=tuple(tags.get(article_id, ())),
        )  # fmt: skip
    return tuple(found[article_id] for article_id in ids if article_id in found)
