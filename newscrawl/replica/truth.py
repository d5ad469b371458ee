"""What a perfect reader would find on an article page."""

from __future__ import annotations

import re

from newscrawl.replica.body import lay_out
from newscrawl.replica.site import Replica, absolute

_SPACES = re.compile(r"[ \t\xa0]+")


def record(replica: Replica, number: int, language: str) -> dict[str, object]:
    """Return the truth about one page; fields that the page does not show are None or empty."""
    article = replica.article(number, language)
    why = article.kind.why
    common = {
        "url": absolute(article.path),
        "language": language,
        "outcome": "failure" if why else "article",
        "why": why,
        "kind": article.kind.name,
    }
    if why == "soft-404":
        return {**common, **dict.fromkeys(_FIELDS), "tags": [], "alternates": [], "authors": []}
    shows_end = why != "cut-off"
    body = lay_out(article, replica.related(number, language), "")
    return {
        **common,
        "headline": article.headline,
        "summary": article.summary,
        "body": None if why else "\n\n".join(_clean(text) for text in body.texts),
        "section": article.section.name,
        "section_slug": article.section.slug,
        "published_at": article.published_at,
        "published_text": f"{article.day_text} {article.time_text}",
        "tags": list(article.tags) if shows_end else [],
        "alternates": [
            {"language": lang, "url": absolute(path), "headline": headline}
            for lang, path, headline in (article.alternates if shows_end else ())
        ],
        "image_url": article.image,
        "short_url": absolute(f"/{article.short_id}") if article.short_id and shows_end else None,
        "site_article_id": str(article.short_id) if article.short_id and shows_end else None,
        "authors": [article.author] if article.author else [],
    }


_FIELDS = (
    "headline",
    "summary",
    "body",
    "section",
    "section_slug",
    "published_at",
    "published_text",
    "image_url",
    "short_url",
    "site_article_id",
)


def _clean(text: str) -> str:
    """Collapse white space within lines and drop soft hyphens."""
    lines = (_SPACES.sub(" ", line).strip() for line in text.replace("\xad", "").split("\n"))
    return "\n".join(line for line in lines if line)
