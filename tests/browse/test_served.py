"""How archives are served: several, one that comes late, one that not everybody may see; rubbish in addresses."""

from __future__ import annotations

import re
import shutil
import sqlite3
import time
from pathlib import Path

import pytest

from newscrawl.archive import Archive
from tests.browse.conftest import Reading, fill, words


def test_several_archives_have_a_page_that_leads_to_each(filled: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    shutil.copy(filled, other)
    reading = Reading(filled, other)
    home = reading.page("/")
    for name in ("news", "other"):
        assert f'<a href="/{name}/-/news">News archive: {name}</a>' in home
        html = reading.page(f"/{name}/-/news")
        assert f'<a class="name" href="/{name}/-/news">News archive: {name}</a>' in html
        assert '<a href="/">All archives</a>' in html
    assert "6 articles, 15 March 2026 to 17 March 2026" in words(home)


def test_one_archive_has_no_way_to_others(reading: Reading) -> None:
    assert "All archives" not in reading.page("/news/-/news")


def test_an_archive_that_is_made_while_it_is_served_is_recognised(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    path.touch()
    reading = Reading(path)
    assert reading.get("/news/-/news").status_code == 404
    with Archive.open(path) as archive:
        fill(archive)
    time.sleep(1.1)
    assert "Metro opens in Baku" in reading.page("/news/-/news")


def test_so_is_one_that_was_locked_at_first(filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    shutil.copy(filled, path)
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("PRAGMA locking_mode = exclusive")
    conn.execute("BEGIN EXCLUSIVE")
    reading = Reading(path)
    assert reading.get("/news/-/news").status_code == 404
    conn.execute("ROLLBACK")
    conn.close()
    time.sleep(1.1)
    assert reading.get("/news/-/news").status_code == 200


@pytest.mark.parametrize(
    "path", ["/-/news", "/-/search?q=metro", "/articles/1", "/-/diff/4", "/-/cite/1.json", "/-/charts/articles.json"]
)
def test_a_table_that_is_closed_is_closed_on_our_pages_too(filled: Path, path: str) -> None:
    closed = {"databases": {"news": {"tables": {"articles": {"allow": False}}}}}
    response = Reading(filled, metadata=closed).get(f"/news{path}")
    assert response.status_code == 403
    assert "Metro" not in response.text


def test_stored_pages_are_closed_with_their_table(filled: Path) -> None:
    closed = {"databases": {"news": {"tables": {"snapshots": {"allow": False}}}}}
    assert Reading(filled, metadata=closed).get("/news/-/pages/1").status_code == 403


def test_who_may_not_see_an_archive_does_not_learn_its_name(filled: Path) -> None:
    reading = Reading(filled, metadata={"databases": {"news": {"allow": False, "title": "Secret title"}}})
    for path in ("/news", "/news/-/news", "/news/-/charts"):
        response = reading.get(path)
        assert response.status_code == 403
        assert "Secret title" not in response.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/news/-/nothing", 404),
        ("/news/articles?_sort=abc", 400),
        ("/news/articles?id__gt=99999999999999999999999", 400),
        ("/news/articles?_where=1;drop", 400),
        ("/news/-/article/99999999999999/https://report.az/en/infrastructure/metro", 404),
    ],
)
def test_rubbish_in_an_address_is_the_visitors_mistake(reading: Reading, path: str, status: int) -> None:
    response = reading.get(path)
    assert response.status_code == status
    assert all("nonce=" in each for each in re.findall(r"<script[^>]*>", response.text))


def test_an_odd_time_for_memento_asks_for_now(reading: Reading) -> None:
    headers = {"Accept-Datetime": "Fri, 31 Dec 9999 23:59:59 -1400"}
    response = reading.get("/news/-/article/https://report.az/en/infrastructure/metro", headers=headers)
    assert response.status_code == 302


def test_whose_archive_it_is_stands_below_every_page(filled: Path) -> None:
    told = {
        "source": "report.az",
        "source_url": "https://report.az/",
        "about": "Ask us",
        "about_url": "javascript:alert(1)",
    }
    html = Reading(filled, metadata=told).page("/news/-/news")
    assert '<a href="https://report.az/" rel="noopener noreferrer">report.az</a>' in html
    assert "About: Ask us." in words(html)
    assert "javascript" not in html
