"""A site's addresses: what is an article, in which language, under which one address."""

import pytest

from newscrawl.schedule import LOOKS
from newscrawl.sites import SITES
from newscrawl.sites.report_az import REPORT


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://www.report.az/en/finance/x/", "https://report.az/en/finance/x"),
        ("https://report.az/en/amp/ict/x", "https://report.az/en/ict/x"),
        ("https://report.az/amp/biznes-xeberleri/x", "https://report.az/biznes-xeberleri/x"),
        ("https://report.az/a-b/x?utm_source=t#c", "https://report.az/a-b/x"),
        ("https://report.az", "https://report.az/"),
        ("https://www.oxu.az/a/b/", "https://www.oxu.az/a/b/"),  # another site keeps its own spelling
    ],
)
def test_one_address_per_page(url: str, expected: str) -> None:
    assert REPORT.canonical(url) == expected
    assert REPORT.canonical(expected) == expected


@pytest.mark.parametrize(
    ("path", "language"),
    [("/", "az"), ("/ru/", "ru"), ("/en", "en"), ("/energetika/x", "az"), ("/en/energy/x", "en"), ("/rusiya/x", "az")],
)
def test_the_first_segment_tells_the_language(path: str, language: str) -> None:
    assert REPORT.language_of("https://report.az" + path) == language


def test_another_site_has_no_language() -> None:
    assert REPORT.language_of("https://oxu.az/en/x") is None


@pytest.mark.parametrize(
    ("path", "section"),
    [
        ("/iqtisadiyyat-xeberleri/some-slug", "iqtisadiyyat-xeberleri"),
        ("/en/finance/some-slug-09-10-2026", "finance"),
        ("/ru/drugie-strany/slug", "drugie-strany"),
        ("/en/finance/some-slug/", "finance"),
        ("/2844552", None),
        ("/en/finance", None),
        ("/finance", None),
        ("/infinity/index", None),
        ("/en/infinity/index", None),
        ("/finance/page/2", None),
        ("/ru/rss/", None),
        ("/search", None),
        ("/", None),
        ("/en/", None),
    ],
)
def test_two_segments_below_the_language_are_an_article(path: str, section: str | None) -> None:
    match = REPORT.article("https://report.az" + path)
    assert (match and match["section"]) == section


@pytest.mark.parametrize(
    ("path", "section"),
    [
        ("/en/finance", "finance"),
        ("/finance/x", "finance"),
        ("/son-xeberler", "son-xeberler"),
        ("/ru", None),
        ("/2844552", None),
    ],
)
def test_sections(path: str, section: str | None) -> None:
    assert REPORT.section_of("https://report.az" + path) == section


def test_sites_are_found_by_name() -> None:
    assert SITES["report"] is REPORT


@pytest.mark.parametrize(
    ("path", "lists"),
    [
        ("/", True),
        ("/en/", True),
        ("/en", True),
        ("/ru/", True),
        ("/son-xeberler", True),
        ("/en/finance", True),
        ("/2844552", False),  # a short link leads to an article
        ("/en/finance/some-slug-09-10-2026", False),
        ("/infinity/index", False),
    ],
)
def test_home_pages_and_sections_list_articles(path: str, lists: bool) -> None:
    """A redirect of an article to one of them means that the article is not there."""
    assert REPORT.lists("https://report.az" + path) == lists


def test_another_sites_home_lists_nothing_of_ours() -> None:
    assert not REPORT.lists("https://oxu.az/")


def test_a_site_that_says_nothing_looks_again_as_agencies_update() -> None:
    assert REPORT.looks == LOOKS
