from __future__ import annotations

import attrs

from newscrawl.archive import Archive, Holding
from tests.archive.conftest import FIRST, LATER, dump, made, save, words


def test_an_empty_archive(archive: Archive) -> None:
    status = archive.status()
    assert (status.holdings, status.open_failures, status.last_run) == ((), (), None)
    assert status.bytes > 0
    assert (archive.latest(5), archive.sections("report"), archive.search("x")) == ([], [], [])


def test_latest(archive: Archive) -> None:
    for n, (language, hour) in enumerate([("az", 10), ("ru", 12), ("az", 11), ("az", None)]):
        published = f"2025-11-11T{hour}:00:00+00:00" if hour else None
        article = made(url=f"https://report.az/{n}", language=language, published_at=published, body=words(n))
        save(archive, article)
    assert [row.id for row in archive.latest(9)] == [2, 3, 1, 4]
    assert [row.id for row in archive.latest(2, "az")] == [3, 1]
    assert archive.latest(0) == archive.latest(-1) == []


def test_sections(archive: Archive) -> None:
    for n, (language, slug, name) in enumerate(
        [("en", "energy", "Energy"), ("az", "region", "Region"), ("en", "energy", "Energy"), ("az", None, None)]
    ):
        values = {"language": language, "section_slug": slug, "section": name, "body": words(n)}
        save(archive, made(url=f"https://report.az/{n}", **values))
    save(archive, made(site="oxu", url="https://oxu.az/1", section_slug="x", section="X"))
    assert archive.sections("report") == [("az", "region", "Region"), ("en", "energy", "Energy")]


def test_status(archive: Archive) -> None:
    save(archive, made())
    save(archive, made(headline="Headline - UPDATED"), LATER)
    save(archive, made(url="https://report.az/b", headline="B"), LATER)
    save(archive, made(url="https://report.az/ru/a", language="ru", published_at=None, body=words(1)))
    for url, error in [("a", "MissingField"), ("b", "UnknownLayout"), ("c", "UnknownLayout")]:
        archive.fail(url, stage="extract", error=error, detail=None, run_id=None, at=FIRST)
    archive.fail("d", stage="extract", error="TruncatedPage", detail=None, run_id=None, at=FIRST)
    archive.resolve("d", at=LATER, run_id=None)
    status = archive.status()
    az = Holding(
        site="report", language="az", articles=2, newest_published_at="2025-11-11T13:50:00Z",
        newest_first_seen_at=LATER, changed=1, near_duplicates=1,
    )  # fmt: skip
    ru = attrs.evolve(
        az,
        language="ru",
        articles=1,
        newest_published_at=None,
        newest_first_seen_at=FIRST,
        changed=0,
        near_duplicates=0,
    )
    assert status.holdings == (az, ru)
    assert status.open_failures == (("UnknownLayout", 2), ("MissingField", 1))


def test_the_last_run_is_a_crawl(archive: Archive) -> None:
    crawl = archive.start_run("report", {}, {}, FIRST)
    archive.start_run("reparse", {}, {}, LATER, command="reparse")
    last = archive.status().last_run
    assert last is not None
    assert last.id == crawl


def test_the_facets_have_an_index(archive: Archive) -> None:
    for column in ("published_day", "language", "section", "site", "story_id", "duplicate_of"):
        plan = archive.conn.execute(
            f"EXPLAIN QUERY PLAN SELECT {column}, count(*) FROM articles WHERE {column} IS NOT NULL GROUP BY {column}"
        ).fetchall()
        assert "COVERING INDEX" in plan[0][3], (column, plan)


def test_optimize_changes_no_row_and_empties_the_log(archive: Archive) -> None:
    save(archive, made())
    archive.optimize()
    before = dump(archive)
    archive.optimize()
    assert dump(archive) == before
    save(archive, made(), LATER)
    archive.optimize()
    assert dump(archive, but=("last_seen_at",)) == dump(archive, but=("last_seen_at",))
    assert [hit.id for hit in archive.search("moscow")] == [1]


def test_the_log_is_empty_after_optimize(archive: Archive) -> None:
    save(archive, made())
    log = archive.path.with_name("news.db-wal")
    assert log.stat().st_size > 0
    archive.optimize()
    assert log.stat().st_size == 0
