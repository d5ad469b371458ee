"""Where a redirect may lead: the same for a crawl and for what it stored."""

from __future__ import annotations

from newscrawl import urls
from newscrawl.errors import PageError, RedirectedAway, RedirectRefused
from newscrawl.site import Site

STATUSES = frozenset({301, 302, 303, 307, 308})


def misled(site: Site, url: str, status: int, location: str, *, article: bool) -> PageError | None:
    """Why the redirect of `url` to `location` is not followed; None where it is.

    It must not leave the site, nor lead from an `article` to a page that lists articles.
    """
    target = urls.absolute(url, location)
    if target is None or not site.owns(target):
        return RedirectRefused(f"redirected to {location!r}, which is not followed: it is off the site")
    return RedirectedAway(status, target) if article and site.lists(target) else None
