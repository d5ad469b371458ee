"""WARC files as crawls write them, played by pywb and checked by warcio: of a known page, and of a real crawl."""

from __future__ import annotations

import gzip
import html
import subprocess
import sys
import time
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import attrs
import pytest
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawl.replica.app import ReplicaApp
from tests.crawl.conftest import Harvester
from tests.replay import needs_pywb, playing, replayed, rewritten

URL = "https://report.az/en/finance/demand-at-currency-auction"
TEXT = "Demand at the currency auction in Bakı totals 62,288 thousand US dollars."
PAGE = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Currency auction</title></head><body>
<article><h1>Currency auction</h1><p>{TEXT}</p><a href="/en/finance">Finance</a></article></body></html>""".encode()
SENT = gzip.compress(PAGE)
DIGEST = f"sha256:{sha256(SENT).hexdigest()}"
FIRST = datetime(2025, 11, 11, 13, 50, tzinfo=UTC)
AGAIN = datetime(2025, 12, 1, 8, 0, tzinfo=UTC)


def iso(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def answer_headers() -> StatusAndHeaders:
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip")]
    return StatusAndHeaders("200 OK", headers, protocol="HTTP/1.1")


def request(writer: WARCWriter, answer: ArcWarcRecord, at: datetime) -> ArcWarcRecord:
    headers = StatusAndHeaders(f"GET {URL.removeprefix('https://report.az')} HTTP/1.1", [("Host", "report.az")])
    of = {"WARC-Date": iso(at), "WARC-Concurrent-To": answer.rec_headers.get_header("WARC-Record-ID")}
    return writer.create_warc_record(URL, "request", http_headers=headers, warc_headers_dict=of)


def response(writer: WARCWriter, at: datetime) -> ArcWarcRecord:
    said = {"WARC-Date": iso(at), "WARC-Payload-Digest": DIGEST, "WARC-JSON-Metadata": '{"kind": "article"}'}
    # Without a length warcio puts a digest of its own, SHA-1, in place of ours.
    return writer.create_warc_record(
        URL, "response", BytesIO(SENT), length=len(SENT), http_headers=answer_headers(), warc_headers_dict=said
    )


def revisit(writer: WARCWriter, at: datetime, of: datetime) -> ArcWarcRecord:
    said = {"WARC-Date": iso(at), "WARC-JSON-Metadata": '{"kind": "article"}'}
    return writer.create_revisit_record(
        URL, DIGEST, URL, iso(of), http_headers=answer_headers(), warc_headers_dict=said
    )


def metadata(writer: WARCWriter) -> ArcWarcRecord:
    said = b'{"run": 2}'
    return writer.create_warc_record(
        "urn:newscrawl:run", "metadata", BytesIO(said), length=len(said), warc_content_type="application/json"
    )


def write(path: Path, at: datetime, first: datetime) -> None:
    """What a crawl stores that fetches the page at `at` when the archive has it as of `first`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True, warc_version="1.1")
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "newscrawl"}))
        answer = response(writer, at) if at == first else revisit(writer, at, first)
        writer.write_record(request(writer, answer, at))
        writer.write_record(answer)
        writer.write_record(metadata(writer))


@pytest.fixture
def crawls(tmp_path: Path) -> Path:
    """The files of two crawls: the first stored the page, the second found it unchanged."""
    folder = tmp_path / "warc"
    write(folder / "report" / "20251111T134900Z-1.warc.gz", FIRST, FIRST)
    write(folder / "report" / "20251201T075900Z-2.warc.gz", AGAIN, FIRST)
    return folder


@needs_pywb
def test_a_page_is_replayed_as_of_each_crawl_that_saw_it(crawls: Path, tmp_path: Path) -> None:
    with playing(crawls, tmp_path) as collection:
        for at in (FIRST, AGAIN):
            assert replayed(collection, URL, at) == PAGE
            assert TEXT in rewritten(collection, URL, at).decode()


def test_warcio_finds_every_digest_right(crawls: Path) -> None:
    check_digests(crawls, 2)


def check_digests(folder: Path, files: int) -> None:
    paths = list(folder.rglob("*.warc.gz"))
    assert len(paths) == files
    for path in paths:
        command = [sys.executable, "-m", "warcio.cli", "check", "-v", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


@needs_pywb
def test_a_crawled_page_is_replayed_as_it_was_each_time(site: tuple[ReplicaApp, Harvester], tmp_path: Path) -> None:
    """The stand-in's page twice: stored by the first crawl, found unchanged and stored as a revisit by the second."""
    app, harvest = site
    record = next(record for record in app.replica.truth() if record["outcome"] == "article")
    url, headline = str(record["url"]), str(record["headline"])
    harvest(languages=str(record["language"]))
    time.sleep(1.1)
    assert harvest(urls=url).code == 0
    first, again = harvest.rows("SELECT fetched_at, revisit_of FROM snapshots WHERE url = ? ORDER BY id", url)
    assert (first["revisit_of"] is None, again["revisit_of"] is None) == (True, False)
    warcs = tmp_path / "warc"
    check_digests(warcs, 2)
    (tmp_path / "pywb").mkdir()
    with playing(warcs, tmp_path / "pywb") as collection:
        pages = [replayed(collection, url, datetime.fromisoformat(row["fetched_at"])) for row in (first, again)]
        shown = rewritten(collection, url, datetime.fromisoformat(again["fetched_at"])).decode()
    assert pages[0] == pages[1]
    for text in (pages[0].decode(), shown):
        assert headline in html.unescape(text)


@needs_pywb
def test_a_page_is_replayed_as_of_each_304(site: tuple[ReplicaApp, Harvester], tmp_path: Path) -> None:
    """The second crawl looks again at what the first one stored an hour before, and is told that nothing changed."""
    _, harvest = site
    for moment in ("2026-03-17T16:00:00+04:00", "2026-03-17T17:00:00+04:00"):
        program = ("-m", "tests.clockwork", moment, "-m", "scrapy")
        attrs.evolve(harvest, program=program)({"NEWSCRAWL_LOOKS": "3"}, languages="en")
    ((url, at),) = (
        row.values()
        for row in harvest.rows(
            "SELECT url, fetched_at FROM snapshots WHERE status = 304 AND kind = 'article' ORDER BY id LIMIT 1"
        )
    )
    (first,) = harvest.rows("SELECT fetched_at FROM snapshots WHERE url = ? AND status = 200", url)
    headline = harvest.value("SELECT headline FROM articles WHERE url = ?", url)
    warcs = tmp_path / "warc"
    check_digests(warcs, 2)
    (tmp_path / "pywb").mkdir()
    with playing(warcs, tmp_path / "pywb") as collection:
        pages = [replayed(collection, url, datetime.fromisoformat(moment)) for moment in (first["fetched_at"], at)]
        shown = rewritten(collection, url, datetime.fromisoformat(at)).decode()
    assert pages[0] == pages[1]
    for text in (pages[1].decode(), shown):
        assert headline in html.unescape(text)
