"""Numbers that look random and follow from a key alone, the same on every machine and Python."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
_MASK = (1 << 64) - 1


def mix(first: int, second: int = 0, third: int = 0, fourth: int = 0) -> int:
    """Hash whole numbers to a number of 64 bits (the finaliser of splitmix64 over a weighted sum)."""
    state = (first * 0x9E3779B97F4A7C15 + second * 0xD1B54A32D192ED03 + third * 0x8CB92BA72F3D8DD7 + fourth + 1) & _MASK
    state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9 & _MASK
    state = (state ^ (state >> 27)) * 0x94D049BB133111EB & _MASK
    return state ^ (state >> 31)


class Dice:
    """A stream of rolls that follows from its key."""

    def __init__(self, first: int, second: int = 0, third: int = 0, fourth: int = 0) -> None:
        self._state = mix(first, second, third, fourth)

    def below(self, limit: int) -> int:
        """Roll a number from 0 to limit - 1."""
        # The step of Knuth's MMIX; its low bits are weak, so the high ones are used.
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) & _MASK
        return (self._state >> 33) % limit

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
