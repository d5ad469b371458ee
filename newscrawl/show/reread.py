"""What `newscrawl reparse --dry-run` found, for a person at a terminal."""

from __future__ import annotations

from rich import box
from rich.table import Table

from newscrawl.show.terminal import one_line, open_console, print_line, visible
from newscrawl.upkeep.reparse import Preview

_WIDTH = 200
"""Characters of a value that are shown, around the first difference."""


def print_preview(found: Preview) -> None:
    """Print how many articles would change in which field, with samples, and what would fail."""
    console = open_console()
    for field, count in found.fields.most_common():
        table = Table(title=f"\n{field}: {count:,} articles", title_justify="left", box=box.SIMPLE, show_header=False)
        table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for sample in found.samples[field]:
            before, after = _around_difference(sample.before, sample.after)
            table.add_row("", one_line(sample.url))
            table.add_row("before", visible(before))
            table.add_row("after", visible(after))
        # A table is as wide as the lines it is given, also in a file
        console.print(table, soft_wrap=False)
    for failure in found.failures:
        print_line(console, f"would fail: {one_line(failure.url)}  {failure.error}: {one_line(failure.detail)}")


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
