"""The page of an article, instead of datasette's page of a row."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import attrs
from datasette.utils.asgi import Request, Response

from newscrawl.archive import absent, article, history
from newscrawl.archive.absent import Absence
from newscrawl.archive.article import Text, Title
from newscrawl.archive.changes import changes
from newscrawl.archive.values import Revision
from newscrawl.browse import permalinks, wording
from newscrawl.browse.citations import citation
from newscrawl.browse.moments import Moment
from newscrawl.browse.opening import Opened, open_article
from newscrawl.browse.permalinks import spellings
from newscrawl.browse.shelf import Shelf, shelf_at, shelf_of

if TYPE_CHECKING:
    from datasette.app import Datasette


@attrs.frozen(kw_only=True)
class Around:
    """What only the page of an article needs."""

    texts: Sequence[Text]
    """Versions in other languages that are read beside it."""
    absence: Absence | None
    """The last time in which its page was not there."""
    moved_to: int | None
    """The article at the address to which it moved, where the archive has that."""
    snapshot: int | None
    """The stored page that the state which is shown was read from."""


@attrs.frozen(kw_only=True)
class Version:
    """A state in the list of all."""

    state: Revision
    seen: Moment
    modified: Moment | None
    """The publisher's own word, where it is a new one."""
    what: str
    """What changed, in words; empty for the first one."""
    notes: Sequence[wording.Note]


@attrs.frozen(kw_only=True)
class Language:
    """The same story in another language."""

    title: Title
    is_beside: bool
    query: str | None
    """Of the page with it beside the text, or without it where it is; None where it cannot be."""


async def page(datasette: Datasette, request: Request) -> Response:
    """The article of an id; of a database that is not ours, the row."""
    if shelf_at(datasette, request.path) is None:
        from datasette.views.row import RowView

        return await RowView(datasette).dispatch_request(request)
    shelf = await shelf_of(datasette, request)
    opened = await open_article(shelf, request.url_vars["pks"], request.args.get("revision"))
    beside = _beside(opened, request.args.getlist("beside"))
    around = await shelf.ask(_around, shelf, opened, beside)
    context = {
        "opened": opened,
        "entry": opened.entry,
        "state": opened.state,
        "around": around,
        "versions": await asyncio.to_thread(_versions, opened),
        "languages": list(_languages(opened, beside)),
        "citation": citation(shelf, request, opened),
        "words": wording,
        "paragraphs": paragraphs,
        "has_pages": shelf.has("snapshots"),
    }
    response = await shelf.page(request, "article", context)
    if request.args.get("revision"):
        response.headers |= permalinks.headers(shelf, request, opened)
    return response


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a body."""
    return text.split("\n\n")


def _around(conn: sqlite3.Connection, shelf: Shelf, opened: Opened, beside: Sequence[int]) -> Around:
    entry = opened.entry
    absences = tuple(absent.of_article(conn, entry.id)) if shelf.has("absences") else ()
    moved_to = absences[-1].moved_to if absences else None
    found = history.find(conn, spellings(moved_to)) if moved_to else None
    return Around(
        texts=article.texts(conn, beside),
        absence=absences[-1] if absences else None,
        moved_to=found[0] if found else None,
        snapshot=opened.state.snapshot_id if shelf.has("snapshots") else None,
    )


def _versions(opened: Opened) -> list[Version]:
    """The last one first."""
    found: list[Version] = []
    told = None
    for state, difference in zip(opened.states, changes(opened.states), strict=True):
        modified = state.modified_at if state.modified_at != told else None
        version = Version(
            state=state,
            seen=opened.at(state.seen_at),
            modified=opened.at(modified) if modified else None,
            what=wording.what_changed(difference) if found else "",
            notes=list(wording.notes(state, difference)),
        )
        found.append(version)
        told = state.modified_at
    return found[::-1]


def _beside(opened: Opened, asked: Sequence[str]) -> list[int]:
    """Ids of the articles of its story that are asked for by their languages, in this order."""
    first: dict[str, int] = {}
    for title in opened.entry.story:
        first.setdefault(title.language, title.id)
    return [first[language] for language in dict.fromkeys(asked) if language in first]


def _languages(opened: Opened, beside: Sequence[int]) -> Iterator[Language]:
    languages = {title.id: title.language for title in opened.entry.story}
    shown = [languages[each] for each in beside]
    for title in opened.entry.story:
        is_beside = title.id in beside
        if title.language in shown and not is_beside:
            # Another article of a language that is there already
            yield Language(title=title, is_beside=False, query=None)
            continue
        after = [each for each in shown if each != title.language] if is_beside else [*shown, title.language]
        values = [] if opened.is_current else [("revision", str(opened.state.revision))]
        values += [("beside", language) for language in after]
        yield Language(title=title, is_beside=is_beside, query=f"?{urlencode(values)}" if values else "")
