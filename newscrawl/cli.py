"""`newscrawl …`: everything that is not a crawl."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import attrs
import click

from newscrawl import saved, settings
from newscrawl.archive import Archive
from newscrawl.errors import NewscrawlError, PageError
from newscrawl.extract import extract as extract_article
from newscrawl.network import parse_origins
from newscrawl.status import print_status


class OneLineErrors(click.Group):
    """Errors of ours end the program with one line, not with a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except NewscrawlError as error:
            raise click.UsageError(str(error)) from None
        except BrokenPipeError:
            # The reader of a pipe has seen enough; Python would complain once more while it exits
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)


@click.group(cls=OneLineErrors, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="newscrawl")
def main() -> None:
    """Read pages, look after the archive. To harvest: scrapy crawl report."""


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="FILE|DIR|URL…")
@click.option("--url", help="The address of the page, where FILE does not tell.")
@click.option("--jsonl", is_flag=True, help="One JSON object a line, also for a single page.")
def extract(sources: tuple[str, ...], url: str | None, jsonl: bool) -> None:
    """Print the articles on pages as JSON: saved pages (.html, .html.gz), folders of them, live addresses.

    In a folder the addresses come from a file of lines like {"id": "name-without-ending", "url": "https://…"} in it or
    above it. A page without an article prints a named error. Exit code 3 if there was one.
    """
    if url and len(sources) > 1:
        raise click.UsageError("--url names one page; give one FILE")
    client = saved.Client(settings.USER_AGENT, parse_origins(settings.NEWSCRAWL_ORIGINS))
    failed = False
    for source in sources:
        for each in saved.pages(source, url, client):
            record = _record(each)
            failed = failed or "error" in record
            click.echo(json.dumps(record, ensure_ascii=False, indent=None if jsonl else 2))
    sys.exit(3 if failed else 0)


def _record(each: saved.SavedPage | saved.Unreadable) -> dict[str, Any]:
    if isinstance(each, saved.Unreadable):
        return _error(each.id, each.error)
    try:
        article = extract_article(each.page)
    except PageError as error:
        return _error(each.id, error) | {"url": each.page.url}
    return {"id": each.id, **attrs.asdict(article)}


def _error(name: str, error: Exception) -> dict[str, Any]:
    return {"id": name, "error": type(error).__name__, "detail": str(error)}


@main.command()
@click.option("--db", default=settings.NEWSCRAWL_DB, show_default=True, help="The archive.")
def status(db: str) -> None:
    """What the archive holds, what failed, how the last crawl ended."""
    with Archive.open(db, create=False, read_only=True) as archive:
        print_status(archive, db)


def _add_replica_commands() -> None:
    """`newscrawl demo` and `newscrawl replica`, where the extra `newscrawl[replica]` is installed."""
    try:
        from newscrawl.demo import demo_command
        from newscrawl.replica.command import replica_command
    except ModuleNotFoundError:
        return
    main.add_command(demo_command)
    main.add_command(replica_command)


_add_replica_commands()
