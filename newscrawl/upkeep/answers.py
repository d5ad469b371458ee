"""What a stored answer says of an article, as a crawl takes it: also that it is as it was, or not there."""

from __future__ import annotations

from pathlib import Path

import attrs

from newscrawl import redirects
from newscrawl.archive import Snapshot
from newscrawl.errors import RedirectedAway, WarcError
from newscrawl.exchanges import Exchange
from newscrawl.items import Failure, Missing, Unmodified
from newscrawl.outcome import read
from newscrawl.redirects import misled
from newscrawl.site import Site
from newscrawl.sites import SITES
from newscrawl.upkeep.rereading import Outcome, Unreadable
from newscrawl.warc.decoding import page_of
from newscrawl.warc.names import site_of
from newscrawl.warc.reading import load

VALIDATORS = ("etag", "last-modified")
NOT_THERE = frozenset({404, 410})


@attrs.frozen(kw_only=True)
class Answer:
    """A stored answer and what it says."""

    exchange: Exchange | None
    """Without its body, and of its headers the validators alone; None where it cannot be read back."""
    said: Outcome | Unmodified | Missing | None
    """None: a redirect to where another answer says the rest."""


def answer_of(folder: Path, snapshot: Snapshot) -> Answer:
    """What a stored exchange with an article's address says today."""
    try:
        exchange = load(folder, snapshot.place, snapshot.original)
    except WarcError as error:
        return Answer(exchange=None, said=Unreadable(error))
    site = SITES.get(site_of(snapshot.place.file))
    headers = tuple((name, value) for name, value in exchange.headers if name.lower() in VALIDATORS)
    return Answer(exchange=attrs.evolve(exchange, headers=headers, body=b""), said=_said(exchange, snapshot.id, site))


def _said(exchange: Exchange, snapshot: int, site: Site | None) -> Outcome | Unmodified | Missing | None:
    status = exchange.status
    if 200 <= status < 300:
        return read(page_of(exchange, snapshot), site.languages if site else None)
    if status == 304:
        return Unmodified(url=exchange.url, fetched_at=exchange.fetched_at)
    if status in redirects.STATUSES:
        location = next((value for name, value in exchange.headers if name.lower() == "location"), "")
        error = misled(site, exchange.url, status, location, article=True) if site else None
        failure = _failure(exchange, snapshot, type(error).__name__, str(error))
        if isinstance(error, RedirectedAway):
            return _missing(exchange, failure)
        return failure if error else None
    failure = _failure(exchange, snapshot, f"Http{status}", f"the site answered {status}")
    return _missing(exchange, failure) if status in NOT_THERE else failure


def _missing(exchange: Exchange, failure: Failure) -> Missing:
    return Missing(
        url=exchange.requested_url or exchange.url, status=exchange.status, fetched_at=exchange.fetched_at,
        otherwise=failure,
    )  # fmt: skip


def _failure(exchange: Exchange, snapshot: int, error: str, detail: str) -> Failure:
    return Failure(
        url=exchange.requested_url or exchange.url,
        stage="download",
        error=error,
        detail=detail,
        at=exchange.fetched_at,
        snapshot=snapshot,
    )
