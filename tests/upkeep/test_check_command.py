"""`newscrawl check`, as a user types it, and on what real crawls leave behind."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from newscrawl.upkeep.check import check
from tests.crawl.conftest import Harvester
from tests.test_cli import newscrawl
from tests.upkeep.stored import Stored, make


@pytest.fixture
def stored(tmp_path: Path) -> Stored:
    return make(tmp_path)


def test_all_is_well(stored: Stored, tmp_path: Path) -> None:
    done = newscrawl("check", "--db", "news.db", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "8 articles, 10 stored exchanges, 22 records in 1 WARC files" in done.stdout
    assert "Nothing is wrong." in done.stdout
    assert done.stderr == ""


def test_what_is_wrong_is_named_with_what_to_do(stored: Stored, tmp_path: Path) -> None:
    place = stored.place(4)
    stored.flip(place.offset + 30)
    stored.file.write_bytes(stored.file.read_bytes()[:-3])
    done = newscrawl("check", "--db", "news.db", cwd=tmp_path)
    assert done.returncode == 3, done.stderr
    assert f"{stored.name} at {place.offset}: " in done.stdout
    assert "→ restore the file from a backup" in done.stdout
    assert "→ newscrawl check --repair cuts it off" in done.stdout
    done = newscrawl("check", "--db", "news.db", "--repair", cwd=tmp_path)
    assert done.returncode == 3, "one cannot be repaired"
    assert "as a kill leaves them: 1, repaired" in done.stdout
    assert f"kept: warc/{stored.name}.torn-" in done.stdout
    assert "1 of 2 kinds of findings are not repaired." in done.stdout


def test_a_repair_that_leaves_nothing_to_do(stored: Stored, tmp_path: Path) -> None:
    stored.file.write_bytes(stored.file.read_bytes()[:-3])
    stored.rows("UPDATE revision_rows SET snapshot_id = NULL WHERE snapshot_id = 7")
    stored.rows("DELETE FROM snapshot_rows WHERE id = 7")
    done = newscrawl("check", "--db", "news.db", "--repair", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 records have a row now; to read their pages: newscrawl reparse" in done.stdout
    assert "All of it was repaired." in done.stdout
    assert newscrawl("check", "--db", "news.db", cwd=tmp_path).returncode == 0


def test_findings_as_json(stored: Stored, tmp_path: Path) -> None:
    stored.rows("DELETE FROM revision_rows WHERE article_id = 5")
    elsewhere = tmp_path / "elsewhere"
    stored.folder.rename(elsewhere)
    done = newscrawl("check", "--db", "news.db", "--warc-dir", "elsewhere", "--json", cwd=tmp_path)
    assert done.returncode == 3, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    assert (found["ok"], found["articles"], found["records"], found["kept"]) == (False, 8, 22, [])
    (finding,) = found["findings"]
    assert (finding["kind"], finding["count"], finding["repaired"]) == ("revision-gap", 1, 0)
    assert finding["examples"] == ["https://report.az/en/finance/5 has no revision"]


def test_a_damaged_database_is_no_traceback(stored: Stored, tmp_path: Path) -> None:
    stored.db.write_bytes(stored.db.read_bytes()[:5000])
    done = newscrawl("check", "--db", "news.db", cwd=tmp_path)
    assert done.returncode == 3, done.stderr
    assert "news.db is damaged" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_what_a_terminal_would_obey_is_written_out(stored: Stored, tmp_path: Path) -> None:
    stored.rows("UPDATE snapshot_rows SET url = ? WHERE id = 5", "https://report.az/\x1b[31m")
    (stored.folder / "odd\udcff.warc.gz").touch()
    for more in ((), ("--json",)):
        done = newscrawl("check", "--db", "news.db", *more, cwd=tmp_path)
        assert done.returncode == 3, done.stderr
        assert "\x1b" not in done.stdout
        assert r"https://report.az/\x1b[31m: address" in done.stdout.replace("\\\\", "\\")
        assert r"odd\udcff.warc.gz" in done.stdout.replace("\\\\", "\\")


def test_without_an_archive(tmp_path: Path) -> None:
    done = newscrawl("check", cwd=tmp_path)
    assert done.returncode == 2
    assert "there is no archive at data/newscrawl.db" in done.stderr


def test_progress_on_a_terminal(stored: Stored, tmp_path: Path) -> None:
    terminal, end = pty.openpty()
    command = [sys.executable, "-m", "newscrawl", "check", "--db", "news.db"]
    done = subprocess.run(
        command, cwd=tmp_path, env=os.environ | {"TERM": "xterm"}, stdout=subprocess.PIPE, stderr=end, timeout=60,
        check=True,
    )  # fmt: skip
    os.close(end)
    shown = os.read(terminal, 1 << 16).decode()
    os.close(terminal)
    assert "search index" in shown
    assert "8/8" in shown
    assert "Nothing is wrong." in done.stdout.decode()


def test_nothing_is_wrong_with_what_crawls_leave(site: tuple[Any, Harvester]) -> None:
    """Two crawls: edited articles, failures, redirects, pages that are asked for again."""
    _, harvester = site
    assert harvester(limit="20").code in (0, 3)
    assert harvester().code in (0, 3)
    report = check(harvester.db, harvester.db.parent / "warc")
    assert report.findings == ()
    assert report.files == 2
    assert report.snapshots > 100


def test_nothing_is_wrong_while_a_crawl_runs(site: tuple[Any, Harvester]) -> None:
    _, harvester = site
    with harvester.start() as process:
        harvester.wait_for("SELECT count(*) > 5 FROM articles")
        checks = 0
        while process.poll() is None:
            report = check(harvester.db, harvester.db.parent / "warc")
            assert {each.kind.name for each in report.findings} <= {"warc-being-written"}
            assert report.is_well
            checks += 1
    assert checks > 1


def test_what_a_killed_crawl_leaves_can_be_repaired(site: tuple[Any, Harvester]) -> None:
    _, harvester = site
    with harvester.start() as process:
        harvester.wait_for("SELECT count(*) > 20 FROM articles")
        process.kill()
    folder = harvester.db.parent / "warc"
    found = {each.kind.name for each in check(harvester.db, folder).findings}
    assert found <= {"warc-torn", "record-unindexed"}
    assert check(harvester.db, folder, repair=True).is_well
    assert check(harvester.db, folder).findings == ()
