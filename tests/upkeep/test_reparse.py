"""Stored pages read again: what was read rightly stays; what is read better now is told as newscrawl's own change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

from newscrawl.archive import Archive, Asked, looks
from newscrawl.items import Article, Failure
from newscrawl.show.reread import print_preview
from newscrawl.upkeep.reparse import preview, reparse
from tests.upkeep.conftest import T1, T2, T3, T4, TEXT, URL, Library, blind, page

REVISIONS = "SELECT revision, seen_at, headline, summary, cause FROM revisions ORDER BY revision"
ALL = Asked()


def without_summary(article: Article) -> Article:
    return attrs.evolve(article, summary=None)


def again(library: Library, asked: Asked = ALL, **more: Any) -> dict[str, int]:
    return dict(reparse(library.archive, library.folder, asked, **more).counts)


def test_with_unchanged_parsers_no_row_changes(library: Library) -> None:
    library.crawled(page("A"), T1)
    library.crawled(page("B"), T2)
    library.crawled(page("A"), T3)
    library.crawled(page("Another"), T3, url=f"{URL}-2", requested_url="https://report.az/123")
    library.crawled("<html><body>nothing here</body></html>", T4, url=f"{URL}-3")
    library.crawled(page("C"), T4, url=f"{URL}-4")
    library.crawled("<html><body>gone</body></html>", T4, url=f"{URL}-4")
    assert [row[2] for row in library.rows(REVISIONS)][:2], "the history is there"
    before = library.dump()
    assert again(library) == {"unchanged": 5, "failed": 2}
    assert library.dump() == before


def second_address(headline: str, image: int = 1) -> str:
    """A page at another address, which names that of the article."""
    return with_image(headline, image).replace("<head>", f'<head><link rel="canonical" href="{URL}">')


def with_image(headline: str, image: int) -> str:
    return page(headline).replace(
        "</head>", f'<meta property="og:image" content="https://report.az/{image}.jpg"></head>'
    )


def with_parts_of_a_second(library: Library) -> None:
    library.crawled(page("A"), T1)
    library.crawled(page("B"), T1)


def with_two_addresses_in_a_second(library: Library) -> None:
    library.crawled(page("A"), T1)
    library.crawled(second_address("B"), T1, url=f"{URL}?view=2")


def with_two_addresses_and_images(library: Library) -> None:
    library.crawled(with_image("A", 1), T1)
    library.crawled(second_address("A", 2), T2, url=f"{URL}?view=2")


def with_two_addresses_and_images_in_a_second(library: Library) -> None:
    library.crawled(with_image("A", 1), T1)
    library.crawled(second_address("A", 2), T1, url=f"{URL}?view=2")


def with_a_clock_that_was_set_back(library: Library) -> None:
    library.crawled(page("A"), T2)
    library.crawled(page("B"), T1)


def with_a_twin_that_goes_and_returns(library: Library) -> None:
    library.crawled(with_image("A", 1), T1)
    for at, headline in ((T2, "A"), (T3, "B"), (T4, "A")):
        library.crawled(with_image(headline, 2), at, url=f"{URL}-twin")


@pytest.mark.parametrize(
    "crawled",
    [
        with_parts_of_a_second, with_two_addresses_in_a_second, with_two_addresses_and_images,
        with_two_addresses_and_images_in_a_second, with_a_clock_that_was_set_back, with_a_twin_that_goes_and_returns,
    ],
)  # fmt: skip
def test_pages_that_are_hard_to_order_change_no_row_either(
    library: Library, crawled: Callable[[Library], None]
) -> None:
    crawled(library)
    before = library.dump()
    again(library)
    assert library.dump() == before


def test_two_addresses_that_were_read_alike_are_no_edit(library: Library) -> None:
    library.crawled(page(summary="First"), T1, without_summary)
    library.crawled(page(summary="Second"), T2, without_summary, url=f"{URL}-twin")
    again(library)
    assert library.rows("SELECT seen_at, summary, cause FROM revisions") == [
        (T1, None, None), (T1, "First", "parser"), (T2, "Second", "parser"),
    ]  # fmt: skip
    assert library.rows("SELECT summary, changed_at FROM articles") == [("Second", None)]


def test_a_better_reading_is_a_revision_of_its_own_kind(library: Library) -> None:
    library.crawled(page(), T1, without_summary)
    assert again(library) == {"changed": 1}
    summary = "What the ministers spoke about"
    assert library.rows(REVISIONS) == [
        (1, T1, "Ministers meet", None, None),
        (2, T1, "Ministers meet", summary, "parser"),
    ]
    assert library.rows("SELECT summary, changed_at, last_seen_at FROM articles") == [(summary, None, T1)]
    assert library.rows("SELECT command, finish_reason, changed FROM runs WHERE id = 2") == [("reparse", "finished", 1)]
    before = library.dump()
    assert again(library) == {"unchanged": 1}
    assert library.dump() == before


def test_an_edit_that_the_former_parser_did_not_see(library: Library) -> None:
    library.crawled(page(summary="First"), T1, without_summary)
    library.crawled(page(summary="Second"), T2, without_summary)
    assert again(library) == {"changed": 2}
    assert library.rows(REVISIONS) == [
        (1, T1, "Ministers meet", None, None),
        (2, T1, "Ministers meet", "First", "parser"),
        (3, T2, "Ministers meet", "Second", None),
    ]
    assert library.rows("SELECT changed_at FROM articles") == [(T2,)]


def test_the_same_bytes_are_no_edit(library: Library) -> None:
    library.crawled(page(), T1, without_summary)
    library.crawled(page(), T2)
    assert [row[-1] for row in library.rows(REVISIONS)] == [None, "parser"]
    assert library.rows("SELECT changed_at FROM articles") == [(None,)]


def test_which_page_is_the_latest_is_asked_of_indexes(library: Library) -> None:
    values = {"snapshot_id": 1, "article_id": 1}
    plan = library.archive.conn.execute(f"EXPLAIN QUERY PLAN {looks._LATEST_OF_ARTICLE}", values)
    assert not [step for *_, step in plan if step.startswith("SCAN") and step not in ("SCAN a", "SCAN CONSTANT ROW")]


def test_states_that_were_superseded_stay_as_they_were_read(library: Library) -> None:
    library.crawled(page("A"), T1, without_summary)
    library.crawled(page("B"), T2)
    before = library.dump()
    again(library)
    assert library.dump() == before


def test_what_is_no_part_of_the_text_is_brought_up_to_date(library: Library) -> None:
    library.crawled(page(), T1, lambda article: attrs.evolve(article, authors=("Nobody",), section_slug="wrong"))
    assert again(library) == {"unchanged": 1}
    assert library.rows("SELECT section_slug, revision FROM articles") == [("region", 1)]
    assert library.rows("SELECT * FROM article_authors") == []


def test_a_failure_that_gives_an_article_now(library: Library) -> None:
    library.crawled(page(), T1, blind)
    assert library.rows("SELECT count(*) FROM articles") == [(0,)]
    assert again(library, Asked(failures=True)) == {"new": 1}
    assert library.rows("SELECT headline, first_seen_at FROM articles") == [("Ministers meet", T1)]
    ((resolved_at, run),) = library.rows("SELECT resolved_at, resolved_run_id FROM failures")
    assert resolved_at is not None
    assert library.rows(f"SELECT command FROM runs WHERE id = {run}") == [("reparse",)]


def test_a_failure_after_the_article_stays_open(library: Library) -> None:
    library.crawled(page(), T1, without_summary)
    library.crawled("<html><body>soft 404</body></html>", T2)
    again(library)
    assert library.rows("SELECT resolved_at, times FROM failures") == [(None, 1)]


def test_a_damaged_page_is_told_and_passed_over(library: Library) -> None:
    library.crawled(page("One"), T1, without_summary)
    library.crawled(page("Two"), T2, without_summary, url=f"{URL}-2")
    library.crawled(page("Three"), T3, without_summary, url=f"{URL}-3")
    first, second, _ = sorted(library.folder.glob("*/*.warc.gz"))
    first.unlink()
    data = bytearray(second.read_bytes())
    data[-40] ^= 0xFF
    second.write_bytes(bytes(data))
    done = reparse(library.archive, library.folder, ALL)
    assert done.counts == {"unreadable": 2, "changed": 1}
    assert [type(each.error).__name__ for each in done.unreadable] == ["MissingWarc", "DamagedRecord"]
    assert library.rows("SELECT count(*) FROM articles WHERE summary IS NOT NULL") == [(1,)]


def test_a_preview_says_what_would_change_and_changes_nothing(library: Library) -> None:
    library.crawled(page("A"), T1, without_summary)
    library.crawled(page("B"), T2, lambda article: attrs.evolve(article, body="Menu. " + article.body), url=f"{URL}-2")
    library.crawled(page("C"), T3, url=f"{URL}-3")
    library.crawled(page("D"), T4, blind, url=f"{URL}-4")
    before = library.dump()
    found = preview(library.archive, library.folder, ALL)
    assert library.dump() == before
    assert found.counts == {"changed": 2, "unchanged": 1, "new": 1}
    assert found.fields == {"summary": 1, "body": 1}
    (sample,) = found.samples["body"]
    assert (sample.url, sample.before, sample.after) == (f"{URL}-2", f"Menu. {TEXT}", TEXT)
    assert found.samples["summary"][0].before == ""


def test_what_a_publisher_wrote_does_not_steer_the_terminal(
    library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    title = "[bold]A[/bold]\x1b]0;owned\x07\x1b[31m red"
    library.crawled(page(title), T1, lambda article: attrs.evolve(article, headline="old\x1b[2J"))
    library.crawled(page("D"), T4, url=f"{URL}-4")
    found = preview(library.archive, library.folder, ALL)
    told = "no \x1b[31mlayout\nat all"
    found.failures.append(Failure(url=f"{URL}-4", stage="extract", error="UnknownLayout", detail=told))
    print_preview(found)
    out = capsys.readouterr().out
    assert out.replace("\n", "").isprintable()
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert "headline: 1 articles" in lines
    assert "before old\\x1b[2J" in lines
    assert r"after [bold]A[/bold]\x1b]0;owned\x07\x1b[31m red" in lines
    assert rf"would fail: {URL}-4 UnknownLayout: no \x1b[31mlayout at all" in lines


def edited_and_gone(library: Library) -> None:
    library.crawled(page("A"), T1, without_summary)
    library.crawled("<html><body>soft 404</body></html>", T2)


def at_two_addresses(library: Library) -> None:
    library.crawled(page("A"), T1)
    library.crawled(second_address("B"), T2, url=f"{URL}?view=2")


def at_two_addresses_without_summary(library: Library) -> None:
    library.crawled(page("A"), T1, without_summary)
    library.crawled(second_address("A"), T2, without_summary, url=f"{URL}?view=2")


def with_a_twin_without_summary(library: Library) -> None:
    library.crawled(page("A"), T1, without_summary)
    library.crawled(page("A"), T2, without_summary, url=f"{URL}-twin")


def before_the_text_was_read_rightly(library: Library) -> None:
    library.crawled(page("A"), T1, without_summary)
    library.crawled(page("B"), T2)


@pytest.mark.parametrize(
    ("crawled", "fields"),
    [
        (edited_and_gone, {"summary": 1}),
        (at_two_addresses, {}),
        (at_two_addresses_without_summary, {"summary": 1}),
        (with_a_twin_without_summary, {"summary": 1}),
        (before_the_text_was_read_rightly, {}),
    ],
)
def test_a_preview_says_what_becomes_true(
    library: Library, crawled: Callable[[Library], None], fields: dict[str, int]
) -> None:
    crawled(library)
    found = preview(library.archive, library.folder, ALL)
    assert found.fields == fields
    assert again(library) == found.counts


def test_a_preview_of_a_read_only_archive_counts_an_article_once(library: Library) -> None:
    library.crawled(page(summary="First"), T1, without_summary)
    library.crawled(page(summary="Second"), T2, without_summary)
    library.crawled(page("New"), T3, blind, url=f"{URL}-2")
    library.crawled(page("Newer"), T4, blind, url=f"{URL}-2")
    with Archive.open(library.archive.path, read_only=True) as archive:
        found = preview(archive, library.folder, ALL)
    assert found.counts == {"new": 1, "changed": 1, "unchanged": 2}
    assert [each.after for each in found.samples["summary"]] == ["Second"]


def test_a_reparse_that_is_killed_says_so(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    for n, at in enumerate((T1, T2)):
        library.crawled(page(f"Number {n}"), at, without_summary, url=f"{URL}-{n}")
    monkeypatch.setattr("newscrawl.upkeep.reparse._BATCH", 1)

    def stop_at_the_second(_what: str, _count: int) -> Callable[[], None]:
        def step() -> None:
            raise KeyboardInterrupt

        return step

    with pytest.raises(KeyboardInterrupt):
        reparse(library.archive, library.folder, ALL, steps=stop_at_the_second)
    ran = "SELECT command, finish_reason, exit_code, changed, ended_at IS NOT NULL FROM runs WHERE command <> 'crawl'"
    assert library.rows(ran) == [("reparse", "crashed", 1, 1, 1)]


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        (Asked(since=T2), 2),
        (Asked(until=T2), 1),
        (Asked(since=T2, until=T3), 1),
        (Asked(urls=(f"{URL}-2",)), 1),
        (Asked(urls=("https://report.az/en/nowhere",)), 0),
        (Asked(site="report"), 3),
        (Asked(site="repor"), 0),
        (Asked(failures=True), 1),
        (Asked(failures=True, until=T3), 0),
    ],
    ids=str,
)
def test_only_what_is_asked_for_is_read(library: Library, asked: Asked, read: int) -> None:
    library.crawled(page("A"), T1)
    library.crawled(page("B"), T2, url=f"{URL}-2")
    library.crawled("<html><body>nothing</body></html>", T3, url=f"{URL}-3")
    library.crawled(page("not found"), T3, url=f"{URL}-4", status=404)
    assert sum(again(library, asked).values()) == read


def test_many_processes_give_what_one_gives(library: Library, tmp_path: Path) -> None:
    run = library.run(T1, "000000000000")
    for n in range(220):
        snapshot = library.keep(run, page(f"Number {n % 200}"), T1, url=f"{URL}-{n % 200}")
        library.read(snapshot, run, without_summary)
    library.writers[run].close()
    assert again(library, jobs=3) == {"changed": 200, "unchanged": 20}
    assert library.rows("SELECT count(*) FROM revisions WHERE cause = 'parser'") == [(200,)]
