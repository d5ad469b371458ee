"""What one crawl missed the next one finds: back-fills, downloads that failed, our own errors, moved listings."""

from __future__ import annotations

import sqlite3

import pytest

from newscrawl.replica.app import ReplicaApp
from tests.crawl.conftest import SITE, Harvester, Scripted
from tests.crawl.test_asked import CARD, listing, stored, truth
from tests.crawl.test_manners import article
from tests.test_cli import newscrawl

EMPTY_FEED = "<rss version='2.0'><channel></channel></rss>"
ENDLESS = "<div class='loadContainer' data-url='/infinity/index'></div></body>"


def empty_site(app: Scripted) -> None:
    """A site whose feeds and sitemap say nothing, so that only its listings count."""
    for path in ("/rss/", "/ru/rss/", "/en/rss/"):
        app.say(path, EMPTY_FEED, content_type="text/xml")
    app.say("/news-sitemap.xml", "<urlset></urlset>", content_type="text/xml")
    app.say("/infinity/index?date=2025-11-11+17%3A30%3A01&oldest=1", "")


def endless(paths: list[str]) -> str:
    return listing(paths).replace("</body>", ENDLESS)


def test_a_back_fill_goes_below_what_is_known(site: tuple[ReplicaApp, Harvester]) -> None:
    app, harvest = site
    days = sorted({str(record["published_at"])[:10] for record in app.replica.truth() if record["published_at"]})
    harvest(since=days[-2])
    recent = stored(harvest)
    harvest(since=days[0], until=days[len(days) // 2])
    assert recent < stored(harvest)
    harvest(since=days[0])
    assert stored(harvest) == truth(app)


def test_a_download_that_failed_is_asked_for_again(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    empty_site(app)
    app.say("/son-xeberler", endless(["/a/bir", "/a/iki"]))
    app.say("/infinity/index?date=2025-11-11+17%3A58%3A01&oldest=1", CARD.format(30, "/a/uc"))
    for n, path in enumerate(["/a/bir", "/a/iki"]):
        app.say(path, article(n))
    app.say("/a/uc", status=500)
    assert harvest(languages="az", settings={"RETRY_TIMES": "0"}).code == 3
    assert len(stored(harvest)) == 2
    app.say("/a/uc", article(3))
    assert harvest(languages="az").code == 0
    assert len(stored(harvest)) == 3
    assert harvest.value("SELECT count(*) FROM failures WHERE resolved_at IS NULL") == 0


def test_a_page_that_gave_no_article_is_looked_at_again_some_hours_later(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    empty_site(app)
    app.say("/son-xeberler", listing(["/a/bir"]))
    app.say("/a/bir", article(1).split("</p>")[0])
    assert harvest(languages="az").code == 3
    app.say("/a/bir", article(1))
    assert harvest(languages="az").code == 0
    assert stored(harvest) == set(), "not at once"
    connection = sqlite3.connect(harvest.db)
    with connection:
        connection.execute("UPDATE url_rows SET next_fetch_at = '2025-01-01T00:00:00Z' WHERE kind = 'article'")
    connection.close()
    assert harvest(languages="az").code == 0
    assert stored(harvest) == {f"{SITE}/a/bir"}


def test_an_error_of_our_own_loses_nothing(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    empty_site(app)
    app.say("/son-xeberler", listing(["/a/bir", "/a/iki"]))
    app.say("/a/bir", article(1))
    app.say("/a/iki", article(2))
    harvest(urls=f"{SITE}/a/bir")
    connection = sqlite3.connect(harvest.db)
    with connection:
        connection.execute(
            "CREATE TRIGGER broken BEFORE INSERT ON articles BEGIN SELECT raise(ABORT, 'disk on fire'); END"
        )
    run = harvest(languages="az")
    assert run.code == 1
    assert "an error of newscrawl's own" in run.err
    assert harvest.rows("SELECT url, stage FROM failures") == [{"url": f"{SITE}/a/iki", "stage": "store"}]
    assert harvest.value("SELECT finish_reason FROM runs ORDER BY id DESC LIMIT 1") == "incomplete"
    with connection:
        connection.execute("DROP TRIGGER broken")
    connection.close()
    assert harvest(languages="az").code == 0
    assert stored(harvest) == {f"{SITE}/a/bir", f"{SITE}/a/iki"}


def test_a_page_that_an_error_of_our_own_met_is_read_back_without_a_request(
    scripted: tuple[Scripted, Harvester],
) -> None:
    app, harvest = scripted
    app.say("/a/bir", article(1))
    harvest(urls=f"{SITE}/a/never-was")  # makes the archive
    connection = sqlite3.connect(harvest.db)
    with connection:
        connection.execute(
            "CREATE TRIGGER broken BEFORE INSERT ON articles BEGIN SELECT raise(ABORT, 'disk on fire'); END"
        )
    assert harvest(urls=f"{SITE}/a/bir").code == 1
    with connection:
        connection.execute("DROP TRIGGER broken")
    connection.close()
    page = harvest.value("SELECT id FROM snapshots WHERE url = ?", f"{SITE}/a/bir")
    assert harvest.rows("SELECT snapshot_id FROM failures WHERE stage = 'store'") == [{"snapshot_id": page}]
    shown = newscrawl("failures", "--db", "news.db", cwd=harvest.db.parent).stdout
    assert f"stored as snapshot {page}" in shown
    assert "reads 1 stored page again" in shown
    asked = len(app.asked)
    done = newscrawl("reparse", "--failures", "--db", "news.db", cwd=harvest.db.parent)
    assert (done.returncode, done.stdout) == (0, "1 new\n"), done.stderr
    assert len(app.asked) == asked
    assert stored(harvest) == {f"{SITE}/a/bir"}
    assert harvest.rows("SELECT url FROM failures WHERE resolved_at IS NULL") == [{"url": f"{SITE}/a/never-was"}]


def test_a_redirect_that_is_refused_is_stored(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    app.say("/a/bir", status=302, location="https://example.com/a/bir")
    assert harvest(urls=f"{SITE}/a/bir").code == 3
    redirect = harvest.value("SELECT id FROM snapshots WHERE status = 302")
    assert harvest.rows("SELECT stage, error, snapshot_id FROM failures") == [
        {"stage": "download", "error": "RedirectRefused", "snapshot_id": redirect}
    ]


def test_an_error_of_our_own_at_a_listing_is_no_page_to_fetch(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    empty_site(app)
    app.say("/", listing([]))
    harvest(languages="az")  # /son-xeberler is not there: an open failure of a listing
    app.say("/son-xeberler", listing(["/a/bir"]))
    app.say("/a/bir", article(1))
    connection = sqlite3.connect(harvest.db)
    with connection:
        connection.execute(
            "CREATE TRIGGER broken BEFORE UPDATE ON failures WHEN new.resolved_at IS NOT NULL "
            "BEGIN SELECT raise(ABORT, 'disk on fire'); END"
        )
    connection.close()
    assert harvest(languages="az").code == 1
    assert {row["stage"] for row in harvest.rows("SELECT stage FROM failures")} == {"listing"}
    assert harvest.value("SELECT finish_reason FROM runs ORDER BY id DESC LIMIT 1") == "incomplete"


@pytest.mark.parametrize(
    "home",
    [
        "<html><body><p>Nothing here</p></body></html>",
        listing([]),
        "<html><body><a href='/en/latest'>All News Feed</a></body></html>",
    ],
    ids=["no links", "a menu without listings", "all news without cards"],
)
def test_a_language_without_a_listing_is_said(scripted: tuple[Scripted, Harvester], home: str) -> None:
    app, harvest = scripted
    empty_site(app)
    app.say("/en", home)
    for path in ("/en/latest", "/en/finance", "/en/contacts"):
        app.say(path, "<html><body>a new design</body></html>")
    run = harvest(languages="en")
    assert run.code == 3
    assert run.err.count("\n") == 1, run.err
    (failure,) = harvest.rows("SELECT url, stage, error, detail FROM failures")
    assert (failure["stage"], failure["error"]) == ("listing", "ListingError")
    assert failure["url"].startswith(f"{SITE}/en")
    assert "a[href]" in failure["detail"] or "div.index-post-block" in failure["detail"]


def test_a_listing_that_leads_elsewhere_is_looked_for(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    empty_site(app)
    app.say("/son-xeberler", status=301, location="/moved")
    app.say("/moved", "<html><body>a page without cards</body></html>")
    app.say("/", listing(["/a/bir"]).replace("/en/finance'>Finance", "/butun'>Bütün xəbərlər"))
    app.say("/butun", listing(["/a/bir", "/a/iki"]))
    app.say("/a/bir", article(1))
    app.say("/a/iki", article(2))
    assert harvest(languages="az").code == 3
    assert stored(harvest) == {f"{SITE}/a/bir", f"{SITE}/a/iki"}


def test_a_promoted_card_at_the_end_of_a_batch_does_not_break_the_walk(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    empty_site(app)
    promoted = CARD.format(10, "https://partner.example.com/ad/x").replace("2025-11-11", "2020-01-01")
    app.say("/son-xeberler", endless(["/a/bir", "/a/iki"]).replace("<div class='loadC", promoted + "<div class='loadC"))
    app.say("/infinity/index?date=2025-11-11+17%3A58%3A01&oldest=1", CARD.format(30, "/a/uc"))
    for n, path in enumerate(["/a/bir", "/a/iki", "/a/uc"]):
        app.say(path, article(n))
    harvest(languages="az")
    assert len(stored(harvest)) == 3


def test_sections_that_the_archive_has_not_seen_are_asked_of_the_menu(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    app.say("/en", listing([]).replace("contacts'>Contacts", "energy'>Energy"))
    app.say("/en/finance", listing(["/en/finance/one"]))
    app.say("/en/energy", listing(["/en/energy/two"]))
    app.say("/en/finance/one", article(1))
    app.say("/en/energy/two", article(2))
    assert harvest(languages="en", sections="finance").code == 0
    assert harvest(languages="en", sections="energy").code == 0
    assert stored(harvest) == {f"{SITE}/en/finance/one", f"{SITE}/en/energy/two"}


def test_pages_asked_for_by_name_are_counted_and_bounded(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    for n in range(3):
        app.say(f"/en/a/{n}", article(n))
    harvest(urls=",".join(f"{SITE}/en/a/{n}" for n in range(3)), limit="2")
    assert len(stored(harvest)) == 2
    assert harvest.value("SELECT listed FROM runs") == 3


def test_a_stopped_crawl_says_so_and_leaves_a_valid_row(site: tuple[ReplicaApp, Harvester]) -> None:
    app, harvest = site
    settings = {"DOWNLOAD_DELAY": "0.05", "CONCURRENT_REQUESTS_PER_DOMAIN": "1", "CONCURRENT_REQUESTS": "2"}
    with harvest.start(settings=settings) as process:
        harvest.wait_for("SELECT count(*) >= 3 FROM articles")
        process.terminate()
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "stopped by a signal" in err
    assert harvest.rows("SELECT finish_reason, exit_code, ended_at IS NOT NULL AS ended FROM runs") == [
        {"finish_reason": "shutdown", "exit_code": 130, "ended": 1}
    ]
    harvest()
    assert stored(harvest) == truth(app)


def test_a_second_crawl_leaves_at_once(site: tuple[ReplicaApp, Harvester]) -> None:
    app, harvest = site
    slow = {"DOWNLOAD_DELAY": "0.2", "CONCURRENT_REQUESTS_PER_DOMAIN": "1", "CONCURRENT_REQUESTS": "2"}
    with harvest.start(settings=slow) as process:
        harvest.wait_for("SELECT count(*) >= 1 FROM articles")
        asked = len(app.requests)
        second = harvest()
        assert second.code == 75
        assert second.err.count("\n") == 1
        assert "another crawl fills" in second.err
        assert len(app.requests) - asked < 60, "and asked for nothing"
        process.kill()
        process.communicate()
    assert harvest.value("SELECT count(*) FROM runs") == 1
    assert harvest().code == 3, "a killed crawl holds no lock"
    assert stored(harvest) == truth(app)
