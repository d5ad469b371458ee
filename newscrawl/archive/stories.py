"""One piece of news across languages: which articles are versions of each other, by the links between them.

A link counts in either direction and whenever its target arrives. Stories only grow together: a link that goes away
later does not split one, since it was the publisher's word that the articles belong together.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from newscrawl.items import Article

_TARGETS = """
SELECT asked.value, a.id, a.story_id FROM json_each(?) AS asked CROSS JOIN articles a ON a.url = asked.value
UNION ALL
SELECT asked.value, a.id, a.story_id FROM json_each(?) AS asked
CROSS JOIN url_aliases x ON x.url = asked.value CROSS JOIN articles a ON a.id = x.article_id
"""
_AWAITING = """
SELECT l.article_id, l.position, a.story_id FROM json_each(?) AS asked
CROSS JOIN alternate_rows l ON l.url = asked.value AND l.alternate_id IS NULL
CROSS JOIN articles a ON a.id = l.article_id
"""
# A link that shows what its target's own row says keeps neither address nor headline
_LINK = """
UPDATE alternate_rows AS l SET alternate_id = a.id,
    url = iif(l.url = a.url AND l.headline IS a.headline, NULL, l.url),
    headline = iif(l.url = a.url AND l.headline IS a.headline, NULL, l.headline)
FROM articles a WHERE a.id = ? AND l.article_id = ? AND l.alternate_id IS NULL AND """
_LINK_TO = _LINK + "l.url = ?"
_LINK_BACK = _LINK + "l.position = ?"
# Every article that links to another one is of its story
_KEEP_HEADLINE = """
UPDATE alternate_rows SET (url, headline) = (SELECT url, headline FROM articles WHERE id = :id)
WHERE alternate_id = :id AND url IS NULL
    AND article_id IN (SELECT id FROM articles WHERE story_id = (SELECT story_id FROM articles WHERE id = :id))
"""


class Links:
    """The links between one article and those of its other languages that the archive has."""

    def __init__(self, conn: sqlite3.Connection, article: Article, addresses: Iterable[str]) -> None:
        """`addresses`: every URL under which others may link to the article."""
        self._conn = conn
        wanted = json.dumps([alternate.url for alternate in article.alternates])
        self._targets = conn.execute(_TARGETS, (wanted, wanted)).fetchall() if article.alternates else []
        self._awaiting = conn.execute(_AWAITING, (json.dumps(list(addresses)),)).fetchall()

    def story(self, own: int | None = None) -> int:
        """The story of the article: the oldest of those that the links join, merged; else `own`, or a new one."""
        stories = {story for *_, story in self._targets + self._awaiting}
        if own is not None:
            stories.add(own)
        if not stories:
            made = self._conn.execute("INSERT INTO stories DEFAULT VALUES").lastrowid
            assert made is not None
            return made
        oldest: int = min(stories)
        for story in stories - {oldest}:
            self._conn.execute("UPDATE articles SET story_id = ? WHERE story_id = ?", (oldest, story))
            self._conn.execute("DELETE FROM stories WHERE id = ?", (story,))
        return oldest

    def fill(self, article_id: int) -> None:
        """Fill `alternates.alternate_id` at both ends, once the article has its row."""
        if self._targets:
            self._conn.executemany(_LINK_TO, [(target, article_id, url) for url, target, _ in self._targets])
        if self._awaiting:
            self._conn.executemany(_LINK_BACK, [(article_id, other, position) for other, position, _ in self._awaiting])


def keep_headline(conn: sqlite3.Connection, article_id: int) -> None:
    """Let links to an article say what they said, whatever becomes of its headline."""
    conn.execute(_KEEP_HEADLINE, {"id": article_id})
