"""What a visitor asks of the charts: which sites, which language, over which time."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping

import attrs
from datasette.utils.asgi import Request

from newscrawl.archive import figures, figures_of_runs, newest
from newscrawl.archive.figures import Counts, Reach, Window
from newscrawl.browse import spans
from newscrawl.browse.shelf import Shelf, TooLong
from newscrawl.browse.spans import Span


@attrs.frozen(kw_only=True)
class Articles:
    """How many there are."""

    shown: tuple[str, ...]
    """The languages that are asked for."""
    counts: Counts
    """By step and language, of all languages."""

    def total(self, language: str) -> int:
        """How many there are in a language."""
        return sum(count for (_, each), count in self.counts.items() if each == language)

    @property
    def are_shown(self) -> bool:
        """Whether there are any in a language that is asked for."""
        return any(self.total(each) for each in self.shown)

    @property
    def main(self) -> str:
        """The language that is asked for, or else the one with most articles: sections and tags have names in one."""
        return max(self.shown, key=self.total)


@attrs.define(kw_only=True, eq=False)
class Asked:
    """A question, and what all charts need to know for an answer."""

    shelf: Shelf
    name: str
    """Of the span."""
    site: str | None
    """None: all of them."""
    language: str | None
    zones: Mapping[str, str | None]
    """Site to the name of its time zone."""
    held: Mapping[str, tuple[str, ...]]
    """Site that is asked for to the languages of its articles."""
    published: Span | None
    """Until the newest article; None where none has a time."""
    harvest: Span | None
    """Until the last crawl or edit; None where there was none."""
    _articles: asyncio.Task[Articles] | None = attrs.field(init=False, default=None)

    @property
    def languages(self) -> tuple[str, ...]:
        """Those of the articles, in a fixed order."""
        return tuple(sorted({language for languages in self.held.values() for language in languages}))

    @property
    def shown(self) -> tuple[str, ...]:
        """The languages that are asked for."""
        return self.languages if self.language is None else (self.language,)

    def articles(self) -> asyncio.Task[Articles]:
        """The articles of the time that is asked for, of all languages; charts that ask at the same time wait for one.

        Raises:
            TooLong: counting took too long (as the result).
        """
        if self._articles is None:
            self._articles = asyncio.ensure_future(self._count())
        return self._articles

    async def _count(self) -> Articles:
        if self.published is None:
            return Articles(shown=self.shown, counts=Counter())
        windows = self.windows(self.published, self.languages)
        return Articles(shown=self.shown, counts=await self.shelf.ask(figures.published, windows))

    def windows(self, span: Span, languages: tuple[str, ...]) -> list[Window]:
        """What is to be counted, site by site."""
        return [
            Window(
                site=site, steps=span.bounds(self.zones.get(site)),
                languages=tuple(each for each in held if each in languages),
            )
            for site, held in self.held.items()
        ]  # fmt: skip


async def asked_of(shelf: Shelf, request: Request) -> Asked:
    """What a request asks for; what cannot be is left out."""
    zones = await shelf.ask(figures.sites)
    held = await shelf.ask(newest.languages)
    name, site, language = (request.args.get(each) for each in ("span", "site", "language"))
    site = site if site in zones else None
    chosen = {
        each: tuple(sorted(language for at, language in held if at == each)) for each in zones if site in (None, each)
    }
    known = {each for languages in chosen.values() for each in languages}
    asked = Asked(
        shelf=shelf, name=name if name in spans.NAMES else next(iter(spans.NAMES)), site=site,
        language=language if language in known else None, zones=zones, held=chosen, published=None, harvest=None,
    )  # fmt: skip
    asked.published, asked.harvest = await _published(asked), await _harvest(asked)
    return asked


async def _published(asked: Asked) -> Span | None:
    found = []
    for site, languages in asked.held.items():
        reach = await asked.shelf.ask(figures.reach, site, languages)
        if reach:
            found.append((reach, asked.zones[site]))
    return _span(asked.name, found)


async def _harvest(asked: Asked) -> Span | None:
    zone = next((zone for site, zone in asked.zones.items() if site in asked.held), None)
    found: list[Reach | None] = [await _edits(asked)]
    if asked.shelf.has("runs"):
        found.append(await asked.shelf.ask(figures_of_runs.reach, list(asked.held)))
    return _span(asked.name, [(each, zone) for each in found if each])


async def _edits(asked: Asked) -> Reach | None:
    try:
        found: Reach | None = await asked.shelf.ask(figures.reach_of_edits, asked.site)
    except TooLong:
        # Those of a site with few are looked for among those of all others: rather a long axis than no page
        found = await asked.shelf.ask(figures.reach_of_edits)
    return found


def _span(name: str, found: list[tuple[Reach, str | None]]) -> Span | None:
    if not found:
        return None
    first = min(spans.local_date(reach.first, zone) for reach, zone in found)
    last = max(spans.local_date(reach.last, zone) for reach, zone in found)
    return spans.span(name, first, last)
