"""`newscrawl …`: everything that is not a crawl. A module here per group of commands."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from newscrawl import exits
from newscrawl.cli import again, checking, coverage, cron, gone, harvest, health, look, pages, upkeep, why
from newscrawl.errors import DiskFull, NewscrawlError


class OneLineErrors(click.Group):
    """Errors of ours end the program with one line, not with a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except DiskFull as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(exits.DISK)
        except NewscrawlError as error:
            raise click.UsageError(str(error)) from None
        except BrokenPipeError:
            # The reader of a pipe has seen enough; Python would complain once more while it exits
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)


@click.group(cls=OneLineErrors, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="newscrawl")
def main() -> None:
    """Harvest sites, read pages, look after the archive. One site with arguments: scrapy crawl report."""


for command in (
    again.fixture,
    again.rebuild,
    again.reparse,
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
