"""`newscrawl why`: what is known of an address, when it was fetched and when it will be."""

from __future__ import annotations

import contextlib
import datetime as dt
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner

from newscrawl.archive import BEGINNING, Archive
from newscrawl.archive import known as questions
from newscrawl.cli import main
from newscrawl.exchanges import Exchange, Place
from newscrawl.items import Link
from newscrawl.sites import SITES
from tests.archive.conftest import made, words
from tests.test_cli import newscrawl

URL = "https://report.az/en/finance/summit"
SEEN = "2026-03-17T08:00:00Z"
ARTICLE = made(
    url=URL, language="en", headline="Summit\x1b[2J", published_at="2026-03-17T11:30:00+04:00",
    aliases={"https://report.az/2844552": "short link"},
)  # fmt: skip


@pytest.fixture
def db(tmp_path: Path) -> Path:
    with Archive.open(tmp_path / "news.db") as archive:
        archive.add_site(SITES["report"])
    return tmp_path / "news.db"


def why(db: Path, url: str = URL, now: str = "2026-03-17T08:05:00Z") -> list[str]:
    with contextlib.chdir(db.parent), time_machine.travel(dt.datetime.fromisoformat(now), tick=False):
        done = CliRunner().invoke(main, ["why", url, "--db", db.name])
    assert done.exit_code == 0, done.stderr
    return done.stdout.splitlines()


def fetch(archive: Archive, url: str, at: str, run_id: int | None, status: int = 200) -> None:
    exchange = Exchange(url=url, kind="article", status=status, headers=(), body=at.encode(), fetched_at=at)
    with archive.transaction():
        archive.snapshots.add(exchange, Place(f"report/{at}", len(url), 1), run_id=run_id)


def test_an_archived_article(db: Path) -> None:
    with Archive.open(db) as archive:
        archive.add_site(SITES["report"])
        run_id = archive.start_run("report", {"limit": 50, "languages": ["en", "ru"]}, {}, SEEN)
        fetch(archive, URL, SEEN, run_id)
        archive.save(ARTICLE, seen_at=SEEN, run_id=run_id)
        again = archive.start_run("report", {}, {}, "2026-03-17T08:10:00Z")
        fetch(archive, URL, "2026-03-17T08:10:00Z", again, status=304)
        archive.unmodified(URL, at="2026-03-17T08:10:00Z")
    assert why(db, now="2026-03-17T08:12:00Z") == [
        (r"Archived: Summit\x1b[2J (en, published 2026-03-17 07:30), in 1 state; newscrawl history "
        f"{URL} --db news.db shows them."),
        "First seen 2026-03-17 08:00, last seen 2026-03-17 08:10.",
        "What was said of it last: not modified.",
        # A quarter of an hour, less the slack of five minutes
        ("Not due now: crawls look at it again from 2026-03-17 08:20 on "
        "(every 15 minutes while it is younger than 3 hours)."),
        "Fetched 2 times, as it is stored:",
        f"  2026-03-17T08:10:00Z  304  article  crawl 2 of report  {URL}",
        f"  2026-03-17T08:00:00Z  200  article  crawl 1 of report (languages=en,ru limit=50)  {URL}",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "address",
    [
        "report.az/2844552",
        "https://www.report.az/amp/en/finance/summit/?utm_source=x",
        "http://REPORT.az/en/finance/summit",
    ],
)
def test_any_address_will_do(db: Path, address: str) -> None:
    with Archive.open(db) as archive:
        archive.save(ARTICLE, seen_at=SEEN, run_id=None)
        fetch(archive, URL, SEEN, None)
    found = why(db, address)
    assert found[0].startswith("Archived: Summit")
    alias = f"The article's own address is {URL}; this one is known as: short link."
    assert (alias in found) == ("2844552" in address)
    assert found[-1] == f"  {SEEN}  200  article  no crawl that is known  {URL}"


@pytest.mark.parametrize(
    ("age", "rhythm"),
    [
        (dt.timedelta(hours=5), "every hour while it is younger than 1 day"),
        (dt.timedelta(days=2), "every 3 hours while it is younger than 7 days"),
        (dt.timedelta(days=9), "every 3 days while it is younger than 30 days"),
    ],
)
def test_looks_become_rarer_with_age(db: Path, age: dt.timedelta, rhythm: str) -> None:
    now = dt.datetime(2026, 3, 17, 7, 30, tzinfo=dt.UTC) + age
    at = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    with Archive.open(db) as archive:
        archive.add_site(SITES["report"])
        archive.save(ARTICLE, seen_at=at, run_id=None)
    assert f"({rhythm})." in "\n".join(why(db, now=at))


def test_an_old_article_is_looked_at_no_more(db: Path) -> None:
    with Archive.open(db) as archive:
        archive.add_site(SITES["report"])
        archive.save(ARTICLE, seen_at="2026-05-01T08:00:00Z", run_id=None)
    assert (
        "No further look: articles are looked at again while they are younger than 30 days; to ask now: "
        f"scrapy crawl report -s NEWSCRAWL_DB=news.db -a urls={URL}"
    ) in " ".join(why(db, now="2026-05-02T08:00:00Z"))


def test_what_is_due_may_have_to_wait(db: Path) -> None:
    with Archive.open(db) as archive:
        archive.add_site(SITES["report"])
        archive.save(ARTICLE, seen_at=SEEN, run_id=None)
        with archive.transaction():
            for number in range(400):
                other = made(
                    url=f"https://report.az/en/x/a{number}", language="en", body=words(number),
                    published_at="2026-03-17T11:30:00+04:00",
                )  # fmt: skip
                archive.save(other, seen_at=SEEN, run_id=None)
    due = (
        "Due since 2026-03-17 08:10, 401 articles are, and a crawl looks at 400 (NEWSCRAWL_LOOKS): the next crawls look"
    )
    assert any(line.startswith(due) for line in why(db, now="2026-03-17T09:00:00Z"))


def test_gone_and_moved(db: Path) -> None:
    moved = "https://report.az/en/x/moved"
    with Archive.open(db) as archive:
        archive.add_site(SITES["report"])
        archive.save(ARTICLE, seen_at=SEEN, run_id=None)
        archive.save(made(url=moved, language="en", body=words(3)), seen_at=SEEN, run_id=None)
        for at in ("2026-03-18T08:00:00Z", "2026-03-18T20:00:00Z", "2026-03-19T08:00:00Z"):
            archive.missed(URL, at=at, status=404)
        here = made(url="https://report.az/en/x/here", language="en", body=words(9), aliases={moved: "redirect"})
        archive.save(here, seen_at="2026-03-18T10:00:00Z", run_id=None)
    found = why(db, now="2026-03-19T09:00:00Z")
    assert found[1] == "Gone since 2026-03-18 08:00 (status 404), looked for 3 times, last 2026-03-19 08:00."
    assert "Not due now: crawls look at it again from 2026-03-22 08:00 on (every 3 days while it is gone)." in found
    assert why(db, moved)[1] == "Moved since 2026-03-18 10:00, to https://report.az/en/x/here."


def test_one_that_waits_to_be_fetched(db: Path) -> None:
    with Archive.open(db) as archive, archive.transaction():
        link = Link(url=URL, language="en")
        archive.frontier.meet([link], site="report", now=SEEN, reason="named by https://report.az/en/rss/")
    assert why(db) == [
        "Not archived: it was never fetched, known since 2026-03-17 08:00 (named by https://report.az/en/rss/).",
        "Due since 2026-03-17 08:00: the next crawls ask for it.",
        "Nothing was ever stored of it.",
    ]


def test_one_that_fails(db: Path) -> None:
    with Archive.open(db) as archive:
        with archive.transaction():
            archive.frontier.meet([Link(url=URL, language="en")], site="report", now=SEEN, reason="named by x")
        for at in (SEEN, "2026-03-17T14:00:00Z"):
            archive.fail(
                URL, stage="extract", error="MissingField", detail="body: none\x1b", run_id=None, at=at, site="report"
            )
    found = why(db, now="2026-03-17T14:05:00Z")
    assert found == [
        "Not archived: no page of it gave an article.",
        (r"It failed 2 times, first 2026-03-17 08:00, last 2026-03-17 14:00 (extract, MissingField: body: none\x1b); "
        "newscrawl failures --db news.db says what to do."),
        ("Not due now: crawls ask for it from 2026-03-17 20:00 on "
        "(a page that gave no article is tried again after 6 hours, for a week)."),
        "Nothing was ever stored of it.",
    ]  # fmt: skip


def test_one_that_was_given_up(db: Path) -> None:
    with Archive.open(db) as archive:
        with archive.transaction():
            archive.frontier.meet([Link(url=URL, language="en")], site="report", now=SEEN, reason="named by x")
        for at in (SEEN, *(f"2026-03-{day}T09:00:00Z" for day in (18, 20, 22, 24))):
            archive.fail(URL, stage="download", error="Http500", detail=None, run_id=None, at=at, site="report")
    given_up = (
        f"Given up: what failed for a week is asked for by name only; to ask now: "
        f"scrapy crawl report -s NEWSCRAWL_DB=news.db -a urls={URL}"
    )
    assert why(db, now="2026-03-25T08:00:00Z")[2] == given_up


def test_one_that_failed_once_and_is_archived(db: Path) -> None:
    with Archive.open(db) as archive:
        archive.fail(URL, stage="download", error="Http500", detail=None, run_id=None, at=SEEN, site="report")
        archive.save(ARTICLE, seen_at="2026-03-17T08:04:00Z", run_id=None)
    resolved = "Had failed once, 2026-03-17 08:00 (download, Http500); resolved 2026-03-17 08:04."
    assert resolved in why(db)


def test_one_that_was_never_heard_of(db: Path) -> None:
    with Archive.open(db) as archive, archive.transaction():
        archive.walks.walk("report", "en", "", ("2026-03-10T00:00:00Z", SEEN), SEEN)
        archive.walks.walk("report", "en", "finance", (BEGINNING, SEEN), SEEN)
        archive.walks.walk("report", "en", "region", (BEGINNING, SEEN), SEEN)
    assert why(db) == [
        "Never heard of: no listing, feed, sitemap or article that was read names it.",
        ("The listing of all news in en was walked from 2026-03-17 08:00 down to 2026-03-10 00:00: if the article "
        "is of that time, the listing did not name it."),
        ("The listing of the section finance in en was walked from 2026-03-17 08:00 down to its end: if the article "
        "is of that time, the listing did not name it."),
        f"To fetch it: scrapy crawl report -s NEWSCRAWL_DB=news.db -a urls={URL}",
        "Nothing was ever stored of it.",
    ]  # fmt: skip
    assert "No listing in az has been walked so far." in why(db, "https://report.az/maliyye/xeber")


def test_what_is_no_article_or_of_another_site(db: Path) -> None:
    assert why(db, "https://report.az/en/finance")[0] == (
        "Not archived: crawls of report.az take only articles, and this is a page that lists articles."
    )
    assert why(db, "https://report.az/2844552")[0].endswith("this is none, by how its articles are addressed.")
    assert why(db, "https://example.com/a")[0] == "https://example.com/a is of no site that is crawled."
    assert why(db, "https://example.com/a")[-1] == "The sites that are: report.az."


def test_a_place_where_the_site_says_what_is_new(db: Path) -> None:
    feed = "https://report.az/en/rss/"
    with Archive.open(db) as archive, archive.transaction():
        archive.frontier.place(
            feed, site="report", kind="feed", language="en", section=None, now=SEEN, reason="a place"
        )
    assert why(db, feed)[0] == "No article but the site's feed (en): crawls ask there for what is new."


def test_a_site_that_asked_to_be_left_alone(db: Path) -> None:
    with Archive.open(db) as archive:
        archive.leave_alone("report", "2026-03-17T09:00:00Z")
    words = "report.az asked to be left alone until 2026-03-17 09:00: no crawl asks it before."
    assert words in why(db)
    assert words not in why(db, now="2026-03-17T09:01:00Z")


def test_what_is_no_address(db: Path) -> None:
    done = newscrawl("why", "http://[bad", "--db", "news.db", cwd=db.parent)
    assert done.returncode == 2
    assert "is no web address" in done.stderr
    done = newscrawl("why", " ", "--db", "news.db", cwd=db.parent)
    assert done.returncode == 2
    assert "Error: an empty address leads nowhere; paste the article's" in done.stderr
    done = newscrawl("why", URL, "--db", "news.db", cwd=db.parent)
    assert done.returncode == 0
    assert done.stdout.startswith("Never heard of")
    done = newscrawl("why", URL, cwd=db.parent, NEWSCRAWL_DB="news.db")
    assert f"To fetch it: scrapy crawl report -a urls={URL}\n" in done.stdout, "that archive is the one they take"


@pytest.mark.parametrize("name", ["ALIAS", "ROW", "FAILURES", "FETCHES"])
def test_every_question_is_asked_of_an_index(db: Path, name: str) -> None:
    with Archive.open(db) as archive:
        sql = getattr(questions, name)
        values = ("[]",) if "?" in sql else {"urls": "[]", "article_id": 1}
        steps = [step for *_, step in archive.conn.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    assert not [step for step in steps if step.startswith("SCAN") and "asked" not in step], steps
