"""A stored page becomes a test: a fixture in web-poet's layout, which its pytest plugin runs."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs
from web_poet import HttpResponse
from web_poet.utils import get_fq_class_name

from newscrawl.archive import Snapshot
from newscrawl.errors import PageError, UsageError
from newscrawl.extract import page_class
from newscrawl.items import Article, Page
from newscrawl.pages.article import ArticlePage
from newscrawl.upkeep.files import named
from newscrawl.warc.decoding import page_of
from newscrawl.warc.reading import load

NAME = re.compile(r"[a-z]{2}-[a-z0-9]+(?:-[a-z0-9]+)*")
"""The page's language, and in a few words what is special about it."""


@attrs.frozen
class Written:
    """A fixture that was written."""

    folder: Path
    error: PageError | None
    """Why the page gives no article, where that is what the fixture expects."""


def write_fixture(warc_folder: Path, snapshot: Snapshot, root: Path, name: str) -> Written:
    """Write the stored page as `root/<class that reads it>/<name>/`: with what that class gives today, to be corrected.

    Of the headers only Content-Type is kept: cookies and the like are nobody's business, and read by no page object.

    Raises:
        UsageError: `name` is none, such a folder is there already, or it cannot be written there.
        DiskFull: there is no room.
        MissingWarc, DamagedRecord: the page cannot be read back.
    """
    if not NAME.fullmatch(name):
        raise UsageError(f"{name!r} cannot be a fixture's name: write language and what is special, like az-politics")
    page = page_of(load(warc_folder, snapshot.place, snapshot.original))
    reader = page_class(page.url)
    folder = root / get_fq_class_name(reader) / name
    if folder.exists():
        raise UsageError(f"{folder} is there already: choose another name, nothing is written over")
    response = _response(page)
    outcome = _read(reader(response))
    try:
        _save(folder, response, outcome)
    except OSError as error:
        raise named(error, folder) from error
    return Written(folder, outcome if isinstance(outcome, PageError) else None)


def _response(page: Page) -> HttpResponse:
    headers = [("Content-Type", value) for name, value in page.headers if name.lower() == "content-type"]
    return HttpResponse(page.url, page.body, status=page.status, headers=headers)


def _read(page: ArticlePage) -> Article | PageError:
    try:
        return asyncio.run(page.to_item())
    except PageError as error:
        return error


def _save(folder: Path, response: HttpResponse, outcome: Article | PageError) -> None:
    """The folder, whole or not at all. pytest passes over one whose name begins with a dot."""
    # It brings pytest along, which no other command needs to wait for
    from web_poet.testing import Fixture

    folder.parent.mkdir(parents=True, exist_ok=True)
    expected: dict[str, Any] = {"item" if isinstance(outcome, Article) else "exception": outcome}
    with TemporaryDirectory(prefix=".", dir=folder.parent) as scratch:
        saved = Fixture.save(scratch, inputs=[response], fixture_name=folder.name, **expected)
        saved.meta_path.write_text("{}", encoding="utf-8")
        for file in saved.path.rglob("*.json"):
            # An editor ends a file so; the next correction by hand then changes one line
            file.write_bytes(file.read_bytes() + b"\n")
        saved.path.rename(folder)
