"""From bytes to a tree, or to an error with a name; selectors."""

import time

import pytest
from web_poet import HttpResponse

from newscrawl.errors import NotHtml, PageTooLarge, TruncatedPage
from newscrawl.pages.document import MAX_BYTES, Document, content, raw_text


def document(body: bytes | str, **headers: str) -> Document:
    raw = body.encode() if isinstance(body, str) else body
    return Document(HttpResponse("https://example.com/a", raw, headers=headers))


def text_of(found: Document) -> str:
    return " ".join("".join(found.root.itertext()).split())


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        ("<p>Bakı, İran və Şəki</p>".encode(), {}),
        ("<meta charset=iso-8859-1><p>Bakı, İran və Şəki</p>".encode(), {}),
        ("<p>Bakı, İran və Şəki</p>".encode("utf-16"), {}),
        ("<p>Bakı, İran və Şəki</p>".encode("utf-8-sig"), {"Content-Type": "text/html; charset=latin-1"}),
    ],
)
def test_utf8_is_read_whatever_the_page_says_of_itself(body: bytes, headers: dict[str, str]) -> None:
    assert text_of(document(body, **headers)) == "Bakı, İran və Şəki"


def test_other_encodings_by_header_by_meta_and_by_chance() -> None:
    assert (
        text_of(document("<p>Баку</p>".encode("cp1251"), **{"Content-Type": "text/html; charset=windows-1251"}))
        == "Баку"
    )
    assert text_of(document(b'<meta charset="windows-1251">' + "<p>Баку</p>".encode("cp1251"))) == "Баку"
    assert text_of(document("<p>“Straße”</p>".encode("cp1252"))) == "“Straße”"


def test_a_broken_letter_and_zero_bytes_do_not_end_the_page() -> None:
    assert text_of(document(b'<meta charset="utf-8"><p>a\xffb\0c</p><p>\xc9\x99</p></body>')) == "a\ufffdbcə"


@pytest.mark.parametrize(
    "body", [b"", b" \r\n\0\t", b"%PDF-1.7 << /Type /Catalog >>", b"\x89PNG\r\n" + bytes(range(256))]
)
def test_what_is_no_html(body: bytes) -> None:
    with pytest.raises(NotHtml):
        document(body)


def test_a_page_of_30_mb_is_refused_at_once() -> None:
    body = b"<html><body>" + b"<p>x</p>" * (30_000_000 // 8)
    started = time.perf_counter()
    with pytest.raises(PageTooLarge, match=str(len(body))):
        document(body)
    assert time.perf_counter() - started < 1
    assert len(body) > MAX_BYTES


def test_nesting_deeper_than_the_parser_goes_is_said() -> None:
    with pytest.raises(PageTooLarge, match="nested"):
        document(b"<html><body>" + b"<div>" * 10_000 + b"<p>x</p>" + b"</div>" * 10_000 + b"</body></html>")


@pytest.mark.parametrize(
    "body",
    [
        "<html><body><div class=a><p>One.</p><p>Two, and then the connec",
        "<html><body><div class=a><p>One.</p></div><img src='/photo/8f",
        "<html><body><article><p>One.</p>",
        "<html><body><p>One.</p><!-- and the",
        "<html><body><p>One.</p><script>if (a > b) { t = '</body>'; ",
    ],
)
def test_a_page_that_breaks_off_is_refused(body: str) -> None:
    with pytest.raises(TruncatedPage):
        document(body)


@pytest.mark.parametrize(
    "body",
    [
        "<h1>A</h1><p>One.",
        "<div><p>One.</div>",
        "<div><p>One.</body>",
        "<html><body><p>2 < 3</p></html>",
        "<div><p>a</p></div>\n",
    ],
)
def test_a_page_that_only_leaves_out_what_html_lets_it_is_not(body: str) -> None:
    assert text_of(document(body))


def test_select_keeps_page_order_and_names_an_element_once() -> None:
    found = document(
        '<div class="a b"><p class="x">1</p><div class="a"><p class="x">2</p></div></div>'
        '<p class="x">3</p><h1>4</h1></body>'
    )
    assert [content(element) for element in found.select(".a .x")] == ["1", "2"]
    assert [content(element) for element in found.select("p.x, h1, .a p")] == ["1", "2", "3", "4"]
    assert [content(element) for element in found.select("div.a > p")] == ["1", "2"]
    assert found.select(".c") == []
    assert found.first(".c") is None


def test_selectors_equal_those_of_a_full_search() -> None:
    found = document(
        '<div class="a"><ul class="d"><li>1</li><li data-x="y">2</li></ul></div><ul class="d"><li>3</li></ul></body>'
    )
    for css in (
        ".a .d > li", "ul.d > li", ".a[class] li", "li[data-x]", ".d:first-child li", ".a, .d",
        "ol.d", "div.a ul.d li", ".a *", ".d[data-x]", ".d li[data-x=y]", "ul", ".a .d > *[data-x]",
    ):  # fmt: skip
        assert found.select(css) == found.root.cssselect(css), css
    assert found.select(".a LI[DATA-X]") == found.select("li[data-x]"), "HTML knows no case"


def test_an_element_inside_one_of_its_own_class_changes_no_order() -> None:
    found = document(
        '<div class="a"><div class="a b"><p class="x">1</p><i class="a">2</i></div><p class="x">3</p></div>'
        '<p class="x">4</p></body>'
    )
    for css in (
        ".a > p", ".a p", ".a .a p", ".a + p", ".a ~ .x", ".a.b > p", ".a > .a > p", ".a .b ~ p", "div.a .a",
        ".a .a > p",
    ):  # fmt: skip
        assert found.select(css) == found.root.cssselect(css), css


def test_all_text_of_an_element_as_it_stands_without_what_follows_it() -> None:
    found = document("<p>a <b>b&amp;ə</b>\n<i> c<br>d</i> e</p> f</body>").root
    assert raw_text(next(found.iter("p"))) == "a b&ə\n cd e"
    assert raw_text(next(found.iter("b"))) == "b&ə"
    assert raw_text(next(found.iter("br"))) == ""


def test_an_end_tag_in_a_script_neither_ends_a_page_nor_breaks_it_off() -> None:
    script = b"<script>var t = '</body></html>';</script>"
    assert document(b"<html><head>" + script + b"</head><body><div><p>x</p></div>" + script + b"</body><!-- end -->")
    assert document(b"<html><body><div><p>x</p></div>" + script)
    with pytest.raises(TruncatedPage):
        document(b"<html><body><div><p>x</p>" + script + b"<p>y")
