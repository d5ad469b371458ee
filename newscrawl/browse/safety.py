"""What keeps text of publishers from doing anything in a reader's browser: a Content-Security-Policy, checked links.

Only scripts that stand in a template's own source run: a nonce is written into them before the template is compiled,
so that no value that a template prints can get one.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jinja2 import Environment
from jinja2.ext import Extension

from newscrawl.browse.moments import short_day
from newscrawl.browse.shelf import only_ours, shelf_at

if TYPE_CHECKING:
    from datasette.app import Datasette

Asgi = Callable[..., Awaitable[None]]
NONCE = "newscrawl_nonce"
"""The name of the nonce: in a request's scope, and in templates."""
# `unsafe-inline` for styles: datasette sets colours and heights in attributes
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'self'; manifest-src 'self'"
)
_SCRIPT = re.compile(r"<script(?=[\s>])")
_WITH_NONCE = f'<script{{% if {NONCE} %}} nonce="{{{{ {NONCE} }}}}"{{% endif %}}'


class Nonces(Extension):
    """Writes the nonce into every script of a template's source."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source of a template before it is compiled."""
        return _SCRIPT.sub(_WITH_NONCE, source)


def web_link(url: str | None) -> str | None:
    """`url` where it is an absolute http(s) address, else None: `javascript:` and the like are no links."""
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and parts.hostname else None


def prepare(env: Environment) -> None:
    """Make an environment of templates safe for what publishers write, and give it the filters that pages use."""
    env.add_extension(Nonces)
    env.filters["web_link"] = web_link
    env.filters["short_day"] = short_day


def guarded(app: Asgi, datasette: Datasette) -> Asgi:
    """`app` with headers of ours on every page of an archive."""

    async def guard(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http" or not _is_ours(datasette, scope["path"]):
            await app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)

        async def send_guarded(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message = message | {"headers": _with_policy(message.get("headers", []), nonce)}
            await send(message)

        await app(scope | {NONCE: nonce}, receive, send_guarded)

    return guard


def _is_ours(datasette: Datasette, path: str) -> bool:
    return shelf_at(datasette, path) is not None or only_ours(datasette)


def _with_policy(headers: list[tuple[bytes, bytes]], nonce: str) -> list[tuple[bytes, bytes]]:
    """The stored page of a publisher brings a stricter policy of its own."""
    named = {name.lower() for name, _ in headers}
    ours = (
        (b"content-security-policy", POLICY.format(nonce=nonce).encode()),
        (b"referrer-policy", b"no-referrer"),
        (b"x-content-type-options", b"nosniff"),
    )
    return [*headers, *(each for each in ours if each[0] not in named)]
