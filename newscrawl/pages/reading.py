"""What several fields of an article read: the body's element, the titles, the pictures, the times."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from lxml import etree

from newscrawl import text, times, urls
from newscrawl.items import Image
from newscrawl.pages import body, images, jsonld, moments, placement, titles, versions
from newscrawl.pages.document import content
from newscrawl.pages.layout import Layout
from newscrawl.pages.paragraphs import paragraphs


class Reading(Layout):
    """A layout with the values that more than one field needs, each worked out once and only if asked for."""

    headline: str
    """The headline: a field of `ArticlePage`."""
    language: str
    """The language of the page: a field of `ArticlePage`."""

    @cached_property
    def containers(self) -> list[etree._Element]:
        """The elements that hold the body, in page order."""
        if self.body_css:
            return self._of_this_article(self.select(self.body_css))
        return [] if self.generic.container is None else [self.generic.container]

    def _of_this_article(self, places: list[etree._Element]) -> list[etree._Element]:
        """`places` without those inside another, and without those below the heading of another article."""
        if len(places) < 2:
            return places
        others = {one for one in self.select(self.headline_css) if text.fold(content(one)) != text.fold(self.headline)}
        found: list[etree._Element] = []
        for element in self.document.root.iter():
            if found and element in others:
                break
            if element in places and not any(ancestor in found for ancestor in element.iterancestors()):
                found.append(element)
        return found

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
        if not self.body_css:
            return ""
        drop = {*self.select(self.drop_css), *self.select(self.tags_css), *self.versions.anchors}
        return text.join_paragraphs(line for place in self.containers for line in paragraphs(place, drop))

    @cached_property
    def tag_lists(self) -> list[etree._Element]:
        """The elements of `tags_css` inside the body, else those behind it: topics of the day look the same."""
        places = self.select(self.tags_css)
        if not self.containers:
            return places
        if inside := [place for place in places if placement.around(place, self.containers) is not None]:
            return inside
        first = self.containers[0]
        behind = [one for one in places if placement.is_before(first, one) and not placement.is_beside(one, first)]
        return [one for one in behind if one.getparent() is behind[0].getparent()]

    @property
    def printed_headline(self) -> str | None:
        """The text that `headline_css` matches; of several the one that the page's titles name, else the first."""
        printed = list(dict.fromkeys(self.texts(self.headline_css)))
        return titles.closest(printed, self.told_titles) if len(printed) > 1 else next(iter(printed), None)

    @cached_property
    def versions(self) -> versions.Versions:
        """The article in other languages."""
        headings = self.select(self.headline_css)[:1]
        return versions.find(self.document, self.metadata, self.address, self.site, headings, self.containers)

    @cached_property
    def pictures(self) -> list[Image]:
        """The images that `image_css` matches."""
        return [
            image
            for element in self.select(self.image_css)
            for image in images.inside(element, self.base, self.placeholder_image)
        ]

    @cached_property
    def publishers(self) -> list[str]:
        """Names of the publisher, its domain among them."""
        told = jsonld.names(self.node.get("publisher"), self.nodes)
        host = urls.host_of(self.base).removeprefix("www.")
        return [*told, *self.metadata.all("og:site_name", "application-name"), host, host.rsplit(".", 1)[0]]

    @cached_property
    def printed_time(self) -> str:
        """The printed date and time, joined by a blank; on a site without `date_css` the first that looks like one."""
        if not self.date_css and not self.site:
            return next(moments.printed(self.document.root), "")
        parts = self.texts(self.date_css)
        # what else stands there (views, the date once more) follows day and time
        starts = (" ".join(parts[:end]) for end in range(1, len(parts)))
        return next(filter(self._read_time, starts), None) or " ".join(parts)

    def visible_time(self) -> str | None:
        """The printed date and time as an instant."""
        if self.zone is None or not self.printed_time:
            return None
        if not self.site:
            self.without_zone.append(self.printed_time)
        return self._read_time(self.printed_time)

    def _read_time(self, printed: str) -> str | None:
        return times.parse_visible(printed, self.language, self.zone) if self.zone else None

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
