from __future__ import annotations

from typing import Any

import attrs
import pytest

from newscrawl.archive import Archive
from tests.archive.conftest import BODY, FIRST, LAST, LATER, made, save, words

TEXT = "SELECT revision, seen_at, headline, summary, body, section, published_at, tags FROM revisions ORDER BY revision"
A = made(summary="S", section="Siyasət", tags=("a", "b"))


@pytest.mark.parametrize(
    "change",
    [
        {"headline": "Headline - UPDATED"},
        {"summary": None},
        {"body": BODY + "\n\nMore."},
        {"section": "Region"},
        {"published_at": "2025-11-11T17:55:00+04:00"},
        {"tags": ("b", "a")},
    ],
)
def test_another_text_at_the_same_address_is_a_revision(archive: Archive, change: dict[str, Any]) -> None:
    save(archive, A)
    (first,) = archive.conn.execute(TEXT).fetchall()
    assert save(archive, attrs.evolve(A, **change), LATER) == (1, 2, "changed")
    old, new = archive.conn.execute(TEXT).fetchall()
    assert old == first
    assert new[:2] == (2, LATER)
    assert new[2:] != old[2:]
    assert archive.conn.execute(
        "SELECT first_seen_at, last_seen_at, changed_at, revision FROM articles"
    ).fetchall() == [(FIRST, LATER, LATER, 2)]


def test_a_return_to_an_earlier_text_is_a_revision(archive: Archive) -> None:
    other = attrs.evolve(A, headline="B", tags=(), body=words(1))
    assert [save(archive, article)[1:] for article in (A, other, A, A, other)] == [
        (1, "new"), (2, "changed"), (3, "changed"), (3, "unchanged"), (4, "changed"),
    ]  # fmt: skip
    rows = archive.conn.execute("SELECT headline, tags, content_sha256 FROM revisions ORDER BY revision").fetchall()
    expected = [("Headline", '["a","b"]', A.content_sha256), ("B", "[]", other.content_sha256)]
    assert rows == expected * 2


def test_the_index_knows_the_current_text_only(archive: Archive) -> None:
    save(archive, attrs.evolve(A, headline="Birinci", body="köhnə mətn", tags=("köhnə",)))
    save(archive, attrs.evolve(A, headline="İkinci", body="təzə mətn", tags=("təzə",)))
    assert [len(archive.search(text)) for text in ("birinci", "kohne", "ikinci", "teze", "metn")] == [0, 0, 1, 1, 1]
    archive.conn.execute("INSERT INTO articles_fts (articles_fts) VALUES ('integrity-check')")
    counted = archive.conn.execute("SELECT count(*) FROM articles_fts_docsize").fetchone()
    assert counted == (1,)


def test_run_and_snapshot_of_each_revision(archive: Archive) -> None:
    one, two = (archive.start_run("report", {}, {}, at) for at in (FIRST, LATER))
    archive.conn.execute("INSERT INTO snapshot_rows (id, url, fetched_at) VALUES (7, 'u', ''), (8, 'u', '')")
    archive.save(A, seen_at=FIRST, run_id=one, snapshot_id=7)
    archive.save(attrs.evolve(A, headline="B"), seen_at=LATER, run_id=two, snapshot_id=8)
    assert archive.conn.execute("SELECT run_id, snapshot_id FROM revisions").fetchall() == [(one, 7), (two, 8)]


def test_modified_at_of_a_revision_stays_what_it_was(archive: Archive) -> None:
    save(archive, attrs.evolve(A, modified_at="2025-11-11T14:00:00+00:00"))
    save(archive, attrs.evolve(A, modified_at="2025-11-11T15:00:00+00:00"), LATER)
    save(archive, attrs.evolve(A, headline="B", modified_at="2025-11-11T16:00:00+00:00"), LAST)
    assert archive.conn.execute("SELECT modified_at FROM revisions").fetchall() == [(FIRST,), (LAST,)]


def test_a_page_that_is_older_than_the_text_is_no_revision(archive: Archive) -> None:
    save(archive, A, LATER)
    save(archive, attrs.evolve(A, headline="B"), LAST)
    for earlier in (FIRST, LATER):
        assert save(archive, attrs.evolve(A, headline="C"), earlier) == (1, 2, "unchanged")
    rows = archive.conn.execute("SELECT seen_at, headline FROM revisions ORDER BY revision").fetchall()
    assert rows == [(LATER, "Headline"), (LAST, "B")]
    assert archive.conn.execute("SELECT headline, last_seen_at, changed_at FROM articles").fetchall() == [
        ("B", LAST, LAST)
    ]


def test_what_comes_in_late_changes_nothing(archive: Archive) -> None:
    """Whichever of two pages is saved first, the archive is that of the order in which they were fetched."""
    pages = ((7, FIRST, A), (8, LATER, attrs.evolve(A, image_url="https://report.az/2.jpg")))
    for snapshot, at, _ in pages:
        insert = "INSERT INTO snapshot_rows (id, url, fetched_at, status) VALUES (?, ?, ?, 200)"
        archive.conn.execute(insert, (snapshot, A.url, at))
    for snapshot, at, article in (*pages, pages[0]):
        archive.save(article, seen_at=at, run_id=None, snapshot_id=snapshot)
        state = archive.conn.execute("SELECT image_url, first_seen_at, last_seen_at FROM articles").fetchall()
    assert state == [("https://report.az/2.jpg", FIRST, LATER)]
