"""Stored pages: what a publisher's server answered, and that nothing in it can act."""

from __future__ import annotations

import re
import sqlite3
from html import unescape
from pathlib import Path

import attrs
import pytest

from newscrawl.archive import Archive
from newscrawl.browse.stored_pages import HARMLESS, text_of
from newscrawl.exchanges import Exchange
from newscrawl.sites.report_az import REPORT
from newscrawl.upkeep.publish import publish
from tests.browse.conftest import Reading
from tests.browse.edits import words
from tests.upkeep.conftest import T1, T2, T3, URL, Library, page

HEADLINE = "Bakıda görüş keçirilib"
ACTIVE = """<!DOCTYPE html><html><head><meta http-equiv="refresh" content="0;url=https://evil.example/">
<link rel="preconnect" href="https://evil.example"><base href="https://evil.example/">
<style>@import "https://evil.example/a.css"; p { background: url(https://evil.example/b.png); color: red }</style>
<script src="https://evil.example/a.js"></script></head><body onload="alert(1)">
<p style="background:url('https://evil.example/c.png')">Kept &lt;b&gt;</p><script>alert(2)</script>
<img src="https://evil.example/d.png" srcset="https://evil.example/e.png 2x" alt="Chart">
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">
<a href="javascript:alert(3)">first</a> <a href="https://evil.example/">second</a> <a href="#top">third</a>
<iframe src="https://evil.example/"></iframe><form action="https://evil.example/"><input autofocus></form>
<svg><image href="https://evil.example/f.png" xlink:href="https://evil.example/g.png"/></svg>
<video src="https://evil.example/h.mp4" poster="https://evil.example/i.png"></video>
<object data="https://evil.example/j"></object></body></html>"""


@attrs.frozen
class Served:
    """An archive with stored pages, behind datasette; and their ids by what they are."""

    reading: Reading
    db: Path
    ids: dict[str, int]

    def path(self, name: str, more: str = "") -> str:
        return f"/news/-/page/{self.ids[name]}{more}"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Served:
    folder = tmp_path_factory.mktemp("stored")
    with Archive.open(folder / "news.db") as archive:
        archive.add_site(REPORT)
        library = Library(archive, folder / "warc")
        ids = {"page": library.crawled(page(HEADLINE))}
        ids["same"] = library.crawled(page(HEADLINE), T2)
        ids["confirmed"] = library.confirmed(T3)
        run = library.run("2025-11-11T18:00:00Z")
        ids["active"] = library.keep(run, ACTIVE, T1, URL + "ctive")
        bodies = {
            "pdf": ("application/pdf", b"%PDF-1.4 \xff"),
            "long": ("text/plain; charset=windows-1251", "Новости\n".encode("cp1251") + b"x" * 600_000),
            "empty": ("text/html", b""),
            "json": ("application/ld+json", b'{"a": "</pre><script>alert(1)</script>"}'),
        }
        for name, (kind, body) in bodies.items():
            exchange = Exchange(
                url=f"https://report.az/{name}", kind="listing", status=200, headers=(("Content-Type", kind),),
                body=body, fetched_at=T1,
            )  # fmt: skip
            ids[name] = library._kept(run, exchange, None)
        library.writers[run].close()
    return Served(Reading(folder / "news.db"), folder / "news.db", ids)


def test_every_time_that_an_article_was_fetched(served: Served) -> None:
    assert 'href="/news/-/pages/1"' in served.reading.page("/news/articles/1")
    html = served.reading.page("/news/-/pages/1")
    listed = re.findall(r'href="(/news/-/page/\d+)">.*?</a> <span class="quiet">status (\d+)', html)
    assert listed == [(served.path("confirmed"), "304"), (served.path("same"), "200"), (served.path("page"), "200")]
    assert "11 November 2025, 18:00 status 200" in words(html)
    assert served.reading.get("/news/-/pages/99").status_code == 404


def test_a_version_names_the_page_that_it_was_read_from(served: Served) -> None:
    html = served.reading.page("/news/articles/1")
    assert f'<a href="{served.path("page")}">The stored page that version 1 was read from</a>' in html


def test_a_stored_page_with_its_headers_and_source(served: Served) -> None:
    html = served.reading.page(served.path("page"))
    said = words(html)
    assert (
        "answered on 11 November 2025, 18:00 (UTC+04:00) when it was asked for https://report.az/en/region/a." in said
    )
    assert "HTTP/1.1 200 OK Content-Type: text/html; charset=utf-8 Content-Encoding: gzip" in said
    sources = re.findall(r"<pre>(.*?)</pre>", html, flags=re.S)
    assert unescape(sources[1]) == page(HEADLINE)
    assert f'<a href="/news/articles/1"><span lang="en" dir="auto">{HEADLINE}</span></a>' in html


def test_the_source_alone_is_plain_text(served: Served) -> None:
    response = served.reading.get(served.path("page", "?raw=1"))
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.text == page(HEADLINE)


def test_it_is_shown_in_a_frame_that_runs_nothing(served: Served) -> None:
    html = served.reading.page(served.path("active"))
    frame = re.search(r"<iframe[^>]*>", html)
    assert frame
    assert 'sandbox=""' in frame[0]
    assert f'src="{served.path("active", "/render")}"' in frame[0]
    assert re.search(r'title="[^"]+"', frame[0])


def test_what_the_frame_shows_is_under_a_policy_that_allows_nothing(served: Served) -> None:
    response = served.reading.get(served.path("active", "/render"))
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.headers["content-security-policy"] == HARMLESS
    policy = dict((part.strip() + " ").split(" ", 1) for part in HARMLESS.split(";"))
    assert policy["sandbox"].strip() == ""
    assert policy["default-src"].strip() == "'none'"
    assert policy["img-src"].strip() == "data:"
    assert "script-src" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"


def test_nor_is_there_anything_left_that_would_act(served: Served) -> None:
    html = served.reading.page(served.path("active", "/render"))
    assert "evil.example" not in html
    assert "alert" not in html
    assert "refresh" not in html
    assert "autofocus" not in html
    assert words(html) == "Kept <b> first second third"
    assert "color: red" in html
    assert 'alt="Chart"' in html
    assert 'src="data:image/gif;base64' in html
    assert 'href="#top"' in html


def test_letters_stay_what_they_are(served: Served) -> None:
    assert f'<h1 class="section-title">{HEADLINE}</h1>' in served.reading.page(served.path("page", "/render"))


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("Bakı".encode(), "text/html; charset=utf-8", "Bakı"),
        # Many a server names an encoding that is not that of the page
        ("Bakı".encode(), "text/html; charset=iso-8859-1", "Bakı"),
        ("Баку".encode("cp1251"), "text/html; charset=windows-1251", "Баку"),
        ('<meta charset="windows-1251">Баку'.encode("cp1251"), "text/html", '<meta charset="windows-1251">Баку'),
        ("Bakı".encode("cp1254"), "text/html; charset=windows-1254", "Bakı"),
        ("\ufeffBakı".encode(), None, "Bakı"),
        (b"caf\xe9", None, "café"),
        (b"", None, ""),
    ],
)
def test_an_encoding_is_found(body: bytes, content_type: str | None, text: str) -> None:
    assert text_of(body, content_type) == text


def test_the_same_bytes_again_lead_to_those_stored_first(served: Served) -> None:
    html = served.reading.page(served.path("same"))
    assert "The same bytes as in the stored page of 11 November 2025, 18:00" in words(html)
    assert f'href="{served.path("page")}"' in html
    assert served.reading.page(served.path("same", "?raw=1")) == page(HEADLINE)


def test_an_answer_that_nothing_changed_leads_to_the_page(served: Served) -> None:
    html = served.reading.page(served.path("confirmed"))
    assert "It answered that the page is as it was: see the stored page of 11 November 2025, 18:00" in words(html)
    assert "HTTP/1.1 304 Not Modified" in words(html)
    assert "<iframe" not in html


def test_a_long_source_is_cut_within_a_page_only(served: Served) -> None:
    html = served.reading.page(served.path("long"))
    assert len(html) < 510_000
    assert "Новости" in html
    assert "The first 500,000 characters" in words(html)
    assert len(served.reading.page(served.path("long", "?raw=1"))) == len("Новости\n") + 600_000


def test_what_is_no_text_is_not_shown_as_one(served: Served) -> None:
    html = served.reading.page(served.path("pdf"))
    assert "The body is no text: 10 bytes of the type application/pdf." in words(html)
    assert served.reading.get(served.path("pdf", "?raw=1")).status_code == 404
    assert "<script>alert" not in served.reading.page(served.path("json"))


@pytest.mark.parametrize("name", ["pdf", "long", "json", "confirmed", "empty"])
def test_only_html_is_shown_as_html(served: Served, name: str) -> None:
    response = served.reading.get(served.path(name, "/render"))
    assert response.status_code == 404 or response.text == ""


@pytest.mark.parametrize("path", ["/news/-/page/99", "/news/-/page/99/render", "/news/-/page/99?raw=1"])
def test_no_such_page(served: Served, path: str) -> None:
    response = served.reading.get(path)
    assert response.status_code == 404
    assert "The archive has no stored page 99" in words(response.text)


def test_a_published_copy_has_none(served: Served) -> None:
    with Archive.open(served.db, read_only=True) as archive:
        publish(archive, served.db.with_name("copy.db"))
    reading = Reading(served.db.with_name("copy.db"))
    assert reading.get("/copy/-/page/1").status_code == 404
    assert reading.get("/copy/-/pages/1").status_code == 404
    assert "/-/page" not in reading.page("/copy/articles/1")


def test_a_missing_file_is_named(served: Served, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NEWSCRAWL_WARC_DIR", str(tmp_path))
    html = served.reading.page(served.path("page"))
    assert "Its file report/20251111T140000Z-1.warc.gz is not there: copy it back" in words(html)
    # Where it lies on the machine is nobody's business
    assert str(tmp_path) not in html
    for more in ("?raw=1", "/render"):
        assert "copy it back" in words(served.reading.get(served.path("page", more)).text)


def test_the_folder_is_the_one_that_the_setting_names(
    served: Served, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (served.db.parent / "warc").rename(tmp_path / "elsewhere")
    try:
        assert "is not there" in served.reading.page(served.path("page"))
        monkeypatch.setenv("NEWSCRAWL_WARC_DIR", str(tmp_path / "elsewhere"))
        assert "is not there" not in served.reading.page(served.path("page"))
    finally:
        (tmp_path / "elsewhere").rename(served.db.parent / "warc")


@pytest.mark.parametrize("file", ["../secret.warc.gz", "/etc/passwd", "report/../../secret.warc.gz"])
def test_no_file_outside_the_folder_is_read(tmp_path: Path, file: str) -> None:
    db = tmp_path / "sub" / "news.db"
    db.parent.mkdir()
    with Archive.open(db) as archive:
        archive.add_site(REPORT)
        library = Library(archive, db.parent / "warc")
        library.crawled(page())
    (written,) = (db.parent / "warc" / "report").iterdir()
    (tmp_path / "sub" / "secret.warc.gz").write_bytes(written.read_bytes())
    conn = sqlite3.connect(db)
    conn.execute("UPDATE warc_files SET name = ?", (file,))
    conn.commit()
    conn.close()
    html = Reading(db).page("/news/-/page/1")
    assert "Ministers meet" not in re.sub(r"<title>.*?</title>|<p class=\"kicker\">.*?</p>", "", html, flags=re.S)
    assert "The archive does not say in which file it lies" in words(html)


def test_a_damaged_record_is_said(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "news.db") as archive:
        archive.add_site(REPORT)
        Library(archive, tmp_path / "warc").crawled(page())
    (file,) = (tmp_path / "warc" / "report").iterdir()
    data = bytearray(file.read_bytes())
    data[-200] ^= 0x10
    file.write_bytes(data)
    assert "It cannot be read" in words(Reading(tmp_path / "news.db").page("/news/-/page/1"))
