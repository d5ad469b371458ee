"""The search page: what was typed and chosen, what is found, and what to try where nothing is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

import attrs
from datasette.utils.asgi import Request, Response

from newscrawl.archive import hits
from newscrawl.archive.hits import Query
from newscrawl.archive.newest import Narrowed
from newscrawl.archive.search import find, wider
from newscrawl.archive.spelling import near
from newscrawl.archive.terms import terms
from newscrawl.browse.front import filters
from newscrawl.browse.moments import is_day, zones_of
from newscrawl.browse.shelf import Shelf, TooLong, shelf_of

if TYPE_CHECKING:
    from datasette.app import Datasette

T = TypeVar("T")
PER_PAGE = 20
_FILTERS = ("site", "language", "section", "tag", "since", "until")
_DAYS = ("since", "until")
_WITHOUT = {
    "site": "on any site", "language": "in any language", "section": "in any section", "tag": "with any tag",
    "since": "from any day on", "until": "up to any day", "": "without filters",
}  # fmt: skip


@attrs.frozen(kw_only=True)
class Asked:
    """What a request asks for."""

    query: Query
    newest: bool
    """Whether the newest come first, instead of the best."""
    page: int
    """1, 2, …"""
    no_days: tuple[str, ...]
    """What was given for a day and is none."""

    def link(self, query: Query | None = None, page: int = 1) -> str:
        """The address, from the `?` on, of a page of the same or another query."""
        query = query or self.query
        values = {"q": query.text, **query.filters}
        if self.newest:
            values["sort"] = "newest"
        if page > 1:
            values["page"] = str(page)
        return "?" + urlencode(values, errors="replace")


async def search(datasette: Datasette, request: Request) -> Response:
    """The form, and what is found of what was typed."""
    shelf = await shelf_of(datasette, request)
    asked = asked_of(request)
    query = asked.query
    context: dict[str, Any] = {
        "asked": asked, "query": query, "most": hits.MOST, **await filters(shelf, Narrowed(language=query.language)),
    }  # fmt: skip
    if terms(query.text):
        found = await shelf.ask(
            find, query, newest=asked.newest, offset=PER_PAGE * (asked.page - 1), limit=PER_PAGE
        )  # fmt: skip
        last = -(-found.total // PER_PAGE)
        context |= {
            "found": found,
            "last": last,
            "zones": await zones_of(shelf),
            "previous": asked.link(page=min(asked.page - 1, last)) if asked.page > 1 and found.total else None,
            "next": asked.link(page=asked.page + 1) if asked.page < last else None,
            **(await _instead(shelf, asked) if not found.total else {}),
        }
    return await shelf.page(request, "search", context)


async def describe(datasette: Datasette, request: Request) -> Response:
    """What a browser needs to know to offer the search in its own box (OpenSearch 1.1)."""
    shelf = await shelf_of(datasette, request)
    address = datasette.absolute_url(request, shelf.url("-/search"))
    xml = await datasette.render_template("newscrawl/opensearch.xml", {"shelf": shelf, "address": address}, request)
    return Response(xml, content_type="application/opensearchdescription+xml; charset=utf-8")


def asked_of(request: Request) -> Asked:
    """What the form of a request says; what cannot be is left out."""
    given = {name: value for name in _FILTERS if (value := (request.args.get(name) or "").strip())}
    no_days = [name for name in _DAYS if name in given and not is_day(given[name])]
    page = request.args.get("page") or ""
    return Asked(
        query=Query(
            text=(request.args.get("q") or "").strip(),
            **{name: value for name, value in given.items() if name not in no_days},
        ),
        newest=request.args.get("sort") == "newest",
        page=max(int(page), 1) if page.isdecimal() and len(page) < 6 else 1,
        no_days=tuple(given[name] for name in no_days),
    )


async def _instead(shelf: Shelf, asked: Asked) -> dict[str, Any]:
    """What to try where nothing is found: near spellings (text, address), fewer filters (what, count, address)."""
    query = asked.query
    spellings = await _in_time(shelf, near, query)
    fewer = await _in_time(shelf, wider, query)
    return {
        "near": [(text, asked.link(attrs.evolve(query, text=text))) for text in spellings],
        "wider": [(_without(query, other), number, asked.link(other)) for other, number in fewer],
    }


async def _in_time(shelf: Shelf, question: Callable[[sqlite3.Connection, Query], list[T]], query: Query) -> list[T]:
    """What a question answers; nothing where that takes too long: that nothing is found is worth a page by itself."""
    try:
        return await shelf.ask(question, query)
    except TooLong:
        return []


def _without(query: Query, other: Query) -> str:
    left_out = [name for name in query.filters if name not in other.filters]
    return _WITHOUT[left_out[0] if len(left_out) == 1 else ""]
