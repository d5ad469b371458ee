"""The addresses of an article: its own, its short link, and those of its versions in other languages."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from urllib.parse import urlsplit

import attrs
from lxml import etree

from newscrawl import urls
from newscrawl.items import Alternate
from newscrawl.pages import clutter, language, lines, placement
from newscrawl.pages.document import Document, content
from newscrawl.pages.metadata import Metadata
from newscrawl.site import Site

# Names of languages in themselves and in each other, and their codes, as switches print them
_LANGUAGE_NAME = re.compile(
    r"(?:az|aze|ru|rus|en|eng|azərbaycan(?:ca| dili)?|azerbaijani?|азербайджанский|azeri|русский|рус|russian|rusca|"
    r"на русском(?: языке)?|in english|english|ingiliscə|английский|инглиш|[a-z]{2})\W*",
    re.I,
)


_Candidate = tuple[str, str, etree._Element | None]
"""Language, address, and the link that prints it; None for one in the head."""


def own_address(url: str, named: str | None, site: Site | None) -> str:
    """The article's one address: what the page calls canonical, if that can be this article, else `url`.

    What it calls so in another language is another article, whatever the page says.
    """
    own = site.canonical(url) if site else urls.canonical(url)
    address = _article_address(named, url, site) if named else None
    if address is None or address == own:
        return own
    is_another = site is not None and site.article(own) and site.language_of(address) != site.language_of(own)
    return own if is_another else address


def _article_address(href: str, url: str, site: Site | None) -> str | None:
    """The canonical spelling of a link of the page at `url`, if it can lead to an article of the same site."""
    address = urls.absolute(url, href)
    if address is None:
        return None
    if site:
        address = site.canonical(address)
        return address if site.article(address) else None
    same_site = urls.host_of(address).split(".")[-2:] == urls.host_of(url).split(".")[-2:]
    # a template may call the home page canonical on every page
    return urls.canonical(address) if same_site and urls.segments(address) else None


@attrs.frozen
class Versions:
    """An article's versions in other languages, one for each, and the links of the page that print them."""

    alternates: tuple[Alternate, ...]
    anchors: tuple[etree._Element, ...]


def find(
    document: Document,
    metadata: Metadata,
    url: str,
    site: Site | None,
    headings: Collection[etree._Element],
    bodies: Collection[etree._Element],
) -> Versions:
    """The versions of the article at `url`; those that `hreflang` names come first.

    `headings` and `bodies` are the elements of the article itself: a box that holds none of them but links to other
    articles in the page's own language is a list of other news. Links inside the text lead to other articles, unless
    they end it and the page has no links to versions anywhere else.
    """
    anchors = document.tagged("a")
    if site:
        anchors = _abroad(anchors, site, url)
    candidates = [*_hreflang(anchors, metadata, url, site)]
    inside: list[_Candidate] = []
    if site:
        for candidate in _printed(anchors, site, url, (*headings, *bodies)):
            place = placement.around(candidate[2], bodies)
            if place is None:
                candidates.append(candidate)
            elif placement.ends(candidate[2], place):
                inside.append(candidate)
    known = {(code, address) for code, address, _ in candidates}
    return _chosen([*candidates, *(each for each in inside if not known or each[:2] in known)])


def _chosen(candidates: list[_Candidate]) -> Versions:
    """The first candidate for each language, with its text."""
    found: dict[str, tuple[str, list[str]]] = {}
    printed = []
    for code, address, anchor in candidates:
        known, headlines = found.setdefault(code, (address, []))
        if anchor is not None and known == address:
            printed.append(anchor)
            if (shown := content(anchor)) and not _LANGUAGE_NAME.fullmatch(shown):
                headlines.append(shown)
    alternates = (
        Alternate(language=code, url=address, headline=next(iter(headlines), None))
        for code, (address, headlines) in found.items()
    )
    return Versions(tuple(alternates), tuple(printed))


def _hreflang(anchors: list[etree._Element], metadata: Metadata, url: str, site: Site | None) -> Iterator[_Candidate]:
    """The links with a language. On a known site their path tells it: templates swap the names, not the addresses."""
    named: list[tuple[str | None, str, etree._Element | None]] = [
        (link.hreflang, link.href, None) for link in metadata.links.get("alternate", ()) if link.hreflang
    ]
    named += [(tag, anchor.get("href", ""), anchor) for anchor in anchors if (tag := anchor.get("hreflang"))]
    for tag, href, anchor in named:
        code = language.normalise(tag)
        address = _article_address(href, url, site) if code else None
        if not code or not address or address == url:
            continue
        code = (site.language_of(address) if site else None) or code
        if site is None or code != site.language_of(url):
            yield code, address, anchor


def _printed(
    anchors: list[etree._Element], site: Site, url: str, landmarks: Collection[etree._Element]
) -> Iterator[tuple[str, str, etree._Element]]:
    """Those of `anchors` that are links of the article to articles in other languages, by where they stand."""
    own = site.language_of(url)
    inner = {ancestor for landmark in landmarks for ancestor in (landmark, *landmark.iterancestors())}
    for anchor in anchors:
        path = _path(anchor.get("href", ""), url, site)
        if not path or site.language_of_path(path) == own or not site.article_path.fullmatch(path):
            continue
        shown = content(anchor)
        if _LANGUAGE_NAME.fullmatch(shown) or (shown and _stands_alone(anchor, shown, site, url, inner)):
            yield site.language_of_path(path), site.canonical(site.url(path)), anchor


def _abroad(anchors: list[etree._Element], site: Site, url: str) -> list[etree._Element]:
    """The few of the links in an article that may lead to another language."""
    home = site.homes[site.language_of(url) or ""].rstrip("/") + "/"
    if home != "/":
        return [anchor for anchor in anchors if not anchor.get("href", "").startswith(home)]
    # a path without a slash before it is relative, and stays in the article's own section
    prefixed = _prefixed(tuple(site.prefixes)).search
    return [anchor for anchor in anchors if prefixed(anchor.get("href", ""))]


@lru_cache(maxsize=64)
def _prefixed(prefixes: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"/(?:{'|'.join(map(re.escape, prefixes))})/")


def _path(href: str, url: str, site: Site) -> str | None:
    """The path that a link of the page at `url` leads to on this site; None for another site's.

    Nearly all links of a page are paths already, and joining URLs is slow.
    """
    if not href.startswith("/") or href.startswith("//"):
        _, slashes, rest = href.partition("//")
        if not href or (slashes and site.domain not in rest.lstrip("/").split("/", 1)[0]):
            return None
        address = urls.absolute(url, href)
        if address is None or not site.owns(address):
            return None
        return urlsplit(address).path
    return href.split("#", 1)[0].split("?", 1)[0].rstrip()


def _stands_alone(anchor: etree._Element, shown: str, site: Site, url: str, inner: set[etree._Element]) -> bool:
    """Whether a link with the text `shown` is neither part of a text nor of a card, a menu or a list of other news."""
    if (
        placement.is_in_prose(anchor, shown)
        or lines.is_read_also(shown)
        or lines.is_read_also(placement.said_before(anchor))
    ):
        return False
    box = anchor
    for ancestor in anchor.iterancestors():
        if ancestor in inner:
            break
        if clutter.is_suspect(ancestor):
            return False
        box = ancestor
    own = site.language_of(url)
    return not placement.is_card(box) and not any(
        _is_other_article(other.get("href", ""), site, url, own) for other in box.iter("a")
    )


def _is_other_article(href: str, site: Site, url: str, own: str | None) -> bool:
    path = _path(href, url, site)
    if not path or site.language_of_path(path) != own or not site.article_path.fullmatch(path):
        return False
    return site.canonical(site.url(path)) != url


def short(elements: Iterable[etree._Element], site: Site | None) -> str | None:
    """The short link in `data-url`, `href` or `value` of the first of `elements` that has one.

    Sites print it without a scheme (`report.az/2844552`), which makes it a relative path by the standard.
    """
    for element in elements:
        value = (element.get("data-url") or element.get("href") or element.get("value") or "").strip()
        if value and site:
            value = value if "//" in value else f"https://{value}"
            address = urls.absolute(site.origin, value)
            if address and site.owns(address):
                return site.canonical(address)
    return None


def why(address: str, canonical: str) -> str:
    """Why an article is also found at `address`."""
    if "/amp/" in address or address.rstrip("/").endswith("/amp"):
        return "amp"
    return "tracking" if address.split("?", 1)[0] == canonical.split("?", 1)[0] else "canonical"
