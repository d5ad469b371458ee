"""What datasette's pages of tables ask beside their own statements: a search, and how many rows there are."""

from __future__ import annotations

import sqlite3

from newscrawl.archive.terms import expression

COUNTED = 10_000
"""Rows of a table that are counted; more are many."""
BROAD = 5_000
"""Articles from which on a search is a broad one."""
# `+` keeps the planner from looking up hit by hit in which rows of a view they are
SEARCHED = {"articles": "id", "edits": "+article_id", "departures": "+article_id"}
"""Tables and views that can be searched, and the column that names the article."""
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table'"
_SOME = f"SELECT count(*) FROM (SELECT 1 FROM articles_fts WHERE articles_fts MATCH ? LIMIT {BROAD + 1})"  # noqa: S608


def counts(conn: sqlite3.Connection) -> dict[str, int | None]:
    """How many rows each table has; None for more than `COUNTED`.

    To count all is to read an index of each, which no time limit can interrupt.
    """
    found = {}
    for (name,) in conn.execute(_TABLES).fetchall():
        quoted = '"' + name.replace('"', '""') + '"'
        (count,) = conn.execute(f"SELECT count(*) FROM (SELECT 1 FROM {quoted} LIMIT {COUNTED + 1})").fetchone()  # noqa: S608
        found[name] = count if count <= COUNTED else None
    return found


def is_broad(conn: sqlite3.Connection, typed: str) -> bool:
    """Whether more than `BROAD` articles have what was typed."""
    return int(conn.execute(_SOME, (expression(typed),)).fetchone()[0]) > BROAD


def clause(table: str, within: str, param: str, *, raw: bool, broad: bool) -> str:
    """SQL: the condition that a row of one of `SEARCHED` is found by what the parameter `param` holds.

    `within` is a column of the search index, or the index itself for all. What is `raw` is in the language of FTS5.
    """
    # Of many hits those are wanted that come first in the order of the page: hits are not looked up one by one
    column = ("+" if broad else "") + SEARCHED[table]
    match = f":{param}" if raw else f"escape_fts(:{param})"
    return f"{column} IN (SELECT rowid FROM articles_fts WHERE {within} MATCH {match})"  # noqa: S608
