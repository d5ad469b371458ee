"""What a reader does, on a phone and at a desk."""

from __future__ import annotations

from tests.browser.everything import HEADLINE
from tests.browser.visiting import Visit


def test_the_address_alone_leads_to_the_newest_articles(visit: Visit) -> None:
    visit.open("/")
    newest = visit.page.get_by_role("main").get_by_role("listitem").first
    assert HEADLINE["en"] in newest.inner_text()
    assert HEADLINE["ru"] in newest.inner_text()


def test_older_articles_are_a_click_away_and_the_newest_one_back(visit: Visit) -> None:
    visit.open("/")
    visit.page.get_by_role("link", name="Older").click()
    assert HEADLINE["en"] not in visit.page.content()
    visit.page.get_by_role("link", name="Newer").click()
    visit.page.get_by_text(HEADLINE["en"]).first.wait_for()


def test_the_front_page_can_be_narrowed_to_a_language(visit: Visit) -> None:
    visit.open("/")
    visit.page.get_by_label("Language").select_option(label="Russian")
    visit.page.get_by_role("button", name="Show").click()
    visit.page.wait_for_url("**language=ru*")
    marks = visit.page.locator(".listed > .beside .language").all_inner_texts()
    assert marks
    assert {mark.lower() for mark in marks} == {"ru"}


def test_tab_reaches_the_skip_link_first_and_it_skips(visit: Visit) -> None:
    visit.open("/")
    visit.page.keyboard.press("Tab")
    skip = visit.page.get_by_role("link", name="Skip to the content")
    assert skip.evaluate("link => link === document.activeElement")
    box = skip.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.id") == "content"
