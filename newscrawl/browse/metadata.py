"""What tables, columns and queries are called: `metadata.yml`, as far as a database has them, and the canned queries.

Datasette lets a user's own metadata win, key by key. It writes into what it is given: so each answer is made anew.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datasette.utils import parse_metadata

from newscrawl.archive.canned import canned
from newscrawl.browse import shelf as shelves
from newscrawl.browse.shelf import Shelf

if TYPE_CHECKING:
    from datasette.app import Datasette

# What is asked for by one of these names only, for every page and table: of it nothing is here
_NOT_HERE = frozenset({"allow", "allow_sql", "extra_css_urls", "extra_js_urls", "plugins", "tables"})


FACETED = 200_000
"""Articles up to which their page counts them by what they have; to count more takes longer than a reader waits."""
FACETS = ("language", "section", "published_day")


def metadata(datasette: Datasette, key: str | None) -> dict[str, Any]:
    """What datasette is told of the archives, in the form of its metadata, where it looks for `key`."""
    served = [] if key in _NOT_HERE else shelves.shelves(datasette)
    return {"databases": {shelf.name: _of(shelf, key) for shelf in served}} if served else {}


def _of(shelf: Shelf, key: str | None) -> dict[str, Any]:
    if key == "queries":
        return {"queries": _queries(shelf)}
    said = _described()
    tables = {
        name: table | {"columns": dict(table["columns"])} for name, table in said["tables"].items() if shelf.has(name)
    }
    if shelf.archive.articles <= FACETED:
        tables["articles"]["facets"] = list(FACETS)
    return {"description": said["description"], "tables": tables, "queries": _queries(shelf)}


def _queries(shelf: Shelf) -> dict[str, Any]:
    """`group` and `feed` are ours: templates read them."""
    return {
        query.name: {
            "title": query.title, "description": query.description, "sql": query.sql, "params": list(query.params),
            "hide_sql": True, "group": query.group, "feed": query.is_feed,
        }
        for query in canned(shelf.archive.relations).values()
    }  # fmt: skip


@cache
def _described() -> dict[str, Any]:
    text = Path(__file__).with_name("metadata.yml").read_text(encoding="utf-8")
    found: dict[str, Any] = parse_metadata(text)
    return found
