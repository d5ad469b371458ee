"""From the links a page shows to the links a crawl follows: one policy for listings, sitemaps and feeds."""

from __future__ import annotations

from collections import Counter

import attrs

from newscrawl.items import Link, Listing
from newscrawl.site import Site


def of_site(listing: Listing, site: Site) -> Listing:
    """`listing` with the articles of `site` only: canonical, each once, with language; the rest counted by reason.

    The order of the page is kept, and the first of several links to an article (with the values that only a later
    one shows filled in).
    """
    kept: dict[str, Link] = {}
    rejected = Counter(listing.rejected)
    for link in listing.links:
        if not site.owns(link.url):
            rejected["foreign host"] += 1
            continue
        url = site.canonical(link.url)
        if not site.article(url):
            rejected["not an article"] += 1
            continue
        link = attrs.evolve(link, url=url, language=site.language_of(url))
        kept[url] = _merge(kept[url], link) if url in kept else link
    return attrs.evolve(listing, links=tuple(kept.values()), rejected=dict(rejected))


def _merge(first: Link, later: Link) -> Link:
    missing = {name: value for name, value in attrs.asdict(later).items() if getattr(first, name) is None}
    return attrs.evolve(first, **missing) if missing else first
