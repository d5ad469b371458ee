"""What is asked of an archive. Nothing here changes it."""

from __future__ import annotations

import sqlite3

from newscrawl.archive import failures, health, reading, runs, search
from newscrawl.archive.health import HealthState
from newscrawl.archive.values import Hit, Row, Status
from newscrawl.items import Failure


class Questions:
    """The questions that `Archive` answers. Times are UTC."""

    conn: sqlite3.Connection

    def is_news(self, failure: Failure, *, parser: str) -> bool:
        """Whether the failure of a stored page that is read again (by `parser`) tells what is not known yet."""
        return failures.is_news(self.conn, failure, parser)

    def not_before(self, site: str) -> str | None:
        """Until when a site asked to be left alone; None where it never did."""
        row = self.conn.execute("SELECT not_before FROM sites WHERE name = ?", (site,)).fetchone()
        return row[0] if row else None

    def find_run(self, spider: str, started_at: str) -> int | None:
        """The id of the run of `spider` that began at `started_at`; None where there is none."""
        return runs.find(self.conn, spider, started_at)

    def unended_runs(self, spider: str, *, before: int) -> list[tuple[int, str]]:
        """(id, start) of the runs of `spider` before the run `before` that were killed, or stopped by a full disk."""
        return runs.unended(self.conn, spider, before)

    def sections(self, site: str) -> list[tuple[str, str | None, str | None]]:
        """(language, slug, name) of every section that articles of a site stand in."""
        return reading.sections(self.conn, site)

    def latest(self, n: int, language: str | None = None) -> list[Row]:
        """The `n` articles published last, the newest first; those without a time come last."""
        return reading.latest(self.conn, n, language)

    def story(self, story_id: int) -> list[Row]:
        """The articles of one story, by language. None for a story that is not there."""
        return reading.story(self.conn, story_id)

    def search(
        self, text: str, language: str | None = None, limit: int = 20, *, marks: tuple[str, str] = ("[", "]")
    ) -> list[Hit]:
        """The best articles for what a person typed, the best first. Never fails, whatever was typed.

        Letters are folded (`baki` finds `Bakı`), each word of three letters or more finds those that begin with it, all
        must be there; words between quotes are a phrase, to the letter. Of words that stand in more than
        `hits.MOST` articles the newest come first. `marks` go around the hits in the snippet.
        """
        return search.search(self.conn, text, language=language, limit=limit, marks=marks)

    def status(self) -> Status:
        """What is in the archive, by site and language, and in what state it is."""
        return reading.status(self.conn)

    def health_state(self, site: str) -> HealthState | None:
        """How a site was judged last; None where it never was."""
        return health.state(self.conn, site)
