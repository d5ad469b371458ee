"""Stored pages: what a publisher's server answered, as text, and as it looks when nothing in it can act."""

from __future__ import annotations

import asyncio
import os
import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import attrs
from datasette.utils.asgi import NotFound, Request, Response
from w3lib.encoding import html_to_unicode

from newscrawl.archive.stored import MOST as MOST_LISTED
from newscrawl.archive.stored import StoredPage, fetches, stored_page
from newscrawl.browse.harmless import harmless
from newscrawl.browse.moments import zones_of
from newscrawl.browse.opening import open_article
from newscrawl.browse.shelf import Shelf, shelf_of
from newscrawl.errors import DamagedRecord, MissingWarc
from newscrawl.exchanges import Headers, Place
from newscrawl.warc.decoding import page_of
from newscrawl.warc.names import folder_of, site_of
from newscrawl.warc.reading import read

if TYPE_CHECKING:
    from datasette.app import Datasette

MOST_SHOWN = 500_000
"""Characters of a source that are shown within a page; as a text of its own it is whole."""
HARMLESS = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
"""The policy under which a publisher's page is shown: nothing in it runs, and nothing is loaded for it."""
_HTML = ("text/html", "application/xhtml+xml")
_TEXT = re.compile(r"text/.*|application/(?:.+\+)?(?:json|xml)|")


@attrs.frozen(kw_only=True)
class Source:
    """What a stored exchange holds."""

    first_line: str
    """`HTTP/1.1 200 OK`."""
    headers: Headers
    text: str | None
    """The body; None where it is no text."""
    size: int
    """Of the body, in bytes, without its content encoding."""


async def fetched(datasette: Datasette, request: Request) -> Response:
    """Every time that an article's page was asked for.

    It is a page of its own: among a million addresses many end alike, and those are looked through.
    """
    shelf = await _shelf(datasette, request)
    opened = await open_article(shelf, request.url_vars["id"])
    context = {
        "opened": opened,
        "entry": opened.entry,
        "fetches": await shelf.ask(fetches, opened.entry.addresses),
        "most": MOST_LISTED,
    }
    return await shelf.page(request, "fetches", context)


async def page(datasette: Datasette, request: Request) -> Response:
    """The stored page with its headers; with `?raw=1` its source alone."""
    shelf, stored = await _stored(datasette, request)
    source, lacking = await _source(shelf, stored)
    if request.args.get("raw"):
        if source is None or source.text is None:
            raise NotFound(lacking or "The stored page is no text")
        return Response.text(source.text)
    context = {
        "stored": stored,
        "source": source,
        "lacking": lacking,
        "is_html": _is_html(stored),
        "zones": await zones_of(shelf),
        "site": site_of(stored.place.file) if stored.place else None,
        "most": MOST_SHOWN,
    }
    return await shelf.page(request, "stored", context)


async def render(datasette: Datasette, request: Request) -> Response:
    """The publisher's HTML, harmless; for a frame."""
    shelf, stored = await _stored(datasette, request)
    source, lacking = await _source(shelf, stored)
    if source is None or source.text is None or not _is_html(stored):
        raise NotFound(lacking or "The stored page is no HTML")
    # A large page takes a second or two, in which others are answered
    page = await asyncio.to_thread(harmless, source.text)
    return Response.html(page, headers={"Content-Security-Policy": HARMLESS})


async def _shelf(datasette: Datasette, request: Request) -> Shelf:
    shelf = await shelf_of(datasette, request, "snapshots")
    if not shelf.has("snapshots"):
        raise NotFound("This copy of an archive was made for publishing: it has no stored pages")
    return shelf


async def _stored(datasette: Datasette, request: Request) -> tuple[Shelf, StoredPage]:
    shelf = await _shelf(datasette, request)
    number = int(request.url_vars["id"])
    found = await shelf.ask(stored_page, number)
    if found is None:
        raise NotFound(f"The archive has no stored page {number}")
    return shelf, found


async def _source(shelf: Shelf, stored: StoredPage) -> tuple[Source | None, str | None]:
    """What it holds, or why that is not to be had."""
    folder = folder_of(shelf.database.path, os.environ.get("NEWSCRAWL_WARC_DIR", ""))
    places = [place for place in (stored.place, stored.original) if place]
    if stored.place is None or not all(map(_is_inside, places)):
        return None, "The archive does not say in which file it lies; newscrawl check tells what is wrong"
    try:
        return await asyncio.to_thread(_read, folder, stored.place, stored.original), None
    except MissingWarc:
        files = " and ".join(place.file for place in places if not (folder / place.file).exists())
        return None, (
            f"Its file {files} is not there: copy it back into the archive's folder of raw pages (warc beside the "
            "database, or the one that NEWSCRAWL_WARC_DIR names)"
        )
    except DamagedRecord as error:
        return None, f"It cannot be read ({error}); newscrawl check tells more"


def _is_inside(place: Place) -> bool:
    """Whether a file's name, which comes out of the database, stays in the folder of raw pages."""
    path = PurePosixPath(place.file)
    return not path.is_absolute() and ".." not in path.parts


def _read(folder: Path, place: Place, original: Place | None) -> Source:
    record = read(folder, place)
    stored = page_of(record.exchange(read(folder, original).payload if original else None))
    named = {name.lower(): value for name, value in record.headers}
    is_text = _TEXT.fullmatch(named.get("content-type", "").partition(";")[0].strip().lower())
    return Source(
        first_line=record.first_line,
        headers=record.headers,
        text=text_of(stored.body, named.get("content-type")) if is_text else None,
        size=len(stored.body),
    )


def text_of(body: bytes, content_type: str | None) -> str:
    """A body as text: UTF-8 if it is, else as the header, then the page itself says.

    Text of another encoding is hardly ever UTF-8 by chance, while many a server names another one.
    """
    if not body.isascii():
        try:
            return body.decode("utf-8-sig")
        except UnicodeDecodeError:
            pass
    _, text = html_to_unicode(content_type, body, default_encoding="cp1252")
    return text


def _is_html(stored: StoredPage) -> bool:
    return stored.content_type in _HTML
