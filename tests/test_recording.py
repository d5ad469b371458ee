"""A page goes on its way only once it cannot be lost: bytes synced first, then the row that points to them."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

from newscrawl.archive import Archive
from newscrawl.errors import DiskFull
from newscrawl.exchanges import Exchange
from newscrawl.recording import SnapshotWriter
from newscrawl.warc.reading import load, read
from newscrawl.warc.writing import WarcWriter

AT = "2025-11-11T14:00:00Z"


def exchange(n: int, body: bytes | None = None) -> Exchange:
    body = f"page {n}".encode() if body is None else body
    return Exchange(url=f"https://report.az/{n}", kind="article", status=200, headers=(), body=body, fetched_at=AT)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "news.db") as opened:
        yield opened


def writer(archive: Archive, folder: Path, floor: int = 0) -> SnapshotWriter:
    run_id = archive.start_run("report", {}, {}, AT)
    return SnapshotWriter(archive, WarcWriter(folder, "report", AT, run_id, {}, 10**9), run_id, (folder,), floor)


async def keep_all(snapshots: SnapshotWriter, exchanges: list[Exchange]) -> list[Any]:
    found = await asyncio.gather(*(snapshots.keep(each) for each in exchanges), return_exceptions=True)
    return list(found)


def test_bytes_are_synced_before_a_row_points_to_them(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = [0]
    unsafe: list[tuple[int, int]] = []
    really = os.fsync

    def fsync(descriptor: int) -> None:
        size = os.fstat(descriptor).st_size
        really(descriptor)
        synced.append(size)

    def traced(statement: str) -> None:
        if statement == "COMMIT":
            sql = "SELECT coalesce(max(warc_offset + warc_length), 0) FROM snapshot_rows"
            unsafe.append((archive.conn.execute(sql).fetchone()[0], max(synced)))

    monkeypatch.setattr(os, "fsync", fsync)
    snapshots = writer(archive, tmp_path / "warc")
    archive.conn.set_trace_callback(traced)
    ids = asyncio.run(keep_all(snapshots, [exchange(n) for n in range(40)]))
    archive.conn.set_trace_callback(None)
    assert sorted(ids) == list(range(1, 41))
    assert unsafe
    assert all(pointed <= safe for pointed, safe in unsafe), unsafe
    snapshots.close({})


def test_what_waits_is_synced_together(archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[int] = []
    really = os.fsync

    def fsync(descriptor: int) -> None:
        calls.append(descriptor)
        really(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    snapshots = writer(archive, tmp_path / "warc")
    asyncio.run(keep_all(snapshots, [exchange(n) for n in range(500)]))
    assert len(calls) < 250
    snapshots.close({})


def test_each_snapshot_can_be_read_back(archive: Archive, tmp_path: Path) -> None:
    snapshots = writer(archive, tmp_path / "warc")
    kept = [exchange(n) for n in range(20)] + [exchange(99, b"")]
    ids = asyncio.run(keep_all(snapshots, kept))
    again = asyncio.run(keep_all(snapshots, [exchange(100, b"page 7"), exchange(101, b"")]))
    snapshots.close({"finish_reason": "finished"})
    found = list(archive.snapshots.read([*ids, *again]))
    for each, original in zip(found, [*kept, exchange(100, b"page 7"), exchange(101, b"")], strict=True):
        assert load(tmp_path / "warc", each.place, each.original) == original
    assert [each.original == found[7].place for each in found[-2:]] == [True, False], "an empty body repeats nothing"


def test_a_page_whose_original_was_lost_is_stored_whole(archive: Archive, tmp_path: Path) -> None:
    snapshots = writer(archive, tmp_path / "warc")
    asyncio.run(keep_all(snapshots, [exchange(1)]))
    snapshots.close({})
    for file in tmp_path.glob("warc/*/*"):
        file.unlink()
    later = "2025-11-11T15:00:00Z"
    run_id = archive.start_run("report", {}, {}, later)
    warc = WarcWriter(tmp_path / "warc", "report", later, run_id, {}, 10**9)
    snapshots = SnapshotWriter(archive, warc, run_id, (), 0)
    ids = asyncio.run(keep_all(snapshots, [exchange(1)])) + asyncio.run(keep_all(snapshots, [exchange(1)]))
    snapshots.close({})
    first, second = archive.snapshots.read(ids)
    assert (first.original, second.original) == (None, first.place)
    assert load(tmp_path / "warc", second.place, second.original) == exchange(1)


def test_what_was_written_before_the_disk_was_full_is_indexed(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshots = writer(archive, tmp_path / "warc")
    append = WarcWriter.append
    kept: list[str] = []

    def limited(self: WarcWriter, each: Exchange, original: Any = None) -> Any:
        if len(kept) == 5:
            raise DiskFull("no room")
        kept.append(each.url)
        return append(self, each, original)

    monkeypatch.setattr(WarcWriter, "append", limited)
    outcomes = asyncio.run(keep_all(snapshots, [exchange(n) for n in range(9)]))
    assert outcomes[:5] == [1, 2, 3, 4, 5]
    assert [type(each) for each in outcomes[5:]] == [DiskFull] * 4
    assert [url for (url,) in archive.conn.execute("SELECT url FROM snapshots ORDER BY id")] == kept
    snapshots.close({})


def test_the_floor(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "warc").mkdir()
    snapshots = writer(archive, tmp_path / "warc", floor=10**18)
    (outcome,) = asyncio.run(keep_all(snapshots, [exchange(1)]))
    assert isinstance(outcome, DiskFull)
    assert "under the floor of 1,000,000,000,000,000,000" in str(outcome)
    snapshots.close({})
    assert not list(tmp_path.glob("warc/*/*")), "no file without a record"


def test_a_crawl_without_an_answer_leaves_no_file(archive: Archive, tmp_path: Path) -> None:
    writer(archive, tmp_path / "warc").close({})
    assert not list(tmp_path.glob("warc/*"))


def conditional(etag: str, n: int = 1) -> Exchange:
    return Exchange(
        url=f"https://report.az/{n}", kind="article", status=304, headers=(("Etag", '"a"'),), body=b"",
        fetched_at="2025-11-11T15:00:00Z", request_headers=(("If-None-Match", etag),),
    )  # fmt: skip


def test_a_304_points_to_the_page_that_it_confirms(archive: Archive, tmp_path: Path) -> None:
    """Also where that repeats another page: its own headers say which validators it had."""
    snapshots = writer(archive, tmp_path / "warc")
    pages = [
        attrs.evolve(exchange(n, b"the same page"), headers=(("Etag", f'"{etag}"'),))
        for n, etag in ((0, "b"), (1, "a"))
    ]
    for page in pages:
        asyncio.run(keep_all(snapshots, [page]))
    (kept,) = asyncio.run(keep_all(snapshots, [conditional('"a"')]))
    snapshots.close({})
    found = next(archive.snapshots.read([kept]))
    (first,) = archive.snapshots.read([1])
    record = read(tmp_path / "warc", found.place)
    assert (found.status, found.original, found.payload_sha256) == (304, first.place, first.payload_sha256)
    assert record.fields["warc-profile"] == "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
    assert record.fields["warc-refers-to"] == read(tmp_path / "warc", first.place).fields["warc-record-id"]
    assert load(tmp_path / "warc", found.place, found.original) == attrs.evolve(conditional('"a"'), request_headers=())
    latest = archive.snapshots.latest_page("https://report.az/1")
    assert latest is not None
    assert latest.id == 2, "a 304 is no page"


@pytest.mark.parametrize("what", ["another", "none", "lost"])
def test_a_304_that_confirms_no_page_of_ours_is_stored_as_it_came(archive: Archive, tmp_path: Path, what: str) -> None:
    """Of another version of the page, or of none that can be read: nothing is lost, as it has no body."""
    snapshots = writer(archive, tmp_path / "warc")
    if what != "none":
        asyncio.run(keep_all(snapshots, [attrs.evolve(exchange(1), headers=(("Etag", '"a"'),))]))
    asyncio.run(keep_all(snapshots, [exchange(2, b"")]))
    snapshots.close({})
    if what == "lost":
        for file in tmp_path.glob("warc/*/*"):
            file.write_bytes(b"")
    run_id = archive.start_run("report", {}, {}, "2025-11-11T15:00:00Z")
    warc = WarcWriter(tmp_path / "warc", "report", "2025-11-11T15:00:00Z", run_id, {}, 10**9)
    snapshots = SnapshotWriter(archive, warc, run_id, (), 0)
    (kept,) = asyncio.run(keep_all(snapshots, [conditional('"other"' if what == "another" else '"a"')]))
    snapshots.close({})
    found = next(archive.snapshots.read([kept]))
    assert (found.status, found.original) == (304, None)
    assert read(tmp_path / "warc", found.place).type == "response"
    assert load(tmp_path / "warc", found.place).headers == (("Etag", '"a"'),)


def test_no_look_at_the_index_reads_all_of_it(archive: Archive) -> None:
    """It has a row for each answer of all crawls."""
    asked: list[str] = []
    archive.conn.set_trace_callback(asked.append)
    archive.snapshots.latest_page("https://report.az/1")
    archive.snapshots.original("00" * 32)
    archive.snapshots.unread(["report/20251111T140000Z-1.warc.gz"])
    archive.conn.set_trace_callback(None)
    assert len(asked) == 3
    for statement in asked:
        plan = [row[3] for row in archive.conn.execute(f"EXPLAIN QUERY PLAN {statement}")]
        assert not [step for step in plan if step in {"SCAN s", "SCAN snapshot_rows"}], plan
