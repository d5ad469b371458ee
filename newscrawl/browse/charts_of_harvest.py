"""Charts of the harvest: how complete articles are, what was fetched, how the last crawls went."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import accumulate
from typing import Any

import attrs

from newscrawl.archive import figures_of_runs
from newscrawl.archive.figures_of_runs import Covered, LastRun
from newscrawl.browse.chart import Chart, Number, Series, size
from newscrawl.browse.charts_asked import Asked
from newscrawl.browse.charts_of_articles import TOO_MANY, without
from newscrawl.browse.wording import FIELDS, counted

MOST_RUNS = 50_000
"""Crawls whose counts can be read while a visitor waits."""
NO_RUNS = "No crawl is recorded yet."
COPY = "A published copy holds no record of crawls."


async def coverage(asked: Asked, chart: Chart) -> Chart:
    """Which fields the articles had that were read."""
    chart = attrs.evolve(chart, kind="multiples", unit="share", span=asked.harvest)
    if why := _no_runs(asked):
        return without(chart, why)
    assert asked.harvest is not None
    windows = asked.windows(asked.harvest, asked.languages)
    if await asked.shelf.ask(figures_of_runs.runs, windows) > MOST_RUNS:
        return without(chart, TOO_MANY.replace("articles", "crawls"))
    covered = await asked.shelf.ask(figures_of_runs.coverage, windows, asked.language)
    found = {each.step: each for each in covered if each.shares}
    if not found:
        return without(chart, "No article was read in this time.")
    overall = {name: _overall(found.values(), name) for each in found.values() for name in each.shares}
    names = sorted(overall, key=lambda name: (overall[name], name))
    read = sum(each.articles for each in found.values())
    said = ", ".join(f"{FIELDS[name]} {_percent(overall[name])}" for name in names)
    return attrs.evolve(
        chart, series=tuple(Series(label=FIELDS[name], mark="line") for name in names),
        rows=tuple(_shares(found.get(step), names) for step in range(len(asked.harvest.firsts))),
        found=f"Of {counted(read, 'article')} that were read these had: {said}.",
        reading=f"The share of articles read in a {asked.harvest.step} that have this field, from none to all. A field "
        "that not every article has is fine; a sudden fall means that the site changed its pages.",
    )  # fmt: skip


async def fetched(asked: Asked, chart: Chart) -> Chart:
    """What crawls fetched, and how it adds up."""
    chart = attrs.evolve(chart, kind="multiples", unit="bytes", span=asked.harvest)
    if why := _no_runs(asked):
        return without(chart, why)
    assert asked.harvest is not None
    windows = asked.windows(asked.harvest, asked.languages)
    found = await asked.shelf.ask(figures_of_runs.fetched, windows)
    if not found:
        return without(chart, "No crawl of this time said how much it fetched.")
    before = await asked.shelf.ask(figures_of_runs.fetched_before, windows)
    by_step = [found.get(step, 0) for step in range(len(asked.harvest.firsts))]
    so_far = list(accumulate(by_step, initial=before))[1:]
    return attrs.evolve(
        chart,
        series=(Series(label=f"fetched per {asked.harvest.step}"), Series(label="all together", mark="line")),
        rows=tuple(zip(by_step, so_far, strict=True)),
        found=f"{size(sum(by_step))} in {counted(asked.harvest.days, 'day')}, {size(so_far[-1])} since the first "
        f"crawl. The database takes {size(asked.shelf.database.size)}.",
        reading="What came from the sites, as it came: mostly compressed pages. All of it is kept in WARC files, so "
        "this is about what they take.",
        notes=("A crawl that was killed did not count its bytes.",),
    )  # fmt: skip


async def last_runs(asked: Asked) -> dict[str, Any]:
    """How the last crawl of each site went: `runs`, each with its end in words, or why there are none."""
    if not asked.shelf.has("runs"):
        return {"runs": [], "missing": COPY}
    found = await asked.shelf.ask(figures_of_runs.last_runs, list(asked.held))
    return {"runs": [(each, _ended(each), each.exit_code == 0) for each in found], "missing": NO_RUNS}


def _no_runs(asked: Asked) -> str | None:
    if not asked.shelf.has("runs"):
        return COPY
    return NO_RUNS if asked.harvest is None else None


def _overall(covered: Collection[Covered], name: str) -> float:
    told = [each for each in covered if name in each.shares]
    return sum(each.shares[name] * each.articles for each in told) / sum(each.articles for each in told)


def _shares(covered: Covered | None, names: Sequence[str]) -> tuple[Number, ...]:
    shares = covered.shares if covered else {}
    return tuple(round(shares[name], 4) if name in shares else None for name in names)


def _percent(share: float) -> str:
    """Never `100%` where one is missing."""
    return f"{int(share * 1000) / 10:g}%"


_ENDS = {
    0: "all well",
    1: "broke off: killed, or an error of newscrawl's own",
    3: "finished, but something was amiss",
    4: "the site could not be reached, or refused",
    5: "no room on the disk",
    130: "stopped by hand",
}


def _ended(run: LastRun) -> str:
    if run.ended_at is None:
        return "is running, or was killed"
    said = _ENDS.get(run.exit_code, f"exit code {run.exit_code}") if run.exit_code is not None else "no word of its end"
    return f"{said}: {run.why}" if run.why else said
