"""How far a crawl walks down a listing: to all that is wanted, past what was walked before."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Protocol, runtime_checkable

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from newscrawl.archive import BEGINNING, Span
from newscrawl.errors import ListingError
from newscrawl.extensions import Recorder
from newscrawl.items import Failure, Listing
from newscrawl.times import to_utc, utc_now
from newscrawl.walk import SECOND, Step, Walk

logger = logging.getLogger(__name__)


@runtime_checkable
class Jumping(Protocol):
    """A spider that can go on elsewhere in a listing."""

    def jump(self, request: Request, before: dt.datetime) -> Request:
        """The batch of the same listing that begins at `before`, in place of the one that `request` asks for."""
        ...


class Walking:
    """The walks of one crawl; how far they went stays in the archive."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._back_fill = crawler.settings.getint("NEWSCRAWL_BACKFILL")

    def begin(self, recorder: Recorder) -> None:
        """Remember what this crawl is asked for, so that the next one can go on with it."""
        asked, span = recorder.arguments, asked_span(recorder)
        if asked.urls or asked.sections or (asked.limit and span == Span()):
            return
        with recorder.archive.transaction():
            for language in asked.languages:
                if recorder.archive.walks.want(recorder.site.name, language, span, utc_now()):
                    logger.warning(
                        "%s: the walk through the whole past is given up, the archive begins at %s (%s)",
                        recorder.site.name, span.since, language,
                    )  # fmt: skip

    def is_needed(self, walk: Walk, recorder: Recorder) -> bool:
        """Whether the first page of a listing is needed whole, since something below the last walks is left."""
        newest = recorder.archive.walks.newest(recorder.site.name, walk.language, walk.section)
        return newest is None or self._left(walk, newest, recorder) is not None

    def is_bounded(self, recorder: Recorder) -> bool:
        """Whether the crawl is asked for a span or for sections only."""
        return asked_span(recorder) != Span() or bool(recorder.arguments.sections)

    def note(self, response: Response, listing: Listing, recorder: Recorder) -> None:
        """Once all that a batch of a listing links to is in the frontier: remember that it was walked so far.

        Part of the caller's transaction.
        """
        assert response.request
        walk, step = (response.request.cb_kwargs.get(name) for name in ("walk", "step"))
        if walk is None or not (listing.links or step):
            return
        oldest = to_utc(listing.oldest) if listing.oldest else None
        if not listing.links or (listing.cursor is None and self._is_short(walk, recorder)):
            oldest = BEGINNING
        newest = to_utc(_first_second(step)) if step else _newest(listing)
        if oldest is not None:
            walked = asked_span(recorder).clip(oldest, newest)
            recorder.archive.walks.walk(recorder.site.name, walk.language, walk.section, walked, at=utc_now())

    def cut_off(self, response: Response, listing: Listing, recorder: Recorder) -> Failure | None:
        """What is wrong with a listing's first page that shows no way on, though something below it is left."""
        assert response.request
        walk, step = (response.request.cb_kwargs.get(name) for name in ("walk", "step"))
        if walk is None or step or listing.cursor or not (listing.links and listing.oldest):
            return None
        if self._left(walk, to_utc(listing.oldest), recorder) is None:
            return None
        return Failure(
            url=response.url, stage="listing", error=ListingError.__name__, snapshot=response.meta.get("snapshot"),
            detail=f"{response.url}: no way to the next batch, though what is older than {listing.oldest} is missing",
        )  # fmt: skip

    def _is_short(self, walk: Walk, recorder: Recorder) -> bool:
        """Whether a listing never had more than one page, as far as is known: then that is all of it."""
        return recorder.archive.walks.newest(recorder.site.name, walk.language, walk.section) is None

    def next(self, request: Request, recorder: Recorder, *, fresh: bool) -> Request | None:
        """The request for the batch that is to follow, which may lie further down; None where nothing is left.

        Below a batch that brought something new there may be more of it, though all of it was walked before: articles
        can appear with an earlier time.
        """
        walk, step = request.cb_kwargs["walk"], request.cb_kwargs["step"]
        reached = to_utc(step.before - SECOND)
        left = self._left(walk, reached, recorder)
        if left is None:
            return request if fresh and any(reached in span for span in self._spans(walk, recorder)) else None
        if left < self._spans(walk, recorder)[0].since:
            self._back_fill -= 1
        spider = self._crawler.spider
        if left == reached or not isinstance(spider, Jumping):
            return request
        return spider.jump(request, dt.datetime.fromisoformat(left) + SECOND)

    def _left(self, walk: Walk, below: str, recorder: Recorder) -> str | None:
        spans = self._spans(walk, recorder)
        if self._back_fill < 1:
            spans = spans[:1]
        return recorder.archive.walks.left(recorder.site.name, walk.language, walk.section, below, spans)

    def _spans(self, walk: Walk, recorder: Recorder) -> list[Span]:
        """What is to be walked, not yet walked or not: what this crawl is asked for, or all that is wanted."""
        span = asked_span(recorder)
        if self.is_bounded(recorder):
            return [span]
        return recorder.archive.walks.wanted(recorder.site.name, walk.language) or [span]


def _newest(listing: Listing) -> str:
    """The time of a first page's newest card. Not that of the clock, which may be wrong: what came since would count
    as walked.
    """
    return min(max((to_utc(each.published_at) for each in listing.links if each.published_at), default=""), utc_now())


def _first_second(step: Step) -> dt.datetime:
    """The latest second that a batch tells of. Whether it shows the one that it is asked for is not known. Where the
    batch before brought nothing older, what lies between was passed over: no more of it can be asked for.
    """
    return step.before + SECOND if step.stuck else step.before - SECOND


def asked_span(recorder: Recorder) -> Span:
    """The span that a crawl is asked for."""
    asked = recorder.arguments
    return Span(to_utc(asked.since) if asked.since else BEGINNING, to_utc(asked.until) if asked.until else None)
