"""What axe-core finds on the main pages (WCAG 2.2 AA and its own good practice): nothing serious, light or dark."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.visiting import DESK, PHONE, Visit, visiting

PAGES = {
    "front": "/news/-/news",
    "database": "/news",
    "table": "/news/articles",
    "row": "/news/runs/1",
    "sql": "/news?sql=select+id,+headline,+url+from+articles",
}


@pytest.fixture(scope="module")
def visit(browser: Browser, library: str) -> Iterator[Visit]:
    """One for all pages: a page is looked at in four ways once it is open."""
    with visiting(browser, library) as opened:
        yield opened


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(visit: Visit, name: str) -> None:
    visit.open(PAGES[name])
    for width in (DESK, PHONE):
        visit.page.set_viewport_size({"width": width, "height": 812})
        for scheme in ("light", "dark"):
            visit.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            found = Axe().run(visit.page).response["violations"]
            serious = [
                (each["id"], node["target"], node["failureSummary"])
                for each in found for node in each["nodes"] if each["impact"] in ("serious", "critical")
            ]  # fmt: skip
            assert serious == [], (width, scheme)
