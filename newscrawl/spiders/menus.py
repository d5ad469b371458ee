"""Which listings of a site to walk, by what its menus say."""

from __future__ import annotations

from itertools import chain

from newscrawl.items import Link, Listing
from newscrawl.site import Site
from newscrawl.spiders.arguments import Arguments, check_sections
from newscrawl.text import fold
from newscrawl.walk import Walk


class Menus:
    """The menus of a site's home pages, as far as a crawl has seen them."""

    def __init__(self, site: Site, arguments: Arguments) -> None:
        self._site = site
        self._wanted = arguments.sections
        self._languages = arguments.languages
        self._arguments = arguments
        self._menus: dict[str, list[Link]] = {}
        self._slugs: set[str] = set()

    def read(self, home: Listing, language: str) -> list[Walk]:
        """The listings that a home page leads to: the sections asked for, else all news, else every section.

        Raises:
            UsageError: no menu knows a section that was asked for, and this was the last one.
        """
        menu = self._menus[language] = [link for link in home.sections if link.language == language]
        if self._wanted and len(self._menus) == len(self._languages):
            links = chain.from_iterable(self._menus.values())
            check_sections(self._arguments, [(self.slug(link), link.headline or "") for link in links])
        if self._wanted:
            menu = [link for link in menu if {fold(link.headline or ""), fold(self.slug(link))} & self._wanted]
        elif all_news := [link for link in menu if self._is_all_news(link)]:
            return [Walk(language, "", all_news[0].url)]
        self._slugs.update(map(self.slug, menu))
        return [Walk(language, self.slug(link), link.url) for link in menu]

    def has(self, link: Link) -> bool:
        """Whether an article is in one of the sections that were asked for; always so where none was."""
        return not self._wanted or self.slug(link) in self._slugs

    def slug(self, link: Link) -> str:
        """The section's slug in an address."""
        return self._site.section_of(link.url) or ""

    def _is_all_news(self, link: Link) -> bool:
        pattern = self._site.all_news
        return bool(pattern and pattern.search(link.headline or ""))
