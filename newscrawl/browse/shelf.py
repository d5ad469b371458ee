"""Which of the databases that datasette serves are archives of ours, and one of them for one request."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

import attrs
from datasette.utils import sqlite_timelimit, tilde_decode
from datasette.utils.asgi import NotFound, Request, Response

from newscrawl.archive.recognising import Recognised, recognise
from newscrawl.errors import NewscrawlError

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database

P = ParamSpec("P")
T = TypeVar("T")
LANGUAGE_NAMES = {"az": "Azerbaijani", "en": "English", "ru": "Russian"}
"""Of languages that sites publish in; others are shown by their code."""
_AGAIN = 1.0
"""Seconds after which a database that is not ours is looked at again: it was empty, or somebody held its lock."""
_found: WeakKeyDictionary[Any, tuple[float, Recognised | None]] = WeakKeyDictionary()


class TooLong(NewscrawlError):
    """The archive took too long to answer."""

    def __init__(self) -> None:
        """The message tells the visitor what to do."""
        super().__init__(
            "The archive took too long to answer: ask for less (fewer days, one language), or let whoever runs it "
            "raise sql_time_limit_ms"
        )


@attrs.frozen(kw_only=True)
class Shelf:
    """An archive, as it is served to one visitor."""

    datasette: Datasette
    database: Database
    archive: Recognised

    @property
    def name(self) -> str:
        """The database's name in addresses: `newscrawl` for `newscrawl.db`."""
        return str(self.database.name)

    @property
    def title(self) -> str:
        """What whoever serves it calls it."""
        return self.said("title") or (f"News archive: {self.name}" if self.neighbours else "News archive")

    def said(self, key: str) -> str | None:
        """What the metadata of whoever serves it says: `title`, `source`, `about_url`."""
        found = self.datasette.metadata(key, database=self.name)
        return str(found) if found else None

    @property
    def neighbours(self) -> bool:
        """Whether other archives, and nothing else, are served beside it."""
        return only_ours(self.datasette) and len(shelves(self.datasette)) > 1

    @property
    def published(self) -> bool:
        """Whether it is a copy made for publishing."""
        return self.archive.published

    def has(self, relation: str) -> bool:
        """Whether it has a table or view; a published copy lacks some."""
        return relation in self.archive.relations

    def url(self, path: str = "") -> str:
        """The address of a page of this archive: `-/news`, `articles/12`; without a path that of all its tables."""
        base = str(self.datasette.urls.database(self.name))
        return f"{base}/{path}" if path else base

    async def page(self, request: Request, name: str, context: Mapping[str, Any]) -> Response:
        """The page that the template `newscrawl/<name>.html` makes of `context`; it is given `shelf`, too."""
        given = {"shelf": self, "database": self.name, "language_names": LANGUAGE_NAMES, **context}
        html = await self.datasette.render_template(f"newscrawl/{name}.html", given, request, view_name=name)
        return Response.html(html)

    async def ask(
        self, question: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """What `question` answers over a connection for reading.

        Raises:
            TooLong: it took longer than `sql_time_limit_ms` allows.
        """

        def within_time(conn: sqlite3.Connection) -> T:
            with sqlite_timelimit(conn, self.datasette.sql_time_limit_ms):
                return question(conn, *args, **kwargs)

        try:
            found: T = await self.database.execute_fn(within_time)
        except sqlite3.OperationalError as error:
            if error.args != ("interrupted",):
                raise
            raise TooLong from error
        return found


def recognised(database: Database) -> Recognised | None:
    """What a database is; None where it is not ours, or not of the version of this newscrawl."""
    found = _recognised(database)
    return found if found and found.current else None


def outdated(database: Database) -> bool:
    """Whether it is an archive of another version of newscrawl."""
    found = _recognised(database)
    return found is not None and not found.current


def shelves(datasette: Datasette) -> list[Shelf]:
    """The archives that are served."""
    return [
        Shelf(datasette=datasette, database=database, archive=found)
        for database in datasette.databases.values()
        if (found := recognised(database))
    ]


def only_ours(datasette: Datasette) -> bool:
    """Whether nothing else is served."""
    others = [name for name in datasette.databases if name != "_internal"]
    return bool(others) and len(shelves(datasette)) == len(others)


def shelf_named(datasette: Datasette, name: str) -> Shelf | None:
    """The archive that is served under the name of a database; None where that is none of ours."""
    database = datasette.databases[name]
    found = recognised(database)
    return Shelf(datasette=datasette, database=database, archive=found) if found else None


def shelf_at(datasette: Datasette, path: str) -> Shelf | None:
    """The archive that the page at a path is of, `/newscrawl/articles`; None for other pages."""
    base = datasette.setting("base_url")
    route = tilde_decode(path.removeprefix(base).lstrip("/").split("/", 1)[0].partition(".")[0])
    return next((shelf for shelf in shelves(datasette) if shelf.database.route == route), None)


async def shelf_of(datasette: Datasette, request: Request, *tables: str) -> Shelf:
    """The archive that a request's `database` names, for who may see its articles and these tables.

    Raises:
        NotFound: there is none of that name, or it is not ours.
        Forbidden: the visitor may not see it.
    """
    route = tilde_decode(request.url_vars["database"])
    found = next((each for each in shelves(datasette) if each.database.route == route), None)
    if found is None:
        raise NotFound(f"No archive of newscrawl is served as {route}")
    for table in ("articles", *tables):
        asked = [("view-table", (found.name, table)), ("view-database", found.name), "view-instance"]
        await datasette.ensure_permissions(request.actor, asked)
    return found


async def may_be_seen(datasette: Datasette, actor: Any, shelf: Shelf) -> bool:
    """Whether a visitor may know of an archive."""
    visible, _ = await datasette.check_visibility(actor, permissions=[("view-database", shelf.name), "view-instance"])
    return bool(visible)


def _recognised(database: Database) -> Recognised | None:
    if (kept := _found.get(database)) and (kept[1] or kept[0] > time.monotonic() - _AGAIN):
        return kept[1]
    found = _look(database)
    _found[database] = (time.monotonic(), found)
    return found


def _look(database: Database) -> Recognised | None:
    """By a connection of its own, which waits for nobody: hooks that are no coroutines ask, too."""
    if database.is_memory or not database.path:
        return None
    mode = "mode=ro" if database.is_mutable else "immutable=1"
    try:
        with closing(
            sqlite3.connect(f"{Path(database.path).absolute().as_uri()}?{mode}", uri=True, timeout=0.2)
        ) as conn:
            return recognise(conn)
    except sqlite3.DatabaseError:
        # What is wrong with the file datasette says itself
        return None
