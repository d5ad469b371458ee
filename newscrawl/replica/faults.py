"""Trouble that a test can ask of the stand-in while it runs."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from newscrawl.replica.languages import LANGUAGES
from newscrawl.replica.response import Response
from newscrawl.replica.site import Replica


@attrs.define
class Fault:
    """What an address answers instead of its page."""

    status: int = 500
    times: int | None = None
    """For how many more requests, counted down; None for as long as it is asked."""

    def answer(self) -> Response | None:
        """Return the answer to one more request, None if it is over."""
        if self.times is not None:
            if self.times < 1:
                return None
            self.times -= 1
        return Response(self.status, "text/plain", (f"{self.status}\n",))


def on_stories(
    replica: Replica, numbers: Iterable[int], status: int = 500, times: int | None = None
) -> dict[str, Fault]:
    """Return a fault of its own, by path, for each article page of these stories in all their languages."""
    return {
        replica.texts.path(number, language): Fault(status, times)
        for number in numbers
        for language in LANGUAGES
        if replica.exists(number, language)
    }
