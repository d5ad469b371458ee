"""An article with all that hangs on it, and the pages it was read from."""

from __future__ import annotations

import sqlite3

import pytest

from newscrawl.archive import Archive, article, history, stored
from newscrawl.archive.article import Alias, Elsewhere, Picture, Title
from newscrawl.exchanges import Exchange, Original, Place
from newscrawl.items import Alternate, Image
from newscrawl.sites.report_az import REPORT
from tests.archive.conftest import FIRST, LAST, LATER, made, save, words
from tests.archive.test_plans import planned, scans, statements

__all__ = ["planned"]

EN, AZ, TR = "https://report.az/en/x/a", "https://report.az/x/a", "https://report.az/tr/x/a"
PUBLISHED = "2025-11-11T13:50:00Z"


def test_all_that_hangs_on_an_article(archive: Archive) -> None:
    archive.add_site(REPORT)
    save(archive, made(url="https://report.az/en/x/older", language="en", headline="Older", body=words(1),
                       section_slug="x", published_at="2025-11-11T12:00:00+04:00"))  # fmt: skip
    save(archive, made(url=AZ, headline="Başlıq", alternates=(Alternate(language="en", url=EN),), body=words(2)))
    save(
        archive,
        made(
            url=EN, language="en", section="X", section_slug="x", authors=("B", "A"), image_url="https://i/1",
            images=(Image(url="https://i/2", caption="Two"),), short_url="https://report.az/7",
            alternates=(Alternate(language="az", url=AZ), Alternate(language="tr", url=TR, headline="Tr")),
            aliases={"https://report.az/en/amp/x/a": "amp", "https://report.az/go": "redirect"},
            sources={"body": "css"}, flags=("published_at is odd",), parser="p.P", published_text="11 November",
        ),
    )  # fmt: skip
    found = article.entry(archive.conn, 3)
    assert found is not None
    assert (found.url, found.domain, found.zone, found.revision) == (EN, "report.az", "Asia/Baku", 1)
    assert (found.authors, found.sources, found.parser) == (("B", "A"), {"body": "css"}, "p.P")
    assert (found.flags, found.published_text) == ("published_at is odd", "11 November")
    assert found.pictures == (Picture(url="https://i/1"), Picture(url="https://i/2", caption="Two"))
    assert set(found.aliases) == {
        Alias(url="https://report.az/en/amp/x/a", why="amp"), Alias(url="https://report.az/go", why="redirect"),
        Alias(url="https://report.az/7", why="short link"),
    }  # fmt: skip
    assert found.addresses[0] == EN
    assert found.story == (Title(id=2, language="az", headline="Başlıq", published_at=PUBLISHED),)
    assert found.elsewhere == (Elsewhere(language="tr", url=TR, headline="Tr"),)
    assert [title.headline for title in found.before] == ["Older"]
    assert found.near == ()
    assert article.entry(archive.conn, 4) is None


def test_a_main_image_that_is_listed_is_named_once(archive: Archive) -> None:
    images = (Image(url="https://i/1", caption="One"), Image(url="https://i/2"))
    save(archive, made(image_url="https://i/1", images=images))
    found = article.entry(archive.conn, 1)
    assert found is not None
    assert found.pictures == (Picture(url="https://i/1", caption="One"), Picture(url="https://i/2"))


def test_nearly_equal_texts_name_each_other(archive: Archive) -> None:
    text = words(1)
    for n, more in enumerate(("", " one", " two")):
        save(archive, made(url=f"https://report.az/{n}", headline=f"H{n}", body=text + more))
    first, second = (article.entry(archive.conn, n) for n in (1, 2))
    assert first is not None
    assert second is not None
    assert [title.id for title in first.near] == [2, 3]
    assert [title.id for title in second.near] == [1]


def test_texts_come_in_the_order_asked(archive: Archive) -> None:
    for n in range(3):
        save(archive, made(url=f"https://report.az/{n}", body=words(n), summary=f"S{n}"))
    found = article.texts(archive.conn, [3, 1, 99])
    assert [(text.id, text.body, text.summary) for text in found] == [(3, words(2), "S2"), (1, words(0), "S0")]


def test_rows_of_any_factory_will_do(archive: Archive) -> None:
    """Datasette's connections give `sqlite3.Row`."""
    save(archive, made(authors=("A",), tags=("oil",)))
    plain = article.entry(archive.conn, 1), history.revisions(archive.conn, 1)
    archive.conn.row_factory = sqlite3.Row
    assert (article.entry(archive.conn, 1), history.revisions(archive.conn, 1)) == plain


def keep(archive: Archive, url: str, at: str, status: int = 200, original: Original | None = None) -> int:
    exchange = Exchange(
        url=url, kind="article", status=status, headers=(("Content-Type", "text/html"),), body=b"", fetched_at=at
    )  # fmt: skip
    place = Place("report/a.warc.gz", 100 * len(stored.fetches(archive.conn, (EN, AZ))), 9)
    with archive.transaction():
        return archive.snapshots.add(exchange, place, run_id=None, original=original)


def test_every_time_that_an_address_was_asked_for(archive: Archive) -> None:
    ids = [keep(archive, EN, FIRST), keep(archive, AZ, LATER), keep(archive, EN, LAST, 404)]
    assert [each.id for each in stored.fetches(archive.conn, (EN,))] == [ids[2], ids[0]]
    assert [(each.id, each.status) for each in stored.fetches(archive.conn, (AZ, EN))] == [
        (ids[2], 404), (ids[1], 200), (ids[0], 200),
    ]  # fmt: skip
    # Another address that ends alike is another one
    assert stored.fetches(archive.conn, (EN.replace("https", "http"),)) == []


def test_a_stored_page_tells_its_article_by_any_address(archive: Archive) -> None:
    save(archive, made(url=EN, language="en", aliases={AZ: "redirect"}))
    for url in (EN, AZ):
        found = stored.stored_page(archive.conn, keep(archive, url, FIRST))
        assert found is not None
        assert found.article == Title(id=1, language="en", headline="Headline", published_at=PUBLISHED)
        assert (found.content_type, found.original_id) == ("text/html", None)
    assert stored.stored_page(archive.conn, 99) is None


STATEMENTS = {**statements(article), **statements(stored)}
WHOLE = [pytest.param(text, id=name) for name, text in STATEMENTS.items() if not name.startswith("_")]


@pytest.mark.parametrize("statement", WHOLE)
def test_no_page_reads_a_large_table_from_end_to_end(planned: Archive, statement: str) -> None:
    assert scans(planned, statement) == []
