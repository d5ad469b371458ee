"""Looks at what is archived already: when they are due, what they cost, what they find."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from newscrawl.replica.app import ReplicaApp, make_app
from newscrawl.replica.faults import Fault
from newscrawl.replica.serve import serving
from newscrawl.replica.site import Replica
from tests.crawl.conftest import SITE, Harvester, Scripted
from tests.crawl.test_asked import listing, stored
from tests.crawl.test_manners import article
from tests.crawl.test_recovery import empty_site

PUBLISHED = dt.datetime.fromisoformat("2025-11-11T17:50:00+04:00")
"""The time on the pages of `article`."""
URL = f"{SITE}/a/bir"


def after(**delta: float) -> str:
    return (PUBLISHED + dt.timedelta(**delta)).isoformat()


@pytest.fixture
def young(scripted: tuple[Scripted, Harvester]) -> tuple[Scripted, Harvester]:
    """A site of one article, archived when it was ten minutes old."""
    app, harvest = scripted
    empty_site(app)
    app.say("/son-xeberler", listing(["/a/bir"]))
    app.say("/a/bir", article(1))
    assert harvest.at(after(minutes=10))(languages="az").code == 0
    app.asked.clear()
    return app, harvest


def looked(app: Scripted, harvest: Harvester, moment: str, **settings: str) -> bool:
    """Whether a crawl at that moment asks for the article."""
    app.asked.clear()
    assert harvest.at(moment)(settings=settings, languages="az").code == 0
    return "/a/bir" in app.asked


def test_looks_become_rarer_with_age_and_end(young: tuple[Scripted, Harvester]) -> None:
    app, harvest = young
    looks = [
        (after(minutes=15), False),  # five minutes after the last one
        (after(minutes=25), True),
        (after(minutes=40), True),
        (after(hours=3, minutes=5), True),
        (after(hours=3, minutes=30), False),  # older than three hours: hourly
        (after(hours=4, minutes=5), True),
        (after(days=1, minutes=1), True),
        (after(days=1, hours=1, minutes=5), False),  # older than a day: every three hours
        (after(days=1, hours=3, minutes=1), True),
        (after(days=7, hours=1), True),
        (after(days=7, hours=5), False),  # older than a week: every three days
        (after(days=10, hours=1), True),
        (after(days=30, hours=1), True),  # due since before it was a month old
        (after(days=90), False),
    ]
    assert [looked(app, harvest, moment) for moment, _ in looks] == [due for _, due in looks]
    (row,) = harvest.rows("SELECT next_fetch_at, article_id FROM urls WHERE url = ?", URL)
    assert row == {"next_fetch_at": None, "article_id": 1}


def test_an_edit_is_found_by_a_look_and_what_did_not_change_is_counted(young: tuple[Scripted, Harvester]) -> None:
    app, harvest = young
    app.say("/a/bir", article(1).replace("Headline 1", "Headline 1 - UPDATED-2"))
    assert looked(app, harvest, after(minutes=25))
    assert looked(app, harvest, after(minutes=40))
    assert [row["headline"] for row in harvest.rows("SELECT headline FROM revisions ORDER BY revision")] == [
        "Headline 1", "Headline 1 - UPDATED-2",
    ]  # fmt: skip
    counts = harvest.rows("SELECT stored, changed, unchanged, not_modified FROM runs WHERE id > 1 ORDER BY id")
    assert counts == [
        {"stored": 0, "changed": 1, "unchanged": 0, "not_modified": 0},
        {"stored": 0, "changed": 0, "unchanged": 1, "not_modified": 0},
    ]


def test_a_budget_takes_what_has_been_due_longest(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    for n in range(4):
        app.say(f"/a/{n}", article(n))
        assert harvest.at(after(minutes=10 + n))(urls=f"{SITE}/a/{n}").code == 0
    empty_site(app)
    app.say("/son-xeberler", listing(["/a/0"]))
    app.asked.clear()
    assert harvest.at(after(minutes=30))(settings={"NEWSCRAWL_LOOKS": "2"}, languages="az").code == 0
    assert {path for path in app.asked if path.startswith("/a/")} == {"/a/0", "/a/1"}
    app.asked.clear()
    assert harvest.at(after(minutes=31))(settings={"NEWSCRAWL_LOOKS": "2"}, languages="az").code == 0
    assert {path for path in app.asked if path.startswith("/a/")} == {"/a/2", "/a/3"}


@pytest.mark.parametrize(
    "bounds",
    [{"since": "2025-11-01", "languages": "az"}, {"sections": "a", "languages": "az"}, {"urls": f"{SITE}/en/a/other"}],
)
def test_a_crawl_of_something_else_looks_at_nothing(young: tuple[Scripted, Harvester], bounds: dict[str, str]) -> None:
    app, harvest = young
    app.say("/", listing([]))
    app.say("/en/a/other", article(2))
    harvest.at(after(hours=1))(None, **bounds)
    assert "/a/bir" not in app.asked


def sitemap(modified_at: str) -> str:
    entry = f"<url><loc>{URL}</loc><lastmod>{modified_at}</lastmod></url>"
    return f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{entry}</urlset>"


def test_a_lastmod_brings_a_look_forward_once(young: tuple[Scripted, Harvester]) -> None:
    app, harvest = young
    assert not looked(app, harvest, after(minutes=14))
    app.say("/news-sitemap.xml", sitemap(after(minutes=13)), content_type="text/xml")
    assert looked(app, harvest, after(minutes=16))
    assert not looked(app, harvest, after(minutes=18)), "the same lastmod says nothing new"
    app.say("/news-sitemap.xml", sitemap(after(minutes=17)), content_type="text/xml")
    assert looked(app, harvest, after(minutes=19))


def test_a_lastmod_brings_back_an_article_that_is_looked_at_no_more(young: tuple[Scripted, Harvester]) -> None:
    app, harvest = young
    assert looked(app, harvest, after(days=31))
    assert not looked(app, harvest, after(days=60))
    app.say("/a/bir", article(1).replace("Text of", "Corrected text of"))
    app.say("/news-sitemap.xml", sitemap(after(days=70)), content_type="text/xml")
    assert looked(app, harvest, after(days=71))
    assert harvest.value("SELECT max(revision) FROM revisions") == 2


@pytest.fixture
def requests_of(tmp_path: Any) -> Any:
    """What a second run asks for, on a stand-in of some variant."""

    def ask(variant: int, hours: float) -> tuple[ReplicaApp, Harvester, list[tuple[str, str, int | None]]]:
        app = make_app(Replica(stories=40, variant=variant), log=True)
        newest = dt.datetime.fromisoformat(app.replica.newest)
        with serving(app) as origin:
            harvest = Harvester(tmp_path / "news.db", origin)
            assert harvest.at((newest + dt.timedelta(minutes=1)).isoformat())().code in {0, 3}
            app.requests.clear()
            assert harvest.at((newest + dt.timedelta(hours=hours)).isoformat())().code == 0
            return app, harvest, list(app.requests)

    return ask


@pytest.mark.parametrize("variant", range(6))
def test_nothing_new_is_at_most_three_requests_a_language(requests_of: Any, variant: int) -> None:
    app, _, asked = requests_of(variant, 0.05)
    assert len(asked) <= 9, asked
    pages = {record["url"].removeprefix(SITE) for record in app.replica.truth()}
    assert not pages & {path for _, path, _ in asked}, "no article is downloaded"


@pytest.mark.parametrize(("variant", "conditional"), [(0, True), (1, True), (2, True), (3, False)])
def test_looks_are_conditional_where_the_site_lets_them(requests_of: Any, variant: int, conditional: bool) -> None:
    app, harvest, asked = requests_of(variant, 0.6)
    pages = {record["url"].removeprefix(SITE) for record in app.replica.truth()}
    statuses = [status for _, path, status in asked if path in pages]
    assert len(statuses) > 3, "the youngest articles are looked at"
    assert set(statuses) == {304 if conditional else 200}
    (counts,) = harvest.rows("SELECT changed, unchanged, not_modified FROM runs WHERE id = 2")
    assert counts == {"changed": 0, "unchanged": len(statuses), "not_modified": len(statuses) if conditional else 0}


def test_a_server_that_lies_is_believed_for_a_day(young: tuple[Scripted, Harvester]) -> None:
    app, harvest = young
    app.say("/a/bir", article(1), etag='"1"')
    assert looked(app, harvest, after(minutes=25))
    app.answers["/a/bir"] = (304, {"etag": '"1"'}, b"")
    assert looked(app, harvest, after(hours=5))
    app.say("/a/bir", article(1).replace("Text of", "Corrected text of"), etag='"1"')
    conditions: list[bytes | None] = []
    app.watch = lambda headers: conditions.append(headers.get(b"if-none-match"))
    assert looked(app, harvest, after(days=1, hours=9))
    assert conditions[app.asked.index("/a/bir")] is None
    assert harvest.value("SELECT max(revision) FROM revisions") == 2


def test_the_rules_are_asked_for_once_an_hour(young: tuple[Scripted, Harvester]) -> None:
    app, harvest = young
    looked(app, harvest, after(minutes=40))
    assert "/robots.txt" not in app.asked
    app.say("/robots.txt", "User-agent: *\nDisallow: /", content_type="text/plain")
    looked(app, harvest, after(minutes=60))
    assert "/son-xeberler" in app.asked, "the rules of less than an hour ago hold"
    harvest.at(after(minutes=75))(languages="az")
    assert app.asked[-1] == "/robots.txt"


def test_rules_that_were_stored_hold_too(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    app.say("/robots.txt", "User-agent: *\nDisallow: /en/secret/", content_type="text/plain")
    app.say("/en/secret/page", article(1))
    for _ in range(2):
        assert harvest(urls=f"{SITE}/en/secret/page").code == 0
    assert app.asked == ["/robots.txt"]


def test_three_looks_over_a_day_and_an_article_is_gone(young: tuple[Scripted, Harvester]) -> None:
    app, harvest = young
    before = harvest.rows("SELECT headline, body, revision FROM articles")
    app.say("/a/bir", status=404)
    assert looked(app, harvest, after(minutes=30)), "and nothing failed"
    for hours in (1, 6):
        assert not looked(app, harvest, after(hours=hours))
    assert looked(app, harvest, after(hours=13))
    assert harvest.value("SELECT gone_at FROM articles") is None
    assert looked(app, harvest, after(hours=26))
    gone_at = harvest.value("SELECT gone_at FROM articles")
    assert gone_at.startswith("2025-11-11T14:20"), "since it was first seen to be away"
    assert harvest.rows("SELECT headline, body, revision FROM articles") == before
    assert harvest.value("SELECT count(*) FROM failures") == 0
    app.say("/a/bir", article(1))
    assert looked(app, harvest, after(days=5))
    assert harvest.value("SELECT gone_at FROM articles") is None
    (absence,) = harvest.rows("SELECT status, times, gone_at, returned_at FROM absences")
    assert absence["gone_at"] == gone_at
    assert (absence["status"], absence["times"], absence["returned_at"][:10]) == (404, 3, "2025-11-16")


@pytest.mark.parametrize("target", ["/", "/en", "/en/finance"])
def test_a_redirect_to_a_page_that_lists_is_no_article(young: tuple[Scripted, Harvester], target: str) -> None:
    app, harvest = young
    app.say("/", listing(["/a/iki"]))
    app.say("/a/bir", status=302, location=target)
    for moment in (after(minutes=30), after(hours=13), after(hours=26)):
        assert looked(app, harvest, moment)
        assert target not in app.asked or target == "/"
    assert harvest.value("SELECT gone_at IS NOT NULL FROM articles") == 1
    assert stored(harvest) == {URL}


def test_a_condition_does_not_follow_a_redirect(young: tuple[Scripted, Harvester]) -> None:
    app, harvest = young
    app.say("/a/bir", article(1), etag='"1"')
    assert looked(app, harvest, after(minutes=25))
    conditions: list[bytes | None] = []
    app.watch = lambda headers: conditions.append(headers.get(b"if-none-match"))
    app.say("/a/bir", status=301, location="/a/iki")
    app.say("/a/iki", article(2), etag='"1"')
    assert looked(app, harvest, after(minutes=40))
    sent = dict(zip(app.asked, conditions, strict=True))
    assert (sent["/a/bir"], sent["/a/iki"]) == (b'"1"', None)
    assert stored(harvest) == {URL, f"{SITE}/a/iki"}


def test_a_page_that_never_was_is_a_failure(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    app.say("/a/bir", status=301, location="/")
    run = harvest(urls=f"{URL},{SITE}/a/iki")
    assert run.code == 3
    assert harvest.rows("SELECT url, stage, error FROM failures ORDER BY url") == [
        {"url": URL, "stage": "download", "error": "RedirectedAway"},
        {"url": f"{SITE}/a/iki", "stage": "download", "error": "Http404"},
    ]


def test_an_article_that_leads_to_another_one_has_moved(young: tuple[Scripted, Harvester]) -> None:
    app, harvest = young
    app.say("/a/iki", article(2))
    harvest.at(after(minutes=20))(urls=f"{SITE}/a/iki")
    app.say("/a/bir", status=301, location="/a/iki")
    assert looked(app, harvest, after(minutes=30))
    assert harvest.rows("SELECT a.url, moved_to FROM absences JOIN articles a ON a.id = article_id") == [
        {"url": URL, "moved_to": f"{SITE}/a/iki"}
    ]
    assert harvest.value("SELECT headline FROM articles WHERE url = ?", URL) == "Headline 1"
    app.say("/a/uc", status=301, location="/a/iki")
    harvest.at(after(minutes=31))(urls=f"{SITE}/a/uc")
    assert harvest.rows("SELECT url, why FROM url_aliases") == [{"url": f"{SITE}/a/uc", "why": "redirect"}]


def test_a_clock_that_was_set_back_loses_no_edit(young: tuple[Scripted, Harvester]) -> None:
    app, harvest = young
    assert looked(app, harvest, after(days=400)), "the clock was wrong"
    app.say("/a/bir", article(1).replace("Text of", "Corrected text of"))
    run = harvest.at(after(minutes=40))(urls=URL)
    assert run.code == 3
    assert "Set the clock right" in run.err
    assert harvest.value("SELECT max(revision) FROM revisions") == 2
    assert "Set the clock right" in harvest.value("SELECT why FROM runs ORDER BY id DESC LIMIT 1")


def test_a_look_that_fails_keeps_what_is_there(site: tuple[ReplicaApp, Harvester]) -> None:
    app, harvest = site
    app.replica = attrs.evolve(app.replica, stories=20)
    newest = dt.datetime.fromisoformat(app.replica.newest)
    harvest.at((newest + dt.timedelta(minutes=1)).isoformat())()
    before = harvest.rows("SELECT url, headline, body FROM articles ORDER BY url")
    url = next(record["url"] for record in app.replica.truth() if record["outcome"] == "article")
    app.faults[url.removeprefix(SITE)] = Fault(500)
    run = harvest.at((newest + dt.timedelta(minutes=30)).isoformat())(settings={"RETRY_TIMES": "0"})
    assert run.code == 3
    assert harvest.rows("SELECT url, headline, body FROM articles ORDER BY url") == before
    app.faults.clear()
    assert harvest.at((newest + dt.timedelta(minutes=31)).isoformat())().code == 0
    assert harvest.value("SELECT count(*) FROM failures WHERE resolved_at IS NULL AND url = ?", url) == 0
