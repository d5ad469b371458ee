"""Nearly equal texts: word shingles, a small sketch to find candidates, the exact measure to decide. Pure functions."""

from __future__ import annotations

import datetime as dt
import re
from zlib import crc32

from newscrawl.times import to_utc

THRESHOLD = 0.8
"""Jaccard index of shingle sets from which two texts count as nearly the same."""
FEWEST_WORDS = 20
"""Shorter texts are not compared: one word more or less decides there."""
WINDOW_DAYS = 3
"""How far apart near-duplicates may be published."""
SKETCH_SIZE = 8
SHARED = 4
"""Hashes that two sketches must share to be compared. Texts at the threshold share 6.4 of 8 on average, and fewer than
4 once in a hundred times; with an index of 0.9 once in fifty thousand. A few may be phrases that many articles have."""
CANDIDATES = 4
"""Texts to compare at most, those that share most first."""

_WORD = re.compile(r"[^\W_]+")


def shingles(folded: str) -> frozenset[int]:
    """The hashes of all runs of three words of a folded text; empty for a text under `FEWEST_WORDS` words."""
    words = _WORD.findall(folded)
    if len(words) < FEWEST_WORDS:
        return frozenset()
    return frozenset([crc32(f"{a} {b} {c}".encode()) for a, b, c in zip(words, words[1:], words[2:], strict=False)])


def sketch(hashes: frozenset[int]) -> list[int]:
    """The smallest hashes: a sample that is the same for texts that are the same."""
    return sorted(hashes)[:SKETCH_SIZE]


def jaccard(a: frozenset[int], b: frozenset[int]) -> float:
    """The share of shingles that both texts have, of those that either has. 0.0 where one has none."""
    shared = len(a & b)
    return shared / (len(a) + len(b) - shared) if shared else 0.0


def week(moment: str) -> int:
    """The number of the week of a UTC time; fingerprints are stored by week, so that a search touches few pages."""
    return dt.date.fromisoformat(moment[:10]).toordinal() // 7


def window(moment: str) -> tuple[str, str]:
    """The first and the last UTC time at which a near-duplicate of something published at `moment` can be."""
    middle, reach = dt.datetime.fromisoformat(moment), dt.timedelta(days=WINDOW_DAYS)
    return to_utc(middle - reach), to_utc(middle + reach)
