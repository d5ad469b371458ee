"""A real Chromium, the one of this machine, that calls nobody of its own accord."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "/usr/bin/chromium")
WANTING = (
    "No Chromium is found: the tests in a browser are skipped, in CI they fail. "
    "Install one (apt-get install chromium), or name one in the environment variable CHROMIUM"
)
_QUIET = (
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic",
    "--disable-gpu", "--no-first-run", "--no-default-browser-check",
    # Whatever asks for another host all the same is told that there is none, and nothing leaves this machine
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip


def found() -> str | None:
    """The path of a Chromium: what the environment variable CHROMIUM names, else one on the PATH."""
    named = os.environ.get("CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, _NAMES)), None)


@contextmanager
def running() -> Iterator[Browser]:
    """A browser. Where there is none the test is skipped, in CI it fails: there the installation has to work."""
    path = found()
    if path is None:
        if "CI" in os.environ:
            pytest.fail(WANTING)
        pytest.skip(WANTING)
    # Chromium's sandbox does not start for root
    flags = [*_QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=path, args=flags) as browser:
        yield browser


if __name__ == "__main__" and found() is None:
    print(WANTING)  # noqa: T201
