"""The health of an archive's sites in the text format of Prometheus (version 0.0.4), for the node exporter's textfile
collector.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from newscrawl.health import Health
from newscrawl.health.values import InLanguage
from newscrawl.show.status import Report

Sample = tuple[str, dict[str, str], float]
"""Name without `newscrawl_`, labels, value."""

HELP = {
    "status_timestamp_seconds": "When these values were measured.",
    "database_bytes": "Size of the database.",
    "warc_bytes": "Size of the WARC files.",
    "free_bytes": "Room left on the disk of the archive.",
    "growth_bytes_per_day": "By how much the archive grows on a day in the middle.",
    "disk_days_left": "Days until crawls end for want of room.",
    "degraded": "1 where a site is degraded, 0 where it is fine.",
    "reasons": "How many reasons there are to call a site degraded, by kind.",
    "last_run_start_timestamp_seconds": "When the last crawl that ended began.",
    "last_run_end_timestamp_seconds": "When the last crawl ended.",
    "last_run_exit_code": "With which exit code the last crawl ended.",
    "run_interval_seconds": "What usually lies between the starts of two crawls.",
    "failures_open": "Pages that gave no article, by error.",
    "articles": "Articles in the archive.",
    "articles_today": "New articles of today at the site, until the last crawl.",
    "articles_today_usual_low": "The fewest that are usual until that time of the day.",
    "articles_today_usual_high": "The most that are usual until that time of the day.",
    "newest_article_timestamp_seconds": "When the newest article was published.",
    "field_coverage_ratio": "Part of the articles read last that have a field.",
    "field_coverage_usual_ratio": "Part of the articles of two weeks before that have a field.",
    "pages_last_day": "Pages of articles that were fetched whole in the last day.",
    "pages_failed_last_day": "Pages of the last day that gave no article.",
    "looks_due": "Articles that are due for another look.",
    "looks_late": "Articles that have been due for a day or longer.",
}
"""Every metric, all of them gauges."""


def metrics(report: Report) -> str:
    """The whole file."""
    by_name: dict[str, list[Sample]] = {name: [] for name in HELP}
    for sample in _samples(report):
        by_name[sample[0]].append(sample)
    lines = []
    for name, samples in by_name.items():
        if samples:
            lines += [f"# HELP newscrawl_{name} {HELP[name]}", f"# TYPE newscrawl_{name} gauge"]
            lines += map(_line, samples)
    return "".join(f"{line}\n" for line in lines)


def _samples(report: Report) -> Iterator[Sample]:
    disk = report.disk
    yield "status_timestamp_seconds", {}, _seconds(report.at)
    for name in ("database_bytes", "warc_bytes", "free_bytes"):
        yield name, {}, getattr(disk, name)
    if disk.bytes_a_day is not None:
        yield "growth_bytes_per_day", {}, disk.bytes_a_day
    if disk.days_left is not None:
        yield "disk_days_left", {}, disk.days_left
    for site in report.sites:
        yield from _of_site(site)
        for each in site.languages:
            labels = {"site": site.site, "language": each.language}
            yield from ((name, labels | more, value) for name, more, value in _of_language(each))
            if holding := report.holding(site.site, each.language):
                yield "articles", labels, holding.articles
                if holding.newest_published_at:
                    yield "newest_article_timestamp_seconds", labels, _seconds(holding.newest_published_at)


def _of_site(site: Health) -> Iterator[Sample]:
    labels = {"site": site.site}
    yield "degraded", labels, site.state == "degraded"
    for kind in sorted({each.kind for each in site.findings}):
        yield "reasons", labels | {"kind": kind}, sum(each.kind == kind for each in site.findings)
    if (run := site.runs.last) and run.ended_at:
        yield "last_run_start_timestamp_seconds", labels, _seconds(run.started_at)
        yield "last_run_end_timestamp_seconds", labels, _seconds(run.ended_at)
        if run.exit_code is not None:
            yield "last_run_exit_code", labels, run.exit_code
    if site.runs.interval is not None:
        yield "run_interval_seconds", labels, site.runs.interval
    for error, pages in site.failures:
        yield "failures_open", labels | {"error": error}, pages


def _of_language(found: InLanguage) -> Iterator[Sample]:
    if volume := found.volume:
        yield "articles_today", {}, volume.stored
        if volume.usual:
            yield "articles_today_usual_low", {}, volume.usual.low
            yield "articles_today_usual_high", {}, volume.usual.high
    for each in found.coverage:
        yield "field_coverage_ratio", {"field": each.field}, each.share
        yield "field_coverage_usual_ratio", {"field": each.field}, each.usual
    yield "pages_last_day", {}, found.failing.pages
    yield "pages_failed_last_day", {}, found.failing.failed
    yield "looks_due", {}, found.looks.due
    yield "looks_late", {}, found.looks.late


def _line(sample: Sample) -> str:
    name, labels, value = sample
    pairs = ",".join(f'{label}="{_escaped(text)}"' for label, text in labels.items())
    return f"newscrawl_{name}{{{pairs}}} {float(value)!r}" if pairs else f"newscrawl_{name} {float(value)!r}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')


def _seconds(moment: str) -> float:
    return dt.datetime.fromisoformat(moment).timestamp()
