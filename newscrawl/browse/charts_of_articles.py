"""Charts of articles: how many were published, how soon they were seen, how often they were edited, about what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from urllib.parse import urlencode

import attrs

from newscrawl.archive import figures, figures_by_subject
from newscrawl.browse.chart import Chart, Number, Series, duration, most_used, rows, summed_up
from newscrawl.browse.charts_asked import Asked
from newscrawl.browse.shelf import LANGUAGE_NAMES
from newscrawl.browse.spans import Span
from newscrawl.browse.wording import counted

BACK_FILLED = 2 * 24 * 60
"""Minutes. Articles that are seen later than that were looked for in the past."""
MOST_DELAYS = 500_000
"""Articles whose delays can be looked at while a visitor waits."""
MOST_TAGGED = 60_000
"""Articles whose tags can be counted while a visitor waits."""
SHOWN = 6
"""Sections and tags in a chart."""
NO_ARTICLES = "The archive holds no article with a time yet."
NOTHING = "No article fits these choices."
TOO_MANY = "So many articles are too many to look at while you wait: choose a shorter time."


async def articles(asked: Asked, chart: Chart) -> Chart:
    """How many were published."""
    span = asked.published
    chart = attrs.evolve(chart, span=span)
    if span is None:
        return without(chart, NO_ARTICLES)
    held = await asked.articles()
    if not held.are_shown:
        return without(chart, NOTHING)
    undated = await asked.shelf.ask(figures.undated, asked.windows(span, asked.shown))
    numbers = rows(span, held.counts, list(asked.shown))
    return attrs.evolve(
        chart, series=of_languages(asked), rows=numbers, found=summed_up(span, totals(numbers), "article"),
        reading=f"Each bar is a {span.step}: the higher, the more articles were published. {_stacked(asked)}",
        notes=(f"{counted(undated, 'article')} without a time, left out.",) if undated else (),
    )  # fmt: skip


async def edits(asked: Asked, chart: Chart) -> Chart:
    """How many changes of articles were seen."""
    span = asked.harvest
    chart = attrs.evolve(chart, unit="edits", span=span)
    if span is None:
        return without(chart, "No article was seen to change so far.")
    found = await asked.shelf.ask(figures.edited, asked.windows(span, asked.shown))
    if not found:
        return without(chart, "No article was seen to change in this time.")
    numbers = rows(span, found, list(asked.shown))
    return attrs.evolve(
        chart, series=of_languages(asked), rows=numbers, found=summed_up(span, totals(numbers), "edit"),
        reading=f"Each bar is a {span.step}: the higher, the more often publishers were seen to have changed "
        f"articles after publication. {_stacked(asked)}",
        notes=("What newscrawl itself reads differently since is no edit, and left out.",),
    )  # fmt: skip


async def delays(asked: Asked, chart: Chart) -> Chart:
    """How long after their publication articles were seen first."""
    span = asked.published
    chart = attrs.evolve(chart, kind="lines", unit="minutes", span=span)
    if span is None:
        return without(chart, NO_ARTICLES)
    if (await asked.articles()).counts.total() > MOST_DELAYS:
        return without(chart, TOO_MANY)
    since, until = span.days_within
    seen, late = _in_time(span, await asked.shelf.ask(figures.delays, since, until, asked.site))
    overall: Counter[int] = Counter()
    for minutes in seen.values():
        overall.update(minutes)
    left_out = f"{counted(late, 'article')} seen more than two days after publication (a back-fill), left out."
    if not overall:
        return without(chart, f"Nothing to show: {left_out}" if late else NOTHING)
    half, most = (duration(max(0, share_within(overall, share))) for share in (0.5, 0.9))
    return attrs.evolve(
        chart, series=(Series(label="half of them", mark="line"), Series(label="nine in ten", mark="line")),
        rows=tuple(_shares(seen.get(step)) for step in range(len(span.firsts))),
        found=f"Of {counted(overall.total(), 'article')}, half were seen within {half}, nine in ten within {most}.",
        reading=f"Of the articles of each {span.step}: after how many minutes half of them had been seen, and nine in "
        "ten. The lower, the less can have been changed or taken away unseen.",
        notes=(left_out,) * bool(late) + ("Over all languages.",) * (asked.language is not None),
    )  # fmt: skip


async def sections(asked: Asked, chart: Chart) -> Chart:
    """The sections with most articles."""
    span = asked.published
    chart = attrs.evolve(chart, kind="multiples", span=span)
    held = await asked.articles()
    if span is None or not held.are_shown:
        return without(chart, NO_ARTICLES if span is None else NOTHING)
    windows = asked.windows(span, (held.main,))
    found = await asked.shelf.ask(figures_by_subject.in_sections, windows, held.main)
    return _of_subjects(asked, held.main, chart, found, "section")


async def tags(asked: Asked, chart: Chart) -> Chart:
    """The tags with most articles."""
    span = asked.published
    chart = attrs.evolve(chart, kind="multiples", span=span)
    held = await asked.articles()
    if span is None or not held.are_shown:
        return without(chart, NO_ARTICLES if span is None else NOTHING)
    if held.total(held.main) > MOST_TAGGED:
        return without(chart, TOO_MANY)
    found = await asked.shelf.ask(figures_by_subject.tagged, asked.windows(span, (held.main,)), SHOWN)
    return _of_subjects(asked, held.main, chart, found, "tag")


def without(chart: Chart, why: str) -> Chart:
    """A chart that cannot be drawn."""
    return attrs.evolve(chart, missing=why, span=None)


def of_languages(asked: Asked) -> tuple[Series, ...]:
    """A column for each language."""
    return tuple(Series(label=LANGUAGE_NAMES.get(each, each)) for each in asked.shown)


def totals(numbers: tuple[tuple[Number, ...], ...]) -> list[int]:
    """The sum of each row."""
    return [int(sum(number or 0 for number in row)) for row in numbers]


def share_within(minutes: Counter[int], share: float) -> int:
    """The number of minutes that this share of articles does not exceed: the nearest rank."""
    left = -(-minutes.total() * round(share * 100) // 100)
    for each in sorted(minutes):
        left -= minutes[each]
        if left <= 0:
            return each
    raise ValueError("no articles")


def _in_time(span: Span, delays: Mapping[str, Counter[int]]) -> tuple[dict[int, Counter[int]], int]:
    """Step to how many articles were seen after how many minutes; and how many were seen too late to count."""
    seen: dict[int, Counter[int]] = defaultdict(Counter)
    late = 0
    for day, minutes in delays.items():
        late += sum(count for number, count in minutes.items() if number > BACK_FILLED)
        seen[span.place(day)].update({number: count for number, count in minutes.items() if number <= BACK_FILLED})
    return seen, late


def _shares(minutes: Counter[int] | None) -> tuple[Number, ...]:
    return (share_within(minutes, 0.5), share_within(minutes, 0.9)) if minutes else (None, None)


def _stacked(asked: Asked) -> str:
    return "The parts are its languages." if len(asked.shown) > 1 else f"Only {_named(asked.shown[0])}."


def _named(language: str) -> str:
    return LANGUAGE_NAMES.get(language, language)


def _of_subjects(asked: Asked, language: str, chart: Chart, found: Mapping[tuple[int, str], int], one: str) -> Chart:
    span, used = chart.span, most_used(found, SHOWN)
    assert span is not None
    if not used:
        return without(chart, f"No article of this time has a {one}.")
    names = [name for name, _ in used]
    choose = "" if asked.language or len(asked.languages) == 1 else " For another language, choose it above."
    return attrs.evolve(
        chart,
        series=tuple(Series(label=name, language=language, href=_leading_to(asked, one, name)) for name in names),
        rows=rows(span, found, names),
        found=f"The {one}s with most articles in {_named(language)}.{choose}",
        reading=f"Each bar is a {span.step}: the higher, the more articles had this {one}; the same scale for all.",
    )


def _leading_to(asked: Asked, one: str, name: str) -> str | None:
    return asked.shelf.url("tagged") + "?" + urlencode({"tag": name}) if one == "tag" else None
