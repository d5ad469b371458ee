"""The command `newscrawl replica`."""

from __future__ import annotations

import json

import click

from newscrawl.replica.serve import PortTaken, serve_forever
from newscrawl.replica.site import Replica
from newscrawl.replica.stories import LIMIT

_DEFAULT = Replica(stories=1)


@click.command("replica")
@click.option("--stories", type=click.IntRange(1, LIMIT), default=400, show_default=True, help="Pieces of news.")
@click.option("--seed", default=1, show_default=True, help="Other names, figures and texts.")
@click.option("--variant", default=0, show_default=True, help="Another way to play what is unknown of the real site.")
@click.option("--newest", default=_DEFAULT.newest, show_default=True, help="Time of the newest story, ISO 8601.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on; 0 takes a free one.")
@click.option("--truth", is_flag=True, help="Print what the article pages say as JSON lines, and end.")
def replica_command(stories: int, seed: int, variant: int, newest: str, host: str, port: int, truth: bool) -> None:
    """Serve a local stand-in of report.az: articles in three languages, listings, feeds, sitemap."""
    try:
        replica = Replica(stories=stories, seed=seed, newest=newest, variant=variant)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    if truth:
        for record in replica.truth():
            click.echo(json.dumps(record, ensure_ascii=False))
        return
    try:
        serve_forever(replica, host, port)
    except PortTaken as error:
        raise click.ClickException(str(error)) from error
