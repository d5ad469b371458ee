"""URLs: one address per page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl import urls


@pytest.mark.parametrize(
    ("base", "href", "expected"),
    [
        ("https://report.az/en/", "/en/finance/x", "https://report.az/en/finance/x"),
        ("https://report.az/en/", "https://report.az/a/b#comments", "https://report.az/a/b"),
        ("https://report.az/a/b", "//images.report.az/1.jpg", "https://images.report.az/1.jpg"),
        ("https://report.az/", " /a/b \n", "https://report.az/a/b"),
        ("https://report.az/", "javascript:void(0)", None),
        ("https://report.az/", "mailto:a@report.az", None),
        ("https://report.az/", "http://[broken", None),
        ("https://report.az/", "https://host:port/", None),
    ],
)
def test_absolute(base: str, href: str, expected: str | None) -> None:
    assert urls.absolute(base, href) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://Report.AZ/a/b", "https://report.az/a/b"),
        ("https://report.az:443/a", "https://report.az/a"),
        ("http://report.az:8080/a", "http://report.az:8080/a"),
        ("https://report.az", "https://report.az/"),
        ("https://report.az/a?utm_source=x&utm_medium=y&fbclid=1", "https://report.az/a"),
        ("https://report.az/a?page=2&utm_source=x", "https://report.az/a?page=2"),
        ("https://report.az/a?b=1&a=2", "https://report.az/a?b=1&a=2"),
        ("https://report.az/a#top", "https://report.az/a"),
        ("https://report.az/хəbər", "https://report.az/%D1%85%C9%99b%C9%99r"),
        ("https://report.az/%D1%85", "https://report.az/%D1%85"),
    ],
)
def test_canonical(url: str, expected: str) -> None:
    assert urls.canonical(url) == expected


@pytest.mark.parametrize("text", ["", "report.az/x", "/x", "ftp://report.az/x", "https://", "nonsense"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an absolute"):
        urls.canonical(text)


@given(st.from_regex(r"https?://[a-z]{1,8}\.az/[a-zA-Z0-9/%._~-]{0,30}(\?[a-z]{1,9}=[a-z0-9]{0,9})?", fullmatch=True))
def test_canonical_of_canonical_is_itself(url: str) -> None:
    once = urls.canonical(url)
    assert urls.canonical(once) == once


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("https://report.az", ""),
        ("https://report.az/en/finance/x?page=2#top", "/en/finance/x"),
        ("http://www.report.az:80/a/", "/a/"),
        ("https://report.az/Ə/b;c", "/Ə/b;c"),
        ("/a/b", "/a/b"),
    ],
)
def test_path(url: str, path: str) -> None:
    assert urls.path_of(url) == path
