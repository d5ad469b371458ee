"""Who wrote it: names out of bylines as templates write them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from newscrawl import text
from newscrawl.pages.document import content

METAS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl")

_BYLINES = etree.XPath(
    "descendant::*[@itemprop='author']/descendant-or-self::*[@itemprop='name'] | descendant::a[@rel='author']"
)
_BY = re.compile(
    r"^(?:by|von|par|por|di|door|av|af|autor(?:in|en)?|author|text|written by|müəllif|автор)\b[\s:]*", re.I
)
_BETWEEN = re.compile(r"\s*(?:[,;|/•·]|\s(?:and|und|et|y|e|en|og|och|och|i|ve|və|и|&)\s)\s*")
_ADDRESS = re.compile(r"https?://|www\.|@[\w.]+\w|\S+@\S+")
_NO_NAME = re.compile(r"\d{3}|[{}<>\[\]=]")


def authors(candidates: Iterable[str], publishers: Iterable[str]) -> tuple[str, ...]:
    """The names in `candidates`, each once, without "By", addresses, and the publisher where there are persons."""
    found: dict[str, str] = {}
    for candidate in candidates:
        for name in split(candidate):
            found.setdefault(text.fold(name), name)
    own = {text.fold(publisher) for publisher in publishers if publisher}
    persons = [name for key, name in found.items() if key not in own]
    return tuple(persons or found.values())


def split(byline: str) -> list[str]:
    """The names in one byline."""
    byline = _BY.sub("", _ADDRESS.sub("", byline).strip())
    names = [name.strip(" .,-–—:") for name in _BETWEEN.split(byline)]
    return [name for name in names if 1 < len(name) < 80 and not _NO_NAME.search(name)]


def bylines(root: etree._Element, publishers: Iterable[str]) -> tuple[str, ...]:
    """The names in the elements that are marked as the author's."""
    return authors(map(content, _BYLINES(root)), publishers)
