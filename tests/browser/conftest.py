"""A browser, and archives served for it.

The browser belongs to the package, not to the session: while Playwright runs, other tests could not run asyncio.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import chromium, everything
from tests.browser.served import serving
from tests.browser.visiting import DESK, PHONE, Visit, one_of_many, visiting


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A Chromium for all tests of this folder."""
    with chromium.running() as running:
        yield running


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of the archive with everything."""
    with serving(everything.make(tmp_path_factory.mktemp("everything"))) as address:
        yield address


@pytest.fixture(scope="package")
def phone(browser: Browser, library: str) -> Iterator[Visit]:
    """A phone's window. To open one takes as long as to open a page: tests share it."""
    with visiting(browser, library, width=PHONE) as opened:
        yield opened


@pytest.fixture(scope="package")
def desk(browser: Browser, library: str) -> Iterator[Visit]:
    """A window at a desk."""
    with visiting(browser, library) as opened:
        yield opened


@pytest.fixture(params=[PHONE, DESK], ids=lambda width: f"{width}px")
def visit(phone: Visit, desk: Visit, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A visit of the archive with everything, with a phone, then one at a desk."""
    with one_of_many(phone if request.param == PHONE else desk, request.param) as opened:
        yield opened
