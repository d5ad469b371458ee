"""The newest articles by site, language, section and day: the same as a plain look through all of them gives."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest

from newscrawl.archive import Archive
from newscrawl.archive.newest import Extent, Narrowed, extent, languages, newest, sections
from newscrawl.site import Site
from newscrawl.sites.report_az import REPORT
from tests.archive.conftest import made, words

TOKYO = "tokyo"
SECTIONS = {"az": ("İKT", "ikt"), "ru": ("ИКТ", "ikt"), "en": ("ICT", "ict")}


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Sixty articles of two sites far apart, in three languages, some of one second; one without a time."""
    other: Site = attrs.evolve(REPORT, name=TOKYO, domain="tokyo.example", zone="Asia/Tokyo")
    with Archive.open(tmp_path_factory.mktemp("newest") / "news.db") as archive:
        archive.add_site(REPORT)
        archive.add_site(other)
        for n, (site, language) in enumerate(itertools.product((REPORT, other), ("az", "ru", "en"))):
            name, slug = SECTIONS[language]
            for k in range(10):
                archive.save(
                    made(
                        url=f"{site.origin}/{language}-{k}", site=site.name, language=language, body=words(n * 10 + k),
                        section=name if k % 2 else "Other", section_slug=slug if k % 2 else "other",
                        published_at=f"2026-03-{15 + k % 3}T{17 + k // 4}:30:00Z",
                    ),
                    seen_at="2026-03-18T00:00:00Z", run_id=None,
                )  # fmt: skip
        archive.save(made(url=REPORT.url("/x"), published_at=None), seen_at="2026-03-18T00:00:00Z", run_id=None)
        yield archive


def plainly(held: Archive, asked: Narrowed) -> list[int]:
    sql = """
        SELECT id, site, language, section_slug, published_day, published_at FROM articles
        WHERE published_at IS NOT NULL ORDER BY published_at DESC, id DESC
    """
    return [
        article_id
        for article_id, site, language, section, day, _ in held.conn.execute(sql)
        if asked.site in (None, site) and asked.language in (None, language) and asked.section in (None, section)
        and (asked.until is None or day <= asked.until)
    ]  # fmt: skip


@pytest.mark.parametrize("site", [None, "report", TOKYO, "nowhere"])
@pytest.mark.parametrize("language", [None, "ru", "ka"])
@pytest.mark.parametrize("section", [None, "ikt", "other", "chess"])
def test_each_choice_and_each_page(held: Archive, site: str | None, language: str | None, section: str | None) -> None:
    for until in (None, "2026-03-14", "2026-03-16", "2026-03-20"):
        asked = Narrowed(site=site, language=language, section=section, until=until)
        expected = plainly(held, asked)
        found = newest(held.conn, asked, limit=7)
        forth = [found]
        while found:
            found = newest(held.conn, asked, before=(found[-1].published_at, found[-1].id), limit=7)
            forth.append(found)
        assert [each.id for page in forth for each in page] == expected
        if len(forth) > 2:
            first = forth[1][0]
            back = newest(held.conn, asked, after=(first.published_at, first.id), limit=7)
            assert back == forth[0]


def test_sections_are_listed_once_a_language_by_the_name_that_is_printed(held: Archive) -> None:
    found = {(each.language, each.slug, each.name) for each in sections(held.conn)}
    named = {(language, slug, name) for language, (name, slug) in SECTIONS.items()}
    assert found == named | {(language, "other", "Other") for language in SECTIONS}


def test_languages_are_those_of_each_site(held: Archive) -> None:
    assert sorted(languages(held.conn)) == [
        (site, language) for site in ("report", TOKYO) for language in ("az", "en", "ru")
    ]


def test_the_extent_counts_those_without_a_time_too(held: Archive) -> None:
    # Half past six in the evening of the 17th (UTC) is the 18th in Tokyo
    assert extent(held.conn) == Extent(61, "2026-03-15", "2026-03-18")


def test_nothing_of_an_empty_archive(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "news.db") as archive:
        assert newest(archive.conn, Narrowed(until="2026-01-01"), limit=5) == []
        assert newest(archive.conn, Narrowed(site="report"), limit=5) == []
        assert sections(archive.conn) == []
        assert extent(archive.conn) == Extent(0, None, None)
