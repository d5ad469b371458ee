"""`newscrawl status`: for a person, as JSON, for Prometheus."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import attrs
import pytest
from click.testing import CliRunner, Result
from prometheus_client.parser import text_string_to_metric_families

from newscrawl.archive import BEGINNING, Archive, Span
from newscrawl.cli import main
from newscrawl.health import health_of
from newscrawl.health.values import Disk
from newscrawl.items import Link
from newscrawl.lock import alone
from newscrawl.show.metrics import metrics
from newscrawl.show.status import Report, print_status, print_status_json
from tests.archive.conftest import made, words
from tests.health.conftest import NOON, NOW, REPORT, crawl, today, weeks
from tests.test_cli import newscrawl
from tests.test_look import on_a_terminal

DISK = Disk(
    database_bytes=512_300_000, warc_bytes=3_100_000_000, free_bytes=4_200_000_000, floor_bytes=200_000_000,
    bytes_a_day=20_100_000, days_left=199.0,
)  # fmt: skip


def report(archive: Archive, *, crawling: bool | None = None) -> Report:
    sites = (health_of(archive, REPORT, NOW, disk=DISK),)
    return Report(db="news.db", at=NOW, status=archive.status(), disk=DISK, sites=sites, crawling=crawling)


@pytest.fixture
def quiet(archive: Archive) -> Archive:
    """Too few articles in English today, and one each in two languages in the archive."""
    weeks(archive, range(1, 61))
    archive.save(
        made(url="https://report.az/en/x/a", language="en", published_at="2026-03-17T11:30:00+04:00"),
        seen_at="2026-03-17T08:00:00Z", run_id=None,
    )  # fmt: skip
    archive.save(made(url="https://report.az/x/b", body=words(2)), seen_at="2026-03-17T08:00:00Z", run_id=None)
    archive.fail(
        "https://report.az/en/x/c",
        stage="extract",
        error="MissingField",
        detail=None,
        run_id=None,
        at=NOW,
        site="report",
    )
    today(archive, 20, 12)
    field = {"coverage": {"tags": 0.5}, "covered": 50}
    crawl(
        archive, NOON - dt.timedelta(days=9, hours=1), {"en": {"stored": 0, "covered": 100, "coverage": {"tags": 0.6}}}
    )
    crawl(archive, NOON, {"en": {"stored": 4, "changed": 1, "failed": 2, **field}})
    return archive


def run(db: Path, *arguments: str) -> Result:
    with contextlib.chdir(db.parent):
        return CliRunner().invoke(main, ["status", *arguments, "--db", db.name])


def test_what_a_person_reads(quiet: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    print_status(report(quiet))
    assert (
        capsys.readouterr().out
        == """news.db; times are UTC
  database 512.3 MB, raw pages 3.1 GB, 4.2 GB free; 20.1 MB a day: room for 199 days

report: degraded
  en: 36 new articles today until 12:00, 37 to 83 are usual (8 Tuesdays): \
see whether https://report.az/en has more, then newscrawl failures
  last crawl 2026-03-17 08:00 to 2026-03-17 08:02: finished, exit code 0, 4 stored, 1 changed, 2 failed
  one every 3 hours
  pages that failed in the last day: en 2 of 59
  articles with a field, of the last ones read (usual): tags 50% (60%)

  lang  articles  edited  copies  today  usual  newest            due  late
  az           1       0       0      0    0–0  2025-11-11 13:50    0     0
  en           1       0       0     36  37–83  2026-03-17 07:30    0     0

pages without an article: 1 MissingField
  one by one: newscrawl failures --db news.db
"""
    )


def test_lines_are_wrapped_and_coloured_on_a_terminal_only(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Archive.open(path) as archive:
        archive.add_site(REPORT)
        crawl(archive, NOON, reason="shutdown", why="x" * 90)
    plain = newscrawl("status", "--db", "news.db", cwd=tmp_path)
    assert plain.returncode == 0, plain.stderr
    assert "\x1b" not in plain.stdout
    assert "\x1b[" in on_a_terminal(path, "status")
    assert "\x1b[" not in on_a_terminal(path, "status", NO_COLOR="1", TERM="dumb")
    shown = re.sub(r"\x1b\[[0-9;]*m", "", on_a_terminal(path, "status", COLUMNS="80"))
    assert max(map(len, shown.splitlines())) <= 80
    assert "report: fine" in shown


def test_the_exit_code_says_whether_a_site_is_degraded(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Archive.open(path) as archive:
        archive.add_site(REPORT)
        assert run(path).exit_code == 0
        crawl(archive, NOON, reason="crashed")
        done = run(path)
        assert done.exit_code == 3
        assert "report: degraded\n  the last crawl (2026-03-17T08:00:00Z) ended as crashed: " in done.stdout
        assert run(path, "--json").exit_code == 3
        crawl(archive, NOON, reason="finished")
        assert run(path).exit_code == 0


def test_an_empty_archive_says_so_and_is_fine(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    Archive.open(path).close()
    done = run(path)
    assert done.exit_code == 0
    week_ago = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=7)
    assert f"No articles yet: scrapy crawl report -a since={week_ago}\n" in done.stdout, "not the whole past"
    assert "No crawl yet." in done.stdout
    assert "no raw pages there (else --warc-dir)" in done.stdout
    done = run(path, "--json")
    assert done.exit_code == 0
    assert (json.loads(done.stdout)["state"], json.loads(done.stdout)["sites"]) == ("fine", [])


def test_a_crawl_that_has_not_ended(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    archive.start_run("report", {}, {}, NOW)
    for crawling, said in {
        True: "is running",
        False: "was killed: the next one goes on there",
        None: "has not ended: it is running, or was killed",
    }.items():
        print_status(report(archive, crawling=crawling))
        assert f"  a crawl began 2026-03-17 08:05 and {said}\n" in capsys.readouterr().out


def test_the_lock_tells_whether_a_crawl_is_running(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Archive.open(path) as archive:
        archive.add_site(REPORT)
        archive.start_run("report", {}, {}, NOW)
    assert " and was killed: " in run(path).stdout
    with alone(path):
        assert " and is running\n" in run(path).stdout
    assert " and was killed: " in run(path).stdout
    with alone(path):
        pass  # Looking left no lock behind


def test_an_unfinished_back_fill_is_seen(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    """The days of November in Baku: they begin at 20:00 UTC."""
    november = Span("2025-10-31T20:00:00Z", "2025-11-30T20:00:00Z")
    links = [Link(url=f"https://report.az/en/x/{number}", language="en") for number in range(3)]
    with archive.transaction():
        for language in ("az", "en"):
            archive.walks.want("report", language, Span("2026-03-01T00:00:00Z"), NOW)
            archive.walks.want("report", language, november, NOW)
        archive.walks.walk("report", "en", "", ("2025-11-12T13:50:00Z", "2025-11-30T19:59:59Z"), NOW)
        archive.frontier.meet(links, site="report", now="2026-03-17T08:00:00Z", reason="named by a listing")
    print_status(report(archive))
    assert (
        """
  back-fill az, 2025-11-01 to 2025-11-30: not begun; crawls go on with it
  back-fill en, 2025-11-01 to 2025-11-30: walked down to 2025-11-12 13:50; crawls go on with it
  addresses that wait to be fetched: en 3
"""
        in capsys.readouterr().out
    )
    print_status_json(report(archive))
    _, ru, en = json.loads(capsys.readouterr().out)["sites"][0]["languages"]
    assert (ru["back_fills"], ru["waiting"], en["waiting"]) == ([], 0, 3)
    assert en["back_fills"] == [{"since": november.since, "until": november.until, "left": "2025-11-12T13:50:00Z"}]
    with archive.transaction():
        archive.walks.walk("report", "en", "", (BEGINNING, "2025-11-12T13:50:00Z"), NOW)
    print_status(report(archive))
    assert "back-fill en" not in capsys.readouterr().out, "it is done"


def test_a_site_that_asked_to_be_left_alone_needs_nothing_done(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    crawl(archive, NOON, reason="blocked", why="429 three times in a row")
    archive.leave_alone("report", "2026-03-17T09:30:00Z")
    print_status(report(archive))
    assert (
        "the last crawl (2026-03-17T08:00:00Z) ended as blocked (429 three times in a row): "
        "nothing to do, crawls go on after 2026-03-17 09:30 UTC\n"
    ) in capsys.readouterr().out
    archive.leave_alone("report", NOW)
    print_status(report(archive))
    assert "crawl more slowly" in capsys.readouterr().out, "that time is over"


def test_crawls_that_follow_each_other_closely(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(7):
        crawl(archive, NOON - dt.timedelta(seconds=10 * number))
    print_status(report(archive))
    assert "  one every 10 seconds\n" in capsys.readouterr().out


def test_json_has_every_number(quiet: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    print_status_json(report(quiet))
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert (found["state"], found["at"], found["failures"]) == ("degraded", NOW, {"MissingField": 1})
    assert found["disk"]["days_left"] == 199.0
    (site,) = found["sites"]
    assert (site["site"], site["state"], site["runs"]["interval"]) == ("report", "degraded", 3 * 3600)
    assert site["runs"]["last"]["by_language"]["en"]["changed"] == 1
    (reason,) = site["reasons"]
    assert (reason["kind"], reason["language"]) == ("volume", "en")
    assert reason["text"].startswith("en: 36 new articles")
    az, ru, en = site["languages"]
    assert (az["language"], ru["archive"], en["archive"]["articles"]) == ("az", None, 1)
    assert en["volume"]["stored"] == 36
    assert en["volume"]["usual"] == {
        "mean": 60, "deviation": 0, "low": pytest.approx(36.76, abs=0.01), "high": pytest.approx(83.24, abs=0.01),
        "days": 8, "weekday": True,
    }  # fmt: skip
    assert en["coverage"] == [
        {"field": "tags", "share": 0.5, "articles": 50, "usual": 0.6, "usual_articles": 100}
    ]  # fmt: skip
    assert en["failing"] == {"failed": 2, "pages": 59, "usual": 0}
    assert en["looks"] == {"due": 0, "late": 0, "since": None}


def test_the_keys_of_the_json_are_documented(quiet: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    print_status_json(report(quiet))
    document = (Path(__file__).parents[2] / "docs" / "health.md").read_text(encoding="utf-8")

    def keys(value: Any) -> set[str]:
        if isinstance(value, list):
            return {key for each in value for key in keys(each)}
        if not isinstance(value, dict):
            return set()
        return set(value) | {key for name in value if name not in free for key in keys(value[name])}

    # Their keys are errors, arguments and languages
    free = {"failures", "arguments", "by_language"}
    missing = [key for key in keys(json.loads(capsys.readouterr().out)) if f"`{key}`" not in document]
    assert missing == []


def samples(text: str) -> dict[tuple[str, ...], float]:
    return {
        (sample.name.removeprefix("newscrawl_"), *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_metrics_are_what_prometheus_reads(quiet: Archive) -> None:
    text = metrics(report(quiet))
    for family in text_string_to_metric_families(text):
        assert family.type == "gauge"
        assert family.documentation
    found = samples(text)
    assert found["degraded", "report"] == 1
    assert found["reasons", "report", "volume"] == 1
    assert found["articles_today", "report", "en"] == 36
    assert found["articles_today_usual_low", "report", "en"] == pytest.approx(36.76, abs=0.01)
    assert found["articles", "report", "az"] == 1
    assert (
        found["newest_article_timestamp_seconds", "report", "en"]
        == dt.datetime(2026, 3, 17, 7, 30, tzinfo=dt.UTC).timestamp()
    )
    assert found["field_coverage_ratio", "report", "en", "tags"] == 0.5
    assert found["failures_open", "report", "MissingField"] == 1
    assert found["last_run_exit_code", "report"] == 0
    assert (found["disk_days_left",], found["database_bytes",]) == (199, 512_300_000)
    assert text.endswith("\n")


def test_labels_are_escaped(quiet: Archive) -> None:
    strange = 'a"b\\c\nd'
    whole = report(quiet)
    sites = (attrs.evolve(whole.sites[0], failures=((strange, 3),)),)
    assert samples(metrics(attrs.evolve(whole, sites=sites)))["failures_open", "report", strange] == 3


def test_the_textfile_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Archive.open(path) as archive:
        archive.add_site(REPORT)
        crawl(archive, NOON, reason="crashed")
    prom = tmp_path / "newscrawl.prom"
    done = run(path, "--prometheus", str(prom))
    assert (done.exit_code, done.stdout) == (3, "")
    assert samples(prom.read_text())["degraded", "report"] == 1
    assert [each.name for each in tmp_path.glob("*.prom*")] == ["newscrawl.prom"]
    done = run(path, "--prometheus", str(tmp_path / "none" / "newscrawl.prom"))
    assert done.exit_code == 2
    assert "cannot be written" in done.stderr


def test_a_floor_that_is_no_number(tmp_path: Path) -> None:
    Archive.open(tmp_path / "news.db").close()
    done = newscrawl("status", "--db", "news.db", cwd=tmp_path, NEWSCRAWL_MIN_FREE_BYTES="much")
    assert done.returncode == 2
    assert "NEWSCRAWL_MIN_FREE_BYTES=much is no number of bytes" in done.stderr
