"""How far listings were walked, and which spans of time are wanted: what is wanted and not walked is left.

A listing is walked from new to old. What a batch of it showed is in the frontier before the batch counts as walked, so
a walk that ends anywhere, by whatever, goes on there. Times are the listing's own: when articles were published, UTC.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

import attrs

from newscrawl.archive import runs
from newscrawl.schedule import later
from newscrawl.times import to_utc
from newscrawl.walk import SECOND

BEGINNING = "0001-01-01T00:00:00Z"
"""Earlier than anything: where a walk to the end of a listing ends."""
ALL_NEWS = ""
"""`walked.section` of a listing of everything in a language; of others it is the section's slug."""

_ASK = "INSERT INTO wanted (site, language, since, until, asked_at) VALUES (?, ?, ?, ?, ?)"
_OPEN = "SELECT rowid, since FROM wanted WHERE site = ? AND language = ? AND until IS NULL"
_WANTED = """
SELECT rowid, since, until FROM wanted
WHERE site = ? AND language = ? AND (until IS NULL OR done_at IS NULL) ORDER BY until IS NOT NULL, until DESC
"""
_SAME = "SELECT rowid, done_at FROM wanted WHERE site = ? AND language = ? AND since = ? AND until = ?"
_WALKED = "SELECT oldest, newest FROM walked WHERE site = ? AND language = ? AND section IN ('', ?) ORDER BY oldest"
_OWN = "SELECT oldest, newest FROM walked WHERE site = ? AND language = ? AND section = ? ORDER BY oldest"
_FORGET = "DELETE FROM walked WHERE site = ? AND language = ? AND section = ?"
_WALK = "INSERT INTO walked (site, language, section, oldest, newest) VALUES (?, ?, ?, ?, ?)"


@attrs.frozen
class Span:
    """Half-open: `since <= published_at < until`."""

    since: str = BEGINNING
    until: str | None = None
    """None: without an end."""

    @property
    def last(self) -> str | None:
        """The last second of it."""
        return _earlier(self.until) if self.until else None

    def __contains__(self, moment: str) -> bool:
        return self.since <= moment and (self.until is None or moment < self.until)

    def clip(self, oldest: str, newest: str) -> tuple[str, str]:
        """What of a walk from `newest` down to `oldest`, that second not included, lies in it."""
        return max(oldest, _earlier(self.since)), min(newest, self.last or newest)


class Walks:
    """Walks of one archive; what is written is part of the caller's transaction."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def want(self, site: str, language: str, span: Span, at: str) -> bool:
        """Remember that a span is wanted; True if it gives up an unfinished walk through the whole past.

        Without an end it says where the archive begins: the earliest that anybody asked for, a day before the whole
        past. With an end it is a back-fill; where nothing of it is left it is walked again: somebody asks for it.
        """
        if span.until is None:
            return self._begin(site, language, span.since, at)
        same = self._conn.execute(_SAME, (site, language, span.since, span.until)).fetchone()
        if same is None:
            self._conn.execute(_ASK, (site, language, span.since, span.until, at))
        elif same[1] is not None:
            self._conn.execute("UPDATE wanted SET done_at = NULL, asked_at = ? WHERE rowid = ?", (at, same[0]))
        if self.left(site, language, ALL_NEWS, span.until, [span]) is None:
            self._forget(site, language, span)
        return False

    def _begin(self, site: str, language: str, since: str, at: str) -> bool:
        row = self._conn.execute(_OPEN, (site, language)).fetchone()
        if row is None:
            self._conn.execute(_ASK, (site, language, since, None, at))
            return False
        if since == BEGINNING:
            return False
        begin = since if row[1] == BEGINNING else min(since, row[1])
        self._conn.execute("UPDATE wanted SET since = ? WHERE rowid = ?", (begin, row[0]))
        newest = self.newest(site, language, ALL_NEWS)
        is_begun = newest is not None and self.left(site, language, ALL_NEWS, newest, [Span()]) is not None
        return row[1] == BEGINNING and is_begun

    def wanted(self, site: str, language: str) -> list[Span]:
        """What is wanted and not finished: first what has no end, then back-fills, the latest first."""
        return [Span(since, until) for _, since, until in self._conn.execute(_WANTED, (site, language))]

    def walk(self, site: str, language: str, section: str, walked: tuple[str, str], at: str) -> None:
        """Remember a walk, the second at which it ended not included; back-fills that it ends are done."""
        if walked[0] >= walked[1]:
            return
        spans = _merged([*self._conn.execute(_OWN, (site, language, section)), walked])
        self._conn.execute(_FORGET, (site, language, section))
        self._conn.executemany(_WALK, ((site, language, section, *span) for span in spans))
        for row, since, until in self._conn.execute(_WANTED, (site, language)).fetchall():
            if until and self.left(site, language, ALL_NEWS, until, [Span(since, until)]) is None:
                self._conn.execute("UPDATE wanted SET done_at = ? WHERE rowid = ?", (at, row))

    def newest(self, site: str, language: str, section: str) -> str | None:
        """The time from which the last walk began; None where there was none."""
        found = self._conn.execute(_WALKED, (site, language, section)).fetchall()
        return max((newest for _, newest in found), default=None)

    def left(self, site: str, language: str, section: str, below: str, spans: Iterable[Span]) -> str | None:
        """The latest second at or before `below` that is in one of `spans` and was not walked; None for none."""
        walked = self._conn.execute(_WALKED, (site, language, section)).fetchall()
        return max((found for span in spans if (found := _left(walked, below, span))), default=None)

    def is_complete(self, site: str, language: str) -> bool:
        """Whether all was walked from the beginning of the archive to the last walk."""
        newest = self.newest(site, language, ALL_NEWS)
        spans = [span for span in self.wanted(site, language) if span.until is None]
        # Where only back-fills were asked for, nobody knows what there is beside them
        if newest is None or not spans:
            return False
        return self.left(site, language, ALL_NEWS, newest, spans) is None

    def _forget(self, site: str, language: str, span: Span) -> None:
        assert span.last is not None
        kept = []
        for oldest, newest in self._conn.execute(_OWN, (site, language, ALL_NEWS)).fetchall():
            kept += [(oldest, min(newest, _earlier(span.since))), (max(oldest, span.last), newest)]
        self._conn.execute(_FORGET, (site, language, ALL_NEWS))
        rows = ((site, language, ALL_NEWS, *each) for each in kept if each[0] < each[1])
        self._conn.executemany(_WALK, rows)


def restore_all(conn: sqlite3.Connection) -> None:
    """Take from the rows of runs how far an archive is complete that has no walks of its own."""
    for site, language in conn.execute("SELECT DISTINCT site, language FROM articles ORDER BY 1, 2").fetchall():
        _restore(conn, site, language)


def _restore(conn: sqlite3.Connection, site: str, language: str) -> None:
    known = conn.execute("SELECT 1 FROM walked WHERE site = ? AND language = ?", (site, language)).fetchone()
    complete = runs.complete(conn, site, language)
    if known is None and complete is not None:
        since, newest = complete
        begin = to_utc(since) if since else BEGINNING
        conn.execute(_WALK, (site, language, ALL_NEWS, _earlier(begin), newest))
        conn.execute(_ASK, (site, language, begin, None, newest))


def _left(walked: Sequence[tuple[str, str]], below: str, span: Span) -> str | None:
    moment = min(below, span.last) if span.last else below
    for oldest, newest in reversed(_merged(walked)):
        if oldest < moment <= newest:
            moment = oldest
    return moment if moment >= span.since and moment != BEGINNING else None


def _merged(spans: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    merged: list[tuple[str, str]] = []
    for oldest, newest in sorted(spans):
        if merged and oldest <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(newest, merged[-1][1]))
        else:
            merged.append((oldest, newest))
    return merged


def _earlier(moment: str) -> str:
    if moment == BEGINNING:
        return BEGINNING
    return later(moment, -SECOND)
