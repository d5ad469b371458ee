"""The page of charts; and the numbers of each as JSON and CSV."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from datasette.utils.asgi import NotFound, Request, Response

from newscrawl.browse import charts_of_articles, charts_of_harvest, spans
from newscrawl.browse.chart import Chart
from newscrawl.browse.charts_asked import Asked, asked_of
from newscrawl.browse.moments import Zones
from newscrawl.browse.shelf import TooLong, shelf_of

if TYPE_CHECKING:
    from datasette.app import Datasette

CHARTS: Mapping[str, tuple[str, Callable[[Asked, Chart], Awaitable[Chart]]]] = {
    "articles": ("Articles published", charts_of_articles.articles),
    "delays": ("How soon articles were seen", charts_of_articles.delays),
    "edits": ("Edits seen", charts_of_articles.edits),
    "sections": ("Sections", charts_of_articles.sections),
    "tags": ("Tags", charts_of_articles.tags),
    "fields": ("How complete articles are", charts_of_harvest.coverage),
    "bytes": ("Pages fetched and stored", charts_of_harvest.fetched),
}
"""By name in addresses, in the order of the page: what it is called, and what fills it in."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


async def page(datasette: Datasette, request: Request) -> Response:
    """All charts."""
    shelf = await shelf_of(datasette, request)
    asked = await asked_of(shelf, request)
    drawn = await asyncio.gather(*(_drawn(asked, name) for name in CHARTS))
    chosen = {"span": asked.name, "site": asked.site, "language": asked.language}
    context = {
        "charts": drawn,
        "crawls": await charts_of_harvest.last_runs(asked),
        "asked": asked,
        "spans": spans.NAMES,
        "zones": Zones({site: zone for site, zone in asked.zones.items() if zone}),
        "query": "?" + urlencode({name: value for name, value in chosen.items() if value}),
    }
    return await shelf.page(request, "charts", context)


async def numbers(datasette: Datasette, request: Request) -> Response:
    """The numbers of one chart.

    Raises:
        NotFound: there is no chart of that name.
    """
    shelf = await shelf_of(datasette, request)
    name = request.url_vars["name"]
    if name not in CHARTS:
        raise NotFound(f"There is no chart {name}: there are {', '.join(CHARTS)}")
    drawn = await _drawn(await asked_of(shelf, request), name)
    if request.url_vars["format"] == "json":
        return Response.json(drawn.record())
    headers = {"content-disposition": f'attachment; filename="{name}.csv"'}
    return Response("".join(_csv(drawn)), content_type="text/csv; charset=utf-8", headers=headers)


async def _drawn(asked: Asked, name: str) -> Chart:
    """A chart; one that takes too long says so in its place and leaves the others alone."""
    title, filled = CHARTS[name]
    blank = Chart(name=name, title=title)
    try:
        return await filled(asked, blank)
    except TooLong:
        return charts_of_articles.without(blank, charts_of_articles.TOO_MANY)


def _csv(chart: Chart) -> Iterator[str]:
    """Names of tags and sections come from publishers: none may be a formula to a spreadsheet."""
    step = chart.span.step if chart.span else "day"
    table: list[tuple[Any, ...]] = [(first, *found) for first, found in chart.lines()]
    names = [f"'{each.label}" if each.label.startswith(_FORMULA) else each.label for each in chart.series]
    for row in [(step, *names), *table]:
        line = io.StringIO()
        csv.writer(line).writerow(row)
        yield line.getvalue()
