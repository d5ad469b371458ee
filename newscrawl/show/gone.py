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


def print_gone(absences: Iterable[Absence], db: str, *, missing: int, looked: bool) -> None:
    """Print who is gone, since when, and how to read the last copy.

    `missing`: how many more were not there when last looked for; `looked`: whether any was ever looked for.
    """
    console = open_console()
    found = sorted(absences, key=lambda each: list(_TITLES).index(each.fate))
    if not found:
        print_line(console, _none(missing, looked=looked))
        return
    for fate, group in groupby(found, key=lambda each: each.fate):
        of_fate = list(group)
        print_line(console, f"{counted(len(of_fate), 'article')} {_TITLES[fate]}; times are UTC", "bold")
        for absence in of_fate:
            _print_absence(console, absence)
        print_line(console, "")
    if missing:
        print_line(console, f"{_not_there(missing, 'more')}: what is not there three times over a day is gone\n")
    print_line(console, f"What it said to the last: newscrawl history URL --db {db}")


def _none(missing: int, *, looked: bool) -> str:
    if missing:
        return f"No article counts as gone yet; {_not_there(missing)}: three times over a day, and it is gone."
    if looked:
        return "No article is gone: every one that was looked for is where it was."
    return "No article is gone, as far as is known: nothing was looked for yet."


def _not_there(missing: int, more: str = "") -> str:
    return f"{missing:,} {more and more + ' '}{'was' if missing == 1 else 'were'} not there when last looked for"


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
