"""Every page that datasette shows of an archive, as far as they can be listed, with something to ask for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

import attrs
import httpx

from benchmarks.browsing.choices import Choices
from newscrawl.browse import spans
from newscrawl.browse.charts import CHARTS
from newscrawl.browse.routes import ROUTES

Path = Callable[[Choices], str]
"""An address below the database, with its query."""


@attrs.frozen
class Page:
    """A page, or a use of it."""

    name: str
    path: Path


def query(path: str, **values: str | int) -> str:
    """An address with its query."""
    return f"{path}?{urlencode(values)}"


_OWN: Mapping[str, Path] = {
    "front page": lambda c: "-/news",
    "front page, a day": lambda c: query("-/news", until=c.day()),
    "front page, a language and day": lambda c: query("-/news", language=c.language(), until=c.day()),
    "front page, a section": lambda c: query("-/news", **dict(zip(("section", "language"), c.section(), strict=True))),
    "front page, a site and day": lambda c: query("-/news", site="report", until=c.day()),
    "search, nothing typed": lambda c: "-/search",
    "search, common": lambda c: query("-/search", q=c.common()),
    "search, common, newest": lambda c: query("-/search", q=c.common(), sort="newest"),
    "search, common, page 50": lambda c: query("-/search", q=c.common(), page=50),
    "search, two common words": lambda c: query("-/search", q=f"{c.common()} {c.common()}"),
    "search, common, a language": lambda c: query("-/search", q=c.common(), language=c.language()),
    "search, common, a section": lambda c: query("-/search", q=c.common(), section=c.section()[0]),
    "search, common, a tag": lambda c: query("-/search", q=c.common(), tag=c.tag()),
    "search, common, a day": lambda c: query("-/search", q=c.common(), **dict.fromkeys(("since", "until"), c.day())),
    "search, common, all filters": lambda c: query("-/search", q=c.common(), language="az", section=c.section()[0],
        tag=c.tag(), since="2020-01-01", until="2030-01-01", site="report"),
    "search, two letters": lambda c: query("-/search", q=c.common()[:2]),
    "search, three letters": lambda c: query("-/search", q=c.common()[:3]),
    "search, a headline": lambda c: query("-/search", q=c.rare()),
    "search, a phrase": lambda c: query("-/search", q=f'"{c.rare()}"'),
    "search, a slip": lambda c: query("-/search", q=c.slip()),
    "search, a common and a slip": lambda c: query("-/search", q=f"{c.common()} {c.slip()}"),
    "search, nothing found": lambda c: query("-/search", q=c.nowhere()),
    "search, nothing found with filters": lambda c: query("-/search", q=c.slip(), language="en", tag=c.tag(),
        since=c.day()),
    "search description": lambda c: "-/opensearch.xml",
    "article": lambda c: f"articles/{c.article()}",
    "article, edited": lambda c: f"articles/{c.edited()}",
    "article, first state": lambda c: query(f"articles/{c.edited()}", revision=1),
    "article as JSON": lambda c: f"articles/{c.article()}.json",
    "changes": lambda c: query(f"-/diff/{c.edited()}", **{"from": 1, "to": 2}),
    "changes, the last": lambda c: f"-/diff/{c.edited()}",
    "pages of an article": lambda c: f"-/pages/{c.edited()}",
    "citation, BibTeX": lambda c: f"-/cite/{c.article()}.bib",
    "citation, CSL-JSON": lambda c: f"-/cite/{c.edited()}.json",
    "permanent link": lambda c: f"-/article/{c.url()}",
    "permanent link, a time": lambda c: f"-/article/{c.stamp()}",
    "feeds": lambda c: "-/feeds",
    "charts": lambda c: "-/charts",
    "database": lambda c: "",
}  # fmt: skip
"""By name. The raw pages are no part of this archive: `-/page/` is not asked."""

_TABLES: Mapping[str, Path] = {
    "table articles, common words": lambda c: query("articles", _search=c.common()),
    "table articles, a headline": lambda c: query("articles", _search=c.rare()),
    "table articles, a day": lambda c: query("articles", published_day=c.day()),
    "table articles, a language": lambda c: query("articles", language=c.language()),
    "table articles, a section": lambda c: query("articles", section_slug=c.section()[0]),
    "table articles, a site": lambda c: query("articles", site="report"),
    "table articles, gone ones": lambda c: query("articles", gone_at__notnull=1),
    "table articles, an author's": lambda c: query("article_authors", author_id=c.row("authors")),
    "table articles, a story": lambda c: query("articles", story_id=c.row("stories")),
    "table articles, facets": lambda c: f"articles?{urlencode([('_facet', 'language'), ('_facet', 'section')])}",
    "table articles as CSV": lambda c: query("articles.csv", _size=100),
    "table article_tags, a tag": lambda c: query("article_tags", tag_id=c.row("tags")),
    "table revisions, an article": lambda c: query("revisions", article_id=c.edited()),
    "table provenance, an article": lambda c: query("provenance", article_id=c.article()),
    "table alternates, an article": lambda c: query("alternates", article_id=c.article()),
    "table images, an article": lambda c: query("images", article_id=c.article()),
    "table urls, an address": lambda c: f"urls?url={c.url()}",
    "table snapshots, an address": lambda c: f"snapshots?url={c.url()}",
    "table failures, an error": lambda c: query("failures", error="TruncatedPage"),
    "table edits, an article": lambda c: query("edits", article_id=c.edited()),
    "row of runs": lambda c: f"runs/{c.row('runs')}",
    "row of tags": lambda c: f"tags/{c.row('tags')}",
    "row of authors": lambda c: f"authors/{c.row('authors')}",
    "row of stories": lambda c: f"stories/{c.row('stories')}",
    "row of sites": lambda c: "sites/report",
    "row of failures": lambda c: f"failures/{c.row('failures')}",
    "row of snapshot_rows": lambda c: f"snapshot_rows/{c.row('snapshot_rows')}",
    "row of source_sets": lambda c: f"source_sets/{c.row('source_sets')}",
}

_PARAMETERS: Mapping[str, Callable[[Choices], str]] = {
    "tag": Choices.tag, "author": Choices.author, "language": Choices.language, "since": Choices.day,
    "until": Choices.day, "day": Choices.day, "site": lambda c: "report", "section": lambda c: c.section()[0],
    "missing_in": Choices.language, "fate": lambda c: "gone", "error": lambda c: "TruncatedPage",
}  # fmt: skip
"""Values for the parameters of canned queries."""
_LATE = re.compile(r"took too long|timed out|interrupted|too many to look at")
_SUBJECTS = ("tag", "section", "author", "language")
"""Those for which there are feeds of their own."""


def pages(client: httpx.Client, db: str) -> list[Page]:
    """The pages of the database `db` that a datasette serves."""
    told = client.get(f"/{db}.json").raise_for_status().json()
    found = [Page(name, path) for name, path in {**_OWN, **_TABLES}.items()]
    found += _charts()
    found += [page for each in told["queries"] for page in _canned(each)]
    for relation in [table["name"] for table in told["tables"] if not table["hidden"]] + _names(told["views"]):
        found.append(_fixed(f"table {relation}", quote(relation)))
    return found


def _charts() -> Iterator[Page]:
    """The page of charts over each span of time, of all languages and of one; the numbers of each chart."""
    for span in spans.NAMES:
        yield _fixed(f"charts, {span}", query("-/charts", span=span))
        yield Page(f"charts, {span}, a language", partial(_charts_of_language, span))
        yield from (_fixed(f"chart {name}, {span}", query(f"-/charts/{name}.json", span=span)) for name in CHARTS)


def _charts_of_language(span: str, choices: Choices) -> str:
    return query("-/charts", span=span, language=choices.language())


def _fixed(name: str, path: str) -> Page:
    return Page(name, lambda c: path)


def _names(relations: list[Any]) -> list[str]:
    return [each["name"] for each in relations]


def _canned(told: Mapping[str, Any]) -> Iterator[Page]:
    """A canned query without and with each of its parameters; its feed."""
    name, params = told["name"], told["params"]
    yield Page(f"query {name}", lambda c: name)
    yield from (_with(f"query {name}", name, [param]) for param in params)
    if len(params) > 1:
        yield _with(f"query {name}", name, params)
    if told.get("feed"):
        yield Page(f"feed {name}", lambda c: f"{name}.atom")
        yield from (_with(f"feed {name}", f"{name}.atom", [param]) for param in params if param in _SUBJECTS)


def _with(kind: str, path: str, params: list[str]) -> Page:
    name = f"{kind}, {', '.join(params)}"
    return Page(name, lambda c: query(path, **{each: _PARAMETERS[each](c) for each in params}))


def unasked(asked: list[Page], choices: Choices) -> list[str]:
    """The patterns of routes of the plugin that none of these pages has, but for raw pages, which there are none of."""
    paths = ["/", *(f"/{choices.db}/{page.path(choices)}".partition("?")[0] for page in asked)]
    patterns = (pattern for pattern, _ in ROUTES if "/-/page/" not in pattern)
    return [pattern for pattern in patterns if not any(re.match(pattern, path) for path in paths)]


def complaint(response: httpx.Response) -> str | None:
    """What is wrong with an answer; None if nothing is. A permanent link leads on (302)."""
    if response.status_code not in (200, 302):
        return f"status {response.status_code}"
    late = _LATE.search(response.text)
    return late[0] if late else None
