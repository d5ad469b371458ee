"""Exchanges to the disk while a crawl goes on: written and synced by a thread of their own, indexed by the crawl's.

A page goes on its way only once its bytes are on the disk and the row that points to them is committed. What arrives
while the disk is busy waits and is synced together.
"""

from __future__ import annotations

import asyncio
import queue
import shutil
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from newscrawl.archive import Archive, Snapshot
from newscrawl.errors import ArchiveError, DiskFull, WarcError
from newscrawl.exchanges import Exchange, Original, Place
from newscrawl.warc.reading import read
from newscrawl.warc.records import Record, is_not_modified
from newscrawl.warc.writing import WarcWriter


@attrs.frozen(eq=False)
class _Waiting:
    exchange: Exchange
    original: Original | None
    page: Snapshot | None
    """What a 304 confirms, if its validators were in the request."""
    snapshot: asyncio.Future[int]


class SnapshotWriter:
    """Keeps the exchanges of one run. Use it from the crawl's event loop."""

    def __init__(self, archive: Archive, warc: WarcWriter, run_id: int, folders: tuple[Path, ...], floor: int) -> None:
        """`floor`: bytes that must stay free on the disks of `folders`; 0 asks for none."""
        self._archive = archive
        self._warc = warc
        self._run_id = run_id
        self._folders = folders
        self._floor = floor
        self._queue: queue.SimpleQueue[_Waiting | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None

    async def keep(self, exchange: Exchange) -> int:
        """The id of the exchange's snapshot, once it cannot be lost any more.

        Raises:
            DiskFull: there is no room for it, or the disk would have less than the floor left.
            ReadOnlyArchive: the file cannot be written for another reason.
            sqlite3.OperationalError: as `Archive.transaction`.
        """
        self._loop = asyncio.get_running_loop()
        if self._thread is None:
            self._thread = threading.Thread(target=self._write, name="warc", daemon=True)
            self._thread.start()
        snapshots = self._archive.snapshots
        page = snapshots.latest_page(exchange.url) if is_not_modified(exchange) else None
        payload = page.payload_sha256 if page else exchange.payload_sha256 if exchange.body else None
        original = snapshots.original(payload) if payload else None
        waiting = _Waiting(exchange, original, page, self._loop.create_future())
        self._queue.put(waiting)
        return await waiting.snapshot

    def close(self, ended: Mapping[str, Any]) -> None:
        """Finish the files; `ended` says how the run ended.

        Raises:
            DiskFull, ReadOnlyArchive: as `keep`.
        """
        if self._thread is not None:
            self._queue.put(None)
            self._thread.join()
            self._warc.end(ended)
        self._warc.close()

    def _write(self) -> None:
        while batch := [self._with_original(waiting) for waiting in self._next_batch()]:
            places: list[Place] = []
            failed: Exception | None = None
            try:
                self._check_floor()
                for waiting in batch:
                    # One by one: what was written before an error stays, and is indexed
                    places.append(self._warc.append(waiting.exchange, waiting.original))  # noqa: PERF401
            except Exception as error:  # noqa: BLE001  whoever waits for the snapshot is told
                failed = error
            try:
                self._warc.sync()
            except ArchiveError as error:
                failed, places = error, []
            self._loop.call_soon_threadsafe(self._finish, batch, places, failed)

    def _with_original(self, waiting: _Waiting) -> _Waiting:
        """A page is stored whole where the one that it repeats cannot be read any more; a 304 then points nowhere."""
        original = waiting.original
        if original is None:
            return waiting
        try:
            record = read(self._warc.folder, original.place)
            if waiting.page is None:
                whole = record.payload == waiting.exchange.body
            else:
                # Another page than the one that the server spoke of would be a wrong one
                whole = record.payload_sha256 == original.payload_sha256 and _is_condition(
                    read(self._warc.folder, waiting.page.place), waiting.exchange
                )
        except WarcError:
            whole = False
        found = attrs.evolve(original, record_id=record.fields.get("warc-record-id")) if whole else None
        return attrs.evolve(waiting, original=found)

    def _next_batch(self) -> list[_Waiting]:
        """All that waits, at least one; nothing once the crawl is over."""
        batch = []
        waiting = self._queue.get()
        while waiting is not None:
            batch.append(waiting)
            try:
                waiting = self._queue.get_nowait()
            except queue.Empty:
                return batch
        if batch:
            self._queue.put(None)
        return batch

    def _check_floor(self) -> None:
        for folder in self._folders if self._floor else ():
            free = shutil.disk_usage(folder).free
            if free < self._floor:
                raise DiskFull(
                    f"{folder}: {free:,} bytes free, under the floor of {self._floor:,} (NEWSCRAWL_MIN_FREE_BYTES); "
                    "free some room and crawl again"
                )

    def _finish(self, batch: list[_Waiting], places: list[Place], failed: Exception | None) -> None:
        """Index what was written; the rest failed."""
        try:
            with self._archive.transaction():
                ids = [
                    self._archive.snapshots.add(each.exchange, place, run_id=self._run_id, original=each.original)
                    for each, place in zip(batch, places, strict=False)
                ]
        except Exception as error:  # noqa: BLE001  whoever waits for the snapshot is told
            ids, failed = [], error
        for waiting, snapshot in zip(batch, ids, strict=False):
            if not waiting.snapshot.done():
                waiting.snapshot.set_result(snapshot)
        for waiting in batch[len(ids) :]:
            if not waiting.snapshot.done():
                assert failed is not None
                waiting.snapshot.set_exception(failed)


def _is_condition(record: Record, exchange: Exchange) -> bool:
    """Whether the request was made under the condition that the page of a record is as it was (RFC 9110, 13.1)."""
    page, request = (
        {name.lower(): value for name, value in each} for each in (record.headers, exchange.request_headers)
    )
    if "if-none-match" in request:
        return request["if-none-match"] == page.get("etag")
    return "if-modified-since" in request and request["if-modified-since"] == page.get("last-modified")
