"""Reads the phrase and name lists into tuples, once, at import."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from newscrawl.replica import (
    names,
    phrases_beside,
    phrases_common,
    phrases_economy,
    phrases_society,
    phrases_world,
)
from newscrawl.replica.languages import LANGUAGES

Phrase = dict[str, str]
"""One phrase in each language, with `{slots}`."""


@attrs.frozen
class Template:
    """What all stories of one sort have in common."""

    section: str
    headline: Phrase
    leads: tuple[Phrase, ...]
    details: tuple[Phrase, ...]
    tags: Phrase


def _entries(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield (letter, language, phrase); a line that begins a group comes as ("@", "", name)."""
    lines: list[str] = []
    for line in text.strip().splitlines():
        if line.startswith("  "):
            lines[-1] += " " + line.strip()
        elif line:
            lines.append(line)
    for line in lines:
        if line.startswith("@"):
            yield "@", "", line[1:].strip()
        else:
            mark, _, phrase = line.partition("|")
            letter, language = mark.split()
            yield letter, language, phrase.strip()


def _groups(text: str) -> Iterator[tuple[str, dict[str, list[Phrase]]]]:
    """Yield each group's name and its phrases by letter."""
    name, phrases = "", dict[str, list[Phrase]]()
    for letter, language, phrase in _entries(text):
        if letter == "@":
            if name:
                yield name, phrases
            name, phrases = phrase, {}
        elif language == LANGUAGES[0]:
            phrases.setdefault(letter, []).append({language: phrase})
        else:
            phrases[letter][-1][language] = phrase
    yield name, phrases


def _templates(*texts: str) -> Iterator[Template]:
    for text in texts:
        for section, by_letter in _groups(text):
            yield Template(section, by_letter["H"][0], tuple(by_letter["L"]), tuple(by_letter["D"]), by_letter["T"][0])


def _table(text: str) -> tuple[dict[str, tuple[str, ...]], ...]:
    """Read a list of names: for each the cases by language."""
    rows = text.strip().replace("\n  ", " ").splitlines()
    return tuple(
        {
            language: tuple(case.strip() for case in cell.split(","))
            for language, cell in zip(LANGUAGES, row.split("|"), strict=True)
        }
        for row in rows
    )


TEMPLATES = tuple(_templates(phrases_economy.TEXT, phrases_world.TEXT, phrases_society.TEXT))
COMMON = {
    name: tuple(by_letter["S"])
    for text in (phrases_common.TEXT, phrases_beside.TEXT)
    for name, by_letter in _groups(text)
}
PLACES = _table(names.PLACES)
COUNTRIES = _table(names.COUNTRIES)
NEIGHBOURS = _table(names.NEIGHBOURS)
INSTITUTIONS = _table(names.INSTITUTIONS)
FIRST_NAMES = _table(names.FIRST_NAMES)
SURNAMES = _table(names.SURNAMES)
OFFICES = _table(names.OFFICES)
COMPANIES = _table(names.COMPANIES)
CLUBS = _table(names.CLUBS)
CROPS = _table(names.CROPS)
