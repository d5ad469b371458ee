"""The archive of the first release, with 10,000 articles, under today's newscrawl."""

from __future__ import annotations

import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

import attrs
import pytest

from newscrawl.archive import Archive, opening, schema
from newscrawl.errors import ArchiveError
from tests.archive import first_release
from tests.archive.conftest import check_whole
from tests.archive.first_release import ARTICLES, address, article

BACKUP = "news.db.before-m002_snapshots.bak"
LATER = "2025-12-01T08:00:00Z"
Tables = dict[str, tuple[list[str], list[tuple[Any, ...]]]]
VIEWED = "urls"
"""Nothing wrote to that table. Now it is a view, of what waits and of every article."""


def tables(path: Path, named: Tables | None = None) -> Tables:
    """Columns and rows of every table and view; of those `named`, with the columns named there."""
    conn = sqlite3.connect(path)
    try:
        names = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name <> '_sqlite_migrations'"
        asked = named.items() if named else [(name, (columns(conn, name), ())) for (name,) in conn.execute(names)]
        return {name: (cols, rows(conn, name, cols)) for name, (cols, _) in asked}
    finally:
        conn.close()


def columns(conn: sqlite3.Connection, name: str) -> list[str]:
    return [row[1] for row in conn.execute(f"PRAGMA table_info([{name}])")]


def rows(conn: sqlite3.Connection, name: str, cols: list[str]) -> list[tuple[Any, ...]]:
    # A contentless search index gives nothing back; what it holds is in the tables beside it
    cols = ["rowid"] if name == "articles_fts" else cols
    return sorted(conn.execute(f"SELECT {', '.join(f'[{each}]' for each in cols)} FROM [{name}]"), key=repr)


def check_kept(path: Path, before: Tables) -> None:
    after = tables(path, before)
    for name in before.keys() - {VIEWED}:
        assert after[name] == before[name], name


def applied(path: Path) -> list[str]:
    conn = sqlite3.connect(path)
    try:
        return [name for (name,) in conn.execute("SELECT name FROM _sqlite_migrations ORDER BY name")]
    finally:
        conn.close()


ALL = sorted(str(migration.name) for migration in schema.migrations._migrations)
OLD = ALL[:1]


@pytest.fixture(scope="module")
def former(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("former") / "news.db"
    first_release.make(path)
    return path


@pytest.fixture(scope="module")
def before(former: Path) -> Tables:
    return tables(former)


@pytest.fixture
def path(former: Path, tmp_path: Path) -> Path:
    """A copy of the archive of the first release."""
    return Path(shutil.copy(former, tmp_path / "news.db"))


def check_backup(path: Path, before: Tables) -> None:
    """A whole archive of the first release, which that release opens as its own."""
    check_whole(path)
    assert applied(path) == OLD
    opening.connect(path, create=False, read_only=True, migrations=first_release.migrations()).close()
    copied = tables(path)
    assert copied.keys() == before.keys()
    for name in before.keys() - {"articles_fts_data"}:
        assert copied[name] == before[name], name
    with pytest.raises(ArchiveError, match="older newscrawl"):
        Archive.open(path, read_only=True)


def test_what_was_in_it_is_in_it(path: Path, before: Tables) -> None:
    assert len(before["articles"][1]) == ARTICLES
    assert len(before["revisions"][1]) == ARTICLES * 11 // 10
    assert {"alternates", "images", "provenance", "failures", "articles_fts_docsize"} <= before.keys()
    Archive.open(path).close()
    assert applied(path) == ALL
    check_kept(path, before)
    check_whole(path)
    check_backup(path.with_name(BACKUP), before)


def test_it_is_brought_up_to_date_once(path: Path) -> None:
    Archive.open(path).close()
    files, copied = sorted(path.parent.iterdir()), path.with_name(BACKUP).stat()
    Archive.open(path).close()
    assert sorted(path.parent.iterdir()) == files == [path, path.with_name(BACKUP)]
    again = path.with_name(BACKUP).stat()
    assert (again.st_ino, again.st_mtime_ns) == (copied.st_ino, copied.st_mtime_ns)


def test_crawls_go_on(path: Path) -> None:
    with Archive.open(path) as archive:
        run = archive.start_run("report", {}, {}, LATER)
        for n in (0, 1, 7, ARTICLES - 1):
            saved = archive.save(article(n), seen_at=LATER, run_id=run)
            assert (saved.article_id, saved.outcome) == (n + 1, "unchanged"), n
        edited = attrs.evolve(article(4), headline="Zəlzələ olub", tags=("tag 4", "seysmologiya"))
        saved = archive.save(edited, seen_at=LATER, run_id=run)
        assert (saved.article_id, saved.revision, saved.outcome) == (5, 2, "changed")
        assert [hit.id for hit in archive.search("zelzele")] == [5]
        assert 5 not in {hit.id for hit in archive.search("sergi 4", limit=50)}
        former = archive.conn.execute("SELECT headline FROM revisions WHERE article_id = 5 ORDER BY revision")
        assert [headline for (headline,) in former] == [article(4).headline, "Zəlzələ olub"]
        links = archive.conn.execute("SELECT headline FROM alternates WHERE alternate_id = 5 ORDER BY article_id")
        assert [headline for (headline,) in links] == [first_release.named(4)] * 2, "as the others print it"
        added = archive.save(article(ARTICLES), seen_at=LATER, run_id=run)
        assert (added.article_id, added.outcome) == (ARTICLES + 1, "new")
        awaited = archive.conn.execute("SELECT alternate_id FROM alternates WHERE url = ?", (address(ARTICLES),))
        assert set(awaited) == {(ARTICLES + 1,)}, "the link that waited for it"
    check_whole(path)


OPEN = "import sys; from newscrawl.archive import Archive; Archive.open(sys.argv[1]).close()"


@pytest.mark.parametrize("moment", ["copying", "copied", 0.01, 0.03, 0.1])
def test_killed_in_the_middle(path: Path, before: Tables, moment: str | float) -> None:
    backup = path.with_name(BACKUP)
    awaited = backup.with_name(backup.name + ".part") if moment == "copying" else backup
    with subprocess.Popen([sys.executable, "-c", OPEN, str(path)]) as process:
        while process.poll() is None and not awaited.exists():
            time.sleep(0.0005)
        time.sleep(moment if isinstance(moment, float) else 0)
        process.kill()
    state = applied(path)
    assert state in (OLD, ALL)
    if moment == "copying":
        assert (state, backup.exists()) == (OLD, False)
    check_kept(path, before)
    check_whole(path)
    Archive.open(path).close()
    check_kept(path, before)
    assert sorted(path.parent.iterdir()) == [path, backup]
    check_backup(backup, before)


def test_no_room_for_the_copy(path: Path, before: Tables) -> None:
    limit = path.stat().st_size // 2
    done = subprocess.run(
        [sys.executable, "-m", "newscrawl", "reparse", "--db", str(path)],
        preexec_fn=partial(resource.setrlimit, resource.RLIMIT_FSIZE, (limit, limit)),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 5
    assert "free some room" in done.stderr
    assert "Traceback" not in done.stderr
    assert applied(path) == OLD
    assert tables(path) == before
    assert sorted(path.parent.iterdir()) == [path], "what could be copied of it takes no room any more"
    Archive.open(path).close()
    check_backup(path.with_name(BACKUP), before)
