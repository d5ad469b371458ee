"""What changed between two versions, as a reader sees and hears it."""

from __future__ import annotations

import re
from pathlib import Path

import attrs
import pytest

from newscrawl.archive import Archive
from tests.browse import edits
from tests.browse.conftest import Reading
from tests.browse.edits import PARAGRAPHS, SEEN, words

PAGE = "/news/-/diff/1"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return Reading(edits.make(tmp_path_factory.mktemp("diff") / "news.db"))


def marked(html: str) -> str:
    """Its words, those taken away and added in the marks that `newscrawl diff` prints."""
    html = re.sub(r'<span class="unseen">\[(added|taken away)\] </span>|<span class="unseen"> \[end\]</span>', "", html)
    html = re.sub(r"<ins>(.*?)</ins>", r"{+\1+}", html, flags=re.S)
    return words(re.sub(r"<del>(.*?)</del>", r"[-\1-]", html, flags=re.S))


def test_words_taken_away_and_added(served: Reading) -> None:
    html = served.page(f"{PAGE}?from=1&to=2")
    assert "has kept its discount rate at [-7.25-] {+7.5+} percent, Report informs." in marked(html)
    assert "From version 1 (18 March 2026, 10:03) to version 2 (18 March 2026, 10:33)" in words(html)
    assert "text (1 word added, 1 removed)" in words(html)


def test_they_are_told_apart_without_colour_and_by_ear(served: Reading) -> None:
    html = served.page(f"{PAGE}?from=1&to=2")
    assert '<del><span class="unseen">[taken away] </span>7.25<span class="unseen"> [end]</span></del>' in html
    assert '<ins><span class="unseen">[added] </span>7.5<span class="unseen"> [end]</span></ins>' in html


def test_paragraphs_without_a_change_are_folded(served: Reading) -> None:
    html = served.page(f"{PAGE}?from=1&to=2")
    folded = re.search(r"<details><summary>2 paragraphs as before</summary>(.*?)</details>", html, flags=re.S)
    assert folded
    assert words(folded[1]) == f"{PARAGRAPHS[1]} {PARAGRAPHS[2]}"
    assert "<ins>" not in folded[1]


def test_every_field_that_changed_is_shown(served: Reading) -> None:
    said = marked(served.page(f"{PAGE}?from=2&to=3"))
    assert "Headline Central Bank keeps discount rate {+- UPDATED-2+}" in said
    assert "Time of the last change {+18 March 2026, 11:10 (UTC+04:00)+}" in said
    assert f"[-{PARAGRAPHS[2]}-]" in said


def test_summary_section_time_and_tags(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "news.db") as archive:
        old = edits.bank("Text", summary="The old one", section="Finance", tags=("oil", "gas"), site="x.az")
        new = edits.bank("Text", summary="The new one", section=None, tags=("oil", "BMT"), site="x.az")
        new = attrs.evolve(new, published_at="2026-03-18T10:05:00+04:00")
        for at, made in zip(SEEN, (old, new), strict=False):
            archive.save(made, seen_at=at, run_id=None)
    said = marked(Reading(tmp_path / "news.db").page(PAGE))
    assert "Summary The [-old-] {+new+} one" in said
    assert "Section [-Finance-]" in said
    assert "Time [-18 March 2026, 06:00 (UTC)-] {+18 March 2026, 06:05 (UTC)+}" in said
    assert "Tags oil, [-gas-], {+BMT+}" in said
    assert " Text " not in said.partition("Tags")[2]


def test_the_last_two_versions_unless_others_are_named(served: Reading) -> None:
    assert marked(served.page(PAGE)) == marked(served.page(f"{PAGE}?from=3&to=4"))
    assert marked(served.page(f"{PAGE}?from=&to=")) == marked(served.page(PAGE))
    assert "{+Photo: Report+}" in marked(served.page(PAGE))


def test_a_version_that_only_newscrawl_made_is_no_edit(served: Reading) -> None:
    note = "Version 4: No edit of the publisher: newscrawl reads the same page differently since."
    assert note in words(served.page(PAGE))
    assert note in words(served.page(f"{PAGE}?from=4&to=1"))
    assert note not in words(served.page(f"{PAGE}?from=1&to=3"))


def test_a_silent_edit_is_named(served: Reading) -> None:
    assert "Not announced" in words(served.page(f"{PAGE}?from=1&to=2"))
    assert "Not announced" not in words(served.page(f"{PAGE}?from=2&to=3"))
    assert "Not announced" not in words(served.page(f"{PAGE}?from=2&to=1"))


def test_backwards_too(served: Reading) -> None:
    assert "[-7.5-] {+7.25+}" in marked(served.page(f"{PAGE}?from=2&to=1"))


def test_equal_versions_say_so(served: Reading) -> None:
    assert "Both versions read the same." in words(served.page(f"{PAGE}?from=2&to=2"))
    assert "Both versions read the same." not in words(served.page(PAGE))


def test_any_two_can_be_chosen(served: Reading) -> None:
    html = served.page(f"{PAGE}?from=1&to=3")
    chosen = re.findall(r'<select name="(\w+)">(.*?)</select>', html, flags=re.S)
    assert [(name, re.findall(r'<option value="(\d)"( selected)?>', options)) for name, options in chosen] == [
        ("from", [("1", " selected"), ("2", ""), ("3", ""), ("4", "")]),
        ("to", [("1", ""), ("2", ""), ("3", " selected"), ("4", "")]),
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [("from=1&to=2", {(2, 3)}), ("from=2&to=3", {(1, 2), (3, 4)}), ("from=3&to=4", {(2, 3)}), ("from=1&to=4", set())],
)
def test_the_change_before_and_the_one_after(served: Reading, query: str, expected: set[tuple[int, int]]) -> None:
    pager = served.page(f"{PAGE}?{query}").partition('class="pager"')[2]
    found = re.findall(r"\?from=(\d)&amp;to=(\d)", pager)
    assert {(int(old), int(new)) for old, new in found} == expected


def test_one_version_cannot_be_compared(served: Reading) -> None:
    said = words(served.page("/news/-/diff/2"))
    assert "the archive saw this article in one version only, first on 18 March 2026, 10:03 (UTC+04:00)" in said


@pytest.mark.parametrize("path", [f"{PAGE}?from=9", f"{PAGE}?from=1&to=x", "/news/-/diff/99", "/news/-/diff/x"])
def test_what_is_not_there(served: Reading, path: str) -> None:
    assert served.get(path).status_code == 404


def test_a_hostile_publisher_changes_nothing_but_words(served: Reading) -> None:
    html = served.page("/news/-/diff/5")
    assert not re.search(r"<(script>|img|i>)", html)
    assert '<ins><span class="unseen">[added] </span>&lt;i&gt;<' in html
    assert '<del><span class="unseen">[taken away] </span>&lt;script&gt;alert(1)' in html
    assert f"[-{edits.LONG}-]" in marked(html)


def test_the_text_is_in_its_language(served: Reading) -> None:
    html = served.page(PAGE)
    assert '<p lang="en" dir="auto"><ins>' in html
