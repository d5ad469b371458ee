"""Which state of the page objects reads the pages: what a page gave may be another thing tomorrow."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_READERS = (
    "exchanges.py", "extract.py", "items.py", "outcome.py", "pages", "site.py", "sites", "text.py", "times.py",
    "urls.py", "warc/decoding.py",
)  # fmt: skip
_LIBRARIES = (
    "backports.zstd", "brotli", "cssselect", "dateparser", "feedparser", "lxml", "parsel", "python-dateutil", "regex",
    "w3lib", "web-poet",
)  # fmt: skip


@cache
def parser_state() -> str:
    """Twelve hexadecimal digits over the code that reads pages and the libraries it stands on.

    Two runs with equal digits read a page alike. No number that somebody has to remember to raise.
    """
    return state_of(Path(__file__).parent)


def state_of(package: Path) -> str:
    """As `parser_state`, of the newscrawl package in the folder `package`."""
    digest = hashlib.sha256()
    for name in _READERS:
        path = package / name
        for file in sorted(path.glob("*.py")) if path.is_dir() else [path]:
            digest.update(file.read_bytes())
    digest.update(" ".join(_versions()).encode())
    return digest.hexdigest()[:12]


def _versions() -> Iterator[str]:
    for name in _LIBRARIES:
        try:
            yield f"{name}={version(name)}"
        except PackageNotFoundError:
            # Not every Python needs all of them
            continue
