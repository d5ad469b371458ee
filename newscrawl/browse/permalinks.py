"""Permanent links: by the address of an article and a time, which no rebuilding of the archive changes.

    /{database}/-/article/{address}                     the article, as it reads now
    /{database}/-/article/{YYYYMMDDhhmmss}/{address}    as it read then (UTC)

Without a time in the address, one in the header `Accept-Datetime` counts (RFC 7089, Memento).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from datasette.utils.asgi import Base400, Request, Response

from newscrawl import urls
from newscrawl.archive import history
from newscrawl.archive.values import Revision
from newscrawl.browse.opening import Opened, open_article
from newscrawl.browse.shelf import Shelf, shelf_of
from newscrawl.times import to_utc

if TYPE_CHECKING:
    from datasette.app import Datasette

_AS_IS = ":/@!$&'()*+,;=~-._"
"""What may stand in the path of an address as it is; `%` is quoted, so that the address comes back as it was."""


class NotArchived(Base400):  # type: ignore[misc]
    """No article of the archive is meant.

    No `NotFound`: at a path with `%` datasette leads on to another spelling of it then.
    """

    status = 404


def link(shelf: Shelf, request: Request, opened: Opened, state: Revision | None = None) -> str:
    """The permanent link, with its host, to an article; to one of its states, where that is named.

    States of one second are the same page, read by another state of newscrawl each: the first one has the plain time,
    later ones are counted, `20260318063300-2`.
    """
    url, stamp = opened.entry.url, ""
    if state:
        reading = 1 + sum(each.seen_at == state.seen_at and each.revision < state.revision for each in opened.states)
        digits = "".join(ch for ch in state.seen_at if ch.isdigit())
        stamp = f"{digits}-{reading}/" if reading > 1 else f"{digits}/"
    return str(shelf.datasette.absolute_url(request, shelf.url(f"-/article/{stamp}{quote(url, safe=_AS_IS)}")))


def headers(shelf: Shelf, request: Request, opened: Opened) -> dict[str, str]:
    """What says of the page of a state that it is a memento of the publisher's page (RFC 7089)."""
    original = quote(opened.entry.url, safe=_AS_IS + "?%")
    seen = dt.datetime.fromisoformat(opened.state.seen_at).astimezone(dt.UTC)
    return {
        "Memento-Datetime": format_datetime(seen, usegmt=True),
        "Link": f'<{original}>; rel="original", <{link(shelf, request, opened)}>; rel="timegate"',
    }


async def lead(datasette: Datasette, request: Request) -> Response:
    """From a permanent link to the article's page."""
    shelf = await shelf_of(datasette, request)
    query = f"?{request.query_string}" if request.query_string else ""
    given = request.url_vars["url"] + query
    found = await shelf.ask(history.find, spellings(given))
    if found is None:
        raise NotArchived(f"The archive has no article at {unquote(given)}")
    article_id, url = found
    answer_to = {"Link": f'<{quote(url, safe=_AS_IS + "?%")}>; rel="original"', "Vary": "Accept-Datetime"}
    at = _asked(request)
    state = _as_of(await open_article(shelf, str(article_id)), at, request.url_vars["reading"]) if at else None
    chosen = f"?revision={state.revision}" if state else ""
    return Response.redirect(shelf.url(f"articles/{article_id}") + chosen, headers=answer_to)


def spellings(given: str) -> tuple[str, ...]:
    """An address as it stands in a permanent link, in all the spellings in which the archive may have it."""
    found: list[str] = []
    for text in (given, unquote(given)):
        scheme, colon, rest = text.partition(":")
        # Some servers make one slash of two
        whole = f"{scheme}://{rest.lstrip('/')}" if colon and scheme.lower() in ("http", "https") else f"https://{text}"
        found += [whole, *_canonical(whole)]
    return tuple(dict.fromkeys(found))


def _canonical(url: str) -> Sequence[str]:
    """The one spelling, and the one of sites that take `www.` and a slash at the end for nothing."""
    try:
        canonical = urls.canonical(url)
    except ValueError:
        return ()
    parts = urlsplit(canonical)
    bare = parts._replace(scheme="https", netloc=parts.netloc.removeprefix("www."), path=parts.path.rstrip("/") or "/")
    return canonical, urlunsplit(bare)


def _asked(request: Request) -> str | None:
    """The time that is asked for, in UTC; None for now.

    Raises:
        NotArchived: there is no such time.
    """
    if stamp := request.url_vars["at"]:
        try:
            return to_utc(dt.datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC))
        except ValueError:
            raise NotArchived(f"{stamp} is no time: give year, month, day, hour, minute and second in UTC") from None
    try:
        return to_utc(parsedate_to_datetime(request.headers.get("accept-datetime", "")))
    except (ValueError, OverflowError):
        return None


def _as_of(opened: Opened, at: str, reading: str | None) -> Revision:
    """The state that the archive had seen last at a time (UTC).

    Of those of exactly that second the one of the number `reading`, the first where none is given. An archive that was
    made anew from its stored pages may have fewer readings of a page: then the last one.

    Raises:
        NotArchived: it had seen none.
    """
    seen = [state for state in opened.states if state.seen_at <= at]
    if not seen:
        first = opened.at(opened.states[0].seen_at).full
        raise NotArchived(f"The archive saw this article for the first time on {first} and has nothing earlier")
    same = [state for state in seen if state.seen_at == seen[-1].seen_at]
    if at != same[0].seen_at:
        return same[-1]
    return same[min(max(int(reading or 1), 1), len(same)) - 1]
