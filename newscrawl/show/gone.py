"""`newscrawl gone`: articles that their site took away or moved, and those that returned."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby

import attrs
from rich.console import Console

from newscrawl.archive.absent import Absence
from newscrawl.show.terminal import counted, minute, one_line, open_console, print_line

_TITLES = {"gone": "gone", "moved": "moved to another address", "returned": "returned"}


def print_gone_json(absences: Iterable[Absence]) -> None:
    """An article a line."""
    for absence in absences:
        print(json.dumps(attrs.asdict(absence), ensure_ascii=False))  # noqa: T201


def print_gone(absences: Iterable[Absence], db: str) -> None:
    """Print who is gone, since when, and how to read the last copy."""
    console = open_console()
    found = sorted(absences, key=lambda each: list(_TITLES).index(each.fate))
    if not found:
        print_line(console, "No article is gone: every one that was looked for is where it was.")
        return
    for fate, group in groupby(found, key=lambda each: each.fate):
        of_fate = list(group)
        print_line(console, f"{counted(len(of_fate), 'article')} {_TITLES[fate]}; times are UTC", "bold")
        for absence in of_fate:
            _print_absence(console, absence)
        print_line(console, "")
    print_line(console, f"What it said to the last: newscrawl history URL --db {db}")


def _print_absence(console: Console, absence: Absence) -> None:
    print_line(console, f"\n  {one_line(absence.headline)}")
    print_line(console, f"  {one_line(absence.url)}")
    print_line(console, f"  {what_happened(absence)}")


def what_happened(absence: Absence) -> str:
    """`gone since …`, in one line."""
    looked = f"looked for {counted(absence.times, 'time')}, last {minute(absence.last_at)}"
    since, answer = minute(absence.gone_at or absence.first_at), f"status {absence.status}"
    if absence.fate == "returned":
        assert absence.returned_at is not None
        where = f"moved to {one_line(absence.moved_to)}" if absence.moved_to else f"gone ({answer})"
        return f"there again since {minute(absence.returned_at)}; from {since} it was {where}"
    if absence.fate == "moved":
        return f"moved since {since}, to {one_line(absence.moved_to or '')}"
    if absence.fate == "missing":
        return f"not there since {since} ({answer}), {looked}; three times over a day, and it counts as gone"
    return f"gone since {since} ({answer}), {looked}"
