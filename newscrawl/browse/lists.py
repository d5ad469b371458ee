"""What the form of a list offers for each of its parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
from datasette.utils import tilde_decode
from datasette.utils.asgi import Request

from newscrawl.archive import newest
from newscrawl.archive.canned import canned
from newscrawl.browse.moments import is_day
from newscrawl.browse.shelf import LANGUAGE_NAMES, Shelf

if TYPE_CHECKING:
    from collections.abc import Sequence

LABELS = {
    "language": "Language",
    "missing_in": "Missing in",
    "site": "Site",
    "since": "From day",
    "until": "To day",
    "section": "Section",
    "tag": "Tag",
    "author": "Author",
    "fate": "Fate",
    "error": "Reason",
}
_FATES = tuple((fate, fate) for fate in ("gone", "moved", "returned"))
_DAYS = ("since", "until")


@attrs.frozen
class Field:
    """A parameter in a form."""

    name: str
    label: str
    kind: str
    """`select`, `date` or `text`."""
    choices: Sequence[tuple[str, str]] = ()
    """(value, label) of a `select`; suggestions for a `text`."""


async def fields(shelf: Shelf, request: Request) -> dict[str, Field]:
    """Those of the list that a request is for, by the name of the parameter; none where it is for no list of ours.

    The site is asked for only where there are several.
    """
    name = tilde_decode(request.url_vars.get("table") or "")
    query = canned(shelf.archive.relations).get(name)
    if query is None:
        return {}
    held = await shelf.ask(newest.languages)
    languages = [(each, LANGUAGE_NAMES.get(each, each)) for each in sorted({language for _, language in held})]
    sites = [(each, each) for each in sorted({site for site, _ in held})]
    sections = await shelf.ask(newest.sections) if "section" in query.params else []
    choices: dict[str, Sequence[tuple[str, str]]] = {
        "language": languages, "missing_in": languages, "site": sites, "fate": _FATES,
        "section": [(each.name, "") for each in sections],
    }  # fmt: skip
    named = [each for each in query.params if each != "site" or len(sites) > 1]
    return {
        each: Field(each, LABELS[each], _kind(each, request.args.get(each) or ""), choices.get(each, ()))
        for each in named
    }


def _kind(name: str, asked: str) -> str:
    # A browser shows an empty field for what is no day, and nobody would see why the list is as it is
    if name in _DAYS and (not asked or is_day(asked)):
        return "date"
    return "select" if name in ("language", "missing_in", "site", "fate") else "text"
