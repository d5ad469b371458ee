"""Canned queries as Atom feeds: the address of a list with `.atom`. A page that names them all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode, urlsplit

from datasette.utils.asgi import NotFound, Request, Response

from newscrawl.archive import newest
from newscrawl.archive.canned import canned
from newscrawl.archive.canned_values import CannedQuery
from newscrawl.archive.entries import Entry, entries
from newscrawl.browse import atom
from newscrawl.browse.atom import Feed, FeedEntry
from newscrawl.browse.safety import web_link
from newscrawl.browse.shelf import Shelf, shelf_at, shelf_of
from newscrawl.times import utc_now

if TYPE_CHECKING:
    from datasette.app import Datasette

Row = Mapping[str, Any]


def renderer() -> dict[str, Any]:
    """The output format `atom`, as datasette is told of it."""
    return {"extension": "atom", "render": render, "can_render": can_render}


def can_render(datasette: Datasette, request: Request, query_name: str | None, columns: Sequence[str]) -> bool:
    """Whether a list can be had as a feed."""
    return _feed_of(datasette, request, query_name, columns) is not None


async def render(
    datasette: Datasette, request: Request, query_name: str | None, columns: Sequence[str], rows: Sequence[Row],
    data: Mapping[str, Any],
) -> Response:  # fmt: skip
    """The feed of a list.

    Raises:
        NotFound: what was asked for makes no feed.
    """
    if data.get("error"):
        return Response.text(str(data["error"]), status=400)
    found = _feed_of(datasette, request, query_name, columns)
    if found is None:
        raise NotFound("There is no feed of this: /-/feeds of the archive names those that there are")
    shelf, query = found
    told = await shelf.ask(entries, [row["article_id"] for row in rows])
    asked = {name: value for name in query.params if (value := request.args.get(name))}
    # A query of the user's own may list what is no article, or did not happen
    listed = [
        _entry(shelf, request, query, row, told[row["article_id"]])
        for row in rows if row["article_id"] in told and row[query.event or ""] and row["headline"]
    ]  # fmt: skip
    body = atom.written(_feed(shelf, request, query, asked, listed))
    mark = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return Response(body, headers={"ETag": mark}, content_type=f"{atom.MEDIA_TYPE}; charset=utf-8")


async def feed(datasette: Datasette, request: Request) -> Response:
    """The feed of a list, or word that the reader has it already."""
    from datasette.views.table import TableView

    response: Response = await TableView(datasette).dispatch_request(request)
    mark = response.headers.get("ETag")
    if mark and mark in request.headers.get("if-none-match", ""):
        return Response("", status=304, headers=response.headers)
    return response


async def page(datasette: Datasette, request: Request) -> Response:
    """The feeds that there are."""
    shelf = await shelf_of(datasette, request)
    feeds = [query for query in canned(shelf.archive.relations).values() if query.is_feed]
    context = {
        "feeds": [query for query in feeds if not set(query.params) & {"tag", "author", "section"}],
        "languages": sorted({language for _, language in await shelf.ask(newest.languages)}),
        "sections": await shelf.ask(newest.sections),
    }
    return await shelf.page(request, "feeds", context)


def _feed_of(
    datasette: Datasette, request: Request, query_name: str | None, columns: Sequence[str]
) -> tuple[Shelf, CannedQuery] | None:
    """The list, unless a query of the user's own has its name and answers something else."""
    shelf = shelf_at(datasette, request.path)
    query = canned(shelf.archive.relations).get(query_name or "") if shelf else None
    if shelf is None or query is None or query.event is None:
        return None
    return (shelf, query) if {query.event, "article_id", "headline"} <= set(columns) else None


def _feed(
    shelf: Shelf, request: Request, query: CannedQuery, asked: Mapping[str, str], listed: Sequence[FeedEntry]
) -> Feed:
    narrowed = f": {', '.join(asked.values())}" if asked else ""
    more = f"?{urlencode(asked)}" if asked else ""
    return Feed(
        title=f"{query.title}{narrowed} ({shelf.title})", subtitle=query.description, author=shelf.title,
        address=shelf.datasette.absolute_url(request, shelf.url(f"{query.name}.atom{more}")),
        page=shelf.datasette.absolute_url(request, shelf.url(f"{query.name}{more}")),
        # Of nothing there is to say that it was so until now
        updated=max((entry.updated for entry in listed), default=utc_now()), entries=listed,
    )  # fmt: skip


def _entry(shelf: Shelf, request: Request, query: CannedQuery, row: Row, article: Entry) -> FeedEntry:
    happened = row[query.event or ""]
    revision = row["revision"] if "revision" in row.keys() else None  # noqa: SIM118
    if query.event == "published_at":
        state, updated, path = "", max(happened, article.changed_at or ""), f"articles/{article.id}"
    elif revision:
        state, updated = f";state={revision}", happened
        path = f"-/diff/{article.id}?" + urlencode({"from": revision - 1, "to": revision})
    else:
        state, updated, path = f";since={happened}", happened, f"articles/{article.id}"
    return FeedEntry(
        id=_permanent(article) + state, title=row["headline"], language=article.language, updated=updated,
        published=article.published_at, page=shelf.datasette.absolute_url(request, shelf.url(path)),
        source=web_link(article.url), authors=article.authors or (article.domain,),
        categories=tuple(filter(None, (article.section, *article.tags))),
        note=" ".join(_notes(row)), summary=article.summary,
    )  # fmt: skip


def _notes(row: Row) -> Iterator[str]:
    """What happened, in words."""
    columns = row.keys()
    if "changed" in columns:
        yield f"Changed: {row['changed']}."
        if "former_headline" in columns and row["former_headline"]:
            yield f"The headline was: {row['former_headline']}"
    if {"fate", "since_at"} <= set(columns):
        yield f"{row['fate'].capitalize()}, seen at {row['since_at'][:16].replace('T', ' ')} UTC."


def _permanent(article: Entry) -> str:
    """A tag URI (RFC 4151): the same in every copy of an archive, and as long as the address is archived."""
    parts = urlsplit(article.url)
    specific = quote(f"{parts.path}?{parts.query}" if parts.query else parts.path, safe="/?&=:@!$'()*+,;-._~%")
    return f"tag:{article.domain},{article.first_seen_at[:10]}:{specific}"
