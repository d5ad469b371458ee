"""What an archive that watched the stand-in for years saw of its articles: one state after the other.

The same for the same stand-in and time, in any process.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import attrs

from newscrawl.items import Alternate, Article, Image
from newscrawl.replica.article import photo
from newscrawl.replica.dice import Dice
from newscrawl.replica.languages import LANGUAGES, PREFIX
from newscrawl.replica.site import Replica
from newscrawl.replica.wording import EDIT_MARK, EDIT_TAG
from newscrawl.schedule import LOOKS, interval
from newscrawl.times import to_utc

MINUTE, HOUR, DAY = 60, 3_600, 86_400
PARSER = "newscrawl.sites.report_az.ReportArticlePage"
OLD_PARSER = "newscrawl.sites.report_az.LegacyReportArticlePage"
WATCHED = 30 * DAY
"""Older articles are looked at no more."""
_AGAIN = {"az": "yenidən", "ru": "снова", "en": "again"}
_FIELDS = {
    "alternates": "hreflang", "authors": "json-ld", "body": "css", "headline": "css", "image_url": "css",
    "images": "css", "language": "url", "published_text": "css", "section": "css", "section_slug": "url",
    "short_url": "css", "site_article_id": "css", "summary": "json-ld", "tags": "css", "url": "url",
}  # fmt: skip
_EDITS = ("words",) * 4 + ("more",) * 2 + ("headline",) * 3 + ("tags", "parser")


@attrs.frozen(kw_only=True)
class State:
    """An article as it was seen from a moment on."""

    seen: int
    """Seconds since 1970."""
    article: Article
    cause: str | None = None
    """`parser`: the page of the state before, read in another way."""


def states(replica: Replica, number: int, language: str, until: int) -> list[State]:
    """Every state that was seen of a story in a language, the first one first; a twentieth have two to four.

    None where its page gives no article, or had not been seen by `until` (seconds since 1970).
    """
    truth = replica.truth_of(number, language)
    seen = first_seen(replica, number, language)
    if truth["why"] or seen > until:
        return []
    found = [State(seen=seen, article=_article(replica, number, language, truth))]
    dice = _dice(replica, number, language, 2)
    further = 0 if dice.below(20) else 1 + dice.one_of((0, 0, 0, 1, 1, 2))
    for _ in range(further):
        state = _edited(found[-1], language, dice)
        if state.seen > until:
            break
        if state.article.content_sha256 not in {each.article.content_sha256 for each in found}:
            found.append(state)
    return found


def last_seen(found: list[State], published_at: str | None, until: int, dice: Dice) -> int:
    """When an article was looked at last, in seconds since 1970."""
    first, last = found[0].seen, found[-1].seen
    born = published_at or utc(first)
    between = interval(LOOKS, born, utc(until))
    if between is None:
        return max(last, min(until, first + WATCHED - dice.below(3 * DAY)))
    return max(last, until - dice.below(int(between.total_seconds())))


def utc(second: int) -> str:
    """A time in seconds since 1970 as the archive writes it."""
    return to_utc(dt.datetime.fromtimestamp(second, dt.UTC))


def text_columns(article: Article) -> tuple[str | None, ...]:
    """What a former state keeps of its own, in the order of the columns of `revision_rows`."""
    # As SQLite's json_group_array writes them
    tags = json.dumps(list(dict.fromkeys(article.tags)), ensure_ascii=False, separators=(",", ":"))
    published = to_utc(article.published_at) if article.published_at else None
    return (
        article.headline, article.summary, article.body, article.section, published, tags, article.content_sha256,
    )  # fmt: skip


def joined(articles: list[Article]) -> list[int]:
    """The story of each, from 1 on: one for all that are linked, in either direction, also by way of others."""
    stories = list(range(len(articles)))
    for n, article in enumerate(articles):
        for link in article.alternates:
            for m, other in enumerate(articles):
                if other.url == link.url and stories[m] != stories[n]:
                    former, joint = max(stories[m], stories[n]), min(stories[m], stories[n])
                    stories = [joint if story == former else story for story in stories]
    in_order = {story: place for place, story in enumerate(dict.fromkeys(stories), 1)}
    return [in_order[story] for story in stories]


def _dice(replica: Replica, number: int, language: str, what: int) -> Dice:
    return Dice(replica.seed, number, LANGUAGES.index(language), 900 + what)


def first_seen(replica: Replica, number: int, language: str) -> int:
    """When a story was seen first, in seconds since 1970: minutes after it appeared; hours for one in thirty."""
    dice = _dice(replica, number, language, 1)
    late = dice.below(30) == 0
    return replica.published(number) + (dice.between(HOUR, 14 * HOUR) if late else dice.between(MINUTE, 16 * MINUTE))


def _article(replica: Replica, number: int, language: str, truth: dict[str, Any]) -> Article:
    kind = replica.article(number, language).kind
    machine = "json-ld" if kind.jsonld_time else "meta" if kind.meta_time else "css"
    published: str | None = truth["published_at"]
    flags: tuple[str, ...] = ()
    if number % 1_999 == 7:
        # As `extract` does with a time that cannot be
        flags, published = (f"published_at 2{published} is in the future",), None
    values = {name: truth[name] for name in (
        "url", "language", "headline", "body", "summary", "section", "section_slug", "published_text", "image_url",
        "short_url", "site_article_id",
    )}  # fmt: skip
    article = Article(
        **values, site="report", published_at=published, flags=flags, tags=tuple(truth["tags"]),
        authors=tuple(truth["authors"]), images=tuple(_images(replica, number, language, truth["image_url"])),
        alternates=tuple(Alternate(**each) for each in truth["alternates"]),
        modified_at=published if number % 9 == 2 else None, parser=OLD_PARSER if kind.name == "legacy" else PARSER,
        aliases={} if kind.name == "legacy" else {_amp(truth["url"], language): "amp"},
    )  # fmt: skip
    sources = {name: source for name, source in _FIELDS.items() if getattr(article, name)}
    return attrs.evolve(article, sources=sources | ({"published_at": machine} if published else {}))


def _amp(url: str, language: str) -> str:
    home = f"https://report.az{PREFIX[language]}/"
    return url.replace(home, f"{home}amp/", 1)


def _images(replica: Replica, number: int, language: str, main: str | None) -> Iterator[Image]:
    features = replica.article(number, language).kind.features
    if main:
        caption = replica.texts.section(number, language).name if "caption-figure" in features else None
        yield Image(url=main, caption=caption and f"{caption}, foto: Report")
    if "gallery" in features:
        yield from (Image(url=photo(replica.seed, number, place)) for place in range(1, 5))


def _edited(before: State, language: str, dice: Dice) -> State:
    """The next state; two of three edits change words without a mark and without a time of change."""
    edit, article = dice.one_of(_EDITS), before.article
    seen = before.seen + dice.between(10 * MINUTE, dice.one_of((HOUR, 3 * HOUR, 9 * HOUR)))
    paragraphs = article.body.split("\n\n")
    if edit == "parser":
        return State(seen=before.seen, article=attrs.evolve(article, body="\n\n".join(paragraphs[:-1] or ["-"])),
            cause="parser")  # fmt: skip
    if edit == "headline":
        words = article.headline.split(" ")
        words.insert(1 + dice.below(len(words)), _AGAIN[language])
        headline = article.headline + EDIT_MARK if dice.below(2) else " ".join(words)
        article = attrs.evolve(article, headline=headline)
    elif edit == "tags":
        article = attrs.evolve(article, tags=(*article.tags, EDIT_TAG[language]))
    elif edit == "more":
        more = dice.one_of(paragraphs).split(". ")
        paragraphs.insert(1 + dice.below(len(paragraphs)), f"{dice.one_of(more).rstrip('.')}.")
        article = attrs.evolve(article, body="\n\n".join(paragraphs))
    else:
        article = attrs.evolve(article, body="\n\n".join(_reworded(paragraphs, dice)))
    if dice.below(3) == 0:
        article = attrs.evolve(article, modified_at=utc(seen - 3 * MINUTE))
    return State(seen=seen, article=article)


def _reworded(paragraphs: list[str], dice: Dice) -> list[str]:
    """One paragraph with a few words of others in place of its own."""
    place = dice.below(len(paragraphs))
    words, others = paragraphs[place].split(" "), " ".join(paragraphs).split()
    for _ in range(dice.between(1, 5)):
        words[dice.below(len(words))] = dice.one_of(others)
    return [*paragraphs[:place], " ".join(words), *paragraphs[place + 1 :]]
