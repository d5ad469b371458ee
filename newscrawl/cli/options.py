"""Options that many commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from newscrawl import settings
from newscrawl.errors import UsageError
from newscrawl.upkeep.rereading import Steps, silent

db_option = click.option("--db", default=settings.NEWSCRAWL_DB, show_default=True, help="The archive.")
warc_option = click.option(
    "--warc-dir",
    default=settings.NEWSCRAWL_WARC_DIR,
    show_default="warc beside the archive",
    help="The folder of the stored pages.",
)


jobs_option = click.option(
    "--jobs", type=click.IntRange(1), help="Processes that read pages; as many as there are cores if not given."
)


def disk_floor() -> int:
    """Bytes that are to stay free on the disk, as crawls keep them.

    Raises:
        UsageError: the setting is no number.
    """
    try:
        return int(settings.NEWSCRAWL_MIN_FREE_BYTES)
    except ValueError:
        raise UsageError(
            f"NEWSCRAWL_MIN_FREE_BYTES={settings.NEWSCRAWL_MIN_FREE_BYTES} is no number of bytes"
        ) from None


@contextmanager
def shown_steps() -> Iterator[Steps]:
    """Steps of long work as progress bars on standard error where that is a terminal, else in silence."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield silent
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:

        def steps(what: str, count: int) -> Callable[[], None]:
            task = progress.add_task(what, total=count)
            return lambda: progress.advance(task)

        yield steps
