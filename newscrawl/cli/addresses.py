"""Addresses of articles as a person pastes them."""

from __future__ import annotations

from newscrawl import urls
from newscrawl.archive import Archive, history, known_addresses, triage
from newscrawl.errors import NotArchived, UsageError
from newscrawl.show.terminal import one_line
from newscrawl.site import Site
from newscrawl.sites import SITES


def spellings(url: str) -> tuple[str, ...]:
    """`url` as it is and in the archive's spellings; `https://` is added where it was left out.

    Raises:
        UsageError: it is no web address.
    """
    if not url.strip():
        raise UsageError("an empty address leads nowhere; paste the article's, like https://report.az/…")
    whole = url.strip() if "://" in url else f"https://{url.strip()}"
    try:
        canonical = urls.canonical(whole)
    except ValueError:
        raise UsageError(f"{one_line(url)} is no web address; paste the article's, like https://report.az/…") from None
    site = owner_of(canonical)
    return tuple(dict.fromkeys((whole, canonical, site.canonical(canonical) if site else canonical)))


def every_address(archive: Archive, url: str) -> tuple[str, ...]:
    """`url` in all its spellings, and every other address of the article that it leads to.

    Raises:
        UsageError: it is no web address.
    """
    found = (each for spelling in spellings(url) for each in known_addresses(archive.conn, spelling))
    return tuple(dict.fromkeys(found))


def known_site(name: str | None) -> str | None:
    """`name`, if it is that of a site.

    Raises:
        UsageError: it is not.
    """
    if name is not None and name not in SITES:
        raise UsageError(f"unknown site {one_line(name)!r}; there are: {', '.join(SITES)}")
    return name


def find_article(archive: Archive, url: str) -> tuple[int, str]:
    """Id and canonical URL of the article at `url`, any of its addresses.

    Raises:
        UsageError: it is no web address.
        NotArchived: the archive has no such article; the message says what it has.
    """
    known = spellings(url)
    found = history.find(archive.conn, known)
    if found is None:
        raise NotArchived(_why_not(archive, known))
    return found


def how_to_get(address: str) -> str:
    """The end of a message that something of `address` is missing."""
    if site := owner_of(address):
        return f": scrapy crawl {site.name} -a urls={one_line(address)}"
    return f"; the sites that newscrawl crawls: {', '.join(site.domain for site in SITES.values())}"


def _why_not(archive: Archive, known: tuple[str, ...]) -> str:
    address = known[-1]
    none = f"{archive.path} has no article at {one_line(address)}"
    if failed := triage.at(archive.conn, known):
        detail = f": {one_line(failed.detail)}" if failed.detail else ""
        times = "once" if failed.times == 1 else f"{failed.times:,} times"
        return (
            f"{none}: the page failed {times}, last at {failed.last_at} ({failed.stage}, {failed.error}"
            f"{detail}). newscrawl failures says what to do"
        )
    if owner_of(address):
        return f"{none}, nor a failure{how_to_get(address)}"
    return f"{none}{how_to_get(address)}"


def owner_of(url: str) -> Site | None:
    """The site that an address is of, if it is one that newscrawl crawls."""
    return next((site for site in SITES.values() if site.owns(url)), None)
