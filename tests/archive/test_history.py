from __future__ import annotations

import attrs
import pytest

from newscrawl.archive import Archive, history, triage
from tests.archive.conftest import BODY, FIRST, LAST, LATER, made, save, words

A = made(
    url="https://report.az/en/finance/a", language="en", summary="S", section="Finance", tags=("oil", "gas"),
    aliases={"https://report.az/amp/en/finance/a": "amp"}, short_url="https://report.az/77",
    modified_at="2025-11-11T18:00:00+04:00",
)  # fmt: skip
B = attrs.evolve(A, headline="Headline - UPDATED-2", tags=(), modified_at=None)


def test_the_states_of_an_article_in_order(archive: Archive) -> None:
    run = archive.start_run("report", {}, {}, FIRST)
    archive.save(A, seen_at=FIRST, run_id=run)
    save(archive, B, LATER)
    save(archive, A, LAST)
    first, second, third = history.revisions(archive.conn, 1)
    assert (first.revision, first.seen_at, first.run_id, first.cause) == (1, FIRST, run, None)
    assert (first.headline, first.summary, first.section, first.body) == ("Headline", "S", "Finance", BODY)
    assert (first.tags, first.published_at, first.modified_at) == (
        ("oil", "gas"), "2025-11-11T13:50:00Z", "2025-11-11T14:00:00Z",
    )  # fmt: skip
    assert (second.revision, second.headline, second.tags, second.modified_at) == (2, B.headline, (), None)
    assert (third.revision, third.seen_at, third.headline, third.tags) == (3, LAST, "Headline", ("oil", "gas"))


def test_a_state_that_only_the_parser_made_says_so(archive: Archive) -> None:
    crawl, reparse = (archive.start_run("report", {}, {}, at) for at in (FIRST, LATER))
    archive.save(A, seen_at=FIRST, run_id=crawl)
    # The same page, read by another parser
    archive.save(B, seen_at=FIRST, run_id=reparse, again=True)
    assert [state.cause for state in history.revisions(archive.conn, 1)] == [None, "parser"]


@pytest.mark.parametrize("url", [A.url, "https://report.az/amp/en/finance/a", "https://report.az/77"])
def test_an_article_is_found_by_any_address(archive: Archive, url: str) -> None:
    save(archive, made(body=words(1)))
    save(archive, A)
    assert history.find(archive.conn, ("https://report.az/none", url)) == (2, A.url)


def test_the_first_address_that_leads_to_an_article_decides(archive: Archive) -> None:
    save(archive, made(body=words(1)))
    save(archive, A)
    assert history.find(archive.conn, ("https://report.az/77", "https://report.az/a")) == (2, A.url)
    assert history.find(archive.conn, ("https://report.az/a", "https://report.az/77")) == (1, "https://report.az/a")


def test_nothing_is_found_where_nothing_is(archive: Archive) -> None:
    assert history.find(archive.conn, ("https://report.az/none",)) is None
    assert history.find(archive.conn, ()) is None
    assert history.revisions(archive.conn, 1) == []


@pytest.mark.parametrize(
    ("sql", "values"),
    [(history.FIND, {"urls": "[]"}), (history.REVISIONS, (1,)), (triage.AT, ("[]",))],
    ids=["find", "revisions", "failure"],
)
@pytest.mark.parametrize("articles", [0, 60])
def test_no_table_is_read_as_a_whole(
    archive: Archive, articles: int, sql: str, values: tuple[object, ...] | dict[str, str]
) -> None:
    """At a million articles a history opens as fast as at ten."""
    for n in range(articles):
        save(archive, made(url=f"https://report.az/{n}", body=words(n)))
    archive.optimize()
    plan = [row[3] for row in archive.conn.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
    # `asked` are the few addresses of the question; a subquery in brackets reads what was found
    scans = [step for step in plan if step.startswith("SCAN") and not step.startswith(("SCAN asked", "SCAN ("))]
    assert any(step.startswith("SEARCH") for step in plan)
    assert scans == []
