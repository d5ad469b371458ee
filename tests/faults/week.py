"""A harvester run from cron every quarter of an hour, while the site lives through some days."""

from __future__ import annotations

import datetime as dt
import os
import random
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import attrs

from newscrawl.replica.app import ReplicaApp
from newscrawl.replica.chronicle import Chronicle
from newscrawl.replica.languages import LANGUAGES
from newscrawl.replica.site import Replica
from tests.crawl.conftest import Harvester

QUARTER = 15 * 60
# The issue's own schedule, in seconds: younger than, how often. Not taken from the code that is tested
SCHEDULE = ((3 * 3600, QUARTER), (86_400, 3600), (7 * 86_400, 3 * 3600), (30 * 86_400, 3 * 86_400))


@attrs.define
class Turn:
    """One run of the harvester."""

    at: int
    code: int | None
    """None: killed."""
    is_out: bool
    """Whether the site answered nothing."""
    requests: int
    begins: float
    """Seconds from the start of the process to its first request."""
    seconds: float
    mebibytes: float

    @property
    def is_clean(self) -> bool:
        return self.code is not None and not self.is_out


@attrs.define
class Simulation:
    """The runs, and the site that they looked at."""

    chronicle: Chronicle
    app: ReplicaApp
    harvest: Harvester
    turns: list[Turn] = attrs.field(factory=list)

    def play(self, kills: int, seed: int) -> None:
        """Run every quarter of an hour to the end; `kills` of the runs are killed at some request."""
        steps = range(self.chronicle.begins_at + QUARTER, self.chronicle.ends_at, QUARTER)
        rng = random.Random(seed)
        up = [step for step in steps if not self.chronicle.is_out(step)]
        # A run that finds nothing new makes seven requests
        doomed = {step: rng.randrange(1, 6) for step in rng.sample(up[4:-4], kills)}
        for step in steps:
            self.chronicle.play(self.app, step)
            self.turns.append(self._turn(step, doomed.get(step)))

    def _turn(self, at: int, kill_after: int | None) -> Turn:
        moment = dt.datetime.fromtimestamp(at, dt.UTC).isoformat()
        harvest = attrs.evolve(self.harvest, program=("-m", "tests.clockwork", moment, "-m", "scrapy"))
        self.app.requests.clear()
        began = time.monotonic()
        process = harvest.start({"NEWSCRAWL_LOOKS": "2000"})
        first, peak = None, 0.0
        while True:
            peak = max(peak, mebibytes(process.pid))
            ended, status = os.waitpid(process.pid, os.WNOHANG)
            asked = len(self.app.requests)
            if asked and first is None:
                first = time.monotonic() - began
            if ended:
                break
            if kill_after is not None and asked >= kill_after:
                process.kill()
            time.sleep(0.005)
        process.returncode = code = os.waitstatus_to_exitcode(status)
        process.communicate()
        taken = time.monotonic() - began
        killed = code < 0
        return Turn(
            at, None if killed else code, self.chronicle.is_out(at), len(self.app.requests), first or taken, taken,
            peak,
        )  # fmt: skip


def mebibytes(pid: int) -> float:
    """The peak memory of a process until now; `getrusage` would count that of the process it was forked from."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM:")), 0.0)


@attrs.frozen
class Shown:
    """A state of an article that was to be seen."""

    number: int
    language: str
    edit: str | None
    at: int
    """A moment of it."""


def to_be_found(simulation: Simulation) -> Iterator[Shown]:
    """Every state of an article that lasted longer than one step: a quarter of an hour, or what the schedule says of
    articles of its age, by what clean runs could see.
    """
    chronicle = simulation.chronicle
    clean = [turn.at for turn in simulation.turns if turn.is_clean]
    for number in range(chronicle.total):
        published = chronicle.first.published(number)
        for state in chronicle.states(number):
            seen = [at for at in clean if at >= state.begins_at and (state.ends_at is None or at < state.ends_at)]
            if state.edit == "gone" or not seen:
                continue
            # Found at a first look whatever its age; an edit when its turn comes
            wait = 0 if state.begins_at == published else every(seen[0] - published) or 10**9
            if seen[-1] - seen[0] >= wait:
                edit = None if state.edit == "restore" else state.edit
                yield from (Shown(number, each, edit, seen[0]) for each in LANGUAGES)


def every(age: int) -> int | None:
    """How often an article of that age is looked at, in seconds."""
    return next((between for limit, between in SCHEDULE if age < limit), None)


def fewest_requests(simulation: Simulation) -> int:
    """What a harvester that knows all in advance would ask for: a listing per language (one page where the site is
    out), each article once, and each look that is due by the schedule.
    """
    replica = simulation.chronicle.at(simulation.chronicle.ends_at)
    turns = simulation.turns
    asked = sum(1 if turn.is_out else len(LANGUAGES) for turn in turns)
    moments = [turn.at for turn in turns if not turn.is_out]
    for number in range(replica.total):
        looks = looks_due(replica.published(number), moments)
        asked += looks * sum(replica.texts.exists(number, language) for language in LANGUAGES)
    return asked


def looks_due(published: int, moments: list[int]) -> int:
    """How many times an article is asked for: at first sight, and whenever as long has passed as its age demands."""
    last, looks = None, 0
    for moment in moments:
        between = every(moment - published)
        if moment < published or (last is not None and (between is None or moment - last < between)):
            continue
        last, looks = moment, looks + 1
    return looks


def figures(simulation: Simulation) -> str:
    """What it took, for a reader."""
    turns, least = simulation.turns, fewest_requests(simulation)
    asked = sum(turn.requests for turn in turns)
    lines = [f"{len(turns)} runs, {asked:,} requests, {asked / least:.2f} times the least possible ({least:,})"]
    day = 86_400 // QUARTER
    for n in range(0, len(turns), day):
        part = [turn for turn in turns[n : n + day] if turn.is_clean]
        lines.append(
            f"  day {n // day + 1}: {statistics.median(turn.mebibytes for turn in part):.0f} MiB, "
            f"{statistics.median(turn.begins for turn in part):.2f} s to the first request, "
            f"{sum(turn.requests for turn in part):,} requests, {sum(turn.seconds for turn in part):.0f} s"
        )
    return "\n".join(lines)


def simulation_of(replica: Replica, days: int, then_variant: int, app: ReplicaApp, db: Path, origin: str) -> Simulation:
    chronicle = Chronicle(replica, days=days, then_variant=then_variant)
    app.replica = chronicle.at(chronicle.begins_at)
    return Simulation(chronicle, app, Harvester(db, origin))
