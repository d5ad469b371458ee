"""The database can be made again from the WARC files alone."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from newscrawl.archive import Archive, RunEnd
from newscrawl.errors import ArchiveError
from newscrawl.replica.app import ReplicaApp, make_app
from newscrawl.replica.faults import Fault
from newscrawl.replica.serve import serving
from newscrawl.replica.site import Replica
from newscrawl.sites.report_az import REPORT
from newscrawl.upkeep.rebuild import rebuild
from tests.crawl.conftest import Harvester
from tests.crawl.test_again import an_article
from tests.upkeep.conftest import T1, T2, T3, T4, TEXT, URL, Library, page
from tests.upkeep.content import content


def test_after_real_crawls_with_edits(site: tuple[ReplicaApp, Harvester], tmp_path: Path) -> None:
    app, harvest = site
    harvest(settings={"NEWSCRAWL_WARC_BYTES": "200000"})
    number, url = an_article(app)
    for edits in ({number: "body"}, {number: "whitespace"}, {}):
        app.replica = attrs.evolve(app.replica, edits=edits)
        harvest(urls=url)
    assert harvest.value("SELECT max(revision) FROM revisions") == 3
    assert len(list((tmp_path / "warc").glob("*/*.warc.gz"))) > 5
    done = rebuild(tmp_path / "new.db", tmp_path / "warc")
    assert (done.damages, done.unusable) == ([], [])
    rebuilt = content(tmp_path / "new.db")
    for table, rows in content(harvest.db).items():
        assert rows or table in {"absences", "looks"}, table
        assert rebuilt[table] == rows, table
    with Archive.open(tmp_path / "new.db") as archive:
        ran = "SELECT spider, arguments, started_at, finish_reason, exit_code, stored, changed FROM runs ORDER BY id"
        assert [tuple(row.values()) for row in harvest.rows(ran)] == archive.conn.execute(ran).fetchall()
        assert archive.walks.is_complete("report", "az"), "the next crawl need not walk through the past"
        exchanges = (
            "SELECT url, kind, fetched_at, status, content_type, payload_sha256, warc_file, warc_offset FROM snapshots"
        )
        assert [tuple(row.values()) for row in harvest.rows(exchanges)] == archive.conn.execute(exchanges).fetchall()


FAILED = """
SELECT url, next_fetch_at, last_fetched_at, status, tries, reason FROM url_rows
WHERE kind = 'article' AND article_id IS NULL ORDER BY url
"""


def test_after_days_with_looks_removals_and_returns(tmp_path: Path) -> None:
    """Story 34 is edited, 36 taken down for good, 37 for a while; 38 fails at first."""
    replica = Replica(stories=40)
    app = make_app(replica)
    path = replica.article(38, "az").path
    gone = {34: "body", 36: "gone", 37: "gone"}
    days: tuple[tuple[str, dict[int, str]], ...] = (
        ("17T16:00", {}),
        ("17T17:00", {}),
        ("17T18:00", gone),
        ("18T07:00", gone),
        ("18T20:00", gone),
        ("22T12:00", {34: "body", 36: "gone", 37: "restore"}),
    )
    with serving(app) as origin:
        harvest = Harvester(tmp_path / "news.db", origin)
        app.faults[path] = Fault(503)
        for day, edits in days:
            app.replica = attrs.evolve(replica, edits=edits)
            harvest.at(f"2026-03-{day}:00+04:00")({"RETRY_TIMES": "1"}, languages="az")
            if day == "17T17:00":
                del app.faults[path]
    absences = harvest.rows("SELECT gone_at IS NULL AS stays, returned_at IS NULL AS lasts FROM absences ORDER BY id")
    assert sorted(tuple(row.values()) for row in absences) == [(0, 0), (0, 1)]
    assert harvest.value("SELECT count(*) FROM articles WHERE gone_at IS NOT NULL") == 1
    assert harvest.value("SELECT count(*) FROM snapshots WHERE status = 304 AND kind = 'article'") > 50
    assert harvest.value("SELECT max(revision) FROM articles") == 2
    done = rebuild(tmp_path / "new.db", tmp_path / "warc")
    assert (done.damages, done.unusable) == ([], [])
    before, after = content(harvest.db), content(tmp_path / "new.db")
    for table, rows in before.items():
        assert after[table] == rows, table
    waiting = harvest.rows(FAILED)
    assert waiting
    assert attrs.evolve(harvest, db=tmp_path / "new.db").rows(FAILED) == waiting


def test_what_is_damaged_is_told_and_the_rest_is_there(library: Library, tmp_path: Path) -> None:
    library.crawled(page("One"), T1)
    library.crawled(page("Two"), T2, url=f"{URL}-2")
    library.crawled(page("Two"), T3, url=f"{URL}-3")  # a revisit of the page before
    library.crawled(page("Three"), T4, url=f"{URL}-4")
    one, two, _, four = sorted(library.folder.glob("*/*.warc.gz"))
    data = bytearray(two.read_bytes())
    data[-60] ^= 0xFF
    two.write_bytes(bytes(data))
    four.write_bytes(four.read_bytes()[:-20])
    done = rebuild(tmp_path / "new.db", library.folder)
    assert [each.torn for each in done.damages] == [False, True]
    assert [str(error).endswith("repeats a page that is not stored") for error in done.unusable] == [True]
    with Archive.open(tmp_path / "new.db") as archive:
        assert archive.conn.execute("SELECT headline FROM articles").fetchall() == [("One",)]
    assert one.exists()


def test_two_crawls_at_a_time(library: Library, tmp_path: Path) -> None:
    long, short = library.run(T1), library.run(T2)
    for run, html, at in ((long, page("X"), T2), (short, page("Y"), T3), (long, page("Y"), T4), (short, page("X"), T4)):
        library.read(library.keep(run, html, at, url=f"{URL}-{run}"), run)
    for run in (long, short):
        library.writers[run].close()
    done = rebuild(tmp_path / "new.db", library.folder)
    assert (done.records, done.unusable) == (4, [])
    rebuilt = content(tmp_path / "new.db")
    for table, rows in content(library.archive.path).items():
        assert rebuilt[table] == rows, table


def test_a_run_of_a_later_version(library: Library, tmp_path: Path) -> None:
    run = library.run(T1)
    library.keep(run, page(), T1)
    library.writers[run].end(
        {"at": T2, "finish_reason": "finished", "exit_code": 0, "counts": {"lost": 1}, "mood": "good"}
    )
    library.writers[run].close()
    rebuild(tmp_path / "new.db", library.folder)
    with Archive.open(tmp_path / "new.db") as archive:
        assert archive.conn.execute("SELECT ended_at, finish_reason FROM runs").fetchall() == [(T2, "finished")]


def test_runs_that_said_how_they_ended(library: Library, tmp_path: Path) -> None:
    run = library.run(T1)
    library.keep(run, page(), T1)
    ended = RunEnd(at=T2, finish_reason="finished", exit_code=0, counts={"stored": 1})
    library.writers[run].end(attrs.asdict(ended))
    library.writers[run].close()
    rebuild(tmp_path / "new.db", library.folder)
    with Archive.open(tmp_path / "new.db") as archive:
        last = archive.status().last_run
        assert last is not None
        assert (last.started_at, last.ended_at, last.finish_reason, last.stored) == (T1, T2, "finished", 1)


def test_nothing_is_written_over(library: Library, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="holds no WARC file: name their folder"):
        rebuild(tmp_path / "new.db", tmp_path / "nowhere")
    library.crawled(page(), T1)
    (tmp_path / "new.db").write_text("mine")
    with pytest.raises(ArchiveError, match="is there already: name a new file"):
        rebuild(tmp_path / "new.db", library.folder)
    assert (tmp_path / "new.db").read_text() == "mine"


@pytest.mark.parametrize("ending", ["-wal", "-shm", "-journal"])
def test_what_is_left_of_an_earlier_database_must_go_first(library: Library, tmp_path: Path, ending: str) -> None:
    library.crawled(page(), T1)
    leftover = tmp_path / f"new.db{ending}"
    leftover.write_bytes(b"of the old one")
    words = re.escape(f"{leftover} is left of an earlier database: move it away")
    with pytest.raises(ArchiveError, match=words):
        rebuild(tmp_path / "new.db", library.folder)
    assert not (tmp_path / "new.db").exists()
    leftover.rename(tmp_path / "aside")

    def steps(what: str, count: int) -> Callable[[], None]:
        leftover.touch()  # a crawl begins while the files are read
        return lambda: None

    with pytest.raises(ArchiveError, match=words):
        rebuild(tmp_path / "new.db", library.folder, steps=steps)
    assert not (tmp_path / "new.db").exists()
    leftover.unlink()
    assert rebuild(tmp_path / "new.db", library.folder).counts == {"new": 1}
    assert not list(tmp_path.glob("*.part*"))


def test_the_command(library: Library, tmp_path: Path) -> None:
    library.crawled(page(), T1)
    run = [sys.executable, "-m", "newscrawl", "rebuild", str(tmp_path / "new.db"), "--warc-dir", str(library.folder)]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "1 exchanges of 1 WARC files; pages: 1 new" in done.stdout
    assert done.stderr == ""
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "is there already" in done.stderr
    assert not list(tmp_path.glob("*.part*"))


def test_reparse_as_a_command(library: Library, tmp_path: Path) -> None:
    library.crawled(page(), T1)
    library.crawled(page("Two"), T2, url=f"{URL}-2")
    command = [sys.executable, "-m", "newscrawl", "reparse", "--db", str(tmp_path / "news.db")]

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*command, *arguments], capture_output=True, text=True, check=False)

    assert run().stdout == "2 unchanged\n"
    assert run("--dry-run", "--since", "2025-11-11", "--until", "2025-11-11").stdout == "would be: 2 unchanged\n"
    assert run("--url", URL.replace("https://", "http://www.") + "?utm_source=x").stdout == "1 unchanged\n"
    for arguments, message in [
        (("--site", "nowhere"), "unknown site 'nowhere'; there are: report"),
        (("--since", "yesterday"), "--since='yesterday' is no date; write --since=2025-11-01"),
        (("--since", "2025-11-12", "--until", "2025-11-11"), "--since=2025-11-12 is after --until=2025-11-11"),
    ]:
        done = run(*arguments)
        assert done.returncode == 2
        assert message in done.stderr
    next(library.folder.glob("*/*.warc.gz")).unlink()
    done = run()
    assert done.returncode == 3
    assert "is not there: copy it back from a backup" in done.stderr


def test_days_are_those_of_the_site(library: Library, tmp_path: Path) -> None:
    """Baku is four hours ahead of UTC, all the year."""
    for n, at in enumerate(("10T19:59:59", "10T20:00:00", "11T19:59:59", "11T20:00:00")):
        library.crawled(page(f"Number {n}", TEXT + f" It was day {n}." * (n + 1)), f"2025-11-{at}Z", url=f"{URL}-{n}")

    def read(*arguments: str) -> str:
        command = [sys.executable, "-m", "newscrawl", "reparse", "--db", str(tmp_path / "news.db"), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    one_day = ("--since", "2025-11-11", "--until", "2025-11-11")
    assert read(*one_day) == "2 unchanged\n"
    assert read("--since", "2025-11-11T23:59:59") == "2 unchanged\n"
    assert read("--until", "2025-11-11") == "3 unchanged\n"
    library.archive.add_site(attrs.evolve(REPORT, name="other", domain="example.com", zone="Asia/Tokyo"))
    assert read(*one_day, "--site", "report") == "2 unchanged\n"
    assert read("--since", "2025-11-11") == "2 unchanged\n", "of several sites the days are UTC"
    assert read("--since", "2025-11-10", "--until", "2025-11-10") == "2 unchanged\n"
