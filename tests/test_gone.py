"""`newscrawl gone`: what a site took away, moved and brought back."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from newscrawl.archive import Archive
from newscrawl.cli import main
from newscrawl.sites import SITES
from tests.archive.conftest import made, words
from tests.test_cli import lines, newscrawl

GONE, MOVED, BACK, ONCE, HERE = (f"https://report.az/en/x/{name}" for name in ("gone", "moved", "back", "once", "here"))
SEEN = "2025-11-11T14:00:00Z"
DAYS = ("2025-11-12T08:00:00Z", "2025-11-12T20:00:00Z", "2025-11-13T09:00:00Z")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "news.db"
    with Archive.open(path) as archive:
        archive.add_site(SITES["report"])
        for number, url in enumerate((GONE, MOVED, BACK, ONCE)):
            name = url.rpartition("/")[2]
            article = made(url=url, language="en", headline=f"It is {name}\x1b[2J", body=words(number))
            archive.save(article, seen_at=SEEN, run_id=None)
        for at in DAYS:
            for url in (GONE, BACK):
                archive.missed(url, at=at, status=410 if url == GONE else 404)
        archive.missed(ONCE, at=DAYS[0], status=404)
        here = made(url=HERE, language="en", headline="Here", body=words(9), aliases={MOVED: "redirect"})
        archive.save(here, seen_at="2025-11-14T10:00:00Z", run_id=None)
        back = made(url=BACK, language="en", headline="It is back\x1b[2J", body=words(2))
        archive.save(back, seen_at="2025-11-15T11:00:00Z", run_id=None)
    return path


def run(db: Path, *arguments: str) -> Result:
    with contextlib.chdir(db.parent):
        return CliRunner().invoke(main, ["gone", *arguments, "--db", db.name])


def test_who_is_gone_who_moved_and_who_returned(db: Path) -> None:
    done = run(db)
    assert done.exit_code == 0, done.stderr
    assert (
        done.stdout
        == r"""1 article gone; times are UTC

  It is gone\x1b[2J
  https://report.az/en/x/gone
  gone since 2025-11-12 08:00 (status 410), looked for 3 times, last 2025-11-13 09:00

1 article moved to another address; times are UTC

  It is moved\x1b[2J
  https://report.az/en/x/moved
  moved since 2025-11-14 10:00, to https://report.az/en/x/here

1 article returned; times are UTC

  It is back\x1b[2J
  https://report.az/en/x/back
  there again since 2025-11-15 11:00; from 2025-11-12 08:00 it was gone (status 404)

1 more was not there when last looked for: what is not there three times over a day is gone

What it said to the last: newscrawl history URL --db news.db
"""
    )


def test_as_json_an_article_a_line(db: Path) -> None:
    back, moved, gone = lines(run(db, "--json").stdout)
    assert [each["fate"] for each in (back, moved, gone)] == ["returned", "moved", "gone"], (
        "what happened last is first"
    )
    assert gone == {
        "fate": "gone", "site": "report", "language": "en", "url": GONE, "headline": "It is gone\x1b[2J",
        "published_at": "2025-11-11T13:50:00Z", "revision": 1, "status": 410, "moved_to": None, "first_at": DAYS[0],
        "last_at": DAYS[2], "times": 3, "gone_at": DAYS[0], "returned_at": None,
    }  # fmt: skip
    assert (moved["moved_to"], back["returned_at"]) == (HERE, "2025-11-15T11:00:00Z")


def test_of_one_site(db: Path) -> None:
    with Archive.open(db) as archive:
        elsewhere = made(site="else", url="https://else.az/a", body=words(7))
        archive.save(elsewhere, seen_at=SEEN, run_id=None)
        for at in DAYS:
            archive.missed("https://else.az/a", at=at, status=404)
    assert len(lines(run(db, "--json").stdout)) == 4
    assert len(lines(run(db, "--json", "--site", "report").stdout)) == 3
    assert run(db, "--site", "no").exit_code == 2


def test_an_archive_from_which_nothing_is_gone(tmp_path: Path) -> None:
    Archive.open(tmp_path / "news.db").close()
    done = newscrawl("gone", cwd=tmp_path, NEWSCRAWL_DB="news.db")
    assert (done.returncode, done.stdout) == (
        0, "No article is gone, as far as is known: nothing was looked for yet.\n"
    )  # fmt: skip
    assert run(tmp_path / "news.db", "--json").stdout == ""


def test_what_is_not_there_but_not_gone_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Archive.open(path) as archive:
        archive.add_site(SITES["report"])
        for number, url in enumerate((GONE, ONCE, HERE)):
            archive.save(made(url=url, language="en", body=words(number)), seen_at=SEEN, run_id=None)
        archive.unmodified(HERE, at=DAYS[0])
        assert run(path).stdout == "No article is gone: every one that was looked for is where it was.\n"
        archive.missed(GONE, at=DAYS[0], status=404)
        one = "No article counts as gone yet; 1 was not there when last looked for: "
        assert run(path).stdout == f"{one}three times over a day, and it is gone.\n"
        archive.missed(ONCE, at=DAYS[0], status=404)
        assert "; 2 were not there when last looked for: " in run(path).stdout
        archive.unmodified(ONCE, at=DAYS[1])
        assert "; 1 was not there" in run(path).stdout, "the other one is there again"
