"""Datasette's own pages of an archive: every table and column has words, lists can be narrowed, nothing is too slow."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from newscrawl.archive import Archive, publishing
from newscrawl.browse import metadata, tables
from tests.browse.conftest import HEADLINE, Reading, words

KEPT_FOR_ITSELF = {
    "_sqlite_migrations", "absences", "alternate_rows", "articles_fts", "fingerprints", "health_states", "image_rows",
    "revision_rows", "snapshot_rows", "snapshot_types", "source_sets", "url_rows", "walked", "wanted", "warc_files",
}  # fmt: skip
RELATIONS = "SELECT name, type FROM sqlite_master WHERE type <> 'index' AND name NOT GLOB 'sqlite_*'"


def schema(path: Path) -> dict[str, list[str]]:
    """The columns of every table and view, but for what SQLite keeps for itself."""
    conn = sqlite3.connect(path)
    try:
        names = [name for name, _ in conn.execute(RELATIONS) if not name.startswith("articles_fts_")]
        return {name: [row[1] for row in conn.execute(f"PRAGMA table_info([{name}])")] for name in names}
    finally:
        conn.close()


def described(reading: Reading) -> dict[str, Any]:
    found: dict[str, Any] = reading.get("/-/metadata.json").json()["databases"]["news"]
    return found


@pytest.fixture(scope="module")
def published(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy for publishing."""
    folder = tmp_path_factory.mktemp("published")
    with Archive.open(filled, read_only=True) as archive:
        publishing.publish(archive, folder / "news.db", folder / "scratch.db", [])
    return folder / "news.db"


def test_every_table_and_column_is_described(reading: Reading, filled: Path) -> None:
    found = described(reading)["tables"]
    assert {name: list(table["columns"]) for name, table in found.items()} == schema(filled)
    for name, table in found.items():
        assert table["description"].endswith("."), name
        assert all(text and not text.endswith(".") for text in table["columns"].values()), name


def test_a_copy_describes_what_it_has(published: Path) -> None:
    found = described(Reading(published))["tables"]
    assert found.keys() == schema(published).keys()
    assert "runs" not in found


def test_what_the_program_keeps_for_itself_is_not_listed(reading: Reading, filled: Path) -> None:
    listed = words(reading.page("/news")).partition("Tables All")[2]
    everything = words(reading.page("/news?_show_hidden=1"))
    for name in schema(filled):
        shown = re.search(rf"(?<!\w){name} (\d|more|view)", listed)
        assert bool(shown) == (name not in KEPT_FOR_ITSELF), name
        assert re.search(rf"(?<!\w){name} (\d|more|view)", everything), name


def test_lists_come_first_each_with_words_and_a_feed_where_there_is_one(reading: Reading) -> None:
    html = reading.page("/news")
    text = words(html)
    assert text.index("Latest articles") < text.index("Edited articles") < text.index("Pages without an article")
    assert text.index("Pages without an article") < text.index("Tables All")
    assert "Articles that the site took away or moved" in text
    assert 'href="/news/latest.atom"' in html
    assert 'href="/news/today.atom"' not in html
    assert 'href="/news/-/feeds"' in html


def test_a_users_own_metadata_wins(filled: Path) -> None:
    own = {"databases": {"news": {
        "title": "Baku News", "tables": {"tags": {"description": "My words", "columns": {"id": "Mine"}}},
        "queries": {"latest": {"title": "Fresh"}, "mine": {"sql": "SELECT 7 AS seven", "title": "Of my own"}},
    }}}  # fmt: skip
    reading = Reading(filled, metadata=own)
    for _ in range(2):
        found = described(reading)
        assert found["tables"]["tags"]["description"] == "My words"
        assert found["tables"]["tags"]["columns"]["tag"] == "The tag as printed"
        page = words(reading.page("/news"))
        assert "Fresh" in page
        assert "More lists Of my own" in page
        assert "Latest articles" not in page
    assert words(reading.page("/news/latest")).count("Fresh")
    assert "7" in words(reading.page("/news/mine"))
    elsewhere = described(Reading(filled))["tables"]["tags"]
    assert (elsewhere["description"] == "My words", elsewhere["columns"]["id"] == "Mine") == (False, False)


def test_on_the_database_of_another_program_nothing_is_said(foreign: Path) -> None:
    reading = Reading(foreign)
    assert reading.get("/-/metadata.json").json().get("databases", {}) == {}
    assert reading.get("/news/latest").status_code == reading.get("/news/-/feeds").status_code == 404
    page = reading.page("/news/articles")
    assert "newscrawl" not in page
    assert "Custom SQL query" in reading.page("/news")
    for table in (*tables.UNCOUNTED, "departures"):
        assert reading.get(f"/news/{table}").status_code == 404


@pytest.mark.parametrize("table", [*tables.UNCOUNTED, "articles"])
def test_tables_of_another_program_are_as_datasette_shows_them(tmp_path: Path, table: str) -> None:
    path = tmp_path / "other.db"
    conn = sqlite3.connect(path)
    conn.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, url TEXT)")
    conn.execute(f"INSERT INTO {table} VALUES (1, 'https://example.org/')")
    conn.commit()
    conn.close()
    page = Reading(path).page(f"/other/{table}?_search=x")
    assert "1 row" in words(page)
    assert '<a href="https://example.org/">' in page


def test_rows_of_tables_are_counted_where_that_is_quick(filled: Path) -> None:
    counts = Reading(filled).get("/news.json").json()["tables"]
    found = {table["name"]: table["count"] for table in counts}
    assert (found["articles"], found["failures"], found["tags"]) == (6, 1, 3)


def test_a_large_table_is_not_counted(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Archive.open(path) as archive, archive.transaction():
        archive.conn.executemany("INSERT INTO tags (tag) VALUES (?)", [(f"tag {n}",) for n in range(10_001)])
    reading = Reading(path)
    counts = {table["name"]: table["count"] for table in reading.get("/news.json").json()["tables"]}
    assert (counts["tags"], counts["authors"]) == (None, 0)
    assert "tags more than 10,000 rows" in words(reading.page("/news"))
    assert reading.get("/news/tags.json").json()["filtered_table_rows_count"] == 10_001


@pytest.mark.parametrize("view", tables.UNCOUNTED)
def test_views_are_counted_only_for_whoever_asks(reading: Reading, view: str) -> None:
    assert reading.get(f"/news/{view}.json").json()["filtered_table_rows_count"] is None
    assert reading.get(f"/news/{view}.json?_nocount=").json()["filtered_table_rows_count"] is not None
    assert reading.get(f"/news/{view}.csv").status_code == 200


def test_a_row_says_what_points_to_it(reading: Reading) -> None:
    page = words(reading.page("/news/tags/1"))
    assert "Rows that point here" in page
    assert "of article_tags by tag_id" in page
    assert "Rows that point here" not in words(reading.page("/news/runs/1")), "no index leads there"
    assert "The exit code; 0 is fine" in words(reading.page("/news/runs/1"))


def test_the_table_of_articles_shows_what_fits(reading: Reading) -> None:
    page = reading.page("/news/articles")
    assert re.findall(r'data-column="(\w+)"', page.partition("<tbody>")[0])[-8:] == [
        "id", "site", "language", "section", "headline", "published_at", "word_count", "revision",
    ]  # fmt: skip
    assert f'href="/news/articles/1"><span lang="az" dir="auto">{HEADLINE["az"]}</span>' in page
    assert '<time datetime="2026-03-17T07:00:00Z"' in page
    assert "stansiyası açılıb. Nazir" not in page
    everything = reading.page("/news/articles?_columns=all")
    assert 'data-column="body"' in everything
    assert "Nazir bildirib" in everything


@pytest.mark.parametrize("many", [False, True], ids=["few", "many"])
def test_facets_are_counted_while_that_is_quick(filled: Path, monkeypatch: pytest.MonkeyPatch, many: bool) -> None:
    if many:
        monkeypatch.setattr(metadata, "FACETED", 5)
    found = Reading(filled).get("/news/articles.json").json()["facet_results"]
    assert list(found) == ([] if many else ["language", "section", "published_day"])
    if not many:
        days = {each["value"]: each["count"] for each in found["published_day"]["results"]}
        assert days == {"2026-03-17": 3, "2026-03-16": 1, "2026-03-15": 1}, "days of the site"


def test_facets_stand_on_indexes(empty: Path) -> None:
    conn = sqlite3.connect(empty)
    for column in metadata.FACETS:
        plan = [
            row[3] for row in conn.execute(f"EXPLAIN QUERY PLAN SELECT {column}, count(*) FROM articles GROUP BY 1")
        ]
        assert "COVERING INDEX" in plan[0], column
        assert len(plan) == 1, column
    conn.close()


def test_what_can_be_sorted_has_an_index(reading: Reading, empty: Path) -> None:
    conn = sqlite3.connect(empty)
    for column in described(reading)["tables"]["articles"]["sortable_columns"]:
        plan = [row[3] for row in conn.execute(f"EXPLAIN QUERY PLAN SELECT * FROM articles ORDER BY {column} LIMIT 9")]
        assert not any("TEMP B-TREE" in step for step in plan), column
    conn.close()


@pytest.mark.parametrize("broad", [False, True], ids=["few hits", "many hits"])
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("articles?_search=baki", [1, 6]),
        ("articles?_search=baki&language=az", [1, 6]),
        ("articles?_search=baki&language=ru", []),
        ("articles?_search_headline=BAKI", [1]),
        ("articles?_search=budget+OR+baki*&_searchmode=raw", [1, 4, 6]),
        ("articles?_search=", [1, 2, 3, 4, 5, 6]),
    ],
)
def test_the_search_box_of_a_table(
    filled: Path, monkeypatch: pytest.MonkeyPatch, asked: str, found: list[int], broad: bool
) -> None:
    if broad:
        monkeypatch.setattr("newscrawl.archive.tables.BROAD", 0)
    answer = Reading(filled).get("/news/" + asked.replace("?", ".json?") + "&_shape=array")
    assert sorted(row["id"] for row in answer.json()) == found
    told = Reading(filled).get("/news/" + asked.replace("?", ".json?")).json()
    is_counted = not broad or "raw" in asked or "_headline" in asked or asked.endswith("=")
    assert told["filtered_table_rows_count"] == (len(found) if is_counted else None)
    assert ("+id IN" in told["query"]["sql"]) == (not is_counted), "in the order of the page, not hit by hit"


def test_in_answers_to_sql_only_what_is_surely_an_article_is_a_link(reading: Reading) -> None:
    page = reading.page("/news?sql=select+id,+headline+from+revisions")
    assert HEADLINE["az"] in page
    assert "/news/articles/" not in page
    page = reading.page("/news?sql=select+article_id,+headline,+published_at+as+x_at,+section+from+revisions")
    assert f'<a href="/news/articles/1">{HEADLINE["az"]}</a>' in page
    assert '<a href="/news/articles/1">1</a>' in page
    assert '<time datetime="2026-03-17T07:00:00Z"' in page


def test_edits_lead_to_what_changed_and_states_to_the_page_they_were_read_from(reading: Reading) -> None:
    assert '<a href="/news/-/diff/4?from=1&amp;to=2">headline, text</a>' in reading.page("/news/edited")
    assert '<a href="/news/-/diff/4?from=2&amp;to=3">headline, text</a>' in reading.page("/news/edits")
    assert '<a href="/news/-/page/12">12</a>' in reading.page("/news?sql=select+12+as+snapshot_id")


def test_a_question_that_is_wrong_says_so(reading: Reading) -> None:
    answer = reading.get("/news?sql=select+nonsense+from+articles")
    assert answer.status_code == 400
    assert "no such column: nonsense" in words(answer.text)
    assert 'role="alert"' in answer.text
    assert "select nonsense from articles" in words(answer.text)


def test_a_question_with_parameters_asks_for_them(reading: Reading) -> None:
    page = reading.page("/news?sql=select+headline+from+articles+where+id=:number&number=1")
    assert re.search(r'<label for="(qp1)">number</label><input id="qp1" name="number" value="1">', page)
    assert HEADLINE["az"] in page


def test_a_copy_has_the_lists_that_it_can_answer(published: Path) -> None:
    reading = Reading(published)
    page = words(reading.page("/news"))
    assert "Silent edits" in page
    assert "Gone from the site" in page
    assert "The harvest" not in page
    assert "site_health" not in page
    for name in described(reading)["queries"]:
        assert reading.page(f"/news/{name}")
    for name in ("health", "failed", "runs", "departures", "departures.atom"):
        assert reading.get(f"/news/{name}").status_code == 404
    assert "Снесён дом" in reading.page("/news/gone")
    assert reading.get("/news/gone.atom").text.count("<entry") == 1
    assert [row["id"] for row in reading.get("/news/articles.json?_search=baki&_shape=array").json()]
