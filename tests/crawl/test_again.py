"""A second crawl: what is known is left alone, what changed becomes a revision."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import attrs
import pytest

from newscrawl.replica.app import ReplicaApp
from tests.crawl.conftest import SITE, Harvester

BESIDES = ("articles_fts", "sqlite_", "runs", "snapshot", "warc_files", "url_rows", "urls", "walked", "site_health")
"""Tables that tell of the crawls themselves."""


def dump(db: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table and view, without `last_seen_at` and what tells of the crawls themselves."""
    connection = sqlite3.connect(db)
    found = {}
    try:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')").fetchall()
        for (table,) in names:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            kept = ", ".join(f'"{column}"' for column in columns if column != "last_seen_at")
            # The search index holds no text that could be read; its own tables may be tidied
            if not table.startswith(BESIDES):
                found[table] = sorted(connection.execute(f"SELECT {kept} FROM {table}"), key=repr)
    finally:
        connection.close()
    return found


def an_article(app: ReplicaApp) -> tuple[int, str]:
    """A recent story whose English page has tags: its number and that page's address."""
    replica = app.replica
    tagged = {record["url"] for record in replica.truth() if record["tags"] and record["outcome"] == "article"}
    for number in range(replica.total - 2, 0, -1):
        if replica.exists(number, "en") and (url := SITE + replica.article(number, "en").path) in tagged:
            return number, url
    raise AssertionError("the stand-in has no such story")


def test_an_unchanged_site_changes_nothing(site: tuple[ReplicaApp, Harvester]) -> None:
    app, harvest = site
    harvest()
    before, asked = dump(harvest.db), len(app.requests)
    again = harvest()
    assert again.code == 0, "nothing failed: what gave no article before is not asked for again"
    assert dump(harvest.db) == before
    second = [path for _, path, _ in list(app.requests)[asked:]]
    articles = {row["url"].removeprefix(SITE) for row in harvest.rows("SELECT url FROM articles")}
    assert articles, "the first crawl found something"
    assert not articles & set(second), "no article is downloaded again"
    assert len(second) <= 12, second
    assert harvest.rows("SELECT stored, changed, unchanged, failed, exit_code FROM runs WHERE id = 2") == [
        {"stored": 0, "changed": 0, "unchanged": 0, "failed": 0, "exit_code": 0}
    ]


def test_only_what_is_new_is_fetched(site: tuple[ReplicaApp, Harvester]) -> None:
    app, harvest = site
    harvest()
    known = harvest.value("SELECT count(*) FROM articles")
    app.replica = attrs.evolve(app.replica, later=5)
    fresh = {record["url"] for record in app.replica.truth() if record["outcome"] == "article"}
    asked = len(app.requests)
    harvest()
    added = {row["url"] for row in harvest.rows("SELECT url FROM articles WHERE id > ?", known)}
    assert added
    assert added == fresh - {row["url"] for row in harvest.rows("SELECT url FROM articles WHERE id <= ?", known)}
    again = [path for _, path, _ in list(app.requests)[asked:] if SITE + path in fresh - added]
    assert again == []


@pytest.mark.parametrize("edit", ["body", "headline", "tags"])
def test_an_edit_is_a_revision(site: tuple[ReplicaApp, Harvester], edit: str) -> None:
    app, harvest = site
    number, url = an_article(app)
    harvest(urls=url)
    app.replica = attrs.evolve(app.replica, edits={number: edit})
    assert harvest(urls=url).code == 0
    (truth,) = (record for record in app.replica.truth() if record["url"] == url)
    revisions = harvest.rows("SELECT revision, headline, body, tags FROM revisions ORDER BY revision")
    assert [row["revision"] for row in revisions] == [1, 2]
    assert (revisions[1]["headline"], revisions[1]["body"]) == (truth["headline"], truth["body"])
    assert revisions[0] | {"revision": 2} != revisions[1]
    assert harvest.rows("SELECT changed, stored FROM runs WHERE id = 2") == [{"changed": 1, "stored": 0}]

    app.replica = attrs.evolve(app.replica, edits={})
    harvest(urls=url)
    assert harvest.value("SELECT count(*) FROM revisions") == 3, "to go back is an edit too"
    texts = harvest.rows("SELECT headline, body, tags FROM revisions WHERE revision IN (1, 3) ORDER BY revision")
    assert texts[0] == texts[1]


@pytest.mark.parametrize("edit", ["whitespace", "outside"])
def test_an_edit_around_the_text_is_none(site: tuple[ReplicaApp, Harvester], edit: str) -> None:
    app, harvest = site
    number, url = an_article(app)
    harvest(urls=url)
    before = dump(harvest.db)
    app.replica = attrs.evolve(app.replica, edits={number: edit})
    harvest(urls=url)
    assert dump(harvest.db) == before
    assert harvest.rows("SELECT changed, unchanged FROM runs WHERE id = 2") == [{"changed": 0, "unchanged": 1}]


def test_after_a_bounded_crawl_the_rest_is_not_forgotten(site: tuple[ReplicaApp, Harvester]) -> None:
    """A limit leaves a gap below what is known: a later crawl must walk through it."""
    app, harvest = site
    harvest(limit="10")
    assert harvest.value("SELECT count(*) FROM articles") + harvest.value("SELECT count(*) FROM failures") == 10
    harvest()
    truth = {record["url"] for record in app.replica.truth() if record["outcome"] == "article"}
    assert {row["url"] for row in harvest.rows("SELECT url FROM articles")} == truth


def test_after_a_killed_crawl_the_rest_is_not_forgotten(site: tuple[ReplicaApp, Harvester]) -> None:
    app, harvest = site
    with harvest.start(settings={"DOWNLOAD_DELAY": "0.05", "CONCURRENT_REQUESTS_PER_DOMAIN": "1"}) as process:
        harvest.wait_for("SELECT count(*) >= 8 FROM articles")
        process.kill()
    assert harvest.value("PRAGMA integrity_check") == "ok"
    truth = {record["url"] for record in app.replica.truth() if record["outcome"] == "article"}
    assert harvest.value("SELECT count(*) FROM articles") < len(truth)
    harvest()
    assert {row["url"] for row in harvest.rows("SELECT url FROM articles")} == truth
    assert harvest.value("SELECT max(revision) FROM articles") == 1
