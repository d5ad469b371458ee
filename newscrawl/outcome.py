"""What becomes of an article page: an article, or a failure that says why not. The same in a crawl and offline."""

from __future__ import annotations

from collections.abc import Collection

from newscrawl.errors import MissingField, PageError
from newscrawl.extract import extract
from newscrawl.items import Article, Failure, Page


def extracted(page: Page) -> Article | Failure:
    """The article on a page, or why there is none."""
    try:
        return extract(page)
    except PageError as error:
        url = page.requested_url or page.url
        return _failure(url, "extract", error, page.fetched_at, page.snapshot)


def checked(article: Article, languages: Collection[str] | None) -> Article | Failure:
    """The article, or which field it lacks beyond what a page object requires: a time, and a language of the site."""
    try:
        _check(article, languages)
    except MissingField as error:
        return _failure(article.url, "check", error, article.fetched_at, article.snapshot)
    return article


def read(page: Page, languages: Collection[str] | None) -> Article | Failure:
    """The article on a page, with all that one in the archive needs; or why there is none.

    `languages` are those of its site; None where the site is none of ours.
    """
    outcome = extracted(page)
    return checked(outcome, languages) if isinstance(outcome, Article) else outcome


def _check(article: Article, languages: Collection[str] | None) -> None:
    if not (article.published_at or article.published_text):
        raise MissingField(f"published_at: {article.url} shows no time, machine-readable or printed")
    if languages is not None and article.language not in languages:
        raise MissingField(f"language: {article.language!r} is none of {', '.join(languages)}")


def _failure(url: str, stage: str, error: PageError, at: str | None, snapshot: int | None) -> Failure:
    return Failure(url=url, stage=stage, error=type(error).__name__, detail=str(error), at=at, snapshot=snapshot)
