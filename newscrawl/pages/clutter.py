"""Elements that are not the article, by their tag and by the words of their class and id.

The words are those that templates of all kinds and countries use, not those of one site. What they accuse is only a
suspect: an element that holds most of the text is the article, whatever its name.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from lxml import etree

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
TEXT_TAGS = frozenset({"p", "li", "blockquote", "pre", "dd", "dt", *HEADINGS})
"""Elements made for the paragraphs of a text."""
SKIPPED = frozenset({
    "script", "style", "noscript", "template", "iframe", "object", "embed", "video", "audio", "canvas", "svg", "math",
    "map", "picture", "img", "button", "input", "select", "textarea", "dialog", "figure", "figcaption", "link", "meta",
    "head", "title", "amp-ad", "amp-embed", "amp-iframe",
})  # fmt: skip
"""Elements whose text is never part of an article."""
SKIPPED_BLOCKS = frozenset({
    "iframe", "object", "embed", "video", "audio", "canvas", "dialog", "figure", "figcaption", "textarea", "select",
})  # fmt: skip
"""Those of them that end a paragraph."""
_SHOWN = ("img", "picture", "video", "audio", "iframe", "object", "embed", "svg", "canvas", "amp-img", "amp-iframe",
          "blockquote")  # fmt: skip
"""What a figure shows that is no frame for a part of the text; a quote in one repeats what the text says."""
_SUSPECT_TAGS = frozenset({"aside", "nav", "footer", "form"})
_NEVER = frozenset({"html", "body", "main", "article"})
"""Elements whose classes speak of the page, not of themselves."""
_NAMES = frozenset({"class", "id"})
_ROLES = frozenset({"navigation", "complementary", "banner", "contentinfo", "search", "dialog", "alert"})
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)

_SILENT = re.compile(r"(?:visually|sr|screen)-?_?(?:hidden|only|reader)", re.I)
_TOKEN = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"[A-Z]?[a-z]{3,}|[A-Z]{3,}(?![a-z])")
_ABOUT_ANOTHER = re.compile(r"(?:has|with|without|no|not|is|hide|show)[-_]", re.I)
"""`has-sidebar` says something of an element that is no sidebar."""
_EMBEDS = frozenset({"tweet", "twitter", "instagram", "tiktok", "facebook", "telegram"})
_CAPTIONS = frozenset({"caption", "captions", "figcaption"})
_OTHER_ARTICLES = frozenset({
    "related", "recommended", "recommendation", "recommendations", "recirculation", "readmore", "readalso", "alsoread",
    "seealso", "readnext", "mostread",
})  # fmt: skip
_MEDIA = frozenset({
    "gallery", "slideshow", "player", "image", "images", "photo", "photos", "picture", "pictures", "media", "video",
    "videos",
})  # fmt: skip
_ACCUSED = _EMBEDS | _CAPTIONS | _OTHER_ARTICLES | _MEDIA | {
    # advertising
    "ad", "ads", "adv", "adslot", "advert", "adverts", "advertisement", "advertising", "sponsored", "sponsor",
    "promo",
    "promoted", "promotion", "promobox", "banner", "outbrain", "taboola", "affiliate",
    # parts of a front page
    "teaser", "teasers", "popular", "trending", "carousel", "slider", "swiper",
    # what the reader may do
    "share", "shares", "sharing", "sharebar", "social", "socials", "addthis", "sharethis", "newsletter",
    "newsletters",
    "subscribe", "subscription", "signup", "login", "comment", "comments", "disqus", "commenting", "poll", "quiz",
    "rating", "gating", "toolbar", "tooltip", "popup", "modal", "lightbox", "cookie", "cookies", "consent",
    "privacy", "gdpr",
    # what surrounds the text
    "breadcrumb", "breadcrumbs", "sidebar", "menu", "nav", "navigation", "footer", "pagination", "pager", "toc",
    "credit", "credits", "byline", "author", "authors", "autor", "bio", "tags", "taglist", "keywords",
    "copyright", "disclaimer", "timestamp", "factbox", "infobox",
}  # fmt: skip


def is_skipped(element: etree._Element) -> bool:
    """Whether nothing in an element out of `SKIPPED` is text: editors also frame a table or a note by `figure`."""
    return element.tag != "figure" or next(element.iter(*_SHOWN), None) is not None


def is_suspect(element: etree._Element) -> bool:
    """Whether an element looks like navigation, advertising, sharing, an embed, a caption or the like."""
    tag = element.tag
    if tag in _NEVER:
        return False
    if tag in _SUSPECT_TAGS:
        return True
    for name, value in element.items():
        # a paragraph that is hidden by itself waits for the reader to unfold it
        if accuses(value) if name in _NAMES else tag not in TEXT_TAGS and _hides(name, value):
            return True
    return False


def _hides(name: str, value: str) -> bool:
    """Whether an attribute takes an element out of the text that is read."""
    if name == "style":
        return bool(_HIDDEN_STYLE.search(value))
    return name == "hidden" or (name == "aria-hidden" and value == "true") or (name == "role" and value in _ROLES)


@lru_cache(maxsize=8192)
def is_silent(names: str | None) -> bool:
    """Whether an element with this class attribute is there for screen readers only."""
    return names is not None and bool(_SILENT.search(names))


@lru_cache(maxsize=8192)
def accuses(names: str) -> bool:
    """Whether a class attribute or an id holds a word that articles do not go by (`box-related`, `shareButtons`)."""
    return not _ACCUSED.isdisjoint(words(names))


@lru_cache(maxsize=8192)
def convicts(names: str) -> bool:
    """Whether a class attribute or an id says that an element is an embed, a caption or a link to other articles.

    What an element that is accused of something else holds may be the article after all; these never are.
    """
    return not (_EMBEDS | _CAPTIONS | _OTHER_ARTICLES).isdisjoint(words(names))


@lru_cache(maxsize=8192)
def accuses_media(names: str) -> bool:
    """Whether a class attribute or an id accuses an element only of being a picture or the like."""
    return words(names) & _ACCUSED <= _MEDIA


def words(names: str) -> set[str]:
    """The words of a class attribute or an id: `teaserBox__author-2` is teaser, box, author.

    Short words count only between separators, where they are none by chance, as in hashes.
    """
    found: set[str] = set()
    for name in names.split():
        if not _ABOUT_ANOTHER.match(name):
            tokens = _TOKEN.findall(name)
            # `read-also` is the same name as `readAlso`
            found.update(f"{one}{other}".lower() for one, other in pairwise(tokens))
            for token in tokens:
                found.add(token.lower())
                if not token.islower():
                    found.update(word.lower() for word in _CAMEL.findall(token))
    return found
