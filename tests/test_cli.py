"""`newscrawl …`, as a user types it."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from newscrawl.archive import Archive
from newscrawl.replica.app import make_app
from newscrawl.replica.serve import serving
from newscrawl.replica.site import Replica

PAGE = """<!DOCTYPE html><html lang="de"><head><title>Neue Brücke eröffnet - Beispielzeitung</title>
<meta property="og:site_name" content="Beispielzeitung"><link rel="canonical" href="https://example.com/stadt/bruecke">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Neue Brücke eröffnet",
"datePublished": "2025-11-11T17:50:00+01:00", "author": {"@type": "Person", "name": "Erika Muster"}}</script></head>
<body><nav><a href="/">Start</a></nav><article><h1>Neue Brücke eröffnet</h1>
<p>Am Dienstag ist in der Stadt eine neue Brücke eröffnet worden, die den Norden mit dem Süden verbindet.</p>
<p>Die Bauzeit betrug drei Jahre, die Kosten lagen bei zwölf Millionen Euro, wie die Verwaltung mitteilte.</p>
</article><footer>Impressum</footer></body></html>"""
BODY = (
    "Am Dienstag ist in der Stadt eine neue Brücke eröffnet worden, die den Norden mit dem Süden verbindet.\n\n"
    "Die Bauzeit betrug drei Jahre, die Kosten lagen bei zwölf Millionen Euro, wie die Verwaltung mitteilte."
)


def newscrawl(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "newscrawl", *arguments]
    return subprocess.run(
        command, cwd=cwd, env=os.environ | environment, capture_output=True, text=True, timeout=180, check=False
    )


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_a_saved_page_to_json(tmp_path: Path) -> None:
    (tmp_path / "bridge.html").write_text(PAGE, encoding="utf-8")
    done = newscrawl("extract", "bridge.html", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["id"] == "bridge"
    assert found["url"] == "https://example.com/stadt/bruecke"
    assert found["headline"] == "Neue Brücke eröffnet"
    assert found["body"] == BODY
    assert found["published_at"] == "2025-11-11T17:50:00+01:00"
    assert found["authors"] == ["Erika Muster"]
    assert found["language"] == "de"


def test_the_address_can_be_given(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text(
        PAGE.replace('<link rel="canonical" href="https://example.com/stadt/bruecke">', "")
    )
    done = newscrawl("extract", "x.html", cwd=tmp_path)
    assert done.returncode == 3
    assert json.loads(done.stdout)["error"] == "UsageError"
    assert "give it with --url" in json.loads(done.stdout)["detail"]
    done = newscrawl("extract", "x.html", "--url", "https://example.com/a", cwd=tmp_path)
    assert json.loads(done.stdout)["url"] == "https://example.com/a"


@pytest.mark.parametrize("address", ["http://[bad/x", "http://", "foo"])
def test_a_bad_address_ends_nothing(tmp_path: Path, address: str) -> None:
    (tmp_path / "a.html").write_text(PAGE.replace("https://example.com/stadt/bruecke", address), encoding="utf-8")
    (tmp_path / "b.html").write_text(PAGE, encoding="utf-8")
    done = newscrawl("extract", "--jsonl", ".", cwd=tmp_path)
    assert done.returncode == 3, done.stderr
    first, second = lines(done.stdout)
    assert (first["id"], first["error"]) == ("a", "UsageError")
    assert second["headline"] == "Neue Brücke eröffnet"
    done = newscrawl("extract", "b.html", "--url", address, cwd=tmp_path)
    assert done.returncode == 2
    assert "is no http(s) address" in done.stderr


def test_a_folder_a_line_each_with_addresses_from_a_file_beside_it(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    plain = PAGE.replace('<link rel="canonical" href="https://example.com/stadt/bruecke">', "")
    (pages / "one.html.gz").write_bytes(gzip.compress(plain.encode()))
    (pages / "two.html").write_bytes(b"\x89PNG\r\n\x1a\n")
    (pages / "three.html.gz").write_bytes(b"not gzip")
    (pages / "notes.txt").write_text("not a page")
    records = [{"id": name, "url": f"https://example.com/{name}"} for name in ("one", "two", "three")]
    (tmp_path / "truth.jsonl").write_text("\n".join([*map(json.dumps, records), "not json", "[]"]))
    done = newscrawl("extract", "--jsonl", "pages", cwd=tmp_path)
    assert done.returncode == 3, "not every page gave an article"
    found = {record["id"]: record for record in lines(done.stdout)}
    assert list(found) == ["one", "three", "two"]
    assert found["one"]["url"] == "https://example.com/one"
    assert found["one"]["body"] == BODY
    assert found["two"]["error"] == "NotHtml"
    assert found["three"]["error"] == "PageError"


def test_a_live_page_where_robots_txt_allows_it(tmp_path: Path) -> None:
    replica = Replica(stories=20)
    record = next(record for record in replica.truth() if record["outcome"] == "article")
    with serving(make_app(replica)) as origin:
        path = str(record["url"]).removeprefix("https://report.az")
        done = newscrawl("extract", f"{origin}{path}", f"{origin}/search?query=x", f"{origin}/none/such", cwd=tmp_path)
    assert done.returncode == 3
    decoder, found, rest = json.JSONDecoder(), [], done.stdout.strip()
    while rest:
        value, end = decoder.raw_decode(rest)
        found.append(value)
        rest = rest[end:].strip()
    assert found[0]["headline"] == record["headline"]
    assert "robots.txt" in found[1]["detail"]
    assert "404" in found[2]["detail"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("extract", "nowhere.html"), "nowhere.html is no file, no folder and no http(s) address"),
        (("extract", "."), "holds no page"),
        (("extract", ".", "--url", "https://example.com/"), "--url names one page"),
        (("extract",), "Missing argument"),
        (("status",), "there is no archive at data/newscrawl.db"),
    ],
)
def test_a_usage_error_says_what_is_wrong(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    done = newscrawl(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_status_of_an_empty_archive(tmp_path: Path) -> None:
    Archive.open(tmp_path / "news.db").close()
    done = newscrawl("status", cwd=tmp_path, NEWSCRAWL_DB="news.db")
    assert done.returncode == 0, done.stderr
    assert "No articles yet: scrapy crawl report" in done.stdout
    assert "No crawl yet." in done.stdout


def test_the_reader_of_a_pipe_may_leave(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for n in range(300):
        (pages / f"{n}.html").write_text(PAGE, encoding="utf-8")
    command = f"{sys.executable} -m newscrawl extract --jsonl pages | head -1"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True)
    assert json.loads(done.stdout)["headline"] == "Neue Brücke eröffnet"
    assert done.stderr == ""


def test_the_demo_shows_an_archive_and_what_to_do_next(tmp_path: Path) -> None:
    done = newscrawl("demo", "--stories", "60", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for words in (
        "listed", "stored", "failed", "pages a second", "archive: data/demo.db",  # the summary
        "The latest five", "Search in az", "Search in ru", "Search in en", "One story in its three languages",
    ):  # fmt: skip
        assert words in done.stdout
    *_, command, address = done.stdout.splitlines()
    assert address == "          opens http://127.0.0.1:8001/ in your browser"
    assert command == "Read it:  newscrawl browse --db data/demo.db --warc-dir data/demo-warc"
    status = newscrawl("status", "--db", "data/demo.db", cwd=tmp_path)
    assert status.returncode == 0
    assert "UnknownLayout" in status.stdout
    again = newscrawl("demo", "--stories", "60", cwd=tmp_path)
    assert again.returncode == 0, "the demo makes its archive anew"


COMMANDS = (
    "status",
    "status --json",
    "failures",
    "coverage --by language",
    "gone",
    "why https://report.az/en/x/a",
    "cron --timer",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_no_room_for_what_is_printed_is_a_line(tmp_path: Path, command: str) -> None:
    Archive.open(tmp_path / "news.db").close()
    done = printed(f"{sys.executable} -m newscrawl {command} > /dev/full", tmp_path)
    assert done.returncode == 5
    *_, last = done.stderr.splitlines()
    assert last == "Error: standard output: No space left on device; free some room, or print elsewhere"
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_a_closed_pipe_is_no_error(tmp_path: Path, command: str) -> None:
    Archive.open(tmp_path / "news.db").close()
    # The reader is gone before a word is written
    done = printed(f"set -o pipefail; (sleep 1; exec {sys.executable} -m newscrawl {command}) | true", tmp_path)
    assert done.returncode == 0
    assert done.stderr in ("", "newscrawl needs no root: do this as the user who shall own the archive\n")


def printed(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"NEWSCRAWL_DB": "news.db", "NEWSCRAWL_CONTACT": "mailto:a@example.org"}
    # Where Python keeps nothing back, nothing is left to fail at its end
    environment.pop("PYTHONUNBUFFERED", None)
    return subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
