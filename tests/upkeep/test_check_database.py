"""A database that is damaged in every way: named, no harm to the rest, and the search index made anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from newscrawl.archive import Archive, fulltext
from newscrawl.errors import ArchiveError
from newscrawl.text import fold
from tests.upkeep.stored import URL, Stored, make


@pytest.fixture
def stored(tmp_path: Path) -> Stored:
    return make(tmp_path)


def examples(stored: Stored) -> dict[str, tuple[str, ...]]:
    return {each.kind.name: each.examples for each in stored.check().findings}


def search(stored: Stored, words: str) -> list[str]:
    with Archive.open(stored.db) as archive:
        return [hit.url for hit in archive.search(words)]


def hurt_index(stored: Stored, what: str) -> None:
    with Archive.open(stored.db) as archive:
        text = next(fulltext.texts(archive.conn, 3, 1))
        values = (text.id, text.headline, fold(text.body), text.tags)
        if what == "surplus":
            fulltext.insert(archive.conn, 99, "No such", "article", "")
            return
        fulltext.delete(archive.conn, *values)
        if what == "other words":
            fulltext.insert(archive.conn, text.id, "Something else", fold(text.body), text.tags)
        if what == "other places":
            fulltext.insert(archive.conn, text.id, text.headline, " ".join(reversed(text.body.split())), text.tags)
        if what == "other column":
            fulltext.insert(archive.conn, text.id, text.tags, fold(text.body), text.headline)


@pytest.mark.parametrize(
    ("what", "kind", "where"),
    [
        ("lost", "search-missing", URL.format(4)),
        ("other words", "search-wrong", URL.format(4)),
        ("other places", "search-wrong", URL.format(4)),
        ("other column", "search-wrong", URL.format(4)),
        ("surplus", "search-surplus", "row 99"),
    ],
)
def test_the_search_index_is_made_anew(stored: Stored, what: str, kind: str, where: str) -> None:
    hurt_index(stored, what)
    before = stored.kept()
    assert examples(stored) == {kind: (where,)}
    assert stored.check(repair=True).is_well
    assert stored.check().findings == ()
    assert search(stored, "word4x7") == [URL.format(4)]
    assert search(stored, "something") == search(stored, "no such") == []
    assert search(stored, "once more baki") == [URL.format(1)]
    assert stored.kept() == before


def test_words_that_a_wrong_deletion_left_behind(stored: Stored) -> None:
    """FTS5 believes what it is told to take out: other words than went in stay, and are found for ever."""
    with Archive.open(stored.db) as archive:
        fulltext.delete(archive.conn, 4, "Headline 4", "other words", "")
        fulltext.insert(archive.conn, 4, "Headline 4", "", "")
    assert examples(stored) == {"search-wrong": (URL.format(4),)}
    assert stored.found(repair=True) == {}
    assert stored.found() == {}


def test_a_search_index_that_cannot_be_read(stored: Stored) -> None:
    stored.rows("UPDATE articles_fts_data SET block = x'0102' WHERE id > 10")
    assert "search-damaged" in stored.found()
    assert stored.found(repair=True) == {}
    assert stored.found() == {}
    assert search(stored, "word4x7") == [URL.format(4)]


def test_every_article_is_compared(tmp_path: Path) -> None:
    """Also those of a second batch."""
    with Archive.open(tmp_path / "news.db") as archive, archive.transaction():
        archive.conn.execute("INSERT INTO sites (name, domain) VALUES ('report', 'report.az')")
        archive.conn.execute("INSERT INTO stories VALUES (1)")
        for n in range(1, 1202):
            archive.conn.execute(
                "INSERT INTO articles (id, site, url, language, headline, word_count, content_sha256, story_id, parser,"
                " first_seen_at, last_seen_at, revision, body)"
                " VALUES (?, 'report', ?, 'en', ?, 1, '', 1, '', '', '', 1, '')",
                (n, f"https://report.az/{n}", f"headline {n}"),
            )
            fulltext.insert(archive.conn, n, f"headline {n % 1100}", "", "")
    stored = Stored(tmp_path / "news.db", tmp_path / "warc", "")
    (wrong,) = [each for each in stored.check().findings if each.kind.name.startswith("search")]
    assert (wrong.kind.name, wrong.count) == ("search-wrong", 102)
    assert wrong.examples[:2] == ("https://report.az/1100", "https://report.az/1101")
    stored.check(repair=True)
    assert not [each for each in stored.check().findings if each.kind.name.startswith("search")]


@pytest.mark.parametrize(
    ("change", "kinds", "words"),
    [
        ("DELETE FROM revision_rows WHERE article_id = 1 AND revision = 1", "revision-gap",
         "1 revision 2 stands where 1 should"),
        ("DELETE FROM revision_rows WHERE article_id = 1 AND revision = 2", "revision-gap",
         "1 ends with revision 1 of 2"),
        ("DELETE FROM revision_rows WHERE article_id = 5", "revision-gap", "5 has no revision"),
        ("UPDATE revision_rows SET body = body || '.' WHERE article_id = 1 AND revision = 1", "revision-hash",
         "1 the text of revision 1 is not the one that its hash names"),
        ("UPDATE revision_rows SET tags = '[]' WHERE article_id = 1 AND revision = 1", "revision-hash",
         "1 the text of revision 1 is not the one that its hash names"),
        ("UPDATE revision_rows SET tags = '[' WHERE article_id = 1 AND revision = 1", "revision-hash",
         "1 the text of revision 1 is not the one that its hash names"),
        ("UPDATE articles SET section = 'Energy' WHERE id = 6", "revision-hash",
         "6 the text of revision 1 is not the one that its hash names"),
        ("UPDATE articles SET content_sha256 = 'x' WHERE id = 6", "revision-hash",
         "6 the text of revision 1 is not the one that its hash names"),
        ("UPDATE articles SET published_at = 'never' WHERE id = 6", "revision-hash",
         "6 the text of revision 1 is not the one that its hash names"),
        ("UPDATE revision_rows SET seen_at = '2025-11-11T13:49:59Z' WHERE article_id = 1 AND revision = 2",
         "revision-order", "1 revision 2 was seen before the one before it"),
        ("UPDATE revision_rows SET body = NULL WHERE article_id = 1 AND revision = 1", "revision-text",
         "1 the former revision 1 has no text of its own"),
        ("UPDATE revision_rows SET body = 'x' WHERE article_id = 1 AND revision = 2", "revision-text",
         "1 the current revision 2 has a text beside the article's"),
        ("UPDATE articles SET duplicate_of = id WHERE id = 5", "pointer",
         f"5 is flagged as a copy of an article that is itself flagged as one: {URL.format(5)}"),
        (f"UPDATE alternate_rows SET alternate_id = NULL, url = '{URL.format(3)}' WHERE article_id = 4", "pointer",
         f"4 awaits a version that is in the archive: {URL.format(3)}"),
        ("UPDATE alternate_rows SET alternate_id = NULL, url = NULL WHERE article_id = 4", "pointer",
         "4 is linked to a version of which no address is known: az"),
        ("INSERT INTO image_rows (article_id, position) VALUES (4, 0)", "pointer",
         "4 has an image of which no address is known: 0"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named_and_left_as_it_is(stored: Stored, change: str, kinds: str, words: str) -> None:
    stored.rows(change)
    before = stored.kept()
    found = examples(stored)
    assert found == {kinds: (f"{URL.format('')}{words}",)}
    assert stored.found(repair=True) == {kinds: 1}
    assert stored.kept() == before


def test_an_article_in_another_story_than_its_versions(stored: Stored) -> None:
    stored.rows("INSERT INTO stories VALUES (500)")
    stored.rows("UPDATE articles SET story_id = 500 WHERE id = 4")
    assert examples(stored) == {
        "pointer": (f"{URL.format(4)} is linked to a version that stands in another story: {URL.format(3)}",)
    }


def test_rows_that_point_to_nothing(stored: Stored) -> None:
    stored.rows("UPDATE revision_rows SET run_id = 77 WHERE article_id = 5")
    stored.rows("INSERT INTO article_tags (article_id, tag_id, position) VALUES (500, 1, 0)")
    found = examples(stored)
    assert found.keys() == {"reference"}
    tags, revisions = sorted(found["reference"])
    assert tags == "article_tags -> articles"
    assert revisions.startswith("revision_rows row ")
    assert revisions.endswith(" -> runs")


def test_a_byte_that_is_no_letter_ends_nothing(stored: Stored) -> None:
    stored.rows("UPDATE articles SET headline = CAST(x'48ff48' AS TEXT) WHERE id = 7")
    assert examples(stored).keys() == {"revision-hash", "search-wrong"}


def whole_file(stored: Stored) -> bytes:
    """All of the database in its one file."""
    with Archive.open(stored.db) as archive:
        archive.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return stored.db.read_bytes()


@pytest.mark.parametrize("repair", [False, True])
@pytest.mark.parametrize("share", [0.0, 0.01, 0.1, 0.5, 0.9])
def test_a_truncated_database(stored: Stored, share: float, repair: bool) -> None:
    """It is named, and the WARC files, from which it can be made again, are looked at all the same."""
    data = whole_file(stored)
    stored.db.write_bytes(data[: int(len(data) * share)])
    stored.file.write_bytes(stored.file.read_bytes()[:-3])
    report = stored.check(repair=repair)
    named = [each for each in report.findings if each.kind.name in ("database", "database-unopened")]
    assert str(stored.db) in named[0].examples[0]
    assert named[0].is_open
    assert report.records == 21
    assert "warc-torn" in {each.kind.name for each in report.findings}
    now = stored.db.read_bytes()
    assert now[100:] == data[100 : len(now)], "nothing is written into what is damaged"


def test_a_damaged_page_of_the_database(stored: Stored) -> None:
    data = bytearray(whole_file(stored))
    ((root,),) = stored.rows("SELECT rootpage FROM sqlite_master WHERE name = 'articles'")
    data[2048 * (root - 1) : 2048 * root] = os.urandom(2048)
    stored.db.write_bytes(data)
    report = stored.check()
    assert "database" in {each.kind.name for each in report.findings}
    assert report.records == 22, "the WARC files are whole"
    assert not stored.check(repair=True).is_well
    assert stored.db.read_bytes()[2048:] == bytes(data)[2048:]


def test_a_database_of_a_newer_version(stored: Stored) -> None:
    sql = "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('newscrawl', 'm999_future', '')"
    stored.rows(sql)
    stored.file.write_bytes(stored.file.read_bytes()[:-3])
    torn = stored.file.read_bytes()
    for repair in (False, True):
        report = stored.check(repair=repair)
        found = {each.kind.name: each.examples for each in report.findings}
        assert found.keys() == {"database-unopened", "warc-torn"}
        assert "newer newscrawl (m999_future): upgrade newscrawl" in found["database-unopened"][0]
        assert not report.is_well
    assert stored.file.read_bytes() == torn, "what a newer one may be about is left alone"


def test_no_archive_is_a_mistake_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="there is no archive at"):
        Stored(tmp_path / "none.db", tmp_path, "").check()


def test_a_check_changes_nothing(stored: Stored) -> None:
    hurt_index(stored, "lost")
    before = whole_file(stored)
    stored.check()
    assert stored.db.read_bytes() == before
