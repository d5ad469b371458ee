"""`newscrawl publish`: a copy of the archive for the open web."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from newscrawl.archive import Archive, copying
from newscrawl.cli.addresses import spellings
from newscrawl.cli.options import db_option, disk_floor
from newscrawl.show.terminal import counted, one_line
from newscrawl.upkeep.publish import publish as write_copy


@click.command()
@db_option
@click.option(
    "--without", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE",
    help="Articles to leave out: an address a line; what follows a # is a remark.",
)  # fmt: skip
@click.argument("out", metavar="OUT.db", type=click.Path(dir_okay=False, path_type=Path))
def publish(db: str, without: Path | None, out: Path) -> None:
    """Write a copy of the archive that is fit for the open web: OUT.db, to be served by datasette.

    It holds the articles with all their states, tags, authors, images and addresses, and the search index. It does not
    hold raw pages, runs, failures and what waits to be fetched. A crawl may be running. An earlier copy OUT.db is
    replaced once the new one is complete; nothing else is ever overwritten.

    docs/publish.md says how to serve it, by a timer and behind a web server, and what to do about takedowns.
    """
    addresses = _addresses(without) if without else []
    with Archive.open(db, create=False, read_only=True) as archive:
        size = copying.size(archive)
        done = write_copy(archive, out, addresses, floor=disk_floor())
    counts = done.published.counts
    held = f"{counted(counts['articles'], 'article')}, {counted(counts['revision_rows'], 'revision')}"
    click.echo(f"{out}: {held}, {_megabytes(done.bytes)} (the archive: {_megabytes(size)})")
    click.echo(f"{done.inspected}: its counts of rows, for datasette")
    if without:
        click.echo(f"left out: {counted(done.published.left_out, 'article')} named in {without}")
    for address in done.published.unknown:
        click.echo(f"{without}: the archive has no article at {one_line(address)}", err=True)
    command = ["datasette", "serve", "-i", str(out), "--inspect-file", str(done.inspected)]
    click.echo(f"serve it: {shlex.join(command)}")


def _addresses(file: Path) -> list[tuple[str, ...]]:
    """The spellings of each address in a file."""
    # As Windows writes it, too; what is in a remark does not matter
    text = file.read_text(encoding="utf-8-sig", errors="replace")
    lines = (line.partition(" #")[0].strip() for line in text.splitlines())
    return [spellings(line) for line in lines if line and not line.startswith("#")]


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
