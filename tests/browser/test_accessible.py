"""What axe-core finds on the main pages (WCAG 2.2 AA and its own good practice): nothing serious, light or dark.

Charts are looked at with all that is to be known of them (`test_charts`).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.visiting import DESK, PHONE, Visit, visiting

# Few rows: axe measures the contrast of every cell, and all are alike
PAGES = {
    "front": "/news/-/news?until=2025-06-30",
    "search": "/news/-/search?q=bakida",
    "nothing found": "/news/-/search?q=stansiyaso",
    "article": "/news/articles/188",
    "earlier version, side by side": "/news/articles/188?revision=1&beside=187",
    "gone": "/news/articles/190",
    "diff": "/news/-/diff/188?from=1&to=4",
    "stored page": "/news/-/page/1",
    "stored pages": "/news/-/pages/188",
    "feeds": "/news/-/feeds",
    "database": "/news",
    "list": "/news/edited",
    "table": "/news/articles?_size=5&_facet=language&language__exact=en",
    "row": "/news/runs/1",
    "sql": "/news?sql=select+id,+headline,+url+from+articles+limit+5",
}


@pytest.fixture(scope="module")
def visit(browser: Browser, library: str) -> Iterator[Visit]:
    """One for all pages: a page is looked at in four ways once it is open."""
    with visiting(browser, library) as opened:
        yield opened


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(visit: Visit, name: str) -> None:
    visit.open(PAGES[name])
    axe = Axe()
    for width in (DESK, PHONE):
        visit.page.set_viewport_size({"width": width, "height": 812})
        for scheme in ("light", "dark"):
            visit.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            found = axe.run(visit.page).response["violations"]
            serious = [
                (each["id"], node["target"], node["failureSummary"])
                for each in found for node in each["nodes"] if each["impact"] in ("serious", "critical")
            ]  # fmt: skip
            assert serious == [], (width, scheme)
