"""`newscrawl browse`: read archives in a browser."""

from __future__ import annotations

import os
import sys
import threading
import webbrowser
from contextlib import suppress
from pathlib import Path

import click

from newscrawl import reading_room
from newscrawl.cli.options import db_option, warc_option
from newscrawl.errors import UsageError
from newscrawl.show.terminal import one_line


@click.command()
@db_option
@warc_option
@click.option(
    "--port", type=click.IntRange(0, 65535), show_default=f"{reading_room.PORT}, or the next that is free",
    help="0 for any port that is free.",
)  # fmt: skip
@click.option("--host", default=reading_room.HOST, show_default=True, help="Whose visitors are let in; 0.0.0.0: all.")
@click.option("--open/--no-open", "opens", default=True, help="Whether to open the browser, where there is one.")
@click.argument("archives", metavar="[ARCHIVE.db]...", nargs=-1, type=click.Path(path_type=Path))
def browse(db: str, warc_dir: str, port: int | None, host: str, opens: bool, archives: tuple[Path, ...]) -> None:
    """Read the archive, or those named, in your browser: the news by day, search, charts, what was changed.

    Runs datasette with settings that suit one reader, for this machine only, until Ctrl-C. An older archive is brought
    up to date first. A copy made by newscrawl publish is shown as it is; docs/publish.md tells how to serve one to all.
    """
    if len(archives) > 1 and warc_dir:
        raise UsageError("one folder of stored pages belongs to one archive: leave --warc-dir (NEWSCRAWL_WARC_DIR) out")
    os.environ["NEWSCRAWL_WARC_DIR"] = warc_dir
    chosen = archives or (Path(db),)
    listener = reading_room.listen(host, port)
    room = reading_room.open_room(chosen)
    address = f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}/"

    def announce() -> None:
        click.echo(f"{address} shows {', '.join(one_line(str(path)) for path in chosen)}. Ctrl-C ends it.")
        if opens and _has_browser():
            # Some browsers keep whoever opens them waiting
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    with suppress(KeyboardInterrupt):
        reading_room.serve(room, listener, announce)
    click.echo()


def _has_browser() -> bool:
    """Whether one opens in a window of its own, and not in the terminal."""
    return sys.platform == "darwin" or any(os.environ.get(name) for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"))
