"""The archive of the benchmarks is one that `Archive.save` could have made."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from benchmarks import million
from benchmarks.browsing.choices import Choices
from benchmarks.browsing.pages import complaint, pages, unasked
from benchmarks.browsing.served import serving
from benchmarks.million.articles import states, utc
from newscrawl.archive import Archive
from newscrawl.archive.checking import prepare
from newscrawl.replica.languages import LANGUAGES
from newscrawl.sites.report_az import REPORT
from newscrawl.upkeep.check_database import check_database
from newscrawl.upkeep.findings import Findings
from newscrawl.upkeep.rereading import silent

UNTIL = 1_773_748_800
"""2026-03-17T12:00:00Z."""
COUNT = 300
QUESTIONS = {
    "articles": """
        SELECT a.id, a.site, url, site_article_id, language, section, section_slug, headline, published_at,
            published_day, published_text, modified_at, image_url, short_url, word_count, content_sha256, story_id,
            duplicate_of, flags, parser, sources, first_seen_at, changed_at, revision, summary, body
        FROM articles a LEFT JOIN source_sets s ON s.id = a.source_set_id ORDER BY a.id""",
    "revisions": """
        SELECT article_id, revision, seen_at, run_id, snapshot_id, modified_at, cause, headline, summary, body, section,
            published_at, tags, content_sha256 FROM revision_rows ORDER BY 1, 2""",
    "tags": "SELECT article_id, position, tag FROM article_tags JOIN tags t ON t.id = tag_id ORDER BY 1, 2",
    "authors": "SELECT article_id, position, author FROM article_authors JOIN authors ON id = author_id ORDER BY 1, 2",
    "images": "SELECT * FROM image_rows ORDER BY 1, 2",
    "alternates": "SELECT * FROM alternate_rows ORDER BY 1, 2",
    "aliases": "SELECT * FROM url_aliases ORDER BY 1",
    "stories": "SELECT * FROM stories ORDER BY 1",
    "fingerprints": "SELECT * FROM fingerprints ORDER BY 1, 2, 3",
    "failures": "SELECT url, resolved_at, resolved_run_id FROM failures WHERE resolved_at IS NOT NULL ORDER BY 1",
    # Of older ones the pages came again until they were looked at no more
    "looks": "SELECT url, language, section, published_at, article_id, first_seen_at FROM url_rows "
    "WHERE kind = 'article' AND article_id IS NOT NULL AND published_at > '2026-02-20' ORDER BY 1",
}


@pytest.fixture(scope="module")
def bulk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("million") / "bulk.db"
    million.build(path, COUNT, UNTIL)
    return path


@pytest.fixture(scope="module")
def saved(bulk: Path) -> Path:
    """The same articles, one page after the other through `Archive.save`."""
    path = bulk.with_name("saved.db")
    with Archive.open(path) as archive:
        archive.add_site(REPORT)
        # What the states point to
        archive.conn.execute("ATTACH ? AS bulk", (str(bulk),))
        for table in ("runs", "warc_files", "snapshot_types", "snapshot_rows"):
            archive.conn.execute(f"INSERT INTO {table} SELECT * FROM bulk.{table}")
        archive.conn.execute("INSERT INTO failures SELECT * FROM bulk.failures")
        archive.conn.execute("UPDATE failures SET resolved_at = NULL, resolved_run_id = NULL")
        _save_all(archive)
    return path


def _save_all(archive: Archive) -> None:
    asked = million.plan(COUNT, UNTIL)
    replica = asked.replica
    histories = [
        found for number in range(asked.first, asked.stories) for language in LANGUAGES
        if replica.exists(number, language) and (found := states(replica, number, language, UNTIL))
    ]  # fmt: skip
    # As they would come: what is published, then what is changed
    for turn in range(4):
        for state in (found[turn] for found in histories if len(found) > turn):
            run_id, snapshot_id = archive.conn.execute(
                "SELECT run_id, id FROM snapshot_rows WHERE url = ? AND fetched_at = ?",
                (state.article.url, utc(state.seen)),
            ).fetchone()
            if state.cause:
                (run_id,) = archive.conn.execute("SELECT id FROM runs WHERE command = 'reparse'").fetchone()
            archive.save(
                state.article, seen_at=utc(state.seen), run_id=run_id, snapshot_id=snapshot_id, again=bool(state.cause)
            )


def _ask(path: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as conn:
        return conn.execute(sql).fetchall()


@pytest.mark.parametrize("what", QUESTIONS)
def test_rows_are_those_that_save_writes(bulk: Path, saved: Path, what: str) -> None:
    found = _ask(bulk, QUESTIONS[what])
    assert found
    assert found == _ask(saved, QUESTIONS[what])


def test_it_is_a_sound_archive(bulk: Path) -> None:
    found = Findings()
    with Archive.open(bulk, create=False, read_only=True) as archive:
        prepare(archive)
        check_database(archive, found, silent)
    assert found.all() == ()


def test_it_holds_what_was_asked_for(bulk: Path) -> None:
    (count,) = _ask(bulk, "SELECT count(*) FROM articles")[0]
    # The last of them may not have been seen yet
    assert COUNT - 10 <= count <= COUNT + 2
    assert {language for (language,) in _ask(bulk, "SELECT language FROM articles")} == {"az", "ru", "en"}
    assert {cause for (cause,) in _ask(bulk, "SELECT cause FROM revision_rows")} == {None, "parser"}
    (newest,) = _ask(bulk, "SELECT max(last_seen_at) FROM articles")[0]
    assert "2026-03-17T11:00:00Z" < newest <= utc(UNTIL)


def test_runs_tell_what_they_brought(bulk: Path) -> None:
    (stored,) = _ask(bulk, "SELECT sum(stored) FROM runs")[0]
    assert (stored,) == _ask(bulk, "SELECT count(*) FROM articles")[0]
    languages = _ask(bulk, "SELECT sum(json_extract(by_language, '$.az.stored')) FROM runs")[0]
    assert languages == _ask(bulk, "SELECT count(*) FROM articles WHERE language = 'az'")[0]
    assert _ask(bulk, "SELECT count(*) FROM snapshot_rows WHERE status = 304 AND revisit_of IS NULL") == [(0,)]


def test_the_bench_asks_for_every_page_and_each_is_there(bulk: Path) -> None:
    choices = Choices(bulk)
    with serving(bulk) as served:
        asked = pages(served.client, choices.db)
        answers = {page.name: complaint(served.client.get(f"/bulk/{page.path(choices)}".rstrip("/"))) for page in asked}
    assert {name: wrong for name, wrong in answers.items() if wrong} == {}
    assert unasked(asked, choices) == []
