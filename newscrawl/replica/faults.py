"""Trouble that a test can ask of the stand-in while it runs."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from contextlib import suppress
from typing import Any

import attrs

from newscrawl.replica.languages import LANGUAGES
from newscrawl.replica.response import Headers, Response
from newscrawl.replica.site import Replica

EVERYWHERE = "*"
"""The path of a fault that strikes each address without one of its own."""

KINDS = ("answer", "reset", "stall", "cut", "stale")
PATIENCE = 60
"""Seconds that an answer which does not go on waits for its client to leave."""


@attrs.define
class Fault:
    """What an address does instead of answering with its page. Raises ValueError for an unknown kind."""

    status: int = 500
    """That of the answer, where the kind is "answer"."""

    times: int | None = None
    """For how many more requests, counted down; None for as long as it is asked."""

    headers: Mapping[str, str] = attrs.field(factory=dict)
    """Further headers of the answer: `Retry-After`, `Location`."""

    kind: str = attrs.field(default="answer", validator=attrs.validators.in_(KINDS))
    """"answer" (another status), "reset" (the connection, before any answer), "stall" (the headers and a part of the
    page, then nothing), "cut" (a part of the page as if it were all), "stale" (304 whatever the condition)."""

    after: int = 0
    """How many requests it lets pass before, counted down."""

    def strikes(self) -> bool:
        """Tell whether it befalls one more request."""
        if self.after > 0:
            self.after -= 1
            return False
        if self.times is not None:
            if self.times < 1:
                return False
            self.times -= 1
        return True

    def answer(self) -> Response:
        """Return the answer in place of the page."""
        return Response(self.status, "text/plain", (f"{self.status}\n",), headers=self.headers)


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


def leads_to(location: str, status: int = 302) -> Fault:
    """Return the fault of an address that redirects."""
    return Fault(status, headers={"Location": location})


def redirect_loop(first: str, second: str) -> dict[str, Fault]:
    """Return the faults of two paths that redirect to each other."""
    return {first: leads_to(second), second: leads_to(first)}


def cut(headers: Headers, body: bytes) -> tuple[Headers, bytes]:
    """Return an answer that ends in the middle of what is sent, with the length of what is left."""
    part = body[: len(body) * 2 // 5]
    return [(name, b"%d" % len(part) if name == b"content-length" else value) for name, value in headers], part


async def reset(scope: MutableMapping[str, Any], receive: Callable[[], Awaitable[Any]]) -> None:
    """Reset the connection of a request (TCP RST) and wait until the server has noticed."""
    transport = scope["state"]["transport"]
    # Closing at once, with no time to linger, is what makes the kernel send RST
    linger = struct.pack("ii", 1, 0)
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    transport.abort()
    await gone(receive)


async def gone(receive: Callable[[], Awaitable[Any]]) -> None:
    """Wait until the client of a request has left, or has been waited for long enough."""
    with suppress(TimeoutError):
        await asyncio.wait_for(_disconnected(receive), PATIENCE)


async def _disconnected(receive: Callable[[], Awaitable[Any]]) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
