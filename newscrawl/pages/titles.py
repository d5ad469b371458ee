"""The headline among a page's titles, without the name of the site."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newscrawl import text

# " | Site", " - Site", " — Section — Site", " :: Site"
_SEPARATOR = re.compile(r"\s+(?:[|–—\-·•»]|::)\s+|\s*[|»]\s+")
_WORD = re.compile(r"\w+")


def without_site(title: str, site_names: Iterable[str], headings: Iterable[str] = ()) -> str:
    """`title` without what a template adds to it.

    A part at its end (or beginning) goes where it is one of `site_names`; where the rest alone is one of the page's
    `headings`, everything else goes.
    """
    parts = _parts(title)
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
