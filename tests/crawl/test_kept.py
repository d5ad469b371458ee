"""Articles and edits that would be lost, were a crawl to believe what it is told when something goes wrong."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

from newscrawl.replica.serve import serving
from newscrawl.upkeep.rebuild import rebuild
from tests.crawl.conftest import SITE, Harvester, Scripted
from tests.crawl.test_asked import MENU, listing, stored
from tests.crawl.test_looks import URL, after
from tests.crawl.test_manners import article
from tests.crawl.test_recovery import ENDLESS, empty_site

Crawled = tuple[Scripted, Harvester]
REPAIRS = "<html><body><h1>Technical works, come back later</h1></body></html>"


@attrs.define
class Conditional(Scripted):
    """Answers 304 where the page is still the one that it is asked about."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        condition = dict(scope.get("headers", ())).get(b"if-none-match", b"").decode()
        _, headers, _ = self.answers.get(scope.get("path", ""), (404, {}, b""))
        if not condition or headers.get("etag") != condition:
            await super().__call__(scope, receive, send)
            return
        self.asked.append(scope["path"])
        await send({"type": "http.response.start", "status": 304, "headers": [(b"etag", condition.encode())]})
        await send({"type": "http.response.body", "body": b""})


@pytest.fixture
def conditional(tmp_path: Path) -> Iterator[Crawled]:
    """A site whose pages have validators, and a harvester of it."""
    app = Conditional()
    empty_site(app)
    with serving(app) as origin:
        yield app, Harvester(tmp_path / "news.db", origin)


def cards(by_time: dict[str, str]) -> str:
    """A batch of a listing: times at the site, `2025-11-11 17:59`, newest first, and what they lead to."""
    card = '<div class="index-post-block" data-timestamp="{}:00"><a href="{}">x</a></div>'
    return "".join(card.format(moment, path) for moment, path in by_time.items())


def page(by_time: dict[str, str], *, more: bool = False) -> str:
    """The first page of a listing, with or without the button that loads more."""
    return f"<html><body>{MENU}{cards(by_time)}{ENDLESS if more else '</body>'}</html>"


def below(moment: str) -> str:
    """The address of the batch below a card of that time."""
    day, time = moment.split()
    return f"/infinity/index?date={day}+{time.replace(':', '%3A')}%3A01&oldest=1"


def sitemap_of(paths: list[str]) -> str:
    entries = "".join(f"<url><loc>{SITE}{path}</loc></url>" for path in paths)
    return f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{entries}</urlset>"


def say_endless(app: Scripted) -> None:
    """A listing of one article and a button; whatever the batches below lead to is there."""
    empty_site(app)
    app.say("/son-xeberler", page({"2025-11-11 17:59": "/a/bir"}, more=True))
    for n, name in enumerate(("bir", "iki", "uc")):
        app.say(f"/a/{name}", article(n))


def test_an_edit_whose_page_broke_off_is_asked_for_whole(conditional: Crawled) -> None:
    app, harvest = conditional
    app.say("/son-xeberler", listing(["/a/bir"]))
    app.say("/a/bir", article(1), etag='"1"')
    assert harvest.at(after(minutes=10))(languages="az").code == 0
    edited = gzip.compress(article(1).replace("Headline 1", "Headline 1 - UPDATED-2").encode())
    headers = {"content-type": "text/html; charset=utf-8", "content-encoding": "gzip", "etag": '"2"'}
    app.answers["/a/bir"] = (200, headers, edited[:-30])
    assert harvest.at(after(minutes=30))(languages="az").code == 3
    app.answers["/a/bir"] = (200, headers, edited)
    assert harvest.at(after(minutes=50))(languages="az").code == 0
    assert harvest.value("SELECT headline FROM articles") == "Headline 1 - UPDATED-2"


def test_half_a_sitemap_is_not_taken_for_a_whole_one(conditional: Crawled) -> None:
    app, harvest = conditional
    app.say("/son-xeberler", listing(["/a/0"]))
    paths = [f"/a/{n}" for n in range(60)]
    for n, path in enumerate(paths):
        app.say(path, article(n))
    whole = zlib.compress(sitemap_of(paths).encode())
    headers = {"content-type": "text/xml", "content-encoding": "deflate", "etag": '"1"'}
    app.answers["/news-sitemap.xml"] = (200, headers, whole[: len(whole) * 2 // 3])
    assert harvest.at(after(minutes=10))(languages="az").code == 3
    assert harvest.rows("SELECT url, error FROM failures") == [
        {"url": f"{SITE}/news-sitemap.xml", "error": "BrokenTransfer"}
    ]
    app.answers["/news-sitemap.xml"] = (200, headers, whole)
    assert harvest.at(after(minutes=12))(languages="az").code == 0
    assert stored(harvest) == {SITE + path for path in paths}


def test_a_listing_that_was_fetched_by_name_still_tells_what_is_new(conditional: Crawled) -> None:
    app, harvest = conditional
    app.say("/son-xeberler", listing(["/a/bir"]), etag='"1"')
    app.say("/a/bir", article(1))
    assert harvest.at(after(minutes=10))(languages="az").code == 0
    app.say("/son-xeberler", listing(["/a/iki", "/a/bir"]), etag='"2"')
    app.say("/a/iki", article(2))
    harvest.at(after(minutes=12))(urls=f"{SITE}/son-xeberler")
    assert harvest.at(after(minutes=14))(languages="az").code == 0
    assert stored(harvest) == {URL, f"{SITE}/a/iki"}


def test_a_page_about_repairs_is_not_the_end_of_a_listing(scripted: Crawled) -> None:
    app, harvest = scripted
    say_endless(app)
    app.say(below("2025-11-11 17:59"), REPAIRS)
    assert harvest.at(after(minutes=10))(languages="az").code == 3
    app.say(below("2025-11-11 17:59"), cards({"2025-11-11 17:30": "/a/iki"}))
    assert harvest.at(after(minutes=20))(languages="az").code == 0
    assert stored(harvest) == {URL, f"{SITE}/a/iki"}


def test_a_page_about_repairs_does_not_end_a_back_fill(scripted: Crawled) -> None:
    app, harvest = scripted
    say_endless(app)
    app.say(below("2025-11-11 17:59"), cards({"2025-11-10 23:00": "/a/uc"}))
    assert harvest.at(after(hours=23))(languages="az", since="2025-11-11").code == 0
    # A back-fill begins at the second after its last day
    first = "/infinity/index?date=2025-11-11+00%3A00%3A00&oldest=1"
    app.say(first, REPAIRS)
    assert harvest.at(after(days=1))(languages="az", since="2025-11-01", until="2025-11-10").code == 3
    app.say(first, cards({"2025-11-10 12:00": "/a/iki"}))
    app.say(below("2025-11-10 12:00"), "")
    assert harvest.at(after(days=1, hours=1))(languages="az").code == 0
    assert stored(harvest) == {URL, f"{SITE}/a/iki"}


def test_a_listing_without_its_button_is_named_and_what_lies_below_is_found_later(scripted: Crawled) -> None:
    app, harvest = scripted
    say_endless(app)
    app.say(below("2025-11-11 17:59"), "")
    assert harvest.at(after(minutes=10))(languages="az").code == 0
    newest = {"2025-11-12 17:59": "/a/iki"}
    app.say("/son-xeberler", page(newest))
    assert harvest.at(after(days=1, minutes=20))(languages="az").code == 3
    (failure,) = harvest.rows("SELECT url, stage, detail FROM failures")
    assert (failure["url"], failure["stage"]) == (f"{SITE}/son-xeberler", "listing")
    assert "no way to the next batch" in failure["detail"]
    app.say("/son-xeberler", page(newest, more=True))
    app.say(below("2025-11-12 17:59"), cards({"2025-11-12 09:00": "/a/uc", "2025-11-11 17:59": "/a/bir"}))
    assert harvest.at(after(days=1, minutes=40))(languages="az").code == 0
    assert f"{SITE}/a/uc" in stored(harvest)


def test_a_home_page_is_not_the_listing_that_leads_to_it(scripted: Crawled) -> None:
    app, harvest = scripted
    say_endless(app)
    app.say("/son-xeberler", status=302, location="/")
    app.say("/", listing(["/a/bir"]))
    assert harvest.at(after(minutes=10))(languages="az").code == 3
    app.say("/son-xeberler", page({"2025-11-11 17:59": "/a/bir"}, more=True))
    app.say(below("2025-11-11 17:59"), cards({"2025-11-11 17:30": "/a/iki"}))
    assert harvest.at(after(hours=2))(languages="az").code == 0
    assert stored(harvest) == {URL, f"{SITE}/a/iki"}


def test_a_listing_that_the_menu_leads_to_now_is_found_while_the_old_one_still_answers(scripted: Crawled) -> None:
    app, harvest = scripted
    empty_site(app)
    menu = listing([]).replace("/en/finance'>Finance", "{}'>All news")
    app.say("/en", menu.format("/en/news-a"))
    app.say("/en/news-a", listing(["/en/a/one"]))
    app.say("/en/a/one", article(1))
    assert harvest.at(after(minutes=10))(languages="en").code == 0
    app.say("/en", menu.format("/en/news-b"))
    app.say("/en/news-b", listing(["/en/a/two", "/en/a/one"]))
    app.say("/en/a/two", article(2))
    assert harvest.at(after(days=1, hours=1))(languages="en").code == 0
    assert stored(harvest) == {f"{SITE}/en/a/one", f"{SITE}/en/a/two"}


@pytest.mark.parametrize("mapped", [False, True], ids=["listed", "in the sitemap too"])
def test_what_was_published_late_under_an_earlier_time_is_found(scripted: Crawled, mapped: bool) -> None:
    app, harvest = scripted
    say_endless(app)
    app.say(below("2025-11-11 17:59"), "")
    assert harvest.at(after(minutes=10))(languages="az").code == 0
    app.say("/son-xeberler", page({"2025-11-11 17:59": "/a/bir", "2025-11-11 17:40": "/a/iki"}, more=True))
    app.say(below("2025-11-11 17:40"), cards({"2025-11-11 17:30": "/a/uc"}))
    if mapped:
        app.say("/news-sitemap.xml", sitemap_of(["/a/iki"]), content_type="text/xml")
    assert harvest.at(after(minutes=20))(languages="az").code == 0
    assert stored(harvest) == {URL, f"{SITE}/a/iki", f"{SITE}/a/uc"}


def test_a_failure_behind_a_redirect_is_the_same_after_a_rebuild(scripted: Crawled, tmp_path: Path) -> None:
    app, harvest = scripted
    app.say("/a/bir", status=302, location="/a/iki")
    app.say("/a/iki", status=500)
    assert harvest({"RETRY_TIMES": "0"}, urls=URL).code == 3
    rebuild(tmp_path / "again.db", tmp_path / "warc", jobs=1)
    for db in (harvest.db, tmp_path / "again.db"):
        failures = attrs.evolve(harvest, db=db).rows("SELECT url, stage, error FROM failures")
        assert failures == [{"url": URL, "stage": "download", "error": "Http500"}]


def test_an_article_is_counted_as_gone_once(scripted: Crawled) -> None:
    app, harvest = scripted
    empty_site(app)
    app.say("/son-xeberler", listing(["/a/bir"]))
    app.say("/a/bir", article(1))
    assert harvest.at(after(minutes=10))(languages="az").code == 0
    app.say("/a/bir", status=410)
    for hours in (1, 14, 28, 101, 174):
        assert harvest.at(after(hours=hours))(languages="az").code == 0
    assert app.asked.count("/a/bir") == 6
    assert [row["gone"] for row in harvest.rows("SELECT gone FROM runs ORDER BY id")] == [0, 0, 0, 1, 0, 0]
