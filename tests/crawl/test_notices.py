"""What programs outside hear of real crawls: pings at the start and the end, and a post when the health changes."""

from __future__ import annotations

import gzip
import json
import re
import signal
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from newscrawl.lock import alone
from newscrawl.replica.app import ReplicaApp
from tests.crawl.conftest import Harvester, Scripted
from tests.crawl.test_harvest import Newsroom, newsroom
from tests.crawl.test_logs import lines, small_site
from tests.receiver import Receiver, receiving

__all__ = ["newsroom"]

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "cron.md"
SECRET = "5e1f9c2a-secret"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as it:
        yield it


def pinging(receiver: Receiver, query: str = "") -> dict[str, str]:
    return {"NEWSCRAWL_PING_URL": f"{receiver.origin}/{SECRET}{query}"}


def posting(receiver: Receiver) -> dict[str, str]:
    return {"NEWSCRAWL_WEBHOOK_URL": f"{receiver.origin}/{SECRET}"}


def is_kept_secret(folder: Path) -> bool:
    """Whether no file tells the address, packed as it may be."""
    texts = [path.read_bytes() for path in folder.rglob("*") if path.is_file()]
    texts += [gzip.decompress(path.read_bytes()) for path in folder.rglob("*.gz")]
    assert len(texts) > 4
    return not any(SECRET.encode() in text for text in texts)


def test_a_crawl_that_goes_well(scripted: tuple[Scripted, Harvester], receiver: Receiver) -> None:
    app, harvest = scripted
    small_site(app)
    run = harvest(pinging(receiver, "?rid=7&x=%2F"), languages="az")
    assert (run.code, run.out, run.err) == (0, "", "")
    start, end = receiver.asked
    assert start.path == f"/{SECRET}/start?rid=7&x=%2F"
    assert end.path == f"/{SECRET}?rid=7&x=%2F"
    assert (end.method, end.kind) == ("POST", "text/plain; charset=utf-8")
    assert "report INFO: began: newscrawl" in end.text
    assert end.text.splitlines()[-1].endswith("az: 3 listed, 3 new, 3 stored")
    assert is_kept_secret(harvest.db.parent)


def test_the_start_is_told_before_the_site_is_asked(scripted: tuple[Scripted, Harvester], receiver: Receiver) -> None:
    app, harvest = scripted
    small_site(app)
    seen: list[list[str]] = []
    app.watch = lambda _headers: seen.append(receiver.paths)
    harvest(pinging(receiver), languages="az")
    assert seen[0] == [f"/{SECRET}/start"]


def test_the_exit_code_is_told(site: tuple[ReplicaApp, Harvester], receiver: Receiver) -> None:
    _, harvest = site
    assert harvest(pinging(receiver)).code == 3
    assert receiver.paths == [f"/{SECRET}/start", f"/{SECRET}/3"]
    assert "finished, but something gave no article" in receiver.asked[-1].text
    assert len(receiver.asked[-1].body) <= 4000


def test_what_cannot_be_is_told_too(scripted: tuple[Scripted, Harvester], receiver: Receiver) -> None:
    _, harvest = scripted
    assert harvest(pinging(receiver), languages="de").code == 2
    assert receiver.paths == [f"/{SECRET}/start", f"/{SECRET}/2"]
    assert "unknown language 'de'" in receiver.asked[-1].text


def test_an_error_of_ours_is_told(scripted: tuple[Scripted, Harvester], receiver: Receiver) -> None:
    _, harvest = scripted
    run = harvest(pinging(receiver) | {"SPIDER_MODULES": "nowhere"})
    assert run.code == 1
    assert receiver.paths == [f"/{SECRET}/start", f"/{SECRET}/1"]
    assert "nowhere" in receiver.asked[-1].text


def test_a_signal_is_told(site: tuple[ReplicaApp, Harvester], receiver: Receiver) -> None:
    _, harvest = site
    slow = {"DOWNLOAD_DELAY": "30", "CONCURRENT_REQUESTS_PER_DOMAIN": "1"}
    with harvest.start(pinging(receiver) | slow) as process:
        harvest.wait_for("SELECT count(*) >= 1 FROM snapshots")
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=10)
    assert process.returncode == 130
    assert receiver.paths == [f"/{SECRET}/start", f"/{SECRET}/130"]
    assert "stopped by a signal (SIGTERM)" in receiver.asked[-1].text


def test_a_crawl_that_finds_another_at_it_pings_nothing(
    scripted: tuple[Scripted, Harvester], receiver: Receiver
) -> None:
    _, harvest = scripted
    with alone(harvest.db):
        assert harvest(pinging(receiver)).code == 75
    assert receiver.asked == []


def test_the_end_is_tried_again_the_start_is_not(scripted: tuple[Scripted, Harvester], receiver: Receiver) -> None:
    app, harvest = scripted
    small_site(app)
    receiver.statuses = [500, 502, 301]
    run = harvest(pinging(receiver), languages="az")
    assert (run.code, run.err) == (0, "")
    assert receiver.paths == [f"/{SECRET}/start", *[f"/{SECRET}"] * 3]
    assert lines(harvest)[-1].endswith("the ping at the start of this crawl was lost (the answer was 500): see "
                                       "NEWSCRAWL_PING_URL")  # fmt: skip


def test_nobody_there(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    small_site(app)
    began = time.monotonic()
    nobody = f"http://127.0.0.1:1/{SECRET}"
    run = harvest({"NEWSCRAWL_PING_URL": nobody, "NEWSCRAWL_WEBHOOK_URL": nobody}, languages="az")
    assert (run.code, run.out, run.err) == (0, "", ""), "cron would mail it every quarter of an hour"
    assert time.monotonic() - began < 20
    *_, start, end = lines(harvest)
    assert "the ping at the start of this crawl was lost (Connection refused)" in start
    assert "the ping at the end of this crawl was lost (Connection refused)" in end
    assert is_kept_secret(harvest.db.parent)


def test_a_receiver_that_hangs_holds_nothing_up(site: tuple[ReplicaApp, Harvester], receiver: Receiver) -> None:
    _, harvest = site
    receiver.seconds = 60
    slow = {"DOWNLOAD_DELAY": "30", "CONCURRENT_REQUESTS_PER_DOMAIN": "1"}
    with harvest.start(pinging(receiver) | slow) as process:
        harvest.wait_for("SELECT count(*) >= 1 FROM snapshots", seconds=6)
        time.sleep(5)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
    assert time.monotonic() - began < 10
    assert process.returncode == 130
    assert "no answer in time" in lines(harvest)[-1]


@pytest.mark.parametrize("setting", ["NEWSCRAWL_PING_URL", "NEWSCRAWL_WEBHOOK_URL"])
@pytest.mark.parametrize("value", ["hc.example/secret", "ftp://hc.example/secret", "https://me:secret@hc.example/"])
def test_an_address_that_can_never_work(scripted: tuple[Scripted, Harvester], setting: str, value: str) -> None:
    app, harvest = scripted
    run = harvest({setting: value})
    assert run.code == 2
    assert run.err.count("\n") == 1
    assert f"{setting} is no web address" in run.err
    assert "secret" not in run.err
    assert app.asked == []


def test_many_sites_ping_once(newsroom: Newsroom, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom.origins["https://south.example"] = "http://127.0.0.1:1"
    monkeypatch.setenv("NEWSCRAWL_PING_URL", f"{receiver.origin}/{SECRET}/")
    assert newsroom().code == 4
    assert receiver.paths == [f"/{SECRET}/start", f"/{SECRET}/4"]
    for name in ("north", "report", "south"):
        assert f"{name} INFO: ended: exit code" in receiver.asked[-1].text


def test_the_change_of_health_is_posted_once(scripted: tuple[Scripted, Harvester], receiver: Receiver) -> None:
    app, harvest = scripted
    small_site(app)
    assert harvest(posting(receiver)).code in (0, 3, 4)
    receiver.asked.clear()
    make_fine(harvest)
    refusing(app)
    assert harvest(posting(receiver)).code == 4
    (post,) = receiver.asked
    assert (post.method, post.path, post.kind) == ("POST", f"/{SECRET}", "application/json")
    told = post.record
    assert (told["site"], told["state"], told["was"], told["exit_code"]) == ("report", "degraded", "fine", 4)
    assert told["since"] == "2026-01-01T00:00:00Z"
    assert {each["kind"] for each in told["reasons"]} >= {"run"}
    assert any("blocked" in each["text"] for each in told["reasons"])
    (row,) = harvest.rows(
        "SELECT id, started_at, ended_at, finish_reason, exit_code, why FROM runs ORDER BY id DESC LIMIT 1"
    )
    assert told["run"] == row
    assert harvest(posting(receiver)).code == 4
    assert len(receiver.asked) == 1, "nothing new to tell"
    assert is_kept_secret(harvest.db.parent)


def make_fine(harvest: Harvester) -> None:
    """Let the site have been judged to be fine since the new year."""
    connection = sqlite3.connect(harvest.db)
    with connection:
        connection.execute(
            "INSERT OR REPLACE INTO health_states (site, state, reasons, since_at) "
            "VALUES ('report', 'fine', '[]', '2026-01-01T00:00:00Z')"
        )
    connection.close()


def refusing(app: Scripted) -> None:
    for path in [*app.answers, "/robots.txt", "/", "/en/", "/ru/"]:
        app.say(path, status=403)


def test_what_was_not_accepted_is_told_by_the_next_crawl(
    scripted: tuple[Scripted, Harvester], receiver: Receiver
) -> None:
    app, harvest = scripted
    small_site(app)
    refusing(app)
    receiver.statuses = [503, 302]
    for _ in range(4):
        run = harvest(posting(receiver))
        assert run.code == 4
        assert "told to nobody" not in run.err
    assert receiver.paths == [f"/{SECRET}"] * 3, "two refused, the third accepted"
    assert [each.record["was"] for each in receiver.asked] == ["fine"] * 3
    assert [each.record["since"] for each in receiver.asked] == [None] * 3, "it was never judged before"
    assert sum("told to nobody (the answer was" in line for line in lines(harvest)) == 2


def test_a_crawl_that_is_fine_or_bounded_says_nothing(scripted: tuple[Scripted, Harvester], receiver: Receiver) -> None:
    app, harvest = scripted
    small_site(app)
    harvest(posting(receiver), languages="az")
    assert receiver.asked == [], "fine from the first day on"
    refusing(app)
    for bound in ({"limit": "5"}, {"since": "2025-11-01"}, {"sections": "finance"}, {"urls": "https://report.az/a/1"}):
        assert harvest(posting(receiver), **bound).code != 0
    assert receiver.asked == []


def test_the_receiver_may_look_into_the_archive(scripted: tuple[Scripted, Harvester], receiver: Receiver) -> None:
    app, harvest = scripted
    small_site(app)
    refusing(app)
    receiver.on_ask = lambda: make_fine(harvest)
    assert harvest(posting(receiver)).code == 4
    assert harvest.value("SELECT state FROM health_states") == "degraded"


def test_what_is_posted_is_documented(scripted: tuple[Scripted, Harvester], receiver: Receiver) -> None:
    app, harvest = scripted
    small_site(app)
    refusing(app)
    harvest(posting(receiver))
    (post,) = receiver.asked
    section = DOCUMENT.read_text(encoding="utf-8").split("## Webhook")[1].split("\n## ")[0]
    documented = re.findall(r"`(\w+)`", " ".join(re.findall(r"^\| ([^|]+) \|", section, re.M)))
    assert set(post.record) == set(documented)
    (example,) = re.findall(r"^ {4}(\{.*?\}, \"exit_code\": 4\})$", section, re.M | re.S)
    shown = json.loads(re.sub(r"\n +", " ", example))
    assert [*shown] == [*post.record]
    assert [*shown["run"]] == [*post.record["run"]]
    assert [*shown["reasons"][0]] == [*post.record["reasons"][0]]
