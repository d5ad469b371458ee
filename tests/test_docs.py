"""What the documents promise is there, and what is there is in the documents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from newscrawl import settings
from newscrawl.cli import main
from newscrawl.errors import ExtractError
from newscrawl.spiders.arguments import NAMES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
EVERYTHING = "\n".join(file.read_text(encoding="utf-8") for file in DOCUMENTS)


@pytest.mark.parametrize("name", [name for name in vars(settings) if name.startswith("NEWSCRAWL_")])
def test_every_setting_is_in_the_readme(name: str) -> None:
    assert f"`{name}`" in README


@pytest.mark.parametrize("name", NAMES)
def test_every_argument_of_a_crawl_is_in_the_readme(name: str) -> None:
    assert re.search(rf"-a {name}=|`{name}`", README)


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_is_documented(name: str) -> None:
    assert f"newscrawl {name}" in EVERYTHING


@pytest.mark.parametrize("file", DOCUMENTS, ids=lambda file: file.name)
def test_links_lead_somewhere(file: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", file.read_text(encoding="utf-8")):
        assert target.startswith("https://") or (file.parent / target).exists(), target


def test_errors_named_in_the_readme_exist() -> None:
    names = {error.__name__ for error in ExtractError.__subclasses__()}
    named = set(re.findall(r"`((?:Missing|Not|Truncated|Unknown|Page)[A-Z]\w+)`", README))
    assert named
    assert named <= names


def test_the_constraints_are_pinned_by_name_and_version() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").split()
    assert len(lines) > 50
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+==[A-Za-z0-9_.+!]+", line) for line in lines)
