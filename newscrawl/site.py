"""What there is to know of a news site before looking at a page of it: a value, no behaviour of a crawl."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from urllib.parse import urlsplit, urlunsplit

import attrs

from newscrawl import urls
from newscrawl.schedule import LOOKS, Looks

# At least one letter: `/2844552` is a short link
_SLUG = re.compile(r"(?=.*[a-z])[a-z0-9][a-z0-9_-]*")


@attrs.frozen(kw_only=True)
class Site:
    """A news site: its name, where it lives, how its addresses are built and where to look for news."""

    name: str
    """What the user types: `report`."""
    domain: str
    """Host of every canonical URL: `report.az`."""
    zone: str
    """IANA time zone of the times printed on its pages."""
    homes: Mapping[str, str]
    """Language (ISO 639-1) to the home page's path; the first one is the language of paths without a prefix."""
    article_path: re.Pattern[str]
    """Matches the path of an article, wholly; groups `section` and `slug`."""
    sitemaps: tuple[str, ...] = ()
    """Paths of news sitemaps."""
    feeds: Mapping[str, str] = attrs.field(factory=dict)
    """Language to the path of its RSS or Atom feed."""
    listings: Mapping[str, str] = attrs.field(factory=dict)
    """Language to the path of its all-news listing, where that is known; elsewhere the home page's link is followed."""
    all_news: re.Pattern[str] | None = None
    """Matches the text of the link to the all-news listing, in any language of the site."""
    amp_path: re.Pattern[str] | None = None
    """Matches what makes a path an AMP address, to be cut out of it."""
    looks: Looks = LOOKS
    """How often articles are looked at again, by age."""
    encoding: str | None = None
    """The encoding of its pages where their headers cannot be trusted to name it."""

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages the site publishes in, its own first."""
        return tuple(self.homes)

    @cached_property
    def prefixes(self) -> Mapping[str, str]:
        """First segment of the paths that are not in the site's own language, to that language: `ru`, `en`."""
        return {prefix: language for language, home in self.homes.items() if (prefix := home.strip("/"))}

    @cached_property
    def origin(self) -> str:
        """`https://report.az`."""
        return f"https://{self.domain}"

    def url(self, path: str) -> str:
        """The absolute URL of a path of this site."""
        return self.origin + path

    def owns(self, url: str) -> bool:
        """Whether `url` points to this site (with or without `www.`)."""
        return urls.host_of(url).removeprefix("www.") == self.domain

    def canonical(self, url: str) -> str:
        """The one address of a page: https, no `www.`, no tracking, no AMP, no slash at the end.

        Raises:
            ValueError: `url` is no absolute web address.
        """
        plain = self._plain.fullmatch(url)
        if plain and not (self.amp_path and self.amp_path.search(plain[1])):
            return url
        url = urls.canonical(url)
        if not self.owns(url):
            return url
        parts = urlsplit(url)
        path = self.amp_path.sub("", parts.path) if self.amp_path else parts.path
        if path not in self.homes.values():
            path = path.rstrip("/") or "/"
        return urlunsplit(("https", self.domain, path, parts.query, ""))

    @cached_property
    def _plain(self) -> re.Pattern[str]:
        """Matches what is canonical already unless it is an AMP address, its path in a group."""
        return re.compile(rf"{re.escape(self.origin)}(/(?:[A-Za-z0-9/._~-]*[A-Za-z0-9._~-])?)")

    def _path(self, url: str) -> str | None:
        """The path of a URL of this site; None for another site's."""
        if plain := self._plain.fullmatch(url):
            return plain[1]
        return urls.path_of(url) if self.owns(url) else None

    def language_of(self, url: str) -> str | None:
        """The language of a URL of this site, by the first segment of its path; None for another site's.

        The segment counts, not the string: `/energetika` is no English page.
        """
        path = self._path(url)
        return None if path is None else self.language_of_path(path)

    def language_of_path(self, path: str) -> str:
        """The language of a path of this site."""
        return self.prefixes.get(path.lstrip("/").split("/", 1)[0]) or next(iter(self.homes))

    def article(self, url: str) -> re.Match[str] | None:
        """The match of `article_path` (groups `section`, `slug`) if `url` is an article of this site, else None."""
        path = self._path(url)
        return None if path is None else self.article_path.fullmatch(path)

    def lists(self, url: str) -> bool:
        """Whether `url` is a page of this site that lists articles: a home page, a section."""
        return not self.article(url) and (self.is_home(url) or self.section_of(url) is not None)

    def is_home(self, url: str) -> bool:
        """Whether `url` is the home page of a language."""
        return self.canonical(url) in self._home_urls

    @cached_property
    def _home_urls(self) -> frozenset[str]:
        return frozenset(self.canonical(self.url(path)) for path in self.homes.values())

    def section_of(self, url: str) -> str | None:
        """The section's slug of an article or of a page one segment below a language's home; None for other pages."""
        if match := self.article(url):
            return match["section"]
        parts = urls.segments(url) if self.owns(url) else ()
        if parts and parts[0] in self.prefixes:
            parts = parts[1:]
        return parts[0] if len(parts) == 1 and _SLUG.fullmatch(parts[0]) else None
