from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.archive import Archive
from tests.archive.conftest import made, save, words

TEXTS = {
    "bakı": ("Bakıda yeni metro stansiyası açılıb", "Paytaxtda bu gün yeni stansiya istifadəyə verilib."),
    "istanbul": ("İstanbulda zəlzələ olub", "ISPARTA və İzmir də titrəyib."),
    "станция": ("В Баку открыта станция", "Новая станция метро начала работу."),
    "ёлка": ("Ёлка на площади", "Зелёная ель из Губы."),
    "elham": ("Əlham Əliyev çıxış edib", "Nazir çıxış etdi - UPDATED-2."),
}


def found(archive: Archive, text: str, **options: object) -> set[str]:
    return {hit.url.rsplit("/", 1)[1] for hit in archive.search(text, **options)}  # type: ignore[arg-type]


@pytest.fixture
def filled(archive: Archive) -> Archive:
    for name, (headline, body) in TEXTS.items():
        language = "ru" if name in ("станция", "ёлка") else "az"
        save(
            archive,
            made(url=f"https://report.az/{name}", headline=headline, body=body, language=language, tags=(name,)),
        )
    return archive


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("baki", "bakı"), ("Bakı", "bakı"), ("BAKI", "bakı"), ("bakida", "bakı"), ("BAKIDA", "bakı"),
        ("İSTANBUL", "istanbul"), ("istanbul", "istanbul"), ("ıstanbul", "istanbul"), ("isparta", "istanbul"),
        ("станци", "станция"), ("БАКУ", "станция"), ("stansiya", "bakı"),
        ("Ёлка", "ёлка"), ("елка", "ёлка"), ("ЗЕЛЕНАЯ", "ёлка"), ("зелёная", "ёлка"),
        ("elham", "elham"), ("ƏLHAM", "elham"), ("eliyev", "elham"), ("Əliyev əlham", "elham"), ("updated-2", "elham"),
        ('"yeni metro"', "bakı"), ("«yeni metro»", "bakı"), ('metro "istifadəyə verilib', "bakı"),
    ],
)  # fmt: skip
def test_spelling_is_forgiven(filled: Archive, typed: str, name: str) -> None:
    assert found(filled, typed) == {name}


@pytest.mark.parametrize("typed", ["yeni zəlzələ", '"metro yeni"', "«metro yeni»", '"yeni met"', "akı", "xyz"])
def test_all_words_must_be_there(filled: Archive, typed: str) -> None:
    assert found(filled, typed) == set()


@pytest.mark.parametrize(
    "typed",
    ["", "   ", '"', '""', '"" ""', "*", "a*b", "AND", "OR NOT", "NEAR(a b)", "headline:x", "-", "^a", "{a}", "a + b",
     "'; DROP TABLE articles; --", "\x00", "\ud800", "🙂", "%", "(", "ə" * 10_000, "a " * 10_000, "'", "\u0301"],
)  # fmt: skip
def test_rubbish_is_no_error(filled: Archive, typed: str) -> None:
    assert isinstance(filled.search(typed), list)
    assert found(filled, "yeni"), "and the archive is still whole"


@pytest.fixture(scope="module")
def nothing() -> Iterator[Archive]:
    with Archive.open(":memory:") as archive:
        yield archive


@given(st.text())
def test_no_text_is_an_error(nothing: Archive, typed: str) -> None:
    assert nothing.search(typed) == []


def test_language_and_limit(filled: Archive) -> None:
    assert found(filled, "1 OR") == set()
    for n in range(5):
        language = "az" if n % 2 else "en"
        save(filled, made(url=f"https://report.az/{n}", body=words(n) + " ortaq", language=language, headline=f"h{n}"))
    assert found(filled, "ortaq", language="en") == {"0", "2", "4"}
    assert len(filled.search("ortaq", language="en", limit=2)) == 2
    assert len(filled.search("ortaq", limit=4)) == 4
    assert filled.search("ortaq", limit=0) == filled.search("ortaq", limit=-1) == []


def test_a_headline_counts_more_than_a_body(archive: Archive) -> None:
    save(archive, made(url="https://report.az/1", headline="Nothing", body="metro " + words(1)))
    save(archive, made(url="https://report.az/2", headline="Metro", body=words(2)))
    assert [hit.id for hit in archive.search("metro")] == [2, 1]


def test_a_hit_shows_the_text_as_printed(filled: Archive) -> None:
    (hit,) = filled.search("nazır", marks=("<", ">"))
    assert (hit.headline, hit.language, hit.published_at) == ("Əlham Əliyev çıxış edib", "az", "2025-11-11T13:50:00Z")
    assert hit.snippet == "<Nazir> çıxış etdi - UPDATED-2."
