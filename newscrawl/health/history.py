"""The runs of a site, as far as they tell how it usually goes."""

from __future__ import annotations

import datetime as dt
import statistics
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import attrs

from newscrawl.archive import Archive
from newscrawl.archive.health import HealthFacts, RunSeen
from newscrawl.health.bands import seconds_between
from newscrawl.health.values import Runs
from newscrawl.site import Site

SAW = ("finished", "incomplete")
"""How runs end that went their whole way."""
LATEST = 200
"""Runs that are looked at for how the last ones went."""
ENOUGH_GAPS = 5
DAY = dt.timedelta(days=1)


@attrs.define(eq=False)
class History:
    """The runs of one site until one time; what was asked once is remembered."""

    archive: Archive
    site: Site
    now: str
    """UTC."""
    ending: Mapping[str, Mapping[str, Any]] | None = None
    """What the last run counts by language, where it is about to end and its row does not say so yet."""
    facts: HealthFacts = attrs.field(init=False)
    latest: list[RunSeen] = attrs.field(init=False)
    """The last runs, the last one first."""
    last: RunSeen | None = attrs.field(init=False)
    """The last run that was asked for all that is new and went its whole way."""
    _asked: dict[tuple[str, str], list[RunSeen]] = attrs.field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        self.facts = HealthFacts(self.archive.conn)
        self.latest = self.facts.last_runs(self.site.name, LATEST)
        if self.ending is not None and self.latest:
            self.latest[0] = attrs.evolve(self.latest[0], by_language=self.ending, finish_reason=SAW[0])
        self.last = next((run for run in self.latest if run.whole and run.finish_reason in SAW), None)

    @property
    def is_partial(self) -> bool:
        """Whether the run that is about to end was asked for a part only."""
        return self.ending is not None and bool(self.latest) and not self.latest[0].whole

    def whole_runs(self, since: str, until: str) -> list[RunSeen]:
        """Runs that were asked for all that is new and said what they counted, begun in [since, until), last first."""
        if (since, until) not in self._asked:
            found = list(self.facts.whole_runs(self.site.name, since, until))
            if self.ending is not None and self.last is not None and self.last is self.latest[0]:
                found = [self.last, *found] if since <= self.last.started_at < until else found
            self._asked[since, until] = found
        return self._asked[since, until]

    def runs(self) -> Runs:
        """The crawls as such."""
        last = next((run for run in self.latest if run.ended_at), None)
        starts = [run.started_at for run in self.latest if run.whole]
        not_before = self.archive.not_before(self.site.name)
        gaps = [seconds_between(earlier, later) for later, earlier in pairwise(starts)]
        return Runs(
            last=last,
            running=self.latest[0] if self.latest and self.latest[0] is not last else None,
            interval=round(statistics.median(gaps)) if len(gaps) >= ENOUGH_GAPS else None,
            idle=seconds_between(self.latest[0].started_at, self.now) if self.latest else None,
            not_before=not_before if not_before and not_before > self.now else None,
        )
