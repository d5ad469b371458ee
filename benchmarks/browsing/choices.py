"""What visitors ask an archive for, at random: an article, a tag, a word that many articles have, one that none has."""

from __future__ import annotations

import random
import re
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

from newscrawl.replica.languages import LANGUAGES

COMMON = ("baki", "azerbaycan", "министерство", "statistika", "million", "report", "2025", "müqavilə", "the ministry")
"""Words that many articles of the stand-in have."""
_WORD = re.compile(r"[^\W\d_]{6,}")
_LAST = "SELECT max(id) FROM {}"
_TAGS = "SELECT tag, count(*) FROM article_tags JOIN tags ON tags.id = tag_id GROUP BY tag_id ORDER BY 2 DESC LIMIT 20"
_AUTHORS = "SELECT author, count(*) FROM article_authors JOIN authors ON id = author_id GROUP BY 1 ORDER BY 2 DESC"
_SECTIONS = "SELECT section_slug, language, count(*) FROM articles GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 20"
_EDITED = "SELECT article_id FROM revision_rows WHERE revision > 1 AND article_id >= ? LIMIT 1"


class Choices:
    """Random values out of one archive; the most common tags, authors and sections are counted once."""

    def __init__(self, path: Path, seed: int = 1) -> None:
        """`path`: an archive, which is only read."""
        self.conn = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        self.db = path.stem
        self._rng = random.Random(seed)
        self._tags = [str(tag) for tag, _ in self.conn.execute(_TAGS)]
        self._authors = [str(author) for author, _ in self.conn.execute(_AUTHORS)]
        self._sections = [(str(slug), str(language)) for slug, language, _ in self.conn.execute(_SECTIONS)]

    def count(self) -> int:
        """Articles."""
        return int(self._one("SELECT count(*) FROM articles"))

    def article(self) -> int:
        """The id of any article."""
        return self._near("articles")

    def row(self, table: str) -> int:
        """The id of any row of a table that has such ids."""
        return self._near(table)

    def edited(self) -> int:
        """The id of an article of two states or more."""
        start = self._rng.randint(1, self._one(_LAST.format("articles")))
        return int(self._one(_EDITED, start, default=self._one(_EDITED, 1)))

    def url(self) -> str:
        """The address of any article, as a part of a path."""
        return quote(self._of(self.article(), "url"))

    def stamp(self) -> str:
        """A time at which an article had been seen, fourteen digits, and its address."""
        article = self.article()
        seen = str(self._of(article, "last_seen_at"))
        return f"{''.join(ch for ch in seen if ch.isdigit())}/{quote(self._of(article, 'url'))}"

    def day(self) -> str:
        """A day on which something was published."""
        return str(self._one("SELECT published_day FROM articles WHERE id >= ? AND published_day <> '' LIMIT 1",
                             self.article(), default="2026-03-17"))  # fmt: skip

    def language(self) -> str:
        """Any."""
        return self._rng.choice(LANGUAGES)

    def tag(self) -> str:
        """One of the twenty most common."""
        return self._rng.choice(self._tags)

    def author(self) -> str:
        """Any."""
        return self._rng.choice(self._authors)

    def section(self) -> tuple[str, str]:
        """The slug and language of one of the twenty largest sections."""
        return self._rng.choice(self._sections)

    def common(self) -> str:
        """What many articles have."""
        return self._rng.choice(COMMON)

    def rare(self) -> str:
        """What one headline says, or hardly another."""
        return str(self._of(self.article(), "headline"))

    def slip(self) -> str:
        """A word of a headline with two of its letters in the wrong order."""
        word = next(iter(_WORD.findall(self.rare())), "Azərbaycan")
        place = self._rng.randint(1, len(word) - 3)
        return f"{word[:place]}{word[place + 1]}{word[place]}{word[place + 2 :]}"

    def nowhere(self) -> str:
        """What no article has."""
        return "".join(self._rng.choices("bcdfghjklmnpqrstvwxz", k=9))

    def _near(self, table: str) -> int:
        last = self._one(_LAST.format(table), default=1)
        start = self._rng.randint(1, last or 1)
        return int(self._one(f"SELECT id FROM {table} WHERE id >= ? LIMIT 1", start, default=1))

    def _of(self, article: int, column: str) -> Any:
        return self._one(f"SELECT {column} FROM articles WHERE id = ?", article)

    def _one(self, sql: str, *values: object, default: Any = None) -> Any:
        row = self.conn.execute(sql, values).fetchone()
        return default if row is None else row[0]
