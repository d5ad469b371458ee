"""The WARC files of real crawls, as warcio, which others read them with, finds them."""

from __future__ import annotations

import gzip
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from warcio.archiveiterator import ArchiveIterator

from newscrawl.replica.app import make_app
from newscrawl.replica.serve import serving
from newscrawl.replica.site import Replica
from tests.crawl.conftest import SITE, Harvester
from tests.crawl.test_manners import article


@attrs.frozen
class Entry:
    """A record of a WARC file."""

    type: str
    url: str | None
    id: str
    concurrent_to: str | None
    line: str
    """The first one of the HTTP message."""
    headers: list[tuple[str, str]]
    content: bytes
    """As stored, with its content encoding."""

    @property
    def status(self) -> int:
        return int(self.line.split()[1])


def entries(path: Path) -> list[Entry]:
    with path.open("rb") as file:
        return [_entry(record) for record in ArchiveIterator(file, no_record_parse=False)]


def _entry(record: Any) -> Entry:
    http, field = record.http_headers, record.rec_headers.get_header
    line = f"{http.protocol} {http.statusline}" if http else ""
    return Entry(
        record.rec_type, field("WARC-Target-URI"), field("WARC-Record-ID"), field("WARC-Concurrent-To"), line,
        http.headers if http else [], record.raw_stream.read(),
    )  # fmt: skip


def files(harvest: Harvester) -> list[Path]:
    return sorted(harvest.db.parent.glob("warc/report/*.warc.gz"))


def check_digests(path: Path) -> None:
    command = [sys.executable, "-m", "warcio.cli", "check", "-v", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def check_pairs(found: list[Entry]) -> None:
    """Each answer has its request before it."""
    assert len(found) % 2 == 0
    for request, answer in zip(found[::2], found[1::2], strict=True):
        assert (request.type, answer.type) in {("request", "response"), ("request", "revisit")}
        assert request.url == answer.url
        assert request.concurrent_to == answer.id
        assert request.line.startswith("GET /")
        assert ("Host", "report.az") in request.headers


@pytest.fixture(scope="module")
def harvest(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Harvester]:
    """A crawl of the stand-in, one of a short link, one of a page that is not there."""
    with serving(make_app(Replica(stories=60))) as origin:
        harvest = Harvester(tmp_path_factory.mktemp("warc") / "news.db", origin)
        assert harvest().code == 3
        short = harvest.value("SELECT min(short_url) FROM articles")
        assert harvest(urls=f"{short},{SITE}/en/finance/never-was").code == 3
        yield harvest


def test_everything_that_was_fetched_is_there(harvest: Harvester) -> None:
    first, second = files(harvest)
    for path in (first, second):
        check_digests(path)
        found = entries(path)
        assert found[0].type == "warcinfo"
        assert (found[-1].type, found[-1].url) == ("metadata", "urn:newscrawl:run")
        check_pairs(found[1:-1])
    answers = {each.url: each for each in entries(first) if each.type == "response"}
    for place in ("/robots.txt", "/news-sitemap.xml", "/rss/", "/ru/rss/", "/en/rss/", "/son-xeberler", "/ru/", "/en/"):
        assert answers[SITE + place].status == 200, place
    assert {row["url"] for row in harvest.rows("SELECT url FROM articles")} <= answers.keys()
    assert any("oldest=" in str(url) for url in answers), "the batches of an endless listing"
    again = {each.url: each for each in entries(second) if each.type in {"response", "revisit"}}
    assert again[f"{SITE}/en/finance/never-was"].line == "HTTP/1.1 404 Not Found"
    short, target = harvest.rows("SELECT min(short_url), url FROM articles")[0].values()
    redirect = again[short]
    assert redirect.status in {301, 302}
    assert dict(redirect.headers)["Location"] in {target, target.removeprefix(SITE)}
    assert target in again, "and where it leads"


def test_as_many_answers_as_the_server_gave(harvest: Harvester) -> None:
    for path, run in zip(files(harvest), harvest.rows("SELECT responses FROM runs ORDER BY id"), strict=True):
        answers = [each for each in entries(path) if each.type in {"response", "revisit"}]
        assert len(answers) == run["responses"]


PAGE = article(1).encode()
ANSWERS: dict[str, tuple[int, list[tuple[bytes, bytes]], list[bytes]]] = {
    "/a/gzip": (
        200,
        [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"set-cookie", b"first=1; Path=/"),
            (b"set-cookie", b"second=\xc9\x99; HttpOnly"),
            (b"content-encoding", b"gzip"),
            (b"x-powered-by", b"PHP/5.6"),
        ],
        [gzip.compress(PAGE, 3)],
    ),
    "/a/deflate": (
        200,
        [(b"content-type", b"text/html"), (b"content-encoding", b"deflate")],
        [zlib.compress(PAGE)],
    ),
    # Without a length the server cuts it into chunks; they are no part of the message
    "/a/chunked": (200, [(b"content-type", b"text/html")], [PAGE[:100], PAGE[100:2000], PAGE[2000:]]),
    "/a/moved": (301, [(b"location", b"/a/gzip")], [b""]),
    "/a/gone": (410, [(b"content-type", b"text/html")], [b"<p>Gone</p>"]),
    "/a/broken": (503, [(b"content-type", b"text/plain"), (b"retry-after", b"1")], [b"later"]),
}
LINES = {200: "OK", 301: "Moved Permanently", 410: "Gone", 503: "Service Unavailable"}


async def application(scope: Any, _receive: Any, send: Any) -> None:
    if scope["type"] == "http":
        status, headers, parts = ANSWERS.get(scope["path"], (404, [(b"content-type", b"text/html")], [b"none"]))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        for n, part in enumerate(parts, 1):
            await send({"type": "http.response.body", "body": part, "more_body": n < len(parts)})


def test_what_is_stored_is_what_the_server_sent(tmp_path: Path) -> None:
    with serving(application) as origin:
        harvest = Harvester(tmp_path / "news.db", origin)
        harvest({"RETRY_TIMES": "1"}, urls=",".join(SITE + path for path in ANSWERS))
    (path,) = files(harvest)
    check_digests(path)
    found = [each for each in entries(path) if each.type in {"response", "revisit"}]
    for address, (status, headers, parts) in ANSWERS.items():
        answers = [each for each in found if each.url == SITE + address]
        first = answers[0]
        assert first.line == f"HTTP/1.1 {status} {LINES[status]}"
        assert first.content == b"".join(parts), address
        sent = [(name.decode(), value) for name, value in headers]
        # warcio reads headers as UTF-8 where they are
        kept = [(name.lower(), value.encode()) for name, value in first.headers]
        assert [each for each in kept if each in sent] == sent, address
        assert not {"transfer-encoding"} & {name for name, _ in kept}
    assert len([each for each in found if each.url == f"{SITE}/a/broken"]) == 2, "each try is an answer"
    assert len([each for each in found if each.url == f"{SITE}/a/gzip"]) == 2, "by itself, and where another one leads"


def test_a_large_crawl_is_cut_into_files_that_stand_alone(tmp_path: Path) -> None:
    with serving(make_app(Replica(stories=20))) as origin:
        harvest = Harvester(tmp_path / "news.db", origin)
        assert harvest({"NEWSCRAWL_WARC_BYTES": "100000"}).code in {0, 3}
    parts = files(harvest)
    assert len(parts) > 3
    numbered = [part.name.removesuffix(".warc.gz").split("-")[2:] for part in parts]
    assert sorted(numbered) == sorted([[], *([str(n)] for n in range(2, len(parts) + 1))])
    ends = []
    for part in parts:
        check_digests(part)
        found = entries(part)
        assert found[0].type == "warcinfo"
        ends += [part for each in found if each.type == "metadata"]
        check_pairs([each for each in found[1:] if each.type != "metadata"])
        assert part.stat().st_size < 200_000
    assert len(ends) == 1, "the run ended once"
    stored = harvest.value("SELECT count(*) FROM snapshots")
    assert sum(each.type in {"response", "revisit"} for part in parts for each in entries(part)) == stored
