"""Which values of a page tell when it was published."""

from lxml import etree, html
from web_poet import HttpResponse

from newscrawl.pages import metadata, moments, zones
from newscrawl.pages.document import Document


def head(*names: str) -> metadata.Metadata:
    metas = "".join(f'<meta name="{name}" content="{number}">' for number, name in enumerate(names))
    return metadata.read(Document(HttpResponse("https://example.com/", f"<head>{metas}</head><body>".encode())))


def test_names_with_any_separator_the_most_telling_first() -> None:
    found = head("date", "article:published:time", "article.published", "pub-date", "article:modified_time")
    assert list(moments.published(found)) == ["1", "2", "3", "0"]
    assert list(moments.modified(found)) == ["4"]


def test_marked_elements_before_the_first_time_element() -> None:
    root = etree.fromstring(
        "<p><time datetime=1></time><time datetime=2 itemprop=datePublished></time></p>", html.HTMLParser()
    )
    assert list(moments.marked(root, anywhere=True)) == ["2"]
    root = etree.fromstring("<p><time datetime=1></time><time datetime=2></time></p>", html.HTMLParser())
    assert list(moments.marked(root, anywhere=True)) == ["1"]
    assert list(moments.marked(root, anywhere=False)) == []


def test_zones_of_countries_that_have_one() -> None:
    assert zones.of_host("www.report.az") == "Asia/Baku"
    assert zones.of_host("paper.co.za") == "Africa/Johannesburg"
    assert zones.of_host("paper.ru") is None
    assert zones.of_host("paper.com") is None
