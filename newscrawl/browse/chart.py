"""A chart as a value: what it shows, in numbers and in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import attrs

from newscrawl.browse.spans import Span
from newscrawl.browse.wording import counted

Kind = Literal["stack", "lines", "multiples"]
Unit = Literal["articles", "edits", "minutes", "bytes", "share"]
Number = int | float | None
"""None where nothing is known of a step."""


@attrs.frozen(kw_only=True)
class Series:
    """A column of numbers."""

    label: str
    language: str | None = None
    """Of a label in the words of a publisher."""
    href: str | None = None
    """Where the articles are that are counted."""
    mark: Literal["bar", "line"] = "bar"


@attrs.frozen(kw_only=True)
class Chart:
    """A chart, or why there is none."""

    name: str
    """In addresses."""
    title: str
    missing: str | None = None
    """Why there is none, in words; then all that follows is empty."""
    found: str = ""
    """What one sees in it, in words."""
    reading: str = ""
    """How it is read."""
    notes: tuple[str, ...] = ()
    """What is left out, and the like."""
    kind: Kind = "stack"
    unit: Unit = "articles"
    span: Span | None = None
    series: tuple[Series, ...] = ()
    rows: tuple[tuple[Number, ...], ...] = ()
    """Of each step of the span a number for each series."""

    def record(self) -> dict[str, Any]:
        """As JSON has it."""
        return {
            "chart": self.name,
            "title": self.title,
            "missing": self.missing,
            "unit": self.unit,
            "step": self.span.step if self.span else None,
            "until": self.span.last.isoformat() if self.span else None,
            "columns": [each.label for each in self.series],
            "rows": [[first, *numbers] for first, numbers in self.lines()],
            "notes": list(self.notes),
        }

    def lines(self) -> list[tuple[str, tuple[Number, ...]]]:
        """The rows, each with the first day of its step."""
        firsts = self.span.firsts if self.span else ()
        return [(first.isoformat(), numbers) for first, numbers in zip(firsts, self.rows, strict=True)]

    def table(self) -> Iterator[tuple[str, str, list[tuple[Number, str]]]]:
        """The rows as they are read: the first day, the name of the step, numbers and how they are written."""
        for place, (first, numbers) in enumerate(self.lines()):
            assert self.span is not None
            yield first, self.span.label(place), [(number, _written(number, self.unit)) for number in numbers]


def rows(span: Span, counts: Mapping[tuple[int, str], int], columns: list[str]) -> tuple[tuple[Number, ...], ...]:
    """What was counted by step and column, as rows; nothing counted is 0."""
    return tuple(tuple(counts.get((step, column), 0) for column in columns) for step in range(len(span.firsts)))


def most_used(counts: Mapping[tuple[int, str], int], most: int) -> list[tuple[str, int]]:
    """The columns with the largest sums over all steps, and these."""
    sums: Counter[str] = Counter()
    for (_, column), count in counts.items():
        sums[column] += count
    return sorted(sums.items(), key=lambda each: (-each[1], each[0]))[:most]


def size(count: float) -> str:
    """Bytes in words: `1.2 MB`."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if count < 1000:
            return f"{count:,.0f} {unit}" if unit == "bytes" else f"{count:,.1f} {unit}"
        count /= 1000
    return f"{count:,.1f} TB"


def duration(minutes: int) -> str:
    """`8 minutes`, `1 hour`, `2 hours 5 minutes`."""
    hours, left = divmod(minutes, 60)
    parts = [counted(hours, "hour")] if hours else []
    return " ".join(parts + [counted(left, "minute")] * (left > 0 or not hours))


def summed_up(span: Span, totals: Sequence[int], what: str) -> str:
    """`812 edits in 30 days, 27 a day; the most on 12 March 2026: 90.`, of the totals of each step."""
    if len(totals) == 1:
        return f"{counted(totals[0], what)} {span.when(0)}."
    most = max(totals)
    a_day = sum(totals) / span.days
    said = f"{a_day:,.0f}" if a_day >= 10 else f"{a_day:.2g}"
    return (
        f"{counted(sum(totals), what)} in {counted(span.days, 'day')}, {said} a day; "
        f"the most {span.when(totals.index(most))}: {most:,}."
    )


def _written(number: Number, unit: Unit) -> str:
    if number is None:
        return "–"
    return f"{number:.1%}" if unit == "share" else f"{number:,}"
