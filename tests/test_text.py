"""Text: one spelling to store, one to search by."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl import text


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("Bakı", "baki"),
        ("Bakı", "BAKI"),
        ("bakıda", "BAKIDA"),
        ("İSTANBUL", "istanbul"),
        ("İstanbul", "ıstanbul"),
        ("Əliyev", "eliyev"),
        ("Ёлка", "елка"),
        ("СТАНЦИЯ", "станция"),
        ("Gəncə", "gence"),
        ("Şuşa", "susa"),
        ("Türkiyə", "turkiye"),
        ("çörək", "corek"),
        ("straße", "STRASSE"),
    ],
)
def test_search_takes_different_spellings_for_one(printed: str, typed: str) -> None:
    assert text.fold(printed) == text.fold(typed)


@pytest.mark.parametrize(("one", "other"), [("baki", "bakir"), ("дом", "том"), ("ган", "кан"), ("on", "un")])
def test_search_keeps_different_words_apart(one: str, other: str) -> None:
    assert text.fold(one) != text.fold(other)


@given(st.text())
def test_folding_twice_is_folding_once(any_text: str) -> None:
    folded = text.fold(any_text)
    assert text.fold(folded) == folded


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("  two \n words\t", "two words"),
        ("soft\u00adhyphen", "softhyphen"),
        ("no\u00a0break", "no break"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("half an emoji \ud83d", "half an emoji"),
        ("a \u200b b", "a b"),
        ("a\n\u2003 ə\u0304\t", "a ə\u0304"),
        ("e\u0301", "é"),
        ("نمی\u200cخواهم", "نمی\u200cخواهم"),  # Persian spelling needs the non-joiner
        ("", ""),
    ],
)
def test_squeeze(given_text: str, expected: str) -> None:
    assert text.squeeze(given_text) == expected


def test_squeeze_lines_keeps_single_breaks() -> None:
    assert text.squeeze_lines(" a  b \n\n\u00a0\n c\u00ad d ") == "a b\nc d"


@given(st.text())
def test_folding_a_text_is_folding_its_words(any_text: str) -> None:
    """The search index holds whole texts, a question comes word by word."""
    assert text.fold(any_text).split() == " ".join(map(text.fold, any_text.split())).split()


@given(st.text())
def test_squeeze_loses_no_word(any_text: str) -> None:
    squeezed = text.squeeze(any_text)
    assert "  " not in squeezed
    assert squeezed == text.squeeze(squeezed)
    visible = [ch for ch in unicodedata.normalize("NFC", any_text) if ch.isalnum()]
    assert [ch for ch in squeezed if ch.isalnum()] == visible


def test_paragraphs_are_joined_by_a_blank_line() -> None:
    assert text.join_paragraphs(["one", "", "two"]) == "one\n\ntwo"


def test_utf8_read_as_latin1_is_put_right() -> None:
    assert text.unmangle("Ä°ran") == "İran"


@pytest.mark.parametrize("right", ["İran", "Übergröße", "Ä", "naïve café", "Баку", "", "É™"])
def test_what_is_right_or_uncertain_stays(right: str) -> None:
    assert text.unmangle(right) == right


def test_word_count() -> None:
    assert text.word_count("Bakı, 11 mart.\n\nSon.") == 4
