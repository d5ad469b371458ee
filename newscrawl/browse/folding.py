"""Datasette's own search box on an archive: it finds what our search page finds."""

from __future__ import annotations

import sqlite3

from newscrawl.archive.recognising import recognise
from newscrawl.archive.terms import expression


def install(conn: sqlite3.Connection) -> None:
    """Let `escape_fts` of a connection make what was typed into words as the index holds them; of an archive only.

    The name is datasette's, which calls it in the statement of a table's page unless `_searchmode=raw` is asked for.
    """
    try:
        found = recognise(conn)
    except sqlite3.DatabaseError:
        # What is wrong with the file datasette says itself
        return
    if found:
        conn.create_function("escape_fts", 1, _escaped, deterministic=True)


def _escaped(typed: object) -> str:
    return expression(str(typed))
