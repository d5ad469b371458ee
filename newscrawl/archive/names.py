"""Ids of values that many rows share: tags, authors, sources, files, types."""

from __future__ import annotations

import sqlite3

_CACHED = 20_000


class Names:
    """Ids of the rows of one table by what names them, looked up once and remembered."""

    def __init__(self, conn: sqlite3.Connection, find: str, insert: str) -> None:
        self._conn = conn
        self._find = find
        self._insert = insert
        self._ids: dict[tuple[str, ...], int] = {}

    def id(self, *name: str) -> int:
        """The id of `name` (a value for each column that names a row), given to it now if it has none."""
        known = self._ids.get(name)
        if known is not None:
            return known
        found = self._conn.execute(self._find, name).fetchone()
        made: int | None = found[0] if found else self._conn.execute(self._insert, name).lastrowid
        assert made is not None
        if len(self._ids) >= _CACHED:
            self.forget()
        self._ids[name] = made
        return made

    def forget(self) -> None:
        """Drop what is remembered: after a rollback an id may belong to no row, or soon to another name."""
        self._ids.clear()
