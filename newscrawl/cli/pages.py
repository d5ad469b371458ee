"""`newscrawl extract`: pages without a crawl."""

from __future__ import annotations

import json
import sys
from typing import Any

import attrs
import click

from newscrawl import saved, settings
from newscrawl.errors import PageError
from newscrawl.extract import extract as extract_article
from newscrawl.network import parse_origins


@click.command()
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
