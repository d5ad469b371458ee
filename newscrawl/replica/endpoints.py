"""Addresses from which an infinite scroll gets its next cards, in the ways the site could write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from newscrawl.replica.languages import LANGUAGES, PREFIX
from newscrawl.replica.sections import BY_SLUG, SECTIONS, Section
from newscrawl.replica.structured import HOST

Listing = tuple[str, str | None]
"""Language and section key; None is all news."""


def endpoint(style: str, language: str, section: Section | None) -> str:
    """Return the value of `data-url` (not yet escaped) of a listing."""
    prefix = PREFIX[language]
    if style == "absolute":
        return HOST + endpoint("path", language, section)
    if section is None:
        if language == "az":
            return "/infinity/index"
        return {"path": f"{prefix}/infinity/index", "query": f"/infinity/index?lang={language}"}.get(
            style, f"{prefix}/infinity/0"
        )
    if style == "path":
        return f"{prefix}/infinity/category/{section.slug}"
    if style == "query":
        return f"/infinity/category?lang={language}&slug={section.slug}"
    return f"{prefix}/infinity/{list(SECTIONS[language]).index(section.key) + 1}"


def listing_at(language: str, rest: Sequence[str], query: Mapping[str, str]) -> Listing | None:
    """Return which listing an endpoint continues: `rest` is the path after `infinity`; None if there is none."""
    language = query.get("lang", language)
    if language not in LANGUAGES:
        return None
    if list(rest) in (["index"], ["0"]):
        return language, None
    if rest and rest[0] == "category":
        slug = rest[1] if len(rest) == 2 else query.get("slug", "")
        section = BY_SLUG[language].get(slug)
        return (language, section.key) if section else None
    keys = list(SECTIONS[language])
    if len(rest) == 1 and rest[0].isdigit() and int(rest[0]) <= len(keys):
        return language, keys[int(rest[0]) - 1]
    return None
