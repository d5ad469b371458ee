"""`newscrawl history`, `diff`, `failures`, `status`: an archive as a person at a terminal sees it."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import attrs
import pytest
from click.testing import CliRunner, Result

from newscrawl.archive import Archive
from newscrawl.cli import main
from newscrawl.exchanges import Exchange, Place
from tests.archive.conftest import made
from tests.test_cli import lines, newscrawl

URL = "https://report.az/en/finance/summit"
FIRST, SECOND, THIRD, FOURTH = (f"2025-11-11T1{n}:00:00Z" for n in range(4))
A = made(
    url=URL,
    language="en",
    headline="Summit [bold]postponed[/bold]",
    summary="They will :smile: later",
    section="Finance",
    tags=("oil", "gas"),
    body="Nothing here changes.\n\nThe summit was postponed, said the minister.\n\nThe end.",
    aliases={"https://report.az/amp/en/finance/summit": "amp", "https://www.report.az/old/": "canonical"},
    short_url="https://report.az/2844552",
    modified_at="2025-11-11T13:59:00+04:00",
)
B = attrs.evolve(
    A,
    headline="Summit [bold]postponed[/bold] - UPDATED-2 \x1b[31m",
    section="Politics",
    published_at="2025-11-11T18:30:00+04:00",
    tags=("oil", "BMT"),
    body="Nothing here changes.\n\nThe summit was cancelled, said the minister.\n\nOne \u202emore\x07.\n\nThe end.",
)
C = attrs.evolve(B, body=B.body + "\n\nRead [red]more[/red]")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """An article in the states A, B, B as another parser reads it, A; and three pages that failed."""
    path = tmp_path / "news.db"
    with Archive.open(path) as archive:
        runs = [archive.start_run("report", {}, {}, at) for at in (FIRST, SECOND, THIRD, FOURTH)]
        archive.save(A, seen_at=FIRST, run_id=runs[0])
        archive.save(B, seen_at=SECOND, run_id=runs[1])
        archive.save(C, seen_at=SECOND, run_id=runs[2], again=True)
        archive.save(A, seen_at=FOURTH, run_id=runs[3])
        archive.save(made(url="https://report.az/en/finance/once", body="Once."), seen_at=FIRST, run_id=runs[0])
        exchange = Exchange(
            url="https://report.az/en/x/gone", kind="article", status=200, headers=(), body=b"", fetched_at=FIRST
        )
        with archive.transaction():
            snapshot = archive.snapshots.add(exchange, Place("report/a.warc.gz", 0, 9), run_id=runs[0])
        for name, at, stored in (("bare", FIRST, None), ("gone", FIRST, snapshot), ("gone", SECOND, snapshot)):
            archive.fail(
                f"https://report.az/en/x/{name}", stage="extract", error="MissingField", site="report",
                detail="body: [red]none\x1b[2J in .x", run_id=runs[0], at=at, snapshot_id=stored,
            )  # fmt: skip
        archive.fail(
            "https://report.az/en/x/down", stage="download", error="Http500", detail=None, run_id=runs[3], at=FOURTH
        )
    return path


def run(db: Path, *arguments: str) -> Result:
    """The command in this process: a process for each of so many would take minutes."""
    with contextlib.chdir(db.parent):
        return CliRunner().invoke(main, [*arguments, "--db", db.name])


def printed(db: Path, *arguments: str) -> str:
    done = run(db, *arguments)
    assert done.exit_code == 0, done.stderr
    return done.stdout


def refused(db: Path, *arguments: str) -> str:
    done = run(db, *arguments)
    assert done.exit_code == 2
    assert isinstance(done.exception, SystemExit), "no traceback"
    assert done.stdout == ""
    return done.stderr.splitlines()[-1]


def on_a_terminal(db: Path, *arguments: str, **environment: str) -> str:
    """What a command writes to a terminal 100 columns wide."""
    ours, theirs = pty.openpty()
    unset = {"NO_COLOR", "FORCE_COLOR", "TERM", "COLUMNS"}
    kept = {name: value for name, value in os.environ.items() if name not in unset}
    with subprocess.Popen(
        [sys.executable, "-m", "newscrawl", *arguments, "--db", str(db)],
        stdin=theirs, stdout=theirs, stderr=theirs,
        env=kept | {"TERM": "xterm-256color", "COLUMNS": "100"} | environment,
    ) as process:  # fmt: skip
        os.close(theirs)
        written = b""
        try:
            while piece := os.read(ours, 4096):
                written += piece
        except OSError:
            pass  # the other end is closed
        os.close(ours)
    assert process.returncode == 0, written
    return written.decode().replace("\r\n", "\n")


def test_history_tells_each_state_and_what_changed(db: Path) -> None:
    first, *rest = re.split(r"\n   (?=\d  )", printed(db, "history", URL))
    assert first.splitlines()[:3] == ["Summit [bold]postponed[/bold]", URL, "4 states; times are UTC"]
    one, two, three, four = rest
    assert one.startswith("1  2025-11-11 10:00:00   first seen\n")
    assert "the publisher's own time of change: 2025-11-11 09:59:00" in one
    assert two.startswith("2  2025-11-11 11:00:00   headline, section, published_at, tags, body +3/-1 words\n")
    assert r"headline: Summit [bold]postponed[/bold] - UPDATED-2 \x1b[31m" in two
    assert three.startswith("3  2025-11-11 11:00:00   body +4/-0 words\n")
    assert "no edit of the publisher: newscrawl reads the same page differently since" in three
    assert four.startswith("4  2025-11-11 13:00:00   headline, section, published_at, tags, body +1/-7 words\n")
    assert "reads as state 1 did" in four
    assert all("no edit" not in state for state in (one, two, four))


def test_nothing_that_a_publisher_writes_steers_the_terminal(db: Path) -> None:
    for arguments in (("history", URL), ("diff", URL, "1", "2"), ("diff", URL, "2", "4"), ("failures",)):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", printed(db, *arguments))


def test_history_as_json_has_the_states_whole(db: Path) -> None:
    states = lines(printed(db, "history", "--json", URL))
    assert [state["revision"] for state in states] == [1, 2, 3, 4]
    assert [state["cause"] for state in states] == [None, None, "parser", None]
    assert [state["same_as"] for state in states] == [None, None, None, 1]
    assert [state["changed"] for state in states] == [
        [], ["headline", "section", "published_at", "tags", "body"], ["body"],
        ["headline", "section", "published_at", "tags", "body"],
    ]  # fmt: skip
    assert (states[1]["body_words_added"], states[1]["body_words_removed"]) == (3, 1)
    assert (states[1]["url"], states[1]["seen_at"], states[1]["headline"]) == (URL, SECOND, B.headline)
    assert (states[1]["body"], states[1]["tags"], states[1]["summary"]) == (B.body, ["oil", "BMT"], B.summary)


@pytest.mark.parametrize(
    "address",
    [
        "https://report.az/2844552",
        "report.az/2844552",
        "https://report.az/amp/en/finance/summit",
        "http://www.report.az/en/finance/summit/?utm_source=x&fbclid=1#top",
        " https://REPORT.az/en/finance/summit ",
        "https://www.report.az/old/?utm_source=x",
    ],
)
def test_any_address_of_the_article_will_do(db: Path, address: str) -> None:
    assert URL in printed(db, "history", address)
    assert URL in printed(db, "diff", address)


def test_an_unknown_address_is_said_in_one_line_that_helps(db: Path) -> None:
    line = refused(db, "history", "https://report.az/en/x/none")
    assert line == (
        "Error: news.db has no article at https://report.az/en/x/none, nor a failure: "
        "scrapy crawl report -a urls=https://report.az/en/x/none"
    )
    assert refused(db, "diff", "https://example.com/a").endswith("the sites that newscrawl crawls: report.az")
    assert "is no web address" in refused(db, "history", "http://[bad/x")
    assert r"http://[\x1b]0;x is no web address" in refused(db, "history", "http://[\x1b]0;x")


def test_an_address_that_failed_says_so(db: Path) -> None:
    line = refused(db, "history", "https://www.report.az/en/x/gone")
    assert "the page failed once, last at 2025-11-11T11:00:00Z" in line
    with Archive.open(db) as archive:
        archive.fail(
            "https://report.az/en/x/down", stage="download", error="Http500", detail=None, run_id=None, at=FOURTH
        )
    assert "the page failed 2 times, last at 2025-11-11T13:00:00Z (download, Http500)" in refused(
        db, "history", "report.az/en/x/down"
    )
    assert r"(extract, MissingField: body: [red]none\x1b[2J in .x)" in line
    assert line.endswith("newscrawl failures says what to do")


def test_diff_shows_every_field_that_changed(db: Path) -> None:
    assert (
        printed(db, "diff", URL, "1", "2")
        == rf"""{URL}
state 1 (2025-11-11 10:00:00 UTC) to state 2 (2025-11-11 11:00:00 UTC)

headline
Summit [bold]postponed[/bold] {{+- UPDATED-2 \x1b[31m+}}

section
[-Finance-] {{+Politics+}}

published_at
[-2025-11-11T13:50:00Z-] {{+2025-11-11T14:30:00Z+}}

tags
oil, [-gas-], {{+BMT+}}

body +3/-1 words
… (1 paragraph as before)

The summit was [-postponed-] {{+cancelled+}}, said the minister.

{{+One \u202emore\x07.+}}

… (1 paragraph as before)

the same in both: summary
"""
    )


def test_diff_of_the_last_two_states(db: Path) -> None:
    assert printed(db, "diff", URL) == printed(db, "diff", URL, "3", "4")
    assert "[-Read [red]more[/red]-]" in printed(db, "diff", URL)


def test_diff_says_which_state_is_no_edit(db: Path) -> None:
    note = "state 3 is no edit of the publisher: newscrawl reads the same page differently since"
    assert note in printed(db, "diff", URL, "2", "3")
    assert note in printed(db, "diff", URL, "4", "1")
    assert note not in printed(db, "diff", URL, "1", "2")
    assert note not in printed(db, "diff", URL, "3", "4")
    assert "Both read the same." in printed(db, "diff", URL, "1", "4")


def test_diff_of_a_summary_that_came_and_went(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "news.db") as archive:
        archive.save(attrs.evolve(A, summary=None), seen_at=FIRST, run_id=None)
        archive.save(attrs.evolve(A, summary="Now", section=None), seen_at=SECOND, run_id=None)
    found = printed(tmp_path / "news.db", "diff", URL)
    assert "summary\n{+Now+}\n" in found
    assert "section\n[-Finance-]\n" in found


def test_long_paragraphs_are_shortened(tmp_path: Path) -> None:
    start, end = (" ".join(f"{letter}{n}" for n in range(40)) for letter in "ab")
    with Archive.open(tmp_path / "news.db") as archive:
        archive.save(attrs.evolve(A, body=f"{start} old {end}"), seen_at=FIRST, run_id=None)
        archive.save(attrs.evolve(A, body=f"{start} new {end}"), seen_at=SECOND, run_id=None)
    found = printed(tmp_path / "news.db", "diff", URL)
    assert (
        "… a28 a29 a30 a31 a32 a33 a34 a35 a36 a37 a38 a39 [-old-] {+new+} b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 b10 b11 …"
        in found
    )


def test_diff_of_what_cannot_be_compared(db: Path) -> None:
    numbers = "Error: give two numbers from 1 to 4, or none for the last two states"
    assert refused(db, "diff", URL, "1", "9") == numbers
    assert refused(db, "diff", URL, "2") == numbers
    once = "nothing to compare: the article was seen in one state only, first at 2025-11-11T10:00:00Z"
    assert refused(db, "diff", "https://report.az/en/finance/once") == f"Error: {once}"


def test_diff_is_coloured_on_a_terminal(db: Path) -> None:
    found = on_a_terminal(db, "diff", URL, "1", "2")
    assert "The summit was \x1b[9;31mpostponed\x1b[0m \x1b[1;32mcancelled\x1b[0m, said the minister." in found
    assert "[-" not in found
    assert "{+" not in found
    assert r"UPDATED-2 \x1b[31m" in found, "the publisher's own colours are shown, not obeyed"


def test_no_color_is_respected_on_a_terminal(db: Path) -> None:
    found = on_a_terminal(db, "diff", URL, "1", "2", NO_COLOR="1")
    assert "The summit was [-postponed-] {+cancelled+}, said the minister." in found
    assert "\x1b[9" not in found


def test_failures_by_kind_with_an_example_and_what_to_do(db: Path) -> None:
    assert (
        printed(db, "failures")
        == r"""3 pages gave no article; times are UTC

download, Http500: 1 page, 2025-11-11 13:00, tried 1 time
  https://report.az/en/x/down
  no page is stored

extract, MissingField: 2 pages, 2025-11-11 10:00 to 2025-11-11 11:00, tried 2 times
  https://report.az/en/x/gone
  body: [red]none\x1b[2J in .x
  stored as snapshot 1

newscrawl reparse --failures --db news.db    reads 1 stored page again, without a request
Crawls ask again for 3 pages: what could not be fetched at once, the rest after six hours; for a week.
"""
    )


def test_failures_as_json_page_by_page(db: Path) -> None:
    found = lines(printed(db, "failures", "--json"))
    assert [(each["url"], each["snapshot_id"]) for each in found] == [
        ("https://report.az/en/x/down", None), ("https://report.az/en/x/gone", 1),
        ("https://report.az/en/x/bare", None),
    ]  # fmt: skip
    assert found[1]["detail"] == "body: [red]none\x1b[2J in .x"
    of_site = lines(printed(db, "failures", "--json", "--site", "report"))
    assert [each["url"] for each in of_site] == [each["url"] for each in found[1:]]
    assert "unknown site 'no'; there are: report" in refused(db, "failures", "--site", "no")


def test_resolved_failures_are_shown_if_asked_for(db: Path) -> None:
    with Archive.open(db) as archive:
        archive.resolve("https://report.az/en/x/down", at=FOURTH, run_id=None)
    assert "Http500" not in printed(db, "failures")
    everything = printed(db, "failures", "--all")
    assert "3 pages gave no article, 1 of them resolved since" in everything
    assert "download, Http500: 1 page (1 resolved), " in everything
    assert len(lines(printed(db, "failures", "--all", "--json"))) == 3


def test_failures_of_an_archive_without_any(tmp_path: Path) -> None:
    Archive.open(tmp_path / "news.db").close()
    assert printed(tmp_path / "news.db", "failures") == "No page failed.\n"
    assert printed(tmp_path / "news.db", "failures", "--json") == ""


def test_what_failed_for_a_week_is_left_to_the_reader(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "news.db") as archive:
        for at in (FIRST, "2025-11-18T10:00:00Z"):
            archive.fail(URL, stage="download", error="Http404", detail=None, run_id=None, at=at)
    found = printed(tmp_path / "news.db", "failures")
    assert "1 page failed for a week and no crawl asks any more" in found
    assert "ask again" not in found


def test_status_points_to_failures(db: Path) -> None:
    assert "newscrawl failures --db news.db" in printed(db, "status")
    strange = db.rename(db.with_name("[bold].db"))
    assert "newscrawl failures --db [bold].db" in printed(strange, "status")


def test_the_commands_as_processes(db: Path) -> None:
    for arguments, words in ((("history", URL), "4 states"), (("diff", URL), "{+"), (("failures",), "MissingField")):
        done = newscrawl(*arguments, cwd=db.parent, NEWSCRAWL_DB="news.db")
        assert done.returncode == 0, done.stderr
        assert words in done.stdout
