"""`newscrawl …`: everything that is not a crawl. A module here per group of commands."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from newscrawl import exits
from newscrawl.cli import (
    again,
    browse,
    checking,
    coverage,
    cron,
    gone,
    harvest,
    health,
    look,
    pages,
    publish,
    upkeep,
    why,
)
from newscrawl.errors import DiskFull, NewscrawlError
from newscrawl.warc.writing import NO_ROOM


class OneLineErrors(click.Group):
    """Errors of ours end the program with one line, not with a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            with _written():
                return super().invoke(ctx)
        except DiskFull as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(exits.DISK)
        except NewscrawlError as error:
            raise click.UsageError(str(error)) from None


@contextmanager
def _written() -> Iterator[None]:
    """All that is printed meanwhile arrives, or the program ends: a pipe's reader may have seen enough.

    Raises:
        DiskFull: there is no room for it.
    """
    try:
        try:
            yield
        finally:
            # Else Python does it while it exits, where nobody can say what went wrong
            sys.stdout.flush()
    except BrokenPipeError:
        _print_no_more()
        sys.exit(exits.FINE)
    except OSError as error:
        # Of files that have a name somebody spoke before
        if error.errno not in NO_ROOM or error.filename is not None:
            raise
        _print_no_more()
        raise DiskFull(f"standard output: {error.strerror}; free some room, or print elsewhere") from error


def _print_no_more() -> None:
    """What is still to be printed would fail once more while Python exits."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(cls=OneLineErrors, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="newscrawl")
def main() -> None:
    """Harvest sites, read pages, look after the archive. One site with arguments: scrapy crawl report."""


for command in (
    again.fixture,
    again.rebuild,
    again.reparse,
    browse.browse,
    checking.check,
    coverage.coverage,
    cron.cron,
    harvest.harvest,
    look.diff,
    pages.extract,
    gone.gone,
    look.failures,
    look.history,
    health.status,
    publish.publish,
    upkeep.backup,
    upkeep.export,
    why.why,
):
    main.add_command(command)


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
