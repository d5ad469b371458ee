"""What a check found: kinds of findings, each with what to do about it."""

from __future__ import annotations

import attrs

_EXAMPLES = 5
_BACKUP = "restore the file from a backup; without one, what it lost is lost"
_REBUILD = "restore the database from a backup, or make it anew: newscrawl rebuild NEW.db"
_REPAIR = "newscrawl check --repair "


@attrs.frozen
class Kind:
    """What can be wrong, or (a mere `note`) worth knowing."""

    name: str
    title: str
    remedy: str
    note: bool = False
    """Whether nothing is wrong."""

    @property
    def is_repairable(self) -> bool:
        """Whether `--repair` is the remedy."""
        return self.remedy.startswith(_REPAIR)


DATABASE = Kind("database", "The database is damaged", _REBUILD)
UNOPENED = Kind("database-unopened", "The database cannot be opened; only WARC files were checked", "as it says")
REFERENCE = Kind("reference", "Rows that point to rows that are not there", _REBUILD)
POINTER = Kind("pointer", "Articles that point to others they cannot point to", _REBUILD)

REVISION_GAP = Kind("revision-gap", "Revisions that are not numbered 1, 2, … to the current one", _REBUILD)
REVISION_ORDER = Kind("revision-order", "Revisions that are not in the order of their times", _REBUILD)
REVISION_TEXT = Kind("revision-text", "Revisions whose text does not stand where it should", _REBUILD)
REVISION_HASH = Kind("revision-hash", "Revisions whose text is not the one that was hashed", _REBUILD)

_SEARCH = _REPAIR + "makes the search index anew"
SEARCH_DAMAGED = Kind("search-damaged", "The search index is damaged", _SEARCH)
SEARCH_MISSING = Kind("search-missing", "Articles that the search index lacks", _SEARCH)
SEARCH_WRONG = Kind("search-wrong", "Articles of which the search index has other words", _SEARCH)
SEARCH_SURPLUS = Kind("search-surplus", "Entries of the search index that belong to no article", _SEARCH)

WARC_MISSING = Kind("warc-missing", "WARC files that rows point to and that are not there", "copy them from a backup")
WARC_UNOPENED = Kind("warc-unopened", "WARC files that cannot be read", "make them readable")
WARC_EMPTY = Kind("warc-empty", "WARC files of no byte", _REPAIR + "moves them aside")
WARC_ALIEN = Kind(
    "warc-alien", "Files without a readable record",
    "no WARC file: move it elsewhere; one that was: " + _BACKUP,
)  # fmt: skip
WARC_TORN = Kind(
    "warc-torn", "WARC files that end in the middle of a record, as a kill leaves them",
    _REPAIR + "cuts it off and keeps the bytes beside the file",
)  # fmt: skip
WARC_SHORT = Kind("warc-short", "Rows that point beyond the end of their WARC file", _BACKUP)
WARC_WRITTEN = Kind(
    "warc-being-written", "WARC files that are in use, checked as far as they are indexed",
    "check again when the crawl has ended", note=True,
)  # fmt: skip

RECORD_DAMAGED = Kind("record-damaged", "Damaged places in WARC files", _BACKUP)
RECORD_UNINDEXED = Kind(
    "record-unindexed", "Records that have no row",
    _REPAIR + "adds the rows; newscrawl reparse then reads the pages",
)  # fmt: skip
RECORD_UNUSABLE = Kind(
    "record-unusable", "Records that cannot have a row",
    "one that repeats a page: put the WARC file with that page into the folder, and repair again",
)  # fmt: skip
REVISIT_BEREFT = Kind("revisit-bereft", "Rows that repeat a page whose record cannot be read", _BACKUP)
ROW_PLACELESS = Kind("row-placeless", "Rows that point to no WARC file", _REBUILD)
ROW_MISPLACED = Kind("row-misplaced", "Rows that point to where no such record begins", _REBUILD)
ROW_DIFFERS = Kind("row-differs", "Rows that say something else than their record", _REBUILD)


@attrs.frozen(kw_only=True)
class Finding:
    """All that was found of one kind."""

    kind: Kind
    count: int
    repaired: int
    examples: tuple[str, ...]
    """The first ones."""

    @property
    def is_open(self) -> bool:
        """Whether something is wrong and stays so."""
        return not self.kind.note and self.repaired < self.count


class Findings:
    """Counts what is found, and keeps a few examples of each kind: memory stays small however much is wrong."""

    def __init__(self) -> None:
        self._counts: dict[Kind, int] = {}
        self._repaired: dict[Kind, int] = {}
        self._examples: dict[Kind, list[str]] = {}

    def add(self, kind: Kind, example: str, count: int = 1) -> None:
        """`example` names where it is; it stands for `count` of them."""
        self._counts[kind] = self._counts.get(kind, 0) + count
        examples = self._examples.setdefault(kind, [])
        if len(examples) < _EXAMPLES:
            examples.append(example)

    def repaired(self, kind: Kind, count: int | None = None) -> None:
        """`count` of this kind are wrong no more; all that were found, if not given."""
        if kind in self._counts:
            self._repaired[kind] = self._counts[kind] if count is None else self._repaired.get(kind, 0) + count

    def found(self, *kinds: Kind) -> bool:
        """Whether one of these was found."""
        return any(kind in self._counts for kind in kinds)

    def all(self) -> tuple[Finding, ...]:
        """What was found, in the order in which it was."""
        return tuple(
            Finding(
                kind=kind, count=count, repaired=self._repaired.get(kind, 0), examples=tuple(self._examples[kind])
            )
            for kind, count in self._counts.items()
        )  # fmt: skip
