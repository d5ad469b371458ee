"""Responses for articles and listings of a replica."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property, lru_cache
from itertools import islice

import attrs

from newscrawl.replica.article import Article
from newscrawl.replica.article_html import article_page, tags_html
from newscrawl.replica.body import lay_out
from newscrawl.replica.chrome import Chrome, chrome
from newscrawl.replica.clock import BAKU
from newscrawl.replica.endpoints import endpoint
from newscrawl.replica.fragments import Part
from newscrawl.replica.listing_html import (
    Card,
    card_html,
    home_page,
    listing_page,
    odd_card,
    promoted_card,
    sidebar_html,
    sidebar_row,
)
from newscrawl.replica.markup import escape
from newscrawl.replica.other_html import amp_page, legacy_page, message_page, soft_404_page
from newscrawl.replica.redesign_html import redesigned_page
from newscrawl.replica.response import Response
from newscrawl.replica.sections import SECTIONS, Section
from newscrawl.replica.site import BATCH, Replica

_LAP = 4 * BATCH
"""After so many stories a listing that goes round begins anew."""


class Pages:
    """Makes the pages of one replica."""

    def __init__(self, replica: Replica) -> None:
        """Take the site as it is at this moment."""
        self.replica = replica
        self._row = lru_cache(maxsize=4096)(self._make_row)
        self.html = "text/html; charset=UTF-8" if replica.way.charset else "text/html"

    def frame(self, language: str, topics_css: str = "topics") -> Chrome:
        """Return the static fragments of a language."""
        return chrome(language, self.replica.variant, topics_css)

    @cached_property
    def changed_at(self) -> int:
        """When anything on the site last changed."""
        return self.replica.changed_at()

    def article(self, number: int, language: str) -> Response:
        """Return an article page of whatever variety."""
        article = self.replica.article(number, language)
        content_type = "text/html" if "no-charset" in article.kind.features else self.html
        beside = self.replica.beside(number, language)
        return Response(200, content_type, self._article_parts(article, beside), self._modified_at(number, beside[0]))

    def _article_parts(self, article: Article, beside: list[int]) -> list[Part]:
        name, language = article.kind.name, article.language
        frame = self.frame(language, "topics tags" if "topics-tags" in article.kind.features else "topics")
        rows = [self._row(other, language) for other in beside]
        sidebar = sidebar_html(language, rows, frame, self.replica.way.sidebar)
        if name == "soft-404":
            return soft_404_page(article, frame, sidebar)
        tags = tags_html(article) if "tags-inside" in article.kind.features else ""
        body = lay_out(article, self.replica.links(article), tags)
        if self.replica.redesigned:
            return redesigned_page(article, body)
        if name == "legacy":
            return legacy_page(article, frame, body, sidebar)
        other = next((n for n in beside if n < article.number), None)
        return article_page(article, frame, body, sidebar, self._as_published(other, language))

    def _as_published(self, number: int | None, language: str) -> Article | None:
        """Return an article as it was before any edit."""
        if number is None:
            return None
        return Article(self.replica.texts, number, language, self.replica.way)

    def amp(self, number: int, language: str) -> Response:
        """Return the AMP page of an article."""
        article = self.replica.article(number, language)
        body = lay_out(article, self.replica.links(article), "")
        return Response(200, self.html, amp_page(article, body), self._modified_at(number, number))

    def _make_row(self, number: int, language: str) -> str:
        return sidebar_row(self.replica.card(number, language, fresh=False), self.replica.way.sidebar)

    def _modified_at(self, number: int, newest: int) -> int:
        """Return when a page last changed: with its edit, the newest story it shows, or the layout."""
        replica = self.replica
        return max(replica.edited(number) or 0, replica.published(newest), replica.laid_out_at)

    def listing(self, language: str, section: Section | None) -> Response:
        """Return the first page of all news or of a section."""
        key = section.key if section else None
        numbers = self.replica.batch(language, key, self.replica.total)
        cards = self._cards(numbers, language, key)
        way = self.replica.way
        address, title = way.all_news[language], way.all_news_text[language]
        if section:
            address = f"{'' if language == 'az' else '/' + language}/{section.slug}"
            title = section.name
        elif pinned := self._pinned(language, numbers):
            cards.insert(0, pinned)
        more = escape(endpoint(way.endpoints, language, section))
        parts = listing_page(language, title, address, cards, self.frame(language), more)
        return Response(200, self.html, parts, self.changed_at)

    def _pinned(self, language: str, shown: list[int]) -> Card | None:
        """Return an old card that the editors keep at the top."""
        number = next(self.replica.numbers(language, self.replica.stories * 2 // 3 + 1), None)
        return self.replica.card(number, language) if number is not None and number not in shown else None

    def _cards(self, numbers: list[int], language: str, key: str | None) -> list[Card]:
        """Return the cards of a batch; some batches have one more that is out of place.

        That is an advert in the middle, a card without address, an old article of the same listing that the editors
        keep in the middle, or an advert as the last card, with an old time.
        """
        cards = [self.replica.card(number, language) for number in numbers]
        if len(cards) < 5:
            return cards
        middle, roll = len(cards) // 2, (numbers[0] // BATCH + self.replica.seed) % 6
        if roll < 2:
            cards.insert(middle, odd_card(cards[middle], roll))
        elif roll == 2:
            cards += [promoted_card(cards[-1])]
        elif roll == 3:
            kept = next(self.replica.numbers(language, numbers[-1] * 2 // 3, key), None)
            cards[middle:middle] = [] if kept is None else [self.replica.card(kept, language)]
        return cards

    def scroll(self, language: str, key: str | None, date: str, older: bool) -> Response:
        """Return the fragment that continues a listing; 400 if the date is none."""
        try:
            second = int(datetime.strptime(date, "%Y-%m-%d %H:%M:%S").replace(tzinfo=BAKU).timestamp())
        except ValueError:
            return Response(400, self.html, ("bad date\n",))
        if older:
            before = self._before(second if self.replica.way.cursor_includes else second - 1)
            cards = self._cards(self.replica.batch(language, key, before), language, key)
            if self.replica.scroll == "repeating":
                cards = _aged(cards, second)
        else:
            first = self.replica.until(second)
            newer = self.replica.numbers(language, min(self.replica.total, first + 2 * BATCH), key)
            cards = [self.replica.card(n, language) for n in [n for n in newer if n >= first][-BATCH:]]
        html = "".join(card_html(card) for card in cards)
        return Response(200, self.html, (html,), self.changed_at)

    def _before(self, second: int) -> int:
        """Return below which story the batch after a cursor begins."""
        total = self.replica.total
        if self.replica.scroll in ("stuck", "repeating"):
            return total
        depth = total - self.replica.until(second)
        return total - (depth % _LAP if self.replica.scroll == "circling" else depth)

    def numbered(self, language: str, section: Section, page: int) -> Response:
        """Return page n of a section, without a scroll."""
        numbers = self.replica.numbers(language, None, section.key)
        shown = list(islice(numbers, (page - 1) * BATCH, page * BATCH))
        if not shown:
            return self.missing(language)
        address = f"{'' if language == 'az' else '/' + language}/{section.slug}/page/{page}"
        cards = [self.replica.card(number, language) for number in shown]
        parts = listing_page(language, section.name, address, cards, self.frame(language), None)
        return Response(200, self.html, parts, self.changed_at)

    def topic(self, language: str, address: str, slug: str) -> Response:
        """Return a page of a tag or topic: some of the newest articles."""
        cards = [self.replica.card(n, language) for n in islice(self.replica.numbers(language), 3, 9)]
        title = slug.replace("-", " ").capitalize()
        parts = listing_page(language, title, address, cards, self.frame(language), None)
        return Response(200, self.html, parts, self.changed_at)

    def search(self, words: str) -> Response:
        """Return recent Azerbaijani articles whose headline holds the words; none is a 404, as on the real site."""
        recent = (self.replica.card(n, "az") for n in islice(self.replica.numbers("az"), 500))
        cards = [card for card in recent if words and words.lower() in card.headline.lower()][:BATCH]
        parts = listing_page("az", words, "/search", cards, self.frame("az"), None)
        return Response(200 if cards else 404, self.html, parts)

    def home(self, language: str) -> Response:
        """Return a home page."""
        cards = self._cards(list(islice(self.replica.numbers(language), BATCH)), language, None)
        lists = {
            section.name: [
                self.replica.card(number, language)
                for number in islice(self.replica.numbers(language, None, section.key), 4)
            ]
            for section in islice(SECTIONS[language].values(), 4)
        }
        parts = home_page(language, cards, lists, self.frame(language))
        return Response(200, self.html, parts, self.changed_at)

    def missing(self, language: str) -> Response:
        """Return the page for an address that does not exist."""
        frame = self.frame(language)
        return Response(404, self.html, message_page(language, frame, [frame.all_news_link]))


def _aged(cards: list[Card], second: int) -> list[Card]:
    """Return cards with times one second apart, all before `second`."""
    stamps = (datetime.fromtimestamp(second - back, BAKU) for back in range(1, len(cards) + 1))
    return [attrs.evolve(card, stamp=f"{stamp:%Y-%m-%d %H:%M:%S}") for card, stamp in zip(cards, stamps, strict=True)]
