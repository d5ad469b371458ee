"""What a crawl leaves in its log, and that no log stands in a crawl's way."""

from __future__ import annotations

import logging
import re
from pathlib import Path

from newscrawl.errors import AlreadyRunning
from newscrawl.lock import alone
from newscrawl.logs import BYTES, FORMER, SITE, logged, note_skipped
from newscrawl.replica.app import ReplicaApp
from tests.crawl.conftest import Harvester, Scripted
from tests.crawl.test_asked import listing
from tests.crawl.test_manners import article
from tests.crawl.test_recovery import empty_site

TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"


def lines(harvest: Harvester) -> list[str]:
    return (harvest.db.parent / "logs" / "report.log").read_text(encoding="utf-8").splitlines()


def small_site(app: Scripted) -> None:
    empty_site(app)
    app.say("/son-xeberler", listing([f"/a/{n}" for n in range(3)]))
    for n in range(3):
        app.say(f"/a/{n}", article(n))


def test_a_crawl_is_two_lines(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    small_site(app)
    run = harvest(languages="az")
    assert (run.code, run.out, run.err) == (0, "", ""), "silent under cron"
    began, ended = lines(harvest)
    assert re.match(
        rf"{TIME} .*began: newscrawl \d+\.\d+\.\d+, process \d+, archive {harvest.db}, languages=az$", began
    )
    asked = len(app.asked)
    assert re.match(
        rf"{TIME} .*ended: exit code 0; \d+\.\d seconds; {asked} requests; az: 3 listed, 3 new, 3 stored$", ended
    )


def test_what_was_wrong_is_in_the_log_too(site: tuple[ReplicaApp, Harvester]) -> None:
    _, harvest = site
    assert harvest().code == 3
    assert harvest(languages="de").code == 2
    unreachable = harvest(settings={"NEWSCRAWL_ORIGINS": '{"https://report.az": "http://127.0.0.1:1"}'})
    assert unreachable.code == 4
    assert unreachable.err.count("\n") == 1, unreachable.err
    log = lines(harvest)
    (failed, refused, unreached) = [line for line in log if "ended: " in line]
    assert "exit code 3; finished, but something gave no article" in failed
    assert "exit code 2; unknown language 'de'" in refused
    assert "exit code 4; the site answered nothing" in unreached
    assert len(log) < 12, "no line for each page, nor what libraries say at every start"


def test_a_crawl_that_finds_another_at_it_leaves_a_line(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    small_site(app)
    harvest(languages="az")
    with alone(harvest.db):
        assert harvest(languages="az").code == 75
    assert re.match(rf"{TIME} .*skipped: another crawl fills {harvest.db} now", lines(harvest)[-1])
    assert len(lines(harvest)) == 3


def test_the_folder_can_be_named(scripted: tuple[Scripted, Harvester], tmp_path: Path) -> None:
    app, harvest = scripted
    small_site(app)
    harvest(languages="az", settings={"NEWSCRAWL_LOG_DIR": str(tmp_path / "elsewhere" / "deep")})
    assert len((tmp_path / "elsewhere" / "deep" / "report.log").read_text().splitlines()) == 2
    assert not (tmp_path / "logs").exists()


def test_a_folder_that_cannot_be_made_is_one_warning(scripted: tuple[Scripted, Harvester], tmp_path: Path) -> None:
    app, harvest = scripted
    small_site(app)
    (tmp_path / "logs").write_text("a file")
    run = harvest(languages="az")
    assert run.code == 0
    assert run.err.count("\n") == 1, run.err
    assert "report.log cannot be written" in run.err
    assert "NEWSCRAWL_LOG_DIR" in run.err
    assert harvest.value("SELECT count(*) FROM articles") == 3


def test_a_disk_that_is_full_is_one_warning(scripted: tuple[Scripted, Harvester], tmp_path: Path) -> None:
    app, harvest = scripted
    small_site(app)
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "report.log").symlink_to("/dev/full")
    run = harvest(languages="az")
    assert run.code == 0
    assert run.err.count("\n") == 1, run.err
    assert "report.log cannot be written (No space left on device)" in run.err
    assert harvest.value("SELECT count(*) FROM articles") == 3


def test_a_log_does_not_grow_for_ever(tmp_path: Path) -> None:
    logger = logging.getLogger("newscrawl.test")
    with logged(tmp_path, "report"):
        for n in range(10_000):
            logger.info("%d %s", n, "x" * 1000)
    files = list(tmp_path.iterdir())
    assert len(files) == 1 + FORMER
    assert sum(file.stat().st_size for file in files) <= BYTES * (1 + FORMER)
    assert "9999 x" in (tmp_path / "report.log").read_text()[-1100:]


def test_each_site_has_its_own_log(tmp_path: Path) -> None:
    logger = logging.getLogger("newscrawl.test")
    with logged(tmp_path, "one"), logged(tmp_path, "two"):
        for name in ("one", "two"):
            token = SITE.set(name)
            logger.info("said of %s", name)
            logging.getLogger("scrapy.core").info("a page")
            SITE.reset(token)
        logging.getLogger("library").warning("said of nobody")
    for name, other in (("one", "two"), ("two", "one")):
        text = (tmp_path / f"{name}.log").read_text()
        assert f"said of {name}" in text
        assert f"said of {other}" not in text
        assert "a page" not in text
        assert "said of nobody" in text


def test_what_is_skipped_is_noted_for_the_sites_alone(tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    why = str(AlreadyRunning("another crawl"))
    note_skipped(folder, ["one", "../outside"], why)
    note_skipped(folder, [], why)
    assert [path.name for path in tmp_path.rglob("*.log")] == ["one.log"]
    assert (folder / "one.log").read_text().count("skipped: another crawl\n") == 2
    (tmp_path / "file").write_text("")
    note_skipped(tmp_path / "file", ["one"], why)  # nothing to be said: standard error says it
