"""What `newscrawl check` asks of the archive: whether its tables are what they are meant to be. Nothing is changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby

import attrs

from newscrawl.archive.store import Archive
from newscrawl.items import content_sha256

_CHAIN = """
SELECT v.article_id, a.url, a.revision, v.revision, v.seen_at, r.body IS NOT NULL,
    v.headline, v.summary, v.body, v.section, v.published_at, v.tags, v.content_sha256
FROM revision_rows r CROSS JOIN revisions v ON v.id = r.id CROSS JOIN articles a ON a.id = v.article_id
ORDER BY r.article_id, r.revision
"""
_WITHOUT_REVISION = """
SELECT url FROM articles a WHERE NOT EXISTS (SELECT 1 FROM revision_rows r WHERE r.article_id = a.id)
"""
# (what is wrong, statement): each row is the address of the article and that of what it points to
_POINTERS = (
    (
        "is flagged as a copy of an article that is itself flagged as one",
        "SELECT a.url, d.url FROM articles a JOIN articles d ON d.id = a.duplicate_of WHERE d.duplicate_of IS NOT NULL",
    ),
    (
        "is linked to a version that stands in another story",
        """SELECT a.url, b.url FROM alternates l CROSS JOIN articles a ON a.id = l.article_id
        CROSS JOIN articles b ON b.id = l.alternate_id WHERE a.story_id <> b.story_id""",
    ),
    (
        "awaits a version that is in the archive",
        """SELECT a.url, b.url FROM alternates l CROSS JOIN articles b ON b.url = l.url
        CROSS JOIN articles a ON a.id = l.article_id WHERE l.alternate_id IS NULL AND b.id <> a.id""",
    ),
    (
        "is linked to a version of which no address is known",
        "SELECT a.url, l.language FROM alternates l JOIN articles a ON a.id = l.article_id WHERE l.url IS NULL",
    ),
    (
        "has an image of which no address is known",
        "SELECT a.url, i.position FROM images i JOIN articles a ON a.id = i.article_id WHERE i.url IS NULL",
    ),
)


@attrs.frozen(kw_only=True)
class Flaw:
    """Something about the revisions of one article that cannot be."""

    kind: str
    """`gap`, `order`, `text` or `hash`."""
    url: str
    detail: str


def prepare(archive: Archive) -> None:
    """Make what is damaged readable as far as it can be, and room for temporary tables. The file stays as it is."""
    # A byte that is no UTF-8 any more must not end the check: the hash tells that the text is another one
    archive.conn.text_factory = lambda text: text.decode("utf-8", "replace")
    # An archive opened for reading only refuses temporary tables as well; the file itself stays protected
    archive.conn.execute("PRAGMA query_only = off")
    archive.conn.execute("PRAGMA temp_store = memory")


def damage(archive: Archive) -> list[str]:
    """What SQLite finds wrong in the file, the first hundred; nothing where it is whole."""
    return [line for (line,) in archive.conn.execute("PRAGMA integrity_check") if line != "ok"]


def broken_references(archive: Archive) -> Iterator[str]:
    """Rows that point to rows that are not there: `alternates row 7 -> articles`."""
    for table, row, parent, _ in archive.conn.execute("PRAGMA foreign_key_check"):
        yield f"{table} {'' if row is None else f'row {row} '}-> {parent}"


def pointers(archive: Archive) -> Iterator[str]:
    """Articles that point to an article they cannot point to."""
    for what, sql in _POINTERS:
        for url, other in archive.conn.execute(sql):
            yield f"{url} {what}: {other}"


def count(archive: Archive, table: str) -> int:
    """How many rows a table has."""
    found: int = archive.conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
    return found


@attrs.frozen
class _State:
    """A row of `revision_rows`, with the text that the view shows."""

    article_id: int
    url: str
    current: int
    revision: int
    seen_at: str
    keeps_text: bool
    headline: str
    summary: str | None
    body: str
    section: str | None
    published_at: str | None
    tags: str
    content_sha256: str

    def is_hashed(self) -> bool:
        try:
            tags = json.loads(self.tags)
        except (ValueError, TypeError):
            return False
        computed = content_sha256(
            headline=self.headline, summary=self.summary, body=self.body, section=self.section,
            published_at=self.published_at, tags=tags,
        )  # fmt: skip
        return computed == self.content_sha256


def revisions(archive: Archive) -> Iterator[list[Flaw]]:
    """What is wrong with the revisions of each article, an article at a time; mostly nothing."""
    for (url,) in archive.conn.execute(_WITHOUT_REVISION):
        yield [Flaw(kind="gap", url=url, detail="has no revision")]
    states = (_State(*row) for row in archive.conn.execute(_CHAIN))
    for _, chain in groupby(states, key=lambda state: state.article_id):
        yield list(_flaws(chain))


def _flaws(chain: Iterator[_State]) -> Iterator[Flaw]:
    state, expected, seen_at = None, 1, ""
    for state in chain:
        if state.revision != expected:
            yield _flaw("gap", state, f"revision {state.revision} stands where {expected} should")
        if state.seen_at < seen_at:
            yield _flaw("order", state, f"revision {state.revision} was seen before the one before it")
        is_current = state.revision == state.current
        if is_current and state.keeps_text:
            yield _flaw("text", state, f"the current revision {state.revision} has a text beside the article's")
        elif not is_current and not state.keeps_text:
            yield _flaw("text", state, f"the former revision {state.revision} has no text of its own")
        elif not state.is_hashed():
            yield _flaw("hash", state, f"the text of revision {state.revision} is not the one that its hash names")
        expected, seen_at = state.revision + 1, max(seen_at, state.seen_at)
    assert state is not None
    if state.revision < state.current:
        yield _flaw("gap", state, f"ends with revision {state.revision} of {state.current}")


def _flaw(kind: str, state: _State, detail: str) -> Flaw:
    return Flaw(kind=kind, url=state.url, detail=detail)
