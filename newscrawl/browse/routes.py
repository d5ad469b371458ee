"""Which address shows which page. A view is given by name what datasette has: `datasette`, `request` and others."""

from __future__ import annotations

from typing import Any

from newscrawl.browse import (
    articles,
    charts,
    citations,
    comparison,
    feeds,
    front,
    permalinks,
    searching,
    stored_pages,
    tables,
)

_DATABASE = r"/(?P<database>[^/.]+)"
ROUTES: list[tuple[str, Any]] = [
    (r"/(?P<format>)$", front.home),
    (rf"{_DATABASE}/-/news$", front.news),
    (rf"{_DATABASE}/-/search$", searching.search),
    (rf"{_DATABASE}/-/opensearch\.xml$", searching.describe),
    (rf"{_DATABASE}/(?P<table>articles)/(?P<pks>[^/.]+)(?P<format>)$", articles.page),
    (rf"{_DATABASE}/-/diff/(?P<id>\d+)$", comparison.page),
    (rf"{_DATABASE}/-/pages/(?P<id>\d+)$", stored_pages.fetched),
    (rf"{_DATABASE}/-/page/(?P<id>\d{{1,18}})$", stored_pages.page),
    (rf"{_DATABASE}/-/page/(?P<id>\d{{1,18}})/render$", stored_pages.render),
    (rf"{_DATABASE}/-/article/(?:(?P<at>\d{{14}})(?:-(?P<reading>\d{{1,9}}))?/)?(?P<url>.+)$", permalinks.lead),
    (rf"{_DATABASE}/-/cite/(?P<id>\d+)\.(?P<kind>bib|json)$", citations.cite),
    (rf"{_DATABASE}/-/charts$", charts.page),
    (rf"{_DATABASE}/-/charts/(?P<name>[a-z]+)\.(?P<format>json|csv)$", charts.numbers),
    (rf"{_DATABASE}/-/feeds$", feeds.page),
    (rf"{_DATABASE}/(?P<table>[^/.]+)\.(?P<format>atom)$", feeds.feed),
    (rf"{_DATABASE}/(?P<table>{'|'.join(tables.UNCOUNTED)})(?:\.(?P<format>\w+))?$", tables.uncounted),
    (rf"{_DATABASE}/(?P<table>articles|departures)(?:\.(?P<format>\w+))?$", tables.searched),
    (rf"{_DATABASE}/(?P<table>{'|'.join(tables.UNLINKED)})/(?P<pks>[^/.]+)(?:\.(?P<format>\w+))?$", tables.unlinked),
]
