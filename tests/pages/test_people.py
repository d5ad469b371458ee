"""Names out of bylines."""

import pytest
from lxml import etree, html
from web_poet import HttpResponse

from newscrawl.pages import metadata, people
from newscrawl.pages.document import Document


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Jo Doe", ["Jo Doe"]),
        ("Von Anna Groß und Max Klein", ["Anna Groß", "Max Klein"]),
        ("Jo Doe, Ann Roe & Leyla Əliyeva", ["Jo Doe", "Ann Roe", "Leyla Əliyeva"]),
        ("Jo Doe (jd)", ["Jo Doe"]),
        ("Автор: Иван Петров", ["Иван Петров"]),
        ("Jo Doe jo@example.com @jodoe", ["Jo Doe"]),
        ("https://example.com/jo-doe", []),
        ("12 May 2025", []),
        ("", []),
        ("Bryan Byrd", ["Bryan Byrd"]),
    ],
)
def test_split(byline: str, names: list[str]) -> None:
    assert list(people.split(byline)) == names


def test_persons_before_the_publisher_each_once() -> None:
    assert people.authors(
        ["The Town Times", "Jo Doe", "JO DOE", "town.example"], ["The Town Times", "town.example"]
    ) == ("Jo Doe",)
    assert people.authors(["The Town Times"], ["Town Times"]) == ()


@pytest.mark.parametrize(
    "page",
    [
        "<div class='article__byline'>By Jo Doe</div>",
        "<a rel=author href=/x>Jo Doe</a>",
        "<span itemprop=author><span itemprop=name>Jo Doe</span></span>",
        "<ul class=metaAuthorList><li><a href=/x>Jo Doe</a></li></ul>",
        "<div class=author><img alt=x></div><div class=author-name>Jo Doe</div><div class=author-name>Ann Roe</div>",
    ],
)
def test_bylines_of_the_page(page: str) -> None:
    root = etree.fromstring(f"<body><p>Text by Max Klein.</p>{page}</body>", html.HTMLParser())
    assert people.bylines(root, []) == ("Jo Doe",)


def metadata_of(head: str) -> metadata.Metadata:
    return metadata.read(Document(HttpResponse("https://example.com/", f"<head>{head}</head><body>".encode())))


def test_labels_of_share_cards() -> None:
    head = "<meta name='twitter:label1' content='Written by'><meta name='twitter:data1' content='Jo Doe'>"
    assert people.labelled(metadata_of(head)) == ["Jo Doe"]
    head = "<meta name='twitter:label1' content='Est. reading time'><meta name='twitter:data1' content='3 minutes'>"
    assert people.labelled(metadata_of(head)) == []
