from __future__ import annotations

import sqlite3
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from newscrawl.archive import Archive
from newscrawl.items import Alternate, Article, Image
from newscrawl.sites.report_az import REPORT
from newscrawl.text import word_count
from newscrawl.times import to_utc
from tests.archive.conftest import BODY, FIRST, LATER, dump, made, save, words

FULL = made(
    url="https://report.az/xarici-siyaset/lavrov",
    summary="A summary",
    section="Xarici siyasət",
    section_slug="xarici-siyaset",
    published_at="2025-11-12T00:30:00+04:00",
    published_text="12 noyabr, 2025 00:30",
    modified_at="2025-11-12T01:00:00+04:00",
    image_url="https://images.report.az/1.jpg",
    tags=("Putin", "ABŞ", "Putin"),
    authors=("Siyasət şöbəsi",),
    images=(Image(url="https://images.report.az/1.jpg"), Image(url="https://images.report.az/2.jpg", caption="Two")),
    alternates=(Alternate(language="ru", url="https://report.az/ru/a", headline="Лавров"),),
    short_url="https://report.az/2844552",
    site_article_id="2844552",
    aliases={"https://report.az/amp/a": "amp", "https://report.az/tmp": "redirect"},
    parser="newscrawl.sites.report_az.Page",
    sources={"headline": "css", "published_at": "json-ld"},
    flags=("one doubt", "another"),
)


def test_every_table_of_a_new_article(archive: Archive) -> None:
    archive.add_site(REPORT)
    run = archive.start_run("report", {}, {}, FIRST)
    saved = archive.save(FULL, seen_at=FIRST, run_id=run)
    assert attrs.astuple(saved) == (1, 1, "new")
    cursor = archive.conn.execute("SELECT * FROM articles")
    row = dict(zip([column[0] for column in cursor.description], cursor.fetchone(), strict=True))
    assert row == {
        "id": 1, "site": "report", "url": FULL.url, "site_article_id": "2844552", "language": "az",
        "section": "Xarici siyasət", "section_slug": "xarici-siyaset", "headline": "Headline",
        "published_at": "2025-11-11T20:30:00Z", "published_day": "2025-11-12",
        "published_text": "12 noyabr, 2025 00:30", "modified_at": "2025-11-11T21:00:00Z",
        "image_url": "https://images.report.az/1.jpg", "short_url": "https://report.az/2844552",
        "word_count": len(BODY.split()), "content_sha256": FULL.content_sha256, "story_id": 1, "duplicate_of": None,
        "flags": "one doubt; another", "parser": "newscrawl.sites.report_az.Page", "source_set_id": 1,
        "first_seen_at": FIRST, "last_seen_at": FIRST, "changed_at": None, "revision": 1, "summary": "A summary",
        "body": BODY, "gone_at": None,
    }  # fmt: skip
    rows = {
        "SELECT * FROM sites": [("report", "report.az", "Asia/Baku", None)],
        "SELECT * FROM stories": [(1,)],
        "SELECT * FROM revisions": [
            (
                1, 1, 1, FIRST, run, None, "Headline", "A summary", BODY, "Xarici siyasət", "2025-11-11T20:30:00Z",
                "2025-11-11T21:00:00Z", '["Putin","ABŞ"]', FULL.content_sha256, None,
            )
        ],
        "SELECT position, tag FROM article_tags JOIN tags ON tags.id = tag_id ORDER BY position": [
            (0, "Putin"), (1, "ABŞ"),
        ],
        "SELECT position, author FROM article_authors JOIN authors ON authors.id = author_id": [(0, "Siyasət şöbəsi")],
        "SELECT * FROM images": [
            (1, 0, "https://images.report.az/1.jpg", None), (1, 1, "https://images.report.az/2.jpg", "Two"),
        ],
        "SELECT * FROM alternates": [(1, 0, "ru", "https://report.az/ru/a", "Лавров", None)],
        "SELECT * FROM provenance": [(1, "headline", "css"), (1, "published_at", "json-ld")],
        "SELECT * FROM url_aliases ORDER BY url": [
            ("https://report.az/2844552", 1, "short link"), ("https://report.az/amp/a", 1, "amp"),
            ("https://report.az/tmp", 1, "redirect"),
        ],
        "SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'putin AND moscow AND headline'": [(1,)],
    }  # fmt: skip
    for sql, expected in rows.items():
        assert archive.conn.execute(sql).fetchall() == expected, sql


def test_a_second_save_changes_last_seen_at_and_nothing_else(archive: Archive) -> None:
    save(archive, FULL)
    before = dump(archive, but=("last_seen_at",))
    assert save(archive, FULL, LATER) == (1, 1, "unchanged")
    assert dump(archive, but=("last_seen_at",)) == before
    assert archive.conn.execute("SELECT last_seen_at FROM articles").fetchall() == [(LATER,)]
    save(archive, FULL, LATER)
    assert dump(archive, but=("last_seen_at",)) == before


def test_last_seen_at_never_goes_back(archive: Archive) -> None:
    save(archive, FULL, LATER)
    save(archive, FULL, FIRST)
    assert archive.conn.execute("SELECT first_seen_at, last_seen_at FROM articles").fetchall() == [(LATER, LATER)]


QUIET: list[tuple[dict[str, Any], str, list[tuple[object, ...]]]] = [
    ({"modified_at": "2025-11-12T02:00:00+04:00"}, "SELECT modified_at FROM articles", [("2025-11-11T22:00:00Z",)]),
    ({"image_url": None}, "SELECT image_url FROM articles", [(None,)]),
    ({"parser": "newer"}, "SELECT parser FROM articles", [("newer",)]),
    ({"flags": ()}, "SELECT flags FROM articles", [(None,)]),
    ({"sources": {"headline": "meta"}}, "SELECT field, source FROM provenance", [("headline", "meta")]),
    ({"authors": ()}, "SELECT count(*) FROM article_authors", [(0,)]),
    ({"images": (Image(url="x"),)}, "SELECT position, url FROM images", [(0, "x")]),
    ({"short_url": "https://report.az/7"}, "SELECT short_url FROM articles", [("https://report.az/7",)]),
    (
        {"short_url": "https://report.az/7"},
        "SELECT url FROM url_aliases WHERE why = 'short link' ORDER BY url",
        [("https://report.az/2844552",), ("https://report.az/7",)],
    ),
    (
        {"alternates": (Alternate(language="en", url="e"), Alternate(language="ru", url="r"))},
        "SELECT position, language, url, headline FROM alternates",
        [(0, "en", "e", None), (1, "ru", "r", None)],
    ),
]


@pytest.mark.parametrize(("change", "sql", "expected"), QUIET)
def test_what_is_no_part_of_the_text_is_updated_quietly(
    archive: Archive, change: dict[str, Any], sql: str, expected: list[tuple[object, ...]]
) -> None:
    save(archive, FULL)
    assert save(archive, attrs.evolve(FULL, **change), LATER) == (1, 1, "unchanged")
    assert archive.conn.execute(sql).fetchall() == expected
    assert archive.conn.execute("SELECT revision, changed_at FROM articles").fetchall() == [(1, None)]
    assert archive.conn.execute("SELECT count(*) FROM revisions").fetchone() == (1,)


def test_an_unknown_site_is_in_utc(archive: Archive) -> None:
    save(archive, made(site="example.org", published_at="2025-11-12T00:30:00+04:00"))
    assert archive.conn.execute("SELECT published_day FROM articles").fetchone() == ("2025-11-11",)
    assert archive.conn.execute("SELECT * FROM sites").fetchall() == [("example.org", "example.org", None, None)]


def test_a_site_is_stored_once(archive: Archive) -> None:
    archive.add_site(REPORT)
    before = dump(archive)
    archive.add_site(REPORT)
    assert dump(archive) == before


def test_no_time_is_no_day(archive: Archive) -> None:
    save(archive, made(published_at=None))
    assert archive.conn.execute("SELECT published_at, published_day FROM articles").fetchone() == (None, None)


def test_a_time_without_offset_stores_nothing(archive: Archive) -> None:
    before = dump(archive)
    with pytest.raises(ValueError, match="without a zone"):
        save(archive, made(site="new.example", tags=("new",), published_at="2025-11-11T17:50:00"))
    assert dump(archive) == before


BROKEN: Any = (Alternate(language=None, url="https://report.az/ru/b"),)  # type: ignore[arg-type]
"""Refused by the database after the row, its site and its tags were written."""


def test_a_save_that_fails_half_way_stores_nothing(archive: Archive) -> None:
    before = dump(archive)
    with pytest.raises(sqlite3.IntegrityError):
        save(archive, made(site="new.example", tags=("a",), sources={"a": "b"}, alternates=BROKEN))
    assert dump(archive) == before
    # The ids that were remembered of it would now be those of others, or of none
    save(archive, made(tags=("b",)))
    assert save(archive, made(url="u", site="new.example", tags=("a",), sources={"a": "b"})) == (2, 1, "new")
    check_whole(archive)


def test_a_failed_save_in_a_batch_leaves_the_others(archive: Archive) -> None:
    with archive.transaction():
        save(archive, made(tags=("a",)))
        with pytest.raises(sqlite3.IntegrityError):
            save(archive, made(url="https://report.az/b", tags=("b",), body=words(1), alternates=BROKEN))
        save(archive, made(url="https://report.az/c", tags=("b",), body=words(2)))
    tags = "SELECT url, tag FROM articles a JOIN article_tags ON article_id = a.id JOIN tags ON tags.id = tag_id"
    assert archive.conn.execute(tags).fetchall() == [("https://report.az/a", "a"), ("https://report.az/c", "b")]
    check_whole(archive)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
names = st.text("abcəıİ ёЁ\"'", min_size=1, max_size=6)
urls = st.sampled_from([f"https://report.az/{n}" for n in range(6)])
times = st.datetimes(timezones=st.timezones()).filter(lambda moment: 1990 <= moment.year <= 2100)
articles = st.builds(
    Article,
    url=urls,
    site=st.sampled_from(["report", "example.org"]),
    language=st.sampled_from(["az", "ru", "en"]),
    headline=texts,
    body=texts,
    summary=st.none() | texts,
    section=st.none() | texts,
    published_at=st.none() | times.map(lambda moment: moment.isoformat(timespec="seconds")),
    tags=st.lists(names, max_size=4).map(tuple),
    authors=st.lists(names, max_size=3).map(tuple),
    images=st.lists(st.builds(Image, url=urls, caption=st.none() | texts), max_size=3).map(tuple),
    alternates=st.lists(st.builds(Alternate, language=names, url=urls, headline=st.none() | texts), max_size=3).map(
        tuple
    ),
    short_url=st.none() | urls,
    site_article_id=st.none() | st.sampled_from(["1", "2"]),
    sources=st.dictionaries(names, names, max_size=3),
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(articles, min_size=1, max_size=6))
def test_what_was_saved_last_reads_back(batch: list[Article]) -> None:
    with Archive.open(":memory:") as archive:
        for article in batch:
            saved = archive.save(article, seen_at=FIRST, run_id=None)
            (read,) = archive.conn.execute(
                "SELECT language, headline, body, summary, section, published_at, content_sha256, word_count "
                "FROM articles WHERE id = ?",
                (saved.article_id,),
            )
            published = article.published_at and to_utc(article.published_at)
            assert read == (
                article.language, article.headline, article.body, article.summary, article.section, published,
                article.content_sha256, word_count(article.body),
            ) or saved.outcome == "unchanged"  # fmt: skip
        check_whole(archive)


def check_whole(archive: Archive) -> None:
    """What must hold in every archive, whatever was saved."""
    query = archive.conn.execute
    assert query("PRAGMA foreign_key_check").fetchall() == []
    assert query("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert query("SELECT id FROM stories EXCEPT SELECT story_id FROM articles").fetchall() == []
    assert query(
        "SELECT count(*) FROM articles a JOIN articles b ON a.duplicate_of = b.id WHERE b.duplicate_of"
    ).fetchall() == [(0,)]
    assert query(
        "SELECT count(*) FROM alternates l JOIN articles a ON a.id = l.article_id "
        "JOIN articles b ON b.id = l.alternate_id WHERE a.story_id <> b.story_id"
    ).fetchall() == [(0,)]
    assert query("SELECT count(*) FROM articles JOIN url_aliases USING (url)").fetchall() == [(0,)]
    chains = "SELECT article_id, max(revision) FROM revisions GROUP BY 1 HAVING count(*) = max(revision) ORDER BY 1"
    assert query("SELECT id, revision FROM articles").fetchall() == query(chains).fetchall()
