"""Whether the harvest of a site goes as it usually does, by the archive's own runs. Nothing here asks the network.

- `health_of`: all of it. `doubts`: what a crawl asks at its end. `changed`: whether the state is a new one.
- `history` (the runs), `counting` (what they counted), `present` (what the articles tell), `disk`: measured values.
- `bands`, `rules`: what is far from usual, in words; pure functions. `values`: what all of it is told in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from newscrawl.archive import Archive
from newscrawl.archive.health import HealthState
from newscrawl.health import counting, present, rules
from newscrawl.health.disk import disk_of
from newscrawl.health.history import History
from newscrawl.health.values import Coverage, Disk, Health, InLanguage, Reason
from newscrawl.site import Site

__all__ = ["Disk", "Health", "HealthState", "Reason", "changed", "disk_of", "doubts", "health_of"]


def health_of(archive: Archive, site: Site, now: str, *, disk: Disk | None = None) -> Health:
    """The health of a site at `now` (UTC); `disk`, from `disk_of`, is the same for all sites of an archive."""
    history = History(archive, site, now)
    runs, overall = history.runs(), counting.coverage(history, None)
    languages = tuple(_measured(history, language) for language in site.languages)
    findings = [*rules.of_runs(runs, site)]
    for each in languages:
        findings += rules.of_volume(each.language, each.volume, site)
        findings += rules.of_language(each, site)
    findings += _of_coverage({each.language: each.coverage for each in languages}, overall)
    findings += rules.of_disk(disk) if disk else ()
    return Health(
        site=site.name, at=now, runs=runs, languages=languages, failures=history.facts.open_failures(site.name),
        coverage=overall, disk=disk, findings=tuple(findings),
    )  # fmt: skip


def doubts(
    archive: Archive, site: Site, now: str, *, ending: Mapping[str, Mapping[str, Any]] | None = None
) -> list[str]:
    """The reasons to call a site degraded that concern the volume of new articles and the coverage of fields.

    `ending` is what the last run counted by language, if it is about to end and its row does not say so yet. One that
    was asked for a part says nothing of the volume.
    """
    history = History(archive, site, now, ending)
    found: list[Reason] = []
    for language in () if history.is_partial else site.languages:
        found += rules.of_volume(language, counting.volume(history, language), site)
    by_language = {language: counting.coverage(history, language) for language in site.languages}
    found += _of_coverage(by_language, counting.coverage(history, None))
    return [each.text for each in found]


def changed(archive: Archive, site: Site, health: Health, now: str) -> HealthState | None:
    """Remember how a site is at `now` (UTC): the state in which it was before, if that was another one, else None.

    A site that was never judged was fine.
    """
    with archive.transaction():
        former = archive.health_state(site.name) or HealthState(state="fine", reasons=(), since_at=now)
        archive.keep_health_state(site.name, health.state, health.reasons, now)
    return former if former.state != health.state else None


def _measured(history: History, language: str) -> InLanguage:
    return InLanguage(
        language=language,
        volume=counting.volume(history, language),
        coverage=counting.coverage(history, language),
        newest=present.newest(history, language),
        silent=tuple(present.silent(history, language)),
        failing=counting.failing(history, language),
        looks=present.looks(history, language),
        back_fills=tuple(present.back_fills(history, language)),
        waiting=history.facts.waiting(history.site.name, history.now).get(language, 0),
    )


def _of_coverage(by_language: Mapping[str, tuple[Coverage, ...]], overall: tuple[Coverage, ...]) -> Iterator[Reason]:
    """By language where that is known; over all of them what no language shows."""
    told = set()
    for language, found in by_language.items():
        for each in found:
            for reason in rules.of_coverage(language, each):
                told.add(each.field)
                yield reason
    for each in overall:
        if each.field not in told:
            yield from rules.of_coverage(None, each)
