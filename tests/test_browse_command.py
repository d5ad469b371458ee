"""`newscrawl browse`: a real server, asked as a browser asks it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import attrs
import httpx
import pytest

from newscrawl.archive import Archive, opening
from newscrawl.sites.report_az import REPORT
from newscrawl.upkeep.publish import publish
from tests.archive import first_release
from tests.browse.conftest import HEADLINE, fill
from tests.test_cli import newscrawl
from tests.upkeep.conftest import TEXT, Library, page


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small archive."""
    path = tmp_path_factory.mktemp("data") / "news.db"
    with Archive.open(path) as archive:
        fill(archive)
    return path


@attrs.frozen
class Room:
    """The reading room while it is open."""

    process: subprocess.Popen[str]
    said: str

    @property
    def address(self) -> str:
        return self.said.split()[0]

    def ask(self, path: str = "") -> httpx.Response:
        return httpx.get(self.address + path, follow_redirects=True, timeout=30)

    def databases(self) -> dict[str, bool]:
        """Their names, and whether somebody may write to them."""
        return {each["name"]: each["is_mutable"] for each in self.ask("-/databases.json").json()}

    def closed(self, number: signal.Signals) -> tuple[int, str, str]:
        """Exit code, and what else it printed."""
        self.process.send_signal(number)
        out, err = self.process.communicate(timeout=30)
        return self.process.returncode, out, err


@contextmanager
def opened(
    *arguments: str | Path, port: str | None = "0", prefix: Sequence[str] = (), **environment: str
) -> Iterator[Room]:
    command = [*prefix, sys.executable, "-m", "newscrawl", "browse", *map(str, arguments)]
    command += ["--port", port] if port else []
    clean = {name: value for name, value in os.environ.items() if name not in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY")}
    process = subprocess.Popen(
        command, env=clean | environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with process:
        try:
            assert process.stdout
            said = process.stdout.readline()
            assert said, process.stderr.read() if process.stderr else None
            yield Room(process, said)
        finally:
            process.terminate()


@contextmanager
def port_taken(port: int = 0) -> Iterator[int]:
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))
        other.listen()
        yield other.getsockname()[1]


def test_the_archive_is_shown_until_ctrl_c(db: Path) -> None:
    with opened("--db", db) as room:
        assert room.said == f"{room.address} shows {db}. Ctrl-C ends it.\n"
        assert room.address.startswith("http://127.0.0.1:"), "for this machine only"
        front = room.ask()
        assert front.status_code == 200
        assert HEADLINE["ru"] in front.text
        assert room.ask("news/articles?_facet=language").status_code == 200
        assert room.ask("no/such/page").status_code == 404
        assert "suggested" not in room.ask("news/articles").text.lower()
        assert room.closed(signal.SIGINT) == (0, "\n", "")


def test_ctrl_c_ends_it_also_while_it_opens(db: Path) -> None:
    with opened("--db", db) as room:
        assert room.closed(signal.SIGINT) == (0, "\n", "")


def test_it_ends_at_once_also_where_somebody_waits_for_an_answer(db: Path) -> None:
    endless = "with recursive n(x) as (select 1 union all select x + 1 from n) select count(*) from n"
    with opened("--db", db) as room:
        asked = httpx.URL(f"{room.address}news.json", params={"sql": endless})
        with socket.create_connection((asked.host, asked.port or 80)) as browser:
            browser.sendall(b"GET " + asked.raw_path + b" HTTP/1.1\r\nHost: x\r\n\r\n")
            time.sleep(0.5)
            began = time.monotonic()
            code, _, err = room.closed(signal.SIGTERM)
    assert code in (-signal.SIGTERM, 143)
    assert err == ""
    assert time.monotonic() - began < 10


def test_settings_name_the_archive(db: Path) -> None:
    with opened(NEWSCRAWL_DB=str(db)) as room:
        assert room.databases() == {"news": True}


def test_an_older_archive_is_brought_up_to_date_first(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    conn = opening.connect(path, create=True, read_only=False, migrations=first_release.migrations())
    conn.execute("INSERT INTO sites VALUES ('report', 'report.az', 'Asia/Baku')")
    conn.close()
    with opened(path) as room:
        assert room.ask().status_code == 200
        assert room.ask().url.path == "/old/-/news", "our own pages, not plain tables"
    assert (tmp_path / "old.db.before-m002_snapshots.bak").exists()


def test_a_published_copy_is_shown_as_it_is(db: Path, tmp_path: Path) -> None:
    copy = tmp_path / "public.db"
    with Archive.open(db, read_only=True) as archive:
        publish(archive, copy)
    copy.chmod(0o444)
    before = copy.read_bytes()
    with opened(copy) as room:
        assert room.databases() == {"public": False}
        assert HEADLINE["ru"] in room.ask().text
    assert copy.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["public.db", "public.inspect.json"]


def test_what_lies_beside_a_copy_is_not_believed_of_another(db: Path, tmp_path: Path) -> None:
    copy = tmp_path / "public.db"
    with Archive.open(db, read_only=True) as archive:
        publish(archive, copy)
    with closing(sqlite3.connect(copy)) as conn:
        conn.execute("CREATE TABLE more (text)")
        conn.execute("VACUUM")
    with opened(copy) as room:
        tables = {table["name"]: table["count"] for table in room.ask("public.json").json()["tables"]}
    assert tables["more"] == 0


def test_several_archives(db: Path, tmp_path: Path) -> None:
    Archive.open(tmp_path / "other.db").close()
    with opened(db, tmp_path / "other.db") as room:
        assert room.databases() == {"news": True, "other": True}
        assert room.ask("other").status_code == 200
        assert HEADLINE["az"] in room.ask("news/-/news").text


def test_stored_pages_are_read_from_the_folder_that_is_named(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "news.db") as archive:
        archive.add_site(REPORT)
        stored = Library(archive, tmp_path / "raw").crawled(page(body=TEXT))
    with opened(tmp_path / "news.db", "--warc-dir", tmp_path / "raw") as room:
        shown = room.ask(f"news/-/page/{stored}")
        assert shown.status_code == 200
        assert TEXT in shown.text


def test_the_next_port_where_another_program_has_it(db: Path) -> None:
    with _taken_by_somebody(8001), opened(db, port=None) as room:
        assert 8001 < httpx.URL(room.address).port < 8021  # type: ignore[operator]
        assert room.ask().status_code == 200


@contextmanager
def _taken_by_somebody(port: int) -> Iterator[None]:
    """By us, if nobody else has it."""
    try:
        with port_taken(port):
            yield
    except OSError:
        yield


def test_a_port_that_was_asked_for_and_is_taken(db: Path) -> None:
    with port_taken() as port:
        done = newscrawl("browse", str(db), "--port", str(port), cwd=db.parent)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == (
        f"Error: 127.0.0.1 port {port} is taken by another program: end it, or name another --port"
    )
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "there is no archive at data/newscrawl.db: crawl first, or name another file (NEWSCRAWL_DB)"),
        (("text.db",), "text.db is not an SQLite database: name another file (NEWSCRAWL_DB)"),
        (("foreign.db",), "foreign.db is the database of another program: name another file (NEWSCRAWL_DB)"),
        (("no?.db",), "datasette cannot open no?.db: give it a name, and its folders, without ?, # and %"),
        (("one.db", "two.db", "--warc-dir", "warc"), "one folder of stored pages belongs to one archive"),
        (("--host", "192.0.2.1"), "192.0.2.1 port 0 cannot be served (Cannot assign requested address)"),
    ],
)
def test_what_cannot_be_opened_is_a_line(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    (tmp_path / "text.db").write_text("no database, but long enough to be taken for one " * 20)
    with closing(sqlite3.connect(tmp_path / "foreign.db")) as conn:
        conn.execute("CREATE TABLE other (x)")
    done = newscrawl("browse", *arguments, "--port", "0", cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_without_datasette_it_says_what_to_install(db: Path) -> None:
    program = "import sys; sys.modules['datasette'] = None; from newscrawl.cli import main; main()"
    command = [sys.executable, "-c", program, "browse", str(db), "--port", "0"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stderr.endswith("Error: datasette is not installed: pip install 'newscrawl[browse]'\n")


BROWSER = """
import sys, urllib.request
from pathlib import Path
page = urllib.request.urlopen(sys.argv[1], timeout=30)
Path(sys.argv[2]).write_text(f"{page.status} {sys.argv[1]}")
"""


def test_the_browser_is_opened_once_the_room_is(db: Path, tmp_path: Path) -> None:
    (tmp_path / "browser.py").write_text(BROWSER)
    seen = tmp_path / "seen"
    with opened(db, BROWSER=f"{sys.executable} {tmp_path / 'browser.py'} %s {seen}") as room:
        for _ in range(200):
            if seen.exists() and seen.read_text():
                break
            time.sleep(0.05)
        assert seen.read_text() == f"200 {room.address}"


def test_no_browser_is_opened_where_none_is_wanted(db: Path, tmp_path: Path) -> None:
    with opened(db, "--no-open", BROWSER=f"touch {tmp_path / 'seen'} %s") as room:
        assert room.ask().status_code == 200
    assert not (tmp_path / "seen").exists()


def as_reader() -> list[str]:
    """What makes a command obey the rights of files, which root does not."""
    if os.geteuid():
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("root may write everywhere")
    return ["setpriv", "--bounding-set", "-dac_override", "--inh-caps", "-dac_override"]


@pytest.fixture
def read_only(db: Path, tmp_path: Path) -> Iterator[Path]:
    """The archive, in a folder where nothing can be written."""
    path = tmp_path / "kept" / "news.db"
    path.parent.mkdir()
    shutil.copy(db, path)
    path.chmod(0o444)
    path.parent.chmod(0o555)
    yield path
    path.parent.chmod(0o755)


def test_an_archive_that_can_only_be_read_while_somebody_writes(read_only: Path) -> None:
    """It has a write-ahead log, which needs files beside it."""
    command = [*as_reader(), sys.executable, "-m", "newscrawl", "browse", str(read_only), "--port", "0"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    said = done.stderr.splitlines()[-1]
    assert said.startswith(f"Error: {read_only} cannot be written (")
    assert "run as its owner" in said
    assert "Traceback" not in done.stderr


def test_a_backup_can_be_read_where_nothing_can_be_written(read_only: Path) -> None:
    read_only.parent.chmod(0o755)
    with closing(sqlite3.connect(read_only)) as conn:
        conn.execute("VACUUM INTO ?", (str(read_only.with_name("backup.db")),))
    read_only.parent.chmod(0o555)
    with opened(read_only.with_name("backup.db"), prefix=as_reader()) as room:
        assert HEADLINE["ru"] in room.ask().text
