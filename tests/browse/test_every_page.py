"""Every page there is answers: on an archive without a row, on one with everything, on a published copy of it.

And a database that is not ours looks as it does without the plugin, byte for byte.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import httpx
import pytest
from datasette.plugins import pm
from datasette.utils import tilde_encode

from newscrawl.archive import Archive
from newscrawl.browse.charts import CHARTS
from newscrawl.browse.routes import ROUTES
from newscrawl.replica.languages import LANGUAGES
from newscrawl.upkeep.publish import publish
from tests.browse.conftest import Reading
from tests.browser import everything

GIVEN = {
    "tag": "Metro", "author": "Aysel Quliyeva", "section": "infrastruktur", "language": "az", "missing_in": "en",
    "site": "report", "since": "2026-03-01", "until": "2026-03-17", "fate": "gone", "error": "MissingField",
}  # fmt: skip
"""What the parameters of canned queries are given: each finds something in the archive with everything."""
SEARCHES = ("", "baki", "Bakı metro", '"yeni metro"', "станц", "qwrtz", '"', "* AND OR", "a", "metro -baku")
PLAIN = (
    "", "-/news", "-/news?language=az&section=infrastruktur&site=report&until=2026-03-17", "-/opensearch.xml",
    "-/feeds", "-/charts", "-/charts?language=az&site=report", *(f"-/search?q={quote(text)}" for text in SEARCHES),
    "-/search?q=metro&language=az&section=infrastruktur&tag=Metro&site=report&since=2026-03-01&until=2026-03-17",
    "-/search?q=metro&sort=newest&page=2", "articles?_search=bak%C4%B1",
    "articles?_facet=language&_sort_desc=published_at",
)  # fmt: skip
"""Pages of any archive, below its database."""
LIMITED = re.compile(r"took too long|timed out|time limit", re.I)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with everything, its stored pages beside it."""
    return everything.make(tmp_path_factory.mktemp("everything"))


@pytest.fixture(scope="module")
def copy(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of it made for publishing."""
    path = tmp_path_factory.mktemp("published") / "news.db"
    with Archive.open(library, create=False, read_only=True) as archive:
        publish(archive, path)
    return path


@pytest.fixture(scope="module", params=["empty", "library", "copy"])
def path(request: pytest.FixtureRequest) -> Path:
    """Each of the archives."""
    chosen: Path = request.getfixturevalue(request.param)
    return chosen


@pytest.fixture(scope="module")
def served(path: Path) -> Reading:
    """Each of the archives, served."""
    return Reading(path)


def wrong(reading: Reading, paths: list[str]) -> dict[str, str]:
    """Path to what is wrong with its answer, for those that do not answer as they should."""
    found = {}
    for path in paths:
        response = reading.get(f"/news/{path}".rstrip("/"))
        if response.status_code != 200:
            found[path] = f"{response.status_code} {response.text[-300:]}"
        elif late := LIMITED.search(response.text):
            found[path] = late[0]
    return found


def rows(path: Path, sql: str) -> list[Any]:
    """What the file itself answers."""
    with closing(sqlite3.connect(path)) as conn:
        return conn.execute(sql).fetchall()


def test_pages_of_any_archive(served: Reading) -> None:
    assert wrong(served, list(PLAIN)) == {}


def test_charts(served: Reading) -> None:
    assert wrong(served, [f"-/charts/{name}.{kind}" for name in CHARTS for kind in ("json", "csv")]) == {}


def test_canned_queries_and_their_feeds(served: Reading) -> None:
    queries = served.get("/news.json").json()["queries"]
    assert {"latest", "edited", "gone", "untranslated", "most_tagged"} <= {query["name"] for query in queries}
    asked, feeds = [], []
    for query in queries:
        forms = ["", *(f"?{urlencode({name: GIVEN[name]})}" for name in query["params"])]
        forms += [f"?{urlencode({name: GIVEN[name] for name in query['params']})}"]
        asked += [f"{query['name']}{each}{form}" for form in forms for each in ("", ".json")]
        feeds += [f"{query['name']}.atom{form}" for form in forms if query["feed"]]
    assert feeds
    assert wrong(served, asked + feeds) == {}


def test_tables_and_views_and_the_first_rows_of_each(served: Reading) -> None:
    told = served.get("/news.json").json()
    # Those behind the search index have keys that are no text
    tables = [each["name"] for each in told["tables"] if not each["name"].startswith("articles_fts_")]
    views = [each["name"] for each in told["views"]]
    first = [found for name in tables if (found := _first_row(served, name))]
    assert len(tables) > 10
    assert len(views) > 4
    assert wrong(served, [quote(name) for name in tables + views] + first) == {}


def _first_row(reading: Reading, table: str) -> str | None:
    told = reading.get(f"/news/{quote(table)}.json?_size=1&_shape=objects").json()
    if not told["rows"] or not told["primary_keys"]:
        return None
    return f"{quote(table)}/{','.join(tilde_encode(str(told['rows'][0][key])) for key in told['primary_keys'])}"


def test_articles_in_each_state(served: Reading, path: Path) -> None:
    asked: list[str] = []
    for number, states in rows(path, "SELECT id, revision FROM articles WHERE revision > 1 OR id % 9 = 0"):
        asked += [f"articles/{number}", f"articles/{number}.json", f"-/cite/{number}.bib", f"-/cite/{number}.json"]
        asked += [f"articles/{number}?revision={state}" for state in range(1, states + 1)]
        asked += [f"-/diff/{number}", f"-/diff/{number}?from=1&to={states}"] if states > 1 else []
    assert wrong(served, asked) == {}


def test_permanent_links_lead_to_articles(served: Reading, path: Path) -> None:
    for number, url in rows(path, "SELECT id, url FROM articles LIMIT 5"):
        for stamp in ("", "20300101000000/"):
            response = served.get(f"/news/-/article/{stamp}{url}")
            assert response.status_code == 302
            assert re.match(rf"/news/articles/{number}\b", response.headers["location"])


def test_stored_pages(library: Path) -> None:
    stored = rows(library, "SELECT id FROM snapshots WHERE kind = 'article'")
    assert stored
    asked = [f"-/page/{number}{form}" for (number,) in stored for form in ("", "/render")]
    asked += [f"-/pages/{number}" for (number,) in rows(library, "SELECT id FROM articles")]
    assert wrong(Reading(library), asked) == {}


def test_no_page_of_the_plugin_was_left_out() -> None:
    asked = [
        "/", *(f"/news/{path}".partition("?")[0] for path in PLAIN), "/news/-/charts/tags.json", "/news/articles/1",
        "/news/-/diff/1", "/news/-/cite/1.bib", "/news/-/article/https://report.az/a", "/news/-/page/1",
        "/news/-/page/1/render", "/news/-/pages/1", "/news/latest.atom", "/news/edits", "/news/runs/1",
    ]  # fmt: skip
    left = [pattern for pattern, _ in ROUTES if not any(re.match(pattern, path) for path in asked)]
    assert left == [], "ask for these above, and in the test of their kind"


def test_the_archive_with_everything_has_what_these_tests_are_about(library: Path) -> None:
    for table in ("articles", "revision_rows", "failures", "absences", "runs", "tags", "authors", "snapshot_rows"):
        assert rows(library, f"SELECT count(*) FROM {table}")[0][0] > 1, table
    assert {language for (language,) in rows(library, "SELECT language FROM articles")} == set(LANGUAGES)


FOREIGN = """
CREATE TABLE articles (id INTEGER PRIMARY KEY, headline TEXT, url TEXT, published_at TEXT, language TEXT);
INSERT INTO articles VALUES (1, 'Bakı <script>1</script>', 'https://example.org/a', '2025-11-11T13:50:00Z', 'az'),
    (2, 'BAKI, İstanbul', 'javascript:alert(1)', '2025-11-11', 'ru');
CREATE TABLE tags (id INTEGER PRIMARY KEY, tag TEXT, article_id INTEGER REFERENCES articles(id));
INSERT INTO tags VALUES (1, 'metro', 1), (2, 'metro', 2);
CREATE VIEW edits AS SELECT * FROM articles;
CREATE VIEW revisions AS SELECT * FROM articles;
CREATE TABLE runs (id INTEGER PRIMARY KEY, spider TEXT);
INSERT INTO runs VALUES (1, 'mine');
CREATE TABLE nokey (a, b);
INSERT INTO nokey VALUES (x'00ff', NULL);
CREATE VIRTUAL TABLE articles_fts USING fts5 (headline, content="articles", content_rowid="id");
INSERT INTO articles_fts (articles_fts) VALUES ('rebuild');
"""
FOREIGN_PATHS = (
    "/", "/-/databases", "/-/settings.json", "/-/metadata.json", "/news", "/news.json", "/news/articles",
    "/news/articles.json", "/news/articles.csv", "/news/articles?_facet=language", "/news/articles?_sort_desc=headline",
    *(f"/news/articles?_search={quote(text)}" for text in ("baki", "Bakı", "BAKI", "met*", '"')),
    "/news/articles/1", "/news/articles/2.json", "/news/articles/9", "/news/tags", "/news/tags/1", "/news/edits",
    "/news/revisions", "/news/runs", "/news/runs/1", "/news/nokey", "/news/nokey/1", "/news/latest", "/news/nowhere",
    "/news?sql=select+headline+from+articles", "/news?sql=select+1+from+nothing",
    "/news?sql=select+escape_fts('Bakı+metro')", "/nowhere", "/-/search?q=baki",
)  # fmt: skip
PLUGIN = "newscrawl"


@contextmanager
def without_plugin() -> Iterator[None]:
    """Datasette as it is without newscrawl."""
    plugin = pm.get_plugin(PLUGIN)
    assert plugin is not None
    pm.unregister(name=PLUGIN)
    try:
        yield
    finally:
        pm.register(plugin, name=PLUGIN)


def _said(response: httpx.Response) -> tuple[int, dict[str, str], bytes]:
    """All of an answer, but for the time that it took."""
    body = re.sub(rb'(Queries took |"query_ms": ?)[\d.]+', rb"\1", response.content)
    headers = {name: value for name, value in response.headers.items() if name != "content-length"}
    return response.status_code, headers, body


@pytest.fixture(scope="module")
def strangers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of another program, with tables and views of our names."""
    path = tmp_path_factory.mktemp("strangers") / "news.db"
    with closing(sqlite3.connect(path)) as conn:
        conn.executescript(FOREIGN)
    return path


@pytest.fixture(scope="module")
def plain_answers(strangers: Path) -> dict[str, tuple[int, dict[str, str], bytes]]:
    with without_plugin():
        reading = Reading(strangers)
        return {path: _said(reading.get(path)) for path in FOREIGN_PATHS}


@pytest.fixture(scope="module")
def foreign_reading(strangers: Path) -> Reading:
    return Reading(strangers)


@pytest.mark.parametrize("asked", FOREIGN_PATHS)
def test_a_database_that_is_not_ours_is_shown_as_without_the_plugin(
    foreign_reading: Reading, plain_answers: dict[str, tuple[int, dict[str, str], bytes]], asked: str
) -> None:
    assert _said(foreign_reading.get(asked)) == plain_answers[asked]
