"""Images by address: where lazy loading hides it, and what is no picture."""

from __future__ import annotations

import re

from lxml import etree

from newscrawl import urls
from newscrawl.items import Image
from newscrawl.pages.document import content

_ADDRESS_ATTRIBUTES = ("data-src", "data-original", "data-lazy-src", "data-lazy", "src")
_PLACEHOLDER = re.compile(r"placeholder|blank\.|spacer|/1x1|pixel\.|transparent\.|loading\.|lazy[-_.]")


def address(element: etree._Element, base: str, placeholder: re.Pattern[str] | None = None) -> str | None:
    """The address of an `img`, by the attribute that lazy loading puts it into; None for a placeholder."""
    for attribute in _ADDRESS_ATTRIBUTES:
        if (value := element.get(attribute)) and (found := resolve(value, base, placeholder)):
            return found
    return None


def resolve(value: str, base: str, placeholder: re.Pattern[str] | None = None) -> str | None:
    """An image's address made absolute; None where it is inline data or a known stand-in."""
    value = value.strip()
    if not value or value.startswith("data:") or _PLACEHOLDER.search(value.lower()):
        return None
    if placeholder and placeholder.search(value):
        return None
    return urls.absolute(base, value)


def inside(element: etree._Element, base: str, placeholder: re.Pattern[str] | None = None) -> list[Image]:
    """The images inside an element, each once, with the caption of the figure around them."""
    found: dict[str, Image] = {}
    for image in element.iter("img"):
        if url := address(image, base, placeholder):
            found.setdefault(url, Image(url=url, caption=_caption(image)))
    return list(found.values())


def _caption(image: etree._Element) -> str | None:
    figure = next(image.iterancestors("figure"), None)
    return " ".join(map(content, figure.iter("figcaption"))) or None if figure is not None else None
