"""From what Scrapy hands a callback to our values: pages, and failures to get one."""

from __future__ import annotations

import attrs
from scrapy import Request
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from newscrawl.errors import ArchiveError, PageError, RedirectedAway
from newscrawl.items import Failure, Missing, Page
from newscrawl.times import utc_now


def page_of(response: Response) -> Page:
    """The page of a response, with the address that was asked for where a redirect led elsewhere."""
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )
    meta = response.meta
    return Page(
        url=response.url,
        status=response.status,
        headers=headers,
        body=response.body,
        fetched_at=meta.get("fetched_at") or utc_now(),
        requested_url=meta.get("redirect_urls", [None])[0],
        snapshot=meta.get("snapshot"),
    )


def is_document(response: Response) -> bool:
    """Whether an answer is a whole page, not a piece of one."""
    start = response.body[:2_048].lower()
    return b"<html" in start or b"<!doctype" in start


def failed(url: str, stage: str, error: BaseException, snapshot: int | None = None) -> Failure:
    """A failure in the error's own words."""
    return Failure(
        url=url, stage=stage, error=type(error).__name__, detail=str(error) or repr(error), snapshot=snapshot
    )


def unreadable(response: Response, error: PageError) -> Failure:
    """A listing, sitemap or feed that came and cannot be read."""
    return failed(response.url, "listing", error, response.meta.get("snapshot"))


def unanswered(request: Request, error: BaseException) -> Failure | Missing | None:
    """What a request without a usable answer is; None for an article that we chose not to ask for.

    A listing is a failure whatever the reason: without it a crawl has not seen everything. That the archive cannot be
    written says nothing of a page: it is on the disk, or will be asked for again.
    """
    is_article = "link" in request.meta
    if isinstance(error, ArchiveError) or (is_article and request.meta.get("forbidden")):
        return None
    # That of the last answer that came: a redirect that leads elsewhere, a 503 before the connection was lost
    snapshot = request.meta.get("snapshot")
    failure = _failure(request, error, "download" if is_article else "listing", snapshot)
    status = _not_there(error) if is_article else None
    if status is None:
        return failure
    return Missing(url=failure.url, status=status, fetched_at=failure.at or utc_now(), otherwise=failure)


def _failure(request: Request, error: BaseException, stage: str, snapshot: int | None) -> Failure:
    # Of an article that redirects elsewhere it is the address that was asked for which waits
    url = request.meta.get("redirect_urls", [request.url])[0] if stage == "download" else request.url
    if isinstance(error, RedirectedAway):
        return attrs.evolve(failed(url, stage, error, snapshot), at=request.meta.get("fetched_at"))
    if not isinstance(error, HttpError):
        return failed(url, stage, error, snapshot)
    status = error.response.status
    return Failure(
        url=url, stage=stage, error=f"Http{status}", detail=f"the site answered {status}", snapshot=snapshot,
        at=request.meta.get("fetched_at"),
    )  # fmt: skip


def _not_there(error: BaseException) -> int | None:
    """The status of an answer that says that there is no such article."""
    if isinstance(error, RedirectedAway):
        return error.status
    if isinstance(error, HttpError) and error.response.status in {404, 410}:
        return int(error.response.status)
    return None
