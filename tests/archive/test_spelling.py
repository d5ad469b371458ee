"""What is offered where nothing is found."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.archive import Archive
from newscrawl.archive.hits import Query
from newscrawl.archive.respelling import edited, respelled
from newscrawl.archive.search import find
from newscrawl.archive.spelling import near
from tests.archive.conftest import made, save

TEXTS = {
    "az": ("İlham Əliyev Gəncədə", "Prezident Şəkidə və Naxçıvanda olub. Naxçıvanda görüş keçirilib. Xankəndi."),
    "ru": ("Путин прилетел", "Станция «Жизнь» открыта в Баку, станции будут ещё."),
    "en": ("Aliyev visits Ganja", "The president went by train to Nakhchivan."),
}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(tmp_path_factory.mktemp("spelling"), "news.db")
    with Archive.open(path) as archive:
        for language, (headline, body) in TEXTS.items():
            save(archive, made(url=f"https://report.az/{language}", language=language, headline=headline, body=body,
                               tags=("Qarabağ",)))  # fmt: skip
    return path


@pytest.fixture(scope="module")
def conn(path: Path) -> Iterator[sqlite3.Connection]:
    with Archive.open(path) as archive:
        yield archive.conn


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("elham", "İlham"), ("ilhm", "İlham"), ("illham", "İlham"), ("iham", "İlham"), ("prezidnet", "Prezident"),
        ("sheki", "Şəkidə"), ("shekide", "Şəkidə"), ("nakhchivanda", "Naxçıvanda"), ("khankendi", "Xankəndi"),
        ("karabakh", "Qarabağ"), ("naxcivonde", "Naxçıvanda"), ("станцы", "станции"), ("станцыи", "станции"),
        ("zhizn", "Жизнь"), ("stantsiya", "Станция"), ("пуtin", None), ("ab", None), ("x" * 40, None), ("2031", None),
    ],
)  # fmt: skip
def test_a_near_spelling_is_offered_as_printed(conn: sqlite3.Connection, typed: str, offered: str | None) -> None:
    assert near(conn, Query(text=typed))[:1] == ([offered] if offered else [])


def test_another_alphabet_or_spelling_is_offered_where_a_filter_leaves_only_that(conn: sqlite3.Connection) -> None:
    assert near(conn, Query(text="aliyev", language="az")) == ["Əliyev"]
    assert near(conn, Query(text="ganja", language="en")) == [], "it is there as typed"
    assert near(conn, Query(text="putin", language="ru")) == ["Путин"]
    assert near(conn, Query(text="aliyev", language="ru")) == []


def test_the_rest_of_what_was_typed_stays(conn: sqlite3.Connection) -> None:
    assert near(conn, Query(text='"elham əliyev" Gəncə')) == ['"İlham əliyev" Gəncə']
    assert near(conn, Query(text="elham prezidnet")) == ["İlham Prezident"]
    assert near(conn, Query(text="elham sabah")) == [], "nothing is near to the other word"
    assert near(conn, Query(text="elham putin")) == [], "no article has both"


def test_what_is_offered_finds_something(conn: sqlite3.Connection) -> None:
    for typed in ("elham", "karabakh", "stantsiya", "trein presidnt"):
        for text in near(conn, Query(text=typed)):
            assert find(conn, Query(text=text)).total


def test_the_most_frequent_comes_first(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "news.db") as archive:
        for n, text in enumerate(("Cəlil bant", "Calil bank", "Cəlil bant", *["Jelilov Calila"] * 3)):
            save(archive, made(url=f"https://report.az/{n}", headline=text, body=str(n)))
        assert near(archive.conn, Query(text="jalil")) == ["Cəlil", "Calil", "Jelilov"], (
            "whole words before longer ones"
        )
        assert near(archive.conn, Query(text="banl")) == ["bant", "bank"]
        assert near(archive.conn, Query(text="jalil"), most=1) == ["Cəlil"]


@pytest.mark.parametrize("mode", ["mode=ro", "immutable=1"])
def test_files_that_cannot_be_written_are_looked_into(path: Path, mode: str) -> None:
    with closing(sqlite3.connect(f"{path.as_uri()}?{mode}", uri=True)) as conn:
        conn.row_factory = sqlite3.Row
        assert near(conn, Query(text="elham")) == near(conn, Query(text="elham")) == ["İlham"]


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("aliyev", "eliyev"), ("eliyev", "aliyev"), ("ganja", "gence"), ("sheki", "seki"), ("nakhchivan", "naxcivan"),
        ("khojaly", "xocali"), ("jabrayil", "cebrayil"), ("aghdam", "agdam"), ("lachin", "lacin"), ("gazakh", "qazax"),
        ("azerbaijan", "azerbaycan"), ("karabakh", "qarabag"), ("tsentr", "центр"), ("zakharova", "захарова"),
        ("shchit", "щит"), ("жыть", "жить"),
    ],
)  # fmt: skip
def test_letters_that_sound_alike(typed: str, printed: str) -> None:
    assert printed in respelled(typed)


def test_slips() -> None:
    assert {"lham", "elhham", "alham", "lehma"[::-1], "elahm"} - edited("elham") == {"amhel"}
    assert {"стация", "станцция", "станцыя", "сатнция"} <= edited("станция")
    # 5 letters fewer, 4 swapped, 5 * 25 others, 6 * 26 - 5 more: Norvig's 54n + 25 without what comes twice
    assert len(edited("abcde")) == 5 + 4 + 125 + 151


@given(st.text(max_size=12))
def test_any_text_has_bounded_variants(text: str) -> None:
    assert len(respelled(text)) <= 1501
    assert text not in respelled(text) | edited(text)
