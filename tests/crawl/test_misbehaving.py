"""A site that misbehaves: broken connections and pages, listings without an end, a new layout overnight."""

from __future__ import annotations

import attrs
import pytest

from newscrawl.replica.app import ReplicaApp
from newscrawl.replica.faults import Fault
from newscrawl.replica.site import Replica
from tests.crawl.conftest import SITE, Harvester
from tests.crawl.sound import POLITE, article, asked, open_failures
from tests.crawl.test_asked import stored, truth

IMPATIENT = {"DOWNLOAD_TIMEOUT": "2", "RETRY_TIMES": "1"}


@pytest.mark.parametrize("kind", ["reset", "stall", "cut"])
def test_a_page_that_breaks_once_is_found(sound: tuple[ReplicaApp, Harvester], kind: str) -> None:
    app, harvest = sound
    app.faults[article(app)] = Fault(kind=kind, times=1)
    assert harvest(settings=IMPATIENT).code == 0
    assert asked(app, article(app)) >= 2
    assert stored(harvest) == truth(app)
    assert open_failures(harvest) == []


@pytest.mark.parametrize(
    ("kind", "errors"),
    [
        ("reset", {"ConnectionLost", "ResponseFailed", "DownloadFailedError", "ResponseDataLossError"}),
        ("stall", {"TimeoutError", "DownloadTimeoutError"}),
    ],
)
def test_a_page_that_breaks_every_time_is_one_failure(
    sound: tuple[ReplicaApp, Harvester], kind: str, errors: set[str]
) -> None:
    app, harvest = sound
    url = SITE + article(app)
    app.faults[article(app)] = Fault(kind=kind)
    assert harvest(settings=IMPATIENT).code == 3
    # One retry of ours; Twisted asks once more by itself where a connection was kept from an earlier page
    assert 2 <= asked(app, article(app)) <= 4
    (failure,) = open_failures(harvest)
    assert (failure["url"], failure["stage"]) == (url, "download")
    assert failure["error"] in errors
    assert stored(harvest) == truth(app) - {url}
    app.faults.clear()
    assert harvest().code == 0
    assert stored(harvest) == truth(app)
    assert open_failures(harvest) == []


def test_a_page_whose_compressed_bytes_are_cut_is_no_article(sound: tuple[ReplicaApp, Harvester]) -> None:
    app, harvest = sound
    url = SITE + article(app)
    app.faults[article(app)] = Fault(kind="cut")
    assert harvest(settings=IMPATIENT).code == 3
    (failure,) = open_failures(harvest)
    assert failure["url"] == url
    assert stored(harvest) == truth(app) - {url}
    (page,) = harvest.rows("SELECT status FROM snapshots WHERE url = ? ORDER BY id DESC LIMIT 1", url)
    assert page["status"] == 200, "what came is kept as it came"
    app.faults.clear()
    harvest(urls=url)
    assert stored(harvest) == truth(app)
    assert open_failures(harvest) == []


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/son-xeberler", "cut"),
        ("/son-xeberler", "reset"),
        ("/news-sitemap.xml", "cut"),
        ("/en/rss/", "stall"),
        ("/en/", "cut"),
        ("/ru/infinity/index", "cut"),
    ],
)
def test_what_leads_to_articles_breaks_and_the_next_crawl_finds_what_was_missed(
    sound: tuple[ReplicaApp, Harvester], path: str, kind: str
) -> None:
    app, harvest = sound
    app.faults[path] = Fault(kind=kind)
    run = harvest(settings=IMPATIENT)
    assert run.code == 3
    assert run.err.count("\n") == 1, run.err
    assert {row["stage"] for row in open_failures(harvest)} == {"listing"}
    assert harvest.value("SELECT finish_reason FROM runs") == "incomplete"
    app.faults.clear()
    assert harvest().code == 0
    assert stored(harvest) == truth(app)
    assert open_failures(harvest) == []


@pytest.mark.parametrize("scroll", ["stuck", "circling", "repeating"])
def test_a_listing_without_an_end_is_given_up_in_words(site: tuple[ReplicaApp, Harvester], scroll: str) -> None:
    app, harvest = site
    app.replica = Replica(stories=200, scroll=scroll)
    run = harvest(settings={"CLOSESPIDER_PAGECOUNT": "1500"})
    assert harvest.value("SELECT finish_reason FROM runs") == "incomplete", "so the next crawl looks for the gap"
    assert run.code == 3
    assert run.err.count("\n") == 1, run.err
    batches = [target for _, target, _ in app.requests if "/infinity/" in target]
    assert len(batches) <= 60
    failures = [row for row in open_failures(harvest) if row["stage"] == "listing"]
    assert {row["error"] for row in failures} == {"ListingError"}
    assert len(failures) == 3, "one in each language"
    assert stored(harvest) < truth(app), "what the listing hides cannot be found"
    assert stored(harvest) >= {SITE + app.replica.texts.path(n, "az") for n in range(190, 194)}
    app.replica = attrs.evolve(app.replica, scroll="sound")
    harvest()
    assert stored(harvest) == truth(app)
    assert [row for row in open_failures(harvest) if row["stage"] == "listing"] == []


@pytest.mark.parametrize(("variant", "crowd"), [(0, 40), (1, 14)])
def test_articles_of_the_same_second_are_all_found(
    site: tuple[ReplicaApp, Harvester], variant: int, crowd: int
) -> None:
    """In variant 0 a batch never splits a second, in variant 1 the cursor's own second is repeated."""
    app, harvest = site
    app.replica = replica = Replica(stories=120, variant=variant, crowd=crowd)
    moments = [replica.published(number) for number in range(replica.total)]
    assert moments.count(moments[40]) >= crowd
    harvest()
    assert stored(harvest) == truth(app)
    assert {row["stage"] for row in open_failures(harvest)} <= {"extract"}, "no listing failed"


ARTICLES = "SELECT url, headline, body, published_at, section, revision, content_sha256 FROM articles ORDER BY url"


def test_a_new_layout_in_the_middle_of_a_crawl(sound: tuple[ReplicaApp, Harvester]) -> None:
    app, harvest = sound
    with harvest.start(settings=POLITE | {"DOWNLOAD_DELAY": "0.02"}) as process:
        harvest.wait_for("SELECT count(*) >= 15 FROM articles")
        app.replica = attrs.evolve(app.replica, redesigned=True)
        before = {row["url"]: row for row in harvest.rows(ARTICLES)}
        _, err = process.communicate(timeout=60)
    assert process.returncode == 3
    assert err.count("\n") == 1, err
    after = {row["url"]: row for row in harvest.rows(ARTICLES)}
    assert {url: after[url] for url in before} == before
    failures = open_failures(harvest)
    assert {(row["stage"], row["error"]) for row in failures} == {("extract", "UnknownLayout")}
    assert {row["url"] for row in failures} == truth(app) - set(after)
    assert len(failures) > 20
    assert harvest.value("SELECT failed FROM runs") == len(failures)


def test_articles_whose_pages_nobody_can_read_any_more_stay_as_they_were(sound: tuple[ReplicaApp, Harvester]) -> None:
    app, harvest = sound
    harvest()
    before = harvest.rows(ARTICLES)
    revisions = harvest.value("SELECT count(*) FROM revisions")
    app.replica = attrs.evolve(app.replica, redesigned=True)
    urls = sorted(stored(harvest))[:5]
    assert harvest(urls=",".join(urls)).code == 3
    assert harvest.rows(ARTICLES) == before
    assert harvest.value("SELECT count(*) FROM revisions") == revisions
    assert open_failures(harvest) == [{"url": url, "stage": "extract", "error": "UnknownLayout"} for url in urls]
    app.replica = attrs.evolve(app.replica, redesigned=False)
    assert harvest(urls=",".join(urls)).code == 0
    assert harvest.rows(ARTICLES) == before
    assert open_failures(harvest) == []


def test_a_bounded_crawl_of_an_endless_archive(site: tuple[ReplicaApp, Harvester]) -> None:
    app, harvest = site
    app.replica = Replica(stories=1_000_000)
    assert harvest(limit="20").code == 0
    assert len(stored(harvest)) == 20
    # robots.txt, the sitemap, and in each language feed, home with its redirect and first page of the listing
    assert len(app.requests) <= 20 + 2 + 3 * 4
