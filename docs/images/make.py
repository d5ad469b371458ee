"""The pictures that README shows, of the archive that `make demo` leaves: `make pictures` makes them anew."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.browser import chromium
from tests.browser.served import serving
from tests.browser.visiting import Visit, visiting

DEMO = Path("data/demo.db")
WIDTH, HEIGHT = 1080, 590
COLOURS = 64
MOST_BYTES = 100_000


def make() -> None:
    """Write the pictures beside this file.

    Raises:
        AssertionError: something went wrong on a page, or a picture is too large for README.
    """
    with serving(DEMO) as address, chromium.running() as browser:
        with visiting(browser, address, width=WIDTH) as visit:
            visit.open("/")
            _take(visit, "news.png")
        with visiting(browser, address, width=WIDTH, scheme="dark") as visit:
            visit.open("/demo/-/search?q=museum+Mingachevir")
            visit.follow(visit.page.locator(".results h2 a").first)
            visit.follow(visit.page.get_by_role("link", name="Show the changes").first)
            _take(visit, "diff.png")


def _take(visit: Visit, name: str) -> None:
    picture = Path(__file__).with_name(name)
    visit.page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    # A page has few colours, and the shades between them at the edges of letters
    shown = Image.open(BytesIO(visit.page.screenshot())).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    shown.save(picture, optimize=True)
    assert picture.stat().st_size <= MOST_BYTES, f"{name}: {picture.stat().st_size:,} bytes"


if __name__ == "__main__":
    make()
