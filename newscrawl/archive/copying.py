"""A whole and verified copy of an archive, while others may be writing to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from newscrawl.archive import opening
from newscrawl.archive.store import Archive
from newscrawl.errors import ArchiveError, DiskFull

GROWING = ("sites", "runs", "articles", "revision_rows", "warc_files", "snapshot_rows", "failures")
"""Tables from which no row is ever taken away."""


def size(archive: Archive) -> int:
    """Bytes that a copy takes at most."""
    (pages,), (page_size,) = (archive.conn.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size"))
    return int(pages * page_size)


def copy(archive: Archive, target: Path) -> Mapping[str, int]:
    """Write the archive as it is at one moment to the new file `target`, and count the rows there, by `GROWING`.

    Raises:
        ArchiveError: the copy is not whole.
        NotAnArchive: the archive is damaged.
        DiskFull, ReadOnlyArchive: `target` cannot be written.
    """
    before = _counts(archive.conn)
    write(archive, target)
    with verified(archive, target) as conn:
        found = _counts(conn)
    # Whoever writes meanwhile only adds to these tables. Where nobody does, the three numbers are one
    after = _counts(archive.conn)
    for table, count in found.items():
        if not before[table] <= count <= after[table]:
            raise _not_whole(archive, f"{count:,} rows in {table} instead of {after[table]:,}")
    return found


def write(archive: Archive, target: Path) -> None:
    """Write the archive as it is at one moment to the new file `target`.

    Raises:
        NotAnArchive: the archive is damaged.
        DiskFull, ReadOnlyArchive: `target` cannot be written.
    """
    # The connection of an archive that is open for reading allows no statement that writes; its file stays so
    archive.conn.execute("PRAGMA query_only = off")
    with naming(archive.path, target):
        archive.conn.execute("VACUUM INTO ?", (str(target),))


@contextmanager
def verified(archive: Archive, target: Path) -> Iterator[sqlite3.Connection]:
    """The copy of the archive at `target`, to be read, once it was found whole.

    Raises:
        ArchiveError: it is not whole.
    """
    with closing(sqlite3.connect(f"{target.absolute().as_uri()}?mode=ro", uri=True)) as conn:
        try:
            (said,) = conn.execute("PRAGMA integrity_check(1)").fetchone()
            if said != "ok":
                raise _not_whole(archive, said)
            if (lost := conn.execute("PRAGMA foreign_key_check").fetchone()) is not None:
                raise _not_whole(archive, f"a row of {lost[0]} points to no row of {lost[2]}")
            yield conn
        except sqlite3.DatabaseError as error:
            raise _not_whole(archive, str(error)) from error


def _counts(conn: sqlite3.Connection) -> dict[str, int]:
    return {table: conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in GROWING}  # noqa: S608


def _not_whole(archive: Archive, why: str) -> ArchiveError:
    return ArchiveError(f"the copy of {archive.path} is not whole ({' '.join(why.split())}): run newscrawl check")


@contextmanager
def naming(path: Path, target: Path) -> Iterator[None]:
    """Errors of SQLite under the names of our tree while the database at `path` is copied to `target`.

    Raises:
        NotAnArchive: what is copied is damaged.
        DiskFull, ReadOnlyArchive: `target` cannot be written.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        if (ours := _named(error, path, target)) is not None:
            raise ours from error
        raise


def _named(error: sqlite3.DatabaseError, path: Path, target: Path) -> ArchiveError | None:
    ours = opening.named(error, target)
    if isinstance(ours, DiskFull):
        return DiskFull(f"{target}: {error}; free some room, or name another place")
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    return opening.named(error, path) if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) else ours
