"""What waits is not waited for in vain: clocks that were wrong, crawls that were stopped, pages that are given up."""

from __future__ import annotations

import pytest

from tests.crawl.conftest import SITE, Harvester, Scripted
from tests.crawl.test_asked import listing, stored
from tests.crawl.test_kept import Crawled, below, cards, page, say_endless
from tests.crawl.test_looks import URL, after
from tests.crawl.test_manners import article
from tests.crawl.test_recovery import empty_site

ONCE = {"RETRY_TIMES": "0"}


@pytest.fixture
def listed(scripted: Crawled) -> Crawled:
    """A site whose listing leads to one address, of which each test says what it answers."""
    app, harvest = scripted
    empty_site(app)
    app.say("/son-xeberler", listing(["/a/bir"]))
    return app, harvest


def asks(app: Scripted, harvest: Harvester, moment: str) -> bool:
    """Whether a crawl at that moment, which tries nothing twice, asks for the address."""
    app.asked.clear()
    harvest.at(moment)(ONCE, languages="az")
    return "/a/bir" in app.asked


def test_a_clock_that_was_ahead_once_hides_no_batch_that_failed_since(scripted: Crawled) -> None:
    app, harvest = scripted
    say_endless(app)
    app.say(below("2025-11-11 17:59"), "")
    for moment in (after(minutes=10), after(days=1)):
        assert harvest.at(moment)(languages="az").code == 0
    app.say("/son-xeberler", page({"2025-11-11 22:59": "/a/iki"}, more=True))
    app.say(below("2025-11-11 22:59"), status=404)
    assert harvest.at(after(hours=6))(languages="az").code == 3
    app.say(below("2025-11-11 22:59"), cards({"2025-11-11 20:30": "/a/uc", "2025-11-11 17:59": "/a/bir"}))
    harvest.at(after(hours=7))(languages="az")
    assert stored(harvest) == {URL, f"{SITE}/a/iki", f"{SITE}/a/uc"}


@pytest.mark.parametrize("ahead", [{"hours": 3}, {"days": 400}], ids=["some hours", "a year"])
def test_a_clock_that_was_ahead_once_keeps_no_look_waiting(listed: Crawled, ahead: dict[str, float]) -> None:
    app, harvest = listed
    app.say("/son-xeberler", listing(["/a/iki"]))
    app.say("/a/iki", article(2))
    assert harvest.at(after(**ahead))(languages="az").code == 0
    app.say("/son-xeberler", listing(["/a/bir", "/a/iki"]))
    app.say("/a/bir", article(1))
    assert [asks(app, harvest, after(minutes=minutes)) for minutes in (10, 26, 42, 58)] == [True] * 4
    app.say("/a/bir", article(1).replace("Headline 1", "Headline 1 - UPDATED-2"))
    assert asks(app, harvest, after(minutes=74))
    assert harvest.value("SELECT headline FROM articles WHERE url = ?", URL) == "Headline 1 - UPDATED-2"


def test_a_pause_that_was_asked_for_under_a_wrong_clock_does_not_last(listed: Crawled) -> None:
    app, harvest = listed
    app.say("/a/bir", status=429, retry_after="3600")
    assert harvest.at(after(days=400))(languages="az").code == 4
    app.say("/a/bir", article(1))
    assert harvest.at(after(days=2))(languages="az").code != 4
    assert stored(harvest) == {URL}


def test_a_redirect_to_a_forbidden_page_is_followed_once_a_day(listed: Crawled) -> None:
    app, harvest = listed
    app.say("/robots.txt", "User-agent: *\nDisallow: /secret/", content_type="text/plain")
    app.say("/a/bir", status=302, location="/secret/bir")
    asked = {
        after(minutes=10): True,
        after(hours=7): False,
        after(hours=23): False,
        after(hours=25): True,
        after(hours=26): False,
    }
    assert {moment: asks(app, harvest, moment) for moment in asked} == asked


@pytest.mark.parametrize("target", ["/a/bir", "/a/iki"], ids=["itself", "behind a redirect"])
def test_a_page_that_a_stopped_crawl_was_to_try_again_is_asked_for_by_the_next(listed: Crawled, target: str) -> None:
    app, harvest = listed
    app.say("/a/bir", status=302, location="/a/iki")
    app.say(target, status=503, retry_after="50")
    with harvest.start(languages="az") as process:
        harvest.wait_for(f"SELECT count(*) > 0 FROM snapshots WHERE url = '{SITE}{target}'", 60)
        process.terminate()
        process.communicate(timeout=30)
    app.say(target, article(1))
    harvest(languages="az")
    assert stored(harvest) == {SITE + target}


def test_a_page_that_a_killed_crawl_was_led_to_is_asked_for_by_the_next(listed: Crawled) -> None:
    app, harvest = listed
    app.say("/a/bir", status=302, location="/a/iki")
    app.say("/a/iki", article(2))
    slow = {"DOWNLOAD_DELAY": "1", "CONCURRENT_REQUESTS_PER_DOMAIN": "1"}
    with harvest.start(slow, languages="az") as process:
        harvest.wait_for(f"SELECT count(*) > 0 FROM snapshots WHERE url = '{URL}'", 60)
        process.kill()
        process.communicate()
    assert "/a/iki" not in app.asked
    harvest(languages="az")
    assert stored(harvest) == {f"{SITE}/a/iki"}


def test_a_page_that_fails_is_tried_again_after_a_week_in_which_nothing_ran(listed: Crawled) -> None:
    app, harvest = listed
    app.say("/a/bir", status=503)
    assert asks(app, harvest, after(minutes=10))
    assert asks(app, harvest, after(days=8))
    app.say("/a/bir", article(1))
    assert not asks(app, harvest, after(days=10))
    assert asks(app, harvest, after(days=11, minutes=5))
    assert stored(harvest) == {URL}


def test_a_page_that_fails_is_given_up_after_five_tries(listed: Crawled) -> None:
    app, harvest = listed
    app.say("/a/bir", status=503)
    tries = {after(days=days): days < 24 for days in (0, 8, 12, 16, 20, 24, 60)}
    assert {moment: asks(app, harvest, moment) for moment in tries} == tries


def test_a_since_that_gives_up_an_unfinished_past_says_so_once(scripted: Crawled) -> None:
    app, harvest = scripted
    say_endless(app)
    app.say("/son-xeberler", page({"2025-11-11 17:59": "/a/bir", "2025-11-11 17:58": "/a/iki"}, more=True))
    app.say(below("2025-11-11 17:58"), status=404)
    assert harvest.at(after(minutes=10))(languages="az").code == 3
    app.say(below("2025-11-11 17:58"), cards({"2025-11-09 12:00": "/a/uc"}))
    run = harvest.at(after(minutes=20))(languages="az", since="2025-11-11")
    assert run.code == 0
    assert run.err.count("\n") == 1
    assert "the walk through the whole past is given up, the archive begins at 2025-11-10T20:00:00Z (az)" in run.err
    assert harvest.at(after(minutes=30))(languages="az", since="2025-11-11").err == ""
    assert stored(harvest) == {URL, f"{SITE}/a/iki"}


@pytest.mark.parametrize("walked", [False, True], ids=["an empty archive", "a past that was walked"])
def test_a_since_that_gives_up_nothing_says_nothing(scripted: Crawled, walked: bool) -> None:
    app, harvest = scripted
    say_endless(app)
    app.say(below("2025-11-11 17:59"), "")
    if walked:
        assert harvest.at(after(minutes=10))(languages="az").code == 0
    run = harvest.at(after(minutes=20))(languages="az", since="2025-11-11")
    assert (run.code, run.err) == (0, "")
