from __future__ import annotations

import attrs

from newscrawl.archive import Archive
from tests.archive.conftest import LATER, dump, made, save, words

ALIASES = "SELECT url, article_id, why FROM url_aliases ORDER BY url"
A = made(site_article_id="1", short_url="https://report.az/1")


def test_the_canonical_url_comes_first(archive: Archive) -> None:
    save(archive, A)
    save(archive, made(url="https://report.az/b", body=words(1), site_article_id="2"))
    # b says the number of a: its address is the stronger word
    assert save(archive, made(url="https://report.az/b", body=words(2), site_article_id="1")) == (2, 2, "changed")


def test_an_alias_leads_to_its_article(archive: Archive) -> None:
    save(archive, A)
    assert save(archive, attrs.evolve(A, url="https://report.az/1", headline="B")) == (1, 2, "changed")
    assert archive.conn.execute("SELECT url FROM articles").fetchall() == [(A.url,)]
    assert archive.conn.execute(ALIASES).fetchall() == [("https://report.az/1", 1, "short link")]


def test_the_sites_own_number(archive: Archive) -> None:
    save(archive, A)
    moved = attrs.evolve(A, url="https://report.az/moved", headline="B", section_slug="moved")
    assert save(archive, moved, LATER) == (1, 2, "changed")
    assert archive.conn.execute("SELECT url, section_slug FROM articles").fetchall() == [(A.url, "moved")]
    assert ("https://report.az/moved", 1, "same number") in archive.conn.execute(ALIASES).fetchall()


def test_the_number_counts_within_one_language_and_site(archive: Archive) -> None:
    save(archive, A)
    assert save(archive, attrs.evolve(A, url="https://report.az/ru/a", language="ru")) == (2, 1, "new")
    assert save(archive, attrs.evolve(A, url="https://oxu.az/a", site="oxu")) == (3, 1, "new")


def test_equal_content_is_a_second_address(archive: Archive) -> None:
    save(archive, made(section_slug="a"))
    before = dump(archive, but=("last_seen_at",))
    twin = made(url="https://report.az/twin", section_slug="twin")
    assert save(archive, twin, LATER) == (1, 1, "unchanged")
    assert archive.conn.execute(ALIASES).fetchall() == [("https://report.az/twin", 1, "same content")]
    after = dump(archive, but=("last_seen_at",))
    assert len(set(after) - set(before)) == 1
    # Read in turn, the two addresses must not push each other's section in and out
    for article in (made(section_slug="a"), twin):
        save(archive, article, LATER)
        assert dump(archive, but=("last_seen_at",)) == after


def test_equal_content_in_another_language_or_site_is_an_article(archive: Archive) -> None:
    save(archive, made())
    assert save(archive, made(url="https://report.az/ru/a", language="ru")) == (2, 1, "new")
    assert save(archive, made(url="https://oxu.az/a", site="oxu")) == (3, 1, "new")


def test_an_address_belongs_to_one_article(archive: Archive) -> None:
    save(archive, A)
    save(
        archive, made(url="https://report.az/b", body=words(1), short_url="https://report.az/1", aliases={A.url: "amp"})
    )
    assert archive.conn.execute(ALIASES).fetchall() == [("https://report.az/1", 1, "short link")]


def test_an_alias_of_another_language_becomes_an_article(archive: Archive) -> None:
    save(archive, made(aliases={"https://report.az/ru/a": "canonical"}))
    assert save(archive, made(url="https://report.az/ru/a", language="ru")) == (2, 1, "new")
    assert archive.conn.execute(ALIASES).fetchall() == []


def test_both_identities_use_an_index(archive: Archive) -> None:
    from newscrawl.archive import identity, saving

    plan = archive.conn.execute(f"EXPLAIN QUERY PLAN {identity._IDENTIFY}", dict.fromkeys(saving._COLUMNS, "x"))
    steps = [row[3] for row in plan]
    assert not [step for step in steps if step.startswith("SCAN") or "articles_site " in step], steps
