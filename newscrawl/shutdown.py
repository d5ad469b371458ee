"""The signals that end a crawl: SIGTERM of cron's machine and systemd, SIGINT of a person at a terminal."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def held_back() -> Iterator[None]:
    """Signals inside are kept for later: for an `answered` in it, else for the end.

    While a crawl is loaded and its archive opened there is nothing yet that could be stopped cleanly.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def answered(handler: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Inside, `handler` is called at the first signal, also at one that was held back; the second kills the process."""

    def once(number: int, frame: FrameType | None) -> None:
        for each in SIGNALS:
            signal.signal(each, signal.SIG_DFL)
        handler(number, frame)

    before = [(number, signal.signal(number, once)) for number in SIGNALS]
    mask = signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        for number, former in before:
            signal.signal(number, former)
