from __future__ import annotations

from newscrawl.archive.snippets import joined, marked, snippet
from newscrawl.archive.terms import terms


def shown(text: str, typed: str) -> str:
    return joined(snippet(text, terms(typed)), ("[", "]"))


def test_a_snippet_is_a_window_around_the_first_hit() -> None:
    text = "\n\n".join(f"söz{n}" for n in range(100))
    assert shown(text, "SOZ50") == (
        "… "
        + " ".join(f"söz{n}" for n in range(44, 50))
        + " [söz50] "
        + " ".join(f"söz{n}" for n in range(51, 68))
        + " …"
    )
    assert shown(text, "soz99").endswith("söz98 [söz99]")
    assert shown(text, "none") == " ".join(f"söz{n}" for n in range(24)) + " …"
    assert shown("", "none") == ""
    assert shown(" \n one\n\ntwo ", "two") == "one [two]"


def test_a_snippet_is_where_most_terms_stand_together() -> None:
    filling = " ".join(f"x{n}" for n in range(40))
    text = f"metro metro {filling} metro və Bakı {filling}"
    assert shown(text, "bakı metro").startswith("… x34 x35 x36 x37 x38 x39 [metro] və [Bakı] x0")


def test_longer_words_are_marked_from_three_letters_on() -> None:
    assert shown("Bakıda AB sammiti, abad şəhər", "baki ab") == "[Bakıda] [AB] sammiti, abad şəhər"
    assert shown("Yeni metroda yenilik", '"yeni metro"') == "[Yeni] metroda yenilik", "a phrase is to the letter"


def test_letters_in_two_characters_are_marked_whole() -> None:
    assert shown("бои\u0306ня и бои", "боин") == "[бои\u0306ня] и бои"


def test_a_headline_is_marked_whole() -> None:
    headline = "Bakı: " + "söz " * 40 + "bakılı"
    pieces = marked(headline, terms("baki"))
    assert "".join(text for text, _ in pieces) == headline
    assert [text for text, is_hit in pieces if is_hit] == ["Bakı", "bakılı"]
