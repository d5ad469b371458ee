"""`newscrawl why` after real crawls."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import Any

from newscrawl.replica.app import ReplicaApp
from tests.crawl.conftest import SITE, Harvester, Scripted


def why(harvest: Harvester, url: str) -> list[str]:
    command = [sys.executable, "-m", "newscrawl", "why", url]
    environment = os.environ | {"NEWSCRAWL_DB": str(harvest.db)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_robots_txt_forbids_it(scripted: tuple[Scripted, Harvester]) -> None:
    site, harvest = scripted
    site.say("/robots.txt", "User-agent: *\nDisallow: /en/secret/", content_type="text/plain")
    harvest(urls=f"{SITE}/en/secret/story")
    assert "/en/secret/story" not in site.asked
    words = "robots.txt of report.az forbids it, as it was stored last: no crawl asks for it."
    assert words in why(harvest, f"{SITE}/en/secret/story")
    assert words not in why(harvest, f"{SITE}/en/public/story")


def test_robots_txt_that_fails_forbids_everything(scripted: tuple[Scripted, Harvester]) -> None:
    site, harvest = scripted
    site.say("/robots.txt", status=503)
    harvest(urls=f"{SITE}/en/public/story")
    assert (
        "robots.txt of report.az could not be read last (status 503), so that nobody knows what it allows: "
        "crawls ask for nothing until it can be."
    ) in why(harvest, f"{SITE}/en/public/story")


def test_one_of_many(site: tuple[ReplicaApp, Harvester]) -> None:
    _, harvest = site
    harvest(limit="5")
    row: dict[str, Any] = harvest.rows("SELECT url, headline FROM articles LIMIT 1")[0]
    found = why(harvest, row["url"])
    assert found[0].startswith(f"Archived: {row['headline']}")
    assert f"crawl 1 of report (limit=5)  {row['url']}" in found[-1]
    waiting = harvest.value("SELECT url FROM url_rows WHERE article_id IS NULL AND kind = 'article' LIMIT 1")
    first, second, *_ = why(harvest, waiting)
    assert first.startswith("Not archived: it was never fetched")
    assert f"(named by {SITE}" in first
    assert second.endswith("the next crawls ask for it.")
