"""Canned queries: what readers of an archive ask most, each with a name, words and its SQL.

Every parameter is a text and may be empty, which does not narrow the question. Each query is bounded by an index and a
number of rows. `canned_articles`, `canned_changes`, `canned_harvest`: the queries by what they are about.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import lru_cache

from newscrawl.archive import canned_articles, canned_changes, canned_harvest
from newscrawl.archive.canned_values import CannedQuery

ALL: tuple[CannedQuery, ...] = (*canned_articles.QUERIES, *canned_changes.QUERIES, *canned_harvest.QUERIES)
"""In the order in which readers are shown them. Of two with one name the first is the one that says more."""


@lru_cache(maxsize=32)
def canned(relations: AbstractSet[str]) -> dict[str, CannedQuery]:
    """The queries that a database with these tables and views can answer, by name."""
    found: dict[str, CannedQuery] = {}
    for query in ALL:
        if query.needs <= relations:
            found.setdefault(query.name, query)
    return found
