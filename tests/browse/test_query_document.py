"""What docs/query.md promises: every list, address, question and program in it works."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.archive import Archive, canned
from newscrawl.browse.metadata import metadata
from tests.browse.conftest import Reading, article, words

TEXT = (Path(__file__).parents[2] / "docs" / "query.md").read_text(encoding="utf-8")
ADDRESSES = re.findall(r"^    (/newscrawl\S+)$", TEXT, re.M)
QUESTIONS = re.findall(r"```sql\n(.*?)```", TEXT, re.S)
(PROGRAM,) = re.findall(r"```python\n(.*?)```", TEXT, re.S)
HARVEST = {"health", "failed", "failed_by_kind"}


@pytest.fixture(scope="module")
def folder(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an archive where the document has it."""
    folder = tmp_path_factory.mktemp("document")
    (folder / "data").mkdir()
    shutil.copy(filled, folder / "data" / "newscrawl.db")
    with Archive.open(folder / "data" / "newscrawl.db") as archive:
        finance = article(
            "en", "rate", "2026-03-17T12:00:00+04:00", section="Finance", section_slug="finance",
            tags=("Central Bank", "currency auction"), headline="Museum of money opens at Bakı", body="Muzey is open.",
        )  # fmt: skip
        archive.save(finance, seen_at="2026-03-17T08:30:00Z", run_id=None)
    return folder


@pytest.fixture(scope="module")
def served(folder: Path) -> Reading:
    return Reading(folder / "data" / "newscrawl.db")


def test_every_list_is_told_of_and_no_other() -> None:
    table = TEXT.partition("| --- |")[2].partition("\n\n")[0]
    named = [
        name for row in table.splitlines() for name in re.findall(r"`(\w+)`", row.split("|")[1] if "|" in row else "")
    ]
    assert sorted(named) == sorted({query.name for query in canned.ALL})
    (row,) = [row for row in table.splitlines() if "`health`" in row]
    assert "not in a [published copy]" in row


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_answers(served: Reading, address: str) -> None:
    response = served.get(address)
    assert response.status_code == 200
    if "array&_nl" in address:
        assert response.text.count("\n") == 3, "four articles of that day"
    elif ".json" in address:
        assert isinstance(response.json(), list)
        assert response.json()
    else:
        assert response.text.count("<entry") or response.text.count("\n") > 2
    assert len(ADDRESSES) > 12


@pytest.mark.parametrize("question", QUESTIONS, ids=range(len(QUESTIONS)))
def test_every_question_is_answered(served: Reading, folder: Path, question: str) -> None:
    answer = served.get("/newscrawl.json", params={"sql": question, "_shape": "array"})
    assert answer.status_code == 200, answer.text
    assert answer.json()
    if "escape_fts" not in question:
        conn = sqlite3.connect(folder / "data" / "newscrawl.db")
        assert len(conn.execute(question).fetchall()) == len(answer.json())
        conn.close()
    assert len(QUESTIONS) == 8


def test_the_program_runs(folder: Path) -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], cwd=folder, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[:2] == ["2026-03-17 4", "2026-03-16 1"]


def test_the_names_are_those_of_tables(served: Reading) -> None:
    described = metadata(served.datasette, None)["databases"]["newscrawl"]["tables"]
    sentence = TEXT.partition("The names are those of the page:")[2].partition("each with a word")[0]
    assert set(re.findall(r"`(\w+)`", sentence)) <= described.keys()


def test_what_is_said_of_silent_edits_is_said_on_the_page(served: Reading) -> None:
    assert "UPDATED, YENİLƏNİB or ОБНОВЛЕНО" in words(served.page("/newscrawl/silently_edited"))
