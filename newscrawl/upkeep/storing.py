"""What a stored answer gave goes into the archive."""

from __future__ import annotations

from newscrawl.archive import Archive, Snapshot
from newscrawl.items import Article, Failure, Link, Missing, Unmodified
from newscrawl.parser import parser_state
from newscrawl.sites import SITES
from newscrawl.upkeep.answers import Answer
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


def settle(archive: Archive, snapshot: Snapshot, answer: Answer, run_id: int | None, *, again: bool) -> str | None:
    """As `store`, and `not modified` or `missing`; None for a redirect. Part of the caller's transaction.

    In the order in which the answers came all of it becomes what it was after the crawls: also when an address is due
    again, and with which validators.
    """
    said, exchange = answer.said, answer.exchange
    if exchange is None:
        return "unreadable"
    if not isinstance(said, Article):
        _meet(archive, snapshot, exchange.requested_url or exchange.url)
        archive.snapshots.answered(exchange)
    became = _settle(archive, snapshot, said, run_id, again=again)
    if became != "failed":
        # What an article has in the frontier comes with it
        archive.snapshots.answered(exchange)
    return became


def _settle(
    archive: Archive, snapshot: Snapshot, said: Outcome | Unmodified | Missing | None, run_id: int | None, *,
    again: bool,
) -> str | None:  # fmt: skip
    if said is None:
        return None
    if isinstance(said, Unmodified):
        archive.unmodified(said.url, at=said.fetched_at, run_id=run_id)
        return "not modified"
    if isinstance(said, Missing):
        if archive.missed(said.url, at=said.fetched_at, status=said.status):
            return "missing"
        return store(archive, snapshot, said.otherwise, run_id, again=again)
    return store(archive, snapshot, said, run_id, again=again)


def _meet(archive: Archive, snapshot: Snapshot, url: str) -> None:
    """An address that may have given no article yet is known from now on."""
    name = site_of(snapshot.place.file)
    site = SITES.get(name)
    link = Link(url=url, language=site.language_of(url) if site else None)
    archive.frontier.meet([link], site=name, now=snapshot.fetched_at, reason="a stored answer")
