"""Conditional requests (RFC 9110, 13): the page, only if it is another one than we have."""

from __future__ import annotations

from http import HTTPStatus

from scrapy import Request
from scrapy.http import Response

from newscrawl.archive import Validators


def conditional(request: Request, known: Validators | None) -> Request:
    """The request with what its page is known by, where that is known; its answer may be a 304 then."""
    if known is None:
        return request
    if known.etag:
        request.headers["If-None-Match"] = known.etag
    if known.last_modified:
        request.headers["If-Modified-Since"] = known.last_modified
    request.meta["handle_httpstatus_list"] = [HTTPStatus.NOT_MODIFIED]
    return request


def validators_of(response: Response) -> Validators:
    """What a page is to be known by."""
    found = (response.headers.get(name) for name in ("ETag", "Last-Modified"))
    return Validators(*(value.decode("latin-1") if value else None for value in found))
