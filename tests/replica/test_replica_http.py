"""The stand-in as a server: conditions, encodings, redirects, feeds, processes."""

from __future__ import annotations

import gzip
import socket
import subprocess
import sys
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree as ET

import httpx
import pytest
from click.testing import CliRunner

from newscrawl.replica.app import make_app
from newscrawl.replica.command import replica_command
from newscrawl.replica.faults import Fault, on_stories
from newscrawl.replica.serve import PortTaken, serving, serving_process
from newscrawl.replica.site import Replica
from tests.replica.conftest import HOST, Visitor

NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.mark.parametrize("address", ["/son-xeberler", "/rss/", "/news-sitemap.xml", "/robots.txt", "/en/"])
def test_what_is_unchanged_is_a_304(site: Visitor, address: str) -> None:
    answer = site.get(address)
    assert site.get(address, If_None_Match=answer.headers["etag"]).status_code == 304
    later = site.get(address, If_Modified_Since=answer.headers["last-modified"])
    assert (later.status_code, later.content) == (304, b"")
    assert site.get(address, If_None_Match='"other"').status_code == 200
    assert site.get(address, If_Modified_Since="nonsense").status_code == 200


def test_an_etag_goes_before_a_date(site: Visitor) -> None:
    answer = site.get("/en/")
    both = site.get("/en/", If_None_Match='"other"', If_Modified_Since=answer.headers["last-modified"])
    assert both.status_code == 200


def test_gzip_is_one_member_of_the_same_bytes(site: Visitor) -> None:
    path = site.app.replica.texts.path(80, "az")
    plain = site.get(path, Accept_Encoding="identity")
    assert "content-encoding" not in plain.headers
    with site.client.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as answer:
        packed = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) == len(packed) < len(plain.content) / 3
    assert gzip.decompress(packed) == plain.content


def test_head_has_the_headers_of_get(site: Visitor) -> None:
    head, get = site.client.head("/son-xeberler"), site.client.get("/son-xeberler")
    assert (head.status_code, head.content) == (200, b"")
    assert {**head.headers, "date": ""} == {**get.headers, "date": ""}
    assert site.client.post("/son-xeberler").status_code == 405


def test_short_links_lead_to_their_article(site: Visitor) -> None:
    record = next(record for record in site.app.replica.truth() if record["short_url"])
    answer = site.get(str(record["short_url"]))
    assert answer.status_code == 301
    assert str(record["url"]).endswith(answer.headers["location"])
    assert site.get("/1").status_code == 404


@pytest.mark.parametrize(
    ("variant", "slash", "az", "www"), [(0, 301, 301, 301), (1, 200, 404, 200), (2, 301, 200, 200), (3, 301, 301, 301)]
)
def test_redirects_by_variant(site: Visitor, variant: int, slash: int, az: int, www: int) -> None:
    site.app.replica = Replica(stories=20, variant=variant)
    assert site.get("/en/finance/").status_code == slash
    assert site.get("/az/son-xeberler").status_code == az
    assert site.get("/son-xeberler", Host="www.report.az").status_code == www
    assert site.get("/son-xeberler", X_Forwarded_Proto="http").headers["location"] == f"{HOST}/son-xeberler"


def test_amp_pages_name_their_article(site: Visitor) -> None:
    path = site.app.replica.texts.path(100, "en") if site.app.replica.exists(100, "en") else None
    number = next(n for n in range(100, 0, -1) if site.app.replica.exists(n, "en"))
    path = site.app.replica.texts.path(number, "en")
    answer = site.get(path.replace("/en/", "/en/amp/", 1))
    assert answer.status_code == 200
    assert f'<link rel="canonical" href="{HOST}{path}">' in answer.text


@pytest.mark.parametrize("variant", [0, 1, 2, 3])
def test_feeds_hold_the_thirty_newest(site: Visitor, variant: int) -> None:
    site.app.replica = replica = Replica(stories=120, variant=variant)
    for prefix, language in (("", "az"), ("/ru", "ru"), ("/en", "en")):
        items = ET.fromstring(site.get(f"{prefix}/rss/").content).findall("channel/item")
        newest = [str(r["url"]) for r in replica.truth() if r["language"] == language][:30]
        assert [item.findtext("link") for item in items] == newest
        date = parsedate_to_datetime(items[0].findtext("pubDate") or "")
        assert date.utcoffset() is not None
        assert site.get(f"{prefix}/rss").status_code == 200


def test_the_sitemap_holds_two_days_in_all_languages(site: Visitor) -> None:
    site.app.replica = replica = Replica(stories=2_000)
    entries = ET.fromstring(site.get("/news-sitemap.xml").content).findall(f"{MAP}url")
    assert len(entries) == 1_000
    site.app.replica = replica = Replica(stories=300)
    entries = ET.fromstring(site.get("/news-sitemap.xml").content).findall(f"{MAP}url")
    found = {entry.findtext(f"{MAP}loc") for entry in entries}
    languages = {entry.findtext(f"{NEWS}news/{NEWS}publication/{NEWS}language") for entry in entries}
    assert languages == {"az", "ru", "en"}
    limit = replica.published(299) - 2 * 86_400
    recent = [n for n in range(300) if replica.published(n) >= limit]
    assert found == {
        HOST + replica.texts.path(n, lang) for n in recent for lang in languages if lang and replica.exists(n, lang)
    }


def test_charset_is_named_or_not(site: Visitor) -> None:
    named = {v: set[str]() for v in (0, 1)}
    for variant, types in named.items():
        site.app.replica = Replica(stories=60, variant=variant)
        types.update(site.get(str(r["url"])).headers["content-type"] for r in site.app.replica.truth())
    assert named == {0: {"text/html; charset=UTF-8", "text/html"}, 1: {"text/html"}}


def test_search_without_hits_is_a_404(site: Visitor) -> None:
    assert site.get("/search?query=bilet").status_code == 200
    assert site.get("/search?query=zzz").status_code == 404


def test_requests_are_kept(site: Visitor) -> None:
    site.get("/infinity/index?date=2026-01-01+00:00:00&oldest=1")
    site.get("/nothing")
    assert list(site.app.requests) == [
        ("GET", "/infinity/index?date=2026-01-01+00:00:00&oldest=1", 200),
        ("GET", "/nothing", 404),
    ]


def test_an_address_can_fail_for_a_while_or_for_good(site: Visitor) -> None:
    site.app.faults = {"/son-xeberler": Fault(503, times=2), "/infinity/index": Fault(429)}
    assert [site.get("/son-xeberler").status_code for _ in range(4)] == [503, 503, 200, 200]
    assert {site.get(f"/infinity/index?date=2026-01-0{n}+00:00:00").status_code for n in (1, 2)} == {429}
    assert ("GET", "/son-xeberler", 503) in site.app.requests
    site.app.faults = {}
    assert site.get("/infinity/index?date=2026-01-01+00:00:00").status_code == 200


def test_stories_can_fail_in_all_their_languages(site: Visitor) -> None:
    replica = site.app.replica
    numbers = [100, 101]
    site.app.faults |= on_stories(replica, numbers, times=1)
    paths = [replica.texts.path(n, lang) for n in numbers for lang in ("az", "ru", "en") if replica.exists(n, lang)]
    assert len(paths) > 2
    assert {site.get(path).status_code for path in paths} == {500}
    assert {site.get(path).status_code for path in paths} == {200}


def test_a_taken_port_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=rf"cannot listen on 127.0.0.1:{port}"), serving(make_app(Replica()), port):
            pass


def test_it_runs_in_a_process_of_its_own() -> None:
    replica = Replica(stories=1_000_000)
    with serving_process(replica) as origin:
        answer = httpx.get(origin + replica.texts.path(999_999, "az"))
        assert answer.status_code == 200
    with pytest.raises(httpx.ConnectError):
        httpx.get(origin)


def test_the_command_prints_the_truth() -> None:
    result = CliRunner().invoke(replica_command, ["--stories=20", "--truth"])
    assert result.exit_code == 0
    assert len(result.output.splitlines()) == len(list(Replica(stories=20).truth()))


def test_the_command_refuses_nonsense() -> None:
    assert CliRunner().invoke(replica_command, ["--stories=0"]).exit_code == 2
    assert CliRunner().invoke(replica_command, ["--newest=yesterday"]).exit_code == 2


def test_the_module_runs() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "newscrawl.replica", "--help"], capture_output=True, check=True, text=True
    )
    assert "--truth" in done.stdout
