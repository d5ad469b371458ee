"""The facts of one story, worked out when a phrase asks for them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from newscrawl.replica import phrasebook as book
from newscrawl.replica.dice import mix
from newscrawl.replica.languages import Figure, capitalise, decimal, in_month, on_day

Names = tuple[dict[str, tuple[str, ...]], ...]

_SPEAKERS: dict[str, Sequence[int]] = {
    "economy": (0, 1, 2, 6),
    "business": (0,),
    "finance": (3,),
    "energy": (4,),
    "ict": (5,),
    "domestic-politics": (0, 1),
    "infrastructure": (5,),
    "science-education": (7,),
    "culture": (8, 11),
    "foreign": (10,),
    "other": (10,),
}
"""section key -> places in the list of institutions; other sections take any"""


class Slots(dict[str, str]):
    """The words for the `{slots}` of a phrase in one language; the same story has the same facts in each language."""

    def __init__(self, key: tuple[int, int], figure: int, moment: datetime, language: str, section: str) -> None:
        """Take the key of the facts (seed, story), the headline figure, the local time and the section key."""
        super().__init__()
        self._section = section
        self._key, self._figure, self._moment, self.language = key, figure, moment, language

    def say(self, phrase: book.Phrase) -> str:
        """Fill in a phrase and begin it with a capital."""
        return capitalise(phrase[self.language].format_map(self), self.language)

    def __missing__(self, name: str) -> str:
        value = self[name] = _MAKERS[name](self)
        return value

    def roll(self, salt: int, limit: int) -> int:
        """Return a number below `limit` that belongs to this story."""
        return mix(self._key[0], self._key[1], salt) % limit

    def pick(self, names: Names, salt: int, case: int = 0, second: bool = False) -> str:
        """Return a name in a case; with `second`, another name than without."""
        index = self._institution(salt) if names is book.INSTITUTIONS else self.roll(salt, len(names))
        if second:
            index = (index + 1 + self.roll(salt + 100, len(names) - 1)) % len(names)
        cases = names[index][self.language]
        return cases[case] if case < len(cases) else cases[0]

    def _institution(self, salt: int) -> int:
        """Choose an institution that speaks about stories of this section."""
        fitting = _SPEAKERS.get(self._section, range(len(book.INSTITUTIONS)))
        return fitting[self.roll(salt, len(fitting))]

    def figure(self, value: int) -> str:
        """Return a whole number as this language prints it."""
        return Figure(value, self.language)  # type: ignore[return-value]

    def share(self, salt: int, low: int, high: int) -> str:
        """Return a part (or multiple) of the headline figure, in percent from low to high."""
        return self.figure(max(2, self._figure * (low + self.roll(salt, high - low)) // 100))

    def tenths(self, salt: int, low: int, high: int) -> str:
        """Return a decimal fraction, bounds in tenths."""
        return decimal(low + self.roll(salt, high - low), self.language)

    def headline_figure(self) -> str:
        """Return the figure from which the story's number can be worked out."""
        return self.figure(self._figure)

    def person(self, second: bool) -> str:
        """Return an invented first name and surname."""
        return f"{self.pick(book.FIRST_NAMES, 1, 0, second)} {self.pick(book.SURNAMES, 2, 0, second)}"

    def in_country(self, names: Names, salt: int, second: bool = False) -> str:
        """Say `in <country>`."""
        name = self.pick(names, salt, 1, second)
        return f"in {name}" if self.language == "en" else name

    def to_country(self) -> str:
        """Say `to <country>`."""
        name = self.pick(book.COUNTRIES, 4, 3)
        return f"to {name}" if self.language == "en" else name

    def in_place(self, second: bool = False) -> str:
        """Say `in <place>`."""
        name = self.pick(book.PLACES, 3, 1, second)
        return f"in {name}" if self.language == "en" else name

    def month(self, offset: int) -> str:
        """Say `in <month>`, counted from the month of publication."""
        return in_month((self._moment.month - 1 + offset) % 12 + 1, self.language)

    def day(self, offset: int) -> str:
        """Say a day, counted from the day of publication."""
        return on_day(self._moment + timedelta(days=offset), self.language)

    def year(self, offset: int) -> str:
        """Return a year, counted from the year of publication."""
        return str(self._moment.year + offset)

    def date(self) -> str:
        """Return the day of publication as a daily series prints it."""
        return self._moment.strftime("%d.%m.%Y")


_MAKERS: dict[str, Callable[[Slots], str]] = {
    "n": Slots.headline_figure,
    "a": lambda s: s.share(20, 8, 80),
    "b": lambda s: s.share(21, 104, 140),
    "c": lambda s: s.figure(150 + s.roll(22, 9_650)),
    "c2": lambda s: s.figure(120 + s.roll(37, 4_700)),
    "c3": lambda s: s.figure(210 + s.roll(38, 7_900)),
    "d": lambda s: s.figure(300 + s.roll(23, 97_000)),
    "k": lambda s: str(3 + s.roll(24, 16)),
    "k2": lambda s: s.figure(21 + s.roll(25, 68)),
    "p": lambda s: s.tenths(26, 21, 389),
    "q": lambda s: s.tenths(27, 24, 468),
    "p2": lambda s: s.tenths(28, 11, 189),
    "q2": lambda s: s.tenths(29, 205, 794),
    "m": lambda s: s.tenths(30, 15, 979),
    "m2": lambda s: s.tenths(31, 18, 876),
    "p3": lambda s: s.tenths(32, 12, 174),
    "p4": lambda s: s.tenths(33, 13, 246),
    "q3": lambda s: s.tenths(34, 312, 888),
    "m3": lambda s: s.tenths(35, 21, 934),
    "d2": lambda s: s.figure(240 + s.roll(36, 83_000)),
    "person": lambda s: s.person(False),
    "person2": lambda s: s.person(True),
    "office": lambda s: s.pick(book.OFFICES, 5),
    "office2": lambda s: s.pick(book.OFFICES, 5, 0, True),
    "inst": lambda s: s.pick(book.INSTITUTIONS, 6),
    "of_inst": lambda s: s.pick(book.INSTITUTIONS, 6, 1),
    "at_inst": lambda s: s.pick(book.INSTITUTIONS, 6, 2),
    "inst2": lambda s: s.pick(book.INSTITUTIONS, 6, 0, True),
    "of_inst2": lambda s: s.pick(book.INSTITUTIONS, 6, 1, True),
    "place": lambda s: s.pick(book.PLACES, 3),
    "in_place": lambda s: s.in_place(),
    "of_place": lambda s: s.pick(book.PLACES, 3, 2),
    "place2": lambda s: s.pick(book.PLACES, 3, 0, True),
    "in_place2": lambda s: s.in_place(True),
    "of_place2": lambda s: s.pick(book.PLACES, 3, 2, True),
    "country": lambda s: s.pick(book.COUNTRIES, 4),
    "in_country": lambda s: s.in_country(book.COUNTRIES, 4),
    "of_country": lambda s: s.pick(book.COUNTRIES, 4, 2),
    "to_country": Slots.to_country,
    "country2": lambda s: s.pick(book.COUNTRIES, 4, 0, True),
    "in_country2": lambda s: s.in_country(book.COUNTRIES, 4, True),
    "of_country2": lambda s: s.pick(book.COUNTRIES, 4, 2, True),
    "neighbour": lambda s: s.pick(book.NEIGHBOURS, 7),
    "in_neighbour": lambda s: s.in_country(book.NEIGHBOURS, 7),
    "of_neighbour": lambda s: s.pick(book.NEIGHBOURS, 7, 2),
    "company": lambda s: s.pick(book.COMPANIES, 8),
    "company2": lambda s: s.pick(book.COMPANIES, 8, 0, True),
    "club": lambda s: s.pick(book.CLUBS, 9),
    "club2": lambda s: s.pick(book.CLUBS, 9, 0, True),
    "crop": lambda s: s.pick(book.CROPS, 10),
    "in_month": lambda s: s.month(-1),
    "in_next_month": lambda s: s.month(1),
    "day": lambda s: s.day(-1 - s.roll(11, 2)),
    "day2": lambda s: s.day(-4 - s.roll(12, 20)),
    "day4": lambda s: s.day(-25 - s.roll(14, 30)),
    "day3": lambda s: s.day(2 + s.roll(13, 6)),
    "last_year": lambda s: s.year(-1),
    "date": Slots.date,
}
