"""`Archive.save`: what becomes of one article, in one transaction."""

from __future__ import annotations

import sqlite3
from typing import Any

from newscrawl.archive import duplicates, failures, fulltext
from newscrawl.archive.identity import TWIN, add_aliases, addresses, identify
from newscrawl.archive.looks import Seen, cause, is_past
from newscrawl.archive.parts import Parts
from newscrawl.archive.settling import Settling
from newscrawl.archive.stories import Links, keep_headline
from newscrawl.archive.values import Saved
from newscrawl.items import Article
from newscrawl.text import fold, word_count
from newscrawl.times import local_day, to_utc

# The columns that come from the article itself, in the order of `_columns`
_COLUMNS = (
    "site", "url", "site_article_id", "language", "section", "section_slug", "headline", "published_at",
    "published_day", "published_text", "modified_at", "image_url", "short_url", "word_count", "content_sha256", "flags",
    "parser", "source_set_id", "summary", "body",
)  # fmt: skip
_OWN = ("story_id", "first_seen_at", "last_seen_at", "revision")
_INSERT = "INSERT INTO articles ({}) VALUES ({})".format(  # noqa: S608
    ", ".join(_COLUMNS + _OWN), ", ".join(f":{name}" for name in _COLUMNS + _OWN)
)
_INSERT_REVISION = """
INSERT INTO revision_rows (article_id, revision, seen_at, run_id, snapshot_id, modified_at, cause)
VALUES (?, ?, ?, ?, ?, ?, ?)
"""
# The state that is about to leave `articles` is copied out of the view, so that it reads afterwards as it did before
_KEEP_REVISION = """
UPDATE revision_rows SET (headline, summary, body, section, published_at, tags, content_sha256) = (
    SELECT headline, summary, body, section, published_at, tags, content_sha256 FROM revisions v
    WHERE v.id = revision_rows.id
) WHERE article_id = ? AND revision = ?
"""


class Saver:
    """Saves articles on one connection, inside the caller's transaction."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._parts = Parts(conn)
        self.settling = Settling(conn)
        """When what was saved is due for another look."""
        self._zones: dict[str, str | None] = {}
        self.wrote = False
        """Whether an article was added or changed."""

    def forget(self) -> None:
        """Drop what is remembered of rows: a transaction was rolled back."""
        self._parts.forget()
        self._zones.clear()

    def save(self, article: Article, seen: Seen) -> Saved:
        """New, changed or unchanged."""
        for url in {article.url, *article.aliases}:
            if seen.again:
                failures.resolve_by_stored_page(self._conn, url, seen.at, seen.snapshot_id, seen.run_id)
            else:
                failures.resolve(self._conn, url, seen.at, seen.run_id)
        columns = self._columns(article)
        found = identify(self._conn, columns)
        if found is None:
            saved = self._add(article, columns, seen)
        else:
            article_id, why = found
            saved = self._meet(article, columns, seen, article_id, why)
        self.settling.stored(saved.article_id, seen, saved.outcome, (article.url, *article.aliases))
        for url in (url for url, why in article.aliases.items() if why == "redirect"):
            self.settling.moved(url, saved.article_id, seen.at)
        self.wrote |= saved.outcome != "unchanged"
        return saved

    def _columns(self, article: Article) -> dict[str, Any]:
        published, zone = article.published_at, self._zone(article.site)
        values = (
            article.site, article.url, article.site_article_id, article.language, article.section,
            article.section_slug, article.headline, to_utc(published) if published else None,
            local_day(published, zone) if published else None, article.published_text,
            to_utc(article.modified_at) if article.modified_at else None, article.image_url, article.short_url,
            word_count(article.body), article.content_sha256, "; ".join(article.flags) or None, article.parser,
            self._parts.source_set(article.sources), article.summary, article.body,
        )  # fmt: skip
        return dict(zip(_COLUMNS, values, strict=True))

    def _zone(self, site: str) -> str:
        if site not in self._zones:
            row = self._conn.execute("SELECT zone FROM sites WHERE name = ?", (site,)).fetchone()
            if row is None:
                # Not one of our sites, but a host: its zone is not known, its days are those of UTC
                self._conn.execute("INSERT INTO sites (name, domain) VALUES (?, ?)", (site, site))
            self._zones[site] = row[0] if row else None
        return self._zones[site] or "UTC"

    def _add(self, article: Article, columns: dict[str, Any], seen: Seen) -> Saved:
        # An address that was another language's alias is an article of its own from now on
        self._conn.execute("DELETE FROM url_aliases WHERE url = ?", (article.url,))
        links = Links(self._conn, article, addresses(article))
        columns |= {
            "story_id": links.story(), "first_seen_at": seen.at, "last_seen_at": seen.at, "revision": 1,
        }  # fmt: skip
        article_id = self._conn.execute(_INSERT, columns).lastrowid
        assert article_id is not None
        self._add_revision(article_id, 1, columns, seen)
        self._parts.write(article_id, article)
        links.fill(article_id)
        add_aliases(self._conn, article_id, article)
        self._index(article_id, article, columns, seen.at)
        return Saved(article_id=article_id, revision=1, outcome="new")

    def _add_revision(
        self, article_id: int, revision: int, columns: dict[str, Any], seen: Seen, cause: str | None = None
    ) -> None:
        row = (article_id, revision, seen.at, seen.run_id, seen.snapshot_id, columns["modified_at"], cause)
        self._conn.execute(_INSERT_REVISION, row)

    def _index(self, article_id: int, article: Article, columns: dict[str, Any], first_seen_at: str) -> None:
        body = fold(article.body)
        moment = columns["published_at"] or first_seen_at
        text = duplicates.Text.of(article.site, article.language, moment, body)
        duplicates.remember(self._conn, article_id, text)
        duplicates.flag(self._conn, article_id, text)
        # Last: FTS5 writes out what it has gathered when a later statement of the transaction is an UPDATE
        fulltext.insert(self._conn, article_id, article.headline, body, " ".join(dict.fromkeys(article.tags)))

    def _meet(self, article: Article, columns: dict[str, Any], seen: Seen, article_id: int, why: str) -> Saved:
        """The article is in the archive already, under this address or another (`why`)."""
        stored = self._read(article_id)
        # The archived address stays: others may have cited it, and the new one becomes an alias
        del columns["url"]
        changed = columns["content_sha256"] != stored["content_sha256"]
        if is_past(self._conn, seen, stored, columns["content_sha256"]):
            return Saved(article_id=article_id, revision=stored["revision"], outcome="unchanged")
        relink = add_aliases(self._conn, article_id, article, why)
        if changed:
            columns |= self._supersede(article_id, stored, columns, seen)
        if changed or why != TWIN:
            relink |= self._parts.update(article_id, article)
        else:
            # A second address of the same text has its own section and links: those of the first one stay
            columns = {}
        if relink:
            columns["story_id"] = self._relink(article_id, article, seen, stored["story_id"])
        columns["last_seen_at"] = max(seen.at, stored["last_seen_at"])
        differing = {name: value for name, value in columns.items() if value != stored[name]}
        if "headline" in differing:
            keep_headline(self._conn, article_id)
        self._update(article_id, differing)
        if changed:
            self._index(article_id, article, columns, stored["first_seen_at"])
        revision = columns.get("revision", stored["revision"])
        return Saved(article_id=article_id, revision=revision, outcome="changed" if changed else "unchanged")

    def _supersede(
        self, article_id: int, stored: dict[str, Any], columns: dict[str, Any], seen: Seen
    ) -> dict[str, Any]:
        """Keep the current text as a revision and begin the next one; the columns that change with it."""
        revision = stored["revision"] + 1
        why = cause(self._conn, seen, stored)
        self._unindex(article_id, stored)
        self._conn.execute(_KEEP_REVISION, (article_id, stored["revision"]))
        self._add_revision(article_id, revision, columns, seen, why)
        more = {"revision": revision, "duplicate_of": None}
        # The publisher changed nothing where only the reading did
        return more if why else more | {"changed_at": seen.at}

    def _relink(self, article_id: int, article: Article, seen: Seen, story: int) -> int:
        links = Links(self._conn, article, addresses(article))
        story = links.story(story)
        links.fill(article_id)
        return story

    def _read(self, article_id: int) -> dict[str, Any]:
        cursor = self._conn.execute("SELECT * FROM articles WHERE id = ?", (article_id,))
        names = [column[0] for column in cursor.description]
        return dict(zip(names, cursor.fetchone(), strict=True))

    def _update(self, article_id: int, columns: dict[str, Any]) -> None:
        if columns:
            assignments = ", ".join(f"{name} = :{name}" for name in columns)
            self._conn.execute(f"UPDATE articles SET {assignments} WHERE id = :id", columns | {"id": article_id})  # noqa: S608

    def _unindex(self, article_id: int, stored: dict[str, Any]) -> None:
        """Take the former text out of the search index and the fingerprints. Before its tags are replaced."""
        body = fold(stored["body"])
        tags = " ".join(self._parts.tags_of(article_id))
        fulltext.delete(self._conn, article_id, stored["headline"], body, tags)
        moment = stored["published_at"] or stored["first_seen_at"]
        duplicates.forget(self._conn, article_id, duplicates.Text.of(stored["site"], stored["language"], moment, body))
