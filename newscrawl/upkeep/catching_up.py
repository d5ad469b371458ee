"""What a crawl reads from the disk: answers that earlier ones stored and did not live to read, or read otherwise.

A crawl can be killed between the moment at which an answer is on the disk and the one at which the archive has what it
says. It is read from the disk, with the time at which it came: nothing is asked for twice, be it a 304 or a 404.
"""

from __future__ import annotations

from pathlib import Path

from newscrawl.archive import Archive, Asked, Snapshot, is_read_differently, known_addresses
from newscrawl.items import Article
from newscrawl.parser import parser_state
from newscrawl.upkeep.answers import answer_of
from newscrawl.upkeep.indexing import index_file
from newscrawl.upkeep.rereading import read_again
from newscrawl.upkeep.storing import settle, store
from newscrawl.warc.names import files_of


def catch_up(archive: Archive, folder: Path, site: str, run_id: int) -> None:
    """Index and read what killed runs of `site` left, end their rows, and try failures again that another parser saw.

    `run_id` is the run that is about to begin. No other crawl of the archive may go on meanwhile.

    Raises:
        DiskFull, sqlite3.OperationalError: as `Archive.transaction`.
    """
    for killed, started_at in archive.unended_runs(site, before=run_id):
        names = files_of(folder, site, started_at, killed)
        for name in names:
            index_file(archive, folder, name, archive.snapshots.indexed_to(name))
        for snapshot in archive.snapshots.read(archive.snapshots.unread(names)):
            _settle(archive, folder, snapshot, killed)
        archive.end_killed_run(killed)
    for snapshot in archive.snapshots.read(archive.snapshots.outdated_failures(site, parser_state())):
        _settle(archive, folder, snapshot, run_id)


def _settle(archive: Archive, folder: Path, snapshot: Snapshot, run_id: int) -> None:
    answer = answer_of(folder, snapshot)
    if isinstance(answer.said, Article):
        read_former_page(archive, folder, answer.said, run_id)
    with archive.transaction():
        settle(archive, snapshot, answer, run_id, again=True)


def read_former_page(archive: Archive, folder: Path, article: Article, run_id: int) -> None:
    """Before an article is saved: bring the archived text up to today's page objects, if others read it.

    Without that, the first look after an upgrade would take newscrawl's own change for one of the publisher.

    Raises:
        DiskFull, sqlite3.OperationalError: as `Archive.transaction`.
    """
    if not is_read_differently(archive.conn, article, parser_state()):
        return
    addresses = known_addresses(archive.conn, article.url)
    pages = list(archive.snapshots.pages(Asked(urls=addresses)))
    earlier = pages[: pages.index(article.snapshot)] if article.snapshot in pages else pages
    for snapshot in archive.snapshots.read(earlier[-1:]):
        with archive.transaction():
            store(archive, snapshot, read_again(folder, snapshot), run_id, again=True)
