"""How a folded word could be spelled else: in letters that sound alike, in the other script, or without a slip.

The slips are those of Peter Norvig's "How to Write a Spelling Corrector": a letter too few, too many, a wrong one, or
two in the wrong order. Pure functions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import combinations, islice, product

_MOST_CHANGES = 4
_MOST_VARIANTS = 1_500
_LATIN, _CYRILLIC = "abcdefghijklmnopqrstuvwxyz", "абвгдежзийклмнопрстуфхцчшщъыьэюя"
# Folded, ə is e and ş is s. Each of a group is typed for any other: `aliyev`, `sheki`, `ganja`
_ALIKE = "a e|i y|kh x h|sh s|ch c|kh g|zh j|j c|gh g|g q|k q|w v|ts s|и ы|е э|ш щ|ь ъ|х г"
_CYRILLIC_OF = dict(
    pair.split("=")
    for pair in (
        "shch=щ sh=ш ch=ч zh=ж kh=х ts=ц ya=я yu=ю yo=е ye=е a=а b=б c=к d=д e=е f=ф g=г h=х i=и j=ж k=к l=л m=м n=н "
        "o=о p=п q=г r=р s=с t=т u=у v=в w=в x=х y=и z=з"
    ).split()
)


def _alike() -> dict[str, list[str]]:
    found: dict[str, set[str]] = {}
    for group in _ALIKE.split("|"):
        for part in group.split():
            found.setdefault(part, set()).update(group.split())
    return {part: sorted(others - {part}) for part, others in found.items()}


_OTHERS: Mapping[str, list[str]] = _alike()
_PARTS = re.compile("|".join(sorted(_OTHERS, key=len, reverse=True)) + "|.", re.S)
_CYRILLIC_PARTS = re.compile("|".join(sorted(_CYRILLIC_OF, key=len, reverse=True)) + "|.", re.S)


def respelled(word: str) -> set[str]:
    """`word` in other spellings of its sounds, in Latin letters also in Cyrillic ones."""
    found = set(islice(_variants(_PARTS.findall(word)), _MOST_VARIANTS))
    if word.isascii():
        found.add("".join(_CYRILLIC_OF.get(part, part) for part in _CYRILLIC_PARTS.findall(word)))
    return found - {word}


def edited(word: str) -> set[str]:
    """All that is one slip away from `word`, in the letters of its script."""
    letters = _LATIN if word.isascii() else _CYRILLIC
    splits = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    fewer = {start + end[1:] for start, end in splits if end}
    swapped = {start + end[1] + end[0] + end[2:] for start, end in splits if len(end) > 1}
    others = {start + letter + end[1:] for start, end in splits if end for letter in letters}
    more = {start + letter + end for start, end in splits for letter in letters}
    return (fewer | swapped | others | more) - {word}


def _variants(parts: list[str]) -> Iterator[str]:
    """With the fewest changes first."""
    places = [n for n, part in enumerate(parts) if part in _OTHERS]
    for many in range(1, _MOST_CHANGES + 1):
        for changed in combinations(places, many):
            for new in product(*(_OTHERS[parts[n]] for n in changed)):
                at = dict(zip(changed, new, strict=True))
                yield "".join(at.get(n, part) for n, part in enumerate(parts))
