"""Bad pages, bad archives, no network: a clear word, and nothing is lost."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from newscrawl.archive import Archive
from tests.crawl.conftest import Harvester, Scripted
from tests.crawl.test_manners import article

GOOD = article(1)
TIME = '<meta property="article:published_time" content="2025-11-11T17:50:00+04:00">'
PAGES = {
    # what the page lacks -> the page, the error, how its message begins
    "headline": (
        GOOD.replace('<h1 class="section-title">Headline 1</h1>', "").replace("<title>t</title>", ""),
        "MissingField",
        "headline:",
    ),
    "body": (GOOD.replace("<p>Text of article number 1.</p>", ""), "MissingField", "body:"),
    "time": (GOOD.replace(TIME, ""), "MissingField", "published_at:"),
    "layout": ("<!DOCTYPE html><html><body><h1>Not found</h1></body></html>", "UnknownLayout", ""),
    "end": (GOOD.split("</p>")[0], "TruncatedPage", ""),
    "html": ("%PDF-1.7 \x00\x01\x02", "NotHtml", ""),
}


@pytest.mark.parametrize("lacks", PAGES)
def test_a_page_without_an_article_is_a_row_that_says_why(scripted: tuple[Scripted, Harvester], lacks: str) -> None:
    app, harvest = scripted
    page, error, begins = PAGES[lacks]
    app.say("/en/a/bad", page)
    app.say("/en/a/good", GOOD)
    run = harvest(urls="https://report.az/en/a/bad,https://report.az/en/a/good")
    assert run.code == 3, run.err
    assert harvest.rows("SELECT url FROM articles") == [{"url": "https://report.az/en/a/good"}], "the crawl goes on"
    (failure,) = harvest.rows("SELECT * FROM failures")
    assert (failure["url"], failure["error"], failure["times"]) == ("https://report.az/en/a/bad", error, 1)
    assert failure["detail"].startswith(begins)
    assert len(failure["detail"]) > len(begins) + 10, "and where it was looked for"

    app.say("/en/a/bad", article(2))
    assert harvest(urls="https://report.az/en/a/bad").code == 0
    (failure,) = harvest.rows("SELECT * FROM failures")
    assert failure["resolved_at"]


@pytest.mark.parametrize(
    ("moment", "why"), [("2999-01-01T10:00:00+04:00", "future"), ("1970-01-01T04:00:00+04:00", "1990")]
)
def test_an_impossible_time_is_kept_as_text_and_flagged(
    scripted: tuple[Scripted, Harvester], moment: str, why: str
) -> None:
    app, harvest = scripted
    app.say("/en/a/b", GOOD.replace("2025-11-11T17:50:00+04:00", moment))
    assert harvest(urls="https://report.az/en/a/b").code == 0
    (row,) = harvest.rows("SELECT published_at, published_day, published_text, flags FROM articles")
    assert row["published_at"] is None
    assert row["published_day"] is None
    assert row["published_text"] == moment
    assert why in row["flags"]


def test_a_page_of_ten_thousand_levels_does_not_end_the_crawl(scripted: tuple[Scripted, Harvester]) -> None:
    app, harvest = scripted
    deep = GOOD.replace("<p>Text", "<div>" * 10_000 + "<p>Text").replace("</p>", "</p>" + "</div>" * 10_000)
    app.say("/en/a/deep", deep)
    app.say("/en/a/good", GOOD)
    run = harvest(urls="https://report.az/en/a/deep,https://report.az/en/a/good")
    assert run.code in (0, 3), run.err
    seen = harvest.rows("SELECT url FROM articles UNION SELECT url FROM failures ORDER BY url")
    assert [row["url"] for row in seen] == ["https://report.az/en/a/deep", "https://report.az/en/a/good"]


def test_no_network_is_one_line_that_names_the_host(tmp_path: Path) -> None:
    harvest = Harvester(tmp_path / "news.db", "http://127.0.0.1:9")
    run = harvest(settings={"RETRY_TIMES": "0"})
    assert run.code == 4
    assert run.err.count("\n") == 1, run.err
    assert "report.az cannot be reached" in run.err
    assert harvest.rows("SELECT finish_reason, exit_code FROM runs") == [
        {"finish_reason": "unreachable", "exit_code": 4}
    ]


def other_program(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE articles (x)")
    connection.close()


def newer_version(path: Path) -> None:
    Archive.open(path).close()
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('newscrawl', 'm999_later', 'x')"
        )
    connection.close()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: path.write_bytes(b"no database at all" * 100), "is not an SQLite database"),
        (other_program, "is the database of another program"),
        (newer_version, "was written by a newer newscrawl"),
        (lambda path: path.mkdir(), "is a folder"),
    ],
    ids=["not a database", "another program's", "a newer version's", "a folder"],
)
def test_an_archive_that_cannot_be_used_is_one_line(
    scripted: tuple[Scripted, Harvester], make: object, words: str
) -> None:
    app, harvest = scripted
    make(harvest.db)  # type: ignore[operator]
    run = harvest()
    assert run.code == 2
    assert run.err.count("\n") == 1, run.err
    assert words in run.err
    assert app.asked == []
