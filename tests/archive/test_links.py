"""Links and images whose address stands in `articles` are stored there only; what is read is what the page printed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlite_utils import Migrations

from newscrawl.archive import Archive, opening, schema
from newscrawl.items import Alternate, Article, Image
from tests.archive.conftest import LAST, LATER, made, save, words

AZ, RU, EN = "https://report.az/a", "https://report.az/ru/a", "https://report.az/en/a"
IMAGE, OTHER_IMAGE = "https://images.report.az/1.jpg", "https://images.report.az/2.jpg"
TO_RU = (Alternate(language="ru", url=RU, headline="Лавров"),)
TO_AZ = (Alternate(language="az", url=AZ, headline="Headline"),)
LINKS = "SELECT article_id, position, language, url, headline, alternate_id FROM alternates ORDER BY 1, 2"
IMAGES = "SELECT article_id, position, url, caption FROM images ORDER BY 1, 2"


def in_russian(**values: Any) -> Article:
    return made(**{"url": RU, "language": "ru", "headline": "Лавров", "body": words(1), "alternates": TO_AZ} | values)


def both(archive: Archive) -> None:
    save(archive, made(alternates=TO_RU))
    save(archive, in_russian())


def test_a_link_between_archived_articles(archive: Archive) -> None:
    both(archive)
    assert archive.conn.execute(LINKS).fetchall() == [(1, 0, "ru", RU, "Лавров", 2), (2, 0, "az", AZ, "Headline", 1)]
    # Why it is a view at all
    assert archive.conn.execute("SELECT count(*) FROM alternate_rows WHERE url IS NOT NULL").fetchone() == (0,)


def test_a_link_says_what_it_said_after_its_target_got_another_headline(archive: Archive) -> None:
    both(archive)
    save(archive, in_russian(headline="Лавров: саммит"), LATER)
    assert archive.conn.execute(LINKS).fetchall()[0] == (1, 0, "ru", RU, "Лавров", 2)
    save(archive, made(alternates=(Alternate(language="ru", url=RU, headline="Лавров: саммит"),)), LAST)
    assert archive.conn.execute(LINKS).fetchall()[0] == (1, 0, "ru", RU, "Лавров: саммит", 2)


def test_a_link_that_prints_something_else_than_its_target(archive: Archive) -> None:
    save(archive, made(alternates=(Alternate(language="ru", url=RU), Alternate(language="en", url=EN, headline="En"))))
    save(archive, in_russian(alternates=()))
    save(archive, made(url=EN, language="en", headline="In English", body=words(2)))
    assert archive.conn.execute(LINKS).fetchall() == [(1, 0, "ru", RU, None, 2), (1, 1, "en", EN, "En", 3)]


def test_a_link_to_another_address_of_an_article_keeps_it(archive: Archive) -> None:
    short = "https://report.az/1"
    save(archive, in_russian(short_url=short, alternates=()))
    save(archive, made(alternates=(Alternate(language="ru", url=short, headline="Лавров"),)))
    assert archive.conn.execute(LINKS).fetchall() == [(2, 0, "ru", short, "Лавров", 1)]


def test_images_stay_when_the_main_one_changes(archive: Archive) -> None:
    images = (Image(url=IMAGE, caption="Baku"), Image(url=OTHER_IMAGE))
    expected = [(1, 0, IMAGE, "Baku"), (1, 1, OTHER_IMAGE, None)]
    save(archive, made(image_url=IMAGE, images=images))
    assert archive.conn.execute(IMAGES).fetchall() == expected
    for main in (OTHER_IMAGE, None, IMAGE):
        save(archive, made(image_url=main, images=images), LATER)
        assert archive.conn.execute(IMAGES).fetchall() == expected
    save(archive, made(image_url=OTHER_IMAGE, images=(Image(url=OTHER_IMAGE),)), LAST)
    assert archive.conn.execute(IMAGES).fetchall() == [(1, 0, OTHER_IMAGE, None)]


def test_migration_keeps_links_and_images(path: Path) -> None:
    former = Migrations("newscrawl")
    for migration in schema.migrations._migrations:
        if migration.name < "m003":
            former(name=migration.name)(migration.fn)
    conn = opening.connect(path, create=True, read_only=False, migrations=former)
    conn.executescript(f"""
        INSERT INTO sites (name, domain) VALUES ('report', 'report.az');
        INSERT INTO stories VALUES (1);
        INSERT INTO articles (id, site, url, language, headline, image_url, body, word_count, content_sha256, story_id,
            parser, first_seen_at, last_seen_at, revision)
        VALUES (1, 'report', '{AZ}', 'az', 'Headline', '{IMAGE}', 'Body', 1, 'x', 1, 'p', '', '', 1),
            (2, 'report', '{RU}', 'ru', 'Лавров', NULL, 'Тело', 1, 'y', 1, 'p', '', '', 1);
        INSERT INTO alternates VALUES (1, 0, 'ru', '{RU}', 'Лавров', 2), (1, 1, 'en', '{EN}', NULL, NULL),
            (2, 0, 'az', '{AZ}', 'Other', 1), (2, 1, 'az', '{AZ}', NULL, 1);
        INSERT INTO images VALUES (1, 0, '{IMAGE}', 'Baku'), (1, 1, '{OTHER_IMAGE}', NULL), (2, 0, '{IMAGE}', NULL);
    """)
    before = conn.execute(LINKS).fetchall(), conn.execute(IMAGES).fetchall()
    conn.close()
    with Archive.open(path) as archive:
        assert (archive.conn.execute(LINKS).fetchall(), archive.conn.execute(IMAGES).fetchall()) == before
        assert not archive.conn.execute("PRAGMA foreign_key_check").fetchall()


def test_articles_with_and_without_links_are_found_by_key(archive: Archive) -> None:
    save(archive, made(url=EN, language="en", body=words(2)))
    both(archive)
    asked = "SELECT a.url, l.url, i.url FROM articles a LEFT JOIN alternates l ON l.article_id = a.id"
    asked += " LEFT JOIN images i ON i.article_id = a.id ORDER BY a.id"
    assert archive.conn.execute(asked).fetchall() == [(EN, None, None), (AZ, RU, None), (RU, AZ, None)]
    # A view that is read as a whole for each such question takes seconds in a large archive
    plan = [row[3] for row in archive.conn.execute(f"EXPLAIN QUERY PLAN {asked}")]
    assert not [step for step in plan if step.startswith(("MATERIALIZE", "SCAN alternate", "SCAN image"))]
