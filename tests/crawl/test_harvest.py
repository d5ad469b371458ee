"""`newscrawl harvest`: many sites in one process, and none that fails stops another."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import attrs
import pytest

from newscrawl.lock import alone
from newscrawl.replica.serve import serving
from tests.crawl.conftest import Harvester, Run, Scripted
from tests.crawl.test_asked import listing
from tests.crawl.test_manners import article
from tests.crawl.test_recovery import empty_site

SETTINGS = """
from newscrawl.settings import *
from newscrawl.settings import SPIDER_MODULES
SPIDER_MODULES = [*SPIDER_MODULES, "newsroom.spiders"]
DOWNLOAD_DELAY = 0
AUTOTHROTTLE_ENABLED = False
"""
SPIDERS = """
import attrs
from web_poet import handle_urls
from newscrawl.sites.report_az import REPORT, ReportArticlePage, ReportListingPage
from newscrawl.spiders.news import NewsSpider

NORTH = attrs.evolve(REPORT, name="north", domain="north.example")
SOUTH = attrs.evolve(REPORT, name="south", domain="south.example")

@handle_urls("north.example")
class NorthArticlePage(ReportArticlePage):
    site = NORTH

@handle_urls("north.example")
class NorthListingPage(ReportListingPage):
    site = NORTH

@handle_urls("south.example")
class SouthArticlePage(ReportArticlePage):
    site = SOUTH

@handle_urls("south.example")
class SouthListingPage(ReportListingPage):
    site = SOUTH

class NorthSpider(NewsSpider):
    name = "north"
    site = NORTH

class SouthSpider(NewsSpider):
    name = "south"
    site = SOUTH
"""
SITES = {"north": "north.example", "report": "report.az", "south": "south.example"}
PAGES = 3


@attrs.frozen
class Newsroom:
    """A project of three sites: report.az, and two of a package of its own."""

    folder: Path
    sites: dict[str, Scripted]
    origins: dict[str, str]

    @property
    def archive(self) -> Harvester:
        """For its questions."""
        return Harvester(self.folder / "news.db", "")

    def south_is(self, code: str) -> None:
        """More lines in the class of the spider of south.example."""
        (self.folder / "newsroom" / "spiders.py").write_text(SPIDERS + code)

    def start(self, *words: str) -> subprocess.Popen[str]:
        environment = os.environ | {
            "NEWSCRAWL_ORIGINS": json.dumps(self.origins),
            "SCRAPY_SETTINGS_MODULE": "newsroom.settings",
            "PYTHONPATH": os.pathsep.join([str(self.folder), os.environ.get("PYTHONPATH", "")]),
        }
        command = [sys.executable, "-m", "newscrawl", "harvest", *words, "--db", str(self.archive.db)]
        return subprocess.Popen(
            command, cwd=self.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def __call__(self, *words: str) -> Run:
        with self.start(*words) as process:
            out, err = process.communicate(timeout=120)
        return Run(process.returncode, out, err)

    def stored(self) -> dict[str, int]:
        rows = self.archive.rows("SELECT site, count(*) AS n FROM articles GROUP BY site")
        return {row["site"]: row["n"] for row in rows}

    def runs(self) -> dict[str, tuple[str, int]]:
        rows = self.archive.rows("SELECT spider, finish_reason, exit_code FROM runs ORDER BY id")
        return {row["spider"]: (row["finish_reason"], row["exit_code"]) for row in rows}


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    package = tmp_path / "newsroom"
    package.mkdir()
    for name, text in (("__init__", ""), ("settings", SETTINGS), ("spiders", SPIDERS)):
        (package / f"{name}.py").write_text(text)
    sites = {name: Scripted() for name in SITES}
    with ExitStack() as servers:
        origins = {}
        for name, app in sites.items():
            empty_site(app)
            app.say("/son-xeberler", listing([f"/{name}/{n}" for n in range(PAGES)]))
            for language in ("en", "ru"):
                app.say(f"/{language}", f"<html><body><a href='/{language}/latest'>All News</a></body></html>")
                app.say(f"/{language}/latest", listing([f"/{language}/{name}/only"]))
                app.say(f"/{language}/{name}/only", article(8 if language == "en" else 9))
            for n in range(PAGES):
                app.say(f"/{name}/{n}", article(n))
            origins[f"https://{SITES[name]}"] = servers.enter_context(serving(app))
        yield Newsroom(tmp_path, sites, origins)


WHOLE = PAGES + 2
FINE = ("finished", 0)


def test_all_sites_in_silence(newsroom: Newsroom) -> None:
    run = newsroom()
    assert (run.code, run.out, run.err) == (0, "", "")
    assert newsroom.stored() == dict.fromkeys(SITES, WHOLE)
    assert newsroom.runs() == dict.fromkeys(SITES, FINE)
    for name in SITES:
        began, ended = (newsroom.folder / "logs" / f"{name}.log").read_text().splitlines()
        assert "began: " in began
        assert "ended: exit code 0; " in ended
        assert f"az: {PAGES} listed, {PAGES} new, {PAGES} stored" in ended
        assert list((newsroom.folder / "warc" / name).glob("*.warc.gz"))


def test_some_sites(newsroom: Newsroom) -> None:
    assert newsroom("south", "report", "south").code == 0
    assert set(newsroom.runs()) == {"south", "report"}
    assert newsroom.sites["north"].asked == []


def test_a_site_that_is_not_there(newsroom: Newsroom) -> None:
    run = newsroom("north", "west")
    assert run.code == 2
    assert run.err == "newscrawl harvest: unknown site 'west'; there are: north, report, south\n"
    assert newsroom.sites["north"].asked == []


def test_a_project_without_news_sites(newsroom: Newsroom) -> None:
    (newsroom.folder / "newsroom" / "settings.py").write_text(SETTINGS + "SPIDER_MODULES = []\n")
    run = newsroom()
    assert run.code == 2
    assert "has no spider of a news site" in run.err


def test_a_site_that_refuses(newsroom: Newsroom) -> None:
    south = newsroom.sites["south"]
    for path in list(south.answers):
        south.say(path, status=403)
    run = newsroom()
    assert run.code == 4
    assert run.err.count("\n") == 1, run.err
    assert " south " in run.err
    assert "south.example answered 403" in run.err
    assert newsroom.stored() == {"north": WHOLE, "report": WHOLE}
    assert newsroom.runs() == {"north": FINE, "report": FINE, "south": ("blocked", 4)}


def test_a_site_that_cannot_be_reached(newsroom: Newsroom) -> None:
    newsroom.origins["https://south.example"] = "http://127.0.0.1:1"
    run = newsroom()
    assert run.code == 4
    assert run.err.count("\n") == 1, run.err
    assert " south " in run.err
    assert newsroom.stored() == {"north": WHOLE, "report": WHOLE}
    assert newsroom.runs() == {"north": FINE, "report": FINE, "south": ("unreachable", 4)}


@pytest.mark.parametrize(
    ("code", "row"),
    [
        ("    def __init__(self, *args, **kwargs):\n        raise ValueError('a mistake')\n", None),
        ("    def parse_listing(self, *args, **kwargs):\n        raise ValueError('a mistake')\n", ("incomplete", 1)),
    ],
    ids=["as it is made", "with a page"],
)
def test_a_site_whose_spider_breaks(newsroom: Newsroom, code: str, row: tuple[str, int] | None) -> None:
    newsroom.south_is(code)
    run = newsroom()
    assert run.code == 1
    assert "a mistake" in run.err
    assert run.err.endswith("newscrawl harvest south: an error of newscrawl's own, see above (exit code 1)\n")
    assert "a mistake" in (newsroom.folder / "logs" / "south.log").read_text()
    for name in ("north", "report"):
        assert "a mistake" not in (newsroom.folder / "logs" / f"{name}.log").read_text()
        assert newsroom.stored()[name] == WHOLE
        assert newsroom.runs()[name] == FINE
    assert newsroom.runs().get("south") == row


def test_a_site_with_a_setting_that_cannot_be(newsroom: Newsroom) -> None:
    newsroom.south_is("    custom_settings = {'NEWSCRAWL_WARC_BYTES': 'many'}\n")
    run = newsroom()
    assert run.code == 2
    assert run.err.count("\n") == 1, run.err
    assert run.err.startswith("newscrawl harvest south: NEWSCRAWL_WARC_BYTES='many'")
    assert newsroom.runs() == {"north": FINE, "report": FINE}


def test_each_site_has_its_own_manners(newsroom: Newsroom) -> None:
    newsroom.south_is("    custom_settings = {'USER_AGENT': 'southern'}\n")
    assert newsroom().code == 0
    assert newsroom.sites["south"].agents == {"southern"}
    assert "southern" not in newsroom.sites["north"].agents


def test_the_exit_code_is_the_most_serious_one(newsroom: Newsroom) -> None:
    newsroom.sites["north"].say("/north/0", "<html><body>nothing here</body></html>")
    newsroom.origins["https://south.example"] = "http://127.0.0.1:1"
    run = newsroom()
    assert run.code == 4
    assert "newscrawl harvest north: finished, but something gave no article" in run.err
    assert {name: code for name, (_, code) in newsroom.runs().items()} == {"north": 3, "report": 0, "south": 4}


def test_one_at_a_time(newsroom: Newsroom) -> None:
    newsroom("north")
    with alone(newsroom.archive.db):
        run = newsroom()
    assert run.code == 75
    assert run.err.count("\n") == 1
    assert "another crawl fills" in run.err
    assert "skipped: another crawl" in (newsroom.folder / "logs" / "north.log").read_text().splitlines()[-1]


def test_a_signal_stops_them_all(newsroom: Newsroom) -> None:
    newsroom.south_is(
        "    custom_settings = {'DOWNLOAD_DELAY': 30}\n\nNorthSpider.custom_settings = {'DOWNLOAD_DELAY': 30}\n"
    )
    with newsroom.start("north", "south") as process:
        newsroom.archive.wait_for("SELECT count(DISTINCT run_id) = 2 FROM snapshots")
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=10)
    assert process.returncode == 130
    assert err.count("\n") == 2, err
    for name in ("north", "south"):
        assert f" {name} " in err
        assert (newsroom.folder / "logs" / f"{name}.log").read_text().count("stopped by a signal (SIGTERM)") == 1
    assert newsroom.runs() == {"north": ("shutdown", 130), "south": ("shutdown", 130)}
