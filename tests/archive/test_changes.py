from __future__ import annotations

from typing import Any

import attrs
import pytest

from newscrawl.archive import Archive, Revision, history
from newscrawl.archive.changes import FIELDS, changes, is_silent
from tests.archive.conftest import made, save

FIRST = Revision(
    revision=1, seen_at="2025-11-11T10:00:00Z", cause=None, modified_at=None, run_id=None, snapshot_id=None,
    headline="Summit postponed", summary="S", section="Politics", published_at="2025-11-11T09:00:00Z",
    tags=("oil", "gas"), body="The summit was postponed.\n\nThe end.",
)  # fmt: skip


def state(revision: int = 2, **values: Any) -> Revision:
    return attrs.evolve(FIRST, revision=revision, seen_at=f"2025-11-11T1{revision}:00:00Z", **values)


def test_what_each_state_changed() -> None:
    states = [
        FIRST,
        state(2, headline="Summit cancelled", body="The summit was cancelled at last.\n\nThe end."),
        state(3, headline="Summit cancelled", body="The summit was cancelled at last.\n\nThe end.", tags=("oil",)),
        state(4),
    ]
    first, second, third, fourth = changes(states)
    assert (first.fields, first.added, first.removed, first.silent, first.same_as) == ((), 0, 0, False, None)
    # `postponed` became `cancelled at last`
    assert (second.fields, second.added, second.removed) == (("headline", "body"), 3, 1)
    assert (third.fields, third.added, third.removed, third.same_as) == (("tags",), 0, 0, None)
    assert (fourth.fields, fourth.added, fourth.removed, fourth.same_as) == (("headline", "tags", "body"), 1, 3, 1)


SILENT: dict[str, dict[str, Any]] = {
    "headline": {"headline": "Another headline"},
    "summary": {"summary": "Another summary"},
    "body": {"body": "Another text"},
    "lower case": {"headline": "We updated nothing, says the ministry"},
    "and tags": {"body": "Another text", "tags": ()},
}
TOLD: dict[str, dict[str, Any]] = {
    "mark": {"headline": "Summit postponed - UPDATED"},
    "second mark": {"headline": "Summit postponed - UPDATED-2", "body": "Another"},
    "az": {"headline": "Sammit təxirə salındı - YENİLƏNİB-2"},
    "ru": {"headline": "Саммит отложен - ОБНОВЛЕНО"},
    "time": {"body": "Another", "modified_at": "2025-11-11T10:30:00Z"},
    "published": {"body": "Another", "published_at": "2025-11-11T09:30:00Z"},
    "no text": {"tags": (), "section": "Economy"},
}


@pytest.mark.parametrize("values", SILENT.values(), ids=SILENT)
def test_a_change_of_the_text_without_a_word_of_it_is_silent(values: dict[str, Any]) -> None:
    assert is_silent(FIRST, state(**values))


@pytest.mark.parametrize("values", [*TOLD.values(), {"body": "Another", "cause": "parser"}], ids=[*TOLD, "parser"])
def test_what_is_announced_or_no_text_is_not_silent(values: dict[str, Any]) -> None:
    assert not is_silent(FIRST, state(**values))


def test_what_was_told_before_announces_nothing() -> None:
    told = attrs.evolve(FIRST, headline="Summit postponed - UPDATED", modified_at="2025-11-11T09:30:00Z")
    assert is_silent(told, attrs.evolve(told, body="Another"))
    assert not is_silent(told, attrs.evolve(told, headline="Summit postponed - UPDATED-2"))


@pytest.mark.parametrize("values", [*SILENT.values(), *TOLD.values()], ids=[*SILENT, *TOLD])
def test_the_view_of_edits_says_the_same(archive: Archive, values: dict[str, Any]) -> None:
    for state_ in (FIRST, state(**values)):
        shown = {name: getattr(state_, name) for name in (*FIELDS, "modified_at")}
        save(archive, made(**shown), state_.seen_at)
    before, after = history.revisions(archive.conn, 1)
    (silent,) = archive.conn.execute("SELECT silent FROM edits").fetchone()
    assert bool(silent) == is_silent(before, after) == (values in SILENT.values())
