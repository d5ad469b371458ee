"""What a crawl does not ask for, and how it ends where a site says no."""

import gzip
import os
import re
import subprocess
import sys

import pytest

from tests.crawl.conftest import Harvester, Scripted

ARTICLE = """<!DOCTYPE html><html lang="en"><head><title>t</title>
<meta property="article:published_time" content="2025-11-11T17:50:00+04:00"></head><body>
<div class="news-detail__head"><h1 class="section-title">Headline {n}</h1></div>
<div class="news-detail__desc"><p>Text of article number {n}.</p></div></body></html>"""


def article(n: int) -> str:
    return ARTICLE.format(n=n)


def test_twenty_forbidden_pages_asked_for_at_once_are_not_requested(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    app.say("/robots.txt", "User-agent: *\nDisallow: /en/secret/", content_type="text/plain")
    paths = [f"/en/secret/page-{n}" for n in range(20)]
    for n, path in enumerate([*paths, "/en/open/page"]):
        app.say(path, article(n))
    urls = ",".join(f"https://report.az{path}" for path in [*paths, "/en/open/page"])
    run = harvest(urls=urls)
    assert app.asked == ["/robots.txt", "/en/open/page"]
    assert run.code == 0, run.err
    assert harvest.rows("SELECT url FROM articles") == [{"url": "https://report.az/en/open/page"}]


def test_robots_for_our_own_name(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    app.say("/robots.txt", "User-agent: newscrawl\nDisallow: /\n\nUser-agent: *\nAllow: /", content_type="text/plain")
    harvest()
    assert app.asked == ["/robots.txt"]


def test_no_robots_txt_allows_everything(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    app.say("/en/a/b", article(1))
    assert harvest(urls="https://report.az/en/a/b").code == 0
    assert app.asked == ["/robots.txt", "/en/a/b"]


def test_a_robots_txt_that_fails_allows_nothing(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    app.say("/robots.txt", status=503)
    app.say("/en/a/b", article(1))
    run = harvest(settings={"RETRY_TIMES": "1"}, urls="https://report.az/en/a/b")
    assert set(app.asked) == {"/robots.txt"}
    assert run.code == 4
    assert "report.az answers robots.txt with 503, so nothing may be fetched" in run.err


def test_a_site_that_refuses_everything_is_left_alone(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    app.say("/robots.txt", "", content_type="text/plain")
    paths = [f"/en/a/page-{n}" for n in range(40)]
    for path in paths:
        app.say(path, status=403)
    run = harvest(
        settings={"CONCURRENT_REQUESTS_PER_DOMAIN": "1", "CONCURRENT_REQUESTS": "2"},
        urls=",".join(f"https://report.az{path}" for path in paths),
    )
    assert run.code == 4
    assert "report.az answered 403 3 times in a row" in run.err
    assert len(app.asked) <= 6
    assert harvest.value("SELECT exit_code FROM runs") == 4
    assert harvest.value("SELECT finish_reason FROM runs") == "blocked"


def test_one_refusal_is_one_failure(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    app.say("/en/a/good", article(1))
    app.say("/en/a/bad", status=403)
    run = harvest(urls="https://report.az/en/a/bad,https://report.az/en/a/good")
    assert run.code == 3
    assert harvest.rows("SELECT url, stage, error FROM failures") == [
        {"url": "https://report.az/en/a/bad", "stage": "download", "error": "Http403"}
    ]


@pytest.mark.parametrize("target", ["http://127.0.0.1:9/x", "http://10.0.0.1/x", "https://example.com/x"])
def test_a_redirect_off_the_site_is_not_followed(scripted: tuple[Scripted, Harvester], target: str) -> None:
    app, harvest = scripted
    app.say("/en/a/b", status=302, location=target)
    run = harvest(urls="https://report.az/en/a/b")
    assert app.asked == ["/robots.txt", "/en/a/b"]
    assert harvest.value("SELECT count(*) FROM articles") == 0
    assert run.code == 3
    (failure,) = harvest.rows("SELECT url, error, detail FROM failures")
    assert failure["url"] == "https://report.az/en/a/b"
    assert target in failure["detail"], "a reader learns where it would have led"


def test_a_page_over_the_limit_is_refused(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    app.say("/en/a/b", "<html><body>" + "<p>word</p>" * 3_000_000)
    app.say("/en/a/c", article(1))
    run = harvest(urls="https://report.az/en/a/b,https://report.az/en/a/c")
    assert run.code == 3
    assert harvest.value("SELECT count(*) FROM articles") == 1
    (failure,) = harvest.rows("SELECT url, stage, detail FROM failures")
    assert (failure["url"], failure["stage"]) == ("https://report.az/en/a/b", "download")


def test_a_page_that_grows_over_the_limit_is_a_failure(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    app.say("/en/a/b", content_encoding="gzip")
    status, headers, _ = app.answers["/en/a/b"]
    app.answers["/en/a/b"] = (status, headers, gzip.compress(b"<p>word</p>" * 3_000_000))
    run = harvest(urls="https://report.az/en/a/b")
    assert run.code == 3
    (failure,) = harvest.rows("SELECT url, stage, detail FROM failures")
    assert (failure["url"], failure["stage"]) == ("https://report.az/en/a/b", "download")
    assert "DOWNLOAD_MAXSIZE" in failure["detail"]
    assert harvest.value("SELECT status FROM snapshots WHERE url = 'https://report.az/en/a/b'") == 200


def test_silence_where_nothing_is_wrong(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    app.say("/en/a/b", article(1))
    run = harvest(urls="https://report.az/en/a/b")
    assert (run.code, run.out, run.err) == (0, "", "")


def test_the_agent_names_itself_and_whom_to_write_to() -> None:
    code = "from newscrawl.settings import USER_AGENT; print(USER_AGENT)"
    environment = os.environ | {"NEWSCRAWL_CONTACT": "mailto:desk@example.org"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert re.fullmatch(r"newscrawl/[\d.]+ \(\+mailto:desk@example\.org\)\n", done.stdout)


def test_the_contact_can_be_set_for_one_crawl(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    app.say("/en/a/b", article(1))
    harvest(settings={"NEWSCRAWL_CONTACT": "https://desk.example.org"}, urls="https://report.az/en/a/b")
    assert all(agent.endswith("(+https://desk.example.org)") for agent in app.agents)
    assert app.agents
