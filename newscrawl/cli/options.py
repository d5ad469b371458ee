"""Options that many commands share."""

from __future__ import annotations

from pathlib import Path

import click

from newscrawl import settings

db_option = click.option("--db", default=settings.NEWSCRAWL_DB, show_default=True, help="The archive.")
warc_option = click.option(
    "--warc-dir",
    default=settings.NEWSCRAWL_WARC_DIR,
    show_default="warc beside the archive",
    help="The folder of the stored pages.",
)


def warc_folder(db: str, warc_dir: str) -> Path:
    """The folder of WARC files that belongs to the archive `db`: `warc_dir`, or `warc` beside it."""
    return Path(warc_dir) if warc_dir else Path(db).parent / "warc"
