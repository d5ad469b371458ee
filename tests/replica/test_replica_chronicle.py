"""The history of a site: what happens when, and that a running stand-in shows it."""

from __future__ import annotations

from itertools import pairwise
from time import perf_counter

import pytest

from newscrawl.replica.chronicle import Chronicle, State
from newscrawl.replica.faults import EVERYWHERE
from newscrawl.replica.site import EDITS, Replica
from tests.replica.conftest import HOST, Visitor

HOUR, DAY = 3_600, 86_400
WEEK = Chronicle(Replica(stories=600))
SPAN = range(600, WEEK.total)
"""The stories that appear during the week."""


def histories() -> dict[int, list[State]]:
    return {number: WEEK.states(number) for number in SPAN}


def test_about_250_articles_a_day_in_azerbaijani() -> None:
    end = WEEK.at(WEEK.ends_at - 1)
    a_day = {lang: sum(end.exists(n, lang) for n in SPAN) / 7 for lang in ("az", "ru", "en")}
    assert 240 < a_day["az"] <= 252
    assert 185 < a_day["ru"] < 215
    assert 160 < a_day["en"] < 190


def test_stories_appear_at_their_time() -> None:
    assert WEEK.at(WEEK.begins_at).total == 600
    for second in range(WEEK.begins_at, WEEK.ends_at, 7 * HOUR + 11):
        replica = WEEK.at(second)
        assert replica.published(replica.total - 1) <= second < replica.texts.clock.at(replica.total)
    assert WEEK.at(WEEK.ends_at - 1).total == WEEK.total


def test_states_follow_one_another_without_a_gap() -> None:
    for number, states in histories().items():
        assert (states[0].begins_at, states[0].edit) == (WEEK.first.published(number), None)
        assert states[-1].ends_at is None
        for state, following in pairwise(states):
            assert state.ends_at == following.begins_at
            assert following.edit in EDITS
            assert state.edit != following.edit
            assert following.begins_at - state.begins_at >= 5 * 60


def test_how_much_is_edited_and_when() -> None:
    edited = [s for s in histories().values() if len(s) > 1 and s[1].edit != "gone"]
    assert 0.09 < len(edited) / len(SPAN) < 0.15
    after = [states[1].begins_at - states[0].begins_at for states in edited]
    assert 0.7 < sum(each <= 3 * HOUR for each in after) / len(after) < 0.9
    assert 2 * DAY < max(after) <= 5 * DAY
    assert any(len(states) > 2 for states in edited)
    assert {state.edit for states in edited for state in states[1:]} == {
        "body", "headline", "tags", "whitespace", "outside",
    }  # fmt: skip
    lives = [state.ends_at - state.begins_at for s in edited for state in s[1:] if state.ends_at]
    assert min(lives) < HOUR
    assert max(lives) > DAY


def test_how_much_is_taken_down_and_returns() -> None:
    removed = [s for s in histories().values() if any(state.edit == "gone" for state in s)]
    assert 0.004 < len(removed) / len(SPAN) < 0.02
    assert {s[-1].edit for s in removed} == {"gone", "restore"}


def test_the_site_shows_the_state_of_the_moment() -> None:
    checked = 0
    changed = {number: states for number, states in histories().items() if len(states) > 1}
    for number, states in changed.items():
        for state in states:
            for second in (state.begins_at, (state.ends_at or WEEK.ends_at) - 1):
                if state.begins_at <= second < WEEK.ends_at:
                    replica = WEEK.at(second)
                    assert replica.edits.get(number) == state.edit
                    assert replica.edited(number) == (state.begins_at if state.edit else None)
                    assert replica.exists(number, "az") == (state.edit != "gone")
                    checked += 1
    assert checked > 3 * len(changed)


def test_edits_from_before_the_beginning_are_in_force() -> None:
    assert any(n < 600 for n in WEEK.at(WEEK.begins_at).edits)


def test_equal_chronicles_tell_the_same_and_other_seeds_something_else() -> None:
    moment = WEEK.begins_at + 3 * DAY
    assert Chronicle(Replica(stories=600)).at(moment) == WEEK.at(moment)
    assert Chronicle(Replica(stories=600, seed=2)).at(moment).edits != WEEK.at(moment).edits


def test_an_outage_and_a_new_layout(site: Visitor) -> None:
    steps = range(WEEK.begins_at, WEEK.ends_at, 900)
    assert sum(WEEK.is_out(second) for second in steps) == 12
    out = next(second for second in steps if WEEK.is_out(second))
    WEEK.play(site.app, out)
    assert [site.get(path).status_code for path in ("/", "/robots.txt", "/en/rss/")] == [503, 503, 503]
    WEEK.play(site.app, out + 3 * HOUR)
    assert site.get("/").status_code == 200
    assert EVERYWHERE not in site.app.faults
    WEEK.play(site.app, WEEK.laid_out_at - 1)
    before = site.get("/en/latest-news").status_code
    WEEK.play(site.app, WEEK.laid_out_at)
    assert (before, site.get("/en/latest-news").status_code, site.get("/en/son-xeberler").status_code) == (
        200,
        404,
        200,
    )


@pytest.mark.parametrize("variant", [0, 1, 2])
def test_validators_tell_the_truth_about_every_edit(site: Visitor, variant: int) -> None:
    """Whatever is asked at one moment and with a condition at the next is unchanged only if it is the same."""
    week = Chronicle(Replica(stories=300, variant=variant), then_variant=variant)
    numbers = [n for n in range(300, week.total) if len(week.states(n)) > 1][:12]
    paths = [week.first.texts.path(number, "az") for number in numbers]
    paths += ["/son-xeberler", "/rss/", "/news-sitemap.xml", "/"]
    had: dict[str, tuple[dict[str, str], bytes]] = {}
    unchanged = 0
    for second in range(week.begins_at, week.begins_at + 2 * DAY, HOUR):
        if week.is_out(second):
            continue
        week.play(site.app, second)
        for path in paths:
            conditions, content = had.get(path, ({}, b""))
            fresh, answer = site.get(path), site.get(path, **conditions)
            assert answer.status_code != 304 or fresh.content == content, (path, second)
            unchanged += answer.status_code == 304
            sent = {"If_None_Match": "etag", "If_Modified_Since": "last-modified"}
            asked = {name: fresh.headers[h] for name, h in sent.items() if h in fresh.headers}
            had[path] = (asked, fresh.content) if fresh.status_code == 200 else ({}, b"")
    assert unchanged > 100


def test_seven_hundred_moments_cost_little() -> None:
    start = perf_counter()
    for second in range(WEEK.begins_at, WEEK.ends_at, 864):
        WEEK.at(second)
    assert perf_counter() - start < 2


def test_what_it_says_is_the_truth_of_the_page(site: Visitor) -> None:
    number = next(n for n in SPAN if WEEK.states(n)[1:] and WEEK.states(n)[1].edit == "headline")
    first, second, *_ = WEEK.states(number)
    WEEK.play(site.app, second.begins_at)
    truth = WEEK.at(second.begins_at).truth_of(number, "az")
    former = WEEK.at(first.begins_at).truth_of(number, "az")
    assert truth["headline"] != former["headline"]
    assert truth["headline"] in site.get(str(truth["url"]).removeprefix(HOST)).text
