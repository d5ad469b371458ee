"""Lists: narrowed by a form, followed as Atom feeds (RFC 4287)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import feedparser
import httpx
import pytest
from lxml import etree

from newscrawl.archive import Archive
from newscrawl.archive.canned import ALL, canned
from newscrawl.sites.report_az import REPORT
from tests.browse.conftest import HEADLINE, Reading, address, article, words
from tests.browser.hostile import TEXTS

ATOM = {"a": "http://www.w3.org/2005/Atom"}
HOSTILE = tuple(TEXTS.values())
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
FEEDS = sorted({query.name for query in ALL if query.is_feed})
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
TAG_URI = re.compile(r"tag:[a-z0-9.]+,\d{4}-\d\d-\d\d:[A-Za-z0-9/?&=:@!$'()*+,;._~%-]+")


def feed(reading: Reading, path: str) -> etree._Element:
    """The feed at a path, which is a sound one."""
    response = reading.get(f"/news/{path}")
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/atom+xml; charset=utf-8"
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo
    root = etree.fromstring(response.content)
    check(root, f"http://localhost/news/{path}")
    assert len(parsed.entries) == len(entries(root))
    return root


def check(root: etree._Element, own_address: str) -> None:
    """What RFC 4287 demands of a feed and its entries (4.1.1, 4.1.2)."""
    assert root.tag == f"{{{ATOM['a']}}}feed"
    for element in (root, *entries(root)):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"a:{name}", ATOM)) == 1, name
        assert MOMENT.fullmatch(text(element, "updated"))
        assert element.findall("a:author/a:name", ATOM)
        assert all(name.text for name in element.findall("a:author/a:name", ATOM))
        assert len(element.findall("a:summary", ATOM)) <= 1
        for link in element.findall("a:link", ATOM):
            assert re.match(r"https?://[^/\s]+/", link.get("href"))
    assert [link.get("href") for link in root.findall("a:link[@rel='self']", ATOM)] == [own_address]
    ids = [text(entry, "id") for entry in entries(root)]
    assert len(set(ids)) == len(ids)
    assert all(TAG_URI.fullmatch(each) for each in ids)


def entries(root: etree._Element) -> list[etree._Element]:
    found: list[etree._Element] = root.findall("a:entry", ATOM)
    return found


def text(element: etree._Element, name: str) -> str:
    found: str | None = element.findtext(f"a:{name}", namespaces=ATOM)
    assert found is not None
    return found


def link(entry: etree._Element, rel: str) -> str | None:
    found = entry.find(f"a:link[@rel='{rel}']", ATOM)
    return None if found is None else str(found.get("href"))


def test_the_latest_articles(reading: Reading) -> None:
    root = feed(reading, "latest.atom")
    assert text(root, "title") == "Latest articles (News archive)"
    first = next(entry for entry in entries(root) if entry.get(LANG) == "az")
    assert text(first, "title") == HEADLINE["az"]
    assert text(first, "published") == text(first, "updated") == "2026-03-17T07:00:00Z"
    assert text(first, "summary") == "Bakıda yeni metro stansiyası açılıb."
    assert text(first, "author/a:name") == "Aysel Quliyeva"
    assert [each.get("term") for each in first.findall("a:category", ATOM)] == ["İnfrastruktur", "Metro", "Baku"]
    assert link(first, "via") == "https://report.az/infrastruktur/metro"
    assert link(first, "alternate") == "http://localhost/news/articles/1"
    assert text(first, "id") == "tag:report.az,2026-03-17:/infrastruktur/metro"


def test_an_edit_renews_an_entry_and_is_one_among_the_edits(reading: Reading) -> None:
    latest = {link(entry, "via"): entry for entry in entries(feed(reading, "latest.atom"))}
    budget = latest["https://report.az/en/infrastructure/budget"]
    assert (text(budget, "published"), text(budget, "updated")) == ("2026-03-16T19:30:00Z", "2026-03-17T07:10:00Z")
    edited = entries(feed(reading, "edited.atom"))
    assert [text(entry, "updated") for entry in edited] == ["2026-03-17T07:10:00Z", "2026-03-17T06:10:00Z"]
    assert [text(entry, "id") for entry in edited] == [f"{text(budget, 'id')};state={n}" for n in (3, 2)]
    assert text(edited[1], "title") == "Budget is approved"
    summary = edited[1].find("a:summary", ATOM)
    assert summary.text == "Changed: headline, text. The headline was: Budget is discussed"
    assert summary.get(LANG) == "en"
    assert link(edited[1], "alternate") == "http://localhost/news/-/diff/4?from=1&to=2"
    assert [text(entry, "id")[-8:] for entry in entries(feed(reading, "silently_edited.atom"))] == [";state=2"]


def test_what_is_gone(reading: Reading) -> None:
    (entry,) = entries(feed(reading, "gone.atom"))
    assert text(entry, "title") == "Снесён дом"
    assert text(entry, "updated") == "2026-03-16T01:00:00Z"
    assert text(entry, "summary") == "Gone, seen at 2026-03-16 01:00 UTC."
    assert text(entry, "id").endswith("/ru/infrastruktura/snos;since=2026-03-16T01:00:00Z")


@pytest.mark.parametrize(
    ("path", "title", "languages"),
    [
        ("tagged.atom?tag=Metro", "Articles with a tag: Metro (News archive)", ["az", "en", "en"]),
        ("tagged.atom?tag=Metro&language=az", "Articles with a tag: Metro, az (News archive)", ["az"]),
        (
            "in_section.atom?section=infrastruktura",
            "Articles of a section: infrastruktura (News archive)",
            ["ru", "ru"],
        ),
        ("by_author.atom?author=Nobody", "Articles of an author: Nobody (News archive)", []),
        ("latest.atom?until=2026-03-15", "Latest articles: 2026-03-15 (News archive)", ["ru"]),
    ],
)
def test_feeds_of_a_tag_a_section_an_author(reading: Reading, path: str, title: str, languages: list[str]) -> None:
    root = feed(reading, path)
    assert text(root, "title") == title
    assert sorted(entry.get(LANG) for entry in entries(root)) == languages
    assert link(root, "alternate") == f"http://localhost/news/{path.replace('.atom', '')}"


@pytest.mark.parametrize("name", FEEDS)
def test_every_feed_is_sound_also_without_an_entry(reading: Reading, empty: Path, name: str) -> None:
    feed(reading, f"{name}.atom")
    assert entries(feed(Reading(empty), f"{name}.atom")) == []


def test_a_reader_that_has_it_gets_it_once(reading: Reading) -> None:
    first = reading.get("/news/latest.atom")
    again = reading.get("/news/latest.atom", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    other = reading.get("/news/latest.atom?language=az", headers={"If-None-Match": first.headers["etag"]})
    assert other.status_code == 200


def test_behind_a_proxy_addresses_are_those_of_the_outside(filled: Path) -> None:
    reading = Reading(filled, settings={"base_url": "/archive/", "force_https_urls": True})
    root = etree.fromstring(reading.get("/news/latest.atom").content)
    assert link(root, "self") == "https://localhost/archive/news/latest.atom"
    assert link(entries(root)[0], "alternate").startswith("https://localhost/archive/news/articles/")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "path", ["today.atom", "health.atom", "articles.atom", "tags.atom", "nothing.atom", "articles/1.atom"]
)
def test_what_makes_no_feed_is_not_found(reading: Reading, path: str) -> None:
    assert reading.get(f"/news/{path}").status_code == 404


def test_a_database_of_another_program_has_no_feeds(foreign: Path) -> None:
    assert Reading(foreign).get("/news/articles.atom").status_code == 404


def with_own(filled: Path, sql: str) -> Reading:
    """Datasette with a query of the user's own that has the name of one of ours."""
    return Reading(filled, metadata={"databases": {"news": {"queries": {"latest": {"sql": sql}}}}})


@pytest.mark.parametrize("sql", ["select 1 as one", "select id as article_id, headline from articles"])
def test_a_query_of_the_users_own_that_lists_something_else_has_no_feed(filled: Path, sql: str) -> None:
    own = with_own(filled, sql)
    assert own.get("/news/latest.atom").status_code == 404
    assert "atom" not in own.page("/news/latest")
    assert own.get("/news/edited.atom").status_code == 200


def test_a_query_of_the_users_own_that_lists_articles_has_a_feed(filled: Path) -> None:
    own = with_own(filled, "select id as article_id, headline, published_at from articles union select 99, 'x', 'y'")
    titles = [text(entry, "title") for entry in entries(feed(own, "latest.atom"))]
    # The one without a time was not published at any, and there is no 99th
    assert sorted(titles) == sorted([*HEADLINE.values(), "UPDATED: Budget is approved", "Снесён дом"])


def test_lists_name_their_feeds(reading: Reading) -> None:
    page = reading.page("/news/tagged?tag=Metro")
    (head,) = re.findall(r'<link rel="alternate" type="application/atom\+xml"[^>]*>', page)
    assert 'href="/news/tagged.atom?tag=Metro' in head
    assert re.search(r'<a href="/news/tagged\.atom\?tag=Metro[^"]*">Feed</a>', page)
    assert "atom" not in reading.page("/news/today")
    assert "atom" not in reading.page("/news/articles")


def test_a_page_names_all_feeds(reading: Reading) -> None:
    page = reading.page("/news/-/feeds")
    for name in set(FEEDS) - {"tagged", "by_author", "in_section"}:
        assert f'href="/news/{name}.atom"' in page
    assert 'action="/news/tagged.atom"' in page
    assert 'href="/news/in_section.atom?section=infrastruktura&amp;language=ru"' in page
    assert "İnfrastruktur" in words(page)
    assert 'href="/news/latest.atom?language=az"' in page


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Publishers that write what would hurt, and characters that XML does not have."""
    path = tmp_path_factory.mktemp("hostile") / "news.db"
    with Archive.open(path) as archive:
        archive.add_site(REPORT)
        for n, nasty in enumerate(HOSTILE):
            made = article("az", f"n{n}", "2026-03-17T11:00:00+04:00", headline=nasty, tags=(nasty,), authors=(nasty,),
                           body=f"{n} {nasty}", summary=nasty, section=nasty)  # fmt: skip
            archive.save(made, seen_at="2026-03-17T08:00:00Z", run_id=None)
        archive.conn.execute("UPDATE articles SET headline = 'a' || char(0, 8, 27, 65535) || 'b' WHERE id = 1")
        archive.conn.execute("UPDATE articles SET url = 'javascript:alert(1)' WHERE id = 2")
        archive.conn.execute("UPDATE articles SET url = 'https://report.az/a b\"<>#ə?q=1#x' WHERE id = 3")
    return path


def test_what_publishers_write_is_text(hostile: Path) -> None:
    root = feed(Reading(hostile), "latest.atom")
    titles = {text(entry, "title") for entry in entries(root)}
    assert len(entries(root)) == len(HOSTILE)
    assert titles >= {"ab", *(each.translate(dict.fromkeys((0, 7, 27))) for each in HOSTILE[1:])}
    assert sum(link(entry, "via") is None for entry in entries(root)) == 1
    assert all(summary.get("type") == "text" for summary in root.iterfind(".//a:summary", ATOM))


@pytest.mark.parametrize("nasty", [each for each in HOSTILE if len(each) < 1000], ids=range(len(HOSTILE) - 1))
def test_whatever_is_asked_for_is_answered(hostile: Path, nasty: str) -> None:
    reading = Reading(hostile)
    asked = quote(nasty)
    for name in ("tagged", "by_author", "in_section"):
        param = canned(frozenset(need for query in ALL for need in query.needs))[name].params[0]
        assert reading.get(f"/news/{name}.atom?{param}={asked}").status_code == 200
        page = reading.get(f"/news/{name}?{param}={asked}&until={asked}&language={asked}")
        assert page.status_code == 200
        assert "<script>alert" not in page.text
    assert len(entries(etree.fromstring(reading.get(f"/news/tagged.atom?tag={asked}").content))) >= 1


def test_forms_offer_what_there_is(reading: Reading, filled: Path) -> None:
    page = reading.page("/news/in_section?language=ru")
    assert '<option value="ru" selected>Russian</option>' in page
    assert '<option value="Инфраструктура"></option>' in page
    assert '<input type="date" name="until" value="">' in page
    assert 'name="site"' not in page, "there is one"
    with_more = two_sites(filled)
    assert '<option value="other">other</option>' in with_more


def two_sites(filled: Path) -> str:
    path = filled.with_name("two.db")
    path.write_bytes(filled.read_bytes())
    with Archive.open(path) as archive:
        made = article("en", "x", "2026-03-17T11:00:00+04:00", site="other", url="https://other.example/x")
        archive.save(made, seen_at="2026-03-17T08:00:00Z", run_id=None)
    return Reading(path).page("/two/latest")


def test_a_list_links_to_articles_and_lists(reading: Reading) -> None:
    page = reading.page("/news/latest?language=az")
    assert f'<a href="/news/articles/1"><span lang="az" dir="auto">{HEADLINE["az"]}</span></a>' in page
    assert 'href="/news/in_section?section=%C4%B0nfrastruktur&amp;language=az"' in page
    assert f'<a href="{address("az", "metro")}" rel="noopener noreferrer nofollow">' in page
    tags = reading.page("/news/most_tagged")
    assert '<a href="/news/tagged?tag=Metro">Metro</a>' in tags
    assert '<time datetime="2026-03-17T07:00:00Z" title="2026-03-17 07:00:00 UTC">2026-03-17 07:00</time>' in tags


def test_only_the_row_of_an_edit_says_silent(reading: Reading) -> None:
    def cells(path: str) -> list[str]:
        return re.findall(r'<td class="col-silent[^>]*>\s*(\w+)', reading.page(path))

    assert cells("/news/edited") == ["no", "silent"]
    assert sorted(cells("/news/edits?_col=silent")) == ["no", "silent"]
    for asked, shown in (("count(*)", "6"), ("1", "1"), ("'often'", "often")):
        assert cells(f"/news?sql=select+{quote(asked)}+as+silent+from+articles+limit+1") == [shown]


@pytest.mark.parametrize("name", sorted({query.name for query in ALL}))
def test_every_list_answers_as_page_json_and_csv(reading: Reading, empty: Path, name: str) -> None:
    for each in (reading, Reading(empty)):
        assert each.page(f"/news/{name}")
        answers: list[httpx.Response] = [each.get(f"/news/{name}.{kind}") for kind in ("json", "csv")]
        assert [answer.status_code for answer in answers] == [200, 200]
        found: dict[str, Any] = answers[0].json()
        assert found["error"] is None
