"""The one door from bytes to items: an article, or what a listing, a sitemap or a feed names."""

from __future__ import annotations

from collections.abc import Coroutine
from functools import lru_cache
from typing import Any, TypeVar

import attrs
from web_poet import HttpResponse, HttpResponseHeaders, default_registry

from newscrawl import sites, times, urls
from newscrawl.items import Article, Listing, Page
from newscrawl.pages.article import ArticlePage
from newscrawl.pages.feed import FeedPage
from newscrawl.pages.listing import ListingPage
from newscrawl.pages.sitemap import SitemapPage

Item = TypeVar("Item")
_ = sites.SITES  # importing the sites registers their URL rules


# A crawl asks twice, one right after the other: the spider for the alternates to follow, the pipeline for the archive
@lru_cache(maxsize=4)
def extract(page: Page) -> Article:
    """The article on a page.

    The URL decides which class reads it; a site without one of its own is read by `ArticlePage`. A time that cannot be
    moves to `flags`.

    Raises:
        PageError: the page gives no article; the class says why, the message where.
    """
    article = _run(page_class(page.url)(_response(page)).to_item())
    article = attrs.evolve(article, aliases=_aliases(article, page), fetched_at=page.fetched_at, snapshot=page.snapshot)
    return _without_doubtful_times(article, page.fetched_at)


def read_listing(page: Page, kind: str) -> Listing:
    """What a page names: `kind` is `listing` (home pages too), `sitemap` or `feed`.

    Raises:
        ListingError: it is no such page; the message names the page and what was looked for.
    """
    classes = {"sitemap": SitemapPage, "feed": FeedPage}
    found = classes.get(kind) or default_registry.page_cls_for_item(page.url, Listing) or ListingPage
    listing: Listing = _run(found(_response(page)).to_item())
    return listing


def page_class(url: str) -> type[ArticlePage]:
    """The class that reads the article at `url`."""
    return _class_at(urls.host_of(url))


def _response(page: Page) -> HttpResponse:
    return HttpResponse(page.url, page.body, status=page.status, headers=HttpResponseHeaders(page.headers))


# A site has one class for its articles, whatever their paths; to match a rule takes a tenth of the time of parsing
@lru_cache(maxsize=256)
def _class_at(host: str) -> type[ArticlePage]:
    found = default_registry.page_cls_for_item(f"https://{host}/", Article)
    return found if found is not None and issubclass(found, ArticlePage) else ArticlePage


def _run(coroutine: Coroutine[Any, Any, Item]) -> Item:
    """The result of a coroutine that awaits nothing: page objects take a response and never ask for more."""
    try:
        coroutine.send(None)
    except StopIteration as done:
        result: Item = done.value
        return result
    coroutine.close()
    raise RuntimeError("a page object waits for something; page objects take HttpResponse only")


def _aliases(article: Article, page: Page) -> dict[str, str]:
    aliases = dict(article.aliases)
    if page.requested_url and page.requested_url not in (article.url, page.url):
        aliases.setdefault(page.requested_url, "redirect")
    return aliases


def _without_doubtful_times(article: Article, fetched_at: str) -> Article:
    for field in ("published_at", "modified_at"):
        moment = getattr(article, field)
        why = times.doubt(moment, fetched_at) if moment else None
        if why is None:
            continue
        changes: dict[str, Any] = {field: None, "flags": (*article.flags, f"{field} {moment} {why}")}
        changes["sources"] = {name: source for name, source in article.sources.items() if name != field}
        if field == "published_at":
            changes["published_text"] = article.published_text or moment
        article = attrs.evolve(article, **changes)
    return article
