"""The database by itself: its file, its search index, its revisions."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from newscrawl.archive import Archive, checking, checking_search, opening
from newscrawl.errors import NotAnArchive
from newscrawl.upkeep import findings as kinds
from newscrawl.upkeep.findings import Findings, Kind
from newscrawl.upkeep.rereading import Steps

_REVISIONS: Mapping[str, Kind] = {
    "gap": kinds.REVISION_GAP, "order": kinds.REVISION_ORDER, "text": kinds.REVISION_TEXT,
    "hash": kinds.REVISION_HASH,
}  # fmt: skip
_SEARCH: Mapping[checking_search.Difference, Kind] = {
    "missing": kinds.SEARCH_MISSING, "wrong": kinds.SEARCH_WRONG, "surplus": kinds.SEARCH_SURPLUS,
}  # fmt: skip
# What SQLite itself says of the search index; it can be made anew, so that the database is none the worse
_OF_SEARCH = "fts5"


def check_database(archive: Archive, found: Findings, steps: Steps) -> None:
    """Integrity, references, revisions; then the search index. What cannot be read ends its own part alone."""
    _guarded(archive, found, lambda: _check_file(archive, found, steps("database file", 1)))
    for part in (_check_references, _check_revisions):
        _guarded(archive, found, lambda part=part: part(archive, found, steps))  # type: ignore[misc]
    _check_search(archive, found, steps)


def repair_search(archive: Archive, found: Findings) -> None:
    """Make the search index anew where something is wrong with it."""
    _verify_search(archive, found)
    wrong = [kind for kind in (kinds.SEARCH_DAMAGED, *_SEARCH.values()) if found.found(kind)]
    if wrong:
        checking_search.rebuild(archive)
    for kind in wrong:
        found.repaired(kind)


def _guarded(archive: Archive, found: Findings, part: Callable[[], None]) -> None:
    try:
        with opening.naming(archive.path):
            part()
    except NotAnArchive as error:
        found.add(kinds.DATABASE, str(error))


def _check_file(archive: Archive, found: Findings, step: Callable[[], None]) -> None:
    for line in checking.damage(archive):
        found.add(kinds.SEARCH_DAMAGED if _OF_SEARCH in line.lower() else kinds.DATABASE, f"{archive.path}: {line}")
    step()


def _check_references(archive: Archive, found: Findings, steps: Steps) -> None:
    step = steps("references", 1)
    for broken in checking.broken_references(archive):
        found.add(kinds.REFERENCE, broken)
    for wrong in checking.pointers(archive):
        found.add(kinds.POINTER, wrong)
    step()


def _check_revisions(archive: Archive, found: Findings, steps: Steps) -> None:
    step = steps("revisions", checking.count(archive, "articles"))
    for flaws in checking.revisions(archive):
        for flaw in flaws:
            found.add(_REVISIONS[flaw.kind], f"{flaw.url} {flaw.detail}")
        step()


def _check_search(archive: Archive, found: Findings, steps: Steps) -> None:
    try:
        with opening.naming(archive.path):
            step = steps("search index", checking.count(archive, "articles"))
            for difference, where in checking_search.differences(archive, step):
                found.add(_SEARCH[difference], where)
    except NotAnArchive as error:
        found.add(kinds.SEARCH_DAMAGED, str(error))


def _verify_search(archive: Archive, found: Findings) -> None:
    try:
        checking_search.verify(archive)
    except NotAnArchive as error:
        found.add(kinds.SEARCH_DAMAGED, str(error))
