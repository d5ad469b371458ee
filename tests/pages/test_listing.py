"""Listings: cards, menus, and where the next batch is."""

import asyncio
import datetime as dt

import pytest
from web_poet import HttpResponse

from newscrawl.items import Link, Listing
from newscrawl.pages.listing import batch_url
from newscrawl.sites.report_az import ReportListingPage

PAGE = """<!DOCTYPE html><html><body>
<nav><a href="/en/finance">Finance</a><a href="/en/energy/">Energy</a><a href="/ru/">RU</a><a href="/2844552">short</a>
<a href="https://t.me/reportnews">Telegram</a><a href="/en/finance"><img src="x.png" alt=""></a></nav>
<div class="row">
  <div class="index-post-block col-md-3 pinned" data-timestamp="2024-01-05 10:00:00">
    <a class="news__item" target=_blank href="/en/energy/old-pinned"><h2 class="news__title ">Old and pinned</h2>
    <span class="news__category">Energy</span>
    <ul class="news__date"><li>5 January, 2024</li><li>10:00</li></ul></a></div>
  <div class="index-post-block col-md-3" data-timestamp="2025-11-11 17:50:12">
    <a class="news__item" href="/en/other-countries/lavrov?utm_source=list">
    <img data-src="/a.jpg" src="data:image/gif;x">
    <h2 class="news__title ">Lavrov: Moscow&nbsp;ready</h2><span class="news__category">Other countries</span></a></div>
  <div class="index-post-block col-md-3"><a class="news__item"><h2 class="news__title ">No address</h2></a></div>
  <div class="index-post-block col-md-3" data-timestamp="2025-11-11 17:40:00">
    <a class="news__item" href="https://partner.example.com/en/ad/x"><h2 class="news__title ">Elsewhere</h2></a></div>
  <div class="index-post-block col-md-3" data-timestamp="2025-11-11 17:33:09">
    <a class="news__item" href="/en/region/gasa"><h2 class="news__title ">GASA</h2></a></div>
</div>
<div class="loadContainer" data-url="/en/infinity/index?kind=all"></div>
<footer><a href="/en/latest-news">All News Feed</a></footer></body></html>"""


def read(html: str, url: str = "https://report.az/en/latest-news") -> Listing:
    return asyncio.run(ReportListingPage(HttpResponse(url, html.encode())).to_item())


def test_cards_in_page_order() -> None:
    assert read(PAGE).links == (
        Link(
            url="https://report.az/en/energy/old-pinned",
            headline="Old and pinned",
            section="Energy",
            published_at="2024-01-05T10:00:00+04:00",
        ),
        Link(
            url="https://report.az/en/other-countries/lavrov?utm_source=list",
            headline="Lavrov: Moscow ready",
            section="Other countries",
            published_at="2025-11-11T17:50:12+04:00",
        ),
        Link(url="https://partner.example.com/en/ad/x", headline="Elsewhere", published_at="2025-11-11T17:40:00+04:00"),
        Link(url="https://report.az/en/region/gasa", headline="GASA", published_at="2025-11-11T17:33:09+04:00"),
    )


def test_a_card_without_address_is_counted() -> None:
    assert read(PAGE).rejected == {"no href": 1}


def test_the_last_card_gives_the_cursor_not_the_pinned_one() -> None:
    listing = read(PAGE)
    assert listing.oldest == "2025-11-11T17:33:09+04:00"
    assert listing.cursor == "https://report.az/en/infinity/index?kind=all"


def test_the_menu_names_sections_and_nothing_else() -> None:
    assert [(link.url, link.headline) for link in read(PAGE).sections] == [
        ("https://report.az/en/finance", "Finance"),
        ("https://report.az/en/energy", "Energy"),
        ("https://report.az/en/latest-news", "All News Feed"),
    ]


def test_a_batch_goes_on_where_it_came_from() -> None:
    html = PAGE.split('<div class="row">')[1].split('<div class="loadContainer"')[0]
    batch = "https://report.az/en/infinity/index?kind=all&date=2025-11-11+17%3A33%3A10&oldest=1"
    listing = read(html, batch)
    assert len(listing.links) == 4
    assert listing.cursor == batch


@pytest.mark.parametrize("html", ["", "  \n", "<div></div>", "<html><body><p>nothing</p></body></html>"])
def test_a_batch_without_cards_is_the_end(html: str) -> None:
    listing = read(html, "https://report.az/infinity/index?date=2025-11-11+17%3A33%3A10&oldest=1")
    assert listing.links == ()
    assert listing.oldest is None


def test_cards_of_the_legacy_design() -> None:
    html = """<section class="news-feed-page"><div class="news-item flex infinity-item">
    <div class="image"><a href="/biznes/x/"><img data-src="y.jpg"></a></div>
    <div class="info"><a class="title" href="/biznes/x/">Başlıq</a></div></div></section>"""
    (link,) = read(html).links
    assert (link.url, link.headline) == ("https://report.az/biznes/x/", "Başlıq")


def test_the_next_batch_is_asked_for_in_the_sites_own_time() -> None:
    url = batch_url(
        "https://report.az/infinity/index", dt.datetime(2025, 11, 11, 13, 33, 9, tzinfo=dt.UTC), "Asia/Baku"
    )
    assert url == "https://report.az/infinity/index?date=2025-11-11+17%3A33%3A09&oldest=1"


def test_the_next_batch_keeps_what_else_the_endpoint_says() -> None:
    cursor = "https://report.az/infinity?category=5&date=2025-11-11+17%3A33%3A10&oldest=1"
    assert batch_url(cursor, dt.datetime(2025, 11, 11, 8, 0, 1, tzinfo=dt.UTC), "Asia/Baku") == (
        "https://report.az/infinity?category=5&date=2025-11-11+12%3A00%3A01&oldest=1"
    )
