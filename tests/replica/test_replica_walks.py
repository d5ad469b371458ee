"""Walks through the listings of the running stand-in, by hand."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from urllib.parse import urlencode

import pytest

from newscrawl.replica.site import Replica
from tests.replica.conftest import HOST, Visitor
from tests.replica.reading import cards_of, links_of

LANGUAGES = ("az", "ru", "en")


def walk(site: Visitor, address: str) -> list[list[tuple[str, str | None]]]:
    """Return the batches of cards from a listing page to the end of its scroll; the last own card leads on."""
    cards, endpoint = cards_of(site.get(address).text)
    batches = [cards]
    assert endpoint
    while cards:
        cursor = urlencode({"date": last_own(cards), "oldest": "1"})
        answer = site.get(f"{endpoint}{'&' if '?' in endpoint else '?'}{cursor}")
        assert answer.status_code == 200
        following, _ = cards_of(answer.text)
        if following and last_own(following) == last_own(cards) and len(following) < 4:
            break
        cards = following
        batches.append(cards)
    return batches


def last_own(cards: list[tuple[str, str | None]]) -> str:
    return [stamp for stamp, href in cards if not (href and href.startswith("https://"))][-1]


def out_of_order(cards: list[tuple[str, str | None]]) -> list[str]:
    """Return the addresses of own cards that are older than the card below them."""
    mine = [(stamp, href) for stamp, href in cards if href and href.startswith("/")]
    return [href for (stamp, href), (below, _) in pairwise(mine) if stamp < below]


def own(batches: list[list[tuple[str, str | None]]]) -> list[str]:
    return [href for batch in batches for _, href in batch if href and href.startswith("/")]


def urls_of(replica: Replica, language: str) -> set[str]:
    return {str(r["url"]).removeprefix(HOST) for r in replica.truth() if r["language"] == language}


def all_news_of(site: Visitor, language: str) -> str:
    """Return the listing that the home page names: the last link of its content before the footer."""
    home = site.get("/" if language == "az" else f"/{language}/").text
    return links_of(home[: home.index("<footer")])[-1][0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", [0, 1, 2, 3])
def test_the_scroll_of_all_news_finds_every_article(site: Visitor, variant: int, language: str) -> None:
    site.app.replica = replica = Replica(stories=120, variant=variant)
    batches = walk(site, all_news_of(site, language))
    assert set(own(batches)) == urls_of(replica, language)
    times = Counter(own(batches))
    out_of_place = {href for batch in batches for href in out_of_order(batch)}
    repeated = [href for href, count in times.items() if count > 1 and href not in out_of_place]
    assert bool(repeated) == replica.way.cursor_includes, "only cards that are kept out of their place are there twice"


@pytest.mark.parametrize("variant", [0, 1, 2])
def test_the_categories_of_the_menu_hold_every_article_once(site: Visitor, variant: int) -> None:
    site.app.replica = replica = Replica(stories=90, variant=variant)
    for language in LANGUAGES:
        home = site.get("/" if language == "az" else f"/{language}/").text
        menu = home[home.index('class="menu__list"') : home.index('class="mobile-menu"')]
        found: list[str] = []
        for address, _ in links_of(menu):
            answer = site.get(address)
            assert answer.status_code == 200
            if cards_of(answer.text)[1] and address != replica.way.all_news[language]:
                found += dict.fromkeys(own(walk(site, address)))
        assert sorted(found) == sorted(urls_of(replica, language))


def test_batches_end_between_equal_times_where_cursors_exclude(site: Visitor) -> None:
    site.app.replica = Replica(stories=400)
    batches = walk(site, "/son-xeberler")
    assert {len(batch) for batch in batches} & {17, 18}, "no batch was made longer for a shared second"
    for batch, following in pairwise(batches):
        assert not following or following[0][0] < last_own(batch)


def test_some_batch_ends_within_a_second_where_cursors_include(site: Visitor) -> None:
    site.app.replica = Replica(stories=400, variant=1)
    batches = walk(site, "/son-xeberler")
    edges = [sum(stamp == last_own(batch) for stamp, _ in following) for batch, following in pairwise(batches)]
    assert max(edges) >= 2


def test_listings_hold_cards_that_are_no_articles_of_the_site(site: Visitor) -> None:
    hrefs = {href for batch in walk(site, "/son-xeberler") for _, href in batch}
    assert None in hrefs
    assert any(href and href.startswith("https://oxu.az/") for href in hrefs)


def test_the_first_card_of_all_news_is_old(site: Visitor) -> None:
    cards, _ = cards_of(site.get("/son-xeberler").text)
    assert cards[0][0] < min(stamp for stamp, _ in cards[1:5])


@pytest.mark.parametrize("variant", [0, 1, 2, 3])
def test_some_batches_end_in_an_old_advert_of_another_site(site: Visitor, variant: int) -> None:
    site.app.replica = Replica(stories=120, variant=variant)
    ends = [batch[-1] for batch in walk(site, "/son-xeberler") if batch]
    adverts = [stamp for stamp, href in ends if href and href.startswith("https://offers.example.com/")]
    assert adverts
    assert max(adverts) < "2025"


@pytest.mark.parametrize("variant", [0, 1, 2, 3])
def test_some_batches_keep_an_old_article_in_the_middle(site: Visitor, variant: int) -> None:
    site.app.replica = replica = Replica(stories=120, variant=variant)
    batches = walk(site, "/son-xeberler")
    kept = [href for batch in batches[1:] for href in out_of_order(batch)]
    assert kept
    assert set(kept) <= urls_of(replica, "az")
    found = own(batches)
    assert all(found.count(href) > 1 for href in kept)


def test_addresses_that_the_real_site_hides_differ_between_variants(site: Visitor) -> None:
    seen: dict[str, set[str | None]] = {"listing": set(), "endpoint": set()}
    for variant in range(4):
        site.app.replica = Replica(stories=40, variant=variant)
        address = all_news_of(site, "ru")
        seen["listing"].add(address)
        seen["endpoint"].add(cards_of(site.get(address).text)[1])
    assert len(seen["listing"]) >= 3
    assert len(seen["endpoint"]) >= 3


def test_numbered_pages_and_newer_cards(site: Visitor) -> None:
    first, _ = cards_of(site.get("/diger-olkeler/page/1").text)
    assert len(first) > 4
    assert site.get("/diger-olkeler/page/40").status_code == 404
    newer, _ = cards_of(site.get("/infinity/index?date=2026-03-17+15:00:00").text)
    assert newer
    assert all(stamp > "2026-03-17 15:00:00" for stamp, _ in newer)
    assert site.get("/infinity/index?date=yesterday&oldest=1").status_code == 400
