"""`newscrawl reparse`: today's page objects over stored pages, without a request."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

import attrs

from newscrawl.archive import Archive, Asked, RunEnd, Snapshot, compare
from newscrawl.archive.exporting import zones
from newscrawl.items import Article, Failure
from newscrawl.parser import parser_state
from newscrawl.run import Run
from newscrawl.sites import SITES
from newscrawl.times import utc_now
from newscrawl.upkeep.rereading import Outcome, Steps, Unreadable, read_all_again, silent
from newscrawl.upkeep.storing import store

COMMAND = "reparse"
"""`runs.command` of a re-reading that changed something."""
_BATCH = 200
"""Pages in one transaction."""
_SAMPLES = 3
_EXAMPLES = 20


class _NothingChanged(Exception):
    """Takes a transaction back that wrote nothing but the row of its run."""


@attrs.define
class Reparsed:
    """What a re-reading did."""

    counts: Counter[str] = attrs.field(factory=Counter)
    """`new`, `changed` (further revisions), `unchanged`, `failed`, `unreadable`."""
    unreadable: list[Unreadable] = attrs.field(factory=list)
    """The first of them."""
    run_id: int | None = None
    """The run that stands for it; None where nothing changed."""


@attrs.frozen
class Sample:
    """One article whose field would change."""

    url: str
    before: str
    after: str


@attrs.define
class Preview:
    """What a re-reading would do."""

    counts: Counter[str] = attrs.field(factory=Counter)
    """As `Reparsed.counts`, but `new` and `changed` once for each article: what would differ in the end."""
    fields: Counter[str] = attrs.field(factory=Counter)
    """Field to the number of articles in which it would change."""
    samples: dict[str, list[Sample]] = attrs.field(factory=dict)
    failures: list[Failure] = attrs.field(factory=list)
    """The first pages that would give no article any more, or in another way."""
    unreadable: list[Unreadable] = attrs.field(factory=list)


def reparse(
    archive: Archive, folder: Path, asked: Asked, *, jobs: int | None = None, steps: Steps = silent
) -> Reparsed:
    """Read the stored pages that are asked for once more, in the order in which they came.

    With the page objects that read them before, no row changes. A page that cannot be read back or gives no article is
    recorded and passed over.

    Raises:
        ReadOnlyArchive, DiskFull, sqlite3.OperationalError: as `Archive.transaction`.
    """
    for name in zones(archive):
        # An article that is read at last is due for looks as its site has them
        if site := SITES.get(name):
            archive.add_site(site)
    ids = archive.snapshots.pages(asked)
    outcomes = read_all_again(folder, archive.snapshots.read(ids), len(ids), jobs)
    arguments = {name: value for name, value in attrs.asdict(asked).items() if value}
    done = Reparsed()
    tick = steps("reading pages", len(ids))
    while batch := list(islice(outcomes, _BATCH)):
        _store(archive, batch, arguments, done)
        for _ in batch:
            tick()
    if done.run_id is not None:
        archive.end_run(done.run_id, _end(done, "finished", exit_code=0))
        archive.optimize()
    return done


def _store(
    archive: Archive, batch: Iterable[tuple[Snapshot, Outcome]], arguments: dict[str, object], done: Reparsed
) -> None:
    try:
        with archive.transaction():
            run_id = done.run_id if done.run_id is not None else _begin(archive, arguments)
            changes = archive.conn.total_changes
            for snapshot, outcome in batch:
                done.counts[store(archive, snapshot, outcome, run_id, again=True)] += 1
                if isinstance(outcome, Unreadable) and len(done.unreadable) < _EXAMPLES:
                    done.unreadable.append(outcome)
            if archive.conn.total_changes == changes:
                raise _NothingChanged
            # True of what is written, should no further batch and no end come
            archive.end_run(run_id, _end(done, "crashed", exit_code=1))
            done.run_id = run_id
    except _NothingChanged:
        pass


def _end(done: Reparsed, reason: str, *, exit_code: int) -> RunEnd:
    counts = {"stored": done.counts["new"], **{name: done.counts[name] for name in ("changed", "unchanged", "failed")}}
    return RunEnd(at=utc_now(), finish_reason=reason, exit_code=exit_code, counts=counts)


def _begin(archive: Archive, arguments: dict[str, object]) -> int:
    run = Run(spider=COMMAND, arguments=arguments, started_at=utc_now(), parser=parser_state())
    return archive.start_run(
        run.spider, run.arguments, run.versions, run.started_at, command=COMMAND, parser=run.parser
    )


def preview(archive: Archive, folder: Path, asked: Asked, *, jobs: int | None = None, steps: Steps = silent) -> Preview:
    """What `reparse` would change. The archive may be open read-only.

    The pages are read from the latest to the earliest: the first one that gives an article decides what becomes of it.
    """
    ids = archive.snapshots.pages(asked)[::-1]
    found = Preview()
    decided: set[int | str] = set()
    tick = steps("reading pages", len(ids))
    for snapshot, outcome in read_all_again(folder, archive.snapshots.read(ids), len(ids), jobs):
        if isinstance(outcome, Article):
            found.counts[_compare(archive, snapshot, outcome, found, decided)] += 1
        else:
            found.counts[_note(archive, outcome, found)] += 1
        tick()
    return found


def _note(archive: Archive, outcome: Failure | Unreadable, found: Preview) -> str:
    if isinstance(outcome, Unreadable):
        found.unreadable += [outcome][: _EXAMPLES - len(found.unreadable)]
        return "unreadable"
    if archive.is_news(outcome, parser=parser_state()):
        found.failures += [outcome][: _EXAMPLES - len(found.failures)]
    return "failed"


def _compare(archive: Archive, snapshot: Snapshot, article: Article, found: Preview, decided: set[int | str]) -> str:
    compared = compare(archive.conn, article, snapshot)
    what = compared.article_id if compared else article.url
    if what in decided:
        return "unchanged"
    if compared is None or compared.decides:
        decided.add(what)
    if compared is None:
        return "new"
    for field, (before, after) in compared.differences.items():
        found.fields[field] += 1
        samples = found.samples.setdefault(field, [])
        if len(samples) < _SAMPLES:
            samples.append(Sample(article.url, before, after))
    return "changed" if compared.differences else "unchanged"
