"""The pieces of news: what story number n says in each language, and which story an address belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from newscrawl.replica.clock import Clock
from newscrawl.replica.copydesk import Copy
from newscrawl.replica.dice import mix
from newscrawl.replica.languages import PREFIX, slugify
from newscrawl.replica.phrasebook import TEMPLATES, Template
from newscrawl.replica.sections import BY_SLUG, SECTIONS, Section
from newscrawl.replica.slots import Slots

CYCLE = len(TEMPLATES)
LOWEST = 1_200
FIGURES = 99_991
"""A prime: headline figures of one template run through all residues before one repeats."""

LIMIT = CYCLE * FIGURES
"""No replica can have more stories than this."""

CACHED = 16_384
"""Pages whose headlines, addresses and kinds are kept."""

_STRIDE = 7_919
_APART = 23_671
_INVERSE = pow(_STRIDE, -1, FIGURES)
_STEP, _STEP_INVERSE = 5, pow(5, -1, CYCLE)
_SHARE_IN_LANGUAGE = {"az": 10, "ru": 8, "en": 7}


class Stories:
    """All stories there ever will be; everything follows from the seed, the clock and the number."""

    def __init__(self, seed: int, clock: Clock) -> None:
        """Keep a bounded cache of headlines and addresses, for they are printed on many pages."""
        self.seed, self.clock = seed, clock
        self.headline = lru_cache(maxsize=CACHED)(self._headline)
        self.path = lru_cache(maxsize=CACHED)(self._path)

    def exists(self, number: int, language: str) -> bool:
        """Tell whether a story has a version in the language; in Azerbaijani it always has."""
        if language == "az":
            return True
        return mix(self.seed, number, len(language) + ord(language[0])) % 10 < _SHARE_IN_LANGUAGE[language]

    def template(self, number: int) -> Template:
        """Return what sort of story number `number` is."""
        return TEMPLATES[self._template_index(number)]

    def section(self, number: int, language: str) -> Section:
        """Return the section a story is in."""
        return SECTIONS[language][self.template(number).section]

    def is_near_copy(self, number: int) -> bool:
        """Tell whether a story repeats the one of its sort in the round before, with another figure."""
        return number % 61 == 37 and number >= CYCLE

    def slots(self, number: int, language: str) -> Slots:
        """Return the facts of a story in words."""
        source = number
        if self.is_near_copy(number):
            source = self._number(number // CYCLE - 1, self._template_index(number))
        return Slots(
            (self.seed, source), self._figure(number), self.clock.local(number), language, self.template(number).section
        )

    def find(self, language: str, section_slug: str, slug: str) -> int | None:
        """Return the story at an address, None if there is none: the figure in the slug leads to its number."""
        section = BY_SLUG[language].get(section_slug)
        if section is None:
            return None
        path = f"{PREFIX[language]}/{section_slug}/{slug}"
        indexes = [i for i, template in enumerate(TEMPLATES) if template.section == section.key]
        for figure in _figures(slug):
            for index in indexes:
                turn = (figure - LOWEST - self.seed - index * _APART) * _INVERSE % FIGURES
                number = self._number(turn, index)
                if self.exists(number, language) and self.path(number, language) == path:
                    return number
        return None

    def copy(self, number: int, language: str) -> Copy:
        """Return the text of a story."""
        return Copy(self.slots(number, language), self.template(number))

    def _headline(self, number: int, language: str) -> str:
        return self.slots(number, language).say(self.template(number).headline)

    def _path(self, number: int, language: str) -> str:
        section = self.section(number, language)
        return f"{PREFIX[language]}/{section.slug}/{slugify(self.headline(number, language))}"

    def _figure(self, number: int) -> int:
        apart = self._template_index(number) * _APART
        return LOWEST + (number // CYCLE * _STRIDE + self.seed + apart) % FIGURES

    def _template_index(self, number: int) -> int:
        return (number * _STEP + number // CYCLE * 3) % CYCLE

    def _number(self, turn: int, index: int) -> int:
        """Return the story of a sort in round `turn`: the inverse of `_template_index`."""
        return turn * CYCLE + (index - turn * 3) * _STEP_INVERSE % CYCLE


@lru_cache(maxsize=4)
def stories_of(seed: int, clock: Clock) -> Stories:
    """Return the stories of a site, the same object at each of its moments."""
    return Stories(seed, clock)


def _figures(slug: str) -> Iterator[int]:
    """Yield the whole numbers a slug can hold; thousands may be apart: `2-843`."""
    for match in re.finditer(r"(?<![0-9])[0-9]{1,6}(?:-[0-9]{3}(?![0-9]))?", slug):
        yield int(match.group().replace("-", ""))
    for match in re.finditer(r"[0-9]+", slug):
        yield int(match.group()[:9])
