"""A small archive with its WARC file, made without a crawl: a check has something to look at, a test to damage."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

import attrs

from newscrawl.archive import Archive, RunEnd
from newscrawl.exchanges import Exchange, Place
from newscrawl.items import Alternate, Article
from newscrawl.run import Run
from newscrawl.upkeep.check import Report, check
from newscrawl.warc.writing import WarcWriter
from tests.upkeep.content import content

STARTED = "2025-11-11T13:50:00Z"
LATER = "2025-11-11T14:50:00Z"
URL = "https://report.az/en/finance/{}"
HEADERS = (("Content-Type", "text/html; charset=utf-8"),)


@attrs.frozen
class Stored:
    """Where it lies, and what a test looks up and changes."""

    db: Path
    folder: Path
    name: str
    """Of the one WARC file."""

    @property
    def file(self) -> Path:
        return self.folder / self.name

    def rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        connection = sqlite3.connect(self.db)
        try:
            with connection:
                return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def place(self, snapshot_id: int) -> Place:
        ((offset, length),) = self.rows("SELECT warc_offset, warc_length FROM snapshots WHERE id = ?", snapshot_id)
        return Place(self.name, offset, length)

    def flip(self, offset: int) -> None:
        """Another bit at this byte of the WARC file."""
        data = bytearray(self.file.read_bytes())
        data[offset] ^= 0x10
        self.file.write_bytes(data)

    def check(self, *, repair: bool = False) -> Report:
        return check(self.db, self.folder, repair=repair)

    def found(self, *, repair: bool = False) -> dict[str, int]:
        """How many were found by kind, those that were repaired left out."""
        report = self.check(repair=repair)
        return {each.kind.name: each.count - each.repaired for each in report.findings if each.count != each.repaired}

    def kept(self) -> tuple[dict[str, Any], list[tuple[Any, ...]]]:
        """What no repair may change: all that a reader relies on, and every row of the index."""
        return content(self.db), self.rows("SELECT * FROM snapshots ORDER BY id")


def exchange(n: int, body: str, at: str = STARTED) -> Exchange:
    return Exchange(
        url=URL.format(n), kind="article", status=200, headers=HEADERS, body=body.encode(), fetched_at=at,
        request_headers=(("Accept", "text/html"),),
    )  # fmt: skip


def make(folder: Path, *, articles: int = 8) -> Stored:
    """Articles 1 to `articles` with snapshots of the same ids; 1 is read again changed, 2 unchanged (a revisit)."""
    db, warc_folder = folder / "news.db", folder / "warc"
    run = Run(spider="report", arguments={}, started_at=STARTED, parser="p")
    with Archive.open(db) as archive:
        run_id = archive.start_run("report", {}, run.versions, STARTED, parser="p")
        warc = WarcWriter(warc_folder, "report", STARTED, run_id, run.warcinfo("a reader"), 1 << 30)
        pages = [exchange(n, f"<p>{_text(n)}</p>") for n in range(1, articles + 1)]
        pages += [exchange(1, "<p>changed</p>", LATER), exchange(2, f"<p>{_text(2)}</p>", LATER)]
        for page in pages:
            _keep(archive, warc, page, run_id)
        name = warc.file
        ended = RunEnd(at="2025-11-11T15:00:00Z", finish_reason="finished", exit_code=0)
        warc.end(attrs.asdict(ended))
        warc.close()
        archive.end_run(run_id, ended)
    return Stored(db, warc_folder, name)


def _keep(archive: Archive, warc: WarcWriter, page: Exchange, run_id: int) -> None:
    n = int(page.url.rpartition("/")[2])
    original = archive.snapshots.original(page.payload_sha256)
    place = warc.append(page, original)
    snapshot = archive.snapshots.add(page, place, run_id=run_id, original=original)
    changed = " once more" if b"changed" in page.body else ""
    archive.save(
        Article(
            url=page.url, site="report", language="en", headline=f"Headline {n}{changed}", body=_text(n),
            published_at="2025-11-11T17:50:00+04:00", tags=("Bakı", f"tag{n}", "Bakı"), section="Finance",
            alternates=(Alternate(language="az", url=URL.format(n - 1)),) if n % 2 == 0 else (),
        ),
        seen_at=page.fetched_at, run_id=run_id, snapshot_id=snapshot,
    )  # fmt: skip


def _text(n: int) -> str:
    return " ".join(f"word{n}x{k}" for k in range(60))


def age(path: Path) -> None:
    """As if it had been made a day ago."""
    os.utime(path, (path.stat().st_mtime - 86400,) * 2)
