"""What changed between two states of an article, word by word."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import attrs
from datasette.utils.asgi import Request, Response

from newscrawl import worddiff
from newscrawl.archive.changes import Difference, changes
from newscrawl.archive.values import Revision
from newscrawl.browse import wording
from newscrawl.browse.opening import Opened, open_article, state_of
from newscrawl.browse.shelf import shelf_of
from newscrawl.worddiff import Segment

if TYPE_CHECKING:
    from datasette.app import Datasette


@attrs.frozen(kw_only=True)
class Block:
    """Paragraphs of a body that follow each other."""

    is_same: bool
    """Whether no word in them changed."""
    paragraphs: Sequence[Sequence[Segment]]


@attrs.frozen
class Changed:
    """A field that changed."""

    name: str
    """In words."""
    segments: Sequence[Segment]
    between: str = ""
    """What stands between segments."""
    is_theirs: bool = True
    """Whether it is text of the publisher."""


@attrs.frozen(kw_only=True)
class Comparison:
    """Two states side by side."""

    old: Revision
    new: Revision
    difference: Difference
    fields: Sequence[Changed]
    """All but the body."""
    body: Sequence[Block]
    notes: Sequence[wording.Note]


async def page(datasette: Datasette, request: Request) -> Response:
    """The comparison of the states `?from=` and `?to=`; of the last two where none are named."""
    shelf = await shelf_of(datasette, request)
    opened = await open_article(shelf, request.url_vars["id"])
    before = str(opened.states[-2:][0].revision)
    old = state_of(opened.states, request.args.get("from") or before)
    new = state_of(opened.states, request.args.get("to"))
    context = {
        "opened": opened,
        "entry": opened.entry,
        "compared": await asyncio.to_thread(_compare, opened, old, new),
        "neighbours": list(_neighbours(opened, old, new)),
        "words": wording,
    }
    return await shelf.page(request, "diff", context)


def _compare(opened: Opened, old: Revision, new: Revision) -> Comparison:
    difference = changes((old, new))[1]
    return Comparison(
        old=old,
        new=new,
        difference=difference,
        fields=list(_fields(opened, old, new)),
        body=list(_blocks(worddiff.diff(old.body, new.body))) if "body" in difference.fields else (),
        notes=list(_notes(opened.states, old, new, difference)),
    )


def _fields(opened: Opened, old: Revision, new: Revision) -> Iterator[Changed]:
    for name in ("headline", "summary"):
        before, after = (getattr(state, name) or "" for state in (old, new))
        if before != after:
            yield Changed(wording.FIELDS[name], worddiff.diff(before, after))
    if old.section != new.section:
        yield Changed(wording.FIELDS["section"], _replaced(old.section, new.section), " ")
    for name in ("published_at", "modified_at"):
        before, after = (getattr(state, name) for state in (old, new))
        if before != after:
            moments = (moment and opened.at(moment).full for moment in (before, after))
            yield Changed(wording.FIELDS[name], _replaced(*moments), " ", is_theirs=False)
    if old.tags != new.tags:
        yield Changed(wording.FIELDS["tags"], worddiff.diff_lists(old.tags, new.tags), ", ")


def _replaced(old: str | None, new: str | None) -> list[Segment]:
    found: list[Segment] = [("delete", old)] if old else []
    return [*found, ("insert", new)] if new else found


def _blocks(segments: Sequence[Segment]) -> Iterator[Block]:
    paragraphs = worddiff.paragraphs(segments)
    for is_same, group in groupby(paragraphs, key=lambda each: all(kind == "equal" for kind, _ in each)):
        yield Block(is_same=is_same, paragraphs=list(group))


def _notes(
    states: Sequence[Revision], old: Revision, new: Revision, difference: Difference
) -> Iterator[wording.Note]:  # fmt: skip
    first, last = sorted((old.revision, new.revision))
    for state in states:
        if first < state.revision <= last and state.cause == "parser":
            yield "parser", f"Version {state.revision}: {wording.NOT_AN_EDIT}"
    # Of states that do not follow each other it would not be known which one was silent
    if difference.silent and new.revision == old.revision + 1:
        yield "silent", wording.SILENT


def _neighbours(opened: Opened, old: Revision, new: Revision) -> Iterator[tuple[str, int, int]]:
    """The comparisons before and after this one: their names, from, to."""
    for name, step in (("Earlier change", -1), ("Later change", 1)):
        start = min(old.revision, new.revision) if step < 0 else max(old.revision, new.revision) - 1
        if 1 <= start + step < opened.entry.revision:
            yield name, start + step, start + step + 1
