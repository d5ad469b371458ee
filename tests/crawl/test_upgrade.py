"""A newer newscrawl reads pages otherwise: its own change is never taken for one of the publisher."""

from __future__ import annotations

import attrs

from newscrawl.archive import Archive
from newscrawl.items import Article
from newscrawl.upkeep.rereading import read_again
from tests.crawl.conftest import SITE, Harvester, Scripted
from tests.crawl.test_manners import article
from tests.upkeep.conftest import blind

PATH = "/en/a/page"
REVISIONS = "SELECT headline, summary, cause FROM revisions ORDER BY revision"


def as_if_read_by_another(harvest: Harvester, *, gives_article: bool = True) -> None:
    """Make the archive what an earlier newscrawl would have left, which saw a summary where there is none."""
    with Archive.open(harvest.db) as archive:
        archive.conn.execute("UPDATE runs SET parser = '000000000000'")
        (snapshot,) = archive.snapshots.read([archive.conn.execute("SELECT max(id) FROM snapshots").fetchone()[0]])
        outcome = read_again(harvest.db.parent / "warc", snapshot)
        assert isinstance(outcome, Article)
        archive.conn.execute("PRAGMA foreign_keys = off")
        for table in ("articles", "revision_rows", "articles_fts_docsize", "fingerprints"):
            archive.conn.execute(f"DELETE FROM {table}")
        archive.conn.execute("INSERT INTO articles_fts (articles_fts) VALUES ('delete-all')")
        with archive.transaction():
            if gives_article:
                old = attrs.evolve(outcome, summary="Advertisement")
                archive.save(old, seen_at=snapshot.fetched_at, run_id=1, snapshot_id=snapshot.id)
            else:
                failure = blind(outcome)
                archive.fail(
                    failure.url, stage=failure.stage, error=failure.error, detail=failure.detail, run_id=1,
                    at=snapshot.fetched_at, snapshot_id=snapshot.id, site="report",
                )  # fmt: skip


def test_the_first_look_after_an_upgrade(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    app.say(PATH, article(1))
    harvest(urls=SITE + PATH)
    as_if_read_by_another(harvest)
    harvest(urls=SITE + PATH)
    assert harvest.rows(REVISIONS) == [
        {"headline": "Headline 1", "summary": "Advertisement", "cause": None},
        {"headline": "Headline 1", "summary": None, "cause": "parser"},
    ], "the page did not change, only the reading"
    assert harvest.value("SELECT changed_at FROM articles") is None


def test_an_edit_at_the_first_look_after_an_upgrade(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    app.say(PATH, article(1))
    harvest(urls=SITE + PATH)
    as_if_read_by_another(harvest)
    app.say(PATH, article(2))
    harvest(urls=SITE + PATH)
    assert harvest.rows(REVISIONS) == [
        {"headline": "Headline 1", "summary": "Advertisement", "cause": None},
        {"headline": "Headline 1", "summary": None, "cause": "parser"},
        {"headline": "Headline 2", "summary": None, "cause": None},
    ]
    assert harvest.value("SELECT changed_at FROM articles") is not None


def test_a_failure_is_tried_again_by_the_next_crawl(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    app.say(PATH, article(1))
    harvest(urls=SITE + PATH)
    as_if_read_by_another(harvest, gives_article=False)
    asked = app.asked.count(PATH)
    app.say("/en/a/other", article(3))
    assert harvest(urls=f"{SITE}/en/a/other").code == 0
    assert app.asked.count(PATH) == asked, "from the stored page, without a request"
    assert {row["url"] for row in harvest.rows("SELECT url FROM articles")} == {SITE + PATH, f"{SITE}/en/a/other"}
    assert harvest.value("SELECT resolved_run_id FROM failures") == 2
