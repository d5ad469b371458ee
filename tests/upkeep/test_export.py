"""`newscrawl export`: what a user finds in the files, and what is refused."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import attrs
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from warcio.archiveiterator import ArchiveIterator

from newscrawl.archive import Archive
from newscrawl.exchanges import Exchange, Original
from newscrawl.items import Alternate, Image
from newscrawl.sites import SITES
from newscrawl.warc.writing import WarcWriter
from tests.archive.conftest import made, words
from tests.crawl.conftest import Harvester, site  # noqa: F401  a fixture
from tests.test_cli import lines, newscrawl

BODY = 'He said: "Bakı, of course"; then left.\n\nSecond paragraph, with a comma.'


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """An archive of one article with everything a page can have."""
    path = tmp_path / "news.db"
    article = made(
        url="https://report.az/en/finance/a", language="en", headline="Şəki, “Yes”", body=BODY, summary="Sum",
        section="Finance", section_slug="finance", tags=("oil, gas", "Şəki"), authors=("A. Author", "B. Author"),
        images=(Image(url="https://images.report.az/1.png"),
                Image(url="https://images.report.az/2.png", caption="At sea")),
        alternates=(Alternate(language="ru", url="https://report.az/ru/finansi/a", headline="Да, да"),
                    Alternate(language="az", url="https://report.az/maliyye/a")),
        short_url="https://report.az/12", site_article_id="12", aliases={"https://report.az/en/amp/finance/a": "amp"},
    )  # fmt: skip
    with Archive.open(path) as archive:
        archive.add_site(SITES["report"])
        archive.save(article, seen_at="2025-11-11T14:00:00Z", run_id=None)
    return path


def fill(path: Path, **published: str | None) -> None:
    """An archive of articles with these last parts of their addresses and these times."""
    with Archive.open(path) as archive:
        archive.add_site(SITES["report"])
        for n, (slug, at) in enumerate(published.items()):
            url = f"https://report.az/{slug}"
            archive.save(made(url=url, published_at=at, body=words(n)), seen_at="2025-12-01T00:00:00Z", run_id=None)


def slugs(*arguments: str, cwd: Path) -> list[str]:
    done = newscrawl("export", "--db", "news.db", *arguments, cwd=cwd)
    assert done.returncode == 0, done.stderr
    found = [article["url"].rpartition("/")[2] for article in lines(done.stdout)]
    assert f"{len(found)} article{'' if len(found) == 1 else 's'} written" in done.stderr
    return found


def test_json_lines_hold_all_there_is_of_an_article(db: Path) -> None:
    done = newscrawl("export", "--db", str(db), cwd=db.parent)
    assert done.returncode == 0
    assert done.stderr == "1 article written\n"
    (article,) = lines(done.stdout)
    assert "Şəki" in done.stdout, "letters are not escaped"
    expected = {
        "site": "report", "url": "https://report.az/en/finance/a", "site_article_id": "12", "language": "en",
        "section": "Finance", "section_slug": "finance", "headline": "Şəki, “Yes”", "summary": "Sum", "body": BODY,
        "published_at": "2025-11-11T13:50:00Z", "published_day": "2025-11-11", "modified_at": None,
        "short_url": "https://report.az/12", "word_count": 12, "duplicate_of": None, "flags": None, "revision": 1,
        "first_seen_at": "2025-11-11T14:00:00Z", "last_seen_at": "2025-11-11T14:00:00Z",
        "tags": ["oil, gas", "Şəki"],
        "authors": ["A. Author", "B. Author"],
        "images": [{"url": "https://images.report.az/1.png", "caption": None},
                   {"url": "https://images.report.az/2.png", "caption": "At sea"}],
        "alternates": [{"language": "ru", "url": "https://report.az/ru/finansi/a", "headline": "Да, да"},
                       {"language": "az", "url": "https://report.az/maliyye/a", "headline": None}],
        "aliases": [{"url": "https://report.az/12", "why": "short link"},
                    {"url": "https://report.az/en/amp/finance/a", "why": "amp"}],
    }  # fmt: skip
    assert {name: article[name] for name in expected} == expected


def test_csv_is_flat_and_loses_nothing(db: Path) -> None:
    done = newscrawl("export", "--db", str(db), "--format", "csv", "--output", "a.csv", cwd=db.parent)
    assert done.returncode == 0
    assert (done.stdout, done.stderr) == ("", "1 article written to a.csv\n")
    data = (db.parent / "a.csv").read_bytes()
    head, _, row = data.partition(b"\r\n")
    assert head.startswith(b"id,site,url,")
    assert row.endswith(b"\r\n"), "RFC 4180 ends every line so"
    assert '"He said: ""Bakı, of course""; then left.\n\nSecond'.encode() in row
    (article,) = csv.DictReader(io.StringIO(data.decode("utf-8"), newline=""))
    expected = {
        "headline": "Şəki, “Yes”", "body": BODY, "published_at": "2025-11-11T13:50:00Z", "modified_at": "",
        "tags": "oil, gas\nŞəki", "authors": "A. Author\nB. Author",
        "images": "https://images.report.az/1.png\nhttps://images.report.az/2.png At sea",
        "alternates": "ru https://report.az/ru/finansi/a Да, да\naz https://report.az/maliyye/a",
        "aliases": "https://report.az/12 short link\nhttps://report.az/en/amp/finance/a amp",
    }  # fmt: skip
    assert {name: article[name] for name in expected} == expected


def test_parquet_has_lists_times_and_days(db: Path) -> None:
    done = newscrawl("export", "--db", str(db), "--format", "parquet", "-o", "a.parquet", cwd=db.parent)
    assert done.returncode == 0, done.stderr
    table = pq.read_table(db.parent / "a.parquet")
    assert table.schema.field("tags").type == pa.list_(pa.field("element", pa.string()))
    (article,) = table.to_pylist()
    assert article["published_at"] == dt.datetime(2025, 11, 11, 13, 50, tzinfo=dt.UTC)
    assert article["published_day"] == dt.date(2025, 11, 11)
    assert (article["modified_at"], article["duplicate_of"]) == (None, None)
    assert (article["word_count"], article["body"]) == (12, BODY)
    assert article["tags"] == ["oil, gas", "Şəki"]
    assert article["images"][1] == {"url": "https://images.report.az/2.png", "caption": "At sea"}
    assert [each["headline"] for each in article["alternates"]] == ["Да, да", None]


def test_an_archive_of_nothing_gives_files_of_nothing(tmp_path: Path) -> None:
    Archive.open(tmp_path / "news.db").close()
    assert slugs("--since", "2025-11-01", cwd=tmp_path) == []
    for form in ("csv", "parquet", "warc"):
        output = f"a.{form}.gz"
        done = newscrawl("export", "--db", "news.db", "--format", form, "-o", output, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert (tmp_path / output).stat().st_size > 0
    assert pq.read_table(tmp_path / "a.parquet.gz").num_rows == 0


def test_since_and_until_are_days_of_the_site(tmp_path: Path) -> None:
    """Baku is four hours ahead of UTC, all the year."""
    fill(
        tmp_path / "news.db",
        before="2025-11-10T19:59:59Z", first="2025-11-10T20:00:00Z", last="2025-11-11T19:59:59Z",
        after="2025-11-11T20:00:00Z", timeless=None,
    )  # fmt: skip
    assert slugs("--since", "2025-11-11", "--until", "2025-11-11", cwd=tmp_path) == ["first", "last"]
    assert slugs("--since", "2025-11-11", cwd=tmp_path) == ["first", "last", "after"]
    assert slugs("--until", "2025-11-11", cwd=tmp_path) == ["before", "first", "last"]
    assert slugs("--until", "2025-11-11T19:59:59Z", cwd=tmp_path) == ["before", "first"]
    assert slugs("--since", "2025-11-11T23:59:59", cwd=tmp_path) == ["last", "after"]
    assert "timeless" in slugs(cwd=tmp_path)


def test_each_site_has_its_own_days(tmp_path: Path) -> None:
    fill(tmp_path / "news.db", baku="2025-11-10T21:00:00Z")
    with Archive.open(tmp_path / "news.db") as archive:
        for at in ("2025-11-10T21:00:00Z", "2025-11-11T01:00:00Z"):
            other = made(
                url=f"https://example.com/{at[8:10]}", site="example.com", published_at=at, body=words(int(at[9]))
            )
            archive.save(other, seen_at="2025-12-01T00:00:00Z", run_id=None)
    assert slugs("--since", "2025-11-11", cwd=tmp_path) == ["baku", "11"]
    assert slugs("--since", "2025-11-11", "--site", "report", cwd=tmp_path) == ["baku"]


def test_where_is_any_expression_over_the_articles(tmp_path: Path) -> None:
    fill(tmp_path / "news.db", a="2025-11-10T20:00:00Z", b="2025-11-11T20:00:00Z", c="2025-11-12T20:00:00Z")
    assert slugs("--where", "published_day > '2025-11-11' OR url LIKE '%/a'", cwd=tmp_path) == ["a", "b", "c"]
    assert slugs("--where", "url LIKE '%/a' OR url LIKE '%/c'", "--since", "2025-11-12", cwd=tmp_path) == ["c"]
    assert slugs("--where", "url LIKE '%/b' -- mine", "--language", "az", cwd=tmp_path) == ["b"]
    assert slugs("--where", "1", "--language", "en", cwd=tmp_path) == []
    found = "id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'w1x3*')"
    assert slugs("--where", found, cwd=tmp_path) == ["b"]


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("1); DROP TABLE articles; --", "syntax error"),
        ("1; DELETE FROM articles", "one statement at a time"),
        ("1) OR (1", "syntax error"),
        ("headline LIKE", "incomplete input"),
        ("nope = 1", "no such column: nope"),
        ("headline = 'a", "unrecognized token"),
        ("id = ?", "--where"),
        ("id IN (DELETE FROM articles RETURNING id)", "syntax error"),
        ("id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH '\"')", "unterminated string"),
        ("", "incomplete input"),
    ],
)
def test_where_can_only_ask(db: Path, where: str, said: str) -> None:
    before = _dump(db)
    done = newscrawl("export", "--db", str(db), "--where", where, "--language", "en", "-o", "a.jsonl", cwd=db.parent)
    assert done.returncode == 2
    assert done.stdout == ""
    assert said in done.stderr
    assert "--where" in done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert _dump(db) == before
    assert not (db.parent / "a.jsonl").exists()


def _dump(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--format", "parquet"), "name one with --output"),
        (("--format", "warc"), "name one with --output"),
        (("--format", "warc", "-o", "pages.gz"), "let it end in .warc.gz"),
        (("--format", "warc", "-o", "warc/report/x.warc.gz"), "name another file"),
        (("-o", "news.db"), "name another file"),
        (("-o", "none/a.jsonl"), "none/a.jsonl cannot be written"),
        (("--since", "yesterday"), "write --since=2025-11-01"),
        (("--since", "2025-11-02", "--until", "2025-11-01"), "--since=2025-11-02 is after --until=2025-11-01"),
        (("--since", "0001-01-01"), "write --since=2025-11-01"),
        (("--site", "reprot"), "no site 'reprot'; it has: report"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(db: Path, arguments: tuple[str, ...], said: str) -> None:
    done = newscrawl("export", "--db", "news.db", *arguments, cwd=db.parent)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert [path.name for path in db.parent.iterdir() if not path.name.startswith("news.db")] == []


def test_without_pyarrow_the_error_says_what_to_install(db: Path) -> None:
    code = "import sys; sys.modules['pyarrow'] = None; from newscrawl.cli import main; main()"
    command = [sys.executable, "-c", code, "export", "--db", str(db), "--format", "parquet", "-o", "a.parquet"]
    done = subprocess.run(command, cwd=db.parent, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "pip install 'newscrawl[parquet]'" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not list(db.parent.glob("a.parquet*"))


def multiply(path: Path, count: int) -> None:
    """An archive of one article becomes one of `count` with texts of three kilobytes, which nothing else needs."""
    columns = (
        "site, language, headline, word_count, content_sha256, story_id, parser, first_seen_at, last_seen_at, revision"
    )
    connection = sqlite3.connect(path)
    connection.execute(f"""
        WITH RECURSIVE n(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM n WHERE n < {count})
        INSERT INTO articles (url, body, {columns}) SELECT url || n, printf('%3000d', n), {columns} FROM n, articles
    """)
    connection.execute("INSERT INTO article_tags SELECT id, 1, 0 FROM articles WHERE id > 1")
    connection.execute("INSERT INTO url_aliases SELECT url || '/alias', id, 'amp' FROM articles WHERE id > 1")
    connection.commit()
    connection.close()


def peak(*arguments: str, cwd: Path) -> int:
    """Bytes of memory that the command held at most."""
    process = subprocess.Popen([sys.executable, "-m", "newscrawl", *arguments], cwd=cwd, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_maxrss * 1024


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_memory_does_not_grow_with_the_articles(db: Path, form: str) -> None:
    """Fifteen times as many: the texts alone are 84 MB more."""
    arguments = ("export", "--db", "news.db", "--format", form, "-o", "out")
    multiply(db, 2_000)
    few = peak(*arguments, cwd=db.parent)
    multiply_from(db, 30_000)
    many = peak(*arguments, cwd=db.parent)
    assert many - few < 12_000_000, (few, many)
    if form == "parquet":
        metadata = pq.read_metadata(db.parent / "out")
        assert metadata.num_rows == 30_000
        assert max(metadata.row_group(n).num_rows for n in range(metadata.num_row_groups)) <= 5_000


def multiply_from(path: Path, count: int) -> None:
    connection = sqlite3.connect(path)
    connection.execute("DELETE FROM article_tags WHERE article_id > 1")
    connection.execute("DELETE FROM url_aliases WHERE why = 'amp' AND article_id > 1")
    connection.execute("DELETE FROM articles WHERE id > 1")
    connection.commit()
    connection.close()
    multiply(path, count)


def test_no_half_file_is_taken_for_a_whole_one(db: Path) -> None:
    """The disk is full, as far as this process may write."""
    multiply(db, 500)
    output = db.parent / "a.jsonl"
    output.write_text("the former export\n")
    command = f"ulimit -f 200; {sys.executable} -m newscrawl export --db news.db -o a.jsonl"
    done = subprocess.run(
        ["bash", "-c", command], cwd=db.parent, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode != 0
    assert "File too large; free some room" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert output.read_text() == "the former export\n"
    assert [path.name for path in db.parent.glob("a.*")] == ["a.jsonl"]


def test_the_reader_of_a_pipe_may_leave(db: Path) -> None:
    multiply(db, 3_000)
    command = f"{sys.executable} -m newscrawl export --db news.db --format csv | head -c 100"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=db.parent, capture_output=True, timeout=60, check=True
    )
    assert done.stderr == b""


def records(path: Path) -> list[dict[str, Any]]:
    """Type, address, … and the bytes of each record of a WARC file."""
    found, data = [], path.read_bytes()
    with path.open("rb") as file:
        iterator = ArchiveIterator(file)
        for record in iterator:
            headers = record.rec_headers
            names = ("WARC-Target-URI", "WARC-Date", "WARC-Refers-To-Target-URI", "WARC-Refers-To-Date")
            url, date, *refers_to = (headers.get_header(name) for name in names)
            record.raw_stream.read()
            offset = iterator.get_record_offset()
            raw = data[offset : offset + iterator.get_record_length()]
            found.append({"type": record.rec_type, "url": url, "date": date, "refers_to": refers_to, "raw": raw})
    return found


def checked(path: Path) -> None:
    command = [sys.executable, "-m", "warcio.cli", "check", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_stored_pages_of_some_articles_are_copied_as_they_are(site: tuple[Any, Harvester], tmp_path: Path) -> None:  # noqa: F811
    _, harvest = site
    harvest(languages="en")
    address = harvest.value("SELECT max(url) FROM articles")
    harvest(urls=address)
    assert harvest.value("SELECT count(*) FROM snapshots WHERE url = ? AND revisit_of IS NOT NULL", address) == 1
    where = f"url = '{address}' OR id % 7 = 0"
    wanted = {row["url"] for row in harvest.rows(f"SELECT url FROM articles WHERE {where}")}
    arguments = ("--db", "news.db", "--format", "warc", "--where", where, "-o", "some.warc.gz")
    done = newscrawl("export", *arguments, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert f"{len(wanted) + 1} stored pages written to some.warc.gz" in done.stderr
    checked(tmp_path / "some.warc.gz")
    first, *rest = records(tmp_path / "some.warc.gz")
    assert first["type"] == "warcinfo"
    assert {record["url"] for record in rest} == wanted
    kinds = [record["type"] for record in rest]
    assert kinds == ["request", "response"] * len(wanted) + ["request", "revisit"]
    stored = {record["raw"] for path in (tmp_path / "warc").rglob("*.warc.gz") for record in records(path)}
    assert all(record["raw"] in stored for record in rest), "not a byte is changed"
    refers_to = rest[-1]["refers_to"]
    assert refers_to in [[each["url"], each["date"]] for each in rest if each["type"] == "response"]


def test_the_original_of_a_revisit_comes_along_from_another_article(tmp_path: Path) -> None:
    """As where two addresses gave the same page."""
    writer = WarcWriter(tmp_path / "warc", "report", "2025-11-11T13:00:00Z", 1, {"software": "test"}, 10**9)
    urls = ["https://report.az/a", "https://report.az/b", "https://report.az/c"]
    with Archive.open(tmp_path / "news.db") as archive:
        archive.add_site(SITES["report"])
        original = None
        for n, url in enumerate(urls):
            body = b"other" if n == 2 else b"the same"
            exchange = Exchange(
                url=url, kind="article", status=200, headers=(), body=body, fetched_at=f"2025-11-11T14:00:0{n}Z"
            )
            # As after a crawl that was killed: on the disk, but without a row
            writer.append(attrs.evolve(exchange, url="https://report.az/unindexed"))
            place = writer.append(exchange, original if n == 1 else None)
            with archive.transaction():
                snapshot = archive.snapshots.add(exchange, place, run_id=None, original=original if n == 1 else None)
            original = original or Original(
                id=snapshot,
                url=url,
                fetched_at=exchange.fetched_at,
                payload_sha256=exchange.payload_sha256,
                place=place,
            )
            archive.save(made(url=url, body=words(n)), seen_at=exchange.fetched_at, run_id=None, snapshot_id=snapshot)
    writer.close()
    done = newscrawl(
        "export", "--db", "news.db", "--format", "warc", "--where", "url LIKE '%/b'", "-o", "b.warc.gz", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    found = [(record["type"], record["url"]) for record in records(tmp_path / "b.warc.gz")[1:]]
    assert found == [("request", urls[0]), ("response", urls[0]), ("request", urls[1]), ("revisit", urls[1])]


def test_a_damaged_page_is_named_and_the_rest_is_copied(site: tuple[Any, Harvester], tmp_path: Path) -> None:  # noqa: F811
    _, harvest = site
    harvest(languages="en", limit="10")
    first = harvest.rows("SELECT s.* FROM snapshots s JOIN articles a ON a.url = s.url ORDER BY s.id LIMIT 1")[0]
    with (tmp_path / "warc" / first["warc_file"]).open("r+b") as file:
        file.seek(first["warc_offset"] + first["warc_length"] // 2)
        file.write(b"\x00damage\x00")
    done = newscrawl("export", "--db", "news.db", "--format", "warc", "-o", "all.warc.gz", cwd=tmp_path)
    assert done.returncode == 3
    written, why = done.stderr.splitlines()
    articles = harvest.value("SELECT count(*) FROM articles")
    assert articles > 1
    assert written == f"{articles - 1} stored pages written to all.warc.gz"
    assert f"{first['warc_file']} at {first['warc_offset']}" in why
    checked(tmp_path / "all.warc.gz")


def test_json_lines_are_lines(db: Path) -> None:
    done = newscrawl("export", "--db", str(db), cwd=db.parent)
    assert json.loads(done.stdout)["body"] == BODY
    assert done.stdout.count("\n") == 1
