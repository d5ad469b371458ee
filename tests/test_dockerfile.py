"""The Dockerfile, as far as it can be checked without Docker."""

from __future__ import annotations

import fnmatch
import json
import re
import shlex
import tomllib
from pathlib import Path

from newscrawl import settings
from newscrawl.cli import main

ROOT = Path(__file__).parent.parent


def instructions() -> list[tuple[str, str]]:
    """(name, rest) of each instruction, continued lines joined, comments left out."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(encoding="utf-8"), flags=re.M)
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    return [(name, rest) for name, _, rest in (line.partition(" ") for line in lines if line)]


def last(name: str) -> str:
    return [rest for each, rest in instructions() if each == name][-1]


def variables() -> dict[str, str]:
    return dict(word.split("=", 1) for name, rest in instructions() if name == "ENV" for word in shlex.split(rest))


def test_it_does_not_run_as_root() -> None:
    user, _, group = last("USER").partition(":")
    assert user.isdecimal(), "a volume's owner is a number"
    assert int(user) > 999
    assert group == user
    names = [name for name, _ in instructions()]
    assert "RUN" not in names[names.index("USER") :], "what it makes as an ordinary user could be changed by a crawl"
    assert f"--uid {user} " in " ".join(rest for name, rest in instructions() if name == "RUN")


def test_what_is_copied_is_there_and_is_not_ignored() -> None:
    copied = [shlex.split(rest) for name, rest in instructions() if name == "COPY"]
    sources = [word for words in copied if not words[0].startswith("--from=") for word in words[:-1]]
    assert {"newscrawl", "pyproject.toml", "constraints.txt"} <= set(sources)
    rules = (ROOT / ".dockerignore").read_text(encoding="utf-8").split("\n")
    kept = {rule[1:] for rule in rules if rule.startswith("!")}
    assert "*" in rules
    assert kept == set(sources), "no more, no less"
    for source in sources:
        assert (ROOT / source).exists()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["readme"] in sources, "the package cannot be made without"


def test_nothing_is_fetched_but_by_pip() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "ADD" not in [name for name, _ in instructions()]
    assert not re.search(r"https?://|curl|wget|apt-get", text)
    assert "--constraint constraints.txt" in text, "what is installed is what is tested"


def test_the_python_is_one_that_we_support() -> None:
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]
    (base,) = {rest.partition(" ")[0] for name, rest in instructions() if name == "FROM"}
    assert base == f"python:{needed.removeprefix('>=')}-slim", "the one for which the constraints were written down"


def test_signals_reach_the_program() -> None:
    # Without a shell between Docker and the program
    program, command = json.loads(last("CMD"))
    assert program == "newscrawl"
    assert command in main.commands
    assert last("STOPSIGNAL") == "SIGTERM"
    assert "ENTRYPOINT" not in [each for each, _ in instructions()], "other commands are asked for as they are"


def test_the_archive_lies_in_the_volume() -> None:
    volume = Path(last("VOLUME"))
    assert Path(variables()["NEWSCRAWL_DB"]).parent == volume
    assert last("WORKDIR") == str(volume)
    assert variables()["SCRAPY_SETTINGS_MODULE"] == settings.__name__
    for name in variables():
        assert not name.startswith("NEWSCRAWL_") or hasattr(settings, name)


def test_archives_never_get_into_an_image() -> None:
    rules = [rule for rule in (ROOT / ".dockerignore").read_text(encoding="utf-8").split("\n") if rule]
    for path in ("data/newscrawl.db", ".git/config", ".venv/bin/python", "newscrawl.egg-info/PKG-INFO"):
        top = path.split("/")[0]
        ignored = False
        for rule in (each for each in rules if not each.startswith("#")):
            if fnmatch.fnmatch(top, rule.removeprefix("!")):
                ignored = not rule.startswith("!")
        assert ignored, path
