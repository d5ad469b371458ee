"""Pages of the running stand-in against its truth, read with the crudest of readers."""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import Any

import attrs
import pytest

from newscrawl.replica.site import Replica
from tests.replica.conftest import Visitor
from tests.replica.reading import links_of, words, words_of_page


@pytest.mark.parametrize("variant", [0, 1, 2, 3])
def test_every_page_prints_its_truth(site: Visitor, variant: int) -> None:
    site.app.replica = replica = Replica(stories=120, variant=variant)
    for record in islice(replica.truth(), None, None, 3 if variant else 1):
        answer = site.get(record["url"])
        assert answer.status_code == 200, record["url"]
        html = answer.content.decode()
        if record["why"] != "soft-404":
            _check(html, record)


def _check(html: str, record: dict[str, Any]) -> None:
    page = words_of_page(html)
    paragraphs = [words(text) for text in (record["body"] or "").split("\n\n") if text]
    place = 0
    for paragraph in paragraphs:
        place = page.find(paragraph, place)
        assert place >= 0, (record["url"], record["kind"], paragraph)
        place += len(paragraph)
    for text in (record["headline"], record["section"], record["published_text"], *record["tags"]):
        assert words(text) in page, (record["url"], record["kind"], text)
    for address in (record["image_url"], record["short_url"]):
        assert address is None or address.removeprefix("https://") in html
    for other in record["alternates"]:
        assert other["url"].removeprefix("https://report.az") in html
        assert other["headline"] is None or words(other["headline"]) in page


def test_pages_weigh_what_news_pages_weigh(site: Visitor) -> None:
    sizes = [len(site.get(record["url"]).content) for record in Replica(stories=30).truth()]
    site.app.replica = Replica(stories=30)
    assert 50_000 < sorted(sizes)[len(sizes) // 2] < 90_000


def test_machine_times_are_in_the_pages_that_claim_them(site: Visitor) -> None:
    where = {"time-jsonld-only": (True, False), "time-meta-only": (False, True), "time-visible-only": (False, False)}
    found = 0
    for record in site.app.replica.truth():
        if expected := where.get(str(record["kind"])):
            html = site.get(record["url"]).text
            assert ("datePublished" in html, "article:published_time" in html) == expected
            found += 1
    assert found >= 9


def test_damaged_jsonld_is_damaged(site: Visitor) -> None:
    damaged = {"jsonld-trailing-comma", "jsonld-raw-newline", "jsonld-comment"}
    for record in site.app.replica.truth():
        blocks = _blocks(site, str(record["url"])) if str(record["kind"]).startswith("jsonld-") else []
        if record["kind"] in damaged:
            with pytest.raises(json.JSONDecodeError):
                json.loads(blocks[0])
        elif record["kind"] != "jsonld-missing":
            for block in blocks:
                json.loads(block)


def _blocks(site: Visitor, url: str) -> list[str]:
    return re.findall(r'<script type="application/ld\+json">(.*?)</script>', site.get(url).text, re.DOTALL)


def test_the_sidebar_holds_the_article_itself_and_eight_others(site: Visitor) -> None:
    replica = site.app.replica
    path = replica.texts.path(60, "az")
    html = site.get(path).text
    sidebar = html[html.index('class="col-lg-3 latest"') :]
    rows = [href for href, _ in links_of(sidebar[: sidebar.index("all-news")])]
    assert len(rows) == 9
    assert path in rows


def test_a_page_cut_off_has_no_end(site: Visitor) -> None:
    urls = [str(r["url"]) for r in site.app.replica.truth() if r["why"] == "cut-off"]
    for url in urls:
        html = site.get(url).text
        assert 'class="news-detail__desc"' in html
        assert "</html>" not in html


def test_pages_are_the_same_at_every_call(site: Visitor) -> None:
    urls = [str(record["url"]) for record in site.app.replica.truth()][::7]
    first = [site.get(url).content for url in urls]
    site.app.replica = attrs.evolve(site.app.replica, later=30)
    assert [site.get(url).content for url in urls[3:]] == first[3:]


@pytest.mark.parametrize("edit", ["body", "headline", "tags", "whitespace", "outside"])
def test_an_edit_changes_the_page_and_its_validators(site: Visitor, edit: str) -> None:
    fresh = site.app.replica
    path = fresh.texts.path(100, "az")
    before = site.get(path)
    site.app.replica = attrs.evolve(fresh, edits={100: edit})
    after = site.get(path, If_None_Match=before.headers["etag"])
    assert after.status_code == 200
    assert after.content != before.content
    assert site.get(path, If_Modified_Since=before.headers["last-modified"]).status_code == 200
    same_words = words_of_page(after.text) == words_of_page(before.text)
    assert same_words == (edit == "whitespace")
    site.app.replica = attrs.evolve(fresh, edits={100: "restore"})
    assert site.get(path).content == before.content


def test_what_is_gone_is_a_404_and_in_no_listing(site: Visitor) -> None:
    path = site.app.replica.texts.path(119, "az")
    assert path in site.get("/son-xeberler").text
    site.app.replica = attrs.evolve(site.app.replica, edits={119: "gone"})
    assert site.get(path).status_code == 404
    assert path not in site.get("/son-xeberler").text
    assert path not in site.get("/news-sitemap.xml").text


def test_unknown_addresses_are_404(site: Visitor) -> None:
    path = site.app.replica.texts.path(100, "az")
    for address in (
        path + "-1",
        path[:-1],
        "/ru" + path,
        "/futbol/12-345-nefer",
        "/nothing",
        "/a/b/c/d",
        "/infinity/x",
    ):
        assert site.get(address).status_code == 404, address
