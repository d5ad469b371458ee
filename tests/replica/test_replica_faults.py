"""The stand-in in trouble: what a client meets that asks a site which misbehaves."""

from __future__ import annotations

import gzip
import socket
import zlib
from urllib.parse import urlsplit

import attrs
import httpx
import pytest

from newscrawl.replica.faults import EVERYWHERE, Fault, leads_to, redirect_loop
from newscrawl.replica.site import Replica
from tests.replica.conftest import HOST, Visitor
from tests.replica.reading import cards_of, words_of_page

SCROLL = "/infinity/index?oldest=1&date="


def test_a_fault_can_carry_headers(site: Visitor) -> None:
    site.app.faults["/en/"] = Fault(429, headers={"Retry-After": "120"})
    answer = site.get("/en/")
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "120")


def test_a_fault_can_strike_everywhere(site: Visitor) -> None:
    site.app.faults = {EVERYWHERE: Fault(403), "/en/": Fault(410)}
    assert [site.get(path).status_code for path in ("/robots.txt", "/ru/", "/nothing", "/en/")] == [403, 403, 403, 410]


def test_a_burst_strikes_whatever_is_asked(site: Visitor) -> None:
    site.app.faults[EVERYWHERE] = Fault(503, after=1, times=3)
    paths = ("/en/", "/ru/", "/robots.txt", "/son-xeberler", "/ru/")
    assert [site.get(path).status_code for path in paths] == [200, 503, 503, 503, 200]


def test_an_address_leads_wherever_it_is_told(site: Visitor) -> None:
    site.app.faults = {"/en/x": leads_to("http://10.0.0.1/x")} | redirect_loop("/a/b", "/a/c")
    assert site.get("/en/x").headers["location"] == "http://10.0.0.1/x"
    with pytest.raises(httpx.TooManyRedirects):
        site.client.get("/a/b", follow_redirects=True)


def test_a_connection_is_reset(site: Visitor) -> None:
    site.app.faults["/en/"] = Fault(kind="reset", times=1)
    port = urlsplit(str(site.client.base_url)).port
    with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
        connection.sendall(b"GET /en/ HTTP/1.1\r\nHost: report.az\r\n\r\n")
        with pytest.raises(ConnectionResetError):
            connection.recv(1)
    assert list(site.app.requests) == [("GET", "/en/", None)]
    assert site.get("/en/").status_code == 200


def test_a_page_stalls_after_its_first_part(site: Visitor) -> None:
    site.app.faults["/en/"] = Fault(kind="stall", times=1)
    with site.client.stream("GET", "/en/", timeout=0.3) as answer:
        parts = answer.iter_raw()
        first = next(parts)
        with pytest.raises(httpx.ReadTimeout):
            list(parts)
    assert answer.status_code == 200
    assert 0 < len(first) < int(answer.headers["content-length"])
    assert site.get("/en/").status_code == 200


def test_a_compressed_page_is_cut_though_its_length_says_it_is_whole(site: Visitor) -> None:
    site.app.faults["/en/"] = Fault(kind="cut")
    with site.client.stream("GET", "/en/", headers={"Accept-Encoding": "gzip"}) as answer:
        packed = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) == len(packed)
    with pytest.raises(EOFError):
        gzip.decompress(packed)
    assert b"<!DOCTYPE html>" in zlib.decompressobj(31).decompress(packed)


def test_a_server_that_says_unchanged_of_whatever_changed(site: Visitor) -> None:
    path = site.app.replica.texts.path(100, "az")
    tag = site.get(path).headers["etag"]
    site.app.replica = attrs.evolve(site.app.replica, edits={100: "body"})
    assert site.get(path, If_None_Match=tag).status_code == 200
    site.app.faults[path] = Fault(kind="stale")
    assert site.get(path, If_None_Match=tag).status_code == 304
    assert site.get(path).status_code == 200


def test_an_unknown_trouble_is_refused() -> None:
    with pytest.raises(ValueError, match="kind"):
        Fault(kind="plague")
    with pytest.raises(ValueError, match="scroll"):
        Replica(scroll="sideways")


def scrolled(site: Visitor, date: str) -> list[tuple[str, str | None]]:
    return cards_of(site.get(SCROLL + date.replace(" ", "+")).text)[0]


def walk(site: Visitor, rounds: int) -> list[list[tuple[str, str | None]]]:
    batches = [cards_of(site.get("/son-xeberler").text)[0]]
    for _ in range(rounds):
        batches.append(scrolled(site, [stamp for stamp, href in batches[-1] if href and href[0] == "/"][-1]))
    return batches


def test_a_cursor_that_does_not_move(site: Visitor) -> None:
    site.app.replica = attrs.evolve(site.app.replica, scroll="stuck")
    batches = [scrolled(site, date) for date in ("2026-03-17 15:50:00", "2026-03-16 12:00:00", "2024-01-01 00:00:00")]
    assert batches[0] == batches[1] == batches[2]
    assert len(batches[0]) >= 16


def test_a_listing_goes_round(site: Visitor) -> None:
    site.app.replica = attrs.evolve(site.app.replica, scroll="circling")
    newest = site.app.replica.texts.clock.stamp(119)
    batches = walk(site, 30)
    assert all(len(batch) >= 16 for batch in batches), "it never ends"
    assert sum(newest in {stamp for stamp, _ in batch} for batch in batches) > 3, "it begins anew"


def test_a_listing_repeats_itself_with_ever_older_dates(site: Visitor) -> None:
    site.app.replica = attrs.evolve(site.app.replica, scroll="repeating")
    first = scrolled(site, "2026-03-10 12:00:00")
    later = scrolled(site, min(stamp for stamp, _ in first))
    assert [href for _, href in later] == [href for _, href in first]
    assert max(stamp for stamp, _ in first) < "2026-03-10 12:00:00"
    assert max(stamp for stamp, _ in later) < min(stamp for stamp, _ in first)


def test_a_crowd_shares_a_second(site: Visitor) -> None:
    site.app.replica = replica = Replica(stories=120, crowd=50)
    times = [replica.published(number) for number in range(replica.total)]
    assert times == sorted(times)
    assert times.count(times[40]) >= 50
    stamp = replica.texts.clock.stamp(40)
    whole = [card for card in scrolled(site, replica.texts.clock.stamp(91)) if card[0] == stamp]
    assert len(whole) >= 50, "a batch does not split a second in this variant"


def test_article_pages_take_a_layout_that_nobody_knows(site: Visitor) -> None:
    fresh = site.app.replica
    site.app.replica = attrs.evolve(fresh, redesigned=True)
    for number in (60, 100):
        path = fresh.texts.path(number, "az")
        page = site.get(path)
        assert page.status_code == 200
        assert "news-detail" not in page.text
        assert "ld+json" not in page.text
        assert fresh.truth_of(number, "az")["headline"] not in words_of_page(page.text[page.text.index("<body") :])
        assert path in {href for _, href in scrolled(site, fresh.texts.clock.stamp(number + 1))}


def test_a_crowd_and_a_pace_are_those_asked_for() -> None:
    replica = Replica(stories=1_000, per_day=400)
    newest = replica.published(999)
    assert 380 <= 1_000 - replica.until(newest - 86_400) <= 420
    assert {str(record["url"])[: len(HOST)] for record in Replica(stories=20, per_day=400).truth()} == {HOST}
