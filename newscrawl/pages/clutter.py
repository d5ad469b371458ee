"""What on a page is not the article: by element, by the words of its class and id, by the wording of a line.

The words are those that templates of all kinds and countries use, not those of one site. What they accuse is only a
suspect: an element that holds most of the text is the article, whatever its name.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
SKIPPED = frozenset({
    "script", "style", "noscript", "template", "iframe", "object", "embed", "video", "audio", "canvas", "svg",
    "math", "map", "picture", "img", "button", "input", "select", "textarea", "dialog", "figure", "figcaption",
    "link", "meta", "head", "title", "amp-ad", "amp-embed", "amp-iframe",
})  # fmt: skip
"""Elements whose text is never part of an article."""
SKIPPED_BLOCKS = frozenset({
    "iframe", "object", "embed", "video", "audio", "canvas", "dialog", "figure", "figcaption", "textarea", "select",
})  # fmt: skip
"""Those of them that end a paragraph."""
_SUSPECT_TAGS = frozenset({"aside", "nav", "footer", "form"})

_NEVER = frozenset({"html", "body", "main", "article"})
"""Elements whose classes speak of the page, not of themselves."""

_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_NOT_CONTENT = frozenset({
    "ad", "ads", "adslot", "advert", "adverts", "advertisement", "advertising", "advertisment", "adv", "sponsored",
    "sponsor", "promo", "promoted", "promotion", "banner", "related", "recommended", "recommendation",
    "recommendations", "recirculation", "readmore", "readalso", "share", "shares", "sharing", "sharebar", "social",
    "socials", "addthis", "sharethis", "newsletter", "newsletters", "subscribe", "subscription", "signup",
    "comment", "comments", "disqus", "commenting", "caption", "captions", "credit", "credits", "byline", "author",
    "authors", "bio", "tags", "taglist", "keywords", "breadcrumb", "breadcrumbs", "sidebar", "toolbar", "menu",
    "nav", "navigation", "footer", "pagination", "pager", "popup", "modal", "cookie", "cookies",
    "consent", "outbrain", "taboola", "poll", "quiz", "rating", "tooltip", "toc", "tweet", "twitter", "instagram",
    "tiktok", "facebook", "telegram", "gallery", "slideshow", "carousel", "slider", "lightbox", "teaser", "teasers",
    "screenreader", "copyright", "disclaimer", "timestamp", "dateline-meta",
})  # fmt: skip
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_HIDDEN_ROLES = frozenset({"navigation", "complementary", "banner", "contentinfo", "search", "dialog", "alert"})


def is_suspect(element: etree._Element) -> bool:
    """Whether an element looks like navigation, advertising, sharing, an embed, a caption or the like."""
    if element.tag in _NEVER:
        return False
    attributes = element.attrib
    if not attributes:
        return element.tag in _SUSPECT_TAGS
    if element.tag in _SUSPECT_TAGS:
        return True
    names = attributes.get("class"), attributes.get("id")
    if any(name and accuses(name) for name in names):
        return True
    return (
        attributes.get("role") in _HIDDEN_ROLES
        or attributes.get("aria-hidden") == "true"
        or "hidden" in attributes
        or bool(_HIDDEN_STYLE.search(attributes.get("style", "")))
    )


@lru_cache(maxsize=8192)
def accuses(name: str) -> bool:
    """Whether a class or id holds a word that articles do not go by (`box-related`, `shareButtons`)."""
    return any(word.lower() in _NOT_CONTENT for word in _WORDS.findall(name))


_SHORT = 160
_INVITATION = re.compile(
    r"(?:\b(?:share|follow|subscribe|join|sign up|like)\b|"
    r"\b(?:paylaş|izlə|abunə|qoşul|üzv ol|takip et|katıl)|"
    r"\b(?:подпис|поделит|следите|читайте нас|присоедин|вступай|делитес))",
    re.I,
)
_NETWORK = re.compile(
    r"(?:telegram|whats\s?app|facebook|twitter|instagram|youtube|tiktok|viber|linkedin|threads|google news|"
    r"newsletter|sosial şəbəkə|телеграм|фейсбук|твиттер|инстаграм|ватсап|вайбер|соцсет|\bX\b|\bTG\b|kanal|канал)",
    re.I,
)
_READ_ALSO = re.compile(
    r"(?:read (?:also|more|next)|also read|see also|more on this|related(?: (?:stories|articles|news))?|"
    r"həmçinin oxu|bunu da oxu|daha ətraflı|oxuyun|читайте также|читайте ещё|смотрите также|по теме|"
    r"lesen sie auch|lesen sie mehr|mehr zum thema|auch interessant|à lire aussi|lire aussi|lea también|leia também|"
    r"leggi anche|ayrıca oku|czytaj także|czytaj też|läs också|läs mer|les også|lees ook)\b",
    re.I,
)


def is_junk_line(line: str, linked: int) -> bool:
    """Whether a paragraph is a share line or a read-also line; `linked` of its characters are inside links.

    Only short ones are judged: a sentence that names Telegram stays.
    """
    if len(line) > _SHORT:
        return False
    if _READ_ALSO.match(line) and (linked * 2 > len(line) or len(line) < 40 or line.endswith(":")):
        return True
    return bool(_INVITATION.search(line) and _NETWORK.search(line) and _is_call(line, linked))


def _is_call(line: str, linked: int) -> bool:
    """Whether a line calls the reader to do something, and does not tell what others did."""
    return linked > 0 or len(line) < 80 or line.endswith(("!", ":"))
