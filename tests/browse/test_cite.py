"""Citations, as programs for literature read them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import pytest
from pybtex.database import Entry, parse_string

from newscrawl.archive import Archive
from tests.browse import edits
from tests.browse.conftest import Reading
from tests.browse.edits import BANK, HEADLINE, HOSTILE

TITLE = r"50% of {A} & B_c #1 $5 ~ ^ \x } “Ən” – Ё"
PERMALINK = "http://localhost/news/-/article/20260318071800-2/https://report.az/en/infrastructure/rate"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    return Reading(edits.make(tmp_path_factory.mktemp("cite") / "news.db"))


def bibtex(reading: Reading, path: str) -> Entry:
    """The one entry of a file, as BibTeX's grammar has it."""
    found = parse_string(reading.page(path), "bibtex").entries
    assert len(found) == 1
    return next(iter(found.values()))


def csl(reading: Reading, path: str) -> dict[str, Any]:
    (found,) = json.loads(reading.page(path))
    assert isinstance(found, dict)
    return found


def test_an_article_as_bibtex(served: Reading) -> None:
    entry = bibtex(served, "/news/-/cite/1.bib")
    assert (entry.type, entry.key) == ("online", "report-20260318-rate")
    assert dict(entry.fields) == {
        "title": f"{{{HEADLINE} - UPDATED-2}}",
        "organization": "{report.az}",
        "date": "2026-03-18",
        "url": BANK,
        "urldate": "2026-03-18",
        "note": rf"Archived: \url{{{PERMALINK}}}",
        "langid": "english",
    }
    # One name, not the first and the last name of a person
    assert [str(person) for person in entry.persons["author"]] == ["{Economy desk}"]


def test_an_article_as_csl_json(served: Reading) -> None:
    assert csl(served, "/news/-/cite/1.json") == {
        "id": "report-20260318-rate",
        "type": "article-newspaper",
        "title": f"{HEADLINE} - UPDATED-2",
        "author": [{"literal": "Economy desk"}],
        "container-title": "report.az",
        "issued": {"date-parts": [[2026, 3, 18]]},
        "accessed": {"date-parts": [[2026, 3, 18]]},
        "URL": BANK,
        "archive": "News archive",
        "archive_location": PERMALINK,
        "language": "en",
    }


def test_an_earlier_version_is_cited_as_it_was(served: Reading) -> None:
    entry = bibtex(served, "/news/-/cite/1.bib?revision=1")
    assert entry.fields["title"] == f"{{{HEADLINE}}}"
    assert "/20260318060300/" in entry.fields["note"]
    assert csl(served, "/news/-/cite/1.json?revision=1")["archive_location"].count("/20260318060300/") == 1


def test_what_is_not_known_is_left_out(served: Reading) -> None:
    entry = bibtex(served, "/news/-/cite/2.bib")
    assert "author" not in entry.persons
    assert entry.fields["langid"] == "azerbaijani"
    undated = bibtex(served, "/news/-/cite/5.bib")
    assert "date" not in undated.fields
    assert undated.fields["urldate"] == "2026-03-18"
    assert "issued" not in csl(served, "/news/-/cite/5.json")
    assert "author" not in csl(served, "/news/-/cite/2.json")


def test_signs_of_tex_are_printed_not_obeyed(tmp_path: Path) -> None:
    made = edits.bank("Text", headline=TITLE, authors=("Smith and Sons", "{Ə"), url="https://report.az/en/x/a%20{b}#c")
    with Archive.open(tmp_path / "news.db") as archive:
        archive.save(attrs.evolve(made, aliases={}), seen_at=edits.SEEN[0], run_id=None)
    reading = Reading(tmp_path / "news.db")
    entry = bibtex(reading, "/news/-/cite/1.bib")
    assert entry.fields["title"] == (
        r"{50\% of \textbraceleft{}A\textbraceright{} \& B\_c \#1 \$5 \textasciitilde{} \textasciicircum{} "
        r"\textbackslash{}x \textbraceright{} “Ən” – Ё}"
    )
    assert [str(person) for person in entry.persons["author"]] == ["{Smith and Sons}", r"{\textbraceleft{}Ə}"]
    assert entry.fields["url"] == "https://report.az/en/x/a%20%7Bb%7D#c"
    # In a note, unlike in an address, `%` would begin a comment
    assert r"/a\%2520\%7Bb\%7D\%23c}" in entry.fields["note"]
    assert csl(reading, "/news/-/cite/1.json")["title"] == TITLE


@pytest.mark.parametrize("query", ["", "?revision=1"])
def test_a_hostile_title_stays_a_title(served: Reading, query: str) -> None:
    title = bibtex(served, f"/news/-/cite/5.bib{query}").fields["title"]
    assert title.startswith(r'{<script>alert(1)</script> \&amp; "q"')
    assert csl(served, f"/news/-/cite/5.json{query}")["title"].startswith(HOSTILE.split("\u202e")[0].strip())


@pytest.mark.parametrize(
    ("kind", "media_type"), [("bib", "application/x-bibtex"), ("json", "application/vnd.citationstyles.csl+json")]
)
def test_they_come_as_files(served: Reading, kind: str, media_type: str) -> None:
    response = served.get(f"/news/-/cite/1.{kind}")
    assert response.headers["content-type"].startswith(media_type)
    assert response.headers["content-disposition"] == f'attachment; filename="report-20260318-rate.{kind}"'
    assert served.get(f"/news/-/cite/99.{kind}").status_code == 404
    assert served.get(f"/news/-/cite/1.{kind}?revision=9").status_code == 404
