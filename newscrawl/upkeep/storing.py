"""What a stored page gave goes into the archive."""

from __future__ import annotations

from newscrawl.archive import Archive, Snapshot
from newscrawl.items import Article, Failure
from newscrawl.parser import parser_state
from newscrawl.upkeep.rereading import Outcome
from newscrawl.warc.names import site_of


def store(archive: Archive, snapshot: Snapshot, outcome: Outcome, run_id: int | None, *, again: bool) -> str:
    """What became of it: `new`, `changed`, `unchanged`, `failed`, `unreadable`. Part of the caller's transaction.

    `again` as in `Archive.save`: later pages may have been read already, and what is known is not written once more.
    """
    if isinstance(outcome, Article):
        return archive.save(
            outcome, seen_at=snapshot.fetched_at, run_id=run_id, snapshot_id=snapshot.id, again=again
        ).outcome
    if not isinstance(outcome, Failure):
        return "unreadable"
    if not again or archive.is_news(outcome, parser=parser_state()):
        archive.fail(
            outcome.url,
            stage=outcome.stage,
            error=outcome.error,
            detail=outcome.detail,
            run_id=run_id,
            at=snapshot.fetched_at,
            snapshot_id=snapshot.id,
            site=site_of(snapshot.place.file),
        )
    return "failed"
