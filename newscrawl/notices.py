"""Words to programs outside that watch over the harvest. None of them makes a crawl fail, or wait for long.

The addresses are secrets: whoever knows one can speak in our name. So no message and no log names them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPException
from threading import Thread
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

import attrs

from newscrawl import exits
from newscrawl.errors import NewscrawlError, UsageError
from newscrawl.network import user_agent

SECONDS = 5.0
"""How long a receiver may take for each step of its answer."""
PAUSES = (1.0, 2.0)
"""Seconds before the further tries of what must not be lost."""
PATIENCE = 12.0
"""How long all of these tries are waited for; a name server may take its time, too."""
BODY_BYTES = 4000
"""How much of the log goes with a ping."""
_TOO_SLOW = "no answer in time"


def check_address(setting: str, url: str) -> None:
    """Refuse what can never be asked; nothing is no address, and fine.

    Raises:
        UsageError: `url`, the value of `setting`, is no web address.
    """
    if url and not _is_address(url):
        raise UsageError(
            f"{setting} is no web address; it must be like https://example.org/ping, without a user's name"
        )


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna")
        port = parts.port
    except ValueError:
        return False
    is_plain = url.isascii() and url.isprintable() and " " not in url
    return is_plain and parts.scheme in ("http", "https") and bool(host) and "@" not in parts.netloc and port != 0


class Notice(Thread):
    """A request that is made beside whatever else goes on."""

    def __init__(self, url: str, body: bytes = b"", kind: str = "text/plain; charset=utf-8", tries: int = 1) -> None:
        """POST `body` of the media type `kind`, GET where there is none; at most so many `tries`."""
        super().__init__(daemon=True)
        headers = {"User-Agent": user_agent(""), **({"Content-Type": kind} if body else {})}
        self._request = Request(url, data=body or None, headers=headers)  # noqa: S310  check_address has seen it
        self._pauses = (0.0, *PAUSES)[:tries]
        self._failure: str | None = _TOO_SLOW
        self.start()

    def run(self) -> None:
        """Ask until an answer says yes."""
        for pause in self._pauses:
            time.sleep(pause)
            failure = _ask(self._request)
            if failure is None:
                break
        self._failure = failure

    def failure(self, seconds: float) -> str | None:
        """Why it was not accepted, in words; None where it was. An answer is waited for so long."""
        self.join(seconds)
        return self._failure


@attrs.define
class Turn:
    """A turn at an archive, as far as it is over."""

    exit_code: int = exits.CRASH
    said: Sequence[str] = ()
    """The last lines of its log."""


@contextmanager
def pinged(url: str, failures: list[str]) -> Iterator[Turn]:
    """Ping `url` (`NEWSCRAWL_PING_URL`; empty: nothing) as healthchecks.io and its like want it: `<url>/start` now,
    and at the end `<url>`, or `<url>/<exit code>` where it is not 0, with what was said.

    What keeps a ping from its receiver is added to `failures`.

    Raises:
        UsageError: `url` is no web address.
    """
    check_address("NEWSCRAWL_PING_URL", url)
    turn = Turn()
    if not url:
        yield turn
        return
    start = Notice(_below(url, "start"))
    try:
        yield turn
    except BaseException as error:
        turn.exit_code = exits.of_error(error) if isinstance(error, NewscrawlError) else exits.CRASH
        turn.said = [*turn.said, f"{type(error).__name__}: {error}"]
        raise
    finally:
        _end(url, start, turn, failures)


def _end(url: str, start: Notice, turn: Turn, failures: list[str]) -> None:
    if failure := start.failure(SECONDS):
        failures.append(f"the ping at the start of this crawl was lost ({failure}): see NEWSCRAWL_PING_URL")
    # Who sends a signal has no time
    tries = 1 if turn.exit_code == exits.STOPPED else 1 + len(PAUSES)
    address = _below(url, str(turn.exit_code)) if turn.exit_code else url
    end = Notice(address, _ending(turn.said), tries=tries)
    if failure := end.failure(PATIENCE if tries > 1 else SECONDS):
        failures.append(f"the ping at the end of this crawl was lost ({failure}): see NEWSCRAWL_PING_URL")


def _ending(lines: Sequence[str]) -> bytes:
    """The last of it, without the half of a letter."""
    return "\n".join(lines).encode()[-BODY_BYTES:].decode(errors="ignore").encode()


def _below(url: str, word: str) -> str:
    """An address one step further down; the query stays at the end."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{word}"))


class _NoRedirects(HTTPRedirectHandler):
    """What is posted arrives where it was meant to, or not at all: urllib would ask the other address without it."""

    def redirect_request(self, *_args: object) -> None:
        """No other request."""


_OPENER = build_opener(_NoRedirects)


def _ask(request: Request) -> str | None:
    """Why a request was not accepted; None where the answer is 2xx."""
    try:
        with _OPENER.open(request, timeout=SECONDS):
            return None
    except HTTPError as error:
        error.close()
        return f"the answer was {error.code}"
    except URLError as error:
        return _in_words(error.reason)
    except (OSError, HTTPException) as error:
        return _in_words(error)


def _in_words(error: str | BaseException) -> str:
    """Never the message itself, in which the address may stand."""
    if isinstance(error, TimeoutError):
        return _TOO_SLOW
    return getattr(error, "strerror", None) or type(error).__name__
