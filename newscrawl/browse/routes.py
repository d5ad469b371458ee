"""Which address shows which page. A view is given by name what datasette has: `datasette`, `request` and others."""

from __future__ import annotations

from typing import Any

from newscrawl.browse import articles, citations, front, permalinks, searching

_DATABASE = r"/(?P<database>[^/.]+)"
ROUTES: list[tuple[str, Any]] = [
    (r"/(?P<format>)$", front.home),
    (rf"{_DATABASE}/-/news$", front.news),
    (rf"{_DATABASE}/-/search$", searching.search),
    (rf"{_DATABASE}/-/opensearch\.xml$", searching.describe),
    (rf"{_DATABASE}/(?P<table>articles)/(?P<pks>[^/.]+)(?P<format>)$", articles.page),
    (rf"{_DATABASE}/-/article/(?:(?P<at>\d{{14}})/)?(?P<url>.+)$", permalinks.lead),
    (rf"{_DATABASE}/-/cite/(?P<id>\d+)\.(?P<kind>bib|json)$", citations.cite),
]
