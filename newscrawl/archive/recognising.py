"""Whether a database that somebody opened is an archive of ours, or a copy of one made for publishing."""

from __future__ import annotations

import sqlite3

import attrs

from newscrawl.archive import schema


@attrs.frozen(kw_only=True)
class Recognised:
    """A database of ours."""

    published: bool
    """A copy made by `newscrawl publish`: without raw pages and states."""
    version: int
    """How many migrations it has seen; of a copy: the archive that it was made of."""
    relations: frozenset[str]
    """The names of its tables and views."""
    articles: int
    """About how many it holds: the highest number of one."""

    @property
    def current(self) -> bool:
        """Whether it has the tables of this newscrawl."""
        return self.version == len(schema.migrations._migrations)


def recognise(conn: sqlite3.Connection) -> Recognised | None:
    """What the database of a connection is; None where it is not ours."""
    mark = conn.execute("PRAGMA application_id").fetchone()[0]
    if mark not in (schema.APPLICATION_ID, schema.PUBLISHED_ID):
        return None
    relations = frozenset(name for (name,) in conn.execute("SELECT name FROM sqlite_master WHERE type <> 'index'"))
    version = 0
    if mark == schema.PUBLISHED_ID:
        # It lacks the table of migrations
        version = conn.execute("PRAGMA user_version").fetchone()[0]
    elif schema.migrations.migrations_table in relations:
        version = conn.execute(f"SELECT count(*) FROM {schema.migrations.migrations_table}").fetchone()[0]  # noqa: S608
    highest = conn.execute("SELECT max(id) FROM articles").fetchone()[0] if "articles" in relations else None
    return Recognised(
        published=mark == schema.PUBLISHED_ID, version=version, relations=relations, articles=highest or 0
    )
