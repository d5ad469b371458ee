"""What `newscrawl reparse --dry-run` found, for a person at a terminal."""

from __future__ import annotations

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from newscrawl.upkeep.reparse import Preview

_WIDTH = 200
"""Characters of a value that are shown, around the first difference."""


def print_preview(found: Preview) -> None:
    """Print how many articles would change in which field, with samples, and what would fail."""
    console = Console(highlight=False)
    for field, count in found.fields.most_common():
        table = Table(title=f"\n{field}: {count:,} articles", title_justify="left", box=box.SIMPLE, show_header=False)
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for sample in found.samples[field]:
            before, after = _around_difference(sample.before, sample.after)
            table.add_row("", escape(sample.url))
            table.add_row("before", escape(before))
            table.add_row("after", escape(after))
        console.print(table)
    for failure in found.failures:
        console.print(f"would fail: {escape(failure.url)}  {failure.error}: {escape(failure.detail)}", soft_wrap=True)


def _around_difference(before: str, after: str) -> tuple[str, str]:
    """Both values from shortly before the first character that differs."""
    pairs = enumerate(zip(before, after, strict=False))
    first = next((n for n, (a, b) in pairs if a != b), min(len(before), len(after)))
    start = max(0, first - _WIDTH // 4)
    return _cut(before, start), _cut(after, start)


def _cut(text: str, start: int) -> str:
    if not text:
        return "(empty)"
    end = start + _WIDTH
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
