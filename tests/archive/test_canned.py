"""Canned queries and views: what they list, in which order, and that each one answers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

from newscrawl.archive import Archive, RunEnd, canned, publishing
from newscrawl.archive.canned_values import CannedQuery
from newscrawl.items import Alternate, Article
from newscrawl.sites.report_az import REPORT
from tests.archive.conftest import words

SITE = "https://report.az"
PAGES = {"az": "", "en": "/en", "ru": "/ru"}
OTHER = attrs.evolve(REPORT, name="other", domain="news.example", zone="UTC")
SEEN = "2026-03-17T09:00:00Z"
DAY = "2026-03-17"
FULL = frozenset(name for query in canned.ALL for name in query.needs)


def article(language: str, slug: str, clock: str | None, number: int, **values: Any) -> Article:
    """An article of 17 March, Baku time (`clock`), or without a time; `number` makes a text of its own."""
    defaults: dict[str, Any] = {
        "url": f"{SITE}{PAGES[language]}/{slug}", "site": "report", "language": language,
        "headline": f"{slug} {language}", "body": words(number),
        "published_at": f"{DAY}T{clock}:00+04:00" if clock else None,
    }  # fmt: skip
    return Article(**(defaults | values))


def link(language: str, slug: str) -> Alternate:
    return Alternate(language=language, url=f"{SITE}{PAGES[language]}/{slug}")


def fill_stories(archive: Archive) -> None:
    """`metro` in three languages, `budget` in two, `oil` in one, one of the day before and one without a time."""
    for n, made in enumerate((
        article("az", "metro", "10:00", 1, tags=("Bakı", "metro"), section="Şəhər", section_slug="seher",
                authors=("Aysel",)),
        article("ru", "metro", "10:20", 2, alternates=(link("az", "metro"),), tags=("Баку",), authors=("Aysel",)),
        article("en", "metro", "11:30", 3, alternates=(link("az", "metro"),), tags=("Baku",), section="Video",
                section_slug="video"),
        article("en", "budget", "09:00", 4, section="Finance", section_slug="finance"),
        article("az", "budget", "09:45", 5, alternates=(link("en", "budget"),), tags=("Bakı",), section="Video",
                section_slug="videolar"),
        article("az", "oil", "08:00", 6, tags=("Bakı", "neft")),
        article("az", "old", None, 7, published_at="2026-03-16T23:59:00+04:00", tags=("metro",)),
        article("en", "undated", None, 8, published_text="yesterday"),
        article("az", "again", "12:00", 1),
    )):  # fmt: skip
        archive.save(made, seen_at=f"2026-03-17T09:{n:02}:00Z", run_id=None)


def fill_other(archive: Archive) -> None:
    """Another site, whose newest day is a later one."""
    harbour = article(
        "en", "harbour", None, 9, url="https://news.example/harbour", site="other", tags=("port",),
        published_at="2026-03-27T10:00:00Z", section="Video", section_slug="clips",
    )  # fmt: skip
    archive.save(harbour, seen_at="2026-03-27T10:05:00Z", run_id=None)


def edit(archive: Archive, at: str, **values: Any) -> None:
    """Another state of the article `oil`, which stays as it is but for the values."""
    made = article("az", "oil", "08:00", 6, tags=("Bakı", "neft"), **values)
    archive.save(made, seen_at=at, run_id=None)


def fill_edits(archive: Archive) -> None:
    """Seven states: text, headline, a mark, text under the same mark, a new mark, text with a new time, tags."""
    state: dict[str, Any] = {}
    for n, change in enumerate((
        {"body": words(20)},
        {"headline": "Oil is dear"},
        {"headline": "Oil is dear - UPDATED", "body": words(21)},
        {"body": words(22)},
        {"headline": "Oil is dear - UPDATED-2", "body": words(23)},
        {"body": words(24), "modified_at": "2026-03-17T15:00:00+04:00"},
    )):  # fmt: skip
        state |= change
        edit(archive, f"2026-03-17T1{n}:00:00Z", **state)
    made = article("az", "oil", "08:00", 6, tags=("neft",), **state)
    archive.save(made, seen_at="2026-03-17T16:00:00Z", run_id=None)


def fill_harvest(archive: Archive) -> None:
    """One article is gone, one moved, one returned, one was missed once; one crawl, a judgement, pages that failed."""
    for slug, day in (("en/budget", 18), ("ru/metro", 20), ("metro", 22)):
        for hour in (1, 13, 25):
            at = f"2026-03-{day + hour // 24}T{hour % 24:02}:00:00Z"
            archive.missed(f"{SITE}/{slug}", at=at, status=404 if slug != "ru/metro" else 302)
    archive.missed(f"{SITE}/again", at="2026-03-23T00:00:00Z", status=404)
    archive.conn.execute("UPDATE absences SET moved_to = 'https://report.az/ru/new' WHERE id = 2")
    archive.unmodified(f"{SITE}/metro", at="2026-03-24T00:00:00Z")
    run = archive.start_run("report", {}, {}, "2026-03-17T09:00:00Z")
    archive.end_run(
        run, RunEnd(at="2026-03-17T09:10:00Z", finish_reason="finished", exit_code=3, why="one page failed")
    )
    archive.keep_health_state("report", "degraded", ["az: few articles"], "2026-03-17T09:10:00Z")
    for n, error in enumerate(("MissingField", "MissingField", "TruncatedPage")):
        archive.fail(f"{SITE}/bad{n}", stage="extract", error=error, detail="what", run_id=run,
                     at=f"2026-03-17T0{n}:00:00Z", site="report")  # fmt: skip
    archive.resolve(f"{SITE}/bad1", at=SEEN, run_id=run)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("canned") / "news.db"
    with Archive.open(path) as archive:
        archive.add_site(REPORT)
        archive.add_site(OTHER)
        fill_stories(archive)
        fill_other(archive)
        fill_edits(archive)
        fill_harvest(archive)
    return path


@pytest.fixture(scope="module")
def archive(path: Path) -> Iterator[Archive]:
    with Archive.open(path, read_only=True) as opened:
        yield opened


def ask(archive: Archive, name: str, **asked: str) -> list[dict[str, Any]]:
    """What a query answers, a row as a mapping; parameters that are not named are empty."""
    query = canned.canned(FULL)[name]
    assert asked.keys() <= set(query.params)
    cursor = archive.conn.execute(query.sql, dict.fromkeys(query.params, "") | asked)
    columns = [column[0] for column in cursor.description]
    return [dict(zip(columns, row, strict=True)) for row in cursor]


def headlines(archive: Archive, name: str, **asked: str) -> list[str]:
    return [row["headline"] for row in ask(archive, name, **asked)]


AT_REPORT = [
    "again az",
    "metro en",
    "metro ru",
    "metro az",
    "budget az",
    "budget en",
    "Oil is dear - UPDATED-2",
    "old az",
]
IN_ORDER = ["harbour en", *AT_REPORT]


def test_the_latest_come_first_whatever_their_language(archive: Archive) -> None:
    assert headlines(archive, "latest") == IN_ORDER
    first = ask(archive, "latest", language="ru")[0]
    assert first["published_at"] == "2026-03-17T06:20:00Z"
    assert (first["url"], first["site"]) == ("https://report.az/ru/metro", "report")
    assert (
        archive.conn.execute("SELECT url FROM articles WHERE id = ?", (first["article_id"],)).fetchone()[0]
        == first["url"]
    )


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"language": "en"}, ["harbour en", "metro en", "budget en"]),
        ({"language": "de"}, []),
        ({"site": "report"}, AT_REPORT),
        ({"site": "other"}, ["harbour en"]),
        ({"site": "nowhere"}, []),
        ({"until": "2026-03-16"}, ["old az"]),
        ({"since": "2026-03-17", "language": "ru"}, ["metro ru"]),
        ({"since": "2026-03-17", "until": "2026-03-16"}, []),
        ({"since": "'; --"}, []),
        ({"until": "yesterday"}, []),
    ],
)
def test_lists_are_narrowed_by_language_site_and_days_of_the_site(
    archive: Archive, asked: dict[str, str], found: list[str]
) -> None:
    assert headlines(archive, "latest", **asked) == found


def test_today_is_the_newest_day_of_what_is_asked_for(archive: Archive) -> None:
    assert headlines(archive, "today") == headlines(archive, "today", language="en") == ["harbour en"]
    assert headlines(archive, "today", site="report") == AT_REPORT[:-1]
    assert headlines(archive, "today", language="ru") == ["metro ru"]
    assert headlines(archive, "today", site="report", language="en") == ["metro en", "budget en"]
    assert headlines(archive, "today", site="other", language="az") == []


def test_a_page_that_names_a_day_to_come_is_not_of_today(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "news.db") as archive:
        archive.add_site(REPORT)
        archive.save(article("az", "a", "08:00", 1), seen_at=SEEN, run_id=None)
        to_come = article("az", "b", None, 2, published_at="2999-01-01T00:00:00Z")
        archive.save(to_come, seen_at=SEEN, run_id=None)
        assert headlines(archive, "today") == ["a az"]


def test_a_tag_an_author_a_section_lists_its_articles(archive: Archive) -> None:
    assert headlines(archive, "tagged", tag="Bakı") == ["metro az", "budget az"]
    assert headlines(archive, "tagged", tag="metro") == ["metro az", "old az"]
    assert headlines(archive, "tagged", tag="metro", until="2026-03-16") == ["old az"]
    assert headlines(archive, "tagged", tag="baki") == headlines(archive, "tagged") == []
    assert headlines(archive, "by_author", author="Aysel") == ["metro ru", "metro az"]
    assert headlines(archive, "by_author", author="Aysel", language="az") == ["metro az"]
    assert headlines(archive, "in_section", section="seher") == ["metro az"]
    assert headlines(archive, "in_section", section="Finance") == ["budget en"]
    assert headlines(archive, "in_section", section="Finance", language="az") == []


def test_a_section_of_one_name_has_another_address_in_each_edition(archive: Archive) -> None:
    assert headlines(archive, "in_section", section="Video") == ["harbour en", "metro en", "budget az"]
    assert headlines(archive, "in_section", section="Video", language="az") == ["budget az"]
    assert headlines(archive, "in_section", section="Video", site="other") == ["harbour en"]
    assert headlines(archive, "in_section", section="videolar") == ["budget az"]


def test_what_many_articles_have_is_found_as_well(archive: Archive) -> None:
    """A tag of more than ten thousand articles is looked for in another way: as if two were many."""
    sql = canned.canned(FULL)["tagged"].sql
    for few in (1, 2):
        asked = {"tag": "metro", "language": "", "site": "", "since": "", "until": ""}
        many = sql.replace("10001", str(few + 1)).replace("<= 10000", f"<= {few}")
        assert many != sql
        rows = archive.conn.execute(many, asked).fetchall()
        assert [row[3] for row in rows] == ["metro az", "old az"]


def test_the_most_used_tags_of_a_week(archive: Archive) -> None:
    rows = ask(archive, "most_tagged", site="report")
    assert [(row["tag"], row["articles"]) for row in rows] == [
        ("Bakı", 2), ("metro", 2), ("Baku", 1), ("neft", 1), ("Баку", 1),
    ]  # fmt: skip
    assert rows[0]["newest_at"] == "2026-03-17T06:00:00Z"
    assert [row["tag"] for row in ask(archive, "most_tagged", language="ru")] == ["Баку"]
    assert [row["tag"] for row in ask(archive, "most_tagged", since="2026-03-17", language="az")] == [
        "Bakı",
        "metro",
        "neft",
    ]


def test_the_week_ends_with_the_newest_of_what_is_asked_for_or_the_day_that_is_named(archive: Archive) -> None:
    def used(**asked: str) -> dict[str, int]:
        return {row["tag"]: row["articles"] for row in ask(archive, "most_tagged", **asked)}

    assert used() == used(site="other") == {"port": 1}
    assert used(language="az") == {"Bakı": 2, "metro": 2, "neft": 1}
    assert used(until="2026-03-16") == {"metro": 1}
    # Of the 16th and the 17th, the week until the 22nd has both, that until the 23rd the latter
    assert used(until="2026-03-22", language="az") == {"Bakı": 2, "metro": 2, "neft": 1}
    assert used(until="2026-03-23", language="az") == {"Bakı": 2, "metro": 1, "neft": 1}
    assert used(until="2026-03-24", language="az") == {}


def test_what_is_not_translated(archive: Archive) -> None:
    assert headlines(archive, "untranslated", site="report") == ["again az", "Oil is dear - UPDATED-2", "old az"]
    assert headlines(archive, "untranslated", missing_in="ru", language="en") == ["harbour en", "budget en"]
    assert headlines(archive, "untranslated", missing_in="az", site="report") == []


def test_how_late_translations_came(archive: Archive) -> None:
    rows = ask(archive, "translated")
    assert [(row["headline"], row["first_headline"], row["minutes_later"]) for row in rows] == [
        ("metro en", "metro az", 90), ("metro ru", "metro az", 20), ("budget az", "budget en", 45),
    ]  # fmt: skip
    assert [(*row.values(),) for row in ask(archive, "translation_lag")] == [
        ("az", "en", 1, 90, 90, 90), ("az", "ru", 1, 20, 20, 20), ("en", "az", 1, 45, 45, 45),
    ]  # fmt: skip


def test_what_appears_at_the_same_time_is_no_translation(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "news.db") as archive:
        archive.save(article("az", "a", "08:00", 1), seen_at=SEEN, run_id=None)
        archive.save(article("en", "a", "08:00", 2, alternates=(link("az", "a"),)), seen_at=SEEN, run_id=None)
        assert archive.conn.execute("SELECT count(DISTINCT story_id) FROM articles").fetchone() == (1,)
        assert ask(archive, "translated") == ask(archive, "translation_lag") == []


def test_half_and_nine_tenths_of_the_translations(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "news.db") as archive:
        for n in range(10):
            archive.save(article("az", f"s{n}", "08:00", n), seen_at=SEEN, run_id=None)
            later = article("en", f"s{n}", f"08:{n + 1:02}", 100 + n, alternates=(link("az", f"s{n}"),))
            archive.save(later, seen_at=SEEN, run_id=None)
        assert [(*row.values(),) for row in ask(archive, "translation_lag")] == [("az", "en", 10, 5, 9, 10)]


def test_near_duplicates_and_articles_without_a_time(archive: Archive) -> None:
    (row,) = ask(archive, "duplicates")
    assert (row["headline"], row["original_headline"]) == ("again az", "metro az")
    (row,) = ask(archive, "undated")
    assert (row["headline"], row["published_text"], row["first_seen_at"]) == (
        "undated en", "yesterday", "2026-03-17T09:07:00Z",
    )  # fmt: skip


def test_edits_say_what_changed_and_which_were_silent(archive: Archive) -> None:
    rows = ask(archive, "edited")
    assert [(row["revision"], row["changed"], row["former_headline"], row["silent"]) for row in rows] == [
        (8, "tags", None, 0),
        (7, "text", None, 0),
        (6, "headline, text", "Oil is dear - UPDATED", 0),
        (5, "text", None, 1),
        (4, "headline, text", "Oil is dear", 0),
        (3, "headline", "oil az", 1),
        (2, "text", None, 1),
    ]
    assert rows[0]["edited_at"] == "2026-03-17T16:00:00Z"
    assert rows[-1]["headline"] == "oil az", "as it read then"
    assert [row["revision"] for row in ask(archive, "silently_edited")] == [5, 3, 2]
    assert ask(archive, "edited", language="en") == ask(archive, "edited", since="2026-03-18") == []
    assert len(ask(archive, "edited", since="2026-03-17", until="2026-03-17")) == 7


@pytest.mark.parametrize(("mark", "language"), [("YENİLƏNİB", "az"), ("ОБНОВЛЕНО-2", "ru"), ("UPDATED-3", "en")])
def test_a_mark_in_any_language_is_no_silence(tmp_path: Path, mark: str, language: str) -> None:
    with Archive.open(tmp_path / "news.db") as archive:
        archive.save(article(language, "a", "08:00", 1), seen_at=SEEN, run_id=None)
        archive.save(
            article(language, "a", "08:00", 2, headline=f"A - {mark}"), seen_at="2026-03-17T10:00:00Z", run_id=None
        )
        assert [row["silent"] for row in ask(archive, "edited")] == [0]


def test_another_reading_of_the_same_page_is_no_edit(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "news.db") as archive:
        archive.save(article("az", "a", "08:00", 1), seen_at=SEEN, run_id=None)
        archive.save(
            article("az", "a", "08:00", 2), seen_at=SEEN, run_id=archive.start_run("report", {}, {}, SEEN), again=True
        )
        assert archive.conn.execute("SELECT cause FROM revisions WHERE revision = 2").fetchone() == ("parser",)
        assert ask(archive, "edited") == ask(archive, "silently_edited") == []


def test_edits_are_found_behind_any_number_of_other_readings(tmp_path: Path) -> None:
    """Of the latest 5,000 edits: as if it were of the latest one."""
    with Archive.open(tmp_path / "news.db") as archive:
        archive.save(article("az", "a", "08:00", 1), seen_at=SEEN, run_id=None)
        archive.save(article("az", "a", "08:00", 2), seen_at="2026-03-17T10:00:00Z", run_id=None)
        at = "2026-03-17T11:00:00Z"
        archive.save(article("az", "b", "08:00", 3), seen_at=at, run_id=None)
        run = archive.start_run("report", {}, {}, at, command="reparse")
        archive.save(article("az", "b", "08:00", 4), seen_at=at, run_id=run, again=True)
        for name in ("edited", "silently_edited"):
            query = canned.canned(FULL)[name]
            latest = query.sql.replace("OFFSET 5000", "OFFSET 0")
            assert latest != query.sql
            rows = archive.conn.execute(latest, dict.fromkeys(query.params, "")).fetchall()
            assert [row[0] for row in rows] == ["2026-03-17T10:00:00Z"]


def test_what_is_gone_moved_and_returned(archive: Archive) -> None:
    rows = ask(archive, "gone")
    assert [(row["fate"], row["headline"], row["since_at"]) for row in rows] == [
        ("returned", "metro az", "2026-03-24T00:00:00Z"),
        ("moved", "metro ru", "2026-03-20T01:00:00Z"),
        ("gone", "budget en", "2026-03-18T01:00:00Z"),
    ]
    assert rows[1]["moved_to"] == "https://report.az/ru/new"
    assert headlines(archive, "gone", fate="gone") == headlines(archive, "gone", language="en") == ["budget en"]


def test_pages_without_an_article(archive: Archive) -> None:
    rows = ask(archive, "failed")
    assert [(row["url"], row["error"]) for row in rows] == [
        (f"{SITE}/bad2", "TruncatedPage"), (f"{SITE}/bad0", "MissingField"),
    ]  # fmt: skip
    assert [row["url"] for row in ask(archive, "failed", error="MissingField")] == [f"{SITE}/bad0"]
    assert [(row["error"], row["pages"]) for row in ask(archive, "failed_by_kind")] == [
        ("MissingField", 1), ("TruncatedPage", 1),
    ]  # fmt: skip


def test_health_is_told_for_each_language(archive: Archive) -> None:
    rows = {row["language"]: row for row in ask(archive, "health") if row["site"] == "report"}
    assert rows.keys() == {"az", "en", "ru"}
    az = rows["az"]
    assert (az["state"], az["reasons"], az["last_crawl_at"]) == ("degraded", "az: few articles", "2026-03-17T09:00:00Z")
    # In the day before 13:00 at the site: again, metro, budget, oil, and old of the evening before
    assert (az["articles_in_a_day"], az["usual_in_a_day"], az["failed_pages_of_site"]) == (5, 0, 2)
    assert az["newest_at"] == "2026-03-17T08:00:00Z"


@pytest.mark.parametrize("name", sorted(canned.canned(FULL)))
def test_every_query_answers_on_an_empty_archive(tmp_path: Path, name: str) -> None:
    with Archive.open(tmp_path / "news.db") as archive:
        assert ask(archive, name) == []


@pytest.mark.parametrize("query", canned.ALL, ids=lambda query: query.name)
def test_a_query_says_what_it_is_about(query: CannedQuery, archive: Archive) -> None:
    assert query.title
    assert query.description.endswith(".")
    assert "`" not in query.description, "it is shown as it stands"
    cursor = archive.conn.execute(query.sql, dict.fromkeys(query.params, ""))
    columns = {column[0] for column in cursor.description}
    assert {name for name in query.params if f":{name}" not in query.sql} == set()
    if query.is_feed:
        assert {query.event, "article_id", "headline"} <= columns


def test_names_are_free_in_addresses(archive: Archive) -> None:
    """A query of the name of a table would hide the table's page."""
    relations = {name for (name,) in archive.conn.execute("SELECT name FROM sqlite_master")}
    assert relations & {query.name for query in canned.ALL} == set()


def test_a_copy_for_publishing_has_those_that_it_can_answer(archive: Archive, tmp_path: Path) -> None:
    publishing.publish(archive, tmp_path / "out.db", tmp_path / "scratch.db", [])
    with Archive.open(tmp_path / "news.db") as empty:
        conn = empty.conn
        conn.execute("ATTACH ? AS copy", (str(tmp_path / "out.db"),))
        relations = frozenset(name for (name,) in conn.execute("SELECT name FROM copy.sqlite_master"))
    found = canned.canned(relations)
    assert found.keys() == canned.canned(FULL).keys() - {"health", "failed", "failed_by_kind"}
    assert found["gone"].params == ("language", "site")


SMALL = {"sites", "failures", "f", "b"}
"""What may be read whole: sites, open failures by their index, absences (`b`)."""


@pytest.mark.parametrize("query", canned.ALL, ids=lambda query: query.name)
def test_no_query_reads_a_large_table_from_end_to_end(tmp_path: Path, query: CannedQuery) -> None:
    with Archive.open(tmp_path / "news.db") as archive:
        plan = archive.conn.execute(f"EXPLAIN QUERY PLAN {query.sql}", dict.fromkeys(query.params, ""))
        scans = [row[3].split()[1] for row in plan if row[3].startswith("SCAN")]
    # What stands in brackets, or has the name of a step, has been narrowed already
    assert set(scans) - SMALL <= {"CONSTANT", "each", "json_each", "ranked", "x"} | {
        name for name in scans if name[0] == "("
    }
