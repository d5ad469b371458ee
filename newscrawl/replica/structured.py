"""JSON-LD blocks in the shapes, sound and unsound, that sites publish."""

from __future__ import annotations

import json

from newscrawl.replica import wording
from newscrawl.replica.article import Article
from newscrawl.replica.languages import PREFIX

HOST = "https://report.az"


def jsonld(article: Article, texts: tuple[str, ...], other: Article | None) -> str:
    """Return the script elements of an article page; empty if it has none.

    other: the article beside it that some pages describe too, or by mistake alone.
    """
    shape = article.kind.jsonld
    if shape == "none":
        return ""
    crumbs, news = _breadcrumbs(article), _news(article, texts)
    if shape == "jsonld-breadcrumb-only":
        return _script(_dump(crumbs))
    if shape == "jsonld-array":
        return _script(_dump([news]))
    if shape == "jsonld-graph":
        return _script(_dump({"@context": "https://schema.org", "@graph": [_organisation(), crumbs, news]}))
    if shape.startswith("jsonld-other"):
        return _with_other(article, other, _script(_dump(news)))
    return _script(_damaged(_dump(news), shape)) + _script(_dump(crumbs))


def _with_other(article: Article, other: Article | None, own: str) -> str:
    """Return the description of another article, before, after or instead of the own one."""
    beside = _script(_dump(_news(other, (other.copy.lead,)) | _time_and_desk(other))) if other else ""
    if article.kind.jsonld == "jsonld-other-instead":
        return beside
    return beside + own if article.number % 2 else own + beside


def _time_and_desk(article: Article) -> dict[str, object]:
    return {
        "datePublished": article.stories.clock.local(article.number).isoformat(),
        "author": {"@type": "Person", "name": article.desk},
    }


def _news(article: Article, texts: tuple[str, ...]) -> dict[str, object]:
    shape, suffix = (
        article.kind.jsonld,
        " | Report.az" if article.kind.jsonld == "jsonld-suffixed-headline" else "",
    )
    news: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.headline + suffix,
        "url": HOST + article.path,
        "mainEntityOfPage": {"@type": "WebPage", "@id": HOST + article.path},
    }
    if article.kind.jsonld_time:
        news["datePublished"] = article.stories.clock.local(article.number).isoformat()
    if article.summary:
        news["description"] = article.summary
    if shape == "jsonld-short-body" and texts:
        news["articleBody"] = texts[0][:90] + "..."
    elif article.number % 2 and not article.kind.why:
        news["articleBody"] = " ".join(texts)
    if article.author:
        news["author"] = {"@type": "Person", "name": article.author}
    if article.image:
        news["image"] = {"@type": "ImageObject", "url": article.image, "width": 850, "height": 480}
    return news | {"publisher": _organisation()}


def _organisation() -> dict[str, object]:
    logo = {"@type": "ImageObject", "url": f"{HOST}/assets/images/logo.png"}
    return {"@type": "Organization", "name": "Report News Agency", "url": HOST, "logo": logo}


def _breadcrumbs(article: Article) -> dict[str, object]:
    section = article.section
    places = (
        (section.name, f"{HOST}{PREFIX[article.language]}/{section.slug}"),
        (article.headline, HOST + article.path),
    )
    elements = [
        {"@type": "ListItem", "position": i, "name": name, "item": url} for i, (name, url) in enumerate(places, 1)
    ]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": elements}


def _damaged(text: str, shape: str) -> str:
    """Break the JSON in the way the shape says."""
    if shape == "jsonld-trailing-comma":
        return text[:-1] + ",}"
    if shape == "jsonld-raw-newline":
        return text.replace('"headline":"', '"headline":"\n    ', 1).replace(". ", ".\n", 1)
    if shape == "jsonld-comment":
        return f"<!--\n{text}\n//-->"
    if shape == "jsonld-lone-surrogate":
        # The first half of an emoji whose second half was cut off
        for key in ("headline", "description", "articleBody"):
            text = text.replace(f'"{key}":"', f'"{key}":"\\ud83d ', 1)
    return text


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")


def _script(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>\n'


def machine_time(article: Article, form: str) -> str:
    """Return the time as `article:published_time` has it on a site of this form."""
    local = article.stories.clock.local(article.number)
    if form == "naive":
        return local.strftime("%Y-%m-%d %H:%M:%S")
    if form == "utc":
        return article.stories.clock.utc_text(article.number)
    return local.strftime("%Y-%m-%dT%H:%M:%S%z") if form == "compact" else local.isoformat()


def locale(language: str) -> str:
    """Return the value of og:locale."""
    return wording.LOCALES[language]
