"""`newscrawl backup`, and the way back."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from newscrawl.archive import Archive
from newscrawl.replica.app import ReplicaApp
from newscrawl.sites import SITES
from newscrawl.warc.mending import cut
from newscrawl.warc.names import files
from newscrawl.warc.reading import load
from tests.archive.conftest import made
from tests.crawl.conftest import Harvester, site  # noqa: F401  a fixture
from tests.crawl.test_again import dump
from tests.test_cli import newscrawl
from tests.upkeep.content import content

DOCUMENT = Path(__file__).parents[2] / "docs" / "storage.md"
NAME = "report/20251111T135000Z-1.warc.gz"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A small archive; its one WARC file is of a kilobyte and no row points to it."""
    path = tmp_path / "data" / "news.db"
    with Archive.open(path) as archive:
        archive.add_site(SITES["report"])
        archive.save(made(), seen_at="2025-11-11T14:00:00Z", run_id=None)
    warc = path.parent / "warc" / NAME
    warc.parent.mkdir(parents=True)
    warc.write_bytes(bytes(range(250)) * 4)
    return path


def back_up(db: Path, target: str = "copies") -> subprocess.CompletedProcess[str]:
    return newscrawl("backup", target, "--db", str(db), cwd=db.parent.parent)


def copies(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.db"))


def restore_as_documented(folder: Path, backup: Path) -> None:
    """Run what docs/storage.md says, in the folder that `data` is in."""
    text = DOCUMENT.read_text(encoding="utf-8")
    found = re.search(r"^## Restore\n[\s\S]*?\n((?:    .*\n)+)", text, re.M)
    assert found
    commands = re.sub("^    ", "", found[1], flags=re.M).replace("/mnt/backup/newscrawl/", f"{backup}/")
    assert str(backup) in commands
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEWSCRAWL_")} | {
        "PATH": path
    }
    done = subprocess.run(
        ["bash", "-e", "-c", commands], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "articles" in done.stdout, "newscrawl status shows what is there again"


def test_a_backup_can_be_restored_and_crawled_on(site: tuple[ReplicaApp, Harvester], tmp_path: Path) -> None:  # noqa: F811
    app, first = site
    harvest = Harvester(tmp_path / "data" / "newscrawl.db", first.origin)
    harvest()
    before, rows, asked = content(harvest.db), dump(harvest.db), len(app.requests)
    pages = read_back(harvest.db, tmp_path / "data" / "warc")
    assert len(pages) > 100
    done = newscrawl("backup", "copies", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    shutil.rmtree(tmp_path / "data")

    restore_as_documented(tmp_path, tmp_path / "copies")

    assert content(harvest.db) == before
    assert dump(harvest.db) == rows
    assert read_back(harvest.db, tmp_path / "data" / "warc") == pages
    with Archive.open(harvest.db, create=False, read_only=True) as archive:
        assert archive.search("baki"), "the search index is there, too"
    again = harvest()
    assert again.code == 0, again.err
    assert harvest.rows("SELECT stored, changed, failed FROM runs WHERE id = 2") == [
        {"stored": 0, "changed": 0, "failed": 0}
    ]
    articles = {row["url"].removeprefix("https://report.az") for row in harvest.rows("SELECT url FROM articles")}
    assert not articles & {path for _, path, _ in list(app.requests)[asked:]}, "nothing is fetched twice"
    assert len(list(files(tmp_path / "data" / "warc"))) == 2


def read_back(db: Path, folder: Path) -> dict[int, tuple[str, str]]:
    """Address and digest of every page that the rows of `db` point to, from its bytes in `folder`."""
    with Archive.open(db, create=False, read_only=True) as archive:
        ids = [snapshot_id for (snapshot_id,) in archive.conn.execute("SELECT id FROM snapshots")]
        found = {}
        for snapshot in archive.snapshots.read(ids):
            exchange = load(folder, snapshot.place, snapshot.original)
            assert sha256(exchange.body).hexdigest() == snapshot.payload_sha256
            found[snapshot.id] = (exchange.url, snapshot.payload_sha256)
        assert len(found) == len(ids)
    return found


def test_every_copy_made_during_a_crawl_is_whole(site: tuple[Any, Harvester], tmp_path: Path) -> None:  # noqa: F811
    _, harvest = site
    with harvest.start({"DOWNLOAD_DELAY": "0.02", "CONCURRENT_REQUESTS_PER_DOMAIN": "4"}) as crawl:
        harvest.wait_for("SELECT count(*) > 3 FROM articles")
        sizes: list[int] = []
        while crawl.poll() is None:
            # It takes a while to copy, and the crawl goes on meanwhile
            with (tmp_path / "warc" / "report" / f"foreign-{len(sizes)}.warc.gz").open("wb") as file:
                file.truncate(60_000_000)
            done = newscrawl("backup", "copies", "--db", "news.db", cwd=tmp_path)
            assert done.returncode == 0, done.stderr
            # Each against the WARC files as they are in the folder just then
            copy = copies(tmp_path / "copies")[-1]
            sizes.append(len(read_back(copy, tmp_path / "copies" / "warc")))
        assert crawl.returncode in (0, 3)
    assert len(sizes) > 1
    assert sizes[0] < sizes[-1], "the crawl went on between the two"
    assert len(copies(tmp_path / "copies")) == len(sizes), "each backup has a copy of its own"


def test_the_second_backup_copies_what_is_new(db: Path) -> None:
    target = db.parent.parent / "copies"
    first = back_up(db)
    assert first.returncode == 0, first.stderr
    assert "1 article, " in first.stdout
    assert "verified" in first.stdout
    assert "1 WARC file copied (0.0 MB); 0 there already" in first.stdout
    marked = (target / "warc" / NAME).stat()
    second = back_up(db)
    assert "no new WARC file; 1 there already" in second.stdout
    assert (target / "warc" / NAME).stat() == marked, "it was left alone"
    assert len(copies(target)) == 2
    (db.parent / "warc" / "report" / "20251112T135000Z-2.warc.gz").write_bytes(b"more")
    third = back_up(db)
    assert "1 WARC file copied (0.0 MB); 1 there already" in third.stdout
    assert sorted(files(target / "warc")) == [NAME, "report/20251112T135000Z-2.warc.gz"]
    assert not list(target.rglob("*.part"))


def test_a_file_that_grew_is_copied_again(db: Path) -> None:
    back_up(db)
    source = db.parent / "warc" / NAME
    source.write_bytes(source.read_bytes() + b"a further record")
    done = back_up(db)
    assert done.returncode == 0
    assert "1 WARC file copied" in done.stdout
    assert (db.parent.parent / "copies" / "warc" / NAME).read_bytes() == source.read_bytes()


@pytest.mark.parametrize("harm", [lambda data: data[:500], lambda data: b"x" * 2000], ids=["cut", "replaced"])
def test_what_happened_to_a_file_does_not_happen_to_its_copy(db: Path, harm: Any) -> None:
    back_up(db)
    source = db.parent / "warc" / NAME
    good = source.read_bytes()
    source.write_bytes(harm(good))
    done = back_up(db)
    assert done.returncode == 3
    assert f"{NAME} has other bytes than" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert (db.parent.parent / "copies" / "warc" / NAME).read_bytes() == good
    assert len(copies(db.parent.parent / "copies")) == 2, "the database is copied all the same"


def test_a_missing_file_is_named(site: tuple[Any, Harvester], tmp_path: Path) -> None:  # noqa: F811
    _, harvest = site
    harvest(languages="en", limit="3")
    (warc,) = files(tmp_path / "warc")
    (tmp_path / "warc" / warc).unlink()
    done = newscrawl("backup", "copies", "--db", "news.db", cwd=tmp_path)
    assert done.returncode == 3
    assert f"warc/{warc} is not there, but the archive points to it" in done.stderr
    assert len(copies(tmp_path / "copies")) == 1


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("data/warc", "lie in each other"),
        ("data/warc/report/copies", "lie in each other"),
        ("data", "lie in each other"),
        ("data/news.db", "is a file"),
        ("data/news.db/copies", "cannot be written (Not a directory)"),
        ("/proc/copies", "/proc/copies cannot be written"),
    ],
)
def test_a_folder_that_cannot_be(db: Path, target: str, said: str) -> None:
    done = back_up(db, target)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert copies(db.parent) == [db]
    assert list(files(db.parent)) == [f"warc/{NAME}"]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_folder_that_may_not_be_written(db: Path) -> None:
    target = db.parent.parent / "copies"
    target.mkdir(mode=0o500)
    done = back_up(db)
    assert done.returncode == 2
    assert "copies cannot be written: make it writable" in done.stderr


def test_no_room_is_told_before_anything_is_copied(db: Path) -> None:
    """The file takes more room than there is, had it something in it."""
    with (db.parent / "warc" / NAME).open("r+b") as file:
        file.truncate(shutil.disk_usage(db.parent).free + 2**30)
    done = back_up(db)
    assert done.returncode == 5
    assert re.search(r"copies has [\d,]+ bytes free and the backup takes [\d,]+: free some room", done.stderr)
    assert len(done.stderr.splitlines()) == 1
    assert not list((db.parent.parent / "copies").iterdir())


@pytest.mark.parametrize(("rows", "kilobytes"), [(0, 50), (10_000, 5_000)], ids=["small", "large"])
def test_a_full_disk_leaves_nothing_half(db: Path, rows: int, kilobytes: int) -> None:
    folder = db.parent.parent
    with closing(sqlite3.connect(db)) as connection, connection:
        connection.execute("CREATE TABLE noise (x)")
        connection.executemany("INSERT INTO noise VALUES (randomblob(1000))", [()] * rows)
    command = f"ulimit -f {kilobytes}; {sys.executable} -m newscrawl backup copies --db {db}"
    done = subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode != 0
    assert "free some room" in done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert not list((folder / "copies").iterdir())


def test_a_copy_that_is_not_whole_gets_no_name(db: Path) -> None:
    connection = sqlite3.connect(db)
    connection.execute("INSERT INTO article_tags (article_id, tag_id, position) VALUES (1, 77, 0)")
    connection.commit()
    connection.close()
    done = back_up(db)
    assert done.returncode == 2
    assert "is not whole (a row of article_tags points to no row of tags): run newscrawl check" in done.stderr
    assert not list((db.parent.parent / "copies").iterdir())


def test_a_damaged_database_is_not_copied(db: Path) -> None:
    connection = sqlite3.connect(db)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'articles'").fetchone()
    connection.close()
    with db.open("r+b") as file:
        file.seek((page - 1) * 2048)
        file.write(b"\xff" * 2048)
    done = back_up(db)
    assert done.returncode == 2
    assert "news.db is damaged" in done.stderr
    assert not list((db.parent.parent / "copies").iterdir())


def test_two_backups_do_not_write_to_one_folder(db: Path) -> None:
    target = db.parent.parent / "copies"
    target.mkdir()
    descriptor = os.open(target, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        done = back_up(db)
    finally:
        os.close(descriptor)
    assert done.returncode == 2
    assert "another backup is being written to" in done.stderr
    assert not list(target.iterdir())


def test_a_file_that_was_repaired_is_no_trouble(db: Path) -> None:
    assert back_up(db).returncode == 0
    warc = db.parent / "warc" / NAME
    cut(warc, 900)
    done = back_up(db)
    assert done.returncode == 0, done.stderr
    assert (db.parent.parent / "copies" / "warc" / NAME).stat().st_size == 1000, "the copy keeps what was cut"
