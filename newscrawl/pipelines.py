"""Item pipelines: a page becomes an article, is checked and stored.

Each returns what it was given or what became of it. A page that gives no article goes on as a `Failure`, so that it
is stored too: nothing is dropped but in words.
"""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from newscrawl.errors import ArchiveError
from newscrawl.extensions import Recorder, recorder_of
from newscrawl.items import Article, Failure, Listing, Missing, Page, Unmodified
from newscrawl.outcome import checked, extracted
from newscrawl.times import utc_now
from newscrawl.upkeep.catching_up import read_former_page


class ExtractArticle:
    """`Page` -> `Article`."""

    def process_item(self, item: Any) -> Any:
        """The article of a page, or the failure to find one; other items as they are."""
        return extracted(item) if isinstance(item, Page) else item


class _WithRecorder:
    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The pipeline of a crawl, with its recorder."""
        return cls(crawler)

    @property
    def _recorder(self) -> Recorder:
        return recorder_of(self._crawler)


class CheckArticle(_WithRecorder):
    """What an article of a crawl needs beyond what a page object requires: a time, and a language of the site."""

    def process_item(self, item: Any) -> Any:
        """The article, or a failure that names the field."""
        return checked(item, self._recorder.site.languages) if isinstance(item, Article) else item


class StoreArticle(_WithRecorder):
    """Hands everything to the archive."""

    def process_item(self, item: Any) -> Any:
        """The item, once the archive has it. An archive that cannot be written ends the crawl."""
        recorder = self._recorder
        try:
            self._store(item, recorder)
        except ArchiveError as error:
            # No failure could be written either. The page is on the disk, and the next crawl reads it
            recorder.give_up(error)
            raise DropItem(str(error)) from error
        return item

    def _store(self, item: Any, recorder: Recorder) -> None:
        if isinstance(item, Article):
            self._save(item, recorder)
        elif isinstance(item, Unmodified):
            self._unmodified(item, recorder)
        elif isinstance(item, Missing):
            self._missed(item, recorder)
        elif isinstance(item, Failure):
            self._fail(item, recorder)
        elif isinstance(item, Listing):
            recorder.archive.resolve(item.url, at=utc_now(), run_id=recorder.run_id)
            recorder.rejected.update(item.rejected)

    def _save(self, article: Article, recorder: Recorder) -> None:
        read_former_page(recorder.archive, recorder.folder, article, recorder.run_id)
        saved = recorder.archive.save(
            article,
            seen_at=article.fetched_at or utc_now(),
            run_id=recorder.run_id,
            snapshot_id=article.snapshot,
        )
        recorder.stored(article, saved.outcome)

    def _unmodified(self, item: Unmodified, recorder: Recorder) -> None:
        recorder.archive.unmodified(item.url, at=item.fetched_at, run_id=recorder.run_id)
        for what in ("unchanged", "not_modified"):
            recorder.count(recorder.site.language_of(item.url), what)

    def _missed(self, item: Missing, recorder: Recorder) -> None:
        missed = recorder.archive.missed(item.url, at=item.fetched_at, status=item.status, run_id=recorder.run_id)
        if missed is None:
            self._fail(item.otherwise, recorder)
        else:
            recorder.count(recorder.site.language_of(item.url), "gone" if missed.newly else "missing")

    def _fail(self, failure: Failure, recorder: Recorder) -> None:
        recorder.archive.fail(
            failure.url,
            stage=failure.stage,
            error=failure.error,
            detail=failure.detail,
            run_id=recorder.run_id,
            at=failure.at or utc_now(),
            snapshot_id=failure.snapshot,
            site=recorder.site.name,
        )
        recorder.failed(failure.url, failure.stage)
