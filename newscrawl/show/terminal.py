"""What is printed for a person: text of strangers, on a terminal or into a file."""

from __future__ import annotations

import unicodedata
from typing import NoReturn

from rich.console import Console
from rich.table import Table
from rich.text import Text

# Control characters steer a terminal, direction marks turn a line around, half an emoji cannot be written at all
_UNSAFE = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
_JOINERS = "\u200c\u200d"
_WIDEST = 1000


class _Output(Console):
    def on_broken_pipe(self) -> NoReturn:
        """Leave it to the command, which ends well; rich would end the program with exit code 1."""
        raise BrokenPipeError


def open_console() -> Console:
    """Standard output. Nothing in what is printed is read as markup; lines are wrapped on a terminal only."""
    console = _Output(highlight=False, markup=False, emoji=False)
    console.soft_wrap = not console.is_terminal
    return console


def in_colour(console: Console) -> bool:
    """Whether colours arrive at the reader: a terminal that has them, and no NO_COLOR in the environment."""
    return console.color_system is not None and not console.no_color


def visible(text: str) -> str:
    """`text` with what a terminal would obey, not show, written out as in Python source; line breaks stay."""
    if text.isprintable():
        return text
    return "".join(
        ch.encode("unicode_escape").decode()
        if unicodedata.category(ch) in _UNSAFE and ch not in _JOINERS and ch != "\n"
        else ch
        for ch in text
    )


def one_line(text: str) -> str:
    """As `visible`, white space runs as one space."""
    return visible(" ".join(text.split()))


def print_line(console: Console, text: str, style: str = "") -> None:
    """One line that is never broken, so that an address can be copied."""
    console.print(Text(text, style), soft_wrap=True)


def open_table() -> Table:
    """A table without lines, two blanks between its columns."""
    return Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")


def width_of(console: Console, table: Table) -> int:
    """The columns that a table takes of a terminal if nothing of it is cut."""
    return console.measure(table, options=console.options.update(width=_WIDEST)).maximum


def print_table(console: Console, table: Table, indent: int = 0) -> None:
    """A table in which nothing is cut, but by the `max_width` of a column; no blanks at the ends of lines."""
    for line in console.render_lines(table, console.options.update(width=_WIDEST), pad=False):
        text = Text.assemble(" " * indent, *((part.text, part.style or "") for part in line))
        text.rstrip()
        console.print(text, soft_wrap=True)


def counted(number: int, what: str) -> str:
    """`1 page`, `2,000 pages`."""
    return f"{number:,} {what}" + "s" * (number != 1)


def minute(moment: str) -> str:
    """A time of the archive (UTC) for a reader: `2025-11-11 13:50`."""
    return moment[:16].replace("T", " ")
