"""Searching with filters, page by page, on a small archive; and what is said where there is too much to rank."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from newscrawl.archive import Archive, hits
from newscrawl.archive.hits import Query
from newscrawl.archive.search import Found, find, wider
from newscrawl.items import Article
from newscrawl.sites.report_az import REPORT
from tests.archive.conftest import made, save, words

# `night` is of the day before in UTC
NEWS: dict[str, dict[str, Any]] = {
    "metro": {"headline": "Bakıda yeni metro", "language": "az", "published_at": "2025-11-11T10:00:00+04:00",
              "section": "İnfrastruktur", "section_slug": "infra", "tags": ("Bakı", "Metro")},
    "night": {"headline": "Gecə Bakıda yağış", "language": "az", "published_at": "2025-11-12T01:30:00+04:00",
              "section": "Hava", "section_slug": "hava", "tags": ("BAKI",)},
    "fire": {"headline": "Yanğın söndürülüb", "body": "Bakıda yanğın olub. " + words(3), "language": "az",
             "published_at": "2025-11-13T10:00:00+04:00", "section": "Hadisə", "section_slug": "hadise",
             "tags": ("Bakı Metrosu",)},
    "ru": {"headline": "В Баку открыто метро", "language": "ru", "published_at": "2025-11-11T11:00:00+04:00",
           "section": "Инфраструктура", "section_slug": "infra", "tags": ("Bakı",)},
    "undated": {"headline": "Bakı haqqında", "language": "az", "published_at": None, "tags": ()},
    "other": {"site": "oxu", "headline": "Bakı küləyi", "language": "az", "section_slug": "hava",
              "published_at": "2025-11-10T09:00:00+04:00"},
}  # fmt: skip


def article(name: str, number: int) -> Article:
    return made(**{"url": f"https://report.az/{name}", "body": words(number), **NEWS[name]})


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with Archive.open(Path(tmp_path_factory.mktemp("search"), "news.db")) as opened:
        opened.add_site(REPORT)
        for number, name in enumerate(NEWS):
            save(opened, article(name, number))
        yield opened


def names(found: Found) -> list[str]:
    return [match.url.rsplit("/", 1)[1] for match in found.matches]


def sought(archive: Archive, text: str, *, newest: bool = True, **filters: str) -> list[str]:
    return names(find(archive.conn, Query(text=text, **filters), newest=newest))


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["fire", "night", "ru", "metro", "other", "undated"]),
        ({"language": "az"}, ["fire", "night", "metro", "other", "undated"]),
        ({"language": "ru"}, ["ru"]),
        ({"language": "en"}, []),
        ({"site": "oxu"}, ["other"]),
        ({"section": "hava"}, ["night", "other"]),
        ({"section": "hava", "site": "report"}, ["night"]),
        ({"since": "2025-11-12"}, ["fire", "night"]),
        ({"until": "2025-11-11"}, ["ru", "metro", "other"]),
        ({"since": "2025-11-12", "until": "2025-11-12"}, ["night"]),
        ({"since": "2025-11-14"}, []),
        ({"since": "0001-01-01", "until": "9999-12-31"}, ["fire", "night", "ru", "metro", "other"]),
        ({"tag": "bakı"}, ["night", "ru", "metro"]),
        ({"tag": "METRO"}, ["metro"]),
        ({"tag": "Bakı Metrosu"}, ["fire"]),
        ({"tag": "metrosu"}, []),
        ({"tag": "!"}, []),
        ({"tag": ""}, []),
        ({"tag": "Baki", "language": "az", "section": "infra", "since": "2025-11-11"}, ["metro"]),
    ],
)
@pytest.mark.parametrize("most", [10_000, 2], ids=["few", "many"])
def test_filters(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, most: int, filters: dict[str, str], expected: list[str]
) -> None:
    """The same articles in the same order, whichever way they are looked for."""
    monkeypatch.setattr(hits, "MOST", most)
    found = find(archive.conn, Query(text="bakı", **filters), newest=True)
    assert names(found) == expected[:most]
    assert (found.total, found.are_more) == (min(len(expected), most), len(expected) > most)


def test_a_tag_is_found_that_is_no_word(archive: Archive) -> None:
    save(archive, made(url="https://report.az/smile", headline="Gülüş", body=words(50), tags=("🙂",)))
    assert sought(archive, "gülüş", tag="🙂") == ["smile"]
    assert sought(archive, "gülüş", tag="🙁") == []


def test_pages(archive: Archive) -> None:
    everything = find(archive.conn, Query(text="baki"), newest=True)
    parts = [find(archive.conn, Query(text="baki"), newest=True, offset=n, limit=2) for n in (0, 2, 4, 6, 100)]
    assert [name for part in parts for name in names(part)] == names(everything)
    assert [len(part.matches) for part in parts] == [2, 2, 2, 0, 0]
    assert {part.total for part in parts} == {6}


def test_the_best_come_first_and_of_equals_the_newest(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "news.db") as archive:
        # Saved from the newest to the oldest, as a back-fill does
        for day in range(20, 10, -1):
            headline = "Zəlzələ olub" if day % 2 else "Xəbər gəlib"
            # Of different lengths, so that they are nearly as good as each other
            body = words(day, 30 + day) if day % 2 else "zəlzələ " + words(day, 30 + day)
            save(archive, made(url=f"https://report.az/{day}", headline=headline, body=body,
                               published_at=f"2025-11-{day}T10:00:00+04:00"))  # fmt: skip
        best = ["19", "17", "15", "13", "11", "20", "18", "16", "14", "12"]
        assert sought(archive, "zelzele", newest=False) == best
        assert sought(archive, "zelzele") == [str(day) for day in range(20, 10, -1)]
        assert [hit.url[-2:] for hit in archive.search("zelzele", limit=3)] == best[:3]


def test_what_stands_in_very_many_articles_comes_newest_first_and_says_so(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert find(archive.conn, Query(text="baki")).are_ranked
    assert not find(archive.conn, Query(text="baki"), newest=True).are_ranked
    monkeypatch.setattr(hits, "MOST", 3)
    found = find(archive.conn, Query(text="baki"))
    assert (names(found), found.total, found.are_more, found.are_ranked) == (["fire", "night", "ru"], 3, True, False)
    assert find(archive.conn, Query(text="baki"), offset=3).matches == ()
    found = find(archive.conn, Query(text="baki", until="2025-11-11"))
    assert (names(found), found.are_more, found.are_ranked) == (["ru", "metro", "other"], False, False)


def test_the_newest_of_what_stands_everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In whichever order articles came into the archive."""
    monkeypatch.setattr(hits, "MOST", 3)
    days = [f"2025-{month:02}-{day:02}" for month in range(1, 5) for day in range(1, 21)]
    russian = {*days[:10], *days[45:50], days[70]}
    # The present first and then the past, as crawls with a back-fill go; the last one is of the present again
    with Archive.open(tmp_path / "news.db") as archive:
        for day in [*days[20:-1], *reversed(days[:20]), days[-1]]:
            values = {"published_at": f"{day}T10:00:00+04:00", "language": "ru" if day in russian else "az"}
            save(archive, made(url=f"https://report.az/{day}", headline="Bakı", body=day, **values))
        assert sought(archive, "baki") == days[:-4:-1]
        assert sought(archive, "baki", until="2025-02-11") == ["2025-02-11", "2025-02-10", "2025-02-09"]
        assert sought(archive, "baki", since="2025-01-02", until="2025-01-03") == ["2025-01-03", "2025-01-02"]
        # Of the last fifteen articles one is Russian, and among their ids are ten of the past
        assert sought(archive, "baki", language="ru") == [days[70], days[49], days[48]]


def test_short_words_find_only_themselves(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "news.db") as archive:
        for name, headline in (("ab", "AB-nin sammiti"), ("abad", "Abad şəhər"), ("on", "20 manat"), ("year", "2025")):
            save(archive, made(url=f"https://report.az/{name}", headline=headline, body=headline))
        assert sought(archive, "ab") == ["ab"]
        assert sought(archive, "aba") == ["abad"]
        assert sought(archive, "20") == ["on"]


def test_a_match_says_what_a_list_shows(archive: Archive) -> None:
    (match,) = find(archive.conn, Query(text="yanğın"), newest=True).matches
    assert (match.published_day, match.published_at, match.section) == ("2025-11-13", "2025-11-13T06:00:00Z", "Hadisə")
    assert match.headline_pieces == (("Yanğın", True), (" söndürülüb", False))
    assert match.snippet[:2] == (("Bakıda ", False), ("yanğın", True))
    assert match.tags == ()
    (match,) = find(archive.conn, Query(text="metrosu"), newest=True).matches
    assert match.tags == ("Bakı Metrosu",)


def test_which_filter_hides_articles(archive: Archive) -> None:
    def offered(**values: str) -> list[tuple[Query, int]]:
        return wider(archive.conn, Query(**values))

    fire, baki = Query(text="yanğın", tag="bakı metrosu"), Query(text="baki")
    assert offered(text="yanğın", language="ru", tag="bakı metrosu") == [(fire, 1)]
    assert offered(text="baki", language="en", section="hava") == [(Query(text="baki", section="hava"), 2)]
    assert offered(text="baki", language="ru", since="2025-11-14", section="hava") == [(baki, 6)], "no one alone does"
    assert offered(text="xyz", language="ru") == offered(text="xyz") == []


def test_no_word_no_article(archive: Archive) -> None:
    assert find(archive.conn, Query(text="?!", tag="bakı")).total == 0
