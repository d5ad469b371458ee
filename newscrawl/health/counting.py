"""What the runs of a site counted in a language: new articles, filled fields, pages that gave none."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from newscrawl.archive.health import RunSeen
from newscrawl.health import bands
from newscrawl.health.bands import back, days_before
from newscrawl.health.history import DAY, History
from newscrawl.health.values import Coverage, Failing, Volume

RECENT, RECENT_DAYS = 50, 7
"""So many articles, read in so many days at most, make the last share of a field."""
ENOUGH_PAGES = 50


def volume(history: History, language: str) -> Volume | None:
    """Articles of today until the last run, beside those of the same part of earlier days."""
    if history.last is None:
        return None
    until, zone = history.last.started_at, history.site.zone
    (asked,), ((today, _),) = days_before(until, zone, [0]), days_before(history.now, zone, [0])
    if asked[0] != today:
        return None
    usual = bands.band(_stored(history, language, range(7, 7 * bands.WEEKS + 1, 7)), weekday=True)
    if usual is None:
        usual = bands.band(_stored(history, language, range(1, bands.DAYS + 1)), weekday=False)
    return Volume(until=until, stored=_sum(history.whole_runs(*asked), language, "stored"), usual=usual)


def coverage(history: History, language: str | None) -> tuple[Coverage, ...]:
    """Each field's share in the articles that were read last and in those before; over all languages for None."""
    recent_since = back(history.now, dt.timedelta(days=RECENT_DAYS))
    since = back(recent_since, dt.timedelta(days=bands.DAYS))
    # Articles, and those of them that have a field: read last, and before
    articles, having = [0.0, 0.0], (defaultdict[str, float](float), defaultdict[str, float](float))
    for run in history.whole_runs(since, history.now):
        count, shares = _covered(run, language)
        former = int(articles[0] >= RECENT or run.started_at < recent_since)
        articles[former] += count
        for field, share in shares.items():
            having[former][field] += share * count
    if articles[0] < RECENT or not articles[1]:
        return ()
    return tuple(
        Coverage(
            field=field, share=round(having[0][field] / articles[0], 4), articles=round(articles[0]),
            usual=round(having[1][field] / articles[1], 4), usual_articles=round(articles[1]),
        )
        for field in sorted(having[1])
    )  # fmt: skip


def failing(history: History, language: str) -> Failing:
    """Pages of articles of the last day, beside those of two weeks before."""
    day_ago = back(history.now, DAY)
    recent, former = Counter[str](), Counter[str]()
    for run in history.whole_runs(back(day_ago, DAY * bands.DAYS), history.now):
        (recent if run.started_at >= day_ago else former).update(_pages(run.by_language.get(language, {})))
    usual = round(former["failed"] / former["pages"], 4) if former["pages"] >= ENOUGH_PAGES else None
    return Failing(failed=recent["failed"], pages=recent["pages"], usual=usual)


def _stored(history: History, language: str, days: Iterable[int]) -> list[int]:
    """New articles of earlier days, of those on which the harvest went on."""
    assert history.last is not None
    found, first = [], history.facts.first_run_at(history.site.name)
    for begin, end in days_before(history.last.started_at, history.site.zone, days):
        runs = [run for run in history.whole_runs(begin, end) if run.covers(language)]
        # On its first day an archive takes in what is there already
        if runs and first is not None and first < begin:
            found.append(_sum(runs, language, "stored"))
    return found


def _sum(runs: Iterable[RunSeen], language: str, what: str) -> int:
    return sum(run.by_language.get(language, {}).get(what, 0) for run in runs)


def _pages(counts: Mapping[str, Any]) -> dict[str, int]:
    failed = counts.get("failed", 0)
    read = sum(counts.get(what, 0) for what in ("stored", "changed", "unchanged"))
    return {"failed": failed, "pages": failed + read - counts.get("not_modified", 0)}


def _covered(run: RunSeen, language: str | None) -> tuple[float, Mapping[str, float]]:
    """How many articles a run read, and each field's share in them."""
    if language is not None:
        counts = run.by_language.get(language, {})
        return counts.get("covered", 0), counts.get("coverage", {})
    parts = [(counts["covered"], counts["coverage"]) for counts in run.by_language.values() if counts.get("covered")]
    if not parts:
        return (run.articles, run.coverage) if run.coverage else (0, {})
    articles = sum(count for count, _ in parts)
    fields = {field for _, shares in parts for field in shares}
    return articles, {field: sum(n * shares.get(field, 0) for n, shares in parts) / articles for field in fields}
