"""The index of stored exchanges: where each lies in which WARC file."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterator, Sequence

from newscrawl.archive.frontier import answered
from newscrawl.archive.names import Names
from newscrawl.archive.values import Asked, Snapshot
from newscrawl.exchanges import Exchange, Original, Place

_INSERT = """
INSERT INTO snapshot_rows
    (url, fetched_at, status, type_id, payload, warc_file_id, warc_offset, warc_length, revisit_of, run_id)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_ORIGINAL = """
SELECT s.id, url, fetched_at, lower(hex(payload)), f.name, warc_offset, warc_length
FROM snapshot_rows s JOIN warc_files f ON f.id = s.warc_file_id
WHERE substr(payload, 1, 8) = substr(:payload, 1, 8) AND payload = :payload AND revisit_of IS NULL
ORDER BY s.id DESC LIMIT 1
"""
# Without the `+` SQLite knows the column before it looks for an index over an expression of it, and reads all rows
_LATEST_PAGE = """
SELECT id FROM snapshot_rows WHERE substr(url, -16) = substr(?, -16) AND +url = ? AND status = 200
ORDER BY fetched_at DESC, id DESC LIMIT 1
"""
_SELECT = """
SELECT s.id, s.url, t.kind, s.fetched_at, s.status, s.run_id, hex(s.payload), f.name, s.warc_offset, s.warc_length,
    g.name, o.warc_offset, o.warc_length
FROM json_each(?) AS asked CROSS JOIN snapshot_rows s ON s.id = asked.value
JOIN snapshot_types t ON t.id = s.type_id JOIN warc_files f ON f.id = s.warc_file_id
LEFT JOIN snapshot_rows o ON o.id = s.revisit_of LEFT JOIN warc_files g ON g.id = o.warc_file_id
ORDER BY asked.key
"""
# Pages that can give an article; a redirect or an error is stored, and says nothing to read
_PAGES = """
SELECT s.id FROM snapshot_rows s JOIN snapshot_types t ON t.id = s.type_id JOIN warc_files f ON f.id = s.warc_file_id
WHERE t.kind = 'article' AND s.status BETWEEN 200 AND 299
    AND (:site IS NULL OR f.name GLOB :site || '/*')
    AND (:since IS NULL OR s.fetched_at >= :since) AND (:until IS NULL OR s.fetched_at < :until)
    AND (:failures = 0 OR s.id IN (
        SELECT snapshot_id FROM failures WHERE resolved_at IS NULL AND stage IN ('extract', 'check', 'store')
    ))
    {urls}
ORDER BY s.fetched_at, s.id
"""
_OF_URLS = """
AND s.id IN (
    SELECT u.id FROM json_each(:urls) AS asked CROSS JOIN snapshot_rows u
    ON substr(u.url, -16) = substr(asked.value, -16) AND u.url = asked.value
)
"""
# Of tries that failed the last one of a run counts
_TELLS = """
t.kind = 'article' AND (s.status < 400 OR s.status IN (404, 410) OR NOT EXISTS (
    SELECT 1 FROM snapshot_rows later WHERE substr(later.url, -16) = substr(s.url, -16) AND later.url = s.url
    AND later.run_id IS s.run_id AND (later.fetched_at, later.id) > (s.fetched_at, s.id)
))
"""
_ANSWERS = f"""
SELECT s.id FROM snapshot_rows s JOIN snapshot_types t ON t.id = s.type_id WHERE {_TELLS} ORDER BY s.fetched_at, s.id
"""  # noqa: S608
# What a run fetched and had no time to look at. Looking again at what it did look at would do no harm
_UNREAD = f"""
SELECT s.id FROM json_each(:files) AS asked CROSS JOIN warc_files f ON f.name = asked.value
CROSS JOIN snapshot_rows s ON s.warc_file_id = f.id JOIN snapshot_types t ON t.id = s.type_id
WHERE {_TELLS}
    AND NOT EXISTS (SELECT 1 FROM articles a WHERE a.url = s.url AND a.last_seen_at >= s.fetched_at)
    AND NOT EXISTS (
        SELECT 1 FROM url_aliases x JOIN articles a ON a.id = x.article_id
        WHERE x.url = s.url AND a.last_seen_at >= s.fetched_at
    )
    AND NOT EXISTS (SELECT 1 FROM failures f WHERE f.url = s.url AND f.last_at >= s.fetched_at)
ORDER BY s.id
"""  # noqa: S608
_OUTDATED = """
SELECT f.snapshot_id FROM failures f LEFT JOIN runs r ON r.id = f.run_id JOIN snapshot_rows s ON s.id = f.snapshot_id
WHERE f.resolved_at IS NULL AND f.stage IN ('extract', 'check') AND f.site = :site AND r.parser IS NOT :parser
ORDER BY s.fetched_at, s.id
"""
_LATEST = """
SELECT NOT EXISTS (
    SELECT 1 FROM snapshot_rows later
    WHERE substr(later.url, -16) = substr(mine.url, -16) AND later.url = mine.url
    AND later.status BETWEEN 200 AND 299 AND (later.fetched_at, later.id) > (mine.fetched_at, mine.id)
) FROM snapshot_rows mine WHERE mine.id = ?
"""
_INDEXED_TO = """
SELECT coalesce(max(warc_offset + warc_length), 0) FROM snapshot_rows JOIN warc_files f ON f.id = warc_file_id
WHERE f.name = ?
"""
_CHUNK = 500


class Snapshots:
    """Reads and writes the index on one connection; what is written is part of the caller's transaction."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._files = Names(
            conn, "SELECT id FROM warc_files WHERE name = ?", "INSERT INTO warc_files (name) VALUES (?)"
        )
        self._types = Names(
            conn,
            "SELECT id FROM snapshot_types WHERE kind = ? AND content_type = ?",
            "INSERT INTO snapshot_types (kind, content_type) VALUES (?, ?)",
        )

    def forget(self) -> None:
        """Drop remembered ids (a transaction was rolled back)."""
        self._files.forget()
        self._types.forget()

    def add(self, exchange: Exchange, place: Place, *, run_id: int | None, original: Original | None = None) -> int:
        """Index the exchange whose record lies at `place`, and what it says of its address; its id.

        `original` has the payload of a revisit, and is the page that a 304 confirms: its payload is that of the 304 too
        (WARC 1.1, 6.7.3).
        """
        payload = original.payload_sha256 if original else exchange.payload_sha256
        row = (
            exchange.url, exchange.fetched_at, exchange.status,
            self._types.id(exchange.kind, exchange.content_type), bytes.fromhex(payload),
            self._files.id(place.file), place.offset, place.length, original and original.id, run_id,
        )  # fmt: skip
        made = self._conn.execute(_INSERT, row).lastrowid
        assert made is not None
        answered(self._conn, exchange)
        return made

    def original(self, payload_sha256: str) -> Original | None:
        """The stored exchange with this payload (SHA-256 in hexadecimal): the latest, as earlier ones may be lost."""
        row = self._conn.execute(_ORIGINAL, {"payload": bytes.fromhex(payload_sha256)}).fetchone()
        if row is None:
            return None
        return Original(id=row[0], url=row[1], fetched_at=row[2], payload_sha256=row[3], place=Place(*row[4:]))

    def latest_page(self, url: str) -> Snapshot | None:
        """The page that was stored last under an address."""
        row = self._conn.execute(_LATEST_PAGE, (url, url)).fetchone()
        return next(self.read(row)) if row else None

    def pages(self, asked: Asked) -> Sequence[int]:
        """Ids of the stored article pages that are asked for, in the order in which they were fetched."""
        values = {
            "site": asked.site, "since": asked.since, "until": asked.until, "failures": asked.failures,
            "urls": json.dumps(asked.urls or ()),
        }  # fmt: skip
        sql = _PAGES.format(urls="" if asked.urls is None else _OF_URLS)
        return array("q", (row[0] for row in self._conn.execute(sql, values)))

    def answers(self) -> Sequence[int]:
        """Ids of all that says something of an article, in the order in which it came: pages, 304, 404, the rest."""
        return array("q", (row[0] for row in self._conn.execute(_ANSWERS)))

    def answered(self, exchange: Exchange) -> None:
        """Note what a stored exchange says of its address, as `add` does: that may not have been known then."""
        answered(self._conn, exchange)

    def unread(self, files: Sequence[str]) -> Sequence[int]:
        """Ids of the answers of articles in these WARC files of which the archive shows no trace otherwise."""
        return array("q", (row[0] for row in self._conn.execute(_UNREAD, {"files": json.dumps(files)})))

    def outdated_failures(self, site: str, parser: str) -> Sequence[int]:
        """Ids of the pages that gave no article to another parser than `parser` and none since."""
        return array("q", (row[0] for row in self._conn.execute(_OUTDATED, {"site": site, "parser": parser})))

    def read(self, ids: Sequence[int]) -> Iterator[Snapshot]:
        """The snapshots of these ids, in this order."""
        for start in range(0, len(ids), _CHUNK):
            asked = json.dumps(list(ids[start : start + _CHUNK]))
            for row in self._conn.execute(_SELECT, (asked,)).fetchall():
                yield _snapshot(row)

    def latest_at(self) -> str | None:
        """When the last exchange was stored that is indexed; None where none is."""
        row = self._conn.execute("SELECT fetched_at FROM snapshot_rows ORDER BY id DESC LIMIT 1").fetchone()
        return row[0] if row else None

    def indexed_to(self, file: str) -> int:
        """The byte at which the last indexed record of a WARC file ends; 0 where none is indexed."""
        end: int = self._conn.execute(_INDEXED_TO, (file,)).fetchone()[0]
        return end

    def offsets(self, file: str) -> set[int]:
        """Where the indexed records of a WARC file begin."""
        sql = "SELECT warc_offset FROM snapshot_rows JOIN warc_files f ON f.id = warc_file_id WHERE f.name = ?"
        return {offset for (offset,) in self._conn.execute(sql, (file,))}

    def files(self) -> list[str]:
        """The WARC files that rows point to."""
        return [name for (name,) in self._conn.execute("SELECT name FROM warc_files ORDER BY id")]


def is_latest(conn: sqlite3.Connection, snapshot_id: int | None) -> bool:
    """Whether no page was stored after this one under its address; so too where it was not stored at all."""
    row = conn.execute(_LATEST, (snapshot_id,)).fetchone()
    return row is None or bool(row[0])


def _snapshot(row: tuple[int, str, str, str, int, int | None, str, str, int, int, str | None, int, int]) -> Snapshot:
    snapshot_id, url, kind, fetched_at, status, run_id, payload, file, offset, length, *original = row
    return Snapshot(
        id=snapshot_id, url=url, kind=kind, fetched_at=fetched_at, status=status, run_id=run_id,  # type: ignore[arg-type]
        payload_sha256=payload.lower(), place=Place(file, offset, length),
        original=Place(*original) if original[0] else None,  # type: ignore[arg-type]
    )  # fmt: skip
