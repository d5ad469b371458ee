"""The saved pages in `fixtures/`: that each is run, and that together they show what news pages come with.

web-poet's pytest plugin compares every page with its `output.json`; here the collection itself is tested.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import attrs
import lxml.html
import pytest
from web_poet.serialization import load_class
from web_poet.testing import Fixture

from newscrawl import errors
from newscrawl.items import Article, Listing
from newscrawl.pages.article import ArticlePage

ROOT = Path(__file__).parents[1] / "fixtures"
_BODY = "//*[contains(@class, 'news-detail__desc') or contains(@class, 'editor-body')]"
_ARTICLE = "//*[@class='news-detail']"
_SIDEBARS = (
    "//aside | //*[@class='col-lg-3 feed' or @class='news-column' or @class='amp-latest' or @class='c2' or @id='more'"
    " or @class='related-articles' or @class='comments' or contains(@class, 'lg:w-1/4')]"
)
_NAMES_NETWORK = re.compile(r"(?:Telegram|Facebook)")
_SHARE_LINE = re.compile(r"Follow us|Share this news|Telegram-da izləyin|kanalımıza qoşulun|Paylaş:|teilen")


class Saved:
    """A saved page and what is expected of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.page = folder.parent.name
        self.language = folder.name[:2]
        self.raw = (folder / "inputs" / "HttpResponse-body.html").read_bytes()
        self.html = self.raw.decode("utf-8", "replace")
        self.info = json.loads((folder / "inputs" / "HttpResponse-info.json").read_bytes())
        expected = folder / "output.json"
        self.output: dict[str, Any] = json.loads(expected.read_bytes()) if expected.exists() else {}

    @property
    def is_article(self) -> bool:
        return issubclass(load_class(self.page), ArticlePage)

    @cached_property
    def root(self) -> Any:
        return lxml.html.document_fromstring(self.raw, parser=lxml.html.HTMLParser(encoding="utf-8"))

    @cached_property
    def body(self) -> str:
        """The markup of the element that holds the body, on the known site."""
        return "".join(lxml.html.tostring(node, encoding="unicode") for node in self.root.xpath(_BODY)[:1])

    @property
    def text(self) -> str:
        return str(self.output.get("body", ""))

    @property
    def json_ld(self) -> list[str]:
        return [str(node.text) for node in self.root.xpath("//script[@type='application/ld+json']")]

    def links(self, inside: str) -> list[str]:
        return [str(href) for href in self.root.xpath(f"{inside}//a/@href")]

    def raises(self, error: type[Exception]) -> bool:
        path = self.folder / "exception.json"
        return path.exists() and load_class(json.loads(path.read_bytes())["import_path"]) is error

    def alternates_are(self, inside: str) -> bool:
        """Whether every alternate is printed in `inside`."""
        paths = [alternate["url"].removeprefix("https://report.az") for alternate in self.output.get("alternates", ())]
        shown = [href.removeprefix("https://report.az").rstrip("/") for href in self.links(inside)]
        return bool(paths) and all(path in shown for path in paths)


PAGES = [Saved(folder) for folder in sorted(ROOT.glob("*.*/*")) if (folder / "inputs").is_dir()]
ARTICLES = [page for page in PAGES if page.is_article]


def _is_json(block: str) -> bool:
    try:
        json.loads(block)
    except ValueError:
        return False
    return True


def _from_visible_date(page: Saved, printed: str) -> bool:
    return page.output.get("sources", {}).get("published_at") == "css" and printed in page.output["published_text"]


def _in_body(pattern: str) -> Callable[[Saved], bool]:
    return lambda page: bool(page.output) and re.search(pattern, page.body, re.I | re.S) is not None


def _is_sentence_beside_share_line(page: Saved) -> bool:
    sentences = [line for line in page.text.split("\n\n") if _NAMES_NETWORK.search(line) and line.endswith(".")]
    return bool(sentences) and _SHARE_LINE.search(page.body) is not None


def _has_promo_in_another_language(page: Saved) -> bool:
    own = {alternate["url"].removeprefix("https://report.az") for alternate in page.output.get("alternates", ())}
    shown = {href for href in page.links("//aside") if re.match(r"/(?:en|az)/\S+/\S+", href)}
    return page.language == "ru" and bool(shown - own)


KINDS: dict[str, Callable[[Saved], bool]] = {
    "the seed page": lambda p: p.folder.name == "en-seed",
    "JSON-LD object": lambda p: any(b.lstrip()[0] == "{" and "@graph" not in b for b in p.json_ld),
    "JSON-LD array": lambda p: any(b.lstrip()[0] == "[" for b in p.json_ld),
    "JSON-LD @graph": lambda p: any("@graph" in b for b in p.json_ld),
    "JSON-LD missing": lambda p: bool(p.output) and not p.json_ld,
    "JSON-LD malformed": lambda p: not all(map(_is_json, p.json_ld)),
    "March in Azerbaijani, lower case": lambda p: _from_visible_date(p, "mart") and p.language == "az",
    "March in Azerbaijani, upper case": lambda p: _from_visible_date(p, "MART") and p.language == "az",
    "a printed Russian date": lambda p: _from_visible_date(p, "ноября"),
    "half past midnight in Baku": lambda p: "T00:30:00+04:00" in str(p.output.get("published_at")),
    "updated": lambda p: str(p.output.get("headline")).endswith(" - UPDATED-2"),
    "tags inside the body": _in_body("class=.tags"),
    "no tags": lambda p: "ReportArticlePage" in p.page and bool(p.output) and not p.output["tags"],
    "many tags": lambda p: len(p.output.get("tags", ())) > 9,
    "tweet": _in_body("twitter-tweet"),
    "iframe": _in_body("<iframe"),
    "script": _in_body("<script>"),
    "Telegram embed": _in_body("data-telegram-post"),
    "read also": _in_body("Читайте также"),
    "caption": _in_body("<figcaption>"),
    "list": _in_body("<ul>.*<ol>"),
    "subheading": _in_body("<h2>.*<h3>"),
    "text without p": lambda p: "<br>" in p.body and "<p" not in p.body,
    "entities": lambda p: bool(p.body) and "&laquo;" in p.html and "&#x0451;" in p.html and "&amp;" in p.html,
    "soft hyphens": lambda p: "&shy;" in p.html and "\u00ad" in p.html and "\u00ad" not in p.text,
    "no-break spaces": lambda p: "&nbsp;" in p.html and "\u00a0" in p.html and "\u00a0" not in p.text,
    "a sentence that names a network, beside a share line": _is_sentence_beside_share_line,
    "no charset": lambda p: "charset" not in p.html.lower() and "charset" not in str(p.info["headers"]).lower(),
    "photos only": lambda p: p.raises(errors.MissingField),
    "soft 404": lambda p: p.raises(errors.UnknownLayout) and p.info["status"] == 200,
    "cut off in the middle": lambda p: p.raises(errors.TruncatedPage) and "</body>" not in p.html,
    "no time": lambda p: bool(p.output) and not p.output["published_at"] and not p.output["published_text"],
    "an impossible date": lambda p: bool(p.output.get("published_text")) and not p.output["published_at"],
    "legacy, Azerbaijani": lambda p: "Legacy" in str(p.output.get("parser")) and p.language == "az",
    "legacy, Russian": lambda p: "Legacy" in str(p.output.get("parser")) and p.language == "ru",
    "AMP": lambda p: "/amp/" in p.info["url"] and "/amp/" not in p.output["url"],
    "short link without scheme": lambda p: 'data-url="report.az/' in p.html,
    "text mangled as Latin-1": lambda p: bool(p.output) and "É\u0099" in p.html and "ə" in p.output["body"],
    "hreflang only": lambda p: "hreflang" in p.html and bool(p.output["alternates"]) and not p.alternates_are("//body"),
    "a switch that prints codes": lambda p: p.alternates_are("//header"),
    "alternates outside the article": lambda p: p.alternates_are("//main") and not p.alternates_are(_ARTICLE),
    "a promo in another language beside the article": _has_promo_in_another_language,
    "a Russian article linked in a paragraph": lambda p: (
        p.language == "az" and any("/ru/" in href for href in p.links(_BODY)) and not p.output["alternates"]
    ),
    "a frame that misleads": lambda p: "topics tags" in p.html and "WUF13" not in p.output["tags"],
    "an embed longer than the text": lambda p: "twitter-tweet" in p.body and len(p.body) > 4 * len(p.text) > 0,
    "another site, JSON-LD": lambda p: p.page.endswith(".ArticlePage") and bool(p.json_ld),
    "another site, OpenGraph": lambda p: p.page.endswith(".ArticlePage") and not p.json_ld and "og:type" in p.html,
    "another site, plain HTML": lambda p: p.page.endswith(".ArticlePage") and not re.search("ld.json|og:|item", p.html),
    "another site, microdata": lambda p: p.page.endswith(".ArticlePage") and "itemprop" in p.html,
    "another site, bylines": lambda p: p.page.endswith(".ArticlePage") and len(p.output["authors"]) > 1,
}
LISTINGS: dict[str, Callable[[Saved], bool]] = {
    "pinned old card": lambda p: "pinned" in p.html and p.output["links"][0]["published_at"] < p.output["oldest"],
    "card without href": lambda p: p.output.get("rejected") == {"no href": 1},
    "foreign host": lambda p: "Report" in p.page and any("report.az" not in x["url"] for x in p.output["links"]),
    "batch": lambda p: "oldest=1" in p.info["url"] and bool(p.output["links"]),
    "empty batch": lambda p: "oldest=1" in p.info["url"] and not p.output["links"],
    "legacy cards": lambda p: "infinity-item" in p.html,
    "news sitemap": lambda p: "<news:publication_date>" in p.html,
    "sitemap index": lambda p: bool(p.output.get("more")),
    "RSS with CDATA": lambda p: "<rss" in p.html and "CDATA" in p.html,
    "Atom": lambda p: "http://www.w3.org/2005/Atom" in p.html and "<rss" not in p.html,
    "no sitemap": lambda p: p.page.endswith("SitemapPage") and p.raises(errors.ListingError),
    "no feed": lambda p: p.page.endswith("FeedPage") and p.raises(errors.ListingError),
}


def _name(page: Saved) -> str:
    return f"{page.page.rsplit('.', 1)[1]}/{page.folder.name}"


def test_enough_articles_in_each_language() -> None:
    languages = [page.language for page in ARTICLES]
    assert len(ARTICLES) >= 24
    assert min(languages.count(language) for language in ("az", "ru", "en")) >= 8


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_article(kind: str) -> None:
    assert [page for page in ARTICLES if KINDS[kind](page)]


@pytest.mark.parametrize("kind", LISTINGS)
def test_every_kind_of_listing(kind: str) -> None:
    assert [page for page in PAGES if not page.is_article and LISTINGS[kind](page)]


def test_no_folder_is_passed_over() -> None:
    """The plugin takes a folder without inputs or expectation for none of its own, and says nothing."""
    folders = [folder for folder in ROOT.glob("*/*") if folder.is_dir() and folder.parent.name != "__pycache__"]
    assert [page.folder for page in PAGES] == sorted(folders)


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_the_plugin_runs_it(page: Saved) -> None:
    fixture = Fixture(page.folder)
    assert fixture.is_valid()
    assert fixture.output_path.exists() != fixture.exception_path.exists()
    assert re.fullmatch("[a-z]{2}-[a-z0-9-]+", page.folder.name)
    if page.output:
        item = Article if page.is_article else Listing
        assert set(page.output) == {field.name for field in attrs.fields(item)}
    else:
        assert isinstance(fixture.get_expected_exception(), errors.PageError)


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_its_json_is_written_in_the_house_form(page: Saved) -> None:
    for path in page.folder.rglob("*.json"):
        text = path.read_text(encoding="utf-8")
        assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("page", [page for page in ARTICLES if page.output], ids=_name)
def test_nothing_of_the_sidebar_is_in_the_body(page: Saved) -> None:
    texts = [" ".join(node.text_content().split()) for node in page.root.xpath(f"({_SIDEBARS})//a")]
    others = [text for text in texts if text not in ("", page.output["headline"])]
    assert others or page.page.endswith(".ArticlePage")
    assert not [text for text in others if text in page.text]


@pytest.mark.parametrize("page", [page for page in ARTICLES if page.output], ids=_name)
def test_every_filled_field_has_its_source(page: Saved) -> None:
    told = {"site", "aliases", "flags", "parser", "sources", "fetched_at", "snapshot"}
    assert set(page.output["sources"]) == {name for name, value in page.output.items() if value} - told
