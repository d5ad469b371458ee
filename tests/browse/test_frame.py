"""The frame of every page: whose pages it is about, what it keeps out."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from newscrawl.archive import Archive
from newscrawl.browse import safety
from tests.browse.conftest import Reading, words

OURS = ("/news/-/news", "/news", "/news/articles", "/news/tags/1", "/news?sql=select+1", "/news/nowhere")


@pytest.mark.parametrize("path", OURS)
def test_every_page_has_a_policy_that_lets_no_inline_script_run(reading: Reading, path: str) -> None:
    response = reading.get(path)
    policy = dict(part.strip().split(" ", 1) for part in response.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in policy["script-src"]
    nonce = re.search(r"'nonce-([\w-]+)'", policy["script-src"])[1]  # type: ignore[index]
    scripts = re.findall(r"<script[^>]*>", response.text)
    assert all(f'nonce="{nonce}"' in each for each in scripts)
    assert response.headers["referrer-policy"] == "no-referrer"
    assert response.headers["x-content-type-options"] == "nosniff"


def test_every_answer_has_a_nonce_of_its_own(reading: Reading) -> None:
    assert len({reading.get("/news").headers["content-security-policy"] for _ in range(3)}) == 3


@pytest.mark.parametrize("path", OURS[:5])
def test_pages_name_their_language(reading: Reading, path: str) -> None:
    assert '<html lang="en">' in reading.page(path)


def test_scripts_that_a_value_brings_get_no_nonce() -> None:
    env = Environment(loader=DictLoader({"page": "<script>{{ ours }}</script>{{ theirs }}"}), autoescape=False)
    safety.prepare(env)
    page = env.get_template("page").render(newscrawl_nonce="n1", ours="1", theirs="<script>2</script>")
    assert page == '<script nonce="n1">1</script><script>2</script>'


@pytest.mark.parametrize("url", ["https://report.az/a", "http://report.az", "HTTPS://REPORT.AZ/A?b=c#d"])
def test_addresses_of_the_web_are_links(url: str) -> None:
    assert safety.web_link(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "data:text/html,x", "//report.az/a", "/a", "", None, "https:", "http://[",
        "java\nscript:x", " vbscript:x", "file:///etc/passwd",
    ],
)  # fmt: skip
def test_nothing_else_is(url: str | None) -> None:
    assert safety.web_link(url) is None


@pytest.mark.parametrize("path", ["/", "/news", "/news/articles", "/news/articles/1"])
def test_a_database_of_another_program_is_left_alone(foreign: Path, path: str) -> None:
    response = Reading(foreign).get(path)
    assert response.status_code == 200
    assert "content-security-policy" not in response.headers
    assert "newscrawl" not in response.text
    assert '<html lang="en">' not in response.text


def test_so_is_one_beside_an_archive(filled: Path, foreign: Path) -> None:
    reading = Reading(filled, foreign)
    assert "content-security-policy" in reading.get("/news/articles").headers
    other = reading.get("/news_2/articles")
    assert "content-security-policy" not in other.headers
    assert "newscrawl" not in other.text
    assert reading.get("/").status_code == 200
    assert reading.datasette.setting("suggest_facets")


def test_what_is_not_there_is_said_in_a_page_of_ours(reading: Reading, capfd: pytest.CaptureFixture[str]) -> None:
    response = reading.get("/news/nowhere")
    assert response.status_code == 404
    assert '<a href="/news/-/news">newest articles</a>' in response.text
    assert reading.get("/news/nowhere.json").json()["status"] == 404
    # Nobody who runs it wants to read of each wrong address
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("select+1+frm+<b>", "syntax error"),
        (
            "with+recursive+t(n)+as+(select+1+union+all+select+n%2B1+from+t)+select+max(n)+from+t",
            "SQL query took too long",
        ),
    ],
)
def test_so_is_what_is_wrong_with_a_query(reading: Reading, sql: str, said: str) -> None:
    response = reading.get(f"/news?sql={sql}")
    assert said in words(response.text)
    assert "<b>" not in response.text
    assert all("nonce=" in each for each in re.findall(r"<script[^>]*>", response.text))


def test_no_page_of_ours_on_a_database_of_another_program(foreign: Path) -> None:
    assert Reading(foreign).get("/news/-/news").status_code == 404


def test_an_archive_of_an_older_newscrawl_is_shown_as_plain_tables(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "old.db"
    Archive.open(path).close()
    with sqlite3.connect(path) as conn:
        conn.execute("DELETE FROM _sqlite_migrations WHERE name = 'm005_reading'")
    conn.close()
    reading = Reading(path)
    assert reading.get("/old/articles").status_code == 200
    assert "content-security-policy" not in reading.get("/old/articles").headers
    assert "newscrawl browse" in capsys.readouterr().err


def test_it_is_called_what_its_metadata_says(filled: Path) -> None:
    reading = Reading(filled, metadata={"databases": {"news": {"title": "Report, archived"}}})
    assert '<a class="name" href="/news/-/news">Report, archived</a>' in reading.page("/news/-/news")


def test_it_can_be_served_below_another_path(filled: Path) -> None:
    reading = Reading(filled, settings={"base_url": "/archive/"})
    # The client adds the path itself
    html = reading.page("/news/-/news")
    assert 'href="/archive/news/articles/1"' in html
    assert '<a class="name" href="/archive/news/-/news">' in html


@pytest.mark.parametrize(
    "path", ["/news", "/news/articles?_facet=section", "/news/tags/1", "/news/-/news", "/-/versions"]
)
def test_every_page_has_one_main_part_to_which_the_skip_link_leads(reading: Reading, path: str) -> None:
    html = reading.page(path)
    (main,) = re.findall(r'<main [^>]*>|<[^>]* role="main"[^>]*>', html)
    assert 'id="content"' in main
    assert html.count('id="content"') == 1


def test_the_fields_of_datasettes_own_forms_have_names(reading: Reading) -> None:
    fields = re.findall(r"<(?:select|input)[^>]*>", reading.page("/news/articles?language__exact=en").split("<main")[1])
    for name in ("_filter_column_1", "_filter_op_1", "_filter_value_1", "_filter_value"):
        (field,) = [each for each in fields if f'name="{name}"' in each]
        assert field.count("aria-label=") == 1, field
