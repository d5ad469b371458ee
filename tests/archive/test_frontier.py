"""What is known of addresses: which are new, which wait, which are due for another look."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

import pytest

from newscrawl.archive import Archive, Validators
from newscrawl.archive.frontier import Answer
from newscrawl.exchanges import Exchange, Kind, Place
from newscrawl.items import Link
from newscrawl.sites.report_az import REPORT
from tests.archive.conftest import FIRST, LAST, LATER, dump, made, save, words

BORN = "2025-11-11T17:50:00+04:00"
"""Ten minutes before FIRST: articles are young."""
OLD = "2025-01-01T00:00:00+04:00"
"""Too old for looks: an article of then leaves the frontier once it is archived."""
LONG_AFTER = "2026-11-11T00:00:00Z"
A, B, C = (f"https://report.az/{name}" for name in "abc")


@pytest.fixture
def archive(archive: Archive) -> Archive:
    """With the schedule of a site."""
    archive.add_site(REPORT)
    return archive


def meet(archive: Archive, *links: Link | str, now: str = FIRST, reason: str = "a listing") -> dict[str, str]:
    met = [each if isinstance(each, Link) else Link(url=each, language="az") for each in links]
    with archive.transaction():
        return dict(archive.frontier.meet(met, site="report", now=now, reason=reason))


def changed(url: str, modified_at: str) -> Link:
    return Link(url=url, language="az", modified_at=modified_at)


def fail(archive: Archive, url: str, at: str, stage: str = "extract") -> None:
    archive.fail(url, stage=stage, error="MissingField", detail=None, run_id=None, at=at, site="report")


def waiting(archive: Archive, now: str = LATER, languages: Iterable[str] = ("az",), **bounds: str) -> list[str]:
    found = archive.frontier.waiting("report", now=now, languages=languages, **bounds)
    return [each.url.rpartition("/")[2] for each in found]


def looks(archive: Archive, now: str = LATER, languages: Iterable[str] = ("az",), most: int = 100) -> list[str]:
    found = archive.frontier.looks("report", now=now, languages=languages, most=most)
    return [each.url.rpartition("/")[2] for each in found]


def row(archive: Archive, url: str, columns: str) -> tuple[Any, ...]:
    found: tuple[Any, ...] = archive.conn.execute(f"SELECT {columns} FROM url_rows WHERE url = ?", (url,)).fetchone()
    return found


def test_a_new_address_waits_from_now_on(archive: Archive) -> None:
    link = Link(url=A, language="az", section="Maliyyə", published_at=BORN, modified_at="2025-11-11T13:55:00Z")
    assert meet(archive, link, now=FIRST, reason="named by the sitemap") == {A: "new"}
    columns = (
        "site, kind, language, section, published_at, modified_at, article_id, first_seen_at, next_fetch_at, reason"
    )
    assert row(archive, A, columns) == (
        "report", "article", "az", "Maliyyə", "2025-11-11T13:50:00Z", "2025-11-11T13:55:00Z", None, FIRST, FIRST,
        "named by the sitemap",
    )  # fmt: skip
    assert waiting(archive, now=FIRST) == ["a"]
    assert meet(archive, A, now=LATER) == {A: "new"}, "as long as nobody fetched it"
    assert row(archive, A, "first_seen_at, next_fetch_at, reason") == (FIRST, FIRST, "named by the sitemap")


def test_no_link_is_no_question(archive: Archive) -> None:
    assert meet(archive) == {}


def test_an_article_is_known_by_each_address_and_does_not_wait(archive: Archive) -> None:
    save(archive, made(short_url="https://report.az/1"))
    assert meet(archive, A, "https://report.az/1", B, now=LATER) == {
        A: "known",
        "https://report.az/1": "known",
        B: "new",
    }
    assert waiting(archive) == ["b"]


def test_an_old_article_that_left_the_frontier_is_known(archive: Archive) -> None:
    save(archive, made(published_at=OLD, aliases={B: "amp"}))
    assert row(archive, A, "*") is None
    assert meet(archive, A, B, now=LONG_AFTER) == {A: "known", B: "known"}
    assert archive.conn.execute("SELECT count(*) FROM url_rows").fetchone() == (0,)


@pytest.mark.parametrize(
    ("stage", "now", "due"),
    [
        ("extract", LATER, False),
        ("extract", "2025-11-11T20:30:00Z", True),  # after six hours a page is worth another look
        ("check", LATER, False),
        ("download", LATER, True),
        ("store", LATER, True),
    ],
)
def test_what_failed_is_known_until_it_is_due(archive: Archive, stage: str, now: str, due: bool) -> None:
    meet(archive, A)
    fail(archive, A, FIRST, stage)
    assert meet(archive, A, now=now) == {A: "new" if due else "known"}
    assert waiting(archive, now) == (["a"] if due else [])
    assert archive.frontier.waiting("oxu", now=now, languages=["az"]) == []
    assert row(archive, A, "tries, reason") == (1, "MissingField")


def test_a_page_is_given_up_after_a_week(archive: Archive) -> None:
    meet(archive, A)
    for at in (FIRST, "2025-11-18T14:00:00Z", *(f"2025-11-19T{hour}:00:00Z" for hour in (10, 11))):
        fail(archive, A, at, "download")
    assert waiting(archive, LONG_AFTER) == ["a"], "four tries are too few, whatever time has passed"
    fail(archive, A, "2025-11-19T12:00:00Z", "download")
    assert waiting(archive, LONG_AFTER) == []
    assert meet(archive, A, now=LONG_AFTER) == {A: "known"}
    assert row(archive, A, "next_fetch_at, tries") == (None, 5)


def test_what_was_given_up_is_tried_again_if_its_site_says_that_it_changed(archive: Archive) -> None:
    meet(archive, A)
    for at in (FIRST, "2025-11-18T14:00:00Z"):
        answer(archive, A, at=at, status=500)
        fail(archive, A, at, "download")
    assert meet(archive, changed(A, "2025-11-19T00:00:00Z"), now=LONG_AFTER) == {A: "changed"}
    assert waiting(archive, LONG_AFTER) == ["a"]


def test_a_listing_is_no_page_to_fetch_again(archive: Archive) -> None:
    place(archive, A)
    fail(archive, A, FIRST, "listing")
    assert waiting(archive) == []
    assert row(archive, A, "tries, next_fetch_at") == (0, None)


@pytest.mark.parametrize(
    ("modified_at", "standing"),
    [
        ("2025-11-11T17:59:59+04:00", "known"),  # a second before the archive saw it
        ("2025-11-11T18:00:00+04:00", "known"),
        ("2025-11-11T18:00:01+04:00", "changed"),
    ],
)
def test_a_lastmod_brings_a_look_forward(archive: Archive, modified_at: str, standing: str) -> None:
    save(archive, made(), FIRST)
    assert looks(archive, "2025-11-11T14:01:00Z") == [], "in ten minutes"
    assert meet(archive, changed(A, modified_at), now="2025-11-11T14:01:00Z", reason="sitemap") == {A: standing}
    assert looks(archive, "2025-11-11T14:01:00Z") == (["a"] if standing == "changed" else [])
    assert row(archive, A, "article_id, reason") == (1, "sitemap" if standing == "changed" else "new")


def test_a_lastmod_is_followed_once(archive: Archive) -> None:
    """Else a sitemap whose times are ahead of their clock would have the same page fetched by every run."""
    save(archive, made(), FIRST)
    ahead = changed(A, "2025-11-12T00:00:00Z")
    assert meet(archive, ahead, now=LATER) == {A: "changed"}
    save(archive, made(), LATER)
    assert meet(archive, ahead, now=LAST) == {A: "known"}
    assert meet(archive, changed(A, "2025-11-12T00:00:01Z"), now=LAST) == {A: "changed"}, "a later one is news"


def test_a_lastmod_reaches_an_article_that_left_the_frontier(archive: Archive) -> None:
    save(archive, made(published_at=OLD, aliases={B: "amp"}))
    assert meet(archive, changed(A, LATER), now=LAST) == {A: "changed"}
    assert row(archive, A, "article_id, modified_at, next_fetch_at") == (1, LATER, LAST)
    assert looks(archive, LAST) == ["a"]
    assert waiting(archive, LAST) == [], "it is no new article"
    save(archive, made(published_at=OLD, headline="Edited"), LAST)
    assert row(archive, A, "*") is None, "and leaves again"


def test_a_lastmod_at_an_alias_is_one_of_the_article(archive: Archive) -> None:
    save(archive, made(published_at=OLD, aliases={B: "amp"}))
    assert meet(archive, changed(B, FIRST), now=LATER) == {B: "known"}
    assert meet(archive, changed(B, LATER), now=LATER) == {B: "changed"}
    assert looks(archive) == ["b"]
    save(archive, made(published_at=OLD, aliases={B: "amp"}), LATER)
    assert row(archive, B, "*") is None


@pytest.mark.parametrize("rows", [0, 100_000])
def test_a_batch_is_one_question_and_one_row_for_each_new_address(archive: Archive, rows: int) -> None:
    with archive.transaction():
        many = ((f"https://report.az/many/{n}", FIRST, FIRST) for n in range(rows))
        insert = "INSERT INTO url_rows (url, site, kind, language, first_seen_at, next_fetch_at)"
        archive.conn.executemany(f"{insert} VALUES (?, 'report', 'article', 'az', ?, ?)", many)
    known = [made(url=f"https://report.az/known/{n}", body=words(n)) for n in range(50)]
    for article in known:
        save(archive, article)
    links = [article.url for article in known] + [f"https://report.az/new/{n}" for n in range(150)]
    asked: list[str] = []
    archive.conn.set_trace_callback(asked.append)
    standings = meet(archive, *links)
    archive.conn.set_trace_callback(None)
    assert list(standings.values()) == ["known"] * 50 + ["new"] * 150
    verbs = [statement.split()[0] for statement in asked]
    assert verbs == ["BEGIN", "SELECT", *["INSERT"] * 150, "COMMIT"]
    assert len(waiting(archive)) == rows + 150
    assert len(looks(archive)) == 50


def test_a_batch_of_known_addresses_writes_nothing(archive: Archive) -> None:
    save(archive, made(body=words(1)))
    meet(archive, B)
    before = dump(archive)
    meet(archive, A, B, now=LATER)
    assert dump(archive) == before


def test_what_waits_comes_newest_first(archive: Archive) -> None:
    times = {"a": "2025-11-11T10:00:00Z", "b": None, "c": "2025-11-11T12:00:00Z", "d": "2025-11-11T11:00:00Z"}
    links = [Link(url=f"https://report.az/{name}", language="az", published_at=at) for name, at in times.items()]
    meet(archive, *links)
    assert waiting(archive) == ["c", "d", "a", "b"]
    assert waiting(archive, since="2025-11-11T11:00:00Z") == ["c", "d", "b"], "one without a time may lie there"
    assert waiting(archive, since="2025-11-11T10:00:00Z", until="2025-11-11T12:00:00Z") == ["d", "a", "b"]


def test_each_language_of_each_site_waits_by_itself(archive: Archive) -> None:
    meet(archive, Link(url=A, language="az"), Link(url=B, language="ru"), Link(url=C, language="en"))
    assert waiting(archive, languages=["ru"]) == ["b"]
    assert sorted(waiting(archive, languages=["az", "en"])) == ["a", "c"]
    assert waiting(archive, languages=[]) == []
    assert archive.frontier.waiting("oxu", now=LATER, languages=["az"]) == []


def test_what_is_of_an_unknown_language_waits_in_each(archive: Archive) -> None:
    meet(archive, Link(url=A))
    assert waiting(archive, languages=["az"]) == waiting(archive, languages=["ru"]) == ["a"]


def test_what_is_due_longest_is_looked_at_first_within_the_budget(archive: Archive) -> None:
    for name, at in (("a", "2025-11-11T14:20:00Z"), ("b", FIRST), ("c", "2025-11-11T14:10:00Z")):
        save(archive, made(url=f"https://report.az/{name}", body=words(ord(name))), at)
    save(archive, made(url="https://report.az/ru/d", language="ru", body=words(1)), FIRST)
    assert looks(archive) == ["b", "c", "a"]
    assert looks(archive, most=2) == ["b", "c"]
    assert looks(archive, most=0) == []
    assert looks(archive, now="2025-11-11T14:09:59Z") == []
    assert looks(archive, now="2025-11-11T14:10:00Z") == ["b"]
    assert looks(archive, languages=["ru", "en"]) == ["d"]
    assert archive.frontier.looks("oxu", now=LATER, languages=["az"], most=9) == []
    assert archive.frontier.overdue("report", now="2025-11-11T14:25:00Z") == {
        "az": (2, "2025-11-11T14:10:00Z"), "ru": (1, "2025-11-11T14:10:00Z"),
    }  # fmt: skip
    assert archive.frontier.overdue("oxu", now=LATER) == {}


def test_a_time_far_ahead_comes_from_a_clock_that_was_wrong(archive: Archive) -> None:
    wrong = "2035-01-01T00:00:00Z"
    save(archive, made(published_at=None), FIRST)
    archive.conn.execute("UPDATE url_rows SET next_fetch_at = '2035-01-01T00:10:00Z'")
    meet(archive, B, now=wrong)
    assert (looks(archive), waiting(archive)) == (["a"], ["b"])
    assert archive.frontier.overdue("report", now=LATER) == {"az": (1, "2035-01-01T00:10:00Z")}
    archive.conn.execute("UPDATE url_rows SET next_fetch_at = '2025-12-12T14:59:59Z'")
    assert (looks(archive), waiting(archive)) == ([], []), "within a month it may be meant"


def answer(
    archive: Archive, url: str, *, at: str = FIRST, status: int = 200, kind: Kind = "article", **headers: str
) -> int:
    pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    body = f"{url} {at}".encode()
    exchange = Exchange(url=url, kind=kind, status=status, headers=pairs, body=body, fetched_at=at)
    with archive.transaction():
        return archive.snapshots.add(exchange, Place(f"report/{at}{url[-1]}", 0, 1), run_id=None)


def place(archive: Archive, url: str, kind: Kind = "listing", language: str = "az", section: str | None = "") -> None:
    with archive.transaction():
        archive.frontier.place(
            url, site="report", kind=kind, language=language, section=section, now=FIRST, reason="a place"
        )  # fmt: skip


def test_an_answer_gives_validators_of_an_article(archive: Archive) -> None:
    meet(archive, A, B)
    answer(archive, A, ETag='"1"', last_modified="Tue, 11 Nov 2025 13:50:00 GMT")
    answer(archive, B)
    found = archive.frontier.validators(A, "article", now=LATER)
    assert found == Validators('"1"', "Tue, 11 Nov 2025 13:50:00 GMT")
    assert archive.frontier.validators(B, "article", now=LATER) is None, "a page that has none is asked for whole"
    assert archive.frontier.validators(C, "article", now=LATER) is None


def test_a_304_leaves_the_validators_of_the_page_that_came(archive: Archive) -> None:
    meet(archive, A)
    answer(archive, A, etag='"1"')
    answer(archive, A, at=LATER, status=304, etag='"2"')
    assert archive.frontier.validators(A, "article", now=LAST) == Validators('"1"', None)
    assert row(archive, A, "status, last_fetched_at") == (304, LATER)


def test_an_error_page_has_no_validators(archive: Archive) -> None:
    meet(archive, A)
    answer(archive, A, status=500, etag='"error"')
    assert archive.frontier.validators(A, "article", now=LATER) is None


@pytest.mark.parametrize(
    ("kind", "now", "trusted"),
    [
        ("article", "2025-11-12T14:00:00Z", True),
        ("article", "2025-11-12T14:01:00Z", False),
        ("article", "2025-11-11T13:59:59Z", False),  # the clock was set back
        ("listing", "2025-11-11T14:59:59Z", True),
        ("listing", "2025-11-11T15:01:00Z", False),
        ("feed", "2025-11-11T15:01:00Z", False),
        ("sitemap", "2025-11-11T14:59:59Z", True),
        ("sitemap", "2025-11-11T15:01:00Z", False),
    ],
)
def test_a_304_is_believed_for_some_time(archive: Archive, kind: Kind, now: str, trusted: bool) -> None:
    """A day for articles, an hour for places: some servers say 304 for ever."""
    if kind == "article":
        meet(archive, A)
        answer(archive, A, etag='"1"')
    else:
        place(archive, A, kind)
        with archive.transaction():
            archive.frontier.read(A, Validators('"1"', None), now=FIRST)
    answer(archive, A, at="2025-11-11T14:30:00Z", status=304, kind=kind)
    assert (archive.frontier.validators(A, kind, now=now) is not None) == trusted


def test_a_place_is_asked_for_whole_until_its_links_are_in_the_frontier(archive: Archive) -> None:
    """A crawl that was killed in between must not be told by a 304 that it missed nothing."""
    place(archive, A)
    answer(archive, A, kind="listing", etag='"1"')
    assert archive.frontier.validators(A, "listing", now=FIRST) is None
    with archive.transaction():
        archive.frontier.read(A, Validators('"1"', None), now=FIRST)
    assert archive.frontier.validators(A, "listing", now=FIRST) == Validators('"1"', None)
    answer(archive, A, at="2025-11-11T14:10:00Z", kind="listing", etag='"2"')
    assert archive.frontier.validators(A, "listing", now=FIRST) == Validators('"1"', None)


def test_places_are_no_articles(archive: Archive) -> None:
    place(archive, A)
    answer(archive, A, kind="listing")
    assert (waiting(archive, LONG_AFTER), looks(archive, LONG_AFTER)) == ([], [])


def test_a_place_is_what_it_was_last_asked_for_as(archive: Archive) -> None:
    place(archive, A, section="finance")
    answer(archive, A, kind="listing")
    place(archive, A, language="ru")
    assert row(archive, A, "kind, language, section, status, first_seen_at") == ("listing", "ru", "", 200, FIRST)


def test_listings_of_all_news_are_remembered_by_language(archive: Archive) -> None:
    listings = partial(archive.frontier.listings, now=LATER)
    for url, language, section in ((A, "az", ""), (B, "ru", "finance"), (C, "en", "")):
        place(archive, url, language=language, section=section)
    assert listings("report") == {}, "before they answered"
    for url, status in ((A, 200), (B, 200), (C, 404)):
        answer(archive, url, status=status, kind="listing")
    assert listings("report") == {}, "no home page led there"
    for language in ("az", "ru", "en"):
        place(archive, f"https://report.az/home-{language}", language=language, section=None)
        answer(archive, f"https://report.az/home-{language}", kind="listing")
    assert listings("report") == {"az": A}
    assert listings("oxu") == {}
    place(archive, C, language="az")
    answer(archive, C, at=LATER, kind="listing")
    assert listings("report") == {"az": C}, "the address that answered last"
    assert listings("report", now="2025-11-12T14:01:00Z") == {}, "the home page is a day old"


def test_the_last_answer_of_a_place(archive: Archive) -> None:
    place(archive, A, "robots")
    assert archive.frontier.answer(A, now=FIRST, hours=1) is None
    first = answer(archive, A, kind="robots")
    assert archive.frontier.answer(A, now="2025-11-11T14:59:59Z", hours=1) == Answer(200, first)
    assert archive.frontier.answer(A, now="2025-11-11T15:01:00Z", hours=1) is None
    assert archive.frontier.answer(A, now="2025-11-11T13:59:00Z", hours=1) is None, "the clock was set back"
    answer(archive, A, at=LATER, status=503, kind="robots")
    assert archive.frontier.answer(A, now=LATER, hours=1) == Answer(503, first), "with the last page that came"
    assert archive.frontier.answer(B, now=LATER, hours=1) is None


def test_an_earlier_answer_says_nothing_of_the_present(archive: Archive) -> None:
    """As of pages that are indexed again from their WARC files."""
    meet(archive, A)
    answer(archive, A, at=LATER, status=304)
    answer(archive, A, at=FIRST, etag='"1"')
    assert row(archive, A, "status, last_fetched_at, etag") == (304, LATER, None)


def test_a_page_of_which_nothing_comes_does_not_wait_on(archive: Archive) -> None:
    """Should it be that of an article under another address, it has had its answer."""
    meet(archive, A)
    answer(archive, A)
    assert waiting(archive, "2025-11-11T19:59:59Z") == []
    assert waiting(archive, "2025-11-11T20:00:00Z") == ["a"]


@pytest.mark.parametrize("status", [301, 404, 503])
def test_an_answer_that_is_no_page_leaves_an_address_due(archive: Archive, status: int) -> None:
    """What becomes of it is not known yet, and may never be: the crawl can be killed, or stopped."""
    meet(archive, A)
    answer(archive, A, status=status)
    assert waiting(archive, FIRST) == ["a"]
