"""What a reader does, on a phone and at a desk."""

from __future__ import annotations

import feedparser
import pytest

from tests.browser.everything import HEADLINE
from tests.browser.visiting import PHONE, Visit, one_of_many

MAIN = (
    "/news/-/news", "/news/-/search", "/news/-/search?q=baki", "/news/-/search?q=zzzz", "/news/articles/188",
    "/news/articles/188?revision=1", "/news/-/diff/188?from=1&to=4", "/news/-/charts", "/news/-/feeds",
    "/news/-/page/1", "/news/-/pages/188", "/news", "/news/latest", "/news/edited", "/news/failed", "/news/articles",
    "/news/runs", "/news/runs/1", "/news?sql=select+*+from+articles",
)  # fmt: skip


def test_the_address_alone_leads_to_the_newest_articles(visit: Visit) -> None:
    visit.open("/")
    newest = visit.page.get_by_role("main").get_by_role("listitem").first
    assert HEADLINE["en"] in newest.inner_text()
    assert HEADLINE["ru"] in newest.inner_text()


def test_older_articles_are_a_click_away_and_the_newest_one_back(visit: Visit) -> None:
    visit.open("/")
    visit.follow(visit.page.get_by_role("link", name="Older"))
    assert HEADLINE["en"] not in visit.page.content()
    visit.follow(visit.page.get_by_role("link", name="Newer"))
    visit.page.get_by_text(HEADLINE["en"]).first.wait_for()


def test_the_front_page_can_be_narrowed_to_a_language(visit: Visit) -> None:
    visit.open("/")
    visit.page.get_by_label("Language").select_option(label="Russian")
    visit.follow(visit.page.get_by_role("button", name="Show"))
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


@pytest.mark.parametrize(
    ("typed", "marked", "headline"),
    [
        ("baki", "Bakıda", HEADLINE["az"]),
        ("Bakı", "BAKI", HEADLINE["az"]),
        ("BAKI", "Bakıda", HEADLINE["az"]),
        ("станци", "станция", HEADLINE["ru"]),
        ("elham", "Elham", HEADLINE["az"]),
    ],
)
def test_search_forgives_spelling_with_enter_alone(visit: Visit, typed: str, marked: str, headline: str) -> None:
    visit.open("/")
    visit.page.get_by_role("searchbox").fill(typed)
    with visit.page.expect_navigation():
        visit.page.keyboard.press("Enter")
    hit = visit.page.get_by_role("main").get_by_role("listitem").filter(has_text=headline)
    assert marked in hit.locator("mark").all_inner_texts()
    visit.follow(hit.get_by_role("heading").get_by_role("link"))
    visit.page.get_by_role("heading", level=1, name=headline).wait_for()


def test_where_nothing_is_found_near_spellings_are_a_click_away(visit: Visit) -> None:
    visit.open("/news/-/search")
    visit.page.keyboard.type("stansiyaso")
    visit.page.keyboard.press("Enter")
    visit.follow(visit.page.get_by_role("main").get_by_role("link", name="stansiyas").first)
    assert HEADLINE["az"] in visit.page.get_by_role("main").inner_text()


def test_a_story_is_read_in_another_language_and_side_by_side(visit: Visit) -> None:
    visit.open("/news/-/search?q=metro")
    visit.follow(visit.page.get_by_role("link", name=HEADLINE["en"]))
    languages = visit.page.get_by_role("navigation", name="Other languages")
    visit.follow(languages.get_by_role("link", name="Side by side").last)
    texts = visit.page.get_by_role("article")
    assert "45,000 passengers" in texts.nth(0).inner_text()
    assert "Бакинский метрополитен" in texts.nth(1).inner_text()
    assert texts.nth(1).locator("h2").get_attribute("lang") == "ru"
    visit.follow(languages.get_by_role("link", name=HEADLINE["az"], exact=True))
    assert visit.page.get_by_role("heading", level=1).inner_text() == HEADLINE["az"]


def test_what_changed_between_two_versions_is_marked_word_by_word(visit: Visit) -> None:
    visit.open("/news/-/search?q=metro")
    visit.follow(visit.page.get_by_role("link", name=HEADLINE["en"]))
    visit.follow(visit.page.get_by_role("link", name="Show the changes of version 3"))
    (added,) = visit.page.locator("ins").filter(has_text="45,000").all()
    (taken,) = visit.page.locator("del").filter(has_text="40,000").all()
    assert added.evaluate("ins => getComputedStyle(ins).backgroundColor") != taken.evaluate(
        "del => getComputedStyle(del).backgroundColor"
    )
    visit.page.get_by_label("From version").select_option("1")
    visit.follow(visit.page.get_by_role("button", name="Compare"))
    assert "UPDATED" in visit.page.locator("ins").first.inner_text()


def test_an_edit_without_a_mark_is_listed_as_silent(visit: Visit) -> None:
    visit.open("/news")
    visit.follow(visit.page.get_by_role("link", name="Silent edits").first)
    listed = visit.page.get_by_role("main").inner_text()
    assert "Kubok matçına biletlər satışa çıxarılıb" in listed
    assert "Harbour festival" not in listed


def test_charts_are_drawn(visit: Visit) -> None:
    visit.open("/news/-/news")
    visit.follow(visit.page.get_by_role("link", name="Charts"))
    charts = visit.page.get_by_role("main").locator("svg")
    charts.first.wait_for()
    assert charts.count() >= 5
    for chart in charts.all():
        marks = chart.locator("path, rect, circle, line")
        assert marks.count() > 1
        box = chart.bounding_box()
        assert box is not None
        assert box["width"] > 100
        assert box["x"] + box["width"] <= visit.page.viewport_size["width"]  # type: ignore[index]


def test_a_feed_is_a_click_away_and_a_feed_reader_reads_it(visit: Visit) -> None:
    visit.open("/news/-/news")
    feed = feedparser.parse(visit.follow(visit.page.get_by_role("link", name="Feed", exact=True)).body())
    assert not feed.bozo
    assert feed.version == "atom10"
    assert f"{HEADLINE['en']} - UPDATED" in [entry.title for entry in feed.entries]


def test_the_stored_page_is_read_as_text_and_seen_without_anything_in_it_running(visit: Visit) -> None:
    visit.open("/news/-/search?q=metro")
    visit.follow(visit.page.get_by_role("link", name=HEADLINE["en"]))
    visit.follow(visit.page.get_by_role("link", name="The stored page that version 4 was read from"))
    assert 'document.title = "ran"' in visit.page.get_by_role("region", name="Source").inner_text()
    seen = visit.page.frame_locator("iframe")
    assert HEADLINE["en"] in seen.locator("h1").inner_text()
    # Opened, not clicked: Playwright loses sight of a page that may run nothing when a link leads to it
    visit.open(visit.page.get_by_role("link", name="The frame alone").get_attribute("href") or "")
    assert HEADLINE["en"] in visit.page.locator("h1").inner_text()
    assert visit.page.title() != "ran"


def test_an_article_is_cited_by_a_link_that_leads_back_to_it(visit: Visit) -> None:
    visit.open("/news/-/search?q=metro")
    visit.follow(visit.page.get_by_role("link", name=HEADLINE["en"]))
    visit.page.locator("summary", has_text="BibTeX").click()
    assert HEADLINE["en"] in visit.page.get_by_role("textbox", name="BibTeX").input_value()
    link = visit.page.get_by_label("Permanent link to this version").input_value()
    visit.page.goto(link)
    assert visit.page.get_by_role("heading", level=1).inner_text() == f"{HEADLINE['en']} - UPDATED"


@pytest.mark.parametrize("path", MAIN)
def test_no_page_is_wider_than_a_phone(phone: Visit, path: str) -> None:
    with one_of_many(phone, PHONE) as visit:
        visit.open(path)
        assert visit.overflow() == 0
