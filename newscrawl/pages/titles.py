"""The headline among a page's titles, without the name of the site."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newscrawl import text

# " | Site", " - Site", " — Section — Site", " :: Site"
_SEPARATOR = re.compile(r"\s+(?:[|–—\-·•»]|::)\s+|\s*[|»]\s+|[：｜]")
_ALIKE = 0.5
_LONG = 20
_LONGEST = 1000
"""No title is longer; text that has landed in one is not worth the time."""
_FEW = 3
_WORD = re.compile(r"\w+")


def agreed(one: str, other: str) -> str | None:
    """The title that two sources tell, if they tell the same but for punctuation and case."""
    return one if one and _key(one) == _key(other) else None


def is_among(title: str, shown: Iterable[str]) -> bool:
    """Whether one of the `shown` titles is `title`, but for punctuation, case, and what a template adds to its end."""
    key = _key(title)
    return bool(key) and any(other == key or (len(key) > _LONG and other.startswith(key)) for other in map(_key, shown))


def printed(headings: Iterable[str], told: Iterable[str]) -> str | None:
    """The one of a page's main headings that says what one of the `told` titles says, as the page prints it.

    Titles for machines are often worded for search engines; a heading that shares too few words with all of them is
    something else (the name of a section, of another article).
    """
    told = [title for title in told if title]
    best = _best(headings, told)
    if best is None:
        return None
    # a kicker that is printed above the heading, or inside it without a mark between
    return next((title for title in told if _key(title).endswith(_key(best)) or _ends_with(best, title)), best)


def closest(headings: list[str], told: Iterable[str]) -> str:
    """The one of `headings` that says what one of the `told` titles says, else the first."""
    return _best(headings, [title for title in told if title]) or headings[0]


def _best(headings: Iterable[str], told: list[str]) -> str | None:
    scored = [(max((_likeness(heading, title) for title in told), default=0), heading) for heading in headings]
    likeness, best = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
    return best if likeness >= _ALIKE else None


def _ends_with(heading: str, title: str) -> bool:
    return len(title) > _LONG and heading.endswith(title)


def _likeness(one: str, other: str) -> float:
    """How much two titles have in common, 0 to 1 (Dice): words, or letters where words are not told apart."""
    words = [set(_WORD.findall(text.fold(title))) for title in (one, other)]
    if min(map(len, words)) < _FEW:
        words = [set(text.fold(title)) for title in (one, other)]
    return 2 * len(words[0] & words[1]) / ((len(words[0]) + len(words[1])) or 1)


def without_site(title: str, site_names: Iterable[str], headings: Iterable[str] = ()) -> str:
    """`title` without what a template adds to it.

    A part at its end (or beginning) goes where it is one of `site_names`; where the rest alone is one of the page's
    `headings`, everything else goes.
    """
    parts = _parts(title) if len(title) < _LONGEST else []
    if len(parts) < 2:
        return title
    known = {_key(heading) for heading in headings}
    for end in range(len(parts) - 1, 0, -1):
        candidate = title[: parts[end - 1][1]].strip()
        if _key(candidate) in known:
            return candidate
    names = {_key(name) for name in site_names if name}
    start, end = 0, len(parts)
    while end - start > 1 and _is_name(title[slice(*parts[end - 1])], names):
        end -= 1
    while end - start > 1 and _is_name(title[slice(*parts[start])], names):
        start += 1
    return title[parts[start][0] : parts[end - 1][1]].strip()


def _parts(title: str) -> list[tuple[int, int]]:
    """The spans between separators."""
    spans, start = [], 0
    for match in _SEPARATOR.finditer(title):
        spans.append((start, match.start()))
        start = match.end()
    return [*spans, (start, len(title))]


def _is_name(part: str, names: set[str]) -> bool:
    key = _key(part)
    return bool(key) and any(key == name or (len(key) > 3 and name.startswith(key)) for name in names)


def _key(part: str) -> str:
    return "".join(_WORD.findall(text.fold(part)))
