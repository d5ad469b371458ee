"""What a page class knows of its site's markup, and what the fields of an article read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property, wraps
from typing import Any, ClassVar, TypeVar

from lxml import etree
from web_poet import WebPage, item_from_fields_sync

from newscrawl import text, times, urls
from newscrawl.errors import MissingField, UnknownLayout
from newscrawl.items import Article, Image
from newscrawl.pages import body, images, jsonld, metadata, titles, versions, zones
from newscrawl.pages.document import Document, content
from newscrawl.pages.paragraphs import paragraphs
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
        return metadata.read(self.document.root)

    @cached_property
    def address(self) -> str:
        """The article's canonical URL."""
        named = self.metadata.href("canonical") or self.metadata.get("og:url")
        return versions.own_address(str(self.response.url), named, self.site)

    @cached_property
    def nodes(self) -> list[jsonld.Node]:
        """Every node of the page's JSON-LD."""
        return jsonld.parse(
            script.text or "" for script in self.document.root.iter("script") if "ld+json" in (script.get("type") or "")
        )

    @cached_property
    def node(self) -> jsonld.Node:
        """The JSON-LD node of this article, empty where there is none."""
        return jsonld.article_node(self.nodes, (self.address, str(self.response.url)))

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

    @cached_property
    def container(self) -> etree._Element | None:
        """The element that holds the body."""
        return self.document.first(self.body_css) if self.body_css else self.generic.container

    @cached_property
    def generic(self) -> body.Body:
        """The body as found without selectors."""
        return body.find(self.document.root, self.told_text, self.headline)

    @property
    def generic_text(self) -> str:
        """The body found without selectors, as text."""
        return text.join_paragraphs(block.text for block in self.generic.blocks)

    @cached_property
    def told_text(self) -> str:
        """The body that JSON-LD tells."""
        return text.join_paragraphs(jsonld.clean_lines(self.node.get("articleBody")).split("\n"))

    @property
    def marked_text(self) -> str:
        """The body inside `body_css`."""
        if not self.body_css or self.container is None:
            return ""
        drop = {*self.select(self.drop_css), *self.select(self.tags_css), *self.versions.anchors}
        return text.join_paragraphs(paragraphs(self.container, drop))

    @cached_property
    def versions(self) -> versions.Versions:
        """The article in other languages."""
        marks = [*self.select(self.headline_css)[:1], self.container]
        landmarks = [element for element in marks if element is not None]
        return versions.find(self.document, self.metadata, self.address, self.site, landmarks)

    @cached_property
    def pictures(self) -> list[Image]:
        """The images that `image_css` matches."""
        return [
            image
            for element in self.select(self.image_css)
            for image in images.inside(element, self.base, self.placeholder_image)
        ]

    @cached_property
    def headings(self) -> list[str]:
        """The texts of the page's main headings."""
        return [found for element in self.document.root.iter("h1") if (found := content(element))]

    @cached_property
    def publishers(self) -> list[str]:
        """Names of the publisher, its domain among them."""
        told = jsonld.names(self.node.get("publisher"), self.nodes)
        host = urls.host_of(self.base).removeprefix("www.")
        return [*told, *self.metadata.all("og:site_name", "application-name"), host, host.rsplit(".", 1)[0]]

    @property
    def printed_time(self) -> str:
        """The printed date and time, joined by a blank."""
        return " ".join(self.texts(self.date_css))

    @property
    def headline(self) -> str:
        """The headline; `ArticlePage` finds it."""
        raise NotImplementedError

    @property
    def language(self) -> str:
        """The language of the page; `ArticlePage` finds it."""
        raise NotImplementedError

    def visible_time(self) -> str | None:
        """The printed date and time as an instant."""
        if self.zone is None:
            return None
        return times.parse_visible(self.printed_time, self.language, self.zone)

    @cached_property
    def told_titles(self) -> list[str]:
        """The titles that JSON-LD, the metadata and the `title` element tell, without the name of the site."""
        told = [
            jsonld.clean(self.node.get("headline")),
            self.metadata.get("og:title", "twitter:title"),
            self.metadata.title,
        ]
        return [titles.without_site(title or "", self.publishers, self.headings) for title in told]

    def instant(self, values: Iterable[object]) -> str | None:
        """The first of `values` that is an instant, as ISO 8601 with offset."""
        for value in map(str, values):
            if found := times.parse_machine(value, None):
                return found
            if self.zone and (found := times.parse_machine(value, self.zone)):
                self.without_zone.append(value)
                return found
        return None

    @cached_property
    def without_zone(self) -> list[str]:
        """Times that were read at `zone` because they have none."""
        return []

    def image_of(self, addresses: Iterable[str]) -> str | None:
        """The first of `addresses` that is a picture's."""
        resolved = (images.resolve(address, self.base, self.placeholder_image) for address in addresses)
        return next(filter(None, resolved), None)

    def linked(self, rel: str) -> str | None:
        """The absolute address of the first `link` element with this `rel`."""
        href = self.metadata.href(rel)
        return urls.absolute(self.base, href) if href else None

    def select(self, css: str) -> list[etree._Element]:
        """The elements that `css` matches; none for an empty selector."""
        return self.document.select(css) if css else []

    def texts(self, css: str) -> list[str]:
        """The non-empty texts of the elements that `css` matches."""
        return [found for element in self.select(css) if (found := content(element))]

    def text_of(self, css: str) -> str | None:
        """The first non-empty text that `css` matches."""
        return next(iter(self.texts(css)), None)

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
