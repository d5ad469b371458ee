from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from newscrawl.archive import Archive, opening, schema
from newscrawl.errors import ArchiveError, NewerArchive, NotAnArchive, ReadOnlyArchive
from tests.archive.conftest import made, save


def test_a_new_archive_is_made_with_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "n?e#w%s.db"
    with Archive.open(path) as archive:
        pragmas = ("application_id", "journal_mode", "synchronous", "foreign_keys", "busy_timeout", "page_size")
        assert [archive.conn.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas] == [
            schema.APPLICATION_ID, "wal", 1, 1, 30_000, schema.PAGE_SIZE,
        ]  # fmt: skip
    assert path.is_file()


def test_the_names_that_others_query(archive: Archive) -> None:
    names = {name for (name,) in archive.conn.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    assert names >= {
        "sites", "articles", "revisions", "tags", "article_tags", "authors", "article_authors", "images", "alternates",
        "stories", "urls", "url_aliases", "snapshots", "failures", "runs", "provenance", "articles_fts",
    }  # fmt: skip


def test_opening_again_changes_nothing(path: Path) -> None:
    Archive.open(path).close()
    before = path.read_bytes()
    Archive.open(path).close()
    assert path.read_bytes() == before


def test_a_missing_file(path: Path) -> None:
    for mode in ({"create": False}, {"read_only": True}):
        with pytest.raises(ArchiveError, match=r"there is no archive at .*news\.db: crawl first"):
            Archive.open(path, **mode)
    assert not path.exists()


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"<html>" * 100, "not an SQLite database"), (b"short", "not an SQLite database")],
)
def test_a_file_that_is_no_database(path: Path, content: bytes, message: str) -> None:
    path.write_bytes(content)
    with pytest.raises(NotAnArchive, match=message):
        Archive.open(path)
    assert path.read_bytes() == content


def test_a_truncated_archive(path: Path) -> None:
    with Archive.open(path) as archive:
        save(archive, made())
    path.write_bytes(path.read_bytes()[:6000])
    with pytest.raises(NotAnArchive, match=r"damaged .*: restore a backup"):
        Archive.open(path)


def test_the_database_of_another_program_is_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as conn:
        conn.execute("CREATE TABLE bookmarks (url)")
    conn.close()
    before = path.read_bytes()
    with pytest.raises(NotAnArchive, match="another program"):
        Archive.open(path)
    assert path.read_bytes() == before


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(NotAnArchive, match="is a folder"):
        Archive.open(tmp_path)


def test_an_empty_file_becomes_an_archive_only_if_one_may_be_made(path: Path) -> None:
    path.touch()
    with pytest.raises(NotAnArchive, match="is empty"):
        Archive.open(path, create=False)
    with Archive.open(path) as archive:
        assert save(archive, made()) == (1, 1, "new")


def test_a_newer_archive(path: Path) -> None:
    with Archive.open(path) as archive:
        archive.conn.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('newscrawl', 'm999', '')"
        )
    with pytest.raises(NewerArchive, match=r"newer newscrawl \(m999\): upgrade"):
        Archive.open(path)


def test_read_only(path: Path) -> None:
    with Archive.open(path) as archive:
        save(archive, made())
    with Archive.open(path, read_only=True) as reader:
        assert [row.headline for row in reader.latest(5)] == ["Headline"]
        with pytest.raises(ReadOnlyArchive, match="cannot be written"):
            save(reader, made())


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ReadOnlyArchive, match="cannot be made"):
        Archive.open(tmp_path / "file" / "news.db")


def test_a_file_that_cannot_be_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Archive.open(path).close()
    # As root every file can be written, whatever its permissions say
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(ReadOnlyArchive, match=r"news\.db cannot be written: run as its owner"):
        Archive.open(path)


def two_versions() -> tuple[Migrations, Migrations]:
    """The schema of today, and one a step further whose last step fails until its table is gone."""
    further = Migrations("newscrawl")
    for migration in schema.migrations._migrations:
        further(name=migration.name)(migration.fn)

    @further()
    def m998_mark_articles(db: Database) -> None:
        db.execute("ALTER TABLE articles ADD COLUMN mark TEXT")

    @further()
    def m999_then_fail(db: Database) -> None:
        db.execute("CREATE TABLE obstacle (x)")

    return schema.migrations, further


def test_an_older_archive_is_copied_and_migrated(path: Path) -> None:
    _, further = two_versions()
    with Archive.open(path) as archive:
        save(archive, made())
    opening.connect(path, create=True, read_only=False, migrations=further).close()
    with sqlite3.connect(path) as conn:
        assert conn.execute("SELECT headline, mark FROM articles").fetchall() == [("Headline", None)]
    conn.close()
    (copy,) = path.parent.glob("*.bak")
    assert copy.name == "news.db.before-m998_mark_articles.bak"
    with Archive.open(copy) as before:
        assert [row.headline for row in before.latest(5)] == ["Headline"]


def test_an_older_archive_without_rows_is_not_copied(path: Path) -> None:
    Archive.open(path).close()
    opening.connect(path, create=True, read_only=False, migrations=two_versions()[1]).close()
    assert not list(path.parent.glob("*.bak"))


def test_an_older_archive_is_not_read_without_migration(path: Path) -> None:
    Archive.open(path).close()
    with pytest.raises(ArchiveError, match="older newscrawl: newscrawl harvest brings it up to date"):
        opening.connect(path, create=False, read_only=True, migrations=two_versions()[1])


def test_a_migration_that_fails_leaves_the_archive_as_it_was(path: Path) -> None:
    with Archive.open(path) as archive:
        archive.conn.execute("CREATE TABLE obstacle (x)")
    with pytest.raises(sqlite3.OperationalError, match="obstacle already exists"):
        opening.connect(path, create=True, read_only=False, migrations=two_versions()[1])
    with Archive.open(path) as archive:
        columns = [row[1] for row in archive.conn.execute("PRAGMA table_info(articles)")]
    assert "mark" not in columns
