"""What we call ourselves, and which local origin plays which site. Pure functions."""

from __future__ import annotations

import json
from importlib.metadata import version
from urllib.parse import urlsplit

from newscrawl.errors import UsageError


def parse_origins(text: str) -> dict[str, str]:
    """`NEWSCRAWL_ORIGINS`, a JSON object of origins without a path.

    Raises:
        UsageError: it is something else.
    """
    try:
        origins = json.loads(text or "{}")
    except ValueError as error:
        raise UsageError(f"NEWSCRAWL_ORIGINS is no JSON object: {error}") from None
    if not isinstance(origins, dict) or not all(map(_is_origin, [*origins, *origins.values()])):
        example = '{"https://report.az": "http://127.0.0.1:8000"}'
        raise UsageError(f"NEWSCRAWL_ORIGINS must map origins to origins, like {example}; it is {text}")
    return origins


def _is_origin(value: object) -> bool:
    if not isinstance(value, str):
        return False
    parts = urlsplit(value)
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and not (parts.path or parts.query)


def local_address(url: str, origins: dict[str, str]) -> str | None:
    """Where a local origin plays `url`; None where none does."""
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"
    return origins[origin] + url[len(origin) :] if origin in origins else None


def user_agent(contact: str) -> str:
    """What we call ourselves, with the web or mail address to write to."""
    return f"newscrawl/{version('newscrawl')}" + (f" (+{contact})" if contact else "")
