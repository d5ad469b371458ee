"""What stands in the cells of tables and lists: links to our pages, times as such, long texts cut short."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

import attrs
from markupsafe import Markup

from newscrawl.browse.safety import web_link
from newscrawl.browse.shelf import Shelf

LONGEST = 160
"""Characters of a text in a cell."""
_CUT = ("articles", "revisions")
"""Tables whose pages list texts that are too long for a cell."""
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)T(\d\d:\d\d):\d\dZ")
_LINK = Markup('<a href="{}">{}</a>')
_OUTSIDE = Markup('<a href="{}" rel="noopener noreferrer nofollow">{}</a>')
_SAID = Markup('<span lang="{}" dir="auto">{}</span>')
_TIME = Markup('<time datetime="{}" title="{} UTC">{} {}</time>')
_EDIT = {"article_id", "revision", "edited_at", "changed"}
"""What the row of an edit tells in a list. In the answer to a reader's own question `silent` may be anything."""
# Which column names the article, and its language, that a headline belongs to
_HEADLINES = {
    "headline": (("article_id", "id"), "language"),
    "former_headline": ((), "language"),
    "first_headline": (("first_id",), "first_language"),
    "original_headline": (("original_id",), "language"),
}


@attrs.frozen
class Cell:
    """A value of a row that a table or list shows."""

    shelf: Shelf
    table: str | None
    """None in a list, and where a reader wrote the SQL."""
    column: str
    value: Any
    row: Mapping[str, Any]

    def beside(self, column: str) -> Any:
        """The value of another column of the row; None where there is none."""
        return self.row[column] if column in self.row.keys() else None  # noqa: SIM118

    def said(self, text: str, language_column: str = "language") -> str:
        """Text of a publisher, in its language where the row tells it."""
        language = self.beside(language_column)
        return _SAID.format(language, text) if isinstance(language, str) and language else text

    def listing(self, name: str, **asked: str) -> str:
        """The address of a list."""
        return self.shelf.url(f"{name}?{urlencode(asked)}")


def rendered(cell: Cell) -> str | None:
    """What the cell shows, escaped unless it is Markup; None leaves it to datasette."""
    if cell.value is None or cell.value == "":
        return None
    show = _SHOWN.get(cell.column)
    if show is not None:
        return show(cell)
    if cell.column.endswith("_at") and isinstance(cell.value, str):
        return _time(cell)
    return None


def _time(cell: Cell) -> str | None:
    found = _MOMENT.fullmatch(cell.value)
    return _TIME.format(cell.value, cell.value[:19].replace("T", " "), *found.groups()) if found else None


def _headline(cell: Cell) -> str | None:
    if not isinstance(cell.value, str):
        return None
    names, language = _HEADLINES[cell.column]
    # Beside the address of an article only `article_id` is sure to be its number, unless the table is known
    ids = (cell.beside(name) for name in names if name != "id" or cell.table == "articles")
    article = next((each for each in ids if isinstance(each, int)), None)
    text = cell.said(_short(cell.value), language)
    return _LINK.format(cell.shelf.url(f"articles/{article}"), text) if article is not None else text


def _article(cell: Cell) -> str | None:
    if isinstance(cell.value, int):
        return _LINK.format(cell.shelf.url(f"articles/{cell.value}"), cell.value)
    return None


def _address(cell: Cell) -> str | None:
    if not isinstance(cell.value, str):
        return None
    text = _short(cell.value)
    return _OUTSIDE.format(cell.value, text) if web_link(cell.value) else text


def _name(query: str, param: str) -> Callable[[Cell], str | None]:
    """A tag or an author leads to the articles that have it, as a name or as the label of a number."""

    def show(cell: Cell) -> str | None:
        text = cell.value.get("label") if isinstance(cell.value, dict) else cell.value
        if not isinstance(text, str):
            return None
        return _LINK.format(cell.listing(query, **{param: text}), cell.said(_short(text)))

    return show


def _section(cell: Cell) -> str | None:
    if cell.table not in (None, "articles") or not isinstance(cell.value, str):
        return None
    slug, language = cell.beside("section_slug"), cell.beside("language")
    asked = {"section": slug or cell.value} | ({"language": language} if isinstance(language, str) else {})
    return _LINK.format(cell.listing("in_section", **asked), cell.said(_short(cell.value)))


def _text(cell: Cell) -> str | None:
    if cell.table not in _CUT or not isinstance(cell.value, str):
        return None
    return cell.said(_short(cell.value))


def _changed(cell: Cell) -> str | None:
    article, revision = cell.beside("article_id"), cell.beside("revision")
    if not isinstance(article, int) or not isinstance(revision, int) or revision < 2:
        return None
    asked = urlencode({"from": revision - 1, "to": revision})
    return _LINK.format(cell.shelf.url(f"-/diff/{article}?{asked}"), cell.value)


def _stored_page(cell: Cell) -> str | None:
    number = cell.value.get("value") if isinstance(cell.value, dict) else cell.value
    if not isinstance(number, int) or not cell.shelf.has("snapshots"):
        return None
    return _LINK.format(cell.shelf.url(f"-/page/{number}"), number)


def _silent(cell: Cell) -> str | None:
    is_edit = cell.table == "edits" or (cell.table is None and set(cell.row.keys()) >= _EDIT)
    return ("silent" if cell.value else "no") if is_edit and cell.value in (0, 1) else None


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST].rstrip() + "…"


_SHOWN: dict[str, Callable[[Cell], str | None]] = (
    dict.fromkeys(_HEADLINES, _headline)
    | dict.fromkeys(("article_id", "first_id", "original_id"), _article)
    | dict.fromkeys(("url", "moved_to", "image_url", "short_url"), _address)
    | dict.fromkeys(("body", "summary"), _text)
    | dict.fromkeys(("tag", "tag_id"), _name("tagged", "tag"))
    | dict.fromkeys(("author", "author_id"), _name("by_author", "author"))
    | {"section": _section, "changed": _changed, "silent": _silent, "snapshot_id": _stored_page}
)
