"""An answer 304 is stored beside the page that it confirms, and never taken for a page."""

from __future__ import annotations

from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from newscrawl.archive import Archive, Asked
from newscrawl.upkeep.check import check
from newscrawl.upkeep.rebuild import rebuild
from tests.test_cli import newscrawl
from tests.upkeep.conftest import T1, T2, T3, URL, Library, page

INDEX = "SELECT url, fetched_at, status, payload_sha256, warc_file, warc_offset, revisit_of FROM snapshots ORDER BY id"


@pytest.fixture
def confirmed(library: Library) -> Library:
    """A page at T1, two 304 since; each crawl has a file of its own."""
    library.crawled(page(), T1)
    for at in (T2, T3):
        library.confirmed(at)
    return library


def kinds(library: Library) -> dict[str, int]:
    report = check(library.archive.path, library.folder, repair=False)
    return {each.kind.name: each.count for each in report.findings}


def test_check_finds_all_of_it_whole(confirmed: Library) -> None:
    assert confirmed.rows("SELECT status, revisit_of FROM snapshots") == [(200, None), (304, 1), (304, 1)]
    assert kinds(confirmed) == {}
    confirmed.archive.conn.execute("UPDATE snapshot_rows SET status = 200 WHERE id = 2")
    assert kinds(confirmed) == {"row-differs": 1}


def test_with_its_page_a_304_loses_nothing(confirmed: Library) -> None:
    first = min(confirmed.folder.glob("*/*.warc.gz"))
    data = bytearray(first.read_bytes())
    data[-100] ^= 0xFF
    first.write_bytes(bytes(data))
    assert kinds(confirmed) == {"record-damaged": 1}, "no body of theirs is lost"


def test_an_export_brings_the_page_along(confirmed: Library, tmp_path: Path) -> None:
    done = newscrawl("export", "--db", "news.db", "--format", "warc", "-o", "all.warc.gz", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    with (tmp_path / "all.warc.gz").open("rb") as file:
        records = [(each.rec_type, each.rec_headers.get_header("WARC-Date")) for each in ArchiveIterator(file)]
    answers = [("response", T1), ("revisit", T2), ("revisit", T3)]
    assert records[1:] == [(kind, at) for answer, at in answers for kind in ("request", answer)]


def test_the_index_can_be_made_again(confirmed: Library, tmp_path: Path) -> None:
    done = rebuild(tmp_path / "new.db", confirmed.folder)
    assert (done.records, done.damages, done.unusable) == (3, [], [])
    with Archive.open(tmp_path / "new.db") as archive:
        assert archive.conn.execute(INDEX).fetchall() == confirmed.rows(INDEX)


def test_no_304_is_read_as_a_page(confirmed: Library, tmp_path: Path) -> None:
    assert list(confirmed.archive.snapshots.pages(Asked(urls=(URL,)))) == [1]
    for arguments, words in (
        (("reparse",), "1 unchanged"),
        (("fixture", URL, "--name", "en-a", "--into", "made"), f"the page of {T1}"),
    ):
        done = newscrawl(*arguments, "--db", "news.db", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert words in done.stdout
