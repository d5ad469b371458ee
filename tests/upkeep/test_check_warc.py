"""WARC files that are damaged in every way: named, no harm to the rest, and mended where that is possible."""

from __future__ import annotations

import fcntl
import gzip
from io import BytesIO
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from newscrawl.upkeep.findings import Finding
from tests.upkeep.stored import Stored, age, make


@pytest.fixture
def stored(tmp_path: Path) -> Stored:
    return make(tmp_path)


def only(findings: tuple[Finding, ...]) -> tuple[str, str]:
    """Kind and first example of the only finding."""
    (finding,) = findings
    return finding.kind.name, finding.examples[0]


def test_nothing_is_wrong_with_a_whole_archive(stored: Stored) -> None:
    report = stored.check()
    assert report.findings == ()
    assert report.is_well
    # warcinfo, ten requests with their answers, and how the run ended
    assert (report.articles, report.snapshots, report.files, report.records) == (8, 10, 1, 22)
    assert stored.check(repair=True).findings == ()


def test_a_flipped_byte_in_the_middle(stored: Stored) -> None:
    place = stored.place(4)
    stored.flip(place.offset + place.length // 2)
    before = stored.kept()
    kind, example = only(stored.check().findings)
    assert kind == "record-damaged"
    assert example.startswith(f"{stored.name} at {place.offset}: {place.length:,} bytes")
    assert "rows that point into it: 1" in example
    report = stored.check(repair=True)
    assert not report.is_well
    assert (report.records, report.kept) == (21, [])
    assert stored.kept() == before


def test_a_page_that_repeats_an_unreadable_one_is_named_too(stored: Stored) -> None:
    place = stored.place(2)
    stored.flip(place.offset + place.length // 2)
    report = stored.check()
    assert [each.kind.name for each in report.findings] == ["record-damaged", "revisit-bereft"]
    assert report.findings[1].examples == ("https://report.az/en/finance/2 of 2025-11-11T14:50:00Z",)


def test_a_record_whose_payload_is_not_the_one_that_it_names(stored: Stored) -> None:
    place = stored.place(3)
    data = stored.file.read_bytes()
    end = place.offset + place.length
    # Whole to gzip: only the digest tells
    other = gzip.compress(gzip.decompress(data[place.offset : end]).replace(b"word3x7", b"word3x8"))
    stored.file.write_bytes(data[: place.offset] + other + data[end:])
    shift = len(other) - place.length
    stored.rows("UPDATE snapshot_rows SET warc_length = warc_length + ? WHERE id = 3", shift)
    # Row by row, from the end that no other stands in the way of
    for order in ("DESC" if shift > 0 else "ASC",):
        for (row,) in stored.rows(f"SELECT id FROM snapshot_rows WHERE id > 3 ORDER BY id {order}"):
            stored.rows("UPDATE snapshot_rows SET warc_offset = warc_offset + ? WHERE id = ?", shift, row)
    kind, example = only(stored.check().findings)
    assert kind == "record-damaged"
    assert f"{stored.name} at {place.offset}: the payload is not the one that its digest names" in example


@pytest.mark.parametrize("cut", [1, 5, 60])
def test_a_torn_end_is_cut_off_and_kept(stored: Stored, cut: int) -> None:
    """A kill tears the record that is written; no row points to it."""
    whole = stored.file.read_bytes()
    last = stored.place(10)
    end = last.offset + last.length
    assert len(whole) - end > cut, "the metadata record, which has no row"
    stored.file.write_bytes(whole[:-cut])
    before = stored.kept()
    kind, example = only(stored.check().findings)
    assert kind == "warc-torn"
    assert example.startswith(f"{stored.name} at {end}: ")
    assert stored.file.read_bytes() == whole[:-cut], "a check changes nothing"
    report = stored.check(repair=True)
    assert report.is_well
    assert report.kept == [stored.file.with_name(f"{stored.file.name}.torn-{end}")]
    assert stored.file.read_bytes() == whole[:end]
    assert report.kept[0].read_bytes() == whole[end:-cut]
    assert stored.check().findings == ()
    assert stored.kept() == before


def test_a_torn_end_that_rows_point_into_stays_a_loss(stored: Stored) -> None:
    last = stored.place(10)
    stored.file.write_bytes(stored.file.read_bytes()[: last.offset + 20])
    assert stored.found() == {"warc-torn": 1, "warc-short": 1}
    assert stored.found(repair=True) == {"warc-short": 1}
    assert stored.found() == {"warc-short": 1}


def test_a_file_that_ends_between_two_records(stored: Stored) -> None:
    last = stored.place(9)
    stored.file.write_bytes(stored.file.read_bytes()[: last.offset])
    kind, example = only(stored.check().findings)
    assert kind == "warc-short"
    assert example == f"{stored.name} ends at {last.offset}; rows that point beyond: 2"


def test_what_an_earlier_repair_kept_is_never_written_over(stored: Stored) -> None:
    last = stored.place(10)
    end = last.offset + last.length
    stored.file.write_bytes(stored.file.read_bytes()[: end + 9])
    earlier = stored.file.with_name(f"{stored.file.name}.torn-{end}")
    earlier.write_bytes(b"earlier")
    (kept,) = stored.check(repair=True).kept
    assert kept.name == f"{earlier.name}-2"
    assert earlier.read_bytes() == b"earlier"


def test_a_missing_file_is_named_once(stored: Stored) -> None:
    stored.file.rename(stored.file.with_suffix(".away"))
    before = stored.kept()
    kind, example = only(stored.check(repair=True).findings)
    assert kind == "warc-missing"
    assert example == f"{stored.file}: rows that point into it: 10"
    assert stored.kept() == before


def test_an_empty_file_is_moved_aside(stored: Stored) -> None:
    empty = stored.folder / "report" / "20251112T135000Z-2.warc.gz"
    empty.touch()
    assert only(stored.check().findings) == ("warc-empty", "report/20251112T135000Z-2.warc.gz")
    assert stored.found(repair=True) == {"warc-empty": 1}, "a crawl may have made it just now"
    age(empty)
    assert stored.found(repair=True) == {}
    assert not empty.exists()
    assert empty.with_name(f"{empty.name}.torn-0").exists()
    assert stored.found() == {}


def test_a_file_that_is_torn_in_its_first_record_is_moved_aside(stored: Stored) -> None:
    torn = stored.folder / "report" / "20251112T135000Z-2.warc.gz"
    torn.write_bytes(stored.file.read_bytes()[:50])
    assert stored.found() == {"warc-torn": 1}
    assert stored.found(repair=True) == {}
    assert torn.with_name(f"{torn.name}.torn-0").read_bytes() == stored.file.read_bytes()[:50]
    assert stored.found() == {}


def test_a_file_that_is_no_gzip(stored: Stored) -> None:
    alien = stored.folder / "letter.warc.gz"
    alien.write_text("Dear reader, " * 100)
    kind, example = only(stored.check(repair=True).findings)
    assert kind == "warc-alien"
    assert example.startswith("letter.warc.gz at 0: 1,300 bytes")
    assert alien.read_text() == "Dear reader, " * 100


def test_what_is_named_like_a_file_and_cannot_be_read(stored: Stored) -> None:
    (stored.folder / "folder.warc.gz").mkdir()
    (stored.folder / "link.warc.gz").symlink_to("nowhere")
    (stored.folder / "odd\udcff.warc.gz").write_bytes(stored.file.read_bytes())
    assert stored.found() == {"warc-unopened": 3}


def test_a_file_of_another_program_gets_rows(stored: Stored) -> None:
    """Its digests are SHA-1, its pages of no kind, its request records none."""
    data = BytesIO()
    writer = WARCWriter(data, gzip=True)
    writer.write_record(writer.create_warcinfo_record("other.warc.gz", {"software": "another"}))
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.0")
    for n in range(3):
        page, url = f"<p>foreign {n}</p>".encode(), f"https://example.com/{n}"
        writer.write_record(
            writer.create_warc_record(url, "response", payload=BytesIO(page), length=len(page), http_headers=headers)
        )
    (stored.folder / "other.warc.gz").write_bytes(data.getvalue())
    before = stored.kept()
    kind, example = only(stored.check().findings)
    assert (kind, example) == ("record-unindexed", "other.warc.gz: 3 of 4 records")
    assert stored.found(repair=True) == {}
    assert stored.found() == {}
    now = stored.kept()
    assert now[0] == before[0]
    assert now[1][:10] == before[1]
    urls = [url for (url,) in stored.rows("SELECT url FROM snapshots WHERE id > 10 ORDER BY id")]
    assert urls == [f"https://example.com/{n}" for n in range(3)]


def test_records_of_a_killed_crawl_get_rows(stored: Stored) -> None:
    (row,) = stored.rows("SELECT url, fetched_at, payload_sha256, warc_offset, run_id FROM snapshots WHERE id = 7")
    for table in ("revision_rows", "failures"):
        stored.rows(f"UPDATE {table} SET snapshot_id = NULL WHERE snapshot_id = 7")
    stored.rows("DELETE FROM snapshot_rows WHERE id = 7")
    finding = stored.check().findings[0]
    assert (finding.kind.name, finding.count, finding.examples) == (
        "record-unindexed", 1, (f"{stored.name}: 1 of 22 records",),
    )  # fmt: skip
    report = stored.check(repair=True)
    assert report.is_well
    assert report.indexed == 1
    assert stored.found() == {}
    sql = "SELECT url, fetched_at, payload_sha256, warc_offset, run_id FROM snapshots WHERE warc_offset = ?"
    assert stored.rows(sql, row[3]) == [row]
    assert stored.rows("SELECT count(*) FROM runs") == [(1,)]


@pytest.mark.parametrize("kind", ["whole", "torn"])
def test_a_file_that_a_crawl_writes_is_left_alone(stored: Stored, kind: str) -> None:
    if kind == "torn":
        stored.file.write_bytes(stored.file.read_bytes()[:-3])
    before = stored.file.read_bytes()
    with stored.file.open("ab") as writing:
        fcntl.flock(writing, fcntl.LOCK_EX)
        for repair in (False, True):
            report = stored.check(repair=repair)
            assert only(report.findings)[0] == "warc-being-written"
            assert report.is_well, "nothing is wrong with it"
            assert report.records == 21, "up to the last one that has a row"
    assert stored.file.read_bytes() == before


@pytest.mark.parametrize(
    ("change", "kind", "words"),
    [
        ("warc_offset = warc_offset + 5", "row-misplaced", "row 5, https://report.az/en/finance/5"),
        ("payload = zeroblob(32)", "row-differs", "row 5, https://report.az/en/finance/5: payload"),
        ("url = 'https://report.az/x'", "row-differs", "row 5, https://report.az/x: address"),
        ("fetched_at = '2025-11-11T13:50:01Z'", "row-differs", "row 5, https://report.az/en/finance/5: time"),
        ("status = 404", "row-differs", "row 5, https://report.az/en/finance/5: status"),
        ("warc_length = 3", "row-differs", "row 5, https://report.az/en/finance/5: length"),
        ("revisit_of = 1", "row-differs", "row 5, https://report.az/en/finance/5: original, payload of the original"),
        ("warc_file_id = NULL", "row-placeless", "https://report.az/en/finance/5"),
    ],
)
def test_a_row_that_is_wrong(stored: Stored, change: str, kind: str, words: str) -> None:
    place = stored.place(5)
    stored.rows(f"UPDATE snapshot_rows SET {change} WHERE id = 5")
    before = stored.kept()
    findings = {each.kind.name: each for each in stored.check().findings}
    lost = {"record-unindexed"} if kind in ("row-misplaced", "row-placeless") else set()
    assert findings.keys() == {kind} | lost
    assert findings[kind].count == 1
    assert findings[kind].examples[0].endswith(words)
    if kind == "row-misplaced":
        assert findings[kind].examples[0].startswith(f"{stored.name} at {place.offset + 5}: ")
    assert stored.found(repair=True) == {kind: 1}
    assert stored.found() == {kind: 1}
    now = stored.kept()
    assert now[0] == before[0]
    assert now[1][:10] == before[1]


def test_a_row_that_points_to_the_request(stored: Stored) -> None:
    request = stored.place(4)
    place = stored.place(5)
    stored.rows("UPDATE snapshot_rows SET warc_offset = ? WHERE id = 5", request.offset + request.length)
    findings = {each.kind.name: each for each in stored.check().findings}
    assert findings.keys() == {"row-misplaced", "record-unindexed"}
    assert stored.found(repair=True) == {"row-misplaced": 1}
    assert stored.rows("SELECT url FROM snapshots WHERE warc_offset = ?", place.offset) == [
        ("https://report.az/en/finance/5",)
    ]
