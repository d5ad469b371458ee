"""Which of a page's JSON-LD nodes is the article of this page, and not one that it links to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from newscrawl.pages.jsonld import Node, as_list, clean, path, types

_STRONG = ("Article", "Posting", "Report", "Review", "Recipe")
"""Ends of the names of types that are articles."""
_WEAK = ("WebPage", "VideoObject", "CreativeWork")
_NO_ADDRESS = 10
_OWN_ADDRESS = 20
_USEFUL = ("headline", "datePublished", "articleBody", "author")


def article_node(nodes: Iterable[Node], urls: Iterable[str], is_title: Callable[[str], bool]) -> Node:
    """The node that describes the article of this page, or an empty one.

    `urls` are the addresses this page is known by. A node that names another address is another article, unless its
    headline is one of the page's titles, as `is_title` says (the page may have moved).
    """
    paths = {path(url) for url in urls}
    best: Node = {}
    best_score = 0
    for node in nodes:
        score = _score(node, paths, is_title)
        if score > best_score:
            best, best_score = node, score
    return best


def _score(node: Node, paths: set[str], is_title: Callable[[str], bool]) -> int:
    if "@type" not in node:
        return 0
    names = types(node)
    if any(name.endswith(_STRONG) for name in names):
        score = 5
    elif "datePublished" in node and any(name.endswith(_WEAK) for name in names):
        score = 1
    else:
        return 0
    score += sum(1 for key in _USEFUL if node.get(key))
    # the path of a home page says nothing of the article
    addresses = {path(url) for url in _addresses(node)} - {""}
    if addresses & paths:
        return score + _OWN_ADDRESS
    if not addresses:
        return score + _NO_ADDRESS
    return score if is_title(clean(node.get("headline") or node.get("name"))) else 0


def _addresses(node: Node) -> Iterator[str]:
    for key in ("url", "mainEntityOfPage", "@id"):
        for value in as_list(node.get(key)):
            if isinstance(value, dict):
                value = value.get("@id") or value.get("url")
            if isinstance(value, str) and value.startswith(("http", "/")):
                yield value
