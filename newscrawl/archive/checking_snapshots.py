"""The index of stored exchanges as `newscrawl check` compares it with the WARC files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from newscrawl.archive.store import Archive

_ROWS = """
SELECT s.id, s.url, s.fetched_at, s.status, hex(s.payload), hex(o.payload), s.revisit_of IS NOT NULL,
    s.warc_offset, s.warc_length
FROM warc_files f CROSS JOIN snapshot_rows s ON s.warc_file_id = f.id LEFT JOIN snapshot_rows o ON o.id = s.revisit_of
WHERE f.name = ? AND s.warc_offset IS NOT NULL AND s.warc_length IS NOT NULL ORDER BY s.warc_offset
"""
_PLACELESS = """
SELECT url FROM snapshot_rows WHERE warc_file_id IS NULL OR warc_offset IS NULL OR warc_length IS NULL
"""
_FILES = """
SELECT f.name, count(*) FROM snapshot_rows s JOIN warc_files f ON f.id = s.warc_file_id GROUP BY s.warc_file_id
"""
_NOTE = "CREATE TEMP TABLE IF NOT EXISTS unreadable (id INTEGER PRIMARY KEY)"
_NOTE_FILE = """
INSERT OR IGNORE INTO temp.unreadable
SELECT s.id FROM snapshot_rows s JOIN warc_files f ON f.id = s.warc_file_id WHERE f.name = ?
"""
# A 304 has no body that could be lost
_BEREFT = """
SELECT s.url, s.fetched_at FROM temp.unreadable u JOIN snapshot_rows s ON s.revisit_of = u.id
WHERE s.status <> 304 AND s.id NOT IN (SELECT id FROM temp.unreadable)
"""


@attrs.frozen
class IndexRow:
    """What a row says of the record that it points to."""

    id: int
    url: str
    fetched_at: str
    status: int
    payload_sha256: str
    original_sha256: str | None
    """That of the stored payload, where the record is a revisit."""
    is_revisit: bool
    offset: int
    length: int


def rows(archive: Archive, file: str) -> Iterator[IndexRow]:
    """The rows that point into a WARC file, in the order of its bytes."""
    for row_id, url, at, status, payload, original, *rest in archive.conn.execute(_ROWS, (file,)):
        yield IndexRow(
            row_id, url, at, status, payload.lower(), original and original.lower(), bool(rest[0]), *rest[1:]
        )


def files(archive: Archive) -> dict[str, int]:
    """The WARC files that rows point to, and how many do."""
    return dict(archive.conn.execute(_FILES).fetchall())


def placeless(archive: Archive) -> Iterator[str]:
    """Addresses of rows that point nowhere."""
    return (url for (url,) in archive.conn.execute(_PLACELESS))


def note_unreadable(archive: Archive, ids: Iterable[int]) -> None:
    """Remember, while the archive is open, that the records of these rows cannot be read."""
    archive.conn.execute(_NOTE)
    archive.conn.executemany("INSERT OR IGNORE INTO temp.unreadable VALUES (?)", ((row,) for row in ids))


def note_missing(archive: Archive, file: str) -> None:
    """Remember that no record of a file can be read."""
    archive.conn.execute(_NOTE)
    archive.conn.execute(_NOTE_FILE, (file,))


def bereft(archive: Archive) -> Iterator[str]:
    """Rows whose record is whole but repeats a payload that is not: `https://… of 2025-11-11T13:50:00Z`."""
    archive.conn.execute(_NOTE)
    return (f"{url} of {at}" for url, at in archive.conn.execute(_BEREFT))
