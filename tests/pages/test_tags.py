"""Tags as printed, in order."""

import pytest
from lxml import etree, html

from newscrawl.pages import tags


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<a href=/t/1>Sergey Lavrov</a> <a href=/t/2>Vladimir Putin</a>", ["Sergey Lavrov", "Vladimir Putin"]),
        ("<b>Tags:</b><ul><li><a href=/t/1>#Bakı</a></li><li><a href=/t/2>#Şuşa,</a></li></ul>", ["Bakı", "Şuşa"]),
        ("<span>Teqlər:</span><span>Bakı</span><span>Şuşa</span>", ["Bakı", "Şuşa"]),
        ("Bakı, Şuşa", ["Bakı", "Şuşa"]),
        ("#Bakı #Şuşa şəhəri", ["Bakı", "Şuşa şəhəri"]),
        ("<a href=/t/1>#Trade <sup>12</sup></a><a href=/t/2>H<b>2</b>O</a>", ["Trade", "H2O"]),
        ("", []),
    ],
)
def test_printed(inner: str, expected: list[str]) -> None:
    container = etree.fromstring(f"<div class=tags>{inner}</div>", html.HTMLParser()).find(".//div")
    assert tags.printed(container) == expected


def test_listed_and_joined() -> None:
    assert tags.listed(["a", "b, c", "", "a", 5, None]) == ["a", "b, c"]
    assert tags.listed(["a, b; c"]) == ["a", "b", "c"]
    assert tags.joined("a, #b,, a") == ["a", "b"]
    assert tags.joined(None) == []


def test_marked() -> None:
    root = etree.fromstring(
        "<p><a rel=tag href=/a>A</a><a rel='nofollow tag' href=/b>B</a><a rel=tagged>C</a></p>", html.HTMLParser()
    )
    assert tags.marked(root) == ["A", "B"]
