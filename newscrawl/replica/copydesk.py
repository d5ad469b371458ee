"""The text of a story in one language before it is laid out; each part is written when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

import attrs

from newscrawl.replica.dice import Dice
from newscrawl.replica.languages import capitalise
from newscrawl.replica.phrasebook import COMMON, Phrase, Template
from newscrawl.replica.slots import Slots

_WORLD = frozenset({"foreign", "region", "other-countries"})


@attrs.frozen(slots=False)
class Copy:
    """A story's text; the choice of phrases does not depend on the language."""

    slots: Slots
    template: Template

    @cached_property
    def lead(self) -> str:
        """The first paragraph."""
        return self.slots.say(self.template.leads[self.slots.roll(50, len(self.template.leads))])

    @cached_property
    def paragraphs(self) -> tuple[str, ...]:
        """The others, of one to three sentences."""
        dice = Dice(self.slots.roll(51, 1 << 60))
        pool = COMMON["world" if self.template.section in _WORLD else "home"] + COMMON["any"]
        chosen = dice.some_of(pool, dice.between(6, 14))
        for detail in dice.some_of(self.template.details, len(self.template.details)):
            chosen.insert(dice.below(4), detail)
        return tuple(_joined([self.slots.say(phrase) for phrase in chosen], dice))

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """The tags that belong to the sort of story."""
        return tuple(tag.strip() for tag in self._plain(self.template.tags).split(";"))

    def more_tags(self, count: int) -> tuple[str, ...]:
        """Return up to `count` further tags."""
        return tuple(self._plain(tag).removeprefix("the ") for tag in COMMON["tags"][:count])

    @cached_property
    def quote(self) -> str:
        """Words of a person in the story."""
        return self._one("quotes", 52)

    @cached_property
    def subheads(self) -> tuple[str, ...]:
        """Two subheadings."""
        first, count = self.slots.roll(53, 4), len(COMMON["subheads"])
        return tuple(self.slots.say(COMMON["subheads"][(first + step) % count]) for step in range(2))

    @cached_property
    def list_intro(self) -> str:
        """The line that opens a list."""
        return self._one("list-intros", 54)

    @cached_property
    def list_items(self) -> tuple[str, ...]:
        """The items of a list, in lower case."""
        return tuple(self._plain(item) for item in COMMON["list-items"])

    @cached_property
    def about_platform(self) -> str:
        """A genuine sentence that names Telegram, Facebook or WhatsApp."""
        return self._one("about-platforms", 55)

    @cached_property
    def share_line(self) -> str:
        """The line that asks to follow or share."""
        return self._one("share-lines", 56)

    @cached_property
    def captions(self) -> tuple[str, ...]:
        """Two photo captions."""
        return tuple(self.slots.say(caption) for caption in COMMON["captions"])

    @cached_property
    def addition(self) -> str:
        """The sentence that an edit of the body adds."""
        return self._one("additions", 57)

    @cached_property
    def short_sentences(self) -> tuple[str, ...]:
        """Two short genuine sentences with words that share lines have too."""
        chosen = Dice(self.slots.roll(58, 1 << 60)).some_of(COMMON["short-sentences"], 2)
        return tuple(self.slots.say(phrase) for phrase in chosen)

    @cached_property
    def linked_subject(self) -> tuple[str, str]:
        """A sentence in two parts, of which the first and longer one is a link."""
        linked, _, rest = self._one("linked-subjects", 59).removeprefix("[").partition("]")
        return capitalise(linked, self.slots.language), rest

    @cached_property
    def linked_intro(self) -> str:
        """The line that opens a list of documents."""
        return self._one("linked-intros", 60)

    @cached_property
    def linked_items(self) -> tuple[str, ...]:
        """The documents, in lower case."""
        return tuple(self._plain(item) for item in COMMON["linked-items"])

    @cached_property
    def long_caption(self) -> tuple[str, str]:
        """A photo caption of several sentences and a second paragraph of it."""
        return self._one("long-captions", 61), self._one("photographers", 62)

    @cached_property
    def tweets(self) -> tuple[str, ...]:
        """Sentences of a person's post on a social network."""
        return tuple(self.slots.say(phrase) for phrase in COMMON["tweets"])

    def _plain(self, phrase: Phrase) -> str:
        """Fill in a phrase and leave its first letter as it is."""
        return phrase[self.slots.language].format_map(self.slots)

    def _one(self, group: str, salt: int) -> str:
        phrases = COMMON[group]
        return self.slots.say(phrases[self.slots.roll(salt, len(phrases))])


def _joined(sentences: list[str], dice: Dice) -> Iterator[str]:
    """Join sentences to paragraphs of one to three."""
    start = 0
    while start < len(sentences):
        size = dice.between(1, 3)
        yield " ".join(sentences[start : start + size])
        start += size
