"""One fetched page, decoded and parsed exactly once, and the two ways to look into it: CSS and XPath."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache

from lxml import etree
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom
from web_poet import HttpResponse

from newscrawl import text
from newscrawl.errors import NotHtml, PageTooLarge, TruncatedPage
from newscrawl.pages.selectors import compile_css

MAX_BYTES = 10_000_000
"""A larger page is refused unread: no article is, and parsing costs time and memory in proportion."""
_SNIFFED = 2048
_MARKUP = re.compile(rb"<(?:!doctype|html|head|body|meta|title|div|p|h1|article|section|span|script|a)\b", re.I)
_END_TAG = re.compile(rb"</(?:body|html)\s*>", re.I)
_OPENED = re.compile(rb"<(?:div|section|article|main)\b", re.I)
_CLOSED = re.compile(rb"</(?:div|section|article|main)\b", re.I)
_FINISHED = re.compile(rb"</(?:body|html)\s*>\s*\Z", re.I)
# What may hold the text of a tag that is none; a script that never ends runs to the end of the page
_RAW = re.compile(rb"<script\b.*?(?:</script\s*>|(?P<open>\Z))|<!--.*?(?:-->|\Z)", re.I | re.S)
_CONTROLS = bytes({*range(32), 127} - {*b"\t\n\f\r\x1b"})
"""Bytes that no text holds; ISO-2022 uses the escape."""
TAGS = ("a", "h1", "link", "meta", "script", "title")
"""Elements that several fields look through."""


class Document:
    """A page as a tree of elements without comments.

    Raises:
        PageTooLarge: more than `MAX_BYTES`, or nested deeper than the parser goes.
        NotHtml: no bytes, or bytes that are something else.
        TruncatedPage: the HTML ends before its end.
    """

    def __init__(self, response: HttpResponse, encoding: str | None = None) -> None:
        """`encoding` overrules what the response and the page say of themselves."""
        body = response.body
        _check_bytes(body)
        self.url = str(response.url)
        self.headers = response.headers
        self._by_class: dict[str, list[etree._Element]] = {}
        self._selected: dict[str, list[etree._Element]] = {}
        self.root = _parse(body, encoding or _encoding(response, body))
        self._by_tag: dict[str, list[etree._Element]] = defaultdict(list)
        for element in self.root.iter(*TAGS):
            self._by_tag[element.tag].append(element)
        _check_complete(body)

    def select(self, css: str) -> list[etree._Element]:
        """The elements that `css` matches, in document order, each once.

        A selector that begins with a class can match inside elements of that class only. Looking there instead of
        everywhere makes ten selectors cheaper than one parse. What is found is kept: several fields ask for the same.
        """
        if css in self._selected:
            return self._selected[css]
        found: dict[etree._Element, None] = {}
        for selector in compile_css(css):
            for scope in self._of_class(selector.first_class) if selector.first_class else [self.root]:
                found.update(dict.fromkeys(selector.find(scope)))
        self._selected[css] = list(found)
        return self._selected[css]

    def first(self, css: str) -> etree._Element | None:
        """The first element that `css` matches, or None."""
        return next(iter(self.select(css)), None)

    def tagged(self, name: str) -> list[etree._Element]:
        """The elements of a name out of `TAGS`, in document order."""
        return self._by_tag.get(name, [])

    def _of_class(self, name: str) -> list[etree._Element]:
        # The first time for all classes that were ever asked for: a walk costs a third of the parsing
        if name not in self._by_class:
            _ASKED.add(name)
            asked = frozenset(_ASKED)
            self._by_class = {each: [] for each in asked}
            passed = _passed(asked)
            for element in self.root.iter():
                if (names := element.get("class")) and names not in passed:
                    found = asked.intersection(names.split())
                    for each in found:
                        self._by_class[each].append(element)
                    if not found and len(passed) < _MOST_PASSED:
                        passed.add(names)
        return self._by_class[name]


# Names of classes that a selector began with, in any page so far
_ASKED: set[str] = set()
_MOST_PASSED = 4096


@lru_cache(maxsize=64)
def _passed(asked: frozenset[str]) -> set[str]:
    """The `class` attributes so far that hold no name out of `asked`. Pages of one site have few different ones."""
    return set()


def content(element: etree._Element) -> str:
    """The text of an element in one line."""
    return text.unmangle(text.squeeze(raw_text(element)))


def raw_text(element: etree._Element) -> str:
    """All text inside an element as it stands, as `itertext` gives it in pieces (and five times as slowly)."""
    found: str = etree.tostring(element, method="text", encoding="unicode", with_tail=False)
    return found


def _check_bytes(body: bytes) -> None:
    if len(body) > MAX_BYTES:
        raise PageTooLarge(f"{len(body)} bytes; pages over {MAX_BYTES} bytes are not parsed")
    if not body.strip(b"\0 \t\r\n"):
        raise NotHtml("the page is empty")
    # UTF-16 spells markup with zero bytes between the letters
    is_wide = body[:2] in (b"\xff\xfe", b"\xfe\xff")
    head = body[:_SNIFFED]
    controls = 0 if is_wide else len(head) - len(head.translate(None, _CONTROLS))
    if controls * 20 > len(head):
        raise NotHtml(f"{controls} of the first {len(head)} bytes are control characters")
    if not _MARKUP.search(body.replace(b"\0", b"") if is_wide else body):
        raise NotHtml(f"no HTML tag in {len(body)} bytes that begin with {body[:20]!r}")


def _encoding(response: HttpResponse, body: bytes) -> str:
    """The encoding: UTF-8 if the bytes are, else as browsers find it (BOM, header, meta), else Windows-1252."""
    head = body[:_SNIFFED]
    named = (
        read_bom(body)[0]
        or http_content_type_encoding(response.headers.get("Content-Type", ""))
        or html_body_declared_encoding(head)
    )
    if named and named.lower().startswith("utf"):
        return named
    try:
        # whatever a page says of itself, text in another encoding is never by chance valid UTF-8
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        # a cut in the middle of a letter at the very end is no sign of another encoding
        return "utf-8" if error.start > len(body) - 4 else named or "cp1252"
    return "utf-8"


def _parse(body: bytes, encoding: str) -> etree._Element:
    """The root element. `huge_tree` lets libxml2 go 2,048 elements deep instead of 256."""
    if encoding.lower() != "utf-8":
        # libxml2 knows fewer encodings than Python, and other names
        body = body.decode(encoding, "replace").encode("utf-8", "replace")
    if body.rfind(b"</html", 0, -len(b">\r\n") - 1) >= 0:
        # the parser drops what follows; browsers put it into the body
        body = _END_TAG.sub(b"", body)
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    try:
        root = etree.fromstring(body.replace(b"\0", b"") if b"\0" in body else body, parser)
    except etree.XMLSyntaxError as error:
        raise NotHtml(f"the parser finds no element: {error}") from error
    if root is None:
        raise NotHtml("the parser finds no element")
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        # the parser drops all that follows without another word
        raise PageTooLarge("nested deeper than the 2,048 elements that are parsed")
    return root


def _check_complete(body: bytes) -> None:
    """Refuse a page that breaks off.

    HTML need not close `body` and `html`, so their absence alone proves nothing; that blocks are left open as well,
    or that the last tag has no end, does.
    """
    if _FINISHED.search(body, max(0, len(body) - _SNIFFED)):
        return
    markup = _RAW.sub(b"", body)
    if _END_TAG.search(markup):
        return
    if any(raw["open"] is not None for raw in _RAW.finditer(body)):
        raise TruncatedPage(f"the page breaks off inside a script after {len(body)} bytes")
    tail = body.rstrip()
    if tail.rfind(b"<") > tail.rfind(b">"):
        raise TruncatedPage(f"the page breaks off inside a tag after {len(body)} bytes: {tail[-30:]!r}")
    opened, closed = len(_OPENED.findall(markup)), len(_CLOSED.findall(markup))
    if opened > closed:
        raise TruncatedPage(f"the page breaks off after {len(body)} bytes with {opened - closed} blocks open")
