"""One article with all that hangs on it, as a page shows it. Also of copies made for publishing, which have less."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import TypeVar

import attrs

T = TypeVar("T")

ARTICLE = """
SELECT a.id, a.site, s.domain, s.zone, a.url, a.language, a.section_slug, a.headline, a.published_at, a.published_text,
    a.image_url, a.short_url, a.word_count, a.flags, a.parser, a.first_seen_at, a.last_seen_at, a.changed_at,
    a.gone_at, a.revision, a.story_id, a.duplicate_of, p.sources
FROM articles a JOIN sites s ON s.name = a.site LEFT JOIN source_sets p ON p.id = a.source_set_id
WHERE a.id = ?
"""
AUTHORS = """
SELECT author FROM article_authors JOIN authors ON authors.id = author_id WHERE article_id = ? ORDER BY position
"""
IMAGES = "SELECT url, caption FROM images WHERE article_id = ? ORDER BY position"
# Nearly every article has a short link, so that those are in no index by article; the current one is known
ALIASES = """
SELECT url, why FROM url_aliases WHERE article_id = :id AND why NOT IN ('short link', 'redirect', 'same content')
UNION ALL SELECT url, why FROM url_aliases WHERE article_id = :id AND why IN ('redirect', 'same content')
UNION ALL SELECT url, why FROM url_aliases WHERE url = :short_url AND article_id = :id AND why = 'short link'
"""
_TITLE = "SELECT id, language, headline, published_at FROM articles"
STORY = f"{_TITLE} WHERE story_id = :story_id AND id <> :id ORDER BY language, published_at, id"
NEAR = f"""
SELECT * FROM ({_TITLE} WHERE id = :duplicate_of)
UNION ALL SELECT * FROM ({_TITLE} WHERE duplicate_of = :id ORDER BY published_at, id LIMIT 20)
"""  # noqa: S608
# Those that the archive has are in the story
ELSEWHERE = """
SELECT language, url, headline FROM alternates WHERE article_id = ? AND alternate_id IS NULL ORDER BY position
"""
BEFORE = f"""
{_TITLE} WHERE section_slug = :section_slug AND language = :language AND +site = :site
    AND (published_at, id) < (:published_at, :id)
ORDER BY published_at DESC, id DESC LIMIT 5
"""
TEXTS = """
SELECT a.id, a.language, a.headline, a.published_at, a.url, a.summary, a.body
FROM json_each(?) AS asked CROSS JOIN articles a ON a.id = asked.value ORDER BY asked.key
"""


@attrs.frozen(kw_only=True)
class Title:
    """An article as another one's page names it."""

    id: int
    language: str
    headline: str
    published_at: str | None
    """UTC, as all times here."""


@attrs.frozen(kw_only=True)
class Text(Title):
    """An article to be read beside another one."""

    url: str
    summary: str | None
    body: str


@attrs.frozen(kw_only=True)
class Elsewhere:
    """A version in another language that the page names and the archive does not have."""

    language: str
    url: str
    headline: str | None


@attrs.frozen(kw_only=True)
class Picture:
    """An image, by address."""

    url: str
    caption: str | None = None


@attrs.frozen(kw_only=True)
class Alias:
    """Another address of the article."""

    url: str
    why: str
    """`short link`, `amp`, `redirect`, …"""


@attrs.frozen(kw_only=True)
class Entry:
    """An article, but for the text, which its states have."""

    id: int
    site: str
    domain: str
    zone: str | None
    """Of the site: an IANA name."""
    url: str
    language: str
    section_slug: str | None
    headline: str
    published_at: str | None
    """UTC, as all times here."""
    published_text: str | None
    """As printed."""
    image_url: str | None
    short_url: str | None
    word_count: int
    flags: str | None
    """What to doubt, in words."""
    parser: str
    first_seen_at: str
    last_seen_at: str
    changed_at: str | None
    gone_at: str | None
    revision: int
    """The state it is in now."""
    story_id: int
    duplicate_of: int | None
    sources: Mapping[str, str]
    """Field to where its value came from."""
    authors: tuple[str, ...]
    pictures: tuple[Picture, ...]
    """The main one first."""
    aliases: tuple[Alias, ...]
    story: tuple[Title, ...]
    """The other articles of its story."""
    elsewhere: tuple[Elsewhere, ...]
    near: tuple[Title, ...]
    """Articles with nearly the same text: the one it is a duplicate of first, then its own duplicates."""
    before: tuple[Title, ...]
    """The articles before it in its section."""

    @property
    def addresses(self) -> tuple[str, ...]:
        """All of them, its own first."""
        return (self.url, *(alias.url for alias in self.aliases))


def entry(conn: sqlite3.Connection, article_id: int) -> Entry | None:
    """The article of that id; None where there is none."""
    cursor = conn.execute(ARTICLE, (article_id,))
    row = cursor.fetchone()
    if row is None:
        return None
    columns = dict(zip((column[0] for column in cursor.description), row, strict=True))
    return Entry(
        **columns | {"sources": json.loads(columns["sources"] or "{}")},
        authors=tuple(author for (author,) in conn.execute(AUTHORS, (article_id,))),
        pictures=_pictures(columns["image_url"], _all(Picture, conn.execute(IMAGES, (article_id,)))),
        aliases=_all(Alias, conn.execute(ALIASES, columns)),
        story=_all(Title, conn.execute(STORY, columns)),
        elsewhere=_all(Elsewhere, conn.execute(ELSEWHERE, (article_id,))),
        near=_all(Title, conn.execute(NEAR, columns)),
        before=_all(Title, conn.execute(BEFORE, columns)),
    )


def texts(conn: sqlite3.Connection, ids: Sequence[int]) -> tuple[Text, ...]:
    """The articles of these ids as they read now, in this order."""
    return _all(Text, conn.execute(TEXTS, (json.dumps(list(ids)),)))


def _pictures(main: str | None, listed: tuple[Picture, ...]) -> tuple[Picture, ...]:
    if main is None or any(picture.url == main for picture in listed):
        return listed
    return (Picture(url=main), *listed)


def _all(kind: type[T], cursor: sqlite3.Cursor) -> tuple[T, ...]:
    names = [column[0] for column in cursor.description]
    return tuple(kind(**dict(zip(names, row, strict=True))) for row in cursor)
