"""The search page and datasette's own search box: what they find, what they say where nothing is, what they endure."""

from __future__ import annotations

import re
import sqlite3
from html import unescape
from pathlib import Path
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import attrs
import pytest

from newscrawl.archive import Archive, hits
from newscrawl.archive.hits import Query
from newscrawl.browse import searching
from newscrawl.sites.report_az import REPORT
from tests.browse import conftest
from tests.browse.conftest import Reading, article

BUDGET = "UPDATED: Budget is approved"


def page(reading: Reading, q: str | None = None, **chosen: str) -> str:
    given = chosen if q is None else {"q": q, **chosen}
    return reading.page("/news/-/search?" + urlencode(given))


def words(html: str) -> str:
    """What a page says, in one line; marks within words leave no gap."""
    return conftest.words(re.sub("</?(bdi|mark|q|i)\\b[^>]*>", "", html))


def headlines(html: str) -> list[str]:
    return [unescape(re.sub("<[^>]*>", "", each)) for each in re.findall(r'<h2 class="headline">(.*?)</h2>', html)]


def links(html: str, within: str) -> list[tuple[str, str]]:
    """(text, address) of the links in the elements of a class."""
    parts = re.findall(rf'<(\w+) class="{within}"[^>]*>(.*?)</\1>', html, flags=re.S)
    found = [link for _, part in parts for link in re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', part)]
    return [(unescape(text), unescape(address)) for address, text in found]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("baki", ["Bakıda metro stansiyası açılıb"]), ("Bakı", ["Bakıda metro stansiyası açılıb"]),
        ("BAKI", ["Bakıda metro stansiyası açılıb"]), ("станци", ["В Баку открыта станция метро", "Снесён дом"]),
        ("снесен", ["Снесён дом"]), ("budget", [BUDGET]), ("vaxti", ["Vaxtı bilinməyən xəbər"]),
        ('"three years"', ["Metro opens in Baku"]), ('"years three"', []), ("quarrel", []),
    ],
)  # fmt: skip
def test_spelling_is_forgiven(reading: Reading, typed: str, expected: list[str]) -> None:
    found = headlines(page(reading, typed))
    assert found[: len(expected)] == expected
    assert bool(found) == bool(expected)


def test_a_hit_says_where_when_and_what(reading: Reading) -> None:
    html = page(reading, "МИНИСТР", language="ru", sort="newest")
    first, second = re.findall(r'<li class="listed">(.*?)</li>', html, flags=re.S)
    assert '<time datetime="2026-03-17T11:00:00+04:00" title="UTC+04:00; 2026-03-17 07:00:00 UTC">' in first
    assert words(first).startswith("17 March 2026, 11:00 ru Инфраструктура В Баку открыта станция метро")
    assert "метро. <mark>Министр</mark> сообщил" in first
    assert '<p class="snippet" lang="ru" dir="auto">' in first
    assert re.search(r'<a href="/news/articles/\d+"><span lang="ru" dir="auto">В Баку', first)
    assert "gone from the site" in words(second)
    assert "2 articles, the newest first." in words(html)


def test_hits_are_marked_in_headlines_and_tags(reading: Reading) -> None:
    html = page(reading, "metro", language="en")
    assert "<mark>Metro</mark> opens in Baku" in html
    assert '<mark lang="en" dir="auto">Metro</mark>' in html


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"language": "en"}, ["Metro opens in Baku", BUDGET]),
        ({"language": "en", "tag": "METRO", "until": "2026-03-16"}, [BUDGET]),
        ({"section": "infrastruktura"}, ["В Баку открыта станция метро", "Снесён дом"]),
        ({"since": "2026-03-17", "language": "ru"}, ["В Баку открыта станция метро"]),
        ({"since": "2026-03-18"}, []),
        ({"site": "report", "tag": "метро"}, ["В Баку открыта станция метро", "Снесён дом"]),
        ({"site": "elsewhere"}, []),
        ({"language": "xx", "section": "chess"}, []),
    ],
)
def test_filters(reading: Reading, chosen: dict[str, str], expected: list[str]) -> None:
    html = page(reading, "baku", sort="newest", **chosen)
    assert headlines(html) == expected
    for name, value in chosen.items():
        select = re.search(rf'<select name="{name}">(.*?)</select>', html, flags=re.S)
        if select:
            assert f'<option value="{value}"' in select[1]
            assert re.search(rf'<option value="{value}"[^>]* selected>', select[1]), "the form shows what was chosen"
        else:
            assert f'name="{name}" value="{value}"' in html


def test_sections_are_those_of_the_language_chosen(reading: Reading) -> None:
    sections = re.compile(r'<select name="section">.*?</select>', re.S)
    everything, russian = (
        sections.findall(page(reading, "baku", **chosen))[0] for chosen in ({}, {"language": "ru"})
    )  # fmt: skip
    assert '<option value="infrastruktur" lang="az">İnfrastruktur</option>' in everything
    assert "Инфраструктура" in russian
    assert "Infrastructure" not in russian


def test_what_is_no_day_is_said_and_passed_over(reading: Reading) -> None:
    html = page(reading, "baku", since="2026-02-30", until="<tomorrow>")
    assert "“2026-02-30” is no day: write it like 2026-03-17." in words(html)
    assert "“<tomorrow>” is no day" in words(html)
    assert headlines(html) == headlines(page(reading, "baku"))


def test_without_words_it_says_how_to_search(reading: Reading) -> None:
    html = page(reading)
    assert re.search(r'<input id="words"[^>]* autofocus>', html)
    assert "Words in quotes must stand side by side" in words(html)
    html = page(reading, "?!")
    assert "There is no word in “?!”." in words(html)
    assert not re.search(r'<input id="words"[^>]* autofocus>', html)


def test_near_spellings_are_offered_where_nothing_is_found(reading: Reading) -> None:
    html = page(reading, "bugdet", language="en")
    assert "No article is found for “bugdet” with these filters." in words(html)
    assert links(html, "near") == [("Budget", "/news/-/search?q=Budget&language=en")]
    assert headlines(reading.page("/news/-/search?q=Budget&language=en")) == [BUDGET]


def test_the_filter_that_hides_articles_is_named(reading: Reading) -> None:
    html = page(reading, "budget", language="ru", sort="newest")
    assert links(html, "advice") == [("1 article in any language", "/news/-/search?q=budget&sort=newest")]
    html = page(reading, "budget", language="ru", section="energy")
    assert links(html, "advice") == [("1 article without filters", "/news/-/search?q=budget")]
    html = page(reading, "quarrel", language="ru")
    assert links(html, "advice") == []
    assert "Try fewer" in words(html)


def test_what_takes_too_long_to_offer_is_left_out(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(conn: sqlite3.Connection, query: Query) -> list[str]:
        return list(conn.execute("WITH RECURSIVE n AS (SELECT 1 UNION ALL SELECT 1 FROM n) SELECT count(*) FROM n"))

    monkeypatch.setattr(searching, "near", endless)
    html = page(Reading(filled, settings={"sql_time_limit_ms": 400}), "bugdet", language="ru")
    assert "No article is found" in words(html)
    assert "Try fewer" in words(html)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """Fifty articles that match."""
    path = tmp_path_factory.mktemp("many") / "news.db"
    with Archive.open(path) as archive:
        archive.add_site(REPORT)
        archive.add_site(attrs.evolve(REPORT, name="oxu", domain="oxu.az"))
        for n in range(50):
            made = article("en", f"n{n}", f"2026-03-17T10:{n:02}:00+04:00", headline=f"Item {n}", body=f"text {n}",
                           site="report" if n else "oxu")  # fmt: skip
            archive.save(made, seen_at="2026-03-17T18:00:00Z", run_id=None)
    return Reading(path)


def test_pages_follow_each_other(many: Reading) -> None:
    path, seen = "/news/-/search?q=item&language=en", []
    for number in (1, 2, 3):
        html = many.page(path)
        assert f"50 articles, the best first. Page {number} of 3" in words(html)
        seen += headlines(html)
        following = re.search(r'<a rel="next" href="([^"]*)"', html)
        path = unescape(following[1]) if following else ""
    assert not path
    assert seen == [f"Item {n}" for n in range(49, -1, -1)], "equally good, so the newest first"
    back = re.search(r'<a rel="prev" href="([^"]*)"', html)
    assert back
    assert unescape(back[1]) == "/news/-/search?q=item&language=en&page=2"


@pytest.mark.parametrize("number", ["4", "99999", "0", "-1", "x", "9" * 400, "²"])
def test_a_page_that_is_not_there(many: Reading, number: str) -> None:
    html = page(many, "item", page=number)
    assert "50 articles" in words(html)
    if number in ("4", "99999"):
        assert f"There is no page {int(number):,}." in words(html)
        assert re.search(r'<a rel="prev" href="[^"]*page=3"', html)
    else:
        assert "Page 1 of 3" in words(html)


def test_sites_can_be_chosen_where_there_are_several(many: Reading, reading: Reading) -> None:
    assert headlines(page(many, "item", site="oxu")) == ["Item 0"]
    assert '<select name="site">' in page(many, "item")
    assert '<select name="site">' not in page(reading, "baku")


def test_too_many_to_rank_is_said(many: Reading, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hits, "MOST", 30)
    html = page(many, "item")
    assert "More than 30 articles, too many to rank: these are the newest." in words(html)
    assert "Page 1 of 2" in words(html)
    assert headlines(html)[0] == "Item 49"
    assert "1 article." in words(page(many, "item", site="oxu"))


HOSTILE = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "'; DROP TABLE articles; --", '"', '""""', "*", "a*",
    "NEAR(a b)", "headline:x", "-metro", "\x00", "metro\x00", "\u202emetro\u202c", "\ufeff", "🙂", "{{ 7 * 7 }}", "%",
    "é" * 10_000, "metro " * 1_700, "a\nb\tc", "&lt;b&gt;",
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("names", [["q"], ["site", "language", "section", "tag", "since", "until", "sort", "page"]])
def test_whatever_is_typed_gives_a_page(reading: Reading, names: list[str], typed: str) -> None:
    html = page(reading, **({"q": "metro"} | dict.fromkeys(names, typed if names == ["q"] else typed[:1000])))
    assert "<h1>Search</h1>" in html
    assert "alert(1)</script>" not in html
    assert "<img" not in html
    assert "7 * 7" in html or "7 * 7" not in typed


@pytest.mark.parametrize(
    "query", ["q=%ED%A0%80", "q=%FF%FE", "q=metro&tag=%ED%A0%80", "q=%00", "q", "&&=&q=%", "q=a&q=b"]
)
def test_broken_addresses_give_a_page(reading: Reading, query: str) -> None:
    assert "<h1>Search</h1>" in reading.page(f"/news/-/search?{query}")


def test_an_empty_archive_and_one_that_is_not_ours(empty: Path, foreign: Path) -> None:
    assert "No article is found" in words(page(Reading(empty), "elham"))
    assert Reading(foreign).get("/news/-/search?q=x").status_code == 404


def test_text_of_publishers_stays_text(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "news.db") as archive:
        text = "<script>alert(1)</script> metro <b>bold</b> &amp; \u202eright"
        made = article("en", "x", "2026-03-17T10:00:00+04:00", headline=text, body=text, section=text, tags=(text,))
        archive.save(made, seen_at="2026-03-17T18:00:00Z", run_id=None)
    html = page(Reading(tmp_path / "news.db"), "metro script")
    assert html.count("&lt;<mark>script</mark>&gt;alert(1)") == 2
    assert "<b>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html, "as the section and the tag"


def test_a_browser_is_told_how_to_search(reading: Reading) -> None:
    link = re.search(
        r'<link rel="search" type="application/opensearchdescription\+xml"[^>]* href="([^"]*)"', page(reading)
    )
    assert link
    response = reading.get(link[1])
    assert response.headers["content-type"].startswith("application/opensearchdescription+xml")
    space = {"os": "http://a9.com/-/spec/opensearch/1.1/"}
    url = ElementTree.fromstring(response.text).find("os:Url", space)
    assert url is not None
    template = url.attrib["template"]
    assert template.endswith("/news/-/search?q={searchTerms}")
    assert template.startswith("http://")


def box(reading: Reading, typed: str, more: str = "") -> list[str]:
    """The headlines that datasette's own search box on the table finds."""
    found = reading.get(f"/news/articles.json?_shape=array&_fts_table=articles_fts&_search={quote(typed)}{more}").json()
    return sorted(row["headline"] for row in found)


@pytest.mark.parametrize("typed", ["baki", "BAKI", "Bakı", "станци", '"three years"', "три year", "«новая станция»"])
def test_the_box_of_datasette_finds_the_same(reading: Reading, typed: str) -> None:
    assert box(reading, typed) == sorted(headlines(page(reading, typed)))


def test_the_box_searches_a_column(reading: Reading) -> None:
    path = "/news/articles.json?_shape=array&_fts_table=articles_fts&_search_headline=" + quote("BAKI açı")
    assert [row["headline"] for row in reading.get(path).json()] == ["Bakıda metro stansiyası açılıb"]


def test_the_box_leaves_raw_questions_alone(reading: Reading) -> None:
    assert box(reading, "budget OR baki*", "&_searchmode=raw") == sorted(
        ["Bakıda metro stansiyası açılıb", BUDGET, "Vaxtı bilinməyən xəbər"]
    )
    assert box(reading, "Bakı", "&_searchmode=raw") == [], "the index holds folded words"


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_the_box_endures_whatever_is_typed(reading: Reading, typed: str) -> None:
    held = {row["headline"] for row in reading.get("/news/articles.json?_shape=array").json()}
    assert set(box(reading, typed)) <= held


def test_another_database_keeps_the_box_of_datasette(filled: Path, foreign: Path) -> None:
    reading = Reading(foreign, filled)
    (row,) = reading.get("/news.json?sql=select+escape_fts('Bak%C4%B1')+as+x&_shape=array").json()
    assert row == {"x": '"Bakı"'}
    (row,) = reading.get("/news_2.json?sql=select+escape_fts('Bak%C4%B1')+as+x&_shape=array").json()
    assert row == {"x": '"baki"*'}
