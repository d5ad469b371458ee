"""What a site's robots.txt said when it was stored last."""

from __future__ import annotations

from pathlib import Path

import attrs
from protego import Protego

from newscrawl.archive import Archive
from newscrawl.errors import WarcError
from newscrawl.warc.decoding import page_of
from newscrawl.warc.reading import load

EVER = float(24 * 365 * 100)
"""Hours: however long ago it was."""


@attrs.frozen
class StoredRules:
    """The rules, as far as they were stored (RFC 9309)."""

    status: int
    """4xx allows everything, 5xx nothing."""
    body: bytes | None
    """None where there is none, or it cannot be read back."""

    def forbid(self, url: str, agent: str) -> bool:
        """Whether they keep `agent` from `url`."""
        if self.status >= 500:
            return True
        if self.status >= 400 or self.body is None:
            return False
        return not Protego.parse(self.body.decode("utf-8", "ignore")).can_fetch(url, agent)


def stored_rules(archive: Archive, folder: Path, url: str, *, now: str, hours: float = EVER) -> StoredRules | None:
    """The robots.txt at `url` as the last crawl saw it; None where none was stored within so many hours."""
    answer = archive.frontier.answer(url, now=now, hours=hours)
    if answer is None:
        return None
    if answer.snapshot is None or answer.status >= 400:
        return StoredRules(answer.status, None)
    try:
        (snapshot,) = archive.snapshots.read([answer.snapshot])
        page = page_of(load(folder, snapshot.place, snapshot.original), snapshot.id)
    except (WarcError, ValueError):
        return StoredRules(answer.status, None)
    return StoredRules(answer.status, page.body)
