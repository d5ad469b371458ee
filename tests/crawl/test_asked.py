"""What a user asks of a crawl with `-a`, and what the crawl then asks of the site."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

import pytest

from newscrawl.replica.app import ReplicaApp
from newscrawl.sites.report_az import REPORT
from tests.crawl.conftest import SITE, Harvester, Scripted
from tests.crawl.test_manners import article

Site = tuple[ReplicaApp, Harvester]


def truth(app: ReplicaApp, **wanted: Any) -> set[str]:
    return {
        str(record["url"])
        for record in app.replica.truth()
        if record["outcome"] == "article" and all(record[name] == value for name, value in wanted.items())
    }


def stored(harvest: Harvester) -> set[str]:
    return {row["url"] for row in harvest.rows("SELECT url FROM articles")}


def test_languages(site: Site) -> None:
    app, harvest = site
    harvest(languages="en")
    assert stored(harvest) == truth(app, language="en")


def test_limit_bounds_the_downloads(site: Site) -> None:
    app, harvest = site
    harvest(limit="7")
    articles = [path for _, path, _ in app.requests if REPORT.article(SITE + path)]
    assert len(articles) == 7
    assert len(app.requests) < 25


@pytest.mark.parametrize("by", ["section_slug", "section"])
def test_sections_by_slug_and_by_name(site: Site, by: str) -> None:
    app, harvest = site
    record = next(record for record in app.replica.truth() if record["language"] == "en" and record["section"])
    harvest(languages="en", sections=str(record[by]))
    assert stored(harvest) == truth(app, language="en", section_slug=record["section_slug"])
    assert stored(harvest)


def test_since_and_until_are_days_at_the_site(site: Site) -> None:
    app, harvest = site
    moments = sorted(str(record["published_at"]) for record in app.replica.truth() if record["published_at"])
    baku = dt.timezone(dt.timedelta(hours=4))
    middle = dt.datetime.fromisoformat(moments[len(moments) // 3]).astimezone(baku).date()
    first, last = middle.isoformat(), (middle + dt.timedelta(days=40)).isoformat()

    def in_range(record: dict[str, Any]) -> bool:
        day = dt.datetime.fromisoformat(record["published_at"]).astimezone(baku).date().isoformat()
        return record["outcome"] == "article" and first <= day <= last

    wanted = {str(record["url"]) for record in app.replica.truth() if record["published_at"] and in_range(dict(record))}
    assert 5 < len(wanted) < len(moments) - 5
    harvest(since=first, until=last)
    assert stored(harvest) == wanted


def test_these_pages_and_no_others(site: Site) -> None:
    app, harvest = site
    url = min(truth(app, language="ru"))
    path = urlsplit(url).path
    harvest(urls=url + "/?utm_source=mail")
    assert [path for _, path, _ in app.requests] == ["/robots.txt", path]
    assert stored(harvest) == {url}


def test_a_short_link_leads_to_its_article(site: Site) -> None:
    app, harvest = site
    record = next(r for r in app.replica.truth() if r["short_url"] and r["outcome"] == "article")
    harvest(urls=str(record["short_url"]))
    assert stored(harvest) == {record["url"]}
    assert harvest.rows("SELECT url FROM url_aliases WHERE url = ?", record["short_url"])
    asked = len(app.requests)
    harvest(urls=str(record["short_url"]))
    assert len(app.requests) > asked, "what is asked for by name is fetched again"
    assert harvest.value("SELECT count(*) FROM articles") == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"languages": "de"}, "unknown language 'de'; report has: az, ru, en"),
        ({"since": "soon"}, "since='soon' is no date; write since=2025-11-01"),
        ({"colour": "red"}, "unknown argument 'colour'; accepted: languages, sections, since, until, limit, urls"),
        ({"limit": "0"}, "limit='0' is no number of articles; write limit=50"),
        ({"urls": "https://example.com/a/b"}, "is no address of report (report.az)"),
    ],
)
def test_what_cannot_be_is_refused_before_any_request(site: Site, arguments: dict[str, str], words: str) -> None:
    app, harvest = site
    run = harvest({}, **arguments)
    assert run.code == 2
    assert words in run.err
    assert run.err.count("\n") == 1, "one line"
    assert list(app.requests) == []


def test_an_unknown_section_is_refused(site: Site) -> None:
    app, harvest = site
    run = harvest(sections="gardening", languages="en")
    assert run.code == 2
    assert "unknown section 'gardening'; accepted:" in run.err
    assert stored(harvest) == set()
    assert {path for _, path, _ in app.requests} <= {"/robots.txt", "/en", "/en/"}, "an empty archive asks the menu"

    harvest(languages="en")
    asked = len(app.requests)
    run = harvest(sections="gardening", languages="en")
    assert run.code == 2
    assert "accepted: " in run.err
    assert len(app.requests) == asked, "an archive that has seen everything asks nobody"


CARD = '<div class="index-post-block" data-timestamp="2025-11-11 17:{:02}:00"><a href="{}">x</a></div>'
MENU = "<nav><a href='/en/finance'>Finance</a><a href='/en/contacts'>Contacts</a></nav>"


def listing(paths: list[str]) -> str:
    return f"<html><body>{MENU}{''.join(CARD.format(59 - n, path) for n, path in enumerate(paths))}</body></html>"


def test_without_a_link_to_all_news_every_section_of_the_menu_is_walked(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    app.say("/en", listing([]))
    app.say("/en/finance", listing(["/en/finance/one", "/en/finance/two"]))
    app.say("/en/contacts", "<html><body>Write to us</body></html>")
    app.say("/en/finance/one", article(1))
    app.say("/en/finance/two", article(2))
    app.say("/en/rss/", "<rss version='2.0'><channel></channel></rss>", content_type="text/xml")
    app.say("/news-sitemap.xml", "<urlset></urlset>", content_type="text/xml")
    run = harvest(languages="en")
    assert stored(harvest) == {"https://report.az/en/finance/one", "https://report.az/en/finance/two"}
    assert run.code == 0, harvest.rows("SELECT * FROM failures")


def test_a_listing_that_cannot_be_read_is_named_and_looked_for(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    app.say("/son-xeberler", "<html><body>We have moved</body></html>")
    app.say("/", listing(["/maliyye/bir"]).replace("/en/finance'>Finance", "/butun'>Bütün xəbərlər"))
    app.say("/butun", listing(["/maliyye/bir", "/maliyye/iki"]))
    app.say("/maliyye/bir", article(1))
    app.say("/maliyye/iki", article(2))
    app.say("/rss/", "this is no feed")
    app.say("/news-sitemap.xml", "<urlset></urlset>", content_type="text/xml")
    run = harvest(languages="az")
    assert run.code == 3
    assert stored(harvest) == {"https://report.az/maliyye/bir", "https://report.az/maliyye/iki"}
    failures = {row["url"]: row for row in harvest.rows("SELECT * FROM failures")}
    assert set(failures) == {"https://report.az/son-xeberler", "https://report.az/rss/"}
    assert failures["https://report.az/son-xeberler"]["stage"] == "listing"
    assert "div.index-post-block" in failures["https://report.az/son-xeberler"]["detail"], "the selector is named"
    assert "no <rss>" in failures["https://report.az/rss/"]["detail"]
    assert harvest.value("SELECT finish_reason FROM runs") == "incomplete", "the next crawl must not stop early"


def test_a_batch_that_fails_leaves_the_walk_open(scripted: tuple[Scripted, Harvester]) -> None:
    """What a failed batch would have named must be found by the next crawl, though the batch above it is known."""
    app, harvest = scripted
    first = listing(["/maliyye/bir", "/maliyye/iki"]).replace(
        "</body>", "<div class='loadContainer' data-url='/infinity/index'></div></body>"
    )
    batch = "/infinity/index?date=2025-11-11+17%3A58%3A01&oldest=1"
    app.say("/son-xeberler", first)
    app.say(batch, status=404)
    app.say("/rss/", "<rss version='2.0'><channel></channel></rss>", content_type="text/xml")
    app.say("/news-sitemap.xml", "<urlset></urlset>", content_type="text/xml")
    for n, name in enumerate(["bir", "iki", "uc"]):
        app.say(f"/maliyye/{name}", article(n))
    assert harvest(languages="az").code == 3
    assert harvest.rows("SELECT url, stage FROM failures") == [{"url": f"https://report.az{batch}", "stage": "listing"}]
    assert harvest.value("SELECT finish_reason FROM runs") == "incomplete"

    app.say(batch, CARD.format(30, "/maliyye/uc"))
    app.say("/infinity/index?date=2025-11-11+17%3A30%3A01&oldest=1", "")
    assert harvest(languages="az").code == 0
    assert len(stored(harvest)) == 3
    assert harvest.value("SELECT count(*) FROM failures WHERE resolved_at IS NULL") == 0
    asked = len(app.asked)
    harvest(languages="az")
    assert batch not in app.asked[asked:], "after a crawl that saw everything a known batch ends the walk"
