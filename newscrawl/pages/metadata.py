"""What a page's head says of it: `meta` and `link` elements, `title`, the language of `html`."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from newscrawl import text
from newscrawl.pages.document import Document, content


@attrs.frozen
class HeadLink:
    """A `link` element."""

    href: str
    hreflang: str | None
    type: str | None


@attrs.frozen
class Metadata:
    """The head of a page, indexed by the names in it (lower case)."""

    metas: dict[str, list[str]]
    """Values by `property`, `name`, `itemprop` or `http-equiv`, in page order."""
    links: dict[str, list[HeadLink]]
    """`link` elements by `rel`."""
    title: str
    language: str | None
    """`lang` of the `html` element."""

    def get(self, *names: str) -> str | None:
        """The first non-empty value under the first of `names` that has one."""
        return next(self._all(names), None)

    def all(self, *names: str) -> list[str]:
        """Every non-empty value under `names`, in their order."""
        return list(self._all(names))

    def _all(self, names: tuple[str, ...]) -> Iterator[str]:
        for name in names:
            for raw in self.metas.get(name, ()):
                if value := text.unmangle(text.squeeze(raw)):
                    yield value

    def href(self, rel: str) -> str | None:
        """The address of the first `link` with this `rel`."""
        return next((link.href for link in self.links.get(rel, ())), None)


def read(document: Document) -> Metadata:
    """The metadata of a page."""
    metas: dict[str, list[str]] = {}
    for element in document.tagged("meta"):
        get = element.get
        value = get("content")
        if value and (name := get("property") or get("name") or get("itemprop") or get("http-equiv")):
            metas.setdefault(name.strip().lower(), []).append(value)
    links: dict[str, list[HeadLink]] = {}
    for element in document.tagged("link"):
        rels, href = element.get("rel"), element.get("href")
        if rels and href:
            link = HeadLink(href.strip(), element.get("hreflang"), element.get("type"))
            for rel in rels.lower().split():
                links.setdefault(rel, []).append(link)
    root = document.root
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang")
    return Metadata(metas, links, next(map(content, document.tagged("title")), ""), language)
