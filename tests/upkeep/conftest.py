"""Archives with stored pages, made without a crawl."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

from newscrawl.archive import Archive
from newscrawl.exchanges import Exchange, Original
from newscrawl.items import Article, Failure, Link
from newscrawl.parser import parser_state
from newscrawl.run import Run
from newscrawl.sites.report_az import REPORT
from newscrawl.upkeep.rereading import Outcome, read_again
from newscrawl.upkeep.storing import store
from newscrawl.warc.writing import WarcWriter

OLD_PARSER = "000000000000"
T1, T2, T3, T4 = (f"2025-11-11T{hour}:00:00Z" for hour in (14, 15, 16, 17))

PAGE = """<!DOCTYPE html><html lang="en"><head><title>t</title><meta name="description" content="{summary}">
<meta property="article:published_time" content="2025-11-11T17:50:00+04:00"></head><body>
<div class="news-detail__head"><h1 class="section-title">{headline}</h1></div>
<div class="news-detail__desc"><p>{body}</p></div></body></html>"""
TEXT = "The ministers of both countries have met in Baku on Tuesday to speak about energy and transport."
URL = "https://report.az/en/region/a"


def page(headline: str = "Ministers meet", body: str = TEXT, summary: str = "What the ministers spoke about") -> str:
    return PAGE.format(headline=headline, body=body, summary=summary)


@attrs.define
class Library:
    """An archive and its WARC folder, filled as a crawl does it."""

    archive: Archive
    folder: Path
    writers: dict[int, WarcWriter] = attrs.field(factory=dict)

    def run(self, at: str = T1, parser: str | None = None) -> int:
        """A crawl that begins; its id."""
        run = Run(spider="report", arguments={}, started_at=at, parser=parser or parser_state())
        run_id = self.archive.start_run(run.spider, {}, run.versions, at, parser=run.parser)
        self.writers[run_id] = WarcWriter(self.folder, "report", at, run_id, run.warcinfo("newscrawl/test"), 10**9)
        return run_id

    def keep(self, run_id: int, html: str, at: str, url: str = URL, status: int = 200, **more: Any) -> int:
        """Store a page and its index row, and look at it no further; the snapshot's id."""
        headers = (("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip"))
        body = gzip.compress(html.encode(), mtime=0)
        exchange = Exchange(
            url=url, kind="article", status=status, headers=headers, body=body, fetched_at=at, **more
        )  # fmt: skip
        original = self.archive.snapshots.original(exchange.payload_sha256)
        return self._kept(run_id, exchange, original)

    def not_modified(self, run_id: int, at: str, url: str = URL, **more: Any) -> int:
        """Store the answer 304 to a question for the page that was stored last; the snapshot's id."""
        headers = (("Etag", '"a"'),)
        exchange = Exchange(url=url, kind="article", status=304, headers=headers, body=b"", fetched_at=at, **more)
        page = self.archive.snapshots.latest_page(url)
        original = self.archive.snapshots.original(page.payload_sha256) if page else None
        return self._kept(run_id, exchange, original)

    def _kept(self, run_id: int, exchange: Exchange, original: Original | None) -> int:
        place = self.writers[run_id].append(exchange, original)
        with self.archive.transaction():
            link = Link(url=exchange.url, language="en")
            self.archive.frontier.meet([link], site="report", now=exchange.fetched_at, reason="named by a test")
            return self.archive.snapshots.add(exchange, place, run_id=run_id, original=original)

    def read(self, snapshot_id: int, run_id: int, as_read: Callable[[Article], Outcome] | None = None) -> None:
        """What a crawl does with a page that it stored; `as_read` is how an earlier parser would have read it."""
        (snapshot,) = self.archive.snapshots.read([snapshot_id])
        outcome = read_again(self.folder, snapshot)
        if isinstance(outcome, Article) and as_read:
            outcome = as_read(outcome)
        with self.archive.transaction():
            store(self.archive, snapshot, outcome, run_id, again=False)

    def crawled(self, html: str, at: str = T1, as_read: Callable[[Article], Outcome] | None = None, **more: Any) -> int:
        """A whole crawl of one page, with an earlier parser where `as_read` is given; the snapshot's id."""
        run_id = self.run(at, OLD_PARSER if as_read else None)
        snapshot_id = self.keep(run_id, html, at, **more)
        self.read(snapshot_id, run_id, as_read)
        self.writers[run_id].close()
        return snapshot_id

    def confirmed(self, at: str, url: str = URL) -> int:
        """A whole crawl of one page that is as it was (304); the snapshot's id."""
        run_id = self.run(at)
        snapshot_id = self.not_modified(run_id, at, url)
        self.archive.unmodified(url, at=at, run_id=run_id)
        self.writers[run_id].close()
        return snapshot_id

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.archive.conn.execute(sql).fetchall()

    def dump(self) -> list[str]:
        """Every row of the database."""
        return list(self.archive.conn.iterdump())


def blind(article: Article) -> Failure:
    """A parser that knows no layout."""
    return Failure(
        url=article.url, stage="extract", error="UnknownLayout", detail="no layout", at=article.fetched_at,
        snapshot=article.snapshot,
    )  # fmt: skip


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Archive.open(tmp_path / "news.db") as archive:
        archive.add_site(REPORT)
        yield Library(archive, tmp_path / "warc")
