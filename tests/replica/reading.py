"""Crude readers of pages, made without any of the project's own."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_WORD = re.compile(r"\w+")


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("script", "style", "noscript")
        if tag not in ("span", "strong", "b", "a", "em"):
            self.texts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style", "noscript")
        if tag not in ("span", "strong", "b", "a", "em"):
            self.texts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.texts.append(data)


def words_of_page(html: str) -> str:
    """Return the visible words of a page, one space between them."""
    reader = _Text()
    reader.feed(html)
    return words("".join(reader.texts))


def words(text: str) -> str:
    """Return the words of a text, one space between them."""
    return " ".join(_WORD.findall(text.replace("\xad", "")))


class _Cards(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.cards: list[tuple[str, str | None]] = []
        self.endpoint: str | None = None
        self._stamp = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        names = (values.get("class") or "").split()
        if "index-post-block" in names:
            self._stamp = values["data-timestamp"] or ""
        elif tag == "a" and "news__item" in names:
            self.cards.append((self._stamp, values.get("href")))
        elif "loadContainer" in names:
            self.endpoint = values["data-url"]


def cards_of(html: str) -> tuple[list[tuple[str, str | None]], str | None]:
    """Return (timestamp, href) of each card, and the address of further ones."""
    reader = _Cards()
    reader.feed(html[max(html.find("<main"), 0) :].partition("<footer")[0])
    return reader.cards, reader.endpoint


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self._href: str | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._href, self._text = dict(attrs).get("href"), ""

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._href:
            self.links.append((self._href, self._text.strip()))
            self._href = None


def links_of(html: str) -> list[tuple[str, str]]:
    """Return (href, text) of each link."""
    reader = _Links()
    reader.feed(html)
    return reader.links
