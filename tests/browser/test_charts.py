"""Charts in a browser: they show what their tables say, at any width, by day and by night."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator

from tests.browser.visiting import PHONE, Visit

ARTICLES = 'section[aria-labelledby="articles"]'
BARS = "svg rect"


@pytest.fixture
def charts(visit: Visit) -> Visit:
    visit.open("/news/-/charts")
    visit.page.locator(f"{ARTICLES} svg").wait_for()
    return visit


def filled(chart: Locator) -> int:
    """Numbers in the table of a chart that are not 0."""
    return chart.locator("td:not([data-number='0'])").count()


def test_each_number_is_a_bar(charts: Visit) -> None:
    chart = charts.page.locator(ARTICLES)
    heights = [float(bar.get_attribute("height") or 0) for bar in chart.locator(BARS).all()]
    assert len([height for height in heights if height > 0]) == filled(chart) > 5


def test_the_tables_open_by_keyboard(charts: Visit) -> None:
    chart = charts.page.locator(ARTICLES)
    assert not chart.locator("table").is_visible()
    chart.locator("summary").focus()
    charts.page.keyboard.press("Enter")
    chart.locator("table").wait_for()
    assert charts.overflow() == 0


def test_charts_fit_their_window_and_follow_its_width(charts: Visit) -> None:
    for width in (PHONE, 900):
        charts.page.set_viewport_size({"width": width, "height": 812})
        box = charts.page.locator(f"{ARTICLES} .plot")
        charts.page.wait_for_function(
            "plot => Math.abs(plot.clientWidth - plot.querySelector('svg').getBoundingClientRect().width) < 2",
            arg=box.element_handle(),
        )
        assert charts.overflow() == 0


def test_colours_turn_with_day_and_night_without_drawing_again(charts: Visit) -> None:
    bar = charts.page.locator(f"{ARTICLES} {BARS}").first
    seen = []
    for scheme in ("light", "dark"):
        charts.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        seen.append(bar.evaluate("bar => getComputedStyle(bar).fill"))
    # --series-1 of newscrawl.css
    assert seen == ["rgb(31, 111, 159)", "rgb(109, 182, 227)"]


def test_another_time_and_language_are_chosen_by_the_form(charts: Visit) -> None:
    charts.page.locator("select[name=span]").select_option(label="a year")
    charts.page.locator("select[name=language]").select_option(label="Russian")
    charts.follow(charts.page.get_by_role("button", name="Show"))
    charts.page.get_by_role("heading", name="Articles published per week").wait_for()
    assert charts.page.locator(f"{ARTICLES} thead th").all_text_contents() == ["Week", "Russian"]


def test_every_picture_says_what_it_shows(charts: Visit) -> None:
    for picture in charts.page.get_by_role("main").get_by_role("img").all():
        assert "The numbers are in the table below." in (picture.get_attribute("aria-label") or "")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(charts: Visit, scheme: str) -> None:
    charts.page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    charts.page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    found = Axe().run(charts.page).response["violations"]
    serious = [each for each in found if each["impact"] in ("serious", "critical")]
    assert [(each["id"], node["html"]) for each in serious for node in each["nodes"]] == []


@pytest.fixture
def scriptless(browser: Browser, library: str) -> Iterator[Locator]:
    context = browser.new_context(base_url=library, java_script_enabled=False)
    page = context.new_page()
    page.goto("/news/-/charts")
    yield page.get_by_role("main")
    context.close()


def test_without_a_script_the_numbers_are_there(scriptless: Locator) -> None:
    assert "A script draws the charts. Without it all numbers are there" in scriptless.inner_text()
    scriptless.locator(f"{ARTICLES} summary").click()
    scriptless.locator(f"{ARTICLES} table").wait_for()
    assert scriptless.locator("svg").count() == 0
