"""Who wrote it: names out of bylines as templates write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from lxml import etree

from newscrawl import text
from newscrawl.pages import clutter
from newscrawl.pages.document import content
from newscrawl.pages.metadata import Metadata

METAS = (
    "author", "article:author", "og:article:author", "parsely-author", "sailthru.author", "dc.creator",
    "dcterms.creator", "byl", "cxenseparse:author",
)  # fmt: skip

_MARKED = etree.XPath("descendant::*[@itemprop='author' or @rel='author' or @class]")
_BYLINE = frozenset({"author", "authors", "byline", "bylines", "autor", "autoren", "autorin", "writer", "writers"})
_BY = re.compile(
    r"^(?:(?:written |story |text |reported )?by|von|par|por|di|door|av|af|przez|"
    r"autor(?:in|en)?|authors?|text|müəllif|автор)\b[\s:]*",
    re.I,
)
_LABEL = re.compile(r"(?:\b(?:by|von|par|por|da|door|av|af|przez|author|autor)|автор|müəllif)\s*:?$", re.I)
_BETWEEN = re.compile(r"\s*(?:[,;|/•·]|\s(?:and|und|et|y|e|en|og|och|i|ve|və|и|&|with|mit)\s)\s*")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")
_ADDRESS = re.compile(r"\S+@\S+|@\w+")
_NO_NAME = re.compile(r"\d|[{}<>\[\]=():]")
_LETTERS = re.compile(r"\w+")


def authors(candidates: Iterable[str], publishers: Iterable[str]) -> tuple[str, ...]:
    """The persons that `candidates` name, each once: without "By", addresses, and the publisher's own name."""
    found = {_key(name): name for candidate in reversed([*candidates]) for name in reversed(split(candidate))}
    own = {key for publisher in publishers if (key := _key(publisher))} if found else ()
    return tuple(name for key, name in reversed(found.items()) if not any(_is_same(key, other) for other in own))


# Many articles of a site have the same byline
@lru_cache(maxsize=256)
def split(byline: str) -> tuple[str, ...]:
    """The names in one byline."""
    if "://" in byline:
        return ()
    byline = _BY.sub("", _IN_BRACKETS.sub("", _ADDRESS.sub("", byline)).strip())
    names = [name.strip(" .,-–—:*") for name in _BETWEEN.split(byline)]
    return tuple(name for name in names if 1 < len(name) < 60 and not _NO_NAME.search(name))


def labelled(metadata: Metadata) -> list[str]:
    """The values of the labels that a share card shows (`twitter:label1` "Written by", `twitter:data1` the name)."""
    labels = [metadata.get(f"twitter:label{number}") or "" for number in (1, 2)]
    values = [metadata.get(f"twitter:data{number}") or "" for number in (1, 2)]
    return [value for label, value in zip(labels, values, strict=True) if value and _LABEL.search(label)]


def bylines(root: etree._Element, publishers: Iterable[str]) -> tuple[str, ...]:
    """The names in the first element that is marked as the author's and holds a name."""
    for element in _MARKED(root):
        if _is_byline(element) and (names := authors(filter(_is_name, _texts(element)), publishers)):
            return names
    return ()


def _is_byline(element: etree._Element) -> bool:
    if element.get("itemprop") == "author" or element.get("rel") == "author":
        return True
    names = element.get("class")
    return names is not None and element.tag not in clutter.SKIPPED and not _BYLINE.isdisjoint(clutter.words(names))


def _texts(element: etree._Element) -> list[str]:
    links = [content(link) for link in element.iter("a")]
    named = [content(name) for name in element.iter() if name.get("itemprop") == "name"]
    return [name for line in named or links or [content(element)] if len(line) < 100 for name in split(line)]


def _is_name(name: str) -> bool:
    words = name.split()
    return 2 <= len(words) <= 5 and all(word[0].isupper() or len(word) < 4 for word in words)


@lru_cache(maxsize=256)
def _key(name: str) -> str:
    return "".join(_LETTERS.findall(text.fold(name)))


def _is_same(key: str, publisher: str) -> bool:
    return key == publisher or (len(publisher) > 2 and publisher in key) or (len(key) > 4 and key in publisher)
