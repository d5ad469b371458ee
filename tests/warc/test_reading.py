"""What is read back is what was written, and damage stays where it is."""

from __future__ import annotations

import errno
import gzip
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.errors import DamagedRecord, DiskFull, MissingWarc, ReadOnlyArchive
from newscrawl.exchanges import Exchange, Original, Place
from newscrawl.warc.reading import load, read, scan
from newscrawl.warc.records import Damage, Record
from newscrawl.warc.writing import WarcWriter

HEADER_VALUES = st.from_regex(r"[!-~\x80-\xff]{1,9}", fullmatch=True)
AT = "2025-11-11T14:00:00Z"
NAME = "report/20251111T140000Z-7.warc.gz"


def exchange(n: int = 1, **more: object) -> Exchange:
    values = {
        "url": f"https://report.az/en/a-{n}?x=1", "kind": "article", "status": 200, "fetched_at": AT,
        "headers": (("Content-Type", "text/html"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")),
        "body": f"<p>page {n}</p>".encode() * 50,
    }  # fmt: skip
    return Exchange(**(values | more))  # type: ignore[arg-type]


def written(folder: Path, count: int = 3) -> list[Place]:
    writer = WarcWriter(folder, "report", AT, 7, {"software": "newscrawl/test"}, 10**9)
    places = [writer.append(exchange(n)) for n in range(count)]
    writer.close()
    return places


def found(folder: Path) -> list[str]:
    return [each.why[:12] if isinstance(each, Damage) else each.type for each in scan(folder, NAME)]


def flip(path: Path, offset: int) -> None:
    data = bytearray(path.read_bytes())
    data[offset] ^= 0xFF
    path.write_bytes(bytes(data))


@pytest.mark.parametrize(
    "kept",
    [
        exchange(),
        exchange(status=404, body=b"", kind="listing"),
        exchange(status=599, headers=(("X-Strange", "caf\xe9 \xc3\xa9"), ("X-Empty", ""))),
        exchange(headers=(("Content-Encoding", "gzip"),), body=gzip.compress(b"page")),
        exchange(requested_url="https://report.az/123", ip_address="203.0.113.7"),
        exchange(body=b"HTTP/1.1 200 OK\r\n\r\nWARC/1.1\r\n\r\n\x1f\x8b\x08"),
        exchange(url="https://report.az/%D0%B0?q=%20"),
    ],
    ids=["plain", "empty", "headers", "gzip", "redirected", "traps", "escaped"],
)
def test_an_exchange_comes_back_as_it_was(tmp_path: Path, kept: Exchange) -> None:
    writer = WarcWriter(tmp_path, "report", AT, 7, {}, 10**9)
    place = writer.append(kept)
    again = writer.append(
        kept, Original(id=1, url=kept.url, fetched_at=AT, payload_sha256=kept.payload_sha256, place=place)
    )
    writer.close()
    assert load(tmp_path, place) == kept
    assert load(tmp_path, again, place) == kept
    revisit = read(tmp_path, again)
    assert (revisit.type, revisit.payload) == ("revisit", b"")
    assert revisit.fields["warc-refers-to-target-uri"] == kept.url
    assert revisit.fields["warc-refers-to-date"] == AT


@given(
    body=st.binary(max_size=300),
    headers=st.lists(
        st.tuples(
            st.from_regex(r"[A-Za-z-]{1,9}", fullmatch=True), st.from_regex(r"[!-~\x80-\xff]{1,9}", fullmatch=True)
        )
    ),
)
def test_any_bytes_come_back(
    tmp_path_factory: pytest.TempPathFactory, body: bytes, headers: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("warc")
    kept = exchange(body=body, headers=tuple(headers))
    writer = WarcWriter(folder, "report", AT, 7, {}, 10**9)
    place = writer.append(kept)
    writer.close()
    assert load(folder, place) == kept


def test_a_file_holds_whole_records_in_order(tmp_path: Path) -> None:
    places = written(tmp_path)
    records = list(scan(tmp_path, NAME))
    assert [each.type for each in records if isinstance(each, Record)] == ["warcinfo"] + ["request", "response"] * 3
    assert [each.place for each in records[2::2]] == places
    assert sum(each.place.length for each in records) == (tmp_path / NAME).stat().st_size


def test_a_file_that_is_large_enough_is_followed_by_another(tmp_path: Path) -> None:
    writer = WarcWriter(tmp_path, "report", AT, 7, {}, 1500)
    places = [writer.append(exchange(n)) for n in range(6)]
    writer.close()
    names = list(dict.fromkeys(place.file for place in places))
    assert names[:2] == [NAME, "report/20251111T140000Z-7-2.warc.gz"]
    assert len(names) > 2
    for name in names:
        first = next(scan(tmp_path, name))
        assert isinstance(first, Record)
        assert first.type == "warcinfo"


def test_a_file_of_another_archive_is_not_written_over(tmp_path: Path) -> None:
    written(tmp_path)
    before = (tmp_path / NAME).read_bytes()
    written(tmp_path)
    assert (tmp_path / NAME).read_bytes() == before
    assert (tmp_path / "report" / "20251111T140000Z-7-2.warc.gz").exists()


def test_no_file_without_its_first_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    writer = WarcWriter(tmp_path, "report", AT, 7, {}, 10**9)
    with monkeypatch.context() as full:
        full.setattr(os, "write", raising(errno.ENOSPC))
        with pytest.raises(DiskFull, match="free some room"):
            writer.append(exchange())
    assert not list(tmp_path.glob("*/*"))
    writer.append(exchange())
    writer.close()
    (file,) = tmp_path.glob("*/*")
    first = next(scan(tmp_path, file.relative_to(tmp_path).as_posix()))
    assert isinstance(first, Record)
    assert first.type == "warcinfo"


@pytest.mark.parametrize(("code", "error"), [(errno.EDQUOT, DiskFull), (errno.EIO, ReadOnlyArchive)])
def test_a_disk_that_says_no_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, error: type[Exception]
) -> None:
    writer = WarcWriter(tmp_path, "report", AT, 7, {}, 10**9)
    writer.append(exchange())
    with monkeypatch.context() as full:
        full.setattr(os, "fsync", raising(code))
        with pytest.raises(error):
            writer.sync()
    writer.close()


def raising(code: int) -> Callable[..., None]:
    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    return fail


def test_a_flipped_byte_damages_one_record(tmp_path: Path) -> None:
    places = written(tmp_path)
    flip(tmp_path / NAME, places[1].offset + 60)
    assert found(tmp_path) == ["warcinfo", "request", "response", "request", "damaged: Err", "request", "response"]
    with pytest.raises(DamagedRecord, match=rf"{NAME} at {places[1].offset}: damaged"):
        load(tmp_path, places[1])
    assert load(tmp_path, places[2]) == exchange(2)


@pytest.mark.parametrize("tail", [b"", bytes(5000)], ids=["cut", "cut, then zeros"])
def test_a_torn_tail(tmp_path: Path, tail: bytes) -> None:
    places = written(tmp_path)
    path = tmp_path / NAME
    path.write_bytes(path.read_bytes()[: places[2].offset + 30] + tail)
    *whole, damage = scan(tmp_path, NAME)
    assert len(whole) == 6
    assert isinstance(damage, Damage)
    assert (damage.torn, damage.place.offset) == (True, places[2].offset)


def test_zeros_alone_are_a_torn_tail(tmp_path: Path) -> None:
    written(tmp_path)
    with (tmp_path / NAME).open("ab") as file:
        file.write(bytes(100))
    *_, damage = scan(tmp_path, NAME)
    assert isinstance(damage, Damage)
    assert damage.torn


def test_a_damaged_last_record_is_not_torn(tmp_path: Path) -> None:
    places = written(tmp_path)
    flip(tmp_path / NAME, places[2].offset + 60)
    *_, damage = scan(tmp_path, NAME)
    assert isinstance(damage, Damage)
    assert not damage.torn


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    written(tmp_path)
    with (tmp_path / NAME).open("ab") as file:
        file.write(gzip.compress(b"WARC/1.1\r\n" + bytes(200_000_000)))
    *_, damage = scan(tmp_path, NAME)
    assert isinstance(damage, Damage)
    assert damage.why == "over 67,108,864 bytes: not one of ours"


def test_a_missing_file_and_a_wrong_place(tmp_path: Path) -> None:
    with pytest.raises(MissingWarc, match="is not there: copy it back from a backup"):
        next(scan(tmp_path, NAME))
    with pytest.raises(MissingWarc):
        read(tmp_path, Place(NAME, 0, 10))
    (place, *_) = written(tmp_path)
    for wrong in (
        Place(NAME, place.offset + 1, place.length),
        Place(NAME, place.offset, place.length + 5),
        Place(NAME, 0, 1),
    ):
        with pytest.raises(DamagedRecord):
            read(tmp_path, wrong)


def test_a_payload_that_is_not_what_its_digest_says(tmp_path: Path) -> None:
    places = written(tmp_path)
    with pytest.raises(DamagedRecord, match="the payload is not the one that its digest names"):
        read(tmp_path, places[0]).exchange(b"other bytes")
