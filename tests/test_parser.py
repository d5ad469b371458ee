"""The digits that tell which code read a page: another reader, other digits; the same reader, the same."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import newscrawl
from newscrawl.parser import parser_state, state_of

PACKAGE = Path(newscrawl.__file__).parent
NOT_READING = {
    "newscrawl": "its version, which every release changes",
    "newscrawl.errors": "names without behaviour; what their messages say stands where they are raised",
    "newscrawl.schedule": "when pages are asked for, not what they give",
    "newscrawl.warc": "a docstring",
}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of newscrawl."""
    return Path(shutil.copytree(PACKAGE, tmp_path / "newscrawl", ignore=shutil.ignore_patterns("__pycache__")))


def reading_files() -> list[str]:
    """The files that are loaded to read a stored page, relative to the package."""
    script = (
        "import json, sys, newscrawl.outcome, newscrawl.warc.decoding\n"
        "print(json.dumps({n: m.__file__ for n, m in sys.modules.items() if n.partition('.')[0] == 'newscrawl'}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    found: dict[str, str] = json.loads(done.stdout)
    assert found.keys() > NOT_READING.keys()
    return [Path(file).relative_to(PACKAGE).as_posix() for name, file in found.items() if name not in NOT_READING]


def test_every_file_that_reads_pages_matters(package: Path) -> None:
    before = state_of(package)
    assert before == parser_state() == state_of(PACKAGE)
    names = reading_files()
    assert {"outcome.py", "items.py", "times.py", "pages/layout.py", "sites/report_az.py", "warc/decoding.py"} < {
        *names
    }
    for name in names:
        file = package / name
        code = file.read_bytes()
        file.write_bytes(code + b"\n# changed\n")
        assert state_of(package) != before, name
        file.write_bytes(code)
    assert state_of(package) == before


def test_a_new_page_object_matters(package: Path) -> None:
    before = state_of(package)
    (package / "sites" / "another.py").write_text("SITE = 1\n")
    assert state_of(package) != before


def test_what_fetches_and_stores_does_not_matter(package: Path) -> None:
    before = state_of(package)
    names = ["archive/saving.py", "extensions.py", "spiders/news.py", "middlewares.py", "pipelines.py", "settings.py"]
    for file in [*(package / name for name in names), *(package / "upkeep").glob("*.py")]:
        file.write_text("changed = True\n")
    assert state_of(package) == before


@pytest.mark.parametrize(
    "library", ["lxml", "web-poet", "parsel", "w3lib", "cssselect", "dateparser", "regex", "brotli"]
)
def test_another_version_of_a_library_matters(package: Path, tmp_path: Path, library: str) -> None:
    """An installed library of that name comes first on the path."""
    before = state_of(package)
    installed = tmp_path / "site" / f"{library.replace('-', '_')}-999.dist-info"
    installed.mkdir(parents=True)
    (installed / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {library}\nVersion: 999\n")
    script = (
        "import sys; from pathlib import Path; from newscrawl.parser import state_of\n"
        "sys.path.insert(0, sys.argv[1]); print(state_of(Path(sys.argv[2])))"
    )
    command = [sys.executable, "-c", script, str(installed.parent), str(package)]
    assert version(library) != "999"
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() != before
