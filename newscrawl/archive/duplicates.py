"""Near-duplicates in the archive: found by fingerprints, flagged in `articles.duplicate_of`, never dropped.

A duplicate points to the earliest article of its site and language with nearly the same text. Only articles that are no
duplicates themselves are candidates, so that a pointer never leads to another pointer, and so that a daily series whose
texts are alike does not hang on its first article for ever.
"""

from __future__ import annotations

import sqlite3

import attrs

from newscrawl.archive import similar
from newscrawl.text import fold

# A window of twice three days touches at most two weeks
_CANDIDATES = """
SELECT a.id, a.body, coalesce(a.published_at, a.first_seen_at) AS moment
FROM (
    SELECT article_id, count(*) AS shared FROM fingerprints
    WHERE week IN (?, ?) AND hash IN ({hashes}) AND article_id <> ?
    GROUP BY article_id HAVING shared >= {shared}
) AS near CROSS JOIN articles a ON a.id = near.article_id
WHERE a.site = ? AND a.language = ? AND a.duplicate_of IS NULL AND moment BETWEEN ? AND ?
ORDER BY near.shared DESC, a.id LIMIT {candidates}
""".format(  # noqa: S608
    hashes=", ".join("?" * similar.SKETCH_SIZE), shared=similar.SHARED, candidates=similar.CANDIDATES
)


@attrs.frozen
class Text:
    """What is compared: the folded body of an article and where it stands among others."""

    site: str
    language: str
    moment: str
    """UTC: when it was published, or first seen where the page tells no time."""
    shingles: frozenset[int]
    sketch: list[int]

    @classmethod
    def of(cls, site: str, language: str, moment: str, folded_body: str) -> Text:
        """From the body as search folds it."""
        shingles = similar.shingles(folded_body)
        return cls(site, language, moment, shingles, similar.sketch(shingles))


def remember(conn: sqlite3.Connection, article_id: int, text: Text) -> None:
    """Store the fingerprints of an article."""
    week = similar.week(text.moment)
    conn.executemany(
        "INSERT INTO fingerprints (week, hash, article_id) VALUES (?, ?, ?)",
        [(week, value, article_id) for value in text.sketch],
    )


def forget(conn: sqlite3.Connection, article_id: int, text: Text) -> None:
    """Delete the fingerprints of an article's former text."""
    week = similar.week(text.moment)
    conn.executemany(
        "DELETE FROM fingerprints WHERE week = ? AND hash = ? AND article_id = ?",
        [(week, value, article_id) for value in text.sketch],
    )


def near(conn: sqlite3.Connection, article_id: int, text: Text) -> list[tuple[str, int]]:
    """(published or first seen, id) of the articles whose text is nearly that of `article_id`, earliest first."""
    if not text.sketch:
        return []
    first, last = similar.window(text.moment)
    # A text of few different shingles has a short sketch: its last hash fills the statement up
    hashes = text.sketch + text.sketch[-1:] * (similar.SKETCH_SIZE - len(text.sketch))
    weeks = similar.week(first), similar.week(last)
    candidates = conn.execute(_CANDIDATES, (*weeks, *hashes, article_id, text.site, text.language, first, last))
    return sorted(
        (moment, other)
        for other, body, moment in candidates.fetchall()
        if similar.jaccard(text.shingles, similar.shingles(fold(body))) >= similar.THRESHOLD
    )


def flag(conn: sqlite3.Connection, article_id: int, text: Text) -> None:
    """Set `duplicate_of` of an article that has its row, and of those that now point to an earlier one."""
    alike = near(conn, article_id, text)
    if not alike:
        return
    root, *rest = (other for _, other in sorted([*alike, (text.moment, article_id)]))
    for duplicate in rest:
        conn.execute(
            "UPDATE articles SET duplicate_of = ? WHERE id = ? OR duplicate_of = ?", (root, duplicate, duplicate)
        )
