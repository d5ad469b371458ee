"""JSON-LD in every shape that pages carry it, and in the broken ones."""

import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.pages import jsonld, subject

URL = "https://example.com/world/story"
ARTICLE = {"@type": "NewsArticle", "headline": "A story", "datePublished": "2025-11-11T17:50:00+04:00", "url": URL}


def article(*blocks: str) -> jsonld.Node:
    return subject.article_node(jsonld.parse(blocks), (URL,), "A story".__eq__)


@pytest.mark.parametrize(
    "value",
    [
        ARTICLE,
        [ARTICLE],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Site"}, ARTICLE]},
        [[{"@type": "Organization"}, [ARTICLE]]],
        {"@type": "WebPage", "mainEntity": ARTICLE},
    ],
)
def test_object_array_graph_and_nesting(value: Any) -> None:
    assert article(json.dumps(value))["headline"] == "A story"


@pytest.mark.parametrize(
    "block",
    [
        '{"@type": "NewsArticle", "headline": "A story", "tags": ["a", "b",],}',
        '{"@type": "NewsArticle", "headline": "A story", "description": "two\nlines\tand a tab"}',
        '<!--\n{"@type": "NewsArticle", "headline": "A story"}\n-->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "A story"}\n//]]>',
        '/*<![CDATA[*/{"@type": "NewsArticle", "headline": "A story"}/*]]>*/',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;A story&quot;}",
        '{"@type": "NewsArticle", "headline": "A story", "author": {"@type": "Person", "na',
        '{"@type": "NewsArticle", "headline": "A story", "articleBody": "It was cut o',
        '{"@type": "Organization"} {"@type": "NewsArticle", "headline": "A story"}',
        '{"@type": "NewsArticle", "headline": "A story"};',
        '\ufeff{"@type": ["Thing", "http://schema.org/NewsArticle"], "headline": "A story"}',
    ],
)
def test_what_is_broken_is_repaired(block: str) -> None:
    assert article(block)["headline"] == "A story"


def test_a_comma_in_a_text_is_no_trailing_comma() -> None:
    assert article('{"@type": "NewsArticle", "headline": "a,] b,}", "x": [1,],}')["headline"] == "a,] b,}"


def test_what_cannot_be_repaired_spoils_nothing_else() -> None:
    assert article("{'no': json}", "null", "", "[" * 100_000, json.dumps(ARTICLE))["headline"] == "A story"
    assert article("alert(1)") == {}


def test_the_article_of_this_page_is_chosen_among_links_to_others() -> None:
    others = [
        {**ARTICLE, "headline": f"Other {n}", "url": f"https://example.com/world/other-{n}", "articleBody": "x"}
        for n in range(3)
    ]
    assert article(json.dumps([*others, ARTICLE]))["headline"] == "A story"
    assert article(json.dumps({"@type": "ItemList", "itemListElement": others})) == {}
    assert article(json.dumps({**ARTICLE, "relatedLink": others, "url": URL + "?from=rss"}))["headline"] == "A story"


def test_an_article_with_another_address_counts_only_under_the_headline_of_the_page() -> None:
    moved = {**ARTICLE, "url": "https://example.com/other"}
    assert article(json.dumps(moved))["headline"] == "A story"
    assert article(json.dumps({**moved, "headline": "Another story"})) == {}
    assert article(json.dumps([{**moved, "headline": "Another story"}, {"@type": "NewsArticle"}])) == {
        "@type": "NewsArticle"
    }


def test_half_of_a_pair_of_code_units_is_dropped() -> None:
    value = r'{"@type": "NewsArticle", "headline": "\ud83d\ude00 A\ud83d story\uDE00", "image": "/\ud83d.jpg"}'
    node = jsonld.parse([value])[0]
    assert (node["headline"], node["image"]) == ("\U0001f600 A story", "/.jpg")


def test_a_single_article_counts_though_its_address_is_another_or_the_home_page() -> None:
    assert article(json.dumps({**ARTICLE, "url": "https://example.com/old-address"}))["headline"] == "A story"
    home = {**ARTICLE, "url": None, "mainEntityOfPage": {"@id": "https://example.com"}}
    assert article(json.dumps([{"@type": "NewsArticle"}, home]))["headline"] == "A story"


def test_names_of_persons_in_every_shape() -> None:
    nodes = jsonld.parse(['{"@graph": [{"@id": "#p", "@type": "Person", "name": "Leyla Əliyeva"}]}'])
    value = ["Anar Məmmədov", {"@type": "Person", "name": "Rəşad &amp; Co"}, {"@id": "#p"}, {"@id": "#none"}, None, 5]
    assert jsonld.names(value, nodes) == ["Anar Məmmədov", "Rəşad & Co", "Leyla Əliyeva"]
    assert jsonld.names({"name": ["A B", "C D"]}) == ["A B", "C D"]


def test_image_addresses_in_every_shape() -> None:
    value = ["/a.jpg", {"@type": "ImageObject", "url": "/b.jpg"}, {"contentUrl": "/c.jpg"}, {"url": ["/d.jpg"]}, {}, 1]
    assert jsonld.image_urls(value) == ["/a.jpg", "/b.jpg", "/c.jpg", "/d.jpg"]


def test_section_of_breadcrumbs_is_neither_home_nor_the_article() -> None:
    crumbs = {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"position": 3, "name": "A story"},
            {"position": "2", "item": {"@id": "https://example.com/world", "name": "World"}},
            {"position": 1, "name": "Home", "item": "https://example.com/"},
        ],
    }
    nodes = jsonld.parse([json.dumps(crumbs)])
    assert jsonld.section(nodes, "A story") == "World"
    assert jsonld.section(nodes, "World") == "A story"
    assert jsonld.section([], "A story") is None


def test_texts_lose_markup_entities_and_mojibake() -> None:
    assert jsonld.clean("  &lt;p&gt;Caf&amp;eacute;&lt;/p&gt; \n 5 < 6") == "Café 5 < 6"
    assert jsonld.clean("Ä°ran") == "İran"
    assert jsonld.clean(["no text"]) == ""
    assert jsonld.clean_lines("<p>One</p><p>Two</p>\nThree") == "One\nTwo\nThree"


@pytest.mark.parametrize(
    "block",
    ['{"a":"' + '\\"' * 500_000, '{"a":1,' * 50_000, "{" + "," * 500_000, '{"a":' + "[" * 200_000, "<!--" * 100_000],
)
def test_hostile_blocks_take_linear_time(block: str) -> None:
    started = time.perf_counter()
    jsonld.parse([block])
    assert time.perf_counter() - started < 3


@given(st.text())
def test_any_text_gives_nodes(block: str) -> None:
    assert isinstance(jsonld.parse([block]), list)


@given(
    st.recursive(
        st.none() | st.booleans() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    ["@type", "@id", "name", "url", "headline", "author", "image", "itemListElement", "position"]
                ),
                inner,
            )
        ),
    )
)
def test_any_json_gives_an_article_or_none(value: Any) -> None:
    nodes = jsonld.parse([json.dumps(value)])
    node = subject.article_node(nodes, (URL,), bool)
    assert isinstance(node, dict)
    assert all(isinstance(name, str) for name in jsonld.names(node.get("author"), nodes))
    assert all(isinstance(url, str) for url in jsonld.image_urls(node.get("image")))
    assert isinstance(jsonld.section(nodes, ""), str | None)
