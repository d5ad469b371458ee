"""Datasette's own pages of our tables: without what takes long on a large archive and tells little."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import BadRequest, Request, Response

from newscrawl.archive import tables
from newscrawl.archive.tables import SEARCHED
from newscrawl.browse.shelf import Shelf, shelf_at

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database

UNCOUNTED = ("edits", "provenance", "revisions", "snapshots", "url_aliases", "urls")
"""Views that join tables, and the largest table: to count their rows is to read all of them."""
UNLINKED = ("runs", "snapshot_rows", "snapshot_types", "source_sets")
"""Tables to which others point by columns without an index: to count what points to a row is to read them whole."""
_BROAD = "newscrawl_broad_search"
_PARTS = ("headline", "body", "tags")
_SEARCH = "_search"


def count_quickly(database: Database) -> None:
    """Let datasette count the rows of large tables only where their own page asks for it."""

    async def table_counts(limit: int = 10) -> dict[str, int | None]:
        found: dict[str, int | None] = await database.execute_fn(tables.counts)
        return found

    database.table_counts = table_counts


async def uncounted(datasette: Datasette, request: Request) -> Response:
    """The page of a view; of one of ours, without the number of its rows unless somebody asks for it."""
    if shelf_at(datasette, request.path) is not None:
        request = _not_counting(request)
    return await _table(datasette, request)


async def searched(datasette: Datasette, request: Request) -> Response:
    """The page of a table that can be searched; where very much is found, without the number."""
    shelf = shelf_at(datasette, request.path)
    typed = request.args.get(_SEARCH)
    if shelf is not None and typed and await shelf.ask(tables.is_broad, typed):
        request = _not_counting(request, **{_BROAD: True})
    return await _table(datasette, request)


async def unlinked(datasette: Datasette, request: Request) -> Response:
    """The page of a row; of one of ours, without the number of rows of other tables that point to it."""
    from datasette.views.row import RowView

    class PlainRow(RowView):  # type: ignore[misc]
        async def foreign_key_tables(self, database: str, table: str, pk_values: list[str]) -> list[object]:
            return []

    view = RowView if shelf_at(datasette, request.path) is None else PlainRow
    return await view(datasette).dispatch_request(request)


def search_filter(shelf: Shelf | None, table: str, request: Request) -> Any:
    """The search box of a table: what of its rows is found. None where it has none of ours.

    Raises:
        BadRequest: a part of articles was named that is not searched.
    """
    from datasette.filters import FilterArguments

    if shelf is None or table not in SEARCHED or "_fts_table" in request.args:
        return None
    found = FilterArguments([], {}, [], {"supports_search": True})
    asked = [key for key in request.args if key == _SEARCH or key.startswith(f"{_SEARCH}_")]
    for n, key in enumerate(asked):
        part, typed = key.removeprefix(_SEARCH).removeprefix("_"), request.args[key]
        if part and part not in _PARTS:
            raise BadRequest(f"Search in one of {', '.join(_PARTS)}: {_SEARCH}_headline")
        if not typed:
            continue
        within, param, broad = part or "articles_fts", f"search_{n}", request.scope.get(_BROAD, False)
        found.where_clauses.append(tables.clause(table, within, param, raw=_is_raw(request), broad=broad))
        found.params[param] = typed
        found.human_descriptions.append(f'with "{typed}"' + (f" in {part}" if part else ""))
        found.extra_context["search"] = typed
    return found


async def _table(datasette: Datasette, request: Request) -> Response:
    from datasette.views.table import TableView

    return await TableView(datasette).dispatch_request(request)


def _is_raw(request: Request) -> bool:
    return bool(request.args.get("_searchmode") == "raw")


def _not_counting(request: Request, **marks: bool) -> Request:
    if "_nocount" in request.args:
        return Request(request.scope | marks, request.receive)
    query = f"{request.query_string}&_nocount=1".lstrip("&")
    return Request(request.scope | marks | {"query_string": query.encode("latin-1")}, request.receive)
