from __future__ import annotations

from typing import Any

import attrs
import pytest

from newscrawl.archive import Revision
from newscrawl.archive.changes import changes, is_silent

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


@pytest.mark.parametrize("field", ["headline", "summary", "body"])
def test_a_change_of_the_text_without_a_word_of_it_is_silent(field: str) -> None:
    changed: dict[str, Any] = {field: "Another text"}
    assert is_silent(FIRST, state(**changed))


@pytest.mark.parametrize(
    "values",
    [
        {"headline": "Summit postponed - UPDATED"},
        {"headline": "Summit postponed - UPDATED-2", "body": "Another"},
        {"headline": "Sammit təxirə salındı - YENİLƏNİB-2"},
        {"headline": "Саммит отложен - ОБНОВЛЕНО"},
        {"body": "Another", "modified_at": "2025-11-11T10:30:00Z"},
        {"body": "Another", "cause": "parser"},
        {"tags": ()},
        {"section": "Economy"},
        {"published_at": "2025-11-11T09:30:00Z"},
    ],
    ids=["mark", "second mark", "az", "ru", "time", "parser", "tags", "section", "published"],
)
def test_what_is_announced_or_no_text_is_not_silent(values: dict[str, Any]) -> None:
    assert not is_silent(FIRST, state(**values))


def test_the_time_that_was_told_before_announces_nothing() -> None:
    told = attrs.evolve(FIRST, modified_at="2025-11-11T09:30:00Z")
    assert is_silent(told, attrs.evolve(told, body="Another"))
    assert is_silent(FIRST, state(headline="We updated nothing, says the ministry"))
