"""The headline among a page's titles."""

import pytest

from newscrawl.pages import titles


@pytest.mark.parametrize(
    ("title", "headings", "expected"),
    [
        ("A new bridge | The Town Times", [], "A new bridge"),
        ("A new bridge - The Town Times", [], "A new bridge"),
        ("A new bridge — Region — The Town Times", [], "A new bridge — Region"),
        ("The Town Times » A new bridge", [], "A new bridge"),
        ("A new bridge - UPDATED-2", [], "A new bridge - UPDATED-2"),
        ("A new bridge - FOTO | Town | x", ["A new bridge - FOTO"], "A new bridge - FOTO"),
        ("新しい橋：The Town Times", [], "新しい橋"),
        ("The Town Times", [], "The Town Times"),
        ("", [], ""),
        ("a | " * 100_000, [], "a | " * 100_000),
    ],
)
def test_the_name_of_the_site_goes(title: str, headings: list[str], expected: str) -> None:
    assert titles.without_site(title, ["The Town Times", "town.example"], headings) == expected


@pytest.mark.parametrize(
    ("headings", "told", "expected"),
    [
        (["News", "The council builds a bridge"], ["Council builds bridge over river"], "The council builds a bridge"),
        (["The council builds a bridge"], ["Town: The council builds a bridge"], "Town: The council builds a bridge"),
        (["Town The council builds a bridge"], ["The council builds a bridge"], "The council builds a bridge"),
        (["The Town Times"], ["The council builds a bridge"], None),
        ([], ["The council builds a bridge"], None),
        (["The council builds a bridge"], ["", ""], None),
    ],
)
def test_the_printed_heading(headings: list[str], told: list[str], expected: str | None) -> None:
    assert titles.printed(headings, told) == expected


def test_two_that_agree() -> None:
    assert titles.agreed("A new bridge!", "A New Bridge") == "A new bridge!"
    assert titles.agreed("A new bridge", "A bridge") is None
    assert titles.agreed("", "") is None


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Trade grows by a fifth in October", True),
        ("TRADE GROWS BY A FIFTH IN OCTOBER!", True),
        ("Trade", False),
        ("Other story", False),
        ("", False),
    ],
)
def test_whether_a_page_goes_by_a_title(title: str, expected: bool) -> None:
    assert titles.is_among(title, ["", "Trade grows by a fifth in October | Site"]) is expected


def test_of_several_headings_the_one_that_the_titles_name() -> None:
    headings = ["Latest News of Today", "Trade grows by a fifth"]
    assert titles.closest(headings, ["Trade grows by a fifth"]) == headings[1]
    assert titles.closest(headings, ["", "Rain is expected on Monday"]) == headings[0]
