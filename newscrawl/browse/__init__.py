"""The reading room: a datasette plugin that makes an archive a place to read, found by its entry point.

Here are the hooks, each of which calls a module. On a database that is not ours they do nothing.

- `shelf`: which databases are archives; one of them for one request. `safety`: what keeps text of publishers harmless.
- `labels`: what datasette's frame lacks for readers who do not see it.
- `faults`: what a visitor is told where a page cannot be shown.
- `routes`: which address shows which page. `front`: the newest articles.
- `searching`: the search page. `folding`: datasette's own search box.
- `articles` (by way of `opening`; `wording` has the words): the page of an article. `comparison`: what changed in it.
  `permalinks`, `citations`: how to refer to it. `stored_pages` (made `harmless`): what it was read from.
- `charts` (the page), `charts_asked`, `charts_of_articles`, `charts_of_harvest`, `chart` (a value), `spans` (of time).
- `metadata`: what tables, columns and queries are called. `lists`: the forms of queries. `cells`, `tables`: datasette's
  own pages of an archive. `feeds`, `atom`: lists as feeds.
"""

from __future__ import annotations

import sqlite3
import sys
from typing import TYPE_CHECKING, Any

from datasette import hookimpl
from datasette.utils.asgi import Request
from jinja2 import Environment

from newscrawl.browse import cells, faults, feeds, folding, labels, lists, metadata, routes, safety, shelf, tables

# Datasette loads its plugins while it is imported itself: of it, nothing here may be imported at once but its leaves
if TYPE_CHECKING:
    from datasette.app import Datasette


@hookimpl
def startup(datasette: Datasette) -> None:
    """Say what is left alone, and leave out what a large archive is too large for."""
    for each in shelf.shelves(datasette):
        if each.database.is_mutable:
            tables.count_quickly(each.database)
    for database in datasette.databases.values():
        if shelf.outdated(database):
            print(  # noqa: T201
                f"{database.path} was written by another version of newscrawl and is shown as plain tables: "
                "newscrawl browse brings an older archive up to date, newscrawl publish makes a copy anew",
                file=sys.stderr,
            )
    if shelf.only_ours(datasette):
        # It would ask a question per column of each table, most of them over all rows
        datasette._settings["suggest_facets"] = False
        faults.print_less()


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Any:
    """Headers that keep text of publishers harmless."""
    return lambda app: safety.guarded(app, datasette)


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """The same for templates, and labels for readers who do not see the page."""
    safety.prepare(env)
    labels.prepare(env)


@hookimpl
def get_metadata(datasette: Datasette, key: str | None) -> dict[str, Any]:
    """What tables, columns and queries are called."""
    return metadata.metadata(datasette, key)


@hookimpl
def register_output_renderer() -> dict[str, Any]:
    """Lists as feeds."""
    return feeds.renderer()


@hookimpl
def render_cell(row: Any, value: Any, column: str, table: str | None, database: str, datasette: Datasette) -> Any:
    """Links, times and short texts in tables."""
    found = shelf.shelf_named(datasette, database)
    return cells.rendered(cells.Cell(found, table, column, value, row)) if found else None


@hookimpl(trylast=True)
def filters_from_request(request: Request, database: str, table: str, datasette: Datasette) -> Any:
    """The search box of our tables. Last, since datasette says of tables like ours that they cannot be searched."""
    return tables.search_filter(shelf.shelf_named(datasette, database), table, request)


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """Our pages."""
    return routes.ROUTES


@hookimpl
def extra_template_vars(datasette: Datasette, request: Request | None, template: str) -> Any:
    """What the frame of each page needs, its nonce and the archive that it is of; what the form of a list offers."""
    if request is None or safety.NONCE not in request.scope:
        return {}
    served = shelf.shelves(datasette)
    at = shelf.shelf_at(datasette, request.path) or (served[0] if len(served) == 1 else None)

    async def given() -> dict[str, Any]:
        found = at if at and await shelf.may_be_seen(datasette, request.actor, at) else None
        offered = await lists.fields(found, request) if found and template == "query.html" else {}
        return {safety.NONCE: request.scope[safety.NONCE], "shelf": found, "fields": offered}

    return given


@hookimpl
def extra_css_urls(datasette: Datasette, request: Request | None) -> list[str]:
    """The looks of our pages."""
    if request is None or safety.NONCE not in request.scope:
        return []
    return [datasette.urls.static_plugins("newscrawl", name) for name in ("newscrawl.css", "datasette.css")]


@hookimpl
def handle_exception(datasette: Datasette, request: Request, exception: Exception) -> Any:
    """What a visitor is told where a page of ours cannot be shown."""
    return faults.answer(datasette, request, exception) if safety.NONCE in request.scope else None


@hookimpl(trylast=True)
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Search that forgives spelling, in datasette's own search box. Last, since datasette names the same function."""
    folding.install(conn)
