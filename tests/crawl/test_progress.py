"""What a person at a terminal sees of a crawl."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys

from newscrawl.replica.app import ReplicaApp
from tests.crawl.conftest import SITE, Harvester, Scripted
from tests.crawl.test_logs import small_site
from tests.crawl.test_manners import article

SHOWN = {"NEWSCRAWL_PROGRESS": "always"}


def columns(out: str) -> list[str]:
    (head,) = [line for line in out.splitlines() if "listed" in line]
    return head.split()


def test_the_summary_shows_what_there_is_to_show(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    small_site(app)
    first = harvest(languages="az", settings=SHOWN)
    assert columns(first.out) == ["report", "listed", "new", "stored", "failed"]
    assert ["az", "3", "3", "3", "0"] in [line.split() for line in first.out.splitlines()]
    app.say("/a/1", article(1).replace("</p>", " It was changed.</p>", 1))
    again = harvest(urls=f"{SITE}/a/1", settings=SHOWN)
    assert "changed" in columns(again.out)


def test_a_crawl_that_finds_nothing_new_says_so(site: tuple[ReplicaApp, Harvester]) -> None:
    _, harvest = site
    harvest()
    assert "report: nothing new\n" in harvest(settings=SHOWN).out


def test_a_line_that_moves_on_a_terminal(site: tuple[ReplicaApp, Harvester]) -> None:
    _, harvest = site
    ours, theirs = pty.openpty()
    words = ["crawl", "report", "-s", "DOWNLOAD_DELAY=0.02", "-s", "AUTOTHROTTLE_ENABLED=0"]
    environment = os.environ | {
        "NEWSCRAWL_DB": str(harvest.db),
        "NEWSCRAWL_ORIGINS": json.dumps({SITE: harvest.origin}),
        "SCRAPY_SETTINGS_MODULE": "newscrawl.settings",
        "TERM": "xterm",
        "COLUMNS": "120",
    }
    command = [sys.executable, "-m", "scrapy", *words]
    with subprocess.Popen(command, env=environment, stdin=theirs, stdout=theirs, stderr=theirs):
        os.close(theirs)
        shown = b""
        # Linux ends the reading of a terminal that nobody has open any more with an error
        try:
            while part := os.read(ours, 65536):
                shown += part
        except OSError:
            pass
    os.close(ours)
    text = shown.decode()
    moving = re.findall(r"report: \d+ listed, \d+ new, (\d+) stored(?:, \d+ failed)?  \(\d+ pages/s\)", text)
    assert len(set(moving)) > 1, text[-2000:]
    assert re.search(r"\d+\.\d pages a second; archive: ", text)
