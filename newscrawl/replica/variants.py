"""What is unknown of the real site, played in several ways; the variant number of a replica chooses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import attrs

from newscrawl.replica.dice import mix

T = TypeVar("T")


def _pick(variant: int, place: int, options: Sequence[T]) -> T:
    """Variants 0 and 1 take the first and second of everything, 2 and 3 mix, the others roll."""
    if variant in (0, 1):
        return options[variant]
    if variant in (2, 3):
        return options[variant % len(options) if len(options) > 2 else (variant + place) % 2]
    return options[mix(variant, place) % len(options)]


@attrs.frozen
class Variant:
    """One consistent way in which the site could behave."""

    all_news: dict[str, str]
    """Address of the all-news listing by language; only az is known of the real site."""

    all_news_text: dict[str, str]
    """Text of the link to it."""

    endpoints: str
    """How `data-url` is written: "path", "query" (has a query already), "numbers" or "absolute"."""

    cursor_includes: bool
    """True: a batch starts at `date` itself, cards repeat. False: strictly older, batches never split a second."""

    tag_markup: str
    """"div", "list", "spans" (links around spans) or "plain" (no links)."""

    tag_address: str
    """"tag", "search" or "topic"."""

    alternates: str
    """Where other-language versions are linked: "head+after", "outside", "switch" or "head-self+after"."""

    slash: str
    """What a trailing slash gives: "relative" (301), "serves" or "absolute" (301)."""

    az_prefix: str
    """What `/az/...` gives: "redirects", "missing" or "serves"."""

    www: str
    """What the host `www.` gives: "redirects" or "serves"."""

    feed: str
    """Item fields: "guid", "full" (CDATA, no guid), "number" (guid that is no link) or "same-guid"."""

    charset: bool
    """Whether Content-Type names the charset."""

    meta_time: str
    """Form of article:published_time: "offset", "naive", "utc" or "compact"."""

    sidebar: str
    """"aside", "div" or "dates" (its times are in `ul.news__date` too)."""

    headline_repeat: str
    """What stands before the header block: "bar", "heading" or "none"."""

    section_tag: str
    """Element of the section name in the header block: "a" or "span"."""

    topic_base: str
    """First path segment of topic pages."""

    amp_link: bool
    """Whether articles link to their AMP page."""

    validators: str
    """What answers carry and conditions are compared with: "both", "etag", "date" or "none"."""

    lastmod: bool
    """Whether the news sitemap says when an entry was published or last edited."""


_ALL_NEWS = (
    {"az": "/son-xeberler", "ru": "/ru/poslednie-novosti", "en": "/en/latest-news"},
    {"az": "/son-xeberler", "ru": "/ru/son-xeberler", "en": "/en/son-xeberler"},
    {"az": "/son-xeberler", "ru": "/ru/lenta", "en": "/en/all-news"},
)
_ALL_NEWS_TEXT = (
    {"az": "Bütün xəbərlər", "ru": "Все новости", "en": "All News Feed"},
    {"az": "Xəbər lenti", "ru": "Лента новостей", "en": "All News Feed"},
    {"az": "Bütün xəbər lenti", "ru": "Вся лента новостей", "en": "All news"},
)
_OPTIONS: dict[str, Sequence[object]] = {
    "all_news": _ALL_NEWS,
    "all_news_text": _ALL_NEWS_TEXT,
    "endpoints": ("path", "query", "numbers", "absolute"),
    "cursor_includes": (False, True),
    "tag_markup": ("div", "list", "spans", "plain"),
    "tag_address": ("tag", "search", "topic"),
    "alternates": ("head+after", "outside", "switch", "head-self+after"),
    "slash": ("relative", "serves", "absolute"),
    "az_prefix": ("redirects", "missing", "serves"),
    "www": ("redirects", "serves"),
    "feed": ("guid", "full", "number", "same-guid"),
    "charset": (True, False),
    "meta_time": ("offset", "naive", "utc", "compact"),
    "sidebar": ("aside", "div", "dates"),
    "headline_repeat": ("bar", "heading", "none"),
    "section_tag": ("a", "span"),
    "topic_base": ("tag", "topic"),
    "amp_link": (True, False),
    "validators": ("both", "etag", "date", "none"),
    "lastmod": (False, True),
}


def variant(number: int) -> Variant:
    """Return variant `number`; 0 to 3 together play every option but the rarest mixes."""
    chosen = {name: _pick(number, place, options) for place, (name, options) in enumerate(_OPTIONS.items())}
    return Variant(**chosen)  # type: ignore[arg-type]
