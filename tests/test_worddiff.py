"""Word diffs: expected segments are written by hand, as a reader would mark a print-out."""

from __future__ import annotations

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.sequences import BREAK
from newscrawl.worddiff import Segment, diff, diff_lists, paragraphs, shorten, tokens, words


def marked(segments: list[Segment]) -> str:
    marks = {"equal": ("", ""), "delete": ("[-", "-]"), "insert": ("{+", "+}")}
    return "".join(marks[kind][0] + text + marks[kind][1] for kind, text in segments)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bakı, 11 noyabr.", ["Bakı", ",", "11", "noyabr", "."]),
        ("İlham Əliyev Şuşada", ["İlham", "Əliyev", "Şuşada"]),
        ("«Ёлка» — кто-то её купил", ["«", "Ёлка", "»", "—", "кто-то", "её", "купил"]),
        ("62,288.50 dollars, 14:30", ["62,288.50", "dollars", ",", "14:30"]),
        ("BMT-nin 1-ci Mirzə’nin", ["BMT-nin", "1-ci", "Mirzə’nin"]),
        ("cafe\u0301 ok", ["cafe\u0301", "ok"]),
        ("one\n\n two\nthree", ["one", BREAK, "two", "three"]),
        ("", []),
    ],
)
def test_tokens_are_words_and_signs_of_any_script(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("the summit was held", "the meeting was held", "the[- summit-]{+ meeting+} was held"),
        ("Valyuta 62,288 dollar", "Valyuta 62,289 dollar", "Valyuta[- 62,288-]{+ 62,289+} dollar"),
        ("Он заявил о переговорах", "Он сообщил о переговорах", "Он[- заявил-]{+ сообщил+} о переговорах"),
        ("Headline", "Headline - UPDATED-2", "Headline{+ - UPDATED-2+}"),
        ("It ends", "It ends.", "It ends{+.+}"),
        ("old word", "word", "[-old-] word"),
        ("word", "new word", "{+new+} word"),
        ("The ox. The dog.", "The ox. The cat. The dog.", "The ox.{+ The cat.+} The dog."),
        ("", "all new", "{+all new+}"),
        ("all gone", "", "[-all gone-]"),
        (
            "Old start: q c a b, end of old",
            "New start: q c x a y a b, end of new",
            "[-Old-]{+New+} start: q c{+ x a y+} a b, end of[- old-]{+ new+}",
        ),
        # Small words between two changes are no help to a reader
        ("he said the press left us", "he told the media left us", "he[- said the press-]{+ told the media+} left us"),
    ],
)
def test_changes_as_a_reader_would_mark_them(old: str, new: str, expected: str) -> None:
    assert marked(diff(old, new)) == expected


def test_moved_white_space_is_no_change() -> None:
    assert diff("one  two\nthree ", "one two three") == [("equal", "one two three")]
    assert diff("one\n\n\ntwo", "one\n \ntwo") == [("equal", "one\n\ntwo")]


def test_an_added_paragraph_is_one_change_and_stands_alone() -> None:
    old = "It was done.\n\nThe end."
    new = "It was done.\n\nMore was said.\n\nThe end."
    assert paragraphs(diff(old, new)) == [
        [("equal", "It was done.")], [("insert", "More was said.")], [("equal", "The end.")],
    ]  # fmt: skip
    assert paragraphs(diff(new, old))[1] == [("delete", "More was said.")]


def test_an_equal_paragraph_holds_though_its_words_occur_in_changed_ones() -> None:
    kept = "The minister met the press in Baku."
    # More words have stayed in the other paragraph, but not all of them
    moved = "In Baku the minister spoke of oil and gas and of the press at length"
    old = f"{moved} twice.\n\n{kept}"
    new = f"{kept}\n\n{moved} once."
    assert [("equal", kept)] in paragraphs(diff(old, new))


def test_a_paragraph_that_is_split_shows_the_break_alone() -> None:
    assert paragraphs(diff("One here. Two here.", "One here.\n\nTwo here.")) == [
        [("equal", "One here."), ("insert", " ¶")], [("equal", "Two here.")],
    ]  # fmt: skip
    assert words(diff("One. Two.", "One.\n\nTwo."), "insert") == 0


def test_changed_paragraphs_are_compared_with_their_own() -> None:
    old = "Alpha beta gamma delta.\n\nEpsilon zeta eta theta."
    new = "Alpha beta gamma omega.\n\nEpsilon zeta iota theta."
    assert [len(each) for each in paragraphs(diff(old, new))] == [4, 4]


def test_words_are_counted_without_signs_and_breaks() -> None:
    segments = diff("a b.", "a b, 62,288 yeni söz!\n\n—")
    assert words(segments, "insert") == 3
    assert words(segments, "delete") == 0


def test_lists_are_compared_by_entry() -> None:
    assert diff_lists(["oil", "gas", "BMT"], ["oil", "BMT", "neft"]) == [
        ("equal", "oil"), ("delete", "gas"), ("equal", "BMT"), ("insert", "neft"),
    ]  # fmt: skip
    assert diff_lists(["a", "b"], ["b", "a"]) != [("equal", "b"), ("equal", "a")], "their order counts"


def test_long_unchanged_stretches_are_shortened_beside_the_changes() -> None:
    long = " ".join(f"w{n}" for n in range(30))
    segments: list[Segment] = [
        ("equal", long),
        ("delete", " x"),
        ("equal", f" {long}"),
        ("insert", " y"),
        ("equal", f" {long}"),
    ]
    assert marked(shorten(segments, around=2)) == "… w28 w29[- x-] w0 w1 … w28 w29{+ y+} w0 w1 …"
    short: list[Segment] = [("equal", "a b c d"), ("insert", " e")]
    assert shorten(short, around=2) == short


TEXTS = st.lists(st.sampled_from(["Bakı", "və", "ёлка", ",", ".", "a", "b", "«", "62,288", "\n\n", "\n", "-"])).map(
    " ".join
)


def joined(segments: list[Segment], but: str) -> str:
    return "".join(text for kind, text in segments if kind != but)


@settings(max_examples=300, deadline=None)
@given(TEXTS | st.text(), TEXTS | st.text())
def test_both_texts_can_be_read_out_of_the_segments(old: str, new: str) -> None:
    segments = diff(old, new)
    assert tokens(joined(segments, "delete")) == tokens(new)
    assert tokens(joined(segments, "insert")) == tokens(old)
    kinds = [kind for kind, _ in segments]
    assert all(
        (one, two)
        in {("equal", "delete"), ("equal", "insert"), ("delete", "insert"), ("delete", "equal"), ("insert", "equal")}
        for one, two in pairwise(kinds)
    ), "what is between two unchanged stretches is at most one deletion and one insertion"
    assert all(text for _, text in segments)


@given(TEXTS | st.text())
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(kind == "equal" for kind, _ in diff(text, text))


def _texts() -> dict[str, tuple[str, str]]:
    """10,000 words each."""
    dice = random.Random(3)
    # Few words make most of a text, as in a language
    drawn = [f"w{int(dice.paretovariate(0.7))}" for _ in range(20_000)]
    edited = [word if dice.random() > 0.2 else dice.choice(drawn) for word in drawn[:10_000]]
    halves = [" ".join(dice.choice("ab") for _ in range(10_000)) for _ in range(2)]

    def text(of: list[str]) -> str:
        return ".\n\n".join(" ".join(of[n : n + 60]) for n in range(0, len(of), 60))

    return {
        "edited": (text(drawn[:10_000]), text(edited)),
        "another": (text(drawn[:10_000]), text(drawn[10_000:])),
        "two words": (halves[0], halves[1]),
        "one word": ("a " * 10_000, "a " * 5_000 + "b " * 5_000),
        "paragraphs of one word": ("a\n\n" * 10_000, "b\n\n" * 5_000 + "a\n\n" * 5_000),
    }


@pytest.mark.parametrize("name", list(_texts()))
def test_ten_thousand_words_take_less_than_a_second(name: str) -> None:
    old, new = _texts()[name]
    started = time.process_time()
    segments = diff(old, new)
    assert time.process_time() - started < 1
    assert tokens(joined(segments, "delete")) == tokens(new)
    assert tokens(joined(segments, "insert")) == tokens(old)
