"""The archive of the release before the frontier, under today's newscrawl: what waits, what is due, what was walked."""

from __future__ import annotations

import datetime as dt
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from newscrawl.archive import BEGINNING, Archive, Span, opening
from newscrawl.sites.report_az import REPORT
from newscrawl.times import to_utc, utc_now
from tests.archive import first_release
from tests.archive.conftest import check_whole, made, words
from tests.archive.first_release import ARTICLES, FIRST, SECOND, address

FORMER = 3
"""Migrations that it had."""
BACKUP = "news.db.before-m004_frontier.bak"
YOUNG = 30
"""Articles of the last days, those with the lowest numbers."""
HOME, GONE, LISTING, ELSEWHERE = (f"https://report.az/{name}" for name in ("home", "gone", "listing", "elsewhere"))
_FAIL = "INSERT INTO failures (url, stage, error, site, first_at, last_at, times) VALUES (?, ?, ?, ?, ?, ?, ?)"
_TABLES = ("articles", "revision_rows", "failures", "runs", "url_aliases", "sites")


def ago(**age: float) -> str:
    return to_utc(dt.datetime.now(dt.UTC) - dt.timedelta(**age))


@pytest.fixture(scope="module")
def former(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles of a year ago, but for `YOUNG` of them; runs that saw everything; failures of every kind."""
    path = tmp_path_factory.mktemp("former") / "news.db"
    first_release.make(path)
    former = first_release.migrations(FORMER)
    opening.connect(path, create=False, read_only=False, migrations=former).close()
    conn = sqlite3.connect(path)
    with conn:
        for n in range(YOUNG):
            conn.execute("UPDATE articles SET published_at = ? WHERE url = ?", (ago(days=n, hours=1), address(n)))
            conn.execute("UPDATE articles SET last_seen_at = ? WHERE url = ?", (ago(hours=n), address(n)))
        conn.execute("UPDATE articles SET published_at = ? WHERE url = ?", (ago(days=31), address(YOUNG)))
        conn.execute("UPDATE articles SET published_at = NULL WHERE url = ?", (address(YOUNG + 1),))
        for url, stage, site in (
            (HOME, "download", "report"), (HOME, "extract", "report"), (address(0), "extract", "report"),
            (address(ARTICLES - 1), "extract", "report"),
            (LISTING, "listing", "report"), (ELSEWHERE, "download", None),
        ):  # fmt: skip
            conn.execute(_FAIL, (url, stage, "Http500", site, ago(days=2), ago(days=1), 4))
        conn.execute(_FAIL, (GONE, "download", "Http404", "report", ago(days=20), ago(days=10), 9))
        conn.execute("UPDATE runs SET arguments = ?", ('{"languages": "az,ru"}',))
    conn.execute("PRAGMA journal_mode = delete")
    conn.close()
    path.with_name("news.db.before-m002_snapshots.bak").unlink()
    return path


@pytest.fixture
def path(former: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(former, tmp_path / "news.db"))


@pytest.fixture(scope="module")
def migrated(former: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(former, tmp_path_factory.mktemp("migrated") / "news.db"))
    Archive.open(path).close()
    return path


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """What the former archive held, without the columns that are new."""
    conn = sqlite3.connect(path)
    try:
        columns = {name: [row[1] for row in conn.execute(f"PRAGMA table_info({name})")] for name in _TABLES}
        new = {"gone_at", "not_before", "not_modified", "gone", "why"}
        named = {name: ", ".join(f"[{each}]" for each in each if each not in new) for name, each in columns.items()}
        return {name: conn.execute(f"SELECT {each} FROM {name} ORDER BY 1").fetchall() for name, each in named.items()}
    finally:
        conn.close()


def test_young_articles_are_due_for_a_look_and_no_others(migrated: Path) -> None:
    with Archive.open(migrated) as archive:
        looks = archive.frontier.looks("report", now=utc_now(), languages=REPORT.languages, most=10_000)
        # The one that was seen longest ago comes first
        assert [each.url for each in looks] == [address(n) for n in reversed(range(YOUNG))]
        assert {each.language for each in looks} == set(REPORT.languages)
        ids = (
            "SELECT count(*), count(a.id) FROM url_rows u LEFT JOIN articles a ON a.id = u.article_id AND a.url = u.url"
        )
        assert archive.conn.execute(f"{ids} WHERE u.article_id IS NOT NULL").fetchall() == [(YOUNG, YOUNG)]
        same = "SELECT count(*) FROM url_rows u JOIN articles a USING (url) WHERE u.last_fetched_at = a.last_seen_at"
        assert archive.conn.execute(same).fetchone() == (YOUNG,)


def test_what_failed_is_tried_again(migrated: Path) -> None:
    with Archive.open(migrated) as archive:
        found = archive.frontier.waiting("report", now=utc_now(), languages=REPORT.languages)
        waiting = {each.url for each in found}
        assert {HOME, GONE} <= waiting
        assert waiting - {HOME, GONE} == {f"https://report.az/finance/gone-{n}" for n in range(0, 500, 2)}
        assert len(found) == len(waiting)
        kept = archive.conn.execute("SELECT tries, reason FROM url_rows WHERE url = ?", (HOME,)).fetchone()
        assert kept == (4, "Http500")


def test_what_was_given_up_is_given_up_after_one_more_try(path: Path) -> None:
    with Archive.open(path) as archive:
        archive.fail(GONE, stage="download", error="Http404", detail=None, run_id=None, at=utc_now(), site="report")
        found = archive.frontier.waiting("report", now=utc_now(), languages=REPORT.languages)
        assert GONE not in {each.url for each in found}


def test_walks_go_on_where_the_last_run_that_saw_everything_began(migrated: Path) -> None:
    with Archive.open(migrated) as archive:
        for language in ("az", "ru"):
            assert archive.walks.newest("report", language, "") == SECOND
            assert archive.walks.wanted("report", language) == [Span(BEGINNING)]
            assert archive.walks.is_complete("report", language)
            assert archive.walks.left("report", language, "", FIRST, [Span()]) is None
        assert archive.walks.newest("report", "en", "") is None, "in which no run saw everything"


def test_the_view_of_addresses_shows_each_article_once(migrated: Path) -> None:
    with Archive.open(migrated) as archive:
        query = archive.conn.execute
        shown = (
            "SELECT count(*), count(DISTINCT url), count(DISTINCT article_id) FROM urls WHERE article_id IS NOT NULL"
        )
        assert query(shown).fetchall() == [(ARTICLES, ARTICLES, ARTICLES)]
        assert query("SELECT count(*), count(DISTINCT url) FROM urls").fetchall() == [(ARTICLES + 252, ARTICLES + 252)]
        columns = (
            "site, kind, language, section, article_id, first_seen_at, last_fetched_at, next_fetch_at, tries, reason"
        )
        (old,) = query(f"SELECT {columns} FROM urls WHERE url = ?", (address(ARTICLES - 1),))
        assert old == (
            "report", "article", "az", "finance", ARTICLES, FIRST, FIRST, None, 0, "archived; no further look",
        )  # fmt: skip


def test_the_names_of_its_columns_are_those_of_before(former: Path, migrated: Path) -> None:
    """Other people's queries stand on them."""
    names = []
    for path in (former, migrated):
        conn = sqlite3.connect(path)
        names.append([row[1] for row in conn.execute("PRAGMA table_info(urls)")])
        conn.close()
    assert set(names[0]) <= set(names[1])


def test_what_was_in_it_is_in_it(path: Path) -> None:
    before = rows(path)
    assert len(before["articles"]) == ARTICLES
    Archive.open(path).close()
    assert rows(path) == before == rows(path.with_name(BACKUP))
    check_whole(path)


def test_crawls_go_on(path: Path) -> None:
    with Archive.open(path) as archive:
        archive.add_site(REPORT)
        now = utc_now()
        archive.unmodified(address(1), at=now)
        archive.missed(address(2), at=now, status=404)
        archive.missed(address(ARTICLES - 1), at=now, status=404)
        archive.save(made(url=HOME, published_at=now, body=words(1)), seen_at=now, run_id=None)
        looks = archive.frontier.looks("report", now=now, languages=REPORT.languages, most=10_000)
        assert [each.url for each in looks] == [address(n) for n in reversed(range(3, YOUNG))] + [address(0)]
        assert HOME not in {each.url for each in archive.frontier.waiting("report", now=now, languages=["az"])}
    check_whole(path)


OPEN = "import sys; from newscrawl.archive import Archive; Archive.open(sys.argv[1]).close()"


@pytest.mark.parametrize("moment", [0.0, 0.01, 0.03])
def test_killed_in_the_middle(path: Path, moment: float) -> None:
    before, backup = rows(path), path.with_name(BACKUP)
    with subprocess.Popen([sys.executable, "-c", OPEN, str(path)]) as process:
        while process.poll() is None and not backup.exists():
            time.sleep(0.0005)
        time.sleep(moment)
        process.kill()
    assert rows(path) == before
    check_whole(path)
    with Archive.open(path) as archive:
        assert len(archive.frontier.looks("report", now=utc_now(), languages=REPORT.languages, most=99)) == YOUNG
        assert archive.walks.is_complete("report", "az")
    assert rows(path) == before == rows(backup)


def test_no_room_for_the_copy(path: Path) -> None:
    before, limit = rows(path), path.stat().st_size // 2
    done = subprocess.run(
        [sys.executable, "-m", "newscrawl", "reparse", "--db", str(path)],
        preexec_fn=partial(resource.setrlimit, resource.RLIMIT_FSIZE, (limit, limit)),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, "free some room" in done.stderr) == (5, True), done.stderr
    assert rows(path) == before
    assert not path.with_name(BACKUP).exists()
    Archive.open(path).close()
    assert rows(path) == before == rows(path.with_name(BACKUP))
