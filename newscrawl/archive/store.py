"""The archive: one object, one connection, verbs. The statements live in the modules it calls."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from newscrawl.archive import failures, health, opening, runs, walks
from newscrawl.archive.frontier import Frontier
from newscrawl.archive.looks import Seen
from newscrawl.archive.questions import Questions
from newscrawl.archive.saving import Saver
from newscrawl.archive.settling import Missed
from newscrawl.archive.snapshots import Snapshots
from newscrawl.archive.values import RunEnd, Saved
from newscrawl.archive.walks import Walks
from newscrawl.items import Article
from newscrawl.site import Site

_ADD_SITE = """
INSERT INTO sites (name, domain, zone) VALUES (:name, :domain, :zone)
ON CONFLICT (name) DO UPDATE SET domain = :domain, zone = :zone WHERE domain <> :domain OR zone IS NOT :zone
"""


class Archive(Questions):
    """An SQLite file of articles. Open it with `Archive.open`; use it from one thread.

    Every method that writes is a transaction of its own, or part of the one that `transaction` began. Times are UTC,
    `2025-11-11T13:50:00Z`.
    """

    def __init__(self, conn: sqlite3.Connection, path: Path) -> None:
        self.path = path
        """The database file."""
        self.conn = conn
        """For reading what no method answers. Write through the methods only."""
        self.snapshots = Snapshots(conn)
        """The index of stored exchanges."""
        self.frontier = Frontier(conn)
        """What is known of addresses, and when they are due."""
        self.walks = Walks(conn)
        """How far listings were walked."""
        self._saver = Saver(conn)
        self._settling = self._saver.settling

    @classmethod
    def open(cls, path: Path | str, *, create: bool = True, read_only: bool = False) -> Self:
        """Open the archive at `path`; make it (and its folder) if there is none, bring an older one up to date.

        Before an older archive that holds rows is changed, a copy `<path>.before-<migration>.bak` is made beside it.
        `read_only` never changes nor makes anything.

        Raises:
            ArchiveError: there is no file and none is to be made; or it is an older archive, opened read-only.
            NotAnArchive: the file is something else.
            PublishedCopy: it is a copy made for publishing.
            NewerArchive: a newer newscrawl wrote it.
            ReadOnlyArchive: the file or its folder cannot be written (read-only: cannot even be read).
        """
        path = Path(path)
        return cls(opening.connect(path, create=create, read_only=read_only), path)

    def close(self) -> None:
        """Close the file. What was not committed is lost."""
        self.conn.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside are committed together, or none where the block raises. May be nested.

        The lock of the one writer is taken at once; another writer is waited for up to 30 seconds.

        Raises:
            ReadOnlyArchive, DiskFull: the archive cannot be written.
            LockedArchive: another writer held the lock for all that time.
        """
        nested = self.conn.in_transaction
        with opening.naming(self.path):
            self.conn.execute("SAVEPOINT part" if nested else "BEGIN IMMEDIATE")
            try:
                yield
                self.conn.execute("RELEASE part" if nested else "COMMIT")
            except BaseException:
                self._roll_back(nested)
                raise

    def wait_no_more(self) -> None:
        """Find the lock of the one writer free, or raise LockedArchive at once, from now on."""
        self.conn.execute("PRAGMA busy_timeout = 0")

    def _roll_back(self, nested: bool) -> None:
        self._saver.forget()
        self.snapshots.forget()
        # A full disk, for one, has ended the transaction already
        if self.conn.in_transaction:
            if nested:
                self.conn.execute("ROLLBACK TO part")
            self.conn.execute("RELEASE part" if nested else "ROLLBACK")

    def add_site(self, site: Site) -> None:
        """Store name, domain and zone of a site; its `published_day` follows the zone from now on, and when articles
        that are saved are due again its schedule of looks.
        """
        with self.transaction():
            self.conn.execute(_ADD_SITE, {"name": site.name, "domain": site.domain, "zone": site.zone})
        self._saver.forget()
        self._settling.looks[site.name] = site.looks

    def restore_walks(self) -> None:
        """Take from the rows of runs how far listings were walked, where nothing else tells."""
        with self.transaction():
            walks.restore_all(self.conn)

    def leave_alone(self, site: str, until: str) -> None:
        """Remember until when a site asks for nothing to be asked of it."""
        with self.transaction():
            self.conn.execute("UPDATE sites SET not_before = ? WHERE name = ?", (until, site))

    def save(
        self, article: Article, *, seen_at: str, run_id: int | None, snapshot_id: int | None = None,
        again: bool = False,
    ) -> Saved:  # fmt: skip
        """Store what a page showed at `seen_at`, all of it or nothing.

        A new article gets its row, revision 1, tags, authors, images, alternates, story, aliases and its place in
        the search index; another text at a known address a further revision. With an equal text only `last_seen_at`
        changes, and what is no part of the text (images, alternates, `modified_at`, …) where it differs. Nearly
        equal texts are flagged in `duplicate_of`. Failures at any of the article's addresses are resolved.

        A page that was fetched before the one that the archived text is of changes nothing, whenever it is saved.

        With `again` the page was stored earlier: a text that differs though the archive saw no change of the page is a
        revision of the cause `parser`.

        Raises:
            ValueError: a time of the article has no offset.
            ReadOnlyArchive, DiskFull, LockedArchive: as `transaction`.
        """
        seen = Seen(at=seen_at, run_id=run_id, snapshot_id=snapshot_id, again=again)
        with self.transaction():
            return self._saver.save(article, seen)

    def fail(
        self, url: str, *, stage: str, error: str, detail: str | None, run_id: int | None, at: str,
        snapshot_id: int | None = None, site: str | None = None,
    ) -> None:  # fmt: skip
        """Record that a page gave no article; `times` counts the same stage at the same URL.

        `stage` is where it failed (`download`, `extract`, `check`, …), `error` the class name, `detail` the message.
        """
        with self.transaction():
            failures.fail(
                self.conn, url, stage=stage, error=error, detail=detail, run_id=run_id, at=at,
                snapshot_id=snapshot_id, site=site,
            )  # fmt: skip
            if stage != "listing":
                self._settling.failed(url, stage, at, error)

    def unmodified(self, url: str, *, at: str, run_id: int | None = None) -> int | None:
        """Note that the page at `url` was as before (304), `at` that time: the id of its article; None for none.

        That it could not be fetched before is resolved, what was wrong with the page is not.
        """
        with self.transaction():
            failures.resolve(self.conn, url, at, run_id, stage="download")
            return self._settling.unmodified(url, at)

    def missed(self, url: str, *, at: str, status: int, run_id: int | None = None) -> Missed | None:
        """Note that an archived article is not there: 404, 410, a redirect to a page that is no article.

        Three times over at least a day, and it is gone (`articles.gone_at`). What is archived stays, and a later page
        of it counts as a return. None where no article has the address `url`.
        """
        with self.transaction():
            missed = self._settling.missed(url, at, status)
            if missed:
                # It could be fetched: there is nothing
                failures.resolve(self.conn, url, at, run_id, stage="download")
            return missed

    def resolve(self, url: str, *, at: str, run_id: int | None) -> None:
        """Mark the open failures at `url` as resolved: the page (a listing, say) could be read. `save` does it too."""
        with self.transaction():
            failures.resolve(self.conn, url, at, run_id)

    def end_killed_run(self, run_id: int) -> None:
        """Say that a run was killed, if it has not said how it ended; its end is the last that it stored."""
        with self.transaction():
            runs.end_killed(self.conn, run_id)

    def resolve_listings(self, site: str, *, at: str, run_id: int) -> None:
        """Mark the open failures of a site's listings as resolved: run `run_id` has seen everything they would name."""
        with self.transaction():
            failures.resolve_listings(self.conn, site, at, run_id)

    def start_run(
        self, spider: str, arguments: Mapping[str, Any], versions: Mapping[str, str], at: str, *,
        command: str = "crawl", parser: str | None = None,
    ) -> int:  # fmt: skip
        """A new row of `runs`; its id. `arguments` are the spider's, by name, those that were given; `parser` tells
        which state of the page objects reads the pages.
        """
        with self.transaction():
            return runs.start(self.conn, spider, arguments, versions, at, command=command, parser=parser)

    def end_run(self, run_id: int, ended: RunEnd) -> None:
        """Say how a run ended.

        Raises:
            ValueError: a count that is none of `runs.COUNTS`.
        """
        with self.transaction():
            runs.end(self.conn, run_id, ended)

    def keep_health_state(self, site: str, state: str, reasons: Sequence[str], at: str) -> None:
        """Remember how a site is judged `at` that time: `fine`, or `degraded` for these reasons."""
        with self.transaction():
            health.keep_state(self.conn, site, state, reasons, at)

    def optimize(self) -> None:
        """Tidy up at the end of a run: the search index, planner statistics, the write-ahead log.

        Does nothing where nothing was saved. Quick: a reader that holds the log keeps it from shrinking, no more.
        """
        if not self._saver.wrote:
            return
        with self.transaction():
            # Many small segments become few. The bound keeps it quick; the next run goes on
            self.conn.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('merge', 500)")
        with opening.naming(self.path):
            # All rows: of a few the planner would learn that a site has hardly an article. Rare: at tenfold growth
            self.conn.execute("PRAGMA optimize")
            # Emptying the log would wait for readers as long as for a lock
            self.conn.execute("PRAGMA busy_timeout = 500")
            self.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self.conn.execute(f"PRAGMA busy_timeout = {opening.BUSY_SECONDS * 1000:.0f}")
        self._saver.wrote = False
