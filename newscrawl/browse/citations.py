"""An article as a source: BibTeX (of biblatex), CSL-JSON, and the permanent links that both name."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

import attrs
from datasette.utils.asgi import Request, Response

from newscrawl.browse import permalinks
from newscrawl.browse.opening import Opened, open_article
from newscrawl.browse.shelf import Shelf, shelf_of
from newscrawl.text import squeeze

if TYPE_CHECKING:
    from datasette.app import Datasette

# Names of babel; a language that is not among them is left out
_LANGUAGES = {"az": "azerbaijani", "en": "english", "ru": "russian", "tr": "turkish"}
_TEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", **{sign: f"\\{sign}" for sign in "#$%&_"},
}  # fmt: skip
_IN_TEXT = str.maketrans({"%": r"\%", "#": r"\#"})
_OF_ADDRESSES = "".join(map(chr, range(33, 127)))
_TYPES = {"bib": "application/x-bibtex; charset=utf-8", "json": "application/vnd.citationstyles.csl+json"}


@attrs.frozen(kw_only=True)
class Citation:
    """How to cite one state of an article."""

    key: str
    """The same for every archive that has it: `report-20260317-metro`."""
    title: str
    authors: tuple[str, ...]
    """As the page names them: of a name alone nobody knows whether it is a person's."""
    publication: str
    """`report.az`."""
    language: str
    published: dt.date | None
    """At the site."""
    seen: dt.date
    """When the archive saw it so first."""
    url: str
    archive: str
    """What the archive is called."""
    permalink: str
    """To this state."""
    latest: str
    """To the article, as it reads whenever somebody follows the link."""

    @property
    def bibtex(self) -> str:
        """An entry `@online`."""
        fields = {
            "title": f"{{{tex(self.title)}}}",
            "author": " and ".join(f"{{{tex(author)}}}" for author in self.authors),
            "organization": f"{{{tex(self.publication)}}}",
            "date": self.published.isoformat() if self.published else "",
            "url": _address(self.url),
            "urldate": self.seen.isoformat(),
            # Unlike `url` this field is text to BibTeX
            "note": f"Archived: \\url{{{_address(self.permalink).translate(_IN_TEXT)}}}",
            "langid": _LANGUAGES.get(self.language, ""),
        }
        lines = (f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
        return f"@online{{{self.key},\n{''.join(lines)}}}\n"

    @property
    def csl(self) -> str:
        """A list of one item, as https://github.com/citation-style-language/schema has it."""
        item: dict[str, Any] = {
            "id": self.key,
            "type": "article-newspaper",
            "title": self.title,
            "author": [{"literal": author} for author in self.authors],
            "container-title": self.publication,
            "issued": _date(self.published) if self.published else None,
            "accessed": _date(self.seen),
            "URL": self.url,
            "archive": self.archive,
            "archive_location": self.permalink,
            "language": self.language,
        }
        return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2)


def citation(shelf: Shelf, request: Request, opened: Opened) -> Citation:
    """How to cite the state of an article that is shown."""
    entry, state = opened.entry, opened.state
    published = opened.at(state.published_at).local.date() if state.published_at else None
    seen = opened.at(state.seen_at).local.date()
    return Citation(
        key=_key(entry.site, published or seen, entry.url), title=squeeze(state.headline),
        authors=tuple(map(squeeze, entry.authors)), publication=entry.domain, language=entry.language,
        published=published, seen=seen, url=entry.url, archive=shelf.title,
        permalink=permalinks.link(shelf, request, opened, state),
        latest=permalinks.link(shelf, request, opened),
    )  # fmt: skip


async def cite(datasette: Datasette, request: Request) -> Response:
    """The citation as a file."""
    shelf = await shelf_of(datasette, request)
    opened = await open_article(shelf, request.url_vars["id"], request.args.get("revision"))
    found = citation(shelf, request, opened)
    kind = request.url_vars["kind"]
    return Response(
        found.bibtex if kind == "bib" else found.csl,
        headers={"Content-Disposition": f'attachment; filename="{found.key}.{kind}"'},
        content_type=_TYPES[kind],
    )


def tex(text: str) -> str:
    """`text` as LaTeX prints it, with as many braces opened as closed: BibTeX counts also those after a backslash."""
    return "".join(_TEX.get(ch, ch) for ch in text)


def _address(url: str) -> str:
    """An address in a field: nothing in it ends the field, or begins a comment."""
    return quote(url, safe=_OF_ADDRESSES.translate({ord(ch): None for ch in '\\{}"<>^`|'}))


def _key(site: str, day: dt.date, url: str) -> str:
    slug = [part for part in urlsplit(url).path.split("/") if part][-1:]
    words = re.findall(r"[a-z0-9]+", f"{site} {day:%Y%m%d} {slug[0] if slug else ''}".lower())
    return "-".join(words)[:60].rstrip("-")


def _date(day: dt.date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[day.year, day.month, day.day]]}
