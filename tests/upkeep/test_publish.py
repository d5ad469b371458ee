"""`newscrawl publish`: what a copy holds, what it does not, and that datasette serves it."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from newscrawl.archive import Archive, Span
from newscrawl.archive.recognising import Recognised, recognise
from newscrawl.cli.addresses import spellings
from newscrawl.errors import PublishedCopy, UsageError
from newscrawl.items import Alternate, Image
from newscrawl.text import fold
from newscrawl.upkeep.publish import Done
from newscrawl.upkeep.publish import publish as write_copy
from tests.archive.conftest import check_whole
from tests.browse.conftest import address, article, fill
from tests.test_cli import newscrawl
from tests.upkeep.conftest import Library, page

HELD = {
    "sites", "stories", "source_sets", "articles", "revision_rows", "tags", "article_tags", "authors",
    "article_authors", "alternate_rows", "image_rows", "url_aliases", "articles_fts",
}  # fmt: skip
WITHHELD = {
    "runs", "url_rows", "walked", "wanted", "absences", "health_states", "failures", "snapshot_rows", "snapshot_types",
    "warc_files", "fingerprints", "_sqlite_migrations",
}  # fmt: skip
VIEWS_HELD = {"revisions", "provenance", "alternates", "images", "editions", "edits"}
VIEWS_WITHHELD = {"snapshots", "urls", "departures", "site_health"}
SECRET = "zanaxqovsaq"
"""A word that stands wherever an archive has what is nobody's business."""
AT = "2026-03-18T08:00:00Z"

NAME = "Tural Qaragözlü"
HEADLINE = f"{NAME} vəzifəsindən azad edilib"
TAKEN_DOWN = address("en", "libel")
SHORT = "https://report.az/l1"


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with something in every table, and a table of its owner's. Read it only."""
    path = tmp_path_factory.mktemp(SECRET) / "news.db"
    with Archive.open(path) as archive:
        fill(archive)
        Library(archive, path.parent / "warc").crawled(page(), url="https://report.az/en/region/stored")
        run = archive.start_run("report", {"urls": SECRET}, {"newscrawl": SECRET}, AT)
        archive.fail(
            f"https://report.az/{SECRET}", stage="extract", error="MissingField", detail=SECRET, run_id=run, at=AT
        )
        libel(archive, run)
        archive.leave_alone("report", "2031-01-01T00:00:00Z")
        archive.walks.want("report", "en", Span("2026-01-01T00:00:00Z"), AT)
        archive.walks.walk("report", "en", SECRET, ("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z"), AT)
        archive.keep_health_state("report", "degraded", [SECRET], AT)
        archive.conn.execute("DELETE FROM sqlite_stat1")
        archive.conn.execute("CREATE TABLE notes (note TEXT)")
        archive.conn.execute("INSERT INTO notes VALUES (?)", (SECRET,))
        archive.conn.execute("CREATE VIEW noted AS SELECT note FROM notes")
    return path


def libel(archive: Archive, run: int) -> None:
    """An article in two states that somebody wants taken down, one that links to it, and one that is nearly equal."""
    values = {
        "headline": HEADLINE, "tags": ("Baku", NAME), "authors": (NAME,), "short_url": SHORT,
        "images": (Image(url="https://images.report.az/photo/libel.jpg", caption=NAME),),
    }  # fmt: skip
    text = " ".join(f"söz{n}" for n in range(60))
    for hour, body in enumerate((f"{NAME} getdi. {text}", f"{NAME} getmədi. {text}")):
        made = article("en", "libel", "2026-03-14T10:00:00+04:00", body=body, **values)
        archive.save(made, seen_at=f"2026-03-14T0{7 + hour}:00:00Z", run_id=run)
    link = Alternate(language="en", url=TAKEN_DOWN, headline=HEADLINE)
    linking = article("az", "linking", "2026-03-14T10:00:00+04:00", headline="Nazir getdi", alternates=(link,))
    near = article("en", "near", "2026-03-14T10:20:00+04:00", body=f"Nazir getdi. {text}", headline="Nearly equal")
    for other in (linking, near):
        archive.save(other, seen_at="2026-03-14T09:00:00Z", run_id=run)


@pytest.fixture(scope="module")
def copy(db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of it. Read it only."""
    out = tmp_path_factory.mktemp("public") / "news.db"
    done = publish(db, out)
    assert done.returncode == 0, done.stderr
    return out


def publish(db: Path, out: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return newscrawl("publish", str(out), "--db", str(db), *more, cwd=out.parent)


def write(db: Path, out: Path, *without: str) -> Done:
    with Archive.open(db, create=False, read_only=True) as archive:
        return write_copy(archive, out, [spellings(url) for url in without])


def ask(db: Path, sql: str, *values: Any) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True)) as conn:
        return conn.execute(sql, values).fetchall()


def relations(db: Path, kind: str) -> set[str]:
    found = ask(db, "SELECT name FROM sqlite_master WHERE type = ? AND name NOT LIKE 'sqlite_%'", kind)
    return {name for (name,) in found if not name.startswith("articles_fts_")}


def columns(db: Path, table: str) -> list[str]:
    return [name for (name,) in ask(db, "SELECT name FROM pragma_table_info(?) ORDER BY cid", table)]


def test_for_every_table_it_is_decided_whether_others_get_to_see_it(empty_archive: Path) -> None:
    assert relations(empty_archive, "table") == HELD | WITHHELD
    assert relations(empty_archive, "view") == VIEWS_HELD | VIEWS_WITHHELD


@pytest.fixture
def empty_archive(tmp_path: Path) -> Path:
    Archive.open(tmp_path / "empty.db").close()
    return tmp_path / "empty.db"


def test_a_copy_has_what_was_published_and_nothing_else(db: Path, copy: Path) -> None:
    for table in WITHHELD:
        assert ask(db, f"SELECT count(*) > 0 FROM {table}") == [(1,)], f"{table} would show nothing"
    assert relations(copy, "table") == HELD
    assert relations(copy, "view") == VIEWS_HELD


@pytest.mark.parametrize("table", sorted((HELD | VIEWS_HELD) - {"articles_fts", "sites"}))
def test_what_it_has_is_as_it_was(db: Path, copy: Path, table: str) -> None:
    held = columns(copy, table)
    assert held == [name for name in columns(db, table) if name not in ("run_id", "snapshot_id")]
    asked = f"SELECT {', '.join(held)} FROM {table} ORDER BY 1, 2, 3" if len(held) > 2 else f"SELECT * FROM {table}"
    rows = ask(copy, asked)
    assert rows
    assert rows == ask(db, asked)


def test_its_articles_can_be_searched(db: Path, copy: Path) -> None:
    for words in ("metro*", "станци*", "getmedi", "getdi"):
        asked = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? ORDER BY rowid"
        assert ask(copy, asked, words) == ask(db, asked, words)
    assert ask(copy, "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'metro*'") > [(2,)]


def test_nothing_of_the_machine_or_of_the_harvest_is_in_it(db: Path, copy: Path) -> None:
    mine = [SECRET, str(db.parent), str(copy.parent), ".warc.gz", "2031-01-01", os.uname().nodename]
    assert SECRET.encode() in db.read_bytes()
    for file in (copy, copy.with_suffix(".inspect.json")):
        for word in mine:
            assert word.encode() not in file.read_bytes(), (file.name, word)
    assert sorted(each.name for each in copy.parent.iterdir()) == ["news.db", "news.inspect.json"]


def named_in_schema(db: Path) -> set[tuple[str, str, str]]:
    return set(ask(db, "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"))


def test_what_its_owner_added_is_not_published(db: Path, copy: Path, tmp_path: Path) -> None:
    own = shutil.copytree(db.parent, tmp_path / "data") / "news.db"
    with closing(sqlite3.connect(own)) as conn:
        conn.executescript("""
            ALTER TABLE articles ADD COLUMN remark TEXT REFERENCES notes(note);
            ALTER TABLE articles ADD COLUMN "a ""loud"" one" TEXT AS (upper(remark));
            ALTER TABLE article_tags ADD COLUMN remark TEXT CHECK (remark <> '');
            UPDATE articles SET remark = 'ownerswords';
            UPDATE article_tags SET remark = 'ownerswords';
            CREATE INDEX articles_remark ON articles(remark) WHERE headline <> 'ownerswords';
            CREATE TABLE "my [notes]" (note TEXT);
            CREATE TABLE articles_fts_of_mine AS SELECT 'ownerswords' AS note;
            CREATE VIRTUAL TABLE found USING fts5(note);
            DROP VIEW editions;
            CREATE VIEW editions AS SELECT 'ownerswords' AS site FROM noted;
            CREATE TRIGGER kept BEFORE DELETE ON tags BEGIN
                INSERT INTO failures (url) VALUES ('ownerswords');
            END;
        """)
    for out, without in ((tmp_path / "all.db", ()), (tmp_path / "fewer.db", (TAKEN_DOWN,))):
        write(own, out, *without)
        assert named_in_schema(out) == named_in_schema(copy)
        assert b"ownerswords" not in out.read_bytes().lower()
        check_whole(out)
    assert ask(tmp_path / "all.db", "SELECT * FROM articles") == ask(copy, "SELECT * FROM articles")


def test_who_linked_to_an_article_is_not_published(db: Path, copy: Path, tmp_path: Path) -> None:
    own = shutil.copytree(db.parent, tmp_path / "data") / "news.db"
    marked = {f"{TAKEN_DOWN}?utm_source=ownersletter": "tracking", f"{TAKEN_DOWN}/amp": "amp"}
    with closing(sqlite3.connect(own)) as conn, conn:
        found = "INSERT INTO url_aliases (url, article_id, why) SELECT ?, id, ? FROM articles WHERE url = ?"
        conn.executemany(found, [(url, why, TAKEN_DOWN) for url, why in marked.items()])
    write(own, tmp_path / "news.db")
    assert b"ownersletter" not in (tmp_path / "news.db").read_bytes()
    aliases = "SELECT url, why FROM url_aliases"
    assert set(ask(tmp_path / "news.db", aliases)) == {*ask(copy, aliases), (f"{TAKEN_DOWN}/amp", "amp")}


def recognised(db: Path) -> Recognised | None:
    with closing(sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True)) as conn:
        return recognise(conn)


def test_it_can_be_told_from_a_copy_of_another_version(db: Path, copy: Path, tmp_path: Path) -> None:
    ((migrations,),) = ask(db, "SELECT count(*) FROM _sqlite_migrations")
    found = recognised(copy)
    assert found
    assert (found.published, found.version, found.current) == (True, migrations, True)
    other = Path(shutil.copy(copy, tmp_path))
    for version in (0, migrations - 1, migrations + 1):
        with closing(sqlite3.connect(other)) as conn:
            conn.execute(f"PRAGMA user_version = {version}")
        found = recognised(other)
        assert found
        assert not found.current


KILLED = """
import os, signal, sys
os.umask(0)
def kill(event, values):
    if event == "sqlite3.connect" and ".whole." in str(values[0]):
        os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(kill)
from newscrawl.cli import main
main()
"""


def test_what_a_killed_one_leaves_is_for_its_owner_only(db: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED, "publish", "news.db", "--db", str(db)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=60, check=False)
    assert done.returncode == -9
    (left,) = tmp_path.iterdir()
    assert left.name.startswith("news.db.whole.")
    assert left.name.endswith(".part")
    assert SECRET.encode() in left.read_bytes()
    assert stat.S_IMODE(left.stat().st_mode) == 0o600
    # Of another process that has the same number, as in a container
    taken = left.rename(tmp_path / f"news.db.whole.{os.getpid()}.part")
    write(db, tmp_path / "news.db")
    assert not taken.exists()


def test_it_keeps_the_floor_that_crawls_keep(db: Path, tmp_path: Path) -> None:
    for floor, code, said in (
        (str(10**18), 5, "above the floor of 1,000,000,000,000,000,000 (NEWSCRAWL_MIN_FREE_BYTES): free some room"),
        ("much", 2, "NEWSCRAWL_MIN_FREE_BYTES=much is no number of bytes"),
    ):
        command = ("publish", "news.db", "--db", str(db))
        done = newscrawl(*command, cwd=tmp_path, NEWSCRAWL_MIN_FREE_BYTES=floor)
        assert done.returncode == code, done.stderr
        assert said in done.stderr
        assert not list(tmp_path.iterdir())


def test_no_key_points_nowhere(copy: Path) -> None:
    check_whole(copy)
    for table in HELD:
        for (target,) in ask(copy, 'SELECT "table" FROM pragma_foreign_key_list(?)', table):
            assert target in HELD, (table, target)


def test_it_is_a_file_that_nobody_needs_to_write_to(copy: Path) -> None:
    header = copy.read_bytes()[:100]
    assert header[18:20] == b"\x01\x01", "no write-ahead log (https://www.sqlite.org/fileformat.html)"
    assert header[68:72] == b"NwCp"
    assert int.from_bytes(header[36:40]) == 0, "no free pages"
    assert ask(copy, "SELECT count(*) > 10 FROM sqlite_stat1") == [(1,)], "what the planner needs to know"
    for file in (copy, copy.with_suffix(".inspect.json")):
        assert stat.S_IMODE(file.stat().st_mode) == 0o644


def test_others_can_read_it_whatever_is_usual_here(db: Path, tmp_path: Path) -> None:
    usual = os.umask(0o077)
    try:
        write(db, tmp_path / "news.db")
    finally:
        os.umask(usual)
    for file in tmp_path.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o644


def test_it_says_what_it_wrote_and_how_to_serve_it(db: Path, tmp_path: Path) -> None:
    done = publish(db, tmp_path / "for all.db")
    first, second, third = done.stdout.splitlines()
    (articles,), (states,) = (ask(db, f"SELECT count(*) FROM {table}")[0] for table in ("articles", "revision_rows"))
    assert f"for all.db: {articles} articles, {states} revisions, 0." in first
    assert "for all.inspect.json" in second
    command = third.removeprefix("serve it: ")
    served = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m {command} --get '/for~20all/articles.json?_shape=array&_size=1'"],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert served.returncode == 0, served.stderr
    assert json.loads(served.stdout)[0]["language"] in ("az", "ru", "en")


@contextmanager
def served(copy: Path) -> Iterator[str]:
    """datasette with the copy and what lies beside it; its address."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    command = [
        sys.executable, "-m", "datasette", "serve", "-i", copy.name,
        "--inspect-file", copy.with_suffix(".inspect.json").name, "--port", str(port),
    ]  # fmt: skip
    with subprocess.Popen(command, cwd=copy.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            address = f"http://127.0.0.1:{port}"
            for _ in range(600):
                try:
                    httpx.get(f"{address}/-/versions.json")
                    break
                except httpx.ConnectError:
                    time.sleep(0.05)
            yield address
        finally:
            process.terminate()


def test_datasette_serves_it_from_a_folder_that_it_cannot_write(copy: Path, tmp_path: Path) -> None:
    shutil.copytree(copy.parent, tmp_path / "public")
    here = tmp_path / "public" / copy.name
    here.parent.chmod(0o555)
    # Counts that it can only have from there
    beside = here.with_suffix(".inspect.json")
    inspected = json.loads(beside.read_text())
    inspected["news"]["tables"]["articles"]["count"] = 4711
    beside.write_text(json.dumps(inspected))
    with served(here) as address:
        (database,) = httpx.get(f"{address}/-/databases.json").json()
        assert database["is_mutable"] is False
        assert database["hash"] == inspected["news"]["hash"]
        tables = {table["name"]: table["count"] for table in httpx.get(f"{address}/news.json").json()["tables"]}
        assert tables["articles"] == 4711
        assert "metro" in httpx.get(f"{address}/", follow_redirects=True, timeout=30).text.lower()
    assert sorted(each.name for each in here.parent.iterdir()) == ["news.db", "news.inspect.json"]
    here.parent.chmod(0o755)


def test_what_lies_beside_it_is_what_datasette_says_of_it(copy: Path) -> None:
    command = [sys.executable, "-m", "datasette", "inspect", copy.name]
    said = subprocess.run(command, cwd=copy.parent, capture_output=True, text=True, timeout=60, check=True)
    assert json.loads(copy.with_suffix(".inspect.json").read_text()) == json.loads(said.stdout)


def test_nothing_is_written_to_a_copy(copy: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(copy, tmp_path))
    before = copy.read_bytes()
    said = f"{copy} is a copy made for publishing: name the archive itself (NEWSCRAWL_DB)"
    for command in (("status",), ("harvest",)):
        done = newscrawl(*command, "--db", str(copy), cwd=tmp_path)
        assert done.returncode == 2
        assert said in done.stderr
        assert "Traceback" not in done.stderr
    with pytest.raises(PublishedCopy):
        Archive.open(copy)
    assert copy.read_bytes() == before


def test_a_copy_takes_the_place_of_an_earlier_one(db: Path, copy: Path, tmp_path: Path) -> None:
    out = tmp_path / "news.db"
    shutil.copy(copy, out)
    earlier = out.stat().st_ino
    write(db, out, TAKEN_DOWN)
    assert out.stat().st_ino != earlier, "whoever has it open reads on in the earlier one"
    assert ask(out, "SELECT count(*) FROM articles WHERE url = ?", TAKEN_DOWN) == [(0,)]


@pytest.mark.parametrize("kind", ["archive", "database", "text", "empty"])
def test_nothing_else_is_overwritten(db: Path, tmp_path: Path, kind: str) -> None:
    out = tmp_path / "news.db"
    if kind == "archive":
        shutil.copy(db, out)
    elif kind == "database":
        with closing(sqlite3.connect(out)) as conn:
            conn.execute("CREATE TABLE mine (x)")
    else:
        out.write_text("my notes" if kind == "text" else "")
    before = out.read_bytes()
    with pytest.raises(UsageError, match="is no copy made by newscrawl publish, and is left as it is"):
        write(db, out)
    assert out.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["news.db"]


@pytest.mark.parametrize(
    ("out", "said"),
    [
        ("what?.db", "datasette cannot open .*: give it a name, and its folders, without"),
        ("100%.db", "datasette cannot open .*: give it a name, and its folders, without"),
        ("/proc/public/news.db", "/proc/public/news.db cannot be written"),
        ("file/news.db", "news.db cannot be written"),
    ],
)
def test_a_name_that_cannot_be(db: Path, tmp_path: Path, out: str, said: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match=said):
        write(db, tmp_path / out)
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_without_datasette_it_says_what_to_install(db: Path, tmp_path: Path) -> None:
    program = "import sys; sys.modules['datasette'] = None; from newscrawl.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "publish", "news.db", "--db", str(db)],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.endswith("Error: datasette is not installed: pip install 'newscrawl[browse]'\n")
    assert not list(tmp_path.iterdir())


def test_a_writer_is_not_waited_for(db: Path, tmp_path: Path) -> None:
    shutil.copytree(db.parent, tmp_path / "data")
    with Archive.open(tmp_path / "data" / "news.db") as archive, archive.transaction():
        archive.save(article("en", "late", "2026-03-19T10:00:00+04:00"), seen_at=AT, run_id=None)
        write(archive.path, tmp_path / "news.db")
    assert ask(tmp_path / "news.db", "SELECT id FROM articles") == ask(db, "SELECT id FROM articles")


def test_a_full_disk_leaves_the_earlier_copy(db: Path, copy: Path, tmp_path: Path) -> None:
    out = tmp_path / "public" / "news.db"
    shutil.copytree(copy.parent, out.parent)
    before = out.read_bytes()
    command = f"ulimit -f 50; {sys.executable} -m newscrawl publish {out} --db {db}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 5, done.stderr
    assert "free some room" in done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert out.read_bytes() == before
    assert sorted(each.name for each in out.parent.iterdir()) == ["news.db", "news.inspect.json"]


def test_a_copy_that_is_not_whole_gets_no_name(db: Path, tmp_path: Path) -> None:
    harmed = tmp_path / "data" / "news.db"
    shutil.copytree(db.parent, harmed.parent)
    with closing(sqlite3.connect(harmed)) as conn, conn:
        conn.execute("INSERT INTO article_tags (article_id, tag_id, position) VALUES (1, 7777, 9)")
    done = publish(harmed, tmp_path / "public.db")
    assert done.returncode == 2
    assert "is not whole (a row of article_tags points to no row of tags): run newscrawl check" in done.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["data"]


def written(folder: Path, *lines: str) -> Path:
    file = folder / "takedowns.txt"
    # As some editors of Windows write it
    file.write_text("\r\n".join(lines), encoding="utf-8-sig", newline="")
    return file


def vocabulary(db: Path) -> set[str]:
    with closing(sqlite3.connect(f"{db.as_uri()}?mode=ro", uri=True)) as conn:
        conn.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, articles_fts, row)")
        return {term for (term,) in conn.execute("SELECT term FROM temp.words")}


def test_what_is_to_be_taken_down_is_nowhere_in_the_copy(db: Path, copy: Path, tmp_path: Path) -> None:
    word = fold(NAME).split()[1]
    assert word in vocabulary(copy)
    assert NAME.encode() in copy.read_bytes()
    out = tmp_path / "news.db"
    lines = ("# what was asked for", "", f"  {TAKEN_DOWN}?utm_source=x   # by mail")
    done = publish(db, out, "--without", str(written(tmp_path, *lines)))
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    assert "left out: 1 article named in " in done.stdout
    assert NAME.encode() not in out.read_bytes()
    assert TAKEN_DOWN.encode() not in out.read_bytes()
    assert word not in vocabulary(out)
    segments = "SELECT count(DISTINCT segid) FROM articles_fts_idx"
    assert ask(db, segments) > [(1,)]
    assert ask(out, segments) == [(1,)], "an earlier one would hold the word still"
    check_whole(out)
    gone = set(ask(copy, "SELECT url FROM articles")) - set(ask(out, "SELECT url FROM articles"))
    assert gone == {(TAKEN_DOWN,)}
    linking = ask(
        out, "SELECT count(*) FROM alternates JOIN articles a ON a.id = article_id WHERE a.url LIKE '%linking'"
    )
    assert linking == [(0,)]
    assert ask(copy, "SELECT count(*) FROM articles WHERE duplicate_of IS NOT NULL") == [(1,)]
    assert ask(out, "SELECT count(*) FROM articles WHERE duplicate_of IS NOT NULL") == [(0,)]
    assert ask(out, "SELECT count(*) FROM stories WHERE id NOT IN (SELECT story_id FROM articles)") == [(0,)]


def test_any_address_will_do_and_the_others_can_still_be_found(db: Path, tmp_path: Path) -> None:
    out = tmp_path / "news.db"
    assert write(db, out, SHORT).published.left_out == 1
    found = "SELECT a.url FROM articles a WHERE id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)"
    assert ask(out, found, "getdi AND soz59") == [(address("en", "near"),)]
    assert ask(out, found, "tural") == []


def test_an_address_of_no_article_is_named(db: Path, tmp_path: Path) -> None:
    nowhere = "https://report.az/en/nowhere"
    done = publish(db, tmp_path / "news.db", "--without", str(written(tmp_path, nowhere, TAKEN_DOWN)))
    assert done.returncode == 0
    assert done.stderr == f"{tmp_path / 'takedowns.txt'}: the archive has no article at {nowhere}\n"
    assert "left out: 1 article" in done.stdout


def test_what_is_no_address_is_an_error(db: Path, tmp_path: Path) -> None:
    done = publish(db, tmp_path / "news.db", "--without", str(written(tmp_path, "http://[bad/x")))
    assert done.returncode == 2
    assert "http://[bad/x is no web address" in done.stderr
    assert not (tmp_path / "news.db").exists()
