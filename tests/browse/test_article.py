"""The page of an article: what it said and says, in which languages, since when, and how that is known."""

from __future__ import annotations

import re
import sqlite3
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from newscrawl.archive import Archive
from newscrawl.upkeep.publish import publish
from tests.browse import edits
from tests.browse.conftest import HEADLINE, TEXT, Reading, address
from tests.browse.edits import EDITED, HOSTILE, LONG, PARAGRAPHS, SEEN, words

PAGE = "/news/articles/1"


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return edits.make(tmp_path_factory.mktemp("edits") / "news.db")


@pytest.fixture(scope="module")
def served(db: Path) -> Reading:
    return Reading(db)


@pytest.fixture(scope="module")
def copy(db: Path) -> Reading:
    """The same archive as it is published."""
    with Archive.open(db, read_only=True) as archive:
        publish(archive, db.with_name("copy.db"))
    return Reading(db.with_name("copy.db"))


def links(html: str) -> dict[str, str]:
    """Address to text of every link; to that of the first one, where there are several."""
    found = re.findall(r'<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)</a>', html, flags=re.S)
    return {unescape(href): words(text) for href, text in reversed(found)}


def test_it_reads_as_the_latest_version(served: Reading) -> None:
    html = served.page(PAGE)
    assert '<h1 lang="en" dir="auto">Central Bank keeps discount rate - UPDATED-2</h1>' in html
    body = re.search(r'<div class="body" lang="en" dir="auto">(.*?)</div>', html, flags=re.S)
    assert body
    assert re.findall("<p>(.*?)</p>", body[1]) == [EDITED, PARAGRAPHS[1], "Photo: Report"]
    said = words(html)
    assert "The floor of the corridor stays." in said
    assert '<time datetime="2026-03-18T10:00:00+04:00" title="UTC+04:00; 2026-03-18 06:00:00 UTC">' in html
    assert "18 March 2026, 10:00 (UTC+04:00)" in said
    assert "First seen 18 March 2026, 10:03" in said
    assert "Changed, says the publisher 18 March 2026, 11:10" in said


def test_what_it_belongs_to_leads_there(served: Reading) -> None:
    found = links(served.page(PAGE))
    assert found["/news/-/news?language=en&section=infrastructure"] == "Infrastructure"
    assert found["/news/tagged?tag=Central+Bank"] == "Central Bank"
    assert found["/news/by_author?author=Economy+desk"] == "Economy desk"


def test_a_publisher_learns_nothing_of_who_reads(served: Reading) -> None:
    html = served.page(PAGE)
    outside = re.findall(r"<a [^>]*https?://[^>]*>", html)
    assert len(outside) > 3
    assert all('rel="noopener noreferrer nofollow"' in each for each in outside if "report.az" in each)
    assert not re.search(r"<(img|iframe|video|script|audio)\b[^>]*report\.az", html)
    assert "https://images.report.az/photo/rate.jpg" in links(html)


def test_other_languages_and_how_to_see_them_beside(served: Reading) -> None:
    html = served.page(PAGE)
    found = links(html)
    assert found["/news/articles/2"] == HEADLINE["az"]
    assert found["/news/articles/3"] == HEADLINE["ru"]
    assert found[edits.TURKISH] == "Faiz oranı"
    assert "at the publisher, not archived" in words(html)
    assert TEXT["ru"].split("\n")[0] not in html
    assert "/news/articles/1?beside=ru" in found


def test_languages_side_by_side(served: Reading) -> None:
    html = served.page("/news/articles/1?beside=ru&beside=az&beside=xx")
    assert html.index("Photo: Report") < html.index(TEXT["ru"].split("\n")[0]) < html.index(TEXT["az"].split("\n")[0])
    assert f'<h2 class="headline" lang="ru" dir="auto">{HEADLINE["ru"]}</h2>' in html
    found = links(html)
    assert found["/news/articles/1?beside=az"].startswith("Close Russian")
    assert found["/news/articles/1?beside=ru"].startswith("Close Azerbaijani")
    assert re.search('<a class="action" href="/news/articles/1">Close Russian<', served.page(f"{PAGE}?beside=ru"))


def test_every_version_with_what_changed_in_it(served: Reading) -> None:
    html = served.page(PAGE)
    lines = [words(each) for each in re.findall(r'<ol class="versions".*?</ol>', html, flags=re.S)[0].split("</li>")]
    fourth, third, second, first, _ = lines
    assert first == "Version 1 18 March 2026, 10:03 First seen"
    assert second.startswith("Version 2 18 March 2026, 10:33 Changed: text (1 word added, 1 removed).")
    assert "Not announced: the headline has no new update mark" in second
    assert third.startswith("Version 3 18 March 2026, 11:18 Changed: headline, text (8 words removed).")
    assert "The publisher names 18 March 2026, 11:10." in third
    assert "Not announced" not in third
    assert "Read differently: text (2 words added)." in fourth
    assert "No edit of the publisher: newscrawl reads the same page differently since." in fourth
    assert "The publisher names" not in fourth
    assert "/news/-/diff/1?from=2&to=3" in links(html)


def test_an_earlier_version_says_that_it_is_one(served: Reading) -> None:
    response = served.get("/news/articles/1?revision=1")
    said = words(response.text)
    assert "Version 1 of 4, as the archive saw it first on 18 March 2026, 10:03 (UTC+04:00)" in said
    assert PARAGRAPHS[0] in said
    assert EDITED not in said
    assert '<h1 lang="en" dir="auto">Central Bank keeps discount rate</h1>' in response.text
    found = links(response.text)
    assert found["/news/articles/1"] == "Read it as it is now"
    assert found["/news/-/diff/1?from=1&to=4"] == "what changed since"
    assert "/news/articles/1?revision=1&beside=ru" in found
    assert response.headers["memento-datetime"] == "Wed, 18 Mar 2026 06:03:00 GMT"
    assert f'<{edits.BANK}>; rel="original"' in response.headers["link"]


@pytest.mark.parametrize("path", [PAGE, "/news/articles/1?revision=4"])
def test_the_latest_version_says_nothing_of_versions_at_its_top(served: Reading, path: str) -> None:
    assert "Read it as it is now" not in served.page(path)


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/news/articles/99", "The archive has no article 99"),
        ("/news/articles/x~3Cscript~3E", "The archive has no article x~3Cscript~3E"),
        ("/news/articles/99999999999999999999", "The archive has no article 99999999999999999999"),
        ("/news/articles/1?revision=5", "The archive has versions 1 to 4 of this article, and no version 5"),
        ("/news/articles/2?revision=0", "The archive has one version of this article, and no version 0"),
        ("/news/articles/1?revision=<script>", "and no version <script>"),
    ],
)
def test_what_is_not_there_is_said(served: Reading, path: str, sentence: str) -> None:
    response = served.get(path)
    assert response.status_code == 404
    assert sentence in words(response.text)
    assert "<script>" not in re.sub(r"<script nonce.*?>", "", response.text)


@pytest.mark.parametrize(
    ("slug", "sentence", "leads_to"),
    [
        ("gone", "Gone from report.az since 19 March 2026, 12:00 (UTC+04:00) (status 410).", None),
        ("moved", "Moved since 20 March 2026, 14:00 (UTC+04:00), to another article of this archive", "here"),
        ("back", "and is there again since 21 March 2026, 15:00 (UTC+04:00)", None),
        ("once", "the page was not there (status 404). Three times over a day, and it counts as gone.", None),
    ],
)
def test_what_became_of_its_page(
    served: Reading, db: Path, slug: str, sentence: str, leads_to: str | None
) -> None:  # fmt: skip
    ids = dict(sqlite3.connect(db).execute("SELECT url, id FROM articles").fetchall())
    html = served.page(f"/news/articles/{ids[address('en', slug)]}")
    assert sentence in words(html)
    if leads_to:
        assert f"/news/articles/{ids[address('en', leads_to)]}" in links(html)


def test_nearly_the_same_text_is_named_on_both_pages(served: Reading) -> None:
    assert "Nearly the same text as Central Bank keeps discount rate - UPDATED-2" in words(
        served.page("/news/articles/4")
    )
    assert "Nearly the same text again Central Bank keeps discount rate" in words(served.page(PAGE))


def test_where_values_came_from_and_every_address(served: Reading) -> None:
    said = words(served.page(PAGE))
    assert "headline the page, where this site always has it" in said
    assert "time the page's data for search engines (JSON-LD)" in said
    assert "Read by newscrawl.sites.report_az.ReportArticlePage" in said
    assert "https://report.az/en/amp/infrastructure/rate page for phones (AMP)" in said
    assert "https://report.az/2844552 short link" in said


def test_a_hostile_publisher_is_shown_and_obeyed_in_nothing(served: Reading) -> None:
    for path in ("/news/articles/5", "/news/articles/5?revision=1", "/news/articles/5?beside=ru"):
        html = served.page(path)
        assert "<script>alert" not in html
        assert not re.search(r"""(href|src|action)\s*=\s*["']?\s*(javascript|data|vbscript):""", html, flags=re.I)
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; &#34;q&#34; \u202e" in html
    first = served.page("/news/articles/5?revision=1")
    assert LONG in first
    tags = {parse_qs(urlsplit(href).query)["tag"][0] for href in links(first) if "/tagged?" in href}
    assert tags == {HOSTILE, "'; DROP TABLE articles; --", "&lt;b&gt;", LONG}
    assert "The page tells no time" in words(first)


def test_the_row_as_json_stays_that_of_datasette(served: Reading) -> None:
    row = served.get("/news/articles/1.json?_shape=array").json()[0]
    assert (row["id"], row["url"]) == (1, edits.BANK)


def test_a_published_copy_shows_it_without_what_it_lacks(copy: Reading) -> None:
    html = copy.page("/copy/articles/1?beside=ru")
    said = words(html)
    assert "Photo: Report" in said
    assert HEADLINE["ru"] in said
    assert "Not announced" in said
    assert "/-/page" not in html
    assert PARAGRAPHS[0] in copy.page("/copy/articles/1?revision=1")
    assert "[added]" in words(copy.page("/copy/-/diff/1?from=1&to=2"))
    # The last state is another reading of the same page
    assert "/copy/-/article/20260318071800-2/" in copy.page("/copy/-/cite/1.bib")
    location = copy.get(f"/copy/-/article/20260318063300/{edits.BANK}").headers["location"]
    assert location == "/copy/articles/1?revision=2"
    assert "Gone from report.az since 19 March 2026, 12:00" in words(copy.page("/copy/articles/6"))


def test_a_row_of_another_program_is_left_to_datasette(foreign: Path) -> None:
    assert "Not ours" in Reading(foreign).page("/news/articles/1")
    assert Reading(foreign).get("/news/articles/2").status_code == 404


def test_no_article_of_an_empty_archive(empty: Path) -> None:
    assert Reading(empty).get("/news/articles/1").status_code == 404


@pytest.mark.parametrize(
    "given",
    [
        edits.BANK,
        "https:/report.az/en/infrastructure/rate",
        "report.az/en/infrastructure/rate",
        "http://www.report.az/en/infrastructure/rate/?utm_source=x",
        "https%3A%2F%2Freport.az%2Fen%2Finfrastructure%2Frate",
        "https://report.az/2844552",
        "https://report.az/en/amp/infrastructure/rate",
    ],
)
def test_a_permanent_link_leads_to_the_article_by_any_address(served: Reading, given: str) -> None:
    response = served.get(f"/news/-/article/{given}")
    assert (response.status_code, response.headers["location"]) == (302, "/news/articles/1")
    assert f'<{edits.BANK}>; rel="original"' in response.headers["link"]


@pytest.mark.parametrize(
    ("at", "revision"),
    [
        ("20260318060300", 1),
        ("20260318063259", 1),
        ("20260318063300", 2),
        ("20260318071800", 3),
        ("20260318071800-2", 4),
        ("20260318071800-9", 4),
        ("20991231235959", 4),
    ],
)
def test_with_a_time_it_leads_to_the_version_of_then(served: Reading, at: str, revision: int) -> None:
    response = served.get(f"/news/-/article/{at}/{edits.BANK}")
    assert response.headers["location"] == f"/news/articles/1?revision={revision}"


def test_a_time_can_be_asked_for_as_memento_does(served: Reading) -> None:
    asked = {"Accept-Datetime": "Wed, 18 Mar 2026 06:40:00 GMT"}
    response = served.get(f"/news/-/article/{edits.BANK}", headers=asked)
    assert response.headers["location"] == "/news/articles/1?revision=2"
    assert "accept-datetime" in response.headers["vary"].lower()
    odd = served.get(f"/news/-/article/{edits.BANK}", headers={"Accept-Datetime": "yesterday"})
    assert odd.headers["location"] == "/news/articles/1"


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        (f"20260318060259/{edits.BANK}", "for the first time on 18 March 2026, 10:03 (UTC+04:00)"),
        (f"20261345000000/{edits.BANK}", "20261345000000 is no time"),
        ("https://report.az/none", "The archive has no article at https://report.az/none"),
        ("https://report.az/%C9%99?a=1", "The archive has no article at https://report.az/ə?a=1"),
        ("javascript:alert(1)", "The archive has no article at javascript:alert(1)"),
        ("https://[bad", "The archive has no article at https://[bad"),
        ("%3Cscript%3Ealert(1)", "The archive has no article at <script>alert(1)"),
    ],
)
def test_a_permanent_link_that_leads_nowhere_says_why(served: Reading, path: str, sentence: str) -> None:
    response = served.get(f"/news/-/article/{path}")
    assert response.status_code == 404
    assert sentence in words(response.text)
    assert "<script>alert" not in response.text


def test_the_page_names_permanent_links_that_lead_back(served: Reading) -> None:
    values = [
        unescape(each) for each in re.findall(r'<input [^>]*class="copy"[^>]* value="([^"]*)"', served.page(PAGE))
    ]
    assert values == [
        f"http://localhost/news/-/article/20260318071800-2/{edits.BANK}",
        f"http://localhost/news/-/article/{edits.BANK}",
    ]
    leads = [served.get(each.removeprefix("http://localhost")).headers["location"] for each in values]
    assert leads == ["/news/articles/1?revision=4", "/news/articles/1"]


def test_they_outlive_ids(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "news.db") as archive:
        archive.save(edits.hostile(), seen_at=SEEN[0], run_id=None)
        archive.save(edits.bank(*PARAGRAPHS), seen_at=SEEN[0], run_id=None)
    location = Reading(tmp_path / "news.db").get(f"/news/-/article/{edits.BANK}").headers["location"]
    assert location == "/news/articles/2"


def test_an_address_with_a_query_and_quoted_letters_comes_back(tmp_path: Path) -> None:
    url = "https://example.com/x%C9%99/a%2Fb?id=5&name=%20"
    with Archive.open(tmp_path / "news.db") as archive:
        archive.save(edits.bank("Text", url=url, site="example.com", aliases={}), seen_at=SEEN[0], run_id=None)
    reading = Reading(tmp_path / "news.db")
    html = reading.page("/news/articles/1")
    (link,) = (unescape(each) for each in re.findall(r'id="latest"[^>]* value="http://localhost([^"]*)"', html))
    assert reading.get(link).headers["location"] == "/news/articles/1"
    assert reading.get(f"/news/-/article/{url}").headers["location"] == "/news/articles/1"
