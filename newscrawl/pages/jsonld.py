"""JSON-LD as news pages carry it: in every shape, often broken.

Vocabulary: https://schema.org/NewsArticle, https://schema.org/BreadcrumbList.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from newscrawl import text, urls

Node = Mapping[str, Any]

# What templates wrap around JSON so that old browsers take it for a comment
_OPENING = re.compile(r"\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[(?:\s*\*/)?)")
_CLOSING = re.compile(r"(?:-->|(?://|/\*)?\s*\]\]>(?:\s*\*/)?)?[\s;]*\Z")
_LONGEST_CLOSING = 40
# A string (also one that never ends, so that no position is scanned twice), or a comma before a closing bracket
_TRAILING_COMMA = re.compile(r'("(?:[^"\\]|\\.)*+(?:"|\Z))|,(?=\s*[}\]])', re.S)
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\Z)|[{}\[\],]', re.S)
# Keys that lead to other articles, not to this one
_FOREIGN = frozenset({"liveBlogUpdate", "relatedLink", "mentions", "citation", "isBasedOn", "hasPart", "comment"})
# Half of a pair that spells one character: text with it cannot be stored
_LONE = re.compile(
    r"\\u(?:d[89ab][0-9a-f]{2}(?!\\ud[c-f][0-9a-f]{2})|(?<!\\ud[89ab][0-9a-f]{2}\\u)d[c-f][0-9a-f]{2})", re.I
)
_CONTAINERS = (dict, list)
_MAX_NODES = 5000
_DECODER = json.JSONDecoder(strict=False)
_TAG = re.compile(r"<[^<>]{1,200}>")


def parse(blocks: Iterable[str]) -> list[Node]:
    """Every node of the JSON-LD blocks of a page, outer before inner; what cannot be repaired is left out."""
    nodes: list[Node] = []
    for block in blocks:
        for value in _values(block):
            nodes.extend(_flatten(value, _MAX_NODES - len(nodes)))
    return nodes


def _values(block: str) -> Iterator[Any]:
    """The JSON values of one block, after the repairs that turn it into JSON, the mildest first."""
    block = _unwrapped(block)
    if "\\u" in block:
        block = _LONE.sub("", block)
    for repair in (str, _without_trailing_commas, html.unescape, _closed):
        block = repair(block)
        try:
            yield _DECODER.decode(block)
        except (ValueError, RecursionError):
            continue
        return
    yield from _sequence(block)


def _unwrapped(block: str) -> str:
    if opening := _OPENING.match(block):
        block = block[opening.end() :]
    if block.endswith(("}", "]")):
        return block
    closing = _CLOSING.search(block, max(0, len(block.rstrip()) - _LONGEST_CLOSING))
    return block[: closing.start()] if closing else block


def _without_trailing_commas(block: str) -> str:
    return _TRAILING_COMMA.sub(lambda match: match.group(1) or "", block)


def _closed(block: str) -> str:
    """A block that was cut off, ended after its last complete member."""
    stack: list[str] = []
    end, missing = 0, ""
    for token in _TOKEN.finditer(block):
        mark = token.group()
        if mark in "{[":
            stack.append("}" if mark == "{" else "]")
        elif mark in "}]" and stack:
            stack.pop()
        if mark in "}],":
            end, missing = token.end() - (mark == ","), "".join(reversed(stack[-50:]))
    return _without_trailing_commas(block[:end] + missing) if stack else block


def _sequence(block: str) -> Iterator[Any]:
    """Several values one after another, as templates that forget the brackets of a list write them."""
    position = block.find("{")
    while position >= 0:
        try:
            value, end = _DECODER.raw_decode(block, position)
        except (ValueError, RecursionError):
            return
        yield value
        position = block.find("{", end)


def _flatten(value: Any, limit: int) -> list[Node]:
    nodes: list[Node] = []
    stack = [value]
    while stack and len(nodes) < limit:
        value = stack.pop()
        if isinstance(value, dict):
            nodes.append(value)
            inside = [inner for key, inner in value.items() if isinstance(inner, _CONTAINERS) and key not in _FOREIGN]
            stack.extend(reversed(inside))
        elif isinstance(value, list):
            stack.extend(reversed(value))
    return nodes


def types(node: Node) -> tuple[str, ...]:
    """The type names of a node without their vocabulary (`http://schema.org/NewsArticle` is `NewsArticle`)."""
    return tuple(str(name).rsplit("/", 1)[-1].rsplit(":", 1)[-1] for name in as_list(node.get("@type")))


def as_list(value: Any) -> list[Any]:
    """`value` as a list: JSON-LD writes a single value without brackets."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def clean(value: Any) -> str:
    """A text value in one line, without the HTML tags and entities that some templates leave in; else ``."""
    if not isinstance(value, str):
        return ""
    if "<" in value or "&" in value:
        value = html.unescape(_TAG.sub(" ", html.unescape(value)))
    return text.unmangle(text.squeeze(value))


def clean_lines(value: Any) -> str:
    """As `clean`, with line breaks kept."""
    if not isinstance(value, str):
        return ""
    if "<" in value or "&" in value:
        value = html.unescape(_TAG.sub("\n", html.unescape(value)))
    return text.unmangle(text.squeeze_lines(value))


@lru_cache(maxsize=64)
def path(url: str) -> str:
    """The path of an address without the slash at its end, as addresses are compared."""
    try:
        return unquote(urls.path_of(url.strip())).rstrip("/")
    except ValueError:
        return url


def names(value: Any, nodes: Iterable[Node] = ()) -> list[str]:
    """Names of persons, organizations or things; `nodes` resolve references (`{"@id": …}`)."""
    found: list[str] = []
    for one in as_list(value):
        if isinstance(one, dict) and "name" not in one and "@id" in one:
            one = next((node for node in nodes if node.get("@id") == one["@id"] and "name" in node), one)
        found += map(clean, as_list(one.get("name")) if isinstance(one, dict) else [one])
    return [name for name in found if name]


def image_urls(value: Any) -> list[str]:
    """Addresses in an `image` value: strings and ImageObjects, as they stand."""
    found = []
    for one in as_list(value):
        if isinstance(one, dict):
            one = one.get("url") or one.get("contentUrl") or one.get("@id")
            one = next(iter(as_list(one)), None)
        if isinstance(one, str) and one.strip():
            found.append(one.strip())
    return found


def section(nodes: Iterable[Node], headline: str) -> str | None:
    """The section in the page's first BreadcrumbList: its first entry that is neither the home page nor the article."""
    for node in nodes:
        if "BreadcrumbList" in types(node):
            entries = [entry for entry in as_list(node.get("itemListElement")) if isinstance(entry, dict)]
            entries.sort(key=_position)
            labels = [_label(entry) for entry in entries if not _is_home(entry)]
            return next((label for label in labels if label and label != headline), None)
    return None


def _position(entry: Node) -> float:
    try:
        return float(entry.get("position") or 0)
    except (TypeError, ValueError):
        return 0


def _label(entry: Node) -> str:
    item = entry.get("item")
    return clean(entry.get("name")) or (clean(item.get("name")) if isinstance(item, dict) else "")


def _is_home(entry: Node) -> bool:
    item = entry.get("item")
    address = item.get("@id") or item.get("url") if isinstance(item, dict) else item
    return isinstance(address, str) and address.startswith("http") and not path(address)
