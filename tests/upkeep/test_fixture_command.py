"""`newscrawl fixture`: a stored page becomes a saved one that pytest runs."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from newscrawl.cli import main
from newscrawl.replica.app import make_app
from newscrawl.replica.serve import serving
from newscrawl.replica.site import Replica
from tests.crawl.conftest import SITE, Harvester, Scripted
from tests.test_cli import newscrawl

SAVED = Path(__file__).parents[2] / "fixtures"
READER = "newscrawl.sites.report_az.ReportArticlePage"
REPLICA = Replica(stories=60)
PATH = "/en/finance/oil-price"
PAGE = """<!DOCTYPE html><html lang="en"><head><title>{0}</title></head><body><div class="news-detail">
<h1 class="section-title">{0}</h1><div class="news-detail__head"><ul class="news__date"><li>11 november, 2025 17:50</li>
</ul></div><div class="news-detail__desc"><p>The price of oil was 62 dollars in the morning.</p></div>
</div></body></html>"""


def make(harvest: Harvester, url: str, name: str, *more: str) -> Result:
    folder = harvest.db.parent
    arguments = ["fixture", url, "--name", name, "--db", str(harvest.db), "--into", str(folder / "saved"), *more]
    return CliRunner().invoke(main, arguments)


def run_saved(folder: Path, name: str) -> subprocess.CompletedProcess[str]:
    """pytest as the command says, with the plugin's patch that the project's own saved pages have."""
    shutil.copy(SAVED / "conftest.py", folder / "saved")
    command = [sys.executable, "-m", "pytest", "saved", "-k", name, "-p", "no:cacheprovider"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


def saved(folder: Path, name: str) -> dict[str, bytes]:
    """The files of a fixture by their names."""
    root = folder / READER / name
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*") if file.is_file()}


@pytest.fixture(scope="module")
def harvest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Harvester]:
    """An archive of the stand-in."""
    with serving(make_app(REPLICA)) as origin:
        harvest = Harvester(tmp_path_factory.mktemp("fixture") / "news.db", origin)
        assert harvest().code == 3
        yield harvest


def truth(outcome: str) -> dict[str, Any]:
    return next(record for record in REPLICA.truth() if record["outcome"] == outcome)


def test_an_article_becomes_a_test_that_passes_until_its_expectation_is_another(harvest: Harvester) -> None:
    folder, record = harvest.db.parent, truth("article")
    short = harvest.value("SELECT short_url FROM articles WHERE url = ?", record["url"])
    done = newscrawl("fixture", short, "--name", "az-article", "--db", "news.db", "--into", "saved", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "correct it by hand" in done.stdout
    assert "pytest saved -k az-article" in done.stdout
    output = folder / "saved" / READER / "az-article" / "output.json"
    found = json.loads(output.read_bytes())
    assert (found["url"], found["headline"]) == (record["url"], record["headline"])
    ran = run_saved(folder, "az-article")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert f"{len(found) + 2} passed" in ran.stdout, "a test a field, and two of the whole"
    output.write_text(json.dumps(found | {"headline": "Another one"}))
    ran = run_saved(folder, "az-article")
    assert ran.returncode == 1
    assert "item.headline is not correct" in ran.stdout
    assert f"1 failed, {len(found) + 1} passed" in ran.stdout


def test_what_is_kept_of_the_answer(harvest: Harvester) -> None:
    url = truth("article")["url"]
    assert make(harvest, url, "az-kept").exit_code == 0
    files = saved(harvest.db.parent / "saved", "az-kept")
    assert set(files) == {"meta.json", "output.json", "inputs/HttpResponse-body.html", "inputs/HttpResponse-info.json"}
    assert files["inputs/HttpResponse-body.html"].lstrip()[:9].lower() == b"<!doctype", "no gzip"
    info = json.loads(files["inputs/HttpResponse-info.json"])
    assert [name for name, _ in info["headers"]] == ["Content-Type"]


def test_a_page_without_an_article_becomes_a_test_of_its_error(harvest: Harvester) -> None:
    folder = harvest.db.parent
    failed = harvest.rows("SELECT url FROM failures WHERE error = 'UnknownLayout' ORDER BY url")[0]["url"]
    done = make(harvest, failed, "ru-gone")
    assert done.exit_code == 0, done.stderr
    assert "exception.json expects UnknownLayout" in done.stdout
    ran = run_saved(folder, "ru-gone")
    assert (ran.returncode, "1 passed" in ran.stdout) == (0, True), ran.stdout
    path = folder / "saved" / READER / "ru-gone" / "exception.json"
    path.write_text(path.read_text().replace("UnknownLayout", "TruncatedPage"))
    ran = run_saved(folder, "ru-gone")
    assert ran.returncode == 1
    assert "Expected newscrawl.errors.TruncatedPage, got newscrawl.errors.UnknownLayout" in ran.stdout


@pytest.mark.parametrize("name", ["az-br-text", "ru-json-ld-graph", "en-soft-404"])
def test_it_is_laid_out_as_those_made_by_hand(scripted: tuple[Scripted, Harvester], name: str) -> None:
    app, harvest = scripted
    by_hand = saved(SAVED, name)
    info = json.loads(by_hand["inputs/HttpResponse-info.json"])
    ((_, kind),) = info["headers"]
    body = by_hand["inputs/HttpResponse-body.html"].decode()
    app.say(info["url"].removeprefix(SITE), body, content_type=kind, set_cookie="visitor=1", X_Cache="HIT")
    harvest(urls=info["url"])
    done = make(harvest, info["url"], name)
    assert done.exit_code == 0, done.stderr
    made = saved(harvest.db.parent / "saved", name)
    if "exception.json" in by_hand:
        assert json.loads(made.pop("exception.json"))["import_path"] == "newscrawl.errors.UnknownLayout"
        del by_hand["exception.json"]
    assert made == by_hand


def test_the_page_of_a_day_or_time(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    url = SITE + PATH
    for headline in ("Oil falls", "Oil falls - UPDATED"):
        app.say(PATH, PAGE.format(headline))
        assert harvest(urls=url).code == 0
        time.sleep(1.1)
    first, second = (row["fetched_at"] for row in harvest.rows("SELECT fetched_at FROM snapshots WHERE kind='article'"))

    def read(name: str, *at: str) -> str:
        done = make(harvest, url, name, *at)
        assert done.exit_code == 0, done.stderr
        return str(json.loads(saved(harvest.db.parent / "saved", name)["output.json"])["headline"])

    assert read("en-latest") == "Oil falls - UPDATED"
    assert read("en-first", "--at", first) == "Oil falls"
    at_the_site = dt.datetime.fromisoformat(second).astimezone(dt.timezone(dt.timedelta(hours=4)))
    assert read("en-second", "--at", at_the_site.isoformat()[:19]) == "Oil falls - UPDATED"
    assert read("en-day", "--at", at_the_site.date().isoformat()) == "Oil falls - UPDATED"
    moment = dt.datetime.fromisoformat(first)
    for name, zone in (("en-utc", dt.UTC), ("en-west", dt.timezone(-dt.timedelta(hours=8)))):
        assert read(name, "--at", moment.astimezone(zone).isoformat()) == "Oil falls"
    done = make(harvest, url, "en-before", "--at", "2020-01-01")
    assert done.exit_code == 2
    assert f"was stored until 2020-01-01: the first one is of {first}" in done.stderr


@pytest.mark.parametrize("name", ["Az-x", "az", "az-", "politics", "az-../x", "az-x/y", "az_x", "az-x\n", "az--x", ""])
def test_a_name_that_is_none(harvest: Harvester, name: str) -> None:
    done = make(harvest, truth("article")["url"], name)
    assert done.exit_code == 2
    assert "cannot be a fixture's name: write language and what is special, like az-politics" in done.stderr
    assert not list(harvest.db.parent.glob(f"saved/{READER}/*x*"))


def test_nothing_is_written_over(harvest: Harvester) -> None:
    url = truth("article")["url"]
    assert make(harvest, url, "az-twice").exit_code == 0
    before = saved(harvest.db.parent / "saved", "az-twice")
    done = make(harvest, url, "az-twice")
    assert done.exit_code == 2
    assert "az-twice is there already: choose another name" in done.stderr
    assert saved(harvest.db.parent / "saved", "az-twice") == before


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://report.az/en/finance/never-seen", "scrapy crawl report -a urls=https://report.az/en/finance/never-seen"),
        ("https://example.com/a", "the sites that newscrawl crawls: report.az"),
        ("ftp://x", "is no web address"),
    ],
)  # fmt: skip
def test_an_address_without_a_stored_page(harvest: Harvester, url: str, words: str) -> None:
    done = make(harvest, url, "az-unknown")
    assert done.exit_code == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("at", ["yesterday", "9999-12-31", "0001-01-01T00:00+04:00", ""])
def test_a_time_that_is_none(harvest: Harvester, at: str) -> None:
    done = make(harvest, truth("article")["url"], "az-time", "--at", at)
    assert done.exit_code == 2
    assert "is no date" in done.stderr


def test_pages_that_cannot_be_read_back_and_a_folder_that_cannot_be_written(harvest: Harvester) -> None:
    url = truth("article")["url"]
    done = make(harvest, url, "az-lost", "--warc-dir", "elsewhere")
    assert done.exit_code == 2
    assert "is not there: copy it back from a backup" in done.stderr
    (harvest.db.parent / "file").touch()
    done = make(harvest, url, "az-lost", "--into", str(harvest.db.parent / "file" / "saved"))
    assert done.exit_code == 2
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(harvest.db.parent.rglob("*az-lost*"))
