"""Numbers that look random and follow from a key alone, the same on every machine and Python."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
_MASK = (1 << 64) - 1


def mix(*key: int) -> int:
    """Hash whole numbers to a number of 64 bits (the finaliser of splitmix64, once a part)."""
    state = 0x9E3779B97F4A7C15
    for part in key:
        state = (state ^ part) * 0xBF58476D1CE4E5B9 & _MASK
        state = (state ^ (state >> 27)) * 0x94D049BB133111EB & _MASK
        state ^= state >> 31
    return state


class Dice:
    """A stream of rolls that follows from its key."""

    def __init__(self, *key: int) -> None:
        self._state = mix(*key)

    def below(self, limit: int) -> int:
        """Roll a number from 0 to limit - 1."""
        self._state = mix(self._state, limit)
        return self._state % limit

    def between(self, low: int, high: int) -> int:
        """Roll a number from low to high, both included."""
        return low + self.below(high - low + 1)

    def one_of(self, options: Sequence[T]) -> T:
        """Roll one of the options."""
        return options[self.below(len(options))]

    def some_of(self, options: Sequence[T], count: int) -> list[T]:
        """Roll `count` different options (all of them if there are fewer), in rolled order."""
        left = list(options)
        return [left.pop(self.below(len(left))) for _ in range(min(count, len(left)))]
