"""Others at the same file: readers, a second writer, and the end of the process in the middle of a save."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from newscrawl.archive import Archive, opening
from newscrawl.errors import LockedArchive
from tests.archive.conftest import made, save, words


def test_a_long_read_sees_its_own_state_and_stops_no_writer(archive: Archive) -> None:
    save(archive, made())
    with Archive.open(archive.path, read_only=True) as reader:
        reader.conn.execute("BEGIN")
        assert len(reader.latest(9)) == 1
        assert save(archive, made(url="https://report.az/b", body=words(1))) == (2, 1, "new")
        start = time.monotonic()
        archive.optimize()
        assert time.monotonic() - start < 5
        assert len(reader.latest(9)) == 1
        reader.conn.execute("COMMIT")
        assert len(reader.latest(9)) == 2


def test_a_second_writer_is_waited_for(archive: Archive) -> None:
    held, seconds = threading.Event(), 2.0

    def hold() -> None:
        other = sqlite3.connect(archive.path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        held.set()
        time.sleep(seconds)
        other.execute("COMMIT")
        other.close()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait()
    start = time.monotonic()
    assert save(archive, made()) == (1, 1, "new")
    assert time.monotonic() - start > seconds / 2
    thread.join()


def test_two_processes_make_one_archive(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_open_and_save, args=(path, n)) for n in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 4
    with Archive.open(path) as archive:
        assert len(archive.latest(99)) == 4 * 5


def _open_and_save(path: Path, number: int) -> None:
    with Archive.open(path) as archive:
        for n in range(5):
            save(archive, made(url=f"https://report.az/{number}/{n}", body=words(number * 5 + n), tags=("a", str(n))))


def _save_until_killed(path: Path) -> None:
    with Archive.open(path) as archive:
        n = 0
        while True:
            n += 1
            url = f"https://report.az/{n % 40}"
            save(archive, made(url=url, headline=f"Headline {n}", body=words(n), tags=("a",)))


def test_kill_in_the_middle_of_a_save(path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    for moment in (0.0, 0.013, 0.031):
        Archive.open(path).close()
        process = context.Process(target=_save_until_killed, args=(path,))
        process.start()
        _wait_for_rows(path)
        time.sleep(moment)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        with Archive.open(path) as archive:
            query = archive.conn.execute
            assert query("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert query("PRAGMA foreign_key_check").fetchall() == []
            counts = ("articles", "articles_fts_docsize", "article_tags")
            assert len({query(f"SELECT count(*) FROM {table}").fetchone() for table in counts}) == 1
            chains = "SELECT article_id, max(revision), count(*) FROM revisions GROUP BY article_id"
            assert all(newest == count for _, newest, count in query(chains))


def _wait_for_rows(path: Path) -> None:
    with Archive.open(path, read_only=True) as reader:
        before = reader.conn.execute("SELECT count(*) FROM revisions").fetchone()
        for _ in range(1000):
            if reader.conn.execute("SELECT count(*) FROM revisions").fetchone() != before:
                return
            time.sleep(0.01)
    raise AssertionError("the process saved nothing")


def test_a_lock_that_is_never_released(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    other = sqlite3.connect(archive.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.1)
    with Archive.open(archive.path) as impatient, pytest.raises(LockedArchive, match="locked by another program"):
        save(impatient, made())
    other.close()
