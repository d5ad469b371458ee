"""`newscrawl demo`: the real crawl against a stand-in of report.az on this machine, and a look at what it gave."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import attrs
import click
from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from newscrawl import exits, reading_room
from newscrawl.archive import Archive, Hit, Row
from newscrawl.errors import NewscrawlError
from newscrawl.replica.app import make_app
from newscrawl.replica.languages import LANGUAGES
from newscrawl.replica.serve import serving, serving_process
from newscrawl.replica.site import Replica

PATH = Path("data/demo.db")
WARC_DIR = Path("data/demo-warc")
"""Apart from the raw pages of the real archive, which lies in the same folder."""
SEARCHES = (("az", "baki"), ("ru", "баку"), ("en", "baku"))
EDITS = ("body", "headline", "tags")
"""What happens to the youngest stories once they are harvested, one after the other."""
# The stand-in is ours: no need to wait between requests
HURRIED = {
    "DOWNLOAD_DELAY": "0",
    "AUTOTHROTTLE_ENABLED": "0",
    "CONCURRENT_REQUESTS": "16",
    "CONCURRENT_REQUESTS_PER_DOMAIN": "16",
}


@click.command("demo")
@click.option("--stories", default=400, show_default=True, type=click.IntRange(1), help="News on the stand-in.")
def demo_command(stories: int) -> None:
    """Harvest a stand-in of report.az on this machine into data/demo.db and show what is there. Needs no network."""
    console = Console()
    for leftover in (PATH, *PATH.parent.glob(f"{PATH.name}-*")):
        leftover.unlink(missing_ok=True)
    shutil.rmtree(WARC_DIR, ignore_errors=True)
    replica = Replica(stories=stories)
    console.print(f"A stand-in of report.az with {stories:,} stories\n", highlight=False)
    with serving_process(replica) as origin:
        code = _crawl(origin)
    if code == exits.DEGRADED:
        console.print("(They are meant: the stand-in plays soft 404s, cut off and textless pages.)")
    edits = dict(zip(range(stories - 2, -1, -1), EDITS * 2, strict=False))
    console.print("\nSome of its articles are edited, and looked at again", highlight=False)
    with serving(make_app(attrs.evolve(replica, edits=edits))) as origin:
        _crawl(origin, urls=",".join(_addresses(replica, edits)))
    with Archive.open(PATH, create=False, read_only=True) as archive:
        _show(archive, console)
    console.print("\nNext:  [bold]. .venv/bin/activate[/bold]")
    console.print(f"       [bold]newscrawl status --db {PATH} --warc-dir {WARC_DIR}[/bold]")
    console.print(f"       [bold]newscrawl check --db {PATH} --warc-dir {WARC_DIR}[/bold]")
    console.print("       [bold]scrapy crawl report -a limit=50[/bold]    the real site, into data/newscrawl.db")
    console.print(f"\nRead it:  [bold]newscrawl browse --db {PATH} --warc-dir {WARC_DIR}[/bold]")
    console.print(f"          opens [bold]http://{reading_room.HOST}:{reading_room.PORT}/[/bold] in your browser")


def _addresses(replica: Replica, stories: Iterable[int]) -> Iterator[str]:
    for number in stories:
        for language in LANGUAGES:
            if replica.exists(number, language):
                yield replica.truth_of(number, language)["url"]


def _crawl(origin: str, **arguments: str) -> int:
    """The exit code of a crawl of the stand-in at `origin`, of all there is or as its `arguments` ask."""
    environment = os.environ | {
        "NEWSCRAWL_DB": str(PATH),
        "NEWSCRAWL_WARC_DIR": str(WARC_DIR),
        "NEWSCRAWL_ORIGINS": json.dumps({"https://report.az": origin}),
        "NEWSCRAWL_PROGRESS": "always",
        # Who watches over the real crawls hears nothing of this one
        "NEWSCRAWL_PING_URL": "",
        "NEWSCRAWL_WEBHOOK_URL": "",
        "SCRAPY_SETTINGS_MODULE": "newscrawl.settings",
    }
    command = [sys.executable, "-m", "scrapy", "crawl", "report"]
    command += [word for name, value in HURRIED.items() for word in ("-s", f"{name}={value}")]
    command += [word for name, value in arguments.items() for word in ("-a", f"{name}={value}")]
    code = subprocess.run(command, env=environment, check=False).returncode  # noqa: S603
    if code not in {exits.FINE, exits.DEGRADED}:
        raise NewscrawlError(f"scrapy crawl report ended with exit code {code}")
    return code


def _show(archive: Archive, console: Console) -> None:
    latest = archive.latest(5)
    console.print(_table("The latest five", [(row, row.headline) for row in latest]))
    for language, words in SEARCHES:
        hits = archive.search(words, language=language, limit=3)
        console.print(_table(f"Search in {language}: {words}", [(hit, _found(hit)) for hit in hits]))
    story = next((rows for row in archive.latest(200) if len(rows := archive.story(row.story_id)) == 3), [])
    console.print(_table("One story in its three languages", [(row, row.headline) for row in story]))


def _found(hit: Hit) -> str:
    """The headline, and the words around the hit; they may also stand in the tags alone."""
    return f"{hit.headline}\n{hit.snippet if '[' in hit.snippet else '(in its tags)'}"


def _table(title: str, rows: Sequence[tuple[Row, str]]) -> Table:
    table = Table(title=f"\n{title}", title_justify="left", title_style="bold", box=box.SIMPLE, show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column()
    for row, text in rows:
        published = (row.published_at or "")[:16].replace("T", " ")
        table.add_row(published, row.language, row.section or "", escape(text))
    return table
