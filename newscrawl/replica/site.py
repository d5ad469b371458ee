"""A local stand-in of report.az: pages, listings and the truth about them, computed from a number and a seed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from newscrawl.replica.article import Article, headline_as_printed
from newscrawl.replica.body import lay_out
from newscrawl.replica.clock import Clock
from newscrawl.replica.kinds import POINTS_TO_FOREIGN, POINTS_TO_RELATED
from newscrawl.replica.languages import LANGUAGES
from newscrawl.replica.links import Link, Links
from newscrawl.replica.listing_html import Card
from newscrawl.replica.stories import LIMIT, Stories, stories_of
from newscrawl.replica.truth import record
from newscrawl.replica.variants import Variant, variant

BATCH = 16
EDITS = ("body", "headline", "tags", "whitespace", "outside", "gone", "restore")
SCROLLS = ("sound", "stuck", "circling", "repeating")
_EDITED_AFTER = 2 * 3600
_RESTORED_AFTER = 4 * 3600


def _known_edits(_: object, __: object, edits: Mapping[int, str]) -> None:
    unknown = sorted(set(edits.values()) - set(EDITS))
    if unknown:
        raise ValueError(f"unknown edit {unknown[0]!r}, expected one of {', '.join(EDITS)}")


@attrs.frozen
class Replica:
    """The site at one moment; `attrs.evolve` gives it at another. Story 0 is the oldest.

    Raises ValueError for fewer than 1 or more than about 1.6 million stories and for an unknown edit, or a newest
    time without offset.
    """

    stories: int = attrs.field(default=400, validator=[attrs.validators.ge(1), attrs.validators.le(LIMIT)])
    """How many pieces of news the site starts with."""

    seed: int = 1
    """Other facts, names and texts for another seed."""

    newest: str = "2026-03-17T15:50:00+04:00"
    """When the last of the `stories` appeared, ISO 8601 with offset."""

    variant: int = 0
    """Which of the ways to play what is unknown of the real site."""

    edits: Mapping[int, str] = attrs.field(factory=dict, validator=_known_edits)
    """story number -> what happened to it in all its languages (one of EDITS)."""

    later: int = attrs.field(default=0, validator=attrs.validators.ge(0))
    """How many further stories have appeared since `newest`."""

    edited_at: Mapping[int, int] = attrs.field(factory=dict)
    """story number -> when it was edited, in seconds since 1970; without: hours after the newest story."""

    laid_out_at: int = 0
    """When the site took its present layout, in seconds since 1970."""

    redesigned: bool = False
    """Whether article pages have a layout that nobody has seen before; listings stay as they are."""

    scroll: str = attrs.field(default="sound", validator=attrs.validators.in_(SCROLLS))
    """How listings go on: "sound"; "stuck" (the newest batch whatever the date); "circling" (at a certain depth the
    newest cards again); "repeating" (the newest cards for ever, each time with older dates)."""

    per_day: int = attrs.field(default=250, validator=[attrs.validators.ge(1), attrs.validators.le(1_000)])
    """How many stories appear in a day: all of them in Azerbaijani, 8 of 10 in Russian, 7 of 10 in English."""

    crowd: int = attrs.field(default=0, validator=attrs.validators.ge(0))
    """How many stories, from a third of `stories` on, appeared in one second."""

    _texts: Stories = attrs.field(init=False, eq=False, repr=False)
    _way: Variant = attrs.field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        """Set up what pages are computed with."""
        clock = Clock(self.stories, self.newest, self.seed, self.per_day, self.crowd)
        object.__setattr__(self, "_texts", stories_of(self.seed, clock))
        object.__setattr__(self, "_way", variant(self.variant))

    @property
    def total(self) -> int:
        """How many stories there are now; the newest is total - 1."""
        return self.stories + self.later

    @property
    def texts(self) -> Stories:
        """What the stories say and where they are."""
        return self._texts

    @property
    def way(self) -> Variant:
        """How the site behaves where the real one is not known."""
        return self._way

    def published(self, number: int) -> int:
        """Return when a story appeared, in seconds since 1970; it never decreases with the number."""
        return self._texts.clock.at(number)

    def until(self, second: int) -> int:
        """Return how many of the stories appeared at or before a second."""
        return min(self._texts.clock.until(second), self.total)

    def edited(self, number: int) -> int | None:
        """Return when a story was last edited, in seconds since 1970; None if it never was."""
        if (edit := self.edits.get(number)) is None or number in self.edited_at:
            return self.edited_at.get(number)
        return self.published(self.total - 1) + (_RESTORED_AFTER if edit == "restore" else _EDITED_AFTER)

    def changed_at(self) -> int:
        """Return when anything on the site last changed."""
        edits = (self.edited(number) or 0 for number in self.edits)
        return max(self.published(self.total - 1), self.laid_out_at, *edits)

    def exists(self, number: int, language: str) -> bool:
        """Tell whether a story has appeared in a language and has not been taken down."""
        return number < self.total and self._texts.exists(number, language) and self.edits.get(number) != "gone"

    def article(self, number: int, language: str) -> Article:
        """Return what the page of a story in a language prints."""
        return Article(self._texts, number, language, self._way, self.edits.get(number))

    def numbers(self, language: str, before: int | None = None, section: str | None = None) -> Iterator[int]:
        """Yield the stories of a language, newest first, below number `before`, of one section key if given."""
        for number in range(self.total if before is None else before, 0, -1):
            if section and self._texts.template(number - 1).section != section:
                continue
            if self.exists(number - 1, language):
                yield number - 1

    def batch(self, language: str, section: str | None, before: int) -> list[int]:
        """Return the next batch of a listing from story before - 1 on; a second is split only if cursors include it."""
        found: list[int] = []
        for number in self.numbers(language, before, section):
            full = len(found) >= BATCH
            if full and (self._way.cursor_includes or self.published(number) != self.published(found[-1])):
                break
            found.append(number)
        return found

    def card(self, number: int, language: str, fresh: bool = True) -> Card:
        """Return the card of a story; without `fresh` as it was before any edit."""
        texts, edit = self._texts, self.edits.get(number) if fresh else None
        return Card(
            texts.path(number, language),
            headline_as_printed(texts, number, language, edit),
            texts.section(number, language).name,
            texts.clock.stamp(number),
            language,
            number,
            self.seed,
        )

    def beside(self, number: int, language: str) -> list[int]:
        """Return the stories in the sidebar of a page: one newer, the story itself, older ones, nine in all.

        The list does not follow the news of the day, so that an old page stays the same, byte for byte.
        """
        has = self._texts.exists
        newer = next((n for n in range(number + 1, min(number + 12, self.total)) if has(n, language)), None)
        older = (n for n in range(number - 1, -1, -1) if has(n, language))
        shown = [n for n in (newer, number) if n is not None]
        return shown + [n for n, _ in zip(older, range(9 - len(shown)), strict=False)]

    def links(self, article: Article) -> Links:
        """Return what an article points to: three older stories, one in another language; nothing if it does not."""
        number, language, features = article.number, article.language, article.kind.features
        related: tuple[Link, ...] = ()
        if features & POINTS_TO_RELATED:
            older = (n for n in range(number - 5, -1, -3) if self._texts.exists(n, language))
            related = tuple(self._link(n, language) for n, _ in zip(older, range(3), strict=False))
        return Links(related, self._foreign(number, language) if features & POINTS_TO_FOREIGN else None)

    def _foreign(self, number: int, language: str) -> Link | None:
        """Return an older story in another language, in one that the story itself lacks if there is such a one."""
        others = [each for each in LANGUAGES if each != language]
        lacking = [each for each in others if not self._texts.exists(number, each)]
        other = (lacking or others)[number % len(lacking or others)]
        older = next((n for n in range(number - 4, -1, -1) if self._texts.exists(n, other)), None)
        return None if older is None else self._link(older, other)

    def _link(self, number: int, language: str) -> Link:
        return self._texts.path(number, language), headline_as_printed(self._texts, number, language)

    def truth(self) -> Iterator[dict[str, Any]]:
        """Yield what each article page of the site says, newest story first, without holding them."""
        for number in range(self.total - 1, -1, -1):
            for language in LANGUAGES:
                if self.exists(number, language):
                    yield self.truth_of(number, language)

    def truth_of(self, number: int, language: str) -> dict[str, Any]:
        """Return what the page of a story in a language says."""
        article = self.article(number, language)
        return record(article, lay_out(article, self.links(article), ""))
