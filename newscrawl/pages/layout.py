"""What a page class knows of its site's markup, and what the fields of an article read."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property, wraps
from typing import Any, ClassVar, TypeVar

from lxml import etree
from web_poet import WebPage, item_from_fields_sync

from newscrawl import urls
from newscrawl.errors import MissingField, UnknownLayout
from newscrawl.items import Article
from newscrawl.pages import jsonld, metadata, subject, titles, versions, zones
from newscrawl.pages.document import Document, content
from newscrawl.site import Site

T = TypeVar("T")


def kept(method: Callable[[Any], T]) -> Callable[[Any], T]:
    """A field's method that works once for each page.

    `@field(cached=True)` would tie the page to itself by a cycle, and its tree would stay in memory until the garbage
    collector comes: a crawl needs several times the memory and the time.
    """
    name = method.__name__

    @wraps(method)
    def once(page: Layout) -> T:
        if name not in page.values:
            page.values[name] = method(page)
        value: T = page.values[name]
        return value

    return once


class Layout(WebPage[Article]):
    """A layout of article pages: selectors as class attributes, the page parsed once, the order of sources."""

    site: ClassVar[Site | None] = None
    marker_css: ClassVar[str] = ""
    """Matches on every page of this layout and on no other."""
    older: ClassVar[type[Layout] | None] = None
    """The layout to try where `marker_css` does not match."""
    headline_css: ClassVar[str] = ""
    section_css: ClassVar[str] = ""
    date_css: ClassVar[str] = ""
    """Elements whose texts, joined by a blank, are the printed date and time."""
    body_css: ClassVar[str] = ""
    drop_css: ClassVar[str] = ""
    """What is inside the body and not of the article."""
    summary_css: ClassVar[str] = ""
    authors_css: ClassVar[str] = ""
    tags_css: ClassVar[str] = ""
    """The element that lists the tags."""
    image_css: ClassVar[str] = ""
    placeholder_image: ClassVar[re.Pattern[str] | None] = None
    short_url_css: ClassVar[str] = ""
    """The element whose `data-url` or `href` is the short link."""

    async def to_item(self) -> Article:
        """The article.

        Raises:
            ExtractError: the page gives none; the class says why, the message where.
        """
        if self.marker_css and not self.document.select(self.marker_css):
            return await self._older_page().to_item()
        fields = item_from_fields_sync(self, dict[str, Any])
        name = self.site.name if self.site else urls.host_of(self.address).removeprefix("www.")
        parser = f"{type(self).__module__}.{type(self).__qualname__}"
        return Article(**fields, site=name, parser=parser, sources=self.found)

    def _older_page(self) -> Layout:
        if self.older is None:
            raise UnknownLayout(f"no known layout on {self.response.url} (looked for {self.marker_css})")
        page = self.older(self.response)
        page.document = self.document
        return page

    def _validate_input(self) -> None:
        """Nothing: layouts check themselves in `to_item`. web-poet asks here at every access to a field."""

    # What the fields read

    @cached_property
    def document(self) -> Document:
        """The page, parsed."""
        return Document(self.response, self.site.encoding if self.site else None)

    @cached_property
    def metadata(self) -> metadata.Metadata:
        """The page's head."""
        return metadata.read(self.document)

    @cached_property
    def address(self) -> str:
        """The article's canonical URL."""
        named = self.metadata.href("canonical") or self.metadata.get("og:url")
        return versions.own_address(str(self.response.url), named, self.site)

    @cached_property
    def nodes(self) -> list[jsonld.Node]:
        """Every node of the page's JSON-LD."""
        return jsonld.parse(
            script.text or "" for script in self.document.tagged("script") if "ld+json" in (script.get("type") or "")
        )

    @cached_property
    def node(self) -> jsonld.Node:
        """The JSON-LD node of this article, empty where there is none."""
        return subject.article_node(self.nodes, (self.address, self.base), self._is_title)

    @cached_property
    def headings(self) -> list[str]:
        """The texts of the page's main headings."""
        return [found for element in self.document.tagged("h1") if (found := content(element))]

    def _is_title(self, headline: str) -> bool:
        """Whether the page goes by this headline."""
        shown = (*self.headings, self.metadata.get("og:title", "twitter:title") or "", self.metadata.title)
        return titles.is_among(headline, shown)

    @cached_property
    def values(self) -> dict[str, Any]:
        """Field name to value, of the fields that others ask for."""
        return {}

    @cached_property
    def found(self) -> dict[str, str]:
        """Field name to where its value came from."""
        return {}

    @property
    def base(self) -> str:
        """The address the page was fetched from; relative links are relative to it."""
        return str(self.response.url)

    @property
    def zone(self) -> str | None:
        """IANA time zone of times without one: the site's, else that of its country, if it has only one."""
        return self.site.zone if self.site else zones.of_host(urls.host_of(self.base))

    def select(self, css: str) -> list[etree._Element]:
        """The elements that `css` matches; none for an empty selector."""
        return self.document.select(css) if css else []

    def texts(self, css: str) -> list[str]:
        """The non-empty texts of the elements that `css` matches."""
        return [found for element in self.select(css) if (found := content(element))]

    def text_of(self, css: str) -> str | None:
        """The first non-empty text that `css` matches."""
        return next(filter(None, map(content, self.select(css))), None)

    def first(self, name: str, *ways: tuple[str, Callable[[], T | None]]) -> T | None:
        """The value of the first of `ways` (source, function) that gives one; the source is recorded in `found`."""
        for source, way in ways:
            if value := way():
                self.found[name] = source
                return value
        return None

    def required(self, name: str, value: T | None, looked: str) -> T:
        """`value`, or the error that says where was looked for it."""
        if value:
            return value
        raise MissingField(f"{name}: nothing in {looked} on {self.base}")
