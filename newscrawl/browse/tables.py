"""Datasette's own pages of our tables, without what takes long on a large archive and tells little."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datasette.utils.asgi import Request, Response

from newscrawl.browse.shelf import shelf_at

if TYPE_CHECKING:
    from datasette.app import Datasette

UNCOUNTED = ("edits", "provenance", "revisions", "urls")
"""Views that join tables: to count their rows is to read all of them."""
UNLINKED = ("runs", "snapshot_rows", "snapshot_types", "source_sets")
"""Tables to which others point by columns without an index: to count what points to a row is to read them whole."""


async def uncounted(datasette: Datasette, request: Request) -> Response:
    """The page of a view; of one of ours, without the number of its rows unless somebody asks for it."""
    from datasette.views.table import TableView

    if shelf_at(datasette, request.path) is not None and "_nocount" not in request.args:
        query = f"{request.query_string}&_nocount=1".lstrip("&")
        request = Request(request.scope | {"query_string": query.encode("latin-1")}, request.receive)
    return await TableView(datasette).dispatch_request(request)


async def unlinked(datasette: Datasette, request: Request) -> Response:
    """The page of a row; of one of ours, without the number of rows of other tables that point to it."""
    from datasette.views.row import RowView

    class PlainRow(RowView):  # type: ignore[misc]
        async def foreign_key_tables(self, database: str, table: str, pk_values: list[str]) -> list[object]:
            return []

    view = RowView if shelf_at(datasette, request.path) is None else PlainRow
    return await view(datasette).dispatch_request(request)
