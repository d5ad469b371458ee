"""A site that answers what nobody wants: refusals, delays, redirects to elsewhere, no rules."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from newscrawl.replica.app import ReplicaApp, make_app
from newscrawl.replica.faults import EVERYWHERE, Fault, leads_to, redirect_loop
from newscrawl.replica.serve import serving
from newscrawl.replica.site import Replica
from tests.crawl.conftest import SITE, Harvester, Run, Scripted
from tests.crawl.sound import POLITE, article, asked, open_failures
from tests.crawl.test_asked import stored, truth

HASTY = {"RETRY_TIMES": "1"}
MOMENT = re.compile(r"20\d\d-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?")


def test_a_sound_site_ends_with_0(sound: tuple[ReplicaApp, Harvester]) -> None:
    app, harvest = sound
    run = harvest()
    assert (run.code, run.err) == (0, "")
    assert stored(harvest) == truth(app)


def test_a_short_burst_of_503_is_sat_out(sound: tuple[ReplicaApp, Harvester]) -> None:
    app, harvest = sound
    app.faults[EVERYWHERE] = Fault(503, after=20, times=4)
    assert harvest(settings=POLITE).code == 0
    assert [status for _, _, status in app.requests].count(503) == 4
    assert stored(harvest) == truth(app)
    assert open_failures(harvest) == []


def test_after_a_burst_that_outlasts_the_crawl_the_next_one_finds_the_rest(sound: tuple[ReplicaApp, Harvester]) -> None:
    app, harvest = sound
    app.faults[EVERYWHERE] = Fault(503, after=20)
    assert harvest(settings=HASTY | POLITE).code in {3, 4}
    failed = open_failures(harvest)
    assert failed
    assert {row["error"] for row in failed} == {"Http503"}
    assert {row["stage"] for row in failed} <= {"download", "listing"}
    assert stored(harvest) < truth(app)
    app.faults.clear()
    assert harvest().code == 0
    assert stored(harvest) == truth(app)
    assert open_failures(harvest) == []


def test_a_site_that_forbids_everything_is_asked_a_few_times_only(sound: tuple[ReplicaApp, Harvester]) -> None:
    app, harvest = sound
    app.faults[EVERYWHERE] = Fault(403)
    run = harvest(settings=POLITE)
    assert run.code == 4
    assert "403" in run.err
    assert run.err.count("\n") == 1, run.err
    assert len(app.requests) <= 6
    assert harvest.rows("SELECT finish_reason, exit_code, stored FROM runs") == [
        {"finish_reason": "blocked", "exit_code": 4, "stored": 0}
    ]


def test_a_site_without_rules_allows_everything(sound: tuple[ReplicaApp, Harvester]) -> None:
    app, harvest = sound
    app.faults["/robots.txt"] = Fault(404)
    assert harvest().code == 0
    assert stored(harvest) == truth(app)


def test_a_site_whose_rules_fail_is_forbidden_until_they_are_back(sound: tuple[ReplicaApp, Harvester]) -> None:
    app, harvest = sound
    app.faults["/robots.txt"] = Fault(503)
    run = harvest(settings=HASTY)
    assert run.code == 4
    assert run.err.count("\n") == 1, run.err
    assert {target for _, target, _ in app.requests} == {"/robots.txt"}
    assert harvest.value("SELECT finish_reason FROM runs") == "unreachable"
    app.faults.clear()
    assert harvest().code == 0
    assert stored(harvest) == truth(app)


def test_addresses_that_lead_to_each_other(sound: tuple[ReplicaApp, Harvester]) -> None:
    app, harvest = sound
    path = article(app)
    app.faults |= redirect_loop(path, path + "-again")
    assert harvest().code == 3
    assert [row["url"] for row in open_failures(harvest)] == [SITE + path]
    assert asked(app, path) + asked(app, path + "-again") <= 25
    assert stored(harvest) == truth(app) - {SITE + path}


@pytest.mark.parametrize("path", ["/news-sitemap.xml", "/son-xeberler", "/en/rss/", "/en/", "/robots.txt"])
def test_what_leads_to_articles_leads_in_a_circle(sound: tuple[ReplicaApp, Harvester], path: str) -> None:
    app, harvest = sound
    app.faults |= redirect_loop(path, "/around")
    run = harvest(settings=HASTY)
    assert asked(app, path) + asked(app, "/around") <= 50
    assert run.code == (4 if path == "/robots.txt" else 3)
    assert run.err.count("\n") == 1, run.err
    if path != "/robots.txt":
        assert {row["stage"] for row in open_failures(harvest)} == {"listing"}
        assert harvest.value("SELECT finish_reason FROM runs") == "incomplete"
    app.faults.clear()
    assert harvest().code == 0
    assert stored(harvest) == truth(app)


@pytest.mark.parametrize("path", ["/news-sitemap.xml", "/son-xeberler", "/en/rss/", "/en/"])
def test_a_listing_that_is_unchanged_though_nobody_had_it(sound: tuple[ReplicaApp, Harvester], path: str) -> None:
    app, harvest = sound
    app.faults[path] = Fault(304)
    assert harvest().code == 3
    assert {row["stage"] for row in open_failures(harvest)} == {"listing"}
    app.faults.clear()
    assert harvest().code == 0
    assert stored(harvest) == truth(app)


def test_an_article_that_is_unchanged_though_nobody_had_it(sound: tuple[ReplicaApp, Harvester]) -> None:
    app, harvest = sound
    path = article(app)
    app.faults[path] = Fault(304)
    assert harvest().code == 3
    assert [(row["url"], row["stage"]) for row in open_failures(harvest)] == [(SITE + path, "download")]
    assert stored(harvest) == truth(app) - {SITE + path}
    app.faults.clear()
    assert harvest().code == 0
    assert stored(harvest) == truth(app)


@pytest.fixture
def neighbour() -> Iterator[tuple[Scripted, str]]:
    """Another server on this machine, which a crawl has no business with."""
    app = Scripted()
    with serving(app) as origin:
        yield app, origin


ELSEWHERE = (
    "{origin}/x",
    "http://localhost:{port}/x",
    "http://[::1]:{port}/x",
    "http://0.0.0.0:{port}/x",
    "//127.0.0.1:{port}/x",
    "http://10.0.0.1/x",
    "http://192.168.1.1/x",
    "http://169.254.169.254/latest/meta-data",
    "https://example.com/x",
    "https://report.az.example.com/x",
    "https://report.az@127.0.0.1:{port}/x",
    "file:///etc/hosts",
)


def test_redirects_to_elsewhere_are_not_followed(
    sound: tuple[ReplicaApp, Harvester], neighbour: tuple[Scripted, str]
) -> None:
    app, harvest = sound
    other, origin = neighbour
    targets = [each.format(origin=origin, port=origin.rsplit(":", 1)[1]) for each in ELSEWHERE]
    led = {article(app, 10 + n): target for n, target in enumerate(targets)}
    app.faults |= {path: leads_to(target) for path, target in led.items()}
    assert harvest().code == 3
    assert other.asked == []
    failures = {row["url"]: row for row in harvest.rows("SELECT url, stage, error, detail FROM failures")}
    assert set(failures) == {SITE + path for path in led}
    for path, target in led.items():
        row = failures[SITE + path]
        assert (row["stage"], row["error"]) == ("download", "RedirectRefused"), target
        assert target in row["detail"]
    assert stored(harvest) == truth(app) - set(failures)


@pytest.mark.parametrize("target", ["https://report.az:8443/x", "https://gone.report.az/x"])
def test_one_page_that_leads_to_a_dead_end_of_the_site_does_not_end_the_crawl(
    sound: tuple[ReplicaApp, Harvester], target: str
) -> None:
    app, harvest = sound
    path = article(app)
    app.faults[path] = leads_to(target)
    assert harvest(settings=HASTY).code == 3
    assert [row["url"] for row in open_failures(harvest)] == [SITE + path]
    assert stored(harvest) == truth(app) - {SITE + path}


@pytest.mark.parametrize("path", ["/son-xeberler", "/news-sitemap.xml", "/ru/rss/", "/en/", "/robots.txt"])
def test_what_leads_to_articles_is_not_followed_elsewhere_either(
    sound: tuple[ReplicaApp, Harvester], neighbour: tuple[Scripted, str], path: str
) -> None:
    app, harvest = sound
    other, origin = neighbour
    app.faults[path] = leads_to(f"{origin}{path}", status=301)
    run = harvest(settings=HASTY)
    assert other.asked == []
    assert run.code in {3, 4}
    assert run.err.count("\n") == 1, run.err
    if path != "/robots.txt":
        errors = {(row["stage"], row["error"]) for row in open_failures(harvest)}
        assert errors == {("listing", "RedirectRefused")}


class Timed:
    """An application with the moments at which it was asked."""

    def __init__(self, app: ReplicaApp) -> None:
        self.app, self.moments = app, list[float]()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.moments.append(time.monotonic())
        await self.app(scope, receive, send)

    @property
    def longest_silence(self) -> float:
        return max(after - before for before, after in zip(self.moments, self.moments[1:], strict=False))


def http_date(seconds: int) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


def in_seconds(seconds: int) -> str:
    return str(seconds)


FORMS = pytest.mark.parametrize("form", [in_seconds, http_date])


@FORMS
def test_a_short_wait_that_the_site_asks_for_is_waited(tmp_path: Path, form: Any) -> None:
    app = make_app(Replica(stories=30), log=True)
    timed = Timed(app)
    with serving(timed) as origin:
        harvest = Harvester(tmp_path / "news.db", origin)
        # A date has no parts of a second, and some time goes by before the crawl begins
        seconds = 4 if form is in_seconds else 10
        app.faults[EVERYWHERE] = Fault(429, headers={"Retry-After": form(seconds)}, after=12, times=1)
        until = time.monotonic() + seconds
        run = harvest(settings=POLITE)
    assert (run.code, run.err) == (0, "")
    refused = [status for _, _, status in app.requests].index(429)
    if form is in_seconds:
        assert timed.moments[refused + 1] - timed.moments[refused] >= seconds - 0.2
    else:
        assert timed.moments[refused + 1] >= until - 1.2
    assert stored(harvest) == truth(app)
    assert open_failures(harvest) == []


def left_alone(run: Run, until: datetime) -> None:
    """A crawl that the site has asked to come back later says so in its one line."""
    assert run.code == 4
    assert run.err.count("\n") == 1, run.err
    said = [datetime.fromisoformat(each).replace(tzinfo=UTC) for each in MOMENT.findall(run.err)]
    assert any(abs(each - until) < timedelta(minutes=2) for each in said), run.err


@FORMS
def test_a_long_wait_that_the_site_asks_for_ends_the_crawl_and_holds_for_the_next(
    sound: tuple[ReplicaApp, Harvester], form: Any
) -> None:
    app, harvest = sound
    until = datetime.now(UTC) + timedelta(hours=2)
    app.faults[EVERYWHERE] = Fault(429, headers={"Retry-After": form(7_200)}, after=12)
    left_alone(harvest(settings=POLITE), until)
    assert len(app.requests) <= 15
    before = stored(harvest)
    app.faults.clear()
    app.requests.clear()
    left_alone(harvest(), until)
    assert list(app.requests) == []
    assert stored(harvest) == before
    assert [row["exit_code"] for row in harvest.rows("SELECT exit_code FROM runs")] == [4, 4]


@pytest.mark.parametrize("value", ["soon", "", "-5", "1.5e99"])
def test_a_wait_that_nobody_can_read_is_a_refusal_like_any_other(
    sound: tuple[ReplicaApp, Harvester], value: str
) -> None:
    app, harvest = sound
    path = article(app)
    app.faults[path] = Fault(429, headers={"Retry-After": value})
    run = harvest(settings=POLITE)
    assert run.code == 3, run.err
    assert open_failures(harvest) == [{"url": SITE + path, "stage": "download", "error": "Http429"}]
    assert stored(harvest) == truth(app) - {SITE + path}
