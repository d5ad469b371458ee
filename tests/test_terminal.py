from __future__ import annotations

import pytest

from newscrawl.show.terminal import one_line, open_console, print_line, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Bakı — «ёлка» 🎉", "Bakı — «ёлка» 🎉"),
        ("a\x1b[31m\x07b\tc\x9b", r"a\x1b[31m\x07b\tc\x9b"),
        ("\u202eabc\u200b\u2028", r"\u202eabc\u200b\u2028"),
        ("half \ud83d", r"half \ud83d"),
        ("two\nlines", "two\nlines"),
        # No-break spaces are printed by publishers, joiners are part of Persian words
        ("10\u00a0000 می\u200cخواهم", "10\u00a0000 می\u200cخواهم"),
    ],
)
def test_what_a_terminal_would_obey_is_written_out(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_one_line_is_one_line() -> None:
    assert one_line(" a\n\n b\tc\x1b ") == r"a b c\x1b"


def test_nothing_is_read_as_markup_or_broken(capsys: pytest.CaptureFixture[str]) -> None:
    console = open_console()
    console.print("[bold]:smile:[/bold] " + "word " * 40)
    print_line(console, "https://report.az/" + "a" * 200)
    assert capsys.readouterr().out.split("\n") == [
        "[bold]:smile:[/bold] " + "word " * 40, "https://report.az/" + "a" * 200, "",
    ]  # fmt: skip
