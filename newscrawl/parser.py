"""Which state of the page objects reads the pages: what a page gave may be another thing tomorrow."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

_READERS = ("pages", "sites", "extract.py", "site.py", "text.py", "times.py", "urls.py")
_LIBRARIES = ("lxml", "web-poet", "dateparser", "feedparser")


@cache
def parser_state() -> str:
    """Twelve hexadecimal digits over the code that reads pages and the libraries it stands on.

    Two runs with equal digits read a page alike. No number that somebody has to remember to raise.
    """
    digest = hashlib.sha256()
    root = Path(__file__).parent
    for name in _READERS:
        path = root / name
        for file in sorted(path.glob("*.py")) if path.is_dir() else [path]:
            digest.update(file.read_bytes())
    digest.update(" ".join(f"{name}={version(name)}" for name in _LIBRARIES).encode())
    return digest.hexdigest()[:12]
