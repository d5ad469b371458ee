"""From a path to a connection that is surely one of ours, of our version, and set up. Or a one-line error."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database, Migrations

from newscrawl.archive import schema
from newscrawl.errors import (
    ArchiveError,
    DiskFull,
    LockedArchive,
    NewerArchive,
    NotAnArchive,
    PublishedCopy,
    ReadOnlyArchive,
)

MEMORY = ":memory:"
"""The path of an archive that lasts as long as its connection."""
NO_ROOM = frozenset({
    sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_SHMMAP,
    sqlite3.SQLITE_IOERR_TRUNCATE, sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR,
})  # fmt: skip
"""What SQLite says where a file cannot grow for another reason than a full disk: a quota, a limit. VACUUM tells no more
than SQLITE_IOERR."""
BUSY_SECONDS = 30.0
"""How long a statement waits for another writer."""


def connect(
    path: Path, *, create: bool, read_only: bool, migrations: Migrations = schema.migrations
) -> sqlite3.Connection:
    """Open, check and migrate.

    Raises:
        ArchiveError: there is no file and none is to be made, or (read_only) the file is of an older version.
        NotAnArchive, NewerArchive, PublishedCopy, ReadOnlyArchive: see `newscrawl.errors`.
    """
    if str(path) != MEMORY:
        _check_path(path, create=create and not read_only, read_only=read_only)
    conn = _connect(path, read_only=read_only)
    try:
        with naming(path):
            db = Database(conn, recursive_triggers=False, execute_plugins=False)
            _recognise(db, path, may_create=create and not read_only)
            _check_version(db, path, migrations)
            if read_only:
                _refuse_older(db, path, migrations)
            else:
                _set_up(db, path, migrations)
    except BaseException:
        conn.close()
        raise
    return conn


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Errors of SQLite at the archive `path` under the names of our tree, where it has one.

    Raises:
        NotAnArchive, ReadOnlyArchive, LockedArchive, DiskFull: see `newscrawl.errors`.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        if (ours := named(error, path)) is not None:
            raise ours from error
        raise


def named(error: sqlite3.DatabaseError, path: Path) -> ArchiveError | None:
    """The error of our tree that `error` stands for; None if it stands for itself."""
    error_code = getattr(error, "sqlite_errorcode", None) or 0
    code = error_code & 0xFF
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return ReadOnlyArchive(
            f"{path} cannot be written ({error}): run as its owner, make the file and its folder writable, "
            "or read a copy made with VACUUM INTO"
        )
    if code == sqlite3.SQLITE_FULL or error_code in NO_ROOM:
        return DiskFull(f"{path} cannot be written any more ({error}): free some room and crawl again")
    if code == sqlite3.SQLITE_BUSY:
        return LockedArchive(
            f"{path} was locked by another program all the time that we waited, {BUSY_SECONDS:.0f} seconds: end it or "
            "its transaction, and start again"
        )
    if code == sqlite3.SQLITE_NOTADB:
        return NotAnArchive(f"{path} is not an SQLite database: name another file (NEWSCRAWL_DB)")
    if code == sqlite3.SQLITE_CORRUPT:
        return NotAnArchive(f"{path} is damaged ({error}): restore a backup, or `newscrawl rebuild` a new one")
    return None


def _check_path(path: Path, *, create: bool, read_only: bool) -> None:
    if path.is_dir():
        raise NotAnArchive(f"{path} is a folder: name a file in it (NEWSCRAWL_DB)")
    if not path.exists():
        if not create:
            raise ArchiveError(f"there is no archive at {path}: crawl first, or name another file (NEWSCRAWL_DB)")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ReadOnlyArchive(f"{path.parent} cannot be made ({error.strerror}): name another folder") from error
    # WAL makes files beside the database, so that the folder must be writable as well
    for needed in () if read_only else (path, path.parent):
        if needed.exists() and not os.access(needed, os.W_OK):
            raise ReadOnlyArchive(f"{needed} cannot be written: run as its owner, or make it writable")


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    if str(path) == MEMORY:
        return sqlite3.connect(MEMORY, isolation_level=None, cached_statements=256)
    # as_uri quotes what a path may hold and a URI may not (`?`, `#`, `%`)
    uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    try:
        return sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, cached_statements=256)
    except sqlite3.OperationalError as error:
        raise ReadOnlyArchive(f"{path} cannot be opened ({error}): check that you may read it") from error


def _recognise(db: Database, path: Path, *, may_create: bool) -> None:
    (mark,) = db.execute("PRAGMA application_id").fetchone()
    (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if mark == schema.APPLICATION_ID:
        return
    if mark == schema.PUBLISHED_ID:
        raise PublishedCopy(f"{path} is a copy made for publishing: name the archive itself (NEWSCRAWL_DB)")
    if mark or tables:
        raise NotAnArchive(f"{path} is the database of another program: name another file (NEWSCRAWL_DB)")
    if not may_create:
        raise NotAnArchive(f"{path} is empty: crawl first, or name another file (NEWSCRAWL_DB)")


def _check_version(db: Database, path: Path, migrations: Migrations) -> None:
    ours = {migration.name for migration in migrations._migrations}
    foreign = sorted({applied.name for applied in migrations.applied(db)} - ours)
    if foreign:
        raise NewerArchive(f"{path} was written by a newer newscrawl ({', '.join(foreign)}): upgrade newscrawl")


def _refuse_older(db: Database, path: Path, migrations: Migrations) -> None:
    if migrations.pending(db):
        raise ArchiveError(f"{path} was written by an older newscrawl: newscrawl harvest brings it up to date")
    db.execute("PRAGMA query_only = on")


def _set_up(db: Database, path: Path, migrations: Migrations) -> None:
    # The page size holds only while the file is empty, and not any more in WAL mode
    db.execute(f"PRAGMA page_size = {schema.PAGE_SIZE}")
    db.execute("PRAGMA journal_mode = wal")
    db.execute("PRAGMA synchronous = normal")
    db.execute("PRAGMA foreign_keys = on")
    # 16 MB: the trees that every save touches, the search index above all
    db.execute("PRAGMA cache_size = -16384")
    if not migrations.pending(db):
        return
    # One transaction around all, taken at once: of two processes that meet an old file, the second waits and then
    # finds nothing left to do
    db.execute("BEGIN IMMEDIATE")
    try:
        if (pending := migrations.pending(db)) and _has_rows(db):
            _back_up(path, pending[0].name)
        db.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        migrations.apply(db)
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _has_rows(db: Database) -> bool:
    # Nor are the planner's statistics rows of ours
    not_ours = (Migrations.migrations_table, "sqlite_stat1", "sqlite_stat4")
    names = [name for name in db.table_names() if name not in not_ours and "_fts" not in name]
    return any(db.execute(f"SELECT EXISTS (SELECT 1 FROM [{name}])").fetchone()[0] for name in names)  # noqa: S608


def _back_up(path: Path, migration: str) -> None:
    """A whole copy beside the archive, under its name only once it is complete.

    By a connection of its own: the caller's holds the lock, which keeps others from writing meanwhile, and VACUUM
    cannot run in a transaction.
    """
    backup = path.with_name(f"{path.name}.before-{migration}.bak")
    partial = backup.with_name(backup.name + ".part")
    _remove(partial)
    reader = _connect(path, read_only=True)
    try:
        reader.execute("VACUUM INTO ?", [str(partial)])
        # VACUUM INTO leaves that to its caller
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        partial.replace(backup)
    finally:
        reader.close()
        # What a full disk left of it would only keep the disk full
        _remove(partial)


def _remove(database: Path) -> None:
    for leftover in (database, database.with_name(f"{database.name}-journal")):
        leftover.unlink(missing_ok=True)
