"""What one article page prints: the one source of both the page and its truth."""

from __future__ import annotations

from functools import cached_property

import attrs

from newscrawl.replica import wording
from newscrawl.replica.copydesk import Copy
from newscrawl.replica.dice import Dice, mix
from newscrawl.replica.kinds import Kind, kind_of
from newscrawl.replica.languages import LANGUAGES, MONTHS, capitalise, upper
from newscrawl.replica.sections import Section
from newscrawl.replica.stories import Stories
from newscrawl.replica.variants import Variant

ECONOMY = frozenset({"economy", "business", "finance", "energy"})
WORLD = frozenset({"foreign", "region", "other-countries"})
_FIRST_ID = 1_400_000
_NAMES_AUTHOR = frozenset({"jsonld-array", "jsonld-graph", "object", "jsonld-other-besides"})
_PLACEHOLDERS = frozenset({"no-photo", "placeholder-photo"})
_VISIBLE_ONLY = frozenset({"time-visible-only", "month-upper", "month-title", "month-lower", "legacy"})


def headline_as_printed(stories: Stories, number: int, language: str, edit: str | None = None) -> str:
    """Return the headline with the marks that page and cards print."""
    headline = stories.headline(number, language)
    features = kind_of(stories, number, language).features
    marks = ""
    if "updated" in features:
        marks = wording.UPDATE_MARKS[language][number % 3]
    elif "video-mark" in features:
        marks = wording.VIDEO_MARKS[language]
    elif "photo-mark" in features:
        marks = wording.PHOTO_MARKS[language]
    if edit == "headline":
        marks = wording.EDIT_MARK_AGAIN if marks.endswith(wording.EDIT_MARK) else marks + wording.EDIT_MARK
    return headline + marks


def article_id(number: int, language: str) -> int:
    """Return the number of the short link; the languages share one row of numbers."""
    return _FIRST_ID + number * 3 + LANGUAGES.index(language)


def story_of_id(identifier: int) -> tuple[int, str]:
    """Return story number and language of a short link (of any number, known or not)."""
    number, place = divmod(identifier - _FIRST_ID, 3)
    return number, LANGUAGES[place]


def photo(seed: int, number: int, place: int = 0, width: int = 850) -> str:
    """Return the address of a photo of a story; place 0 is the main one."""
    digits = f"{mix(seed, number, place, 77):016x}{mix(seed, number, place, 78):016x}"
    uuid = "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
    return f"https://images.report.az/photo/{uuid}_{width}.{('jpg', 'jpeg', 'png')[number % 3]}"


@attrs.frozen(slots=False)
class Article:
    """One article page; edits and the site's variant are in it."""

    stories: Stories
    number: int
    language: str
    variant: Variant
    edit: str | None = None

    @cached_property
    def kind(self) -> Kind:
        """The variety of the page."""
        return kind_of(self.stories, self.number, self.language)

    @cached_property
    def copy(self) -> Copy:
        """The text."""
        return self.stories.copy(self.number, self.language)

    @cached_property
    def path(self) -> str:
        """The canonical address without the host."""
        return self.stories.path(self.number, self.language)

    @cached_property
    def section(self) -> Section:
        """The section."""
        return self.stories.section(self.number, self.language)

    @cached_property
    def headline(self) -> str:
        """The headline as printed."""
        return headline_as_printed(self.stories, self.number, self.language, self.edit)

    @cached_property
    def day_text(self) -> str:
        """The day as printed, in the month's usual or unusual case, with or without leading zero."""
        moment = self.stories.clock.local(self.number)
        month = MONTHS[self.language][moment.month - 1]
        if "month-upper" in self.kind.features:
            month = upper(month, self.language)
        elif "month-title" in self.kind.features:
            month = capitalise(month, self.language)
        elif "month-lower" in self.kind.features:
            month = month.lower()
        day = f"{moment.day:02}" if self.number % 4 == 1 else str(moment.day)
        return f"{day} {month}, {moment.year}"

    @cached_property
    def time_text(self) -> str:
        """The time as printed."""
        return self.stories.clock.local(self.number).strftime("%H:%M")

    @cached_property
    def published_at(self) -> str:
        """The time in UTC that the page gives away; without a machine-readable time the seconds are lost."""
        exact = not self.kind.features & _VISIBLE_ONLY
        return self.stories.clock.utc_text(self.number, exact)

    @cached_property
    def summary(self) -> str | None:
        """The description in head and JSON-LD."""
        if self.kind.features & {"no-summary", "photo-only"}:
            return None
        text = self.copy.lead
        return text if self.number % 3 or len(text) < 90 else text[:80].rsplit(" ", 1)[0] + "..."

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """The tags in printed order."""
        if "tags-none" in self.kind.features:
            return ()
        extra = Dice(self.stories.seed, self.number, 6).below(3)
        more = self.copy.more_tags(99 if "tags-many" in self.kind.features else extra)
        added = (wording.EDIT_TAG[self.language],) if self.edit == "tags" else ()
        return tuple(dict.fromkeys(self.copy.tags + more + added))

    @cached_property
    def alternates(self) -> tuple[tuple[str, str, str | None], ...]:
        """(language, path, headline if the page prints one) of the other versions the page links to."""
        if self.kind.name == "legacy":
            return ()
        prints = self.variant.alternates != "switch"
        return tuple(
            (
                language,
                self.stories.path(self.number, language),
                headline_as_printed(self.stories, self.number, language, self.edit) if prints else None,
            )
            for language in LANGUAGES
            if language != self.language and self.stories.exists(self.number, language)
        )

    @cached_property
    def image(self) -> str | None:
        """The address of the main photo."""
        if self.kind.features & _PLACEHOLDERS:
            return None
        address = photo(self.stories.seed, self.number)
        return address.replace("images.", "static.") if self.kind.name == "legacy" else address

    @cached_property
    def short_id(self) -> int | None:
        """The number of the short link, if the page shows it."""
        if self.kind.features & {"no-short-link", "legacy"}:
            return None
        return article_id(self.number, self.language)

    @cached_property
    def author(self) -> str | None:
        """The desk named as author in JSON-LD, where it is readable."""
        named = self.kind.jsonld in _NAMES_AUTHOR and self.number % 3 == 0
        if not named or self.kind.why:
            return None
        return self.desk

    @property
    def desk(self) -> str:
        """The desk that writes about the section."""
        key = self.section.key
        desk = "economy" if key in ECONOMY else "world" if key in WORLD else "society"
        return wording.DESK[desk][self.language]
