"""Which variety of page a story gets in each language: spread by number, the same at every call."""

from __future__ import annotations

from functools import lru_cache

import attrs

from newscrawl.replica.dice import Dice
from newscrawl.replica.stories import CACHED, Stories

KINDS = (
    "plain", "jsonld-array", "jsonld-graph", "jsonld-missing", "jsonld-trailing-comma", "jsonld-raw-newline",
    "jsonld-comment", "jsonld-breadcrumb-only", "jsonld-short-body", "jsonld-suffixed-headline",
    "time-jsonld-only", "time-meta-only", "time-visible-only", "month-upper", "month-title", "month-lower",
    "updated", "video-mark", "photo-mark", "tags-inside", "tags-none", "tags-many", "tweet", "iframe",
    "telegram-embed", "scripts", "read-also-block", "read-also-line", "ads", "caption-figure", "caption-line",
    "list", "subheads", "subheads-strong", "quote", "br-text", "div-text", "entities", "nested-inline",
    "names-platform", "share-line", "no-charset", "lazy-photo", "data-photo", "placeholder-photo", "no-photo",
    "gallery", "no-short-link", "brief", "no-summary", "ordered-list", "caption-block", "video-tag",
    "read-also-foreign", "read-also-foreign-below", "linked-subject", "linked-list", "brief-long-tweet",
    "caption-long", "short-sentences", "share-line-inside", "two-bodies", "topics-tags", "keywords-of-site", "views",
    "views-visible-only", "second-heading", "modified-zero", "jsonld-other-besides", "jsonld-other-instead",
    "jsonld-lone-surrogate",
)  # fmt: skip
"""One of these marks each ordinary page; further kinds: legacy, near-copy and the three failures."""

FAILURES = ("soft-404", "cut-off", "photo-only")
BODY_EXTRAS = (
    "tweet", "iframe", "scripts", "read-also-block", "read-also-line", "ads", "caption-figure", "list",
    "subheads", "quote", "nested-inline", "entities", "share-line", "tags-inside", "telegram-embed", "gallery",
    "read-also-foreign", "read-also-foreign-below", "linked-subject", "linked-list", "caption-long",
    "short-sentences", "share-line-inside", "two-bodies",
)  # fmt: skip
PAGE_EXTRAS = ("topics-tags", "views", "second-heading", "modified-zero")
_ALSO = {
    "brief-long-tweet": ("brief", "long-tweet"),
    "short-sentences": ("share-line",),
    "keywords-of-site": ("tags-none", "topics-tags"),
    "views-visible-only": ("views", "time-visible-only"),
}
"""kind -> further features of all its pages"""

POINTS_TO_RELATED = frozenset({"read-also-block", "read-also-line", "linked-subject", "linked-list", "nested-inline"})
POINTS_TO_FOREIGN = frozenset({"read-also-foreign", "read-also-foreign-below"})
_SIMPLE_BODY = frozenset({"br-text", "div-text", "brief", "brief-long-tweet"})
_MACHINE_TIME_MISSING = frozenset({"time-visible-only", "month-upper", "month-title", "month-lower"})
_META_TIME_MISSING = _MACHINE_TIME_MISSING | {"time-jsonld-only"}
_JSONLD_MISSING = frozenset({"jsonld-missing", "legacy"})


@attrs.frozen
class Kind:
    """The variety of one page."""

    name: str
    """The label that the truth carries."""

    features: frozenset[str]
    """The label and what else the page has."""

    @property
    def why(self) -> str | None:
        """Return why the page gives no article, None if it gives one."""
        return self.name if self.name in FAILURES else None

    @property
    def jsonld(self) -> str:
        """Return the shape of the JSON-LD: "none", "object", or a kind that begins with `jsonld-`."""
        if self.features & _JSONLD_MISSING:
            return "none"
        return next((name for name in sorted(self.features) if name.startswith("jsonld-")), "object")

    @property
    def jsonld_time(self) -> bool:
        """Tell whether readable JSON-LD holds the time of publication."""
        return self.jsonld not in ("none", "jsonld-breadcrumb-only", "jsonld-other-instead") and not (
            self.features & (_MACHINE_TIME_MISSING | {"time-meta-only"})
        )

    @property
    def meta_time(self) -> bool:
        """Tell whether the page has `article:published_time`."""
        return not self.features & (_META_TIME_MISSING | {"legacy"})


def is_legacy(stories: Stories, number: int) -> bool:
    """Tell whether a story is old enough to have kept the page design of that time."""
    return number < max(3, stories.clock.stories // 25)


@lru_cache(maxsize=CACHED)
def kind_of(stories: Stories, number: int, language: str) -> Kind:
    """Return the variety of a page."""
    failure = _failure(stories, number, language)
    if failure:
        return Kind(failure, frozenset({failure}))
    if is_legacy(stories, number):
        return Kind("legacy", frozenset({"legacy"}))
    shift = {"az": 0, "ru": 17, "en": 35}[language]
    name = KINDS[(number + shift) % len(KINDS)]
    features = {name, *_ALSO.get(name, ())}
    dice = Dice(stories.seed, number, shift, 5)
    if name not in _SIMPLE_BODY:
        features.update(dice.some_of(BODY_EXTRAS, dice.below(3)))
    if dice.below(4) == 0:
        features.add(dice.one_of(PAGE_EXTRAS))
    return Kind("near-copy" if stories.is_near_copy(number) else name, frozenset(features))


def _failure(stories: Stories, number: int, language: str) -> str | None:
    """Return the failure of a page, if it is one of the few; a story fails in one language only."""
    for place, (cycle, rest) in enumerate(((97, 31), (89, 47), (83, 59))):
        if number % cycle == rest:
            failing = ("az", "ru", "en")[(number // cycle + place) % 3]
            if not stories.exists(number, failing):
                failing = "az"
            return FAILURES[place] if failing == language else None
    return None
