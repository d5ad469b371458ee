"""Near-duplicates among articles that come in the order of time, as `archive.duplicates` flags them, from memory.

Reading the texts of candidates again from the file would take half of the time that the whole archive takes.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict, deque
from typing import Self

import attrs

from newscrawl.archive import similar
from newscrawl.archive.duplicates import Text


@attrs.frozen
class Sketched:
    """What near-duplicates are found by; the shingles of most texts are never looked at."""

    language: str
    moment: str
    sketch: list[int]
    packed: bytes

    @classmethod
    def of(cls, text: Text) -> Self:
        """From the shingles of a text."""
        return cls(text.language, text.moment, text.sketch, array("I", text.shingles).tobytes())

    @property
    def shingles(self) -> frozenset[int]:
        """All of them."""
        return frozenset(array("I", self.packed))


@attrs.define(eq=False)
class _Seen:
    id: int
    text: Sketched
    original: int | None = None


class Recent:
    """The articles of the last days."""

    def __init__(self) -> None:
        self._seen: deque[_Seen] = deque()
        self._by_hash: dict[tuple[str, int], list[_Seen]] = defaultdict(list)

    def add(self, article_id: int, text: Sketched) -> dict[int, int]:
        """Remember an article: the ids of duplicates that its coming reveals, each to that of the earliest article."""
        self._forget(similar.window(text.moment)[0])
        new = _Seen(article_id, text)
        alike = [new, *self._near(text)]
        for value in text.sketch:
            self._by_hash[text.language, value].append(new)
        self._seen.append(new)
        if len(alike) == 1:
            return {}
        root, *rest = sorted(alike, key=lambda seen: (seen.text.moment, seen.id))
        originals = {seen.id for seen in rest}
        found = {seen.id: root.id for seen in self._seen if seen.id in originals or seen.original in originals}
        for seen in self._seen:
            seen.original = found.get(seen.id, seen.original)
        return found

    def _near(self, text: Sketched) -> list[_Seen]:
        first, last = similar.window(text.moment)
        shared = Counter(seen for value in text.sketch for seen in self._by_hash.get((text.language, value), ()))
        candidates = sorted(
            (
                seen for seen, count in shared.items()
                if count >= similar.SHARED and seen.original is None and first <= seen.text.moment <= last
            ),
            key=lambda seen: (-shared[seen], seen.id),
        )  # fmt: skip
        shingles = text.shingles if candidates else frozenset[int]()
        return [
            seen for seen in candidates[: similar.CANDIDATES]
            if similar.jaccard(shingles, seen.text.shingles) >= similar.THRESHOLD
        ]  # fmt: skip

    def _forget(self, before: str) -> None:
        # They come in the order of time, but for some hours
        while self._seen and self._seen[0].text.moment < before:
            gone = self._seen.popleft()
            for value in gone.text.sketch:
                self._by_hash[gone.text.language, value].remove(gone)
