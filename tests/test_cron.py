"""`newscrawl cron`: what it prints is run as cron and systemd would run it."""

from __future__ import annotations

import itertools
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import attrs
import pytest

from newscrawl import exits
from newscrawl.deployment import Installation, crontab_line, service, timer
from newscrawl.errors import UsageError
from tests.crawl.conftest import SITE, Harvester, Scripted
from tests.crawl.test_asked import listing
from tests.crawl.test_logs import small_site
from tests.crawl.test_manners import article

SETTINGS = """
from newscrawl.settings import *
DOWNLOAD_DELAY = 0
AUTOTHROTTLE_ENABLED = False
"""
CONTACT = "https://example.org/50%25?a='b'&c=\"d\" $HOME \\ \\\\ \\% e#f;g"
PLACE = Installation(
    command=("/opt/python", "-m", "newscrawl", "harvest"),
    folder=Path("/srv/news"),
    settings={"NEWSCRAWL_DB": "/srv/news/data/news.db"},
    writable=(Path("/srv/news/data"),),
    log=Path("/srv/news/data/logs"),
    user="nobody",
    minutes=15,
)


@attrs.frozen
class Project:
    """A project in a folder that makes it hard for who quotes, and a site to crawl."""

    folder: Path
    environment: dict[str, str]
    site: Scripted

    def print(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """`newscrawl cron` in it."""
        return subprocess.run(
            [sys.executable, "-m", "newscrawl", "cron", *words],
            cwd=self.folder,
            env={**plain(), **self.environment, **environment},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def check(self) -> None:
        """A crawl was here, in the name of the contact."""
        archive = Harvester(self.folder / "data" / "newscrawl.db", "")
        assert archive.value("SELECT count(*) FROM articles") == 5
        assert any(CONTACT in agent for agent in self.site.agents)


def plain() -> dict[str, str]:
    """The environment without settings of ours."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("NEWSCRAWL_", "SCRAPY_"))}


@pytest.fixture
def project(tmp_path: Path, scripted: tuple[Scripted, Harvester]) -> Project:
    app, harvest = scripted
    small_site(app)
    for n, language in enumerate(("en", "ru"), 8):
        app.say(f"/{language}", f"<html><body><a href='/{language}/latest'>All News</a></body></html>")
        app.say(f"/{language}/latest", listing([f"/{language}/news/only"]))
        app.say(f"/{language}/news/only", article(n))
    folder = tmp_path / "it's 100% news; $HOME"
    folder.mkdir()
    (folder / "scrapy.cfg").write_text("[settings]\ndefault = newsroom\n")
    (folder / "newsroom.py").write_text(SETTINGS)
    origins = json.dumps({SITE: harvest.origin})
    return Project(folder, {"NEWSCRAWL_CONTACT": CONTACT, "NEWSCRAWL_ORIGINS": origins}, app)


# Which backslashes cron takes away before the command gets to the shell: there are crons of both kinds
@pytest.mark.parametrize("taken_away", [r"\\(%)", r"\\([\\%])"])
def test_the_line_of_a_crontab_runs(project: Project, taken_away: str) -> None:
    printed = project.print("--crontab", "report")
    assert printed.returncode == 0, printed.stderr
    (line,) = printed.stdout.splitlines()
    *times, command = line.split(maxsplit=5)
    assert times == ["*/15", "*", "*", "*", "*"]
    assert not re.search(r"(?<!\\)%", command), "crontab(5): the end of the command"
    command = re.sub(taken_away, r"\1", command)
    done = subprocess.run(
        ["env", "-i", "sh", "-c", command], cwd="/", capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.stdout, done.stderr) == ("", ""), "cron would mail it"
    assert done.returncode == 0
    project.check()


def test_the_service_runs(project: Project) -> None:
    printed = project.print("--service", "report")
    assert printed.returncode == 0, printed.stderr
    unit = read(printed.stdout)
    environment = dict(words.split("=", 1) for value in unit["Environment"] for words in unquoted(value))
    command = [word.replace("$$", "$") for word in unquoted(unit["ExecStart"][0])]
    done = subprocess.run(
        command,
        cwd=unit["WorkingDirectory"][0].replace("%%", "%"),
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    project.check()
    (writable,) = (Path(word) for word in unquoted(unit["ReadWritePaths"][0]))
    written = [path for path in project.folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    assert {path.name for path in written if writable not in path.parents} == {"scrapy.cfg", "newsroom.py"}
    assert unit["SuccessExitStatus"] == ["75 130"]
    assert unit["Type"] == ["oneshot"]


def read(text: str) -> dict[str, list[str]]:
    """The values of a unit by name; each must belong to a section."""
    values: dict[str, list[str]] = {}
    assert text.startswith("[Unit]\n")
    for line in text.splitlines():
        if line and not line.startswith(("[", "#")):
            name, value = line.split("=", 1)
            values.setdefault(name, []).append(value)
    return values


def unquoted(value: str) -> list[str]:
    """The words of a value, as systemd.syntax(7) quotes and systemd.unit(5) escapes them."""
    assert not re.search(r"(?<!%)%(?!%)", value.replace("%%", "")), "a specifier"
    return [word.replace("%%", "%") for word in shlex.split(value)]


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_systemd_takes_the_units(project: Project, tmp_path: Path) -> None:
    for name in ("service", "timer"):
        (tmp_path / f"newscrawl.{name}").write_text(project.print(f"--{name}").stdout)
    units = [str(tmp_path / f"newscrawl.{name}") for name in ("service", "timer")]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *units],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
@pytest.mark.parametrize("minutes", [1, 5, 15, 30, 60, 120, 360, 720, 1440])
def test_cron_and_systemd_start_at_the_same_times(minutes: int) -> None:
    place = attrs.evolve(PLACE, minutes=minutes)
    (calendar,) = read(timer(place))["OnCalendar"]
    done = subprocess.run(
        ["systemd-analyze", "calendar", "--iterations=5", "--base-time=2026-03-17 07:50:00 UTC", calendar],
        env=os.environ | {"TZ": "UTC"}, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    times = [
        int(hour) * 60 + int(minute)
        for hour, minute in re.findall(r"(?:elapse|#\d+): \w+ [\d-]+ (\d\d):(\d\d):00 UTC", done.stdout)
    ]
    assert len(times) == 5
    for earlier, later in itertools.pairwise(times):
        assert (later - earlier) % 1440 == minutes % 1440
    minute, hour, *days = crontab_line(place).split()[:5]
    assert days == ["*", "*", "*"]
    assert all(matches(hour, time // 60) and matches(minute, time % 60) for time in times)
    assert times[0] % minutes == 0


def matches(field: str, value: int) -> bool:
    """As crontab(5) has it."""
    return field == "*" or (value % int(field[2:]) == 0 if field.startswith("*/") else value == int(field))


@pytest.mark.parametrize("minutes", [0, 7, 45, 90, 300, 2880])
def test_other_times_are_refused(minutes: int) -> None:
    with pytest.raises(UsageError, match="write 5, 15, 30, 60 or 360"):
        attrs.evolve(PLACE, minutes=minutes)


def test_what_is_printed_is_this_installation(project: Project) -> None:
    printed = project.print("--every", "30", NEWSCRAWL_PROGRESS="always", NEWSCRAWL_WARC_DIR="../raw pages")
    assert printed.returncode == 0
    for what in ("--crontab", "--service", "--timer"):
        alone = project.print(what, "--every", "30", NEWSCRAWL_PROGRESS="always", NEWSCRAWL_WARC_DIR="../raw pages")
        assert alone.stdout in printed.stdout
    both = project.print("--crontab", "--timer").stdout
    assert both == project.print("--crontab").stdout + project.print("--timer").stdout
    assert "NEWSCRAWL_PROGRESS" not in printed.stdout
    assert "hide the addresses" not in printed.stdout
    unit = read(project.print("--service", NEWSCRAWL_WARC_DIR="../raw pages").stdout)
    data, raw = (Path(word) for word in unquoted(unit["ReadWritePaths"][0]))
    assert data == project.folder / "data"
    assert raw == project.folder.parent / "raw pages"
    assert [f"NEWSCRAWL_WARC_DIR={raw}"] in [unquoted(value) for value in unit["Environment"]]


def test_the_archive_may_be_another_one(project: Project) -> None:
    printed = project.print("--crontab", "--db", "there/news.db")
    assert shlex.quote(f"{project.folder}/there/news.db").replace("%", "\\%") in printed.stdout


def test_what_is_to_be_put_right_is_said_apart(project: Project) -> None:
    printed = project.print("--timer", NEWSCRAWL_CONTACT="")
    assert "NEWSCRAWL_CONTACT is not set" in printed.stderr
    assert "NEWSCRAWL_CONTACT" not in printed.stdout
    assert "NEWSCRAWL_CONTACT" not in project.print("--timer").stderr


def test_addresses_that_are_secrets_are_to_be_hidden(project: Project) -> None:
    assert "hide the addresses" in project.print(NEWSCRAWL_PING_URL="https://example.org/ping").stdout


def test_what_cannot_be(project: Project) -> None:
    for words, line in ((("nowhere",), "unknown site 'nowhere'"), (("--every", "7"), "--every 7 is no part")):
        printed = project.print(*words)
        assert printed.returncode == 2
        assert line in printed.stderr
        assert printed.stdout == ""
    long = project.print("--crontab", NEWSCRAWL_CONTACT="x" * 1000)
    assert (long.returncode, long.stdout) == (2, "")
    assert "too long for cron" in long.stderr
    assert project.print("--service", NEWSCRAWL_CONTACT="x" * 1000).returncode == 0
    assert "holds a line break" in project.print(NEWSCRAWL_CONTACT="a\nb").stderr


def test_a_unit_by_hand() -> None:
    place = attrs.evolve(PLACE, command=("/opt/python", "-c", "$x 50%"), settings={"A": 'say "50%"'})
    unit = read(service(place))
    assert unit["ExecStart"] == ['/opt/python -c "$$x 50%%"']
    assert unit["Environment"] == ['"A=say \\"50%%\\""']


def test_every_exit_code_is_explained() -> None:
    text = (Path(__file__).parent.parent / "docs" / "cron.md").read_text(encoding="utf-8")
    explained = [int(code) for code in re.findall(r"^\| (\d+) \|", text, re.M)]
    assert explained == sorted({*exits.SERIOUSNESS, exits.LOCKED})
