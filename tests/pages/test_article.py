"""`ArticlePage` without configuration, and what a class for one site adds to it."""

import asyncio
import gc
import json
import re
import weakref

import pytest
from web_poet import HttpResponse

from newscrawl.errors import MissingField, UnknownLayout
from newscrawl.items import Alternate, Article, Image
from newscrawl.pages.article import ArticlePage
from newscrawl.site import Site

URL = "https://www.town-times.example/en/region/new-bridge"
PROSE = (
    "<p>The council of the town decided on Monday to build a new bridge over the river.</p>"
    "<p>“It will take two years and cost nine million,” the mayor said after the meeting.</p>"
)
BODY = (
    "The council of the town decided on Monday to build a new bridge over the river.\n\n"
    "“It will take two years and cost nine million,” the mayor said after the meeting."
)
JSON_LD = """<script type="application/ld+json">{"@type": "NewsArticle", "headline": "New bridge",
"description": "It is decided.", "datePublished": "2025-05-12T09:30:00+02:00",
"dateModified": "2025-05-12T11:00:00+02:00",
"author": [{"@type": "Person", "name": "Jo Doe"}, {"@type": "Organization", "name": "Town Times"}],
"publisher": {"name": "Town Times"}, "articleSection": "Region", "keywords": ["bridge", "river"],
"image": {"url": "/img/bridge.jpg"}, "inLanguage": "en"}</script>"""
METAS = """<meta property="og:title" content="New bridge - Town Times">
<meta property="og:site_name" content="Town Times">
<meta property="article:published_time" content="2025-05-12T07:30:00Z">
<meta name="description" content="It is decided.">
<meta property="article:section" content="Region | Town Times"><meta property="article:tag" content="bridge">
<meta property="article:tag" content="river"><meta property="og:image" content="https://cdn.example/bridge.jpg">
<meta property="og:locale" content="en_GB"><meta name="author" content="By Jo Doe">"""


def read(page: str, cls: type[ArticlePage] = ArticlePage, url: str = URL, **headers: str) -> Article:
    return asyncio.run(cls(HttpResponse(url, page.encode(), headers=headers)).to_item())


def page(head: str = "", body: str = f"<h1>New bridge</h1><div>{PROSE}</div>", lang: str = " lang=en") -> str:
    return f"<!DOCTYPE html><html{lang}><head>{head}</head><body>{body}</body></html>"


def test_json_ld_first() -> None:
    article = read(page(METAS + JSON_LD))
    assert (article.headline, article.body, article.summary) == ("New bridge", BODY, "It is decided.")
    assert article.published_at == "2025-05-12T09:30:00+02:00"
    assert article.modified_at == "2025-05-12T11:00:00+02:00"
    assert (article.language, article.section) == ("en", "Region")
    assert (article.tags, article.authors) == (("bridge", "river"), ("Jo Doe",))
    assert article.image_url == "https://www.town-times.example/img/bridge.jpg"
    assert (article.url, article.site, article.parser) == (
        URL,
        "town-times.example",
        "newscrawl.pages.article.ArticlePage",
    )
    assert article.sources == {
        "url": "url", "headline": "json-ld", "body": "html", "summary": "json-ld", "published_at": "json-ld",
        "modified_at": "json-ld", "language": "html", "section": "json-ld", "tags": "json-ld", "authors": "json-ld",
        "image_url": "json-ld",
    }  # fmt: skip


def test_then_metadata() -> None:
    article = read(page(METAS, lang=""))
    assert article.published_at == "2025-05-12T07:30:00+00:00"
    assert (article.headline, article.language, article.section) == ("New bridge", "en", "Region")
    assert (article.tags, article.authors) == (("bridge", "river"), ("Jo Doe",))
    assert article.image_url == "https://cdn.example/bridge.jpg"
    assert {
        article.sources[name] for name in ("published_at", "language", "section", "tags", "authors", "image_url")
    } == {"meta"}


def test_then_plain_html() -> None:
    body = f"""<h1>New bridge</h1><span class=byline>By Jo Doe</span><time datetime="2025-05-12T07:30:00Z">today</time>
    <div>{PROSE}</div><a rel=tag href=/t>bridge</a>"""
    article = read(page("<title>New bridge | Town Times</title>", body))
    assert (article.headline, article.published_at) == ("New bridge", "2025-05-12T07:30:00+00:00")
    assert (article.tags, article.authors) == (("bridge",), ("Jo Doe",))
    assert {article.sources[name] for name in ("headline", "published_at", "tags", "authors", "body")} == {"html"}


def test_a_modified_time_or_a_bare_day_is_no_time_of_publication() -> None:
    head = (
        '<meta property="article:modified_time" content="2025-05-12T07:30:00Z"><meta name="date" content="2025-05-12">'
    )
    article = read(page(head))
    assert article.published_at is None
    assert "published_at" not in article.sources


def test_a_time_without_zone_is_read_at_the_only_zone_of_the_country_and_flagged() -> None:
    head = '<meta property="article:published_time" content="2025-05-12 09:30:00">'
    article = read(page(head), url="https://zeitung.de/stadt/bruecke")
    assert article.published_at == "2025-05-12T09:30:00+02:00"
    assert article.flags == ("published_at has no zone on the page; Europe/Berlin is that of the site's country",)
    article = read(page(head), url="https://paper.com/town/bridge")
    assert (article.published_at, article.flags) == (None, ())


def test_addresses() -> None:
    head = """<link rel=canonical href="https://www.town-times.example/en/region/new-bridge">
    <link rel=amphtml href="/amp/en/region/new-bridge"><link rel=shortlink href="https://town-times.example/?p=7">
    <link rel=alternate hreflang=de href="https://www.town-times.example/de/region/neue-bruecke">
    <link rel=alternate hreflang=en-gb href="https://www.town-times.example/en/region/new-bridge">
    <link rel=alternate hreflang=x-default href="https://www.town-times.example/">
    <link rel=alternate type="application/rss+xml" href="/rss">"""
    article = read(page(head), url=URL + "?utm_source=feed")
    assert article.url == URL
    assert article.aliases == {
        URL + "?utm_source=feed": "tracking",
        "https://www.town-times.example/amp/en/region/new-bridge": "amp",
        "https://town-times.example/?p=7": "short link",
    }
    assert article.alternates == (
        Alternate(language="de", url="https://www.town-times.example/de/region/neue-bruecke"),
    )
    assert article.site_article_id is None


@pytest.mark.parametrize("wrong", ["https://www.town-times.example/", "https://other.example/a/b", "javascript:;", ""])
def test_a_canonical_link_that_cannot_be_this_article_is_not_believed(wrong: str) -> None:
    assert read(page(f'<link rel=canonical href="{wrong}">')).url == URL


def test_images_of_the_body_with_captions() -> None:
    figure = "<figure><img data-src=/b.jpg src=data:image/gif;x><figcaption>The old bridge</figcaption></figure>"
    article = read(page(body=f"<h1>New bridge</h1><div>{PROSE}{figure}<img src=/blank.gif></div>"))
    assert article.images == (Image(url="https://www.town-times.example/b.jpg", caption="The old bridge"),)


def test_json_ld_body_where_the_page_shows_none() -> None:
    node = json.dumps({"@type": "Article", "headline": "New bridge", "articleBody": BODY[:79]})
    article = read(page(f'<script type="application/ld+json">{node}</script>', "<h1>New bridge</h1>"))
    assert (article.body, article.sources["body"]) == (BODY[:79], "json-ld")


@pytest.mark.parametrize(
    ("missing", "html"),
    [
        ("headline", page(body=f"<div>{PROSE}</div>")),
        ("body", page(body="<h1>New bridge</h1>")),
        ("language", page(body="<h1>Xyzzy</h1><p>Xyzzy plugh xyzzy plugh, xyzzy plugh xyzzy plugh.</p>", lang="")),
    ],
)
def test_a_missing_field_is_named_first(missing: str, html: str) -> None:
    with pytest.raises(MissingField, match=f"^{missing}: .*{URL.removesuffix('/en/region/new-bridge')}"):
        read(html, url=URL.replace("/en/", "/x-ray/"))


TOWN = Site(
    name="town", domain="town-times.example", zone="Europe/London", homes={"en": "/en", "de": "/de"},
    article_path=re.compile(r"/(?:en|de)/(?P<section>[a-z-]+)/(?P<slug>[a-z-]+)"),
)  # fmt: skip


class OldTownPage(ArticlePage):
    site = TOWN
    marker_css = ".old"
    headline_css = ".old h2"
    body_css = ".old"
    date_css = ".when span"


class TownPage(ArticlePage):
    site = TOWN
    marker_css = "main.new"
    older = OldTownPage
    headline_css = "main h2"
    section_css = "main .kicker"
    date_css = "main .when span"
    body_css = "main .text"
    drop_css = ".text .note"
    summary_css = "main .lead"
    authors_css = "main .who"
    tags_css = "main .topics"
    image_css = "main .photo img"
    placeholder_image = re.compile("/none")
    short_url_css = ".copy"


TOWN_PAGE = f"""<html><body><h1>Wrong</h1><main class=new><i class=kicker>Region</i><h2>New bridge</h2>
<p class=when><span>12 May 2025</span> <span>09:30</span></p><p class=lead>It is decided.</p><p class=who>By Jo Doe</p>
<div class=photo><img src=/none.png><img src=/b.jpg></div><div class=text>{PROSE}<p class=note>Note.</p></div>
<ul class=topics><li>bridge<li>river</ul><b class=copy data-url="town-times.example/77"></b></main></body></html>"""


def test_a_class_for_one_site_sets_attributes_and_nothing_else() -> None:
    article = read(TOWN_PAGE, TownPage)
    assert (article.site, article.url) == ("town", "https://town-times.example/en/region/new-bridge")
    assert (article.headline, article.body, article.summary) == ("New bridge", BODY, "It is decided.")
    assert (article.section, article.section_slug) == ("Region", "region")
    assert (article.published_at, article.published_text) == ("2025-05-12T09:30:00+01:00", "12 May 2025 09:30")
    assert (article.tags, article.authors) == (("bridge", "river"), ("Jo Doe",))
    assert article.image_url == "https://www.town-times.example/b.jpg"
    assert (article.short_url, article.site_article_id) == ("https://town-times.example/77", "77")
    assert (article.language, article.sources["language"], article.flags) == ("en", "url", ())
    assert {article.sources[name] for name in ("headline", "body", "section", "tags", "published_at", "short_url")} == {
        "css"
    }


def test_the_older_layout_is_tried_and_named() -> None:
    old = f"<html><body><div class=old><h2>New bridge</h2>{PROSE}</div></body></html>"
    article = read(old, TownPage)
    assert (article.headline, article.parser) == ("New bridge", f"{__name__}.OldTownPage")
    with pytest.raises(UnknownLayout, match="old"):
        read("<html><body><h1>Not found</h1></body></html>", TownPage)


def test_a_page_does_not_outlive_its_use() -> None:
    """A cycle would keep the tree in memory until the garbage collector comes."""
    gc.disable()
    try:
        used = ArticlePage(HttpResponse(URL, page(METAS + JSON_LD).encode()))
        asyncio.run(used.to_item())
        ghost = weakref.ref(used)
        del used
        assert ghost() is None
    finally:
        gc.enable()


@pytest.mark.parametrize(
    ("printed", "published_at", "published_text"),
    [
        (
            "<p class=article-date>Erstellt: 13. Mai 2026, um 15:44 Uhr</p>",
            "2026-05-13T15:44:00+02:00",
            "13. Mai 2026 15:44",
        ),
        ("<time>13.05.2026, 15:44</time>", "2026-05-13T15:44:00+02:00", "13.05.2026 15:44"),
        ("<p class=article-date>05/13/2026 15:44</p>", None, None),
        ("<p class=article-date>13. Mai 2026</p>", None, None),
        ("<p>13. Mai 2026 15:44</p>", None, None),
    ],
)
def test_a_printed_time_where_machines_are_told_none(
    printed: str, published_at: str | None, published_text: str | None
) -> None:
    clock = "<span class=date>24. November 2026 06:44</span>"
    html = page(body=f"{clock}<h1>Neue Brücke</h1>{printed}<div>{PROSE}</div>", lang=" lang=de")
    article = read(html.replace(PROSE, GERMAN), url="https://zeitung.de/stadt/bruecke")
    assert (article.published_at, article.published_text) == (published_at, published_text)
    assert bool(article.flags) == bool(published_at)


GERMAN = "<p>Der Rat der Stadt hat am Montag entschieden, dass die neue Brücke gebaut wird und nicht die alte.</p>"
