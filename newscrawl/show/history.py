"""`newscrawl history` and `newscrawl diff`: what an article said, and when."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

import attrs
from rich.console import Console
from rich.text import Text

from newscrawl import worddiff
from newscrawl.archive import Revision
from newscrawl.archive.changes import FIELDS, body_words, changed_fields, changes, same_as
from newscrawl.show.terminal import counted, in_colour, one_line, open_console, print_line, visible
from newscrawl.worddiff import Change, Segment

NOT_AN_EDIT = "no edit of the publisher: newscrawl reads the same page differently since"
STYLES = {"equal": "", "delete": "red strike", "insert": "bold green"}
MARKS = {"equal": ("", ""), "delete": ("[-", "-]"), "insert": ("{+", "+}")}
_INDENT = " " * 28


def records(url: str, states: Sequence[Revision]) -> Iterator[dict[str, Any]]:
    """Each state as a value for JSON: what changed, whether it is an earlier one again, and the state itself."""
    for state, change in zip(states, changes(states), strict=True):
        yield {
            "url": url,
            "changed": change.fields,
            "body_words_added": change.added,
            "body_words_removed": change.removed,
            "same_as": change.same_as,
            **attrs.asdict(state),
        }


def print_history_json(url: str, states: Sequence[Revision]) -> None:
    """A state a line."""
    for record in records(url, states):
        print(json.dumps(record, ensure_ascii=False))  # noqa: T201


def print_history(url: str, states: Sequence[Revision]) -> None:
    """Print when each state was first seen, what changed in it, and by whom."""
    console = open_console()
    print_line(console, one_line(states[-1].headline), "bold")
    print_line(console, one_line(url))
    print_line(console, f"{counted(len(states), 'state')}; times are UTC\n")
    for n, state in enumerate(states):
        what = _what_changed(states[n - 1], state) if n else "first seen"
        print_line(console, f"{state.revision:>4}  {_second(state.seen_at)}   {what}")
        for note, style in _notes(states, n):
            print_line(console, _INDENT + note, style)


def _notes(states: Sequence[Revision], n: int) -> Iterator[tuple[str, str]]:
    """What else there is to say of a state, each with its style."""
    state = states[n]
    if state.cause == "parser":
        yield NOT_AN_EDIT, "yellow"
    if n == 0 or states[n - 1].headline != state.headline:
        yield f"headline: {one_line(state.headline)}", ""
    if earlier := same_as(states, n):
        yield f"reads as state {earlier} did", ""
    if state.modified_at:
        yield f"the publisher's own time of change: {_second(state.modified_at)}", "dim"


def print_diff(url: str, states: Sequence[Revision], old: Revision, new: Revision) -> None:
    """Print what changed between two of the `states`, field by field, in words."""
    console = open_console()
    print_line(console, one_line(url))
    print_line(console, " to ".join(f"state {each.revision} ({_second(each.seen_at)} UTC)" for each in (old, new)))
    first, last = sorted((old.revision, new.revision))
    for state in states:
        if first < state.revision <= last and state.cause == "parser":
            print_line(console, f"state {state.revision} is {NOT_AN_EDIT}", "yellow")
    changed = changed_fields(old, new)
    for name in changed:
        print_line(console, f"\n{_label(name, old, new) if name == 'body' else name}", "bold")
        for n, line in enumerate(_field(name, old, new)):
            if n:
                console.print()
            console.print(_rendered(line, console), soft_wrap=console.soft_wrap)
    same = ", ".join(name for name in FIELDS if name not in changed)
    if same:
        print_line(console, f"\nthe same in both: {same}" if changed else "\nBoth read the same.", "dim")


def _field(name: str, old: Revision, new: Revision) -> Iterator[list[Segment]]:
    """The lines that show a field's change."""
    if name == "body":
        yield from _body(worddiff.diff(old.body, new.body))
    elif name == "tags":
        yield _listed(worddiff.diff_lists(old.tags, new.tags))
    elif name in ("headline", "summary"):
        yield worddiff.diff(getattr(old, name) or "", getattr(new, name) or "")
    else:
        before, after = getattr(old, name), getattr(new, name)
        yield [*_whole("delete", before), *_whole("insert", after and f" {after}")]


def _whole(kind: Change, value: str | None) -> list[Segment]:
    return [(kind, value)] if value else []


def _listed(segments: Sequence[Segment]) -> list[Segment]:
    found: list[Segment] = []
    for n, (kind, text) in enumerate(segments):
        if n:
            found.append(("equal", ", "))
        found.append((kind, text))
    return found


def _body(segments: Sequence[Segment]) -> Iterator[list[Segment]]:
    """Paragraphs with an empty line between them; those without a change are counted only."""
    paragraphs = worddiff.paragraphs(segments)
    for is_same, group in groupby(paragraphs, key=lambda each: all(kind == "equal" for kind, _ in each)):
        found = list(group)
        if is_same:
            yield [("equal", f"{worddiff.ELLIPSIS} ({counted(len(found), 'paragraph')} as before)")]
        else:
            yield from (worddiff.shorten(each) for each in found)


def _rendered(segments: Sequence[Segment], console: Console) -> Text:
    colour, text = in_colour(console), Text()
    for kind, raw in segments:
        words = raw.lstrip()
        # White space is no part of a change: the marks stand at the words
        text.append(raw[: len(raw) - len(words)])
        start, end = ("", "") if colour else MARKS[kind]
        text.append(f"{start}{visible(words)}{end}", STYLES[kind] if colour else "")
    return text


def _what_changed(old: Revision, new: Revision) -> str:
    names = changed_fields(old, new)
    return ", ".join(_label(name, old, new) if name == "body" else name for name in names) or "nothing that counts"


def _label(name: str, old: Revision, new: Revision) -> str:
    removed, added = body_words(old, new)
    if removed or added:
        return f"{name} +{added:,}/-{removed:,} words"
    same = worddiff.tokens(old.body) == worddiff.tokens(new.body)
    return f"{name} (white space)" if same else f"{name} (signs or paragraphs, no word)"


def _second(moment: str) -> str:
    return moment.removesuffix("Z").replace("T", " ")
