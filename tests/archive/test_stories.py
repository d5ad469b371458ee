from __future__ import annotations

from itertools import permutations

import attrs
import pytest

from newscrawl.archive import Archive
from newscrawl.items import Alternate, Article
from tests.archive.conftest import LATER, made, save

URL = {"az": "https://report.az/a", "ru": "https://report.az/ru/a", "en": "https://report.az/en/a"}


def version(language: str, *links: str) -> Article:
    alternates = tuple(Alternate(language=other, url=URL[other]) for other in links)
    return made(url=URL[language], language=language, alternates=alternates, headline=language)


# Who links to whom: all to all, a chain, towards one, from one
SHAPES = [
    {"az": ("ru", "en"), "ru": ("az", "en"), "en": ("az", "ru")},
    {"az": ("ru",), "ru": ("en",), "en": ()},
    {"az": ("en",), "ru": ("en",), "en": ()},
    {"az": (), "ru": (), "en": ("az", "ru")},
]


@pytest.mark.parametrize("links", SHAPES)
@pytest.mark.parametrize("order", list(permutations(URL)))
def test_versions_share_a_story_in_any_order(
    archive: Archive, links: dict[str, tuple[str, ...]], order: tuple[str, ...]
) -> None:
    save(archive, made(url="https://report.az/other", headline="Another"))
    for language in order:
        assert save(archive, version(language, *links[language]))[2] == "new"
    ids = dict(archive.conn.execute("SELECT url, id FROM articles"))
    stories = archive.conn.execute("SELECT DISTINCT story_id FROM articles WHERE headline <> 'Another'").fetchall()
    assert stories == [(2,)]
    assert archive.conn.execute("SELECT id FROM stories ORDER BY id").fetchall() == [(1,), (2,)]
    assert all(found == ids[url] for url, found in archive.conn.execute("SELECT url, alternate_id FROM alternates"))
    assert [row.language for row in archive.story(2)] == ["az", "en", "ru"]


def test_the_smallest_story_wins(archive: Archive) -> None:
    for language in ("az", "ru", "en"):
        save(archive, version(language))
    assert archive.conn.execute("SELECT story_id FROM articles").fetchall() == [(1,), (2,), (3,)]
    assert save(archive, version("en", "ru"), LATER)[2] == "unchanged"
    assert archive.conn.execute("SELECT story_id FROM articles").fetchall() == [(1,), (2,), (2,)]
    save(archive, version("en", "ru", "az"), LATER)
    assert archive.conn.execute("SELECT story_id FROM articles").fetchall() == [(1,), (1,), (1,)]
    assert archive.conn.execute("SELECT id FROM stories").fetchall() == [(1,)]


def test_a_link_to_another_address_of_an_article(archive: Archive) -> None:
    short = "https://report.az/1"
    link = made(url=URL["ru"], language="ru", alternates=(Alternate(language="az", url=short),))
    save(archive, link)
    save(archive, version("az"))
    assert archive.conn.execute("SELECT alternate_id FROM alternates").fetchall() == [(None,)]
    save(archive, attrs.evolve(version("az"), short_url=short))
    assert archive.conn.execute("SELECT alternate_id FROM alternates").fetchall() == [(2,)]
    assert archive.conn.execute("SELECT story_id FROM articles").fetchall() == [(1,), (1,)]


def test_a_link_to_an_address_that_is_known_already(archive: Archive) -> None:
    save(archive, attrs.evolve(version("az"), short_url="https://report.az/1"))
    save(archive, made(url=URL["ru"], language="ru", alternates=(Alternate(language="az", url="https://report.az/1"),)))
    assert archive.conn.execute("SELECT alternate_id FROM alternates").fetchall() == [(1,)]
    assert archive.conn.execute("SELECT story_id FROM articles").fetchall() == [(1,), (1,)]


def test_a_link_that_goes_away_does_not_split_a_story(archive: Archive) -> None:
    save(archive, version("az", "ru"))
    save(archive, version("ru"))
    save(archive, version("az"), LATER)
    assert archive.conn.execute("SELECT story_id FROM articles").fetchall() == [(1,), (1,)]


def test_another_language_is_no_duplicate(archive: Archive) -> None:
    for language in ("az", "ru", "en"):
        save(archive, version(language, "az"))
    assert archive.conn.execute("SELECT id FROM articles WHERE duplicate_of IS NOT NULL").fetchall() == []


def test_a_story_that_is_not_there(archive: Archive) -> None:
    assert archive.story(1) == []
