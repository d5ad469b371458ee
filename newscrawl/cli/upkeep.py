"""Taking an archive elsewhere: `newscrawl export`, `newscrawl backup`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

import click

from newscrawl import exits
from newscrawl.archive import Archive, exporting
from newscrawl.archive.exporting import Wanted
from newscrawl.cli.moments import bounds
from newscrawl.cli.options import db_option, warc_option
from newscrawl.errors import UsageError
from newscrawl.show.terminal import counted
from newscrawl.upkeep.backup import WARC, back_up
from newscrawl.upkeep.export import WRITERS
from newscrawl.upkeep.export_pages import write_pages
from newscrawl.upkeep.files import named, whole_file
from newscrawl.warc.names import ENDING, folder_of

_TO_STDOUT = ("jsonl", "csv")
_SHOWN = 20


@click.command()
@db_option
@warc_option
@click.option(
    "--format", "form", type=click.Choice([*WRITERS, "warc"]), default="jsonl", show_default=True,
    help="JSON lines, CSV, Parquet, or the stored pages as a WARC file.",
)  # fmt: skip
@click.option("--where", metavar="SQL", help="Only articles for which this is true: an expression over their columns.")
@click.option("--since", metavar="DAY|TIME", help="Only articles published then or later.")
@click.option("--until", metavar="DAY|TIME", help="Only articles published before then; a day counts whole.")
@click.option("--site", help="Only articles of this site.")
@click.option("--language", help="Only articles in this language (az, ru, en).")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="FILE to write.", metavar="FILE")
def export(
    db: str, warc_dir: str, form: str, where: str | None, since: str | None, until: str | None, site: str | None,
    language: str | None, output: Path | None,
) -> None:  # fmt: skip
    """Write articles to a file, or as jsonl and csv to standard output: all, or those that you name.

    DAY is a day of the site, 2025-11-01; TIME is ISO 8601, at the site's zone where it names no other, as with
    `scrapy crawl -a since=`. With either, articles whose time is not known are left out.

    FILE gets its name once it is complete. Exit code 3 if a stored page could not be read (warc).
    """
    folder = folder_of(db, warc_dir)
    _check_output(output, form, Path(db), folder)
    with Archive.open(db, create=False, read_only=True) as archive:
        published = _published(exporting.zones(archive), since, until, site)
        wanted = Wanted(site=site, language=language, published=published, where=where)
        if form == "warc":
            assert output is not None
            _export_pages(archive, folder, wanted, output)
        else:
            _export_articles(archive, wanted, form, output)


@click.command()
@db_option
@warc_option
@click.argument("target", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
def backup(db: str, warc_dir: str, target: Path) -> None:
    """Copy the archive to the folder DIR: a new dated database, and the WARC files that are not there yet.

    A crawl may be running. Nothing in DIR is deleted. Exit code 3 if a WARC file could not be copied as it should.
    """
    with Archive.open(db, create=False, read_only=True) as archive:
        done = back_up(archive, folder_of(db, warc_dir), target)
    click.echo(f"{done.database}: {counted(done.articles, 'article')}, {_megabytes(done.bytes)}, verified")
    new = (
        f"{counted(done.copied, 'WARC file')} copied ({_megabytes(done.copied_bytes)})"
        if done.copied
        else "no new WARC file"
    )
    click.echo(f"{target / WARC}: {new}; {done.present:,} there already")
    _end_with(done.troubles)


def _check_output(output: Path | None, form: str, db: Path, folder: Path) -> None:
    if output is None:
        if form not in _TO_STDOUT:
            raise UsageError(f"{form} goes to a file only: name one with --output")
        return
    if form == "warc" and not output.name.endswith(ENDING):
        raise UsageError(f"{output} is no name of a WARC file, by which tools know one: let it end in {ENDING}")
    if output.resolve() == db.resolve() or output.resolve().is_relative_to(folder.resolve()):
        raise UsageError(f"{output} is the archive's own: name another file")


def _published(
    zones: dict[str, str], since: str | None, until: str | None, site: str | None
) -> dict[str, tuple[str | None, str | None]] | None:
    """The bounds at each site, whose days begin when they begin there."""
    if site is not None and site not in zones:
        raise UsageError(f"the archive has no site {site!r}; it has: {', '.join(zones) or 'none'}")
    if since is None and until is None:
        return None
    return {name: bounds(since, until, zone) for name, zone in zones.items()}


def _export_articles(archive: Archive, wanted: Wanted, form: str, output: Path | None) -> None:
    write = WRITERS[form]
    chunks = exporting.read(archive, exporting.matching(archive, wanted))
    if output is not None:
        with whole_file(output) as file:
            written = write(chunks, file)
        click.echo(f"{counted(written, 'article')} written to {output}", err=True)
        return
    out = sys.stdout.buffer
    try:
        written = write(chunks, out)
        out.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise named(error, "standard output") from error
    click.echo(f"{counted(written, 'article')} written", err=True)


def _export_pages(archive: Archive, folder: Path, wanted: Wanted, output: Path) -> None:
    info = {
        "software": f"newscrawl/{version('newscrawl')}",
        "format": "WARC File Format 1.1",
        "description": f"pages of {archive.path.name}, copied by newscrawl export",
    }
    snapshots = exporting.pages(archive, wanted)
    with whole_file(output) as file:
        copied = write_pages(archive, folder, snapshots, file, output.name, info)
    click.echo(f"{counted(copied.pages, 'stored page')} written to {output}", err=True)
    _end_with(copied.unreadable)


def _end_with(troubles: Iterable[object]) -> None:
    """Name what went wrong beside what went well, and end with the exit code for it."""
    lines = [str(each) for each in troubles]
    for line in lines[:_SHOWN]:
        click.echo(line, err=True)
    if len(lines) > _SHOWN:
        click.echo(f"and {len(lines) - _SHOWN:,} more; newscrawl check says which", err=True)
    if lines:
        sys.exit(exits.DEGRADED)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
