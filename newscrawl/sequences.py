"""Where two sequences of words differ. Pure functions; `worddiff` makes text of it.

The longest common subsequence in bit-parallel form (H. Hyyrö, Bit-parallel LCS-length computation revisited, 2004):
one addition of long integers for each word of the new text, whatever the words are. A reader wants more than the
longest: equal paragraphs stay whole, small words between two changes belong to them, changes begin where sentences do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import attrs

BREAK = "\n\n"
"""The token for what stands between two paragraphs."""
WEAK = 24
"""Characters up to which an unchanged stretch between two changes, each at least as long, is a part of them."""
CELLS = 400_000_000
"""Words of the old text times those of the new one up to which they are compared (50 MB, a second). Longer ones that
have no paragraph in common count as replaced."""
_ENDS = frozenset(".!?…。")


@attrs.frozen
class Gap:
    """A changed stretch: `old[a:b]` became `new[c:d]`; one of the two may be empty."""

    a: int
    b: int
    c: int
    d: int


def gaps(old: Sequence[str], new: Sequence[str]) -> list[Gap]:
    """The changed stretches between two texts of tokens, in order."""
    found: list[Gap] = []
    i = j = 0
    for a, b, size in [*_equal_paragraphs(old, new), (len(old), len(new), 0)]:
        within = between(common(old[i:a], new[j:b]), a - i, b - j)
        found += [Gap(i + gap.a, i + gap.b, j + gap.c, j + gap.d) for gap in within]
        i, j = a + size, b + size
    merged = (_trimmed(gap, old, new) for gap in _merged(found, old, new))
    return _slid([gap for gap in merged if gap.a < gap.b or gap.c < gap.d], old, new)


def common(old: Sequence[Any], new: Sequence[Any]) -> list[tuple[int, int]]:
    """Index pairs of what both have in the same order: as many as there can be, beginning and end first."""
    whole = _trimmed(Gap(0, len(old), 0, len(new)), old, new)
    first = [(n, n) for n in range(whole.a)]
    last = [(whole.b + n, whole.d + n) for n in range(len(old) - whole.b)]
    middle = _longest(old[whole.a : whole.b], new[whole.c : whole.d])
    return first + [(whole.a + i, whole.c + j) for i, j in middle] + last


def between(pairs: Iterable[tuple[int, int]], old: int, new: int) -> list[Gap]:
    """What lies between index pairs of sequences of the lengths `old` and `new`."""
    found: list[Gap] = []
    i = j = 0
    for a, b in [*pairs, (old, new)]:
        if i < a or j < b:
            found.append(Gap(i, a, j, b))
        i, j = a + 1, b + 1
    return found


def _longest(old: Sequence[Any], new: Sequence[Any]) -> list[tuple[int, int]]:
    if not old or not new or len(old) * len(new) > CELLS:
        return []
    places: dict[Any, int] = {}
    for n, word in enumerate(old):
        places[word] = places.get(word, 0) | 1 << n
    row = full = (1 << len(old)) - 1
    # Bit i of row j is 0 where old[:i + 1] has one word more in common with new[:j] than old[:i]
    rows = [row]
    for word in new:
        hits = row & places.get(word, 0)
        row = (row + hits | row - hits) & full
        rows.append(row)
    pairs = []
    i, j = len(old), len(new)
    while i and j:
        if rows[j] >> i - 1 & 1:
            i -= 1
            continue
        j -= 1
        if rows[j] >> i - 1 & 1:
            i -= 1
            pairs.append((i, j))
    return pairs[::-1]


def _equal_paragraphs(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int]]:
    """Where they begin in both texts, and their number of words."""
    before, after = _paragraphs(old), _paragraphs(new)
    pairs = common([words for _, words in before], [words for _, words in after])
    return [(before[i][0], after[j][0], len(before[i][1])) for i, j in pairs]


def _paragraphs(text: Sequence[str]) -> list[tuple[int, tuple[str, ...]]]:
    breaks = [n for n, word in enumerate(text) if word == BREAK]
    starts = [0, *(n + 1 for n in breaks)]
    return [(start, tuple(text[start:end])) for start, end in zip(starts, [*breaks, len(text)], strict=True)]


def _merged(found: Sequence[Gap], old: Sequence[str], new: Sequence[str]) -> list[Gap]:
    """Changes as one where what lies between them is too little to be read as unchanged."""
    stack: list[Gap] = []
    for gap in found:
        stack.append(gap)
        while len(stack) > 1 and _is_weak(stack[-2], stack[-1], old, new):
            last = stack.pop()
            stack[-1] = Gap(stack[-1].a, last.b, stack[-1].c, last.d)
    return stack


def _is_weak(left: Gap, right: Gap, old: Sequence[str], new: Sequence[str]) -> bool:
    middle = old[left.b : right.a]
    if len(middle) > WEAK or BREAK in middle:
        return False
    length = _length(middle)
    return length <= WEAK and all(
        length <= max(_length(old[gap.a : gap.b]), _length(new[gap.c : gap.d])) for gap in (left, right)
    )


def _length(words: Sequence[str]) -> int:
    return sum(map(len, words))


def _trimmed(gap: Gap, old: Sequence[Any], new: Sequence[Any]) -> Gap:
    """`gap` without what its two sides have in common at the beginning and at the end."""
    a, b, c, d = gap.a, gap.b, gap.c, gap.d
    while a < b and c < d and old[a] == new[c]:
        a, c = a + 1, c + 1
    while a < b and c < d and old[b - 1] == new[d - 1]:
        b, d = b - 1, d - 1
    return Gap(a, b, c, d)


def _slid(found: Sequence[Gap], old: Sequence[str], new: Sequence[str]) -> list[Gap]:
    """What was only added or only taken away, moved to begin where a paragraph or a sentence does, if it can be.

    `The {+cat. The+} dog` is as true as `{+The cat.+} The dog`, but harder to read.
    """
    slid: list[Gap] = []
    for n, gap in enumerate(found):
        # One word at least stays between two changes
        left = gap.a - (slid[-1].b + 1 if slid else 0)
        right = (found[n + 1].a - 1 if n + 1 < len(found) else len(old)) - gap.b
        steps = 0
        if gap.a == gap.b:
            steps = _best_steps(new, gap.c, gap.d, left, right)
        elif gap.c == gap.d:
            steps = _best_steps(old, gap.a, gap.b, left, right)
        slid.append(Gap(gap.a + steps, gap.b + steps, gap.c + steps, gap.d + steps))
    return slid


def _best_steps(text: Sequence[str], start: int, end: int, left: int, right: int) -> int:
    """By how many words `text[start:end]` is to be moved; at most so many to the left or to the right."""
    first = last = 0
    while -first < left and text[start + first - 1] == text[end + first - 1]:
        first -= 1
    while last < right and text[start + last] == text[end + last]:
        last += 1
    return max(range(first, last + 1), key=lambda steps: (_rank(text, start + steps), -abs(steps)))


def _rank(text: Sequence[str], start: int) -> int:
    """How well a change begins at `start`: 2 at a paragraph, 1 at a sentence, 0 elsewhere."""
    if start == 0 or text[start - 1] == BREAK:
        return 2
    return int(text[start - 1] in _ENDS)
