"""What stands around an article of the stand-in and is not of it: headings, counters, data of other articles."""

from __future__ import annotations

import json
import re
from typing import Any

import attrs
import pytest

from newscrawl.replica import wording
from newscrawl.replica.routes import fetch
from newscrawl.replica.site import Replica
from tests.replica.conftest import HOST
from tests.replica.reading import links_of, words, words_of_page

Record = dict[str, Any]
ByKind = dict[str, list[tuple[Record, str]]]
REPLICA = Replica(stories=240)


@pytest.fixture(scope="module")
def pages() -> ByKind:
    """Return (truth, HTML) of the article pages by kind."""
    found: ByKind = {}
    for record in REPLICA.truth():
        html = fetch(REPLICA, record["url"]).body.decode()
        found.setdefault(record["kind"], []).append((record, html))
    return found


def jsonld(html: str) -> list[dict[str, Any]]:
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return [block for block in map(json.loads, blocks) if block["@type"] == "NewsArticle"]


def test_the_topics_bar_can_look_like_tags(pages: ByKind) -> None:
    for record, html in pages["topics-tags"] + pages["keywords-of-site"]:
        bar = re.findall(r'<header class="header"><div class="topics tags">(.*?)</div>', html, re.DOTALL)
        topics = [text for _, text in links_of(bar[0])]
        assert len(topics) > 3
        assert len(set(topics) - set(record["tags"])) >= 3


def test_keywords_of_the_site_are_no_tags(pages: ByKind) -> None:
    assert len(pages["keywords-of-site"]) > 3
    for record, html in pages["keywords-of-site"]:
        assert f'<meta name="keywords" content="{wording.KEYWORDS[record["language"]]}">' in html
        assert 'class="tags"' not in html
        assert record["tags"] == []


def test_a_counter_can_follow_day_and_time(pages: ByKind) -> None:
    icons = set()
    for record, html in pages["views"] + pages["views-visible-only"]:
        items = re.findall(r"<li>(.*?)</li>", html[html.index('<ul class="news__date">') :])[:3]
        assert record["published_text"] == " ".join(items[:2])
        assert re.fullmatch(r"(<svg.*</svg>)?\d \d{3}", items[2])
        icons.add(items[2].startswith("<svg"))
    assert icons == {True, False}
    for _, html in pages["views-visible-only"]:
        assert "datePublished" not in html
        assert "article:published_time" not in html


def test_another_heading_can_stand_above_the_headline(pages: ByKind) -> None:
    for record, html in pages["second-heading"]:
        first, second = re.findall(r'<h1 class="section-title">(.*?)</h1>', html)
        assert first == wording.LATEST[record["language"]]
        assert words_of_page(second) == words(record["headline"])


@pytest.mark.parametrize(("kind", "own"), [("jsonld-other-besides", 1), ("jsonld-other-instead", 0)])
def test_data_can_be_of_an_article_of_the_sidebar(pages: ByKind, kind: str, own: int) -> None:
    places = set()
    for record, html in pages[kind]:
        blocks = jsonld(html)
        others = [block for block in blocks if block["url"] != record["url"]]
        assert (len(others), len(blocks) - len(others)) == (1, own)
        assert others[0]["headline"] != record["headline"]
        assert others[0]["url"].removeprefix(HOST) in html[html.index('class="col-lg-3 latest"') :]
        assert "datePublished" in others[0]
        assert "author" in others[0]
        places.add(blocks.index(others[0]))
        named = [block["author"]["name"] for block in blocks if block not in others and "author" in block]
        assert record["authors"] == named
    assert places == set(range(own + 1))


def test_data_of_another_article_stays_when_that_one_is_edited(pages: ByKind) -> None:
    edited = attrs.evolve(REPLICA, edits=dict.fromkeys(range(0, 240, 2), "headline"))
    urls = [record["url"] for record, _ in pages["jsonld-other-instead"]]
    for url in urls:
        was, now = (jsonld(fetch(replica, url).body.decode())[0] for replica in (REPLICA, edited))
        assert was == now


def test_a_time_of_change_can_be_none(pages: ByKind) -> None:
    for _, html in pages["modified-zero"]:
        assert '<meta property="article:modified_time" content="0001-01-01T00:00:00">' in html


def test_half_an_emoji_is_in_the_data_only(pages: ByKind) -> None:
    for record, html in pages["jsonld-lone-surrogate"]:
        (news,) = jsonld(html)
        assert news["headline"] == f"\ud83d {record['headline']}"
        assert html.count(r"\ud83d") >= 2
        assert all("\ud83d" not in str(value) for value in record.values())


def test_what_is_around_an_article_varies_on_pages_of_other_kinds_too(
    pages: ByKind,
) -> None:
    signs = (
        'class="topics tags"',
        'content="0001-01-01T00:00:00"',
        '<div class="page-head"><h1 class="section-title">',
    )
    for sign in signs:
        assert len([kind for kind, found in pages.items() if any(sign in html for _, html in found)]) > 8
