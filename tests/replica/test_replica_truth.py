"""What the stand-in promises of its stories, without a server."""

from __future__ import annotations

import tracemalloc
from collections import Counter
from itertools import islice
from time import perf_counter
from typing import Any

import attrs
import pytest

from newscrawl.replica import wording
from newscrawl.replica.kinds import FAILURES, KINDS
from newscrawl.replica.phrasebook import COMMON
from newscrawl.replica.routes import fetch
from newscrawl.replica.site import EDITS, Replica
from newscrawl.replica.stories import LIMIT

Record = dict[str, Any]
LANGUAGES = ("az", "ru", "en")


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return list(Replica(stories=120).truth())


def test_every_variety_occurs_in_120_stories(records: list[Record]) -> None:
    assert {record["kind"] for record in records} == {*KINDS, *FAILURES, "legacy", "near-copy"}


def test_failures_are_rare(records: list[Record]) -> None:
    failed = [record for record in records if record["outcome"] == "failure"]
    assert {record["why"] for record in failed} == set(FAILURES)
    assert len(failed) <= 0.02 * len(records)


def test_articles_have_what_an_article_needs(records: list[Record]) -> None:
    for record in records:
        if record["outcome"] == "article":
            assert all(record[field] for field in ("headline", "body", "published_at", "section", "section_slug")), (
                record
            )
            assert "{" not in record["body"] + record["headline"] + "".join(record["tags"])
            assert len(record["tags"]) == len(set(record["tags"]))


def test_bodies_have_the_length_of_news(records: list[Record]) -> None:
    lengths = [len(record["body"].split()) for record in records if record["body"] and "brief" not in record["kind"]]
    assert 110 < sum(lengths) / len(lengths) < 260
    assert 55 < min(lengths) <= max(lengths) < 400


def test_what_is_no_text_is_in_no_body(records: list[Record]) -> None:
    lines = {line for record in records for line in (record["body"] or "").split("\n\n")}
    junk = [
        *wording.READ_ALSO.values(),
        *wording.READ_THIS.values(),
        *wording.ADVERT.values(),
        "Figures for",
        "Loading",
    ]
    for group in ("share-lines", "captions"):
        junk += [phrase[language].split("{")[0] for phrase in COMMON[group] for language in LANGUAGES]
    assert not [line for line in lines if line.startswith(tuple(filter(None, junk)))]


def test_pages_can_be_had_without_a_server(records: list[Record]) -> None:
    answer = fetch(Replica(stories=120), records[0]["url"])
    assert answer.status == 200
    assert records[0]["headline"] in answer.body.decode()


def test_languages_share_the_facts(records: list[Record]) -> None:
    """The figure of the headline is the same in each language of a story."""
    digits = {record["url"]: "".join(filter(str.isdigit, record["url"].rsplit("/", 1)[1])) for record in records}
    with_alternates = [record for record in records if record["alternates"]]
    assert len(with_alternates) > 200
    for record in with_alternates:
        assert {digits[other["url"]] for other in record["alternates"]} == {digits[record["url"]]}


def test_times_that_are_hard_to_read_occur(records: list[Record]) -> None:
    printed = [record["published_text"] or "" for record in records]
    assert any(" mart, " in text for text in printed)
    assert any(text.endswith("00:30") for text in printed)
    assert any(text.split()[1].rstrip(",").isupper() for text in printed if text)
    assert any(text.startswith("0") for text in printed)


def test_near_copies_repeat_most_of_an_earlier_text(records: list[Record]) -> None:
    bodies = [set((record["body"] or "").split()) for record in records if record["language"] == "az"]
    copies = [i for i, r in enumerate(r for r in records if r["language"] == "az") if r["kind"] == "near-copy"]
    assert copies
    for place in copies:
        likeness = [len(bodies[place] & other) / len(bodies[place] | other) for other in bodies[place + 1 :] if other]
        assert max(likeness) > 0.75


def test_other_articles_differ_in_most_sentences() -> None:
    count: Counter[str] = Counter()
    bodies = [str(r["body"]) for r in Replica(stories=400).truth() if r["language"] == "en" and r["body"]]
    shingles = [{tuple(body.split()[i : i + 5]) for i in range(len(body.split()) - 4)} for body in bodies[:150]]
    for place, one in enumerate(shingles):
        best = max((len(one & other) / len(one | other) for other in shingles[:place]), default=0.0)
        count["alike" if best > 0.6 else "apart"] += 1
    assert count["alike"] <= 0.05 * len(shingles)


@pytest.mark.parametrize("stories", [1, 2, 15, 120, 5_000])
def test_addresses_are_unique_and_lead_back(stories: int) -> None:
    texts = Replica(stories=stories).texts
    seen = set()
    for number in range(0, stories, max(1, stories // 300)):
        for language in LANGUAGES:
            if texts.exists(number, language):
                path = texts.path(number, language)
                *_, section, slug = path.split("/")
                assert texts.find(language, section, slug) == number
                assert path.isascii()
                seen.add(path)
    assert len(seen) >= min(stories, 300)


def test_time_never_runs_back_and_can_be_inverted() -> None:
    replica = Replica(stories=100_000, later=40)
    times = [replica.published(number) for number in range(99_000, replica.total)]
    assert times == sorted(times)
    assert len(set(times)) < len(times), "no two stories share a second"
    for number in range(0, replica.total, 977):
        until = replica.until(replica.published(number))
        assert replica.published(until - 1) == replica.published(number)
        assert until == replica.total or replica.published(until) > replica.published(number)


def test_about_250_stories_a_day_and_years_of_them() -> None:
    replica = Replica(stories=1_000_000)
    newest = replica.published(999_999)
    assert 240 <= 1_000_000 - replica.until(newest - 86_400) <= 260
    assert newest - replica.published(0) > 10 * 365 * 86_400


def test_later_stories_leave_the_older_ones_as_they_are() -> None:
    before = Replica(stories=60)
    after = attrs.evolve(before, later=5)
    kept = list(after.truth())[-len(list(before.truth())) :]
    assert kept == list(before.truth())
    assert after.total == 65


def test_a_million_stories_need_no_more_memory() -> None:
    def used(stories: int) -> int:
        tracemalloc.start()
        for _ in islice(Replica(stories=stories).truth(), 50):
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    used(100)
    assert used(1_000_000) < 2 * used(100) + 100_000


def test_a_million_stories_answer_at_once() -> None:
    replica = Replica(stories=1_000_000)
    start = perf_counter()
    for number in range(3, 1_000_000, 20_011):
        assert replica.texts.find("az", *replica.texts.path(number, "az").split("/")[1:]) == number
        assert len(replica.batch("az", "football", number)) >= 16 or number < 400
    assert perf_counter() - start < 2


@pytest.mark.parametrize("edit", sorted(set(EDITS) - {"gone"}))
def test_what_an_edit_changes_in_the_truth(edit: str) -> None:
    before, after = Replica(stories=40), Replica(stories=40, edits={30: edit})
    changed = set()
    for old, new in zip(before.truth(), after.truth(), strict=True):
        changed |= {field for field in old if old[field] != new[field]}
    expected = {"body": {"body"}, "headline": {"headline", "alternates"}, "tags": {"tags"}}
    assert changed == expected.get(edit, set())


def test_what_is_gone_is_not_in_the_truth() -> None:
    whole, rest = Replica(stories=40), Replica(stories=40, edits={30: "gone"})
    lost = {r["url"] for r in whole.truth()} - {r["url"] for r in rest.truth()}
    assert lost == {f"https://report.az{whole.texts.path(30, lang)}" for lang in LANGUAGES if whole.exists(30, lang)}


def test_impossible_replicas_are_refused() -> None:
    with pytest.raises(ValueError, match="stories"):
        Replica(stories=0)
    with pytest.raises(ValueError, match="stories"):
        Replica(stories=LIMIT + 1)
    with pytest.raises(ValueError, match="newest needs an offset"):
        Replica(newest="2026-03-17T15:50:00")
    with pytest.raises(ValueError, match="unknown edit 'burnt'"):
        Replica(edits={1: "burnt"})
