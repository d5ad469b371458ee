"""Which address shows which page. A view is given by name what datasette has: `datasette`, `request` and others."""

from __future__ import annotations

from typing import Any

from newscrawl.browse import front

_DATABASE = r"/(?P<database>[^/.]+)"
ROUTES: list[tuple[str, Any]] = [
    (r"/(?P<format>)$", front.home),
    (rf"{_DATABASE}/-/news$", front.news),
]
