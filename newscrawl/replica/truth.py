"""What a perfect reader would find on an article page."""

from __future__ import annotations

import re
from typing import Any

from newscrawl.replica.article import Article
from newscrawl.replica.body import Body
from newscrawl.replica.structured import HOST

_SPACES = re.compile(r"[ \t\xa0]+")
_BESIDE_THE_TEXT = ("headline", "summary", "section", "section_slug", "published_at", "published_text", "image_url")
_AFTER_THE_TEXT = ("short_url", "site_article_id")
_LISTS = ("tags", "alternates", "authors")


def record(article: Article, body: Body) -> dict[str, Any]:
    """Return the truth about one page; what the page does not show is None or empty."""
    why = article.kind.why
    found: dict[str, Any] = {
        "url": HOST + article.path,
        "language": article.language,
        "outcome": "failure" if why else "article",
        "why": why,
        "kind": article.kind.name,
        "body": None if why else "\n\n".join(_clean(text) for text in body.texts),
    }
    found |= dict.fromkeys(_BESIDE_THE_TEXT + _AFTER_THE_TEXT) | {name: [] for name in _LISTS}
    if why != "soft-404":
        found |= _header(article)
    if why not in ("soft-404", "cut-off"):
        found |= _end(article)
    return found


def _header(article: Article) -> dict[str, Any]:
    """Return what stands in the head and before the text."""
    return {
        "headline": article.headline,
        "summary": article.summary,
        "section": article.section.name,
        "section_slug": article.section.slug,
        "published_at": article.published_at,
        "published_text": f"{article.day_text} {article.time_text}",
        "image_url": article.image,
        "authors": [article.author] if article.author else [],
    }


def _end(article: Article) -> dict[str, Any]:
    """Return what stands after the text."""
    return {
        "tags": list(article.tags),
        "alternates": [
            {"language": language, "url": HOST + path, "headline": headline}
            for language, path, headline in article.alternates
        ],
        "short_url": f"{HOST}/{article.short_id}" if article.short_id else None,
        "site_article_id": str(article.short_id) if article.short_id else None,
    }


def _clean(text: str) -> str:
    """Collapse white space within lines and drop soft hyphens."""
    lines = (_SPACES.sub(" ", line).strip() for line in text.replace("\xad", "").split("\n"))
    return "\n".join(line for line in lines if line)
