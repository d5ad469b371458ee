"""The front page: the newest articles by day of the site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from datasette.utils.asgi import Request, Response

from newscrawl.archive import newest
from newscrawl.archive.newest import Listed, Narrowed
from newscrawl.browse import shelf as shelves
from newscrawl.browse.moments import day_name, is_day, zones_of
from newscrawl.browse.shelf import Shelf, shelf_of

if TYPE_CHECKING:
    from datasette.app import Datasette

PER_PAGE = 60
_PLACE = re.compile(r"(?P<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ),(?P<id>\d{1,18})")


async def home(datasette: Datasette, request: Request) -> Response:
    """The root: the front page where one archive is served and nothing else; else datasette's own list."""
    served = shelves.shelves(datasette)
    if len(served) == 1 and shelves.only_ours(datasette):
        query = f"?{request.query_string}" if request.query_string else ""
        return Response.redirect(served[0].url("-/news") + query)
    if shelves.only_ours(datasette):
        return await _archives(datasette, request, served)
    from datasette.views.index import IndexView

    return await IndexView(datasette).dispatch_request(request)


async def _archives(datasette: Datasette, request: Request, served: list[Shelf]) -> Response:
    await datasette.ensure_permissions(request.actor, ["view-instance"])
    seen = [shelf for shelf in served if await shelves.may_be_seen(datasette, request.actor, shelf)]
    archives = [(shelf, await shelf.ask(newest.extent)) for shelf in seen]
    html = await datasette.render_template(
        "newscrawl/archives.html", {"archives": archives}, request, view_name="archives"
    )
    return Response.html(html)


async def news(datasette: Datasette, request: Request) -> Response:
    """The newest articles, page by page."""
    shelf = await shelf_of(datasette, request)
    asked = asked_of(request)
    before, after = (_place(request.args.get(name)) for name in ("before", "after"))
    listed = await shelf.ask(newest.newest, asked, before=before, after=after, limit=PER_PAGE + 1)
    # One more than a page tells whether another page follows, on the side to which the reader turns
    more, listed = len(listed) > PER_PAGE, listed[-PER_PAGE:] if after else listed[:PER_PAGE]
    context = {
        "days": [
            (day_name(day), list(articles))
            for day, articles in groupby(_told_once(_by_language(listed)), key=lambda each: each.published_day)
        ],
        "extent": await shelf.ask(newest.extent),
        "zones": await zones_of(shelf),
        "asked": asked,
        "narrowed": asked != Narrowed(),
        "older": _turned(asked, "before", listed[-1]) if listed and (more or after) else None,
        "newer": _turned(asked, "after", listed[0]) if listed and (before or (after and more)) else None,
        **await filters(shelf, asked),
    }
    return await shelf.page(request, "news", context)


def asked_of(request: Request) -> Narrowed:
    """What the filters of a request ask for; what cannot be is left out."""
    until = request.args.get("until") or ""
    return Narrowed(
        site=request.args.get("site") or None,
        language=request.args.get("language") or None,
        section=request.args.get("section") or None,
        until=until if is_day(until) else None,
    )


async def filters(shelf: Shelf, asked: Narrowed) -> dict[str, Any]:
    """What a reader can choose from: `sites`, `languages`, and `sections` (of the language that is chosen)."""
    held = await shelf.ask(newest.languages)
    sections = await shelf.ask(newest.sections)
    return {
        "sites": sorted({site for site, _ in held}),
        "languages": sorted({language for _, language in held}),
        "sections": [each for each in sections if asked.language in (None, each.language)],
    }


def _by_language(listed: list[Listed]) -> list[Listed]:
    """In the order of languages where several articles are of one second, so that the same one leads."""
    return sorted(sorted(listed, key=lambda each: each.language), key=lambda each: each.published_at, reverse=True)


def _told_once(listed: list[Listed]) -> Iterator[Listed]:
    """Without those that stand as another version below one before."""
    told: set[int] = set()
    for each in listed:
        if each.id not in told:
            told.update(other.id for other in each.others)
            yield each


def _turned(asked: Narrowed, side: str, at: Listed) -> str:
    """The query of the page before or after an article."""
    chosen = {"site": asked.site, "language": asked.language, "section": asked.section, "until": asked.until}
    place = {side: f"{at.published_at},{at.id}"}
    return "?" + urlencode({name: value for name, value in chosen.items() if value} | place)


def _place(text: str | None) -> tuple[str, int] | None:
    found = _PLACE.fullmatch(text or "")
    return (found["at"], int(found["id"])) if found else None
