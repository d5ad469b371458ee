"""Item pipelines: a page becomes an article, is checked and stored.

Each returns what it was given or what became of it. A page that gives no article goes on as a `Failure`, so that it
is stored too: nothing is dropped but in words.
"""

from __future__ import annotations

from typing import Any, Self

from scrapy.crawler import Crawler

from newscrawl.errors import MissingField, PageError
from newscrawl.extensions import Recorder, recorder_of
from newscrawl.extract import extract
from newscrawl.items import Article, Failure, Listing, Page
from newscrawl.times import utc_now


class ExtractArticle:
    """`Page` -> `Article`."""

    def process_item(self, item: Any) -> Any:
        """The article of a page, or the failure to find one; other items as they are."""
        if not isinstance(item, Page):
            return item
        try:
            return extract(item)
        except PageError as error:
            url = item.requested_url or item.url
            return Failure(
                url=url, stage="extract", error=type(error).__name__, detail=str(error), snapshot=item.snapshot
            )


class _WithRecorder:
    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    @property
    def _recorder(self) -> Recorder:
        return recorder_of(self._crawler)


class CheckArticle(_WithRecorder):
    """What an article of a crawl needs beyond what a page object requires: a time, and a language of the site."""

    def process_item(self, item: Any) -> Any:
        """The article, or a failure that names the field."""
        if not isinstance(item, Article):
            return item
        try:
            self._check(item)
        except MissingField as error:
            return Failure(
                url=item.url, stage="check", error=type(error).__name__, detail=str(error), snapshot=item.snapshot
            )
        return item

    def _check(self, article: Article) -> None:
        if not (article.published_at or article.published_text):
            raise MissingField(f"published_at: {article.url} shows no time, machine-readable or printed")
        languages = self._recorder.site.languages
        if article.language not in languages:
            raise MissingField(f"language: {article.language!r} is none of {', '.join(languages)}")


class StoreArticle(_WithRecorder):
    """Hands everything to the archive."""

    def process_item(self, item: Any) -> Any:
        """The item, once the archive has it."""
        recorder = self._recorder
        if isinstance(item, Article):
            self._save(item, recorder)
        elif isinstance(item, Failure):
            self._fail(item, recorder)
        elif isinstance(item, Listing):
            recorder.archive.resolve(item.url, at=utc_now(), run_id=recorder.run_id)
            recorder.rejected.update(item.rejected)
        return item

    def _save(self, article: Article, recorder: Recorder) -> None:
        saved = recorder.archive.save(
            article,
            seen_at=article.fetched_at or utc_now(),
            run_id=recorder.run_id,
            snapshot_id=article.snapshot,
        )
        recorder.stored(article, saved.outcome)

    def _fail(self, failure: Failure, recorder: Recorder) -> None:
        recorder.archive.fail(
            failure.url,
            stage=failure.stage,
            error=failure.error,
            detail=failure.detail,
            run_id=recorder.run_id,
            at=utc_now(),
            snapshot_id=failure.snapshot,
            site=recorder.site.name,
        )
        recorder.failed(failure.url, failure.stage)
