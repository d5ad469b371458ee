"""Listings: cards, pages that begin an infinite scroll, the fragments that continue it, the sidebar."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from newscrawl.replica import wording
from newscrawl.replica.article import photo
from newscrawl.replica.chrome import Chrome, language_switch
from newscrawl.replica.fragments import Part
from newscrawl.replica.languages import MONTHS, PREFIX
from newscrawl.replica.markup import escape
from newscrawl.replica.structured import HOST


@attrs.frozen
class Card:
    """What a listing says of an article."""

    path: str
    headline: str
    section: str
    stamp: str
    """`YYYY-MM-DD HH:MM:SS` at Baku."""

    language: str
    number: int
    seed: int

    @property
    def day_text(self) -> str:
        """The day as printed."""
        year, month, day = self.stamp[:10].split("-")
        return f"{int(day)} {MONTHS[self.language][int(month) - 1]}, {year}"

    @property
    def time_text(self) -> str:
        """The time as printed."""
        return self.stamp[11:16]


def card_html(card: Card) -> str:
    """Return one card; without an address the link has no href."""
    href = f' href="{card.path}"' if card.path else ""
    image = photo(card.seed, card.number, 0, 290)
    return f"""<div class="index-post-block col-md-3" data-timestamp="{card.stamp}">
<a class="news__item"{href} target="_blank">
<div class="news__image"><img src="/assets/images/thunk_600.webp" data-src="{image}" class="lazy" alt=""></div>
<span class="news__category">{card.section}</span>
<h2 class="news__title ">{escape(card.headline)}</h2>
<ul class="news__date"><li>{card.day_text}</li><li>{card.time_text}</li></ul>
</a></div>
"""


def odd_card(like: Card, kind: int) -> Card:
    """Return a card that leads away from the site (kind 0) or nowhere (kind 1), at the time of another."""
    if kind:
        return attrs.evolve(like, path="", headline=wording.ADVERT[like.language], section="")
    return attrs.evolve(
        like, path="https://oxu.az/siyaset/ayin-icmali", headline="oxu.az: ayın icmalı", section="Oxu.az"
    )


def promoted_card(like: Card) -> Card:
    """Return an advert of another site with a time two years before that of another card."""
    stamp = f"{int(like.stamp[:4]) - 2}-01-15 09:30:00"
    return attrs.evolve(
        like,
        path=f"https://offers.example.com/{like.number}",
        headline=wording.PROMOTED[like.language],
        section=wording.ADVERT[like.language],
        stamp=stamp,
    )


def listing_page(
    language: str, title: str, address: str, cards: Iterable[Card], frame: Chrome, endpoint: str | None
) -> list[Part]:
    """Return a listing; with an endpoint it says where its next cards come from."""
    head = f'<title>{title} | Report.az</title>\n<link rel="canonical" href="{HOST}{address}">\n'
    more = ""
    if endpoint:
        text = wording.SHOW_MORE[language]
        more = f'<div class="loadContainer" data-url="{endpoint}"><span>{text}</span></div>\n'
    content = f"""<main class="main"><div class="container"><h1 class="section-title">{title}</h1>
<div class="row news-list">
{"".join(card_html(card) for card in cards)}</div>
{more}</div></main>
"""
    opened: list[Part] = [frame.top, head, frame.head_end, language_switch(language, {}), frame.menus]
    return [*opened, content, frame.bottom]


def home_page(language: str, cards: list[Card], lists: dict[str, list[Card]], frame: Chrome) -> list[Part]:
    """Return a home page: the newest cards, a block for each of some sections, the link to all news."""
    address = f"{PREFIX[language]}/"
    blocks = "".join(
        f'<section class="home-block"><h2 class="home-block__title">{name}</h2><div class="row">\n'
        f"{''.join(card_html(card) for card in group)}</div></section>\n"
        for name, group in lists.items()
    )
    content = f"""<main class="main"><div class="container">
<div class="row home-top">
{"".join(card_html(card) for card in cards)}</div>
{blocks}"""
    head = f'<title>Report | {wording.LATEST[language]}</title>\n<link rel="canonical" href="{HOST}{address}">\n'
    opened: list[Part] = [frame.top, head, frame.head_end, language_switch(language, {}), frame.menus]
    return [*opened, content, frame.all_news_link, "</div></main>\n", frame.bottom]


def sidebar_row(card: Card, style: str) -> str:
    """Return one item of the sidebar."""
    time = f'<span class="latest__time">{card.time_text}</span>'
    if style == "dates":
        time = f'<ul class="news__date"><li>{card.time_text}</li></ul>'
    return (
        f'<div class="latest__item">{time}\n<a class="latest__link" href="{card.path}">'
        f'<h3 class="latest__title">{escape(card.headline)}</h3></a>\n'
        f'<span class="news__category">{card.section}</span></div>\n'
    )


def sidebar_html(language: str, rows: Iterable[str], frame: Chrome, style: str) -> list[Part]:
    """Return the latest news beside an article, the article itself among them."""
    element = "aside" if style == "aside" else "div"
    opened = f'<{element} class="col-lg-3 latest"><h2 class="latest__head">{wording.LATEST[language]}</h2>\n'
    return [opened + "".join(rows), frame.all_news_link, f"</{element}>\n"]
