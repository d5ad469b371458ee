"""Rows of the archive for a run of stories: what `Archive.save` and `Archive.missed` would have written.

Ids within a batch begin at 1; whoever writes it adds what there is already (`statements`).
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import attrs

from benchmarks.million.articles import (
    DAY,
    HOUR,
    MINUTE,
    State,
    first_seen,
    joined,
    last_seen,
    states,
    text_columns,
    utc,
)
from benchmarks.million.near import Sketched
from newscrawl.archive.duplicates import Text
from newscrawl.archive.identity import addresses
from newscrawl.items import Article
from newscrawl.replica.dice import Dice
from newscrawl.replica.languages import LANGUAGES
from newscrawl.replica.site import Replica
from newscrawl.replica.structured import HOST
from newscrawl.schedule import LOOKS, next_look, next_try
from newscrawl.text import fold, word_count
from newscrawl.times import local_day, to_utc

ZONE = "Asia/Baku"
FAILURES_DAYS = 90
"""Before, pages that give no article were not met."""
_WHY = {
    "soft-404": ("UnknownLayout", "no known layout on {} (looked for .selected-news, .editor-body)"),
    "cut-off": ("TruncatedPage", "{} ends before its closing tag"),
    "photo-only": ("MissingField", "body: nothing in .news-detail__desc on {}"),
}
_ONE_OF_REFUSED, _ONE_OF_GONE = 300, 1_500


@attrs.define
class Batch:
    """Rows of a run of stories."""

    rows: dict[str, list[tuple[Any, ...]]] = attrs.field(factory=lambda: defaultdict(list))
    """By the keys of `statements.INSERTS`."""
    texts: list[Sketched] = attrs.field(factory=list)
    """What near-duplicates are found by, of each article in the order of their ids."""
    articles: int = 0
    stories: int = 0
    snapshots: int = 0


@attrs.frozen(kw_only=True)
class _Version:
    """A story in a language, and its ids."""

    number: int
    states: list[State]
    article_id: int
    story_id: int

    @property
    def first(self) -> Article:
        return self.states[0].article

    @property
    def last(self) -> Article:
        return self.states[-1].article


class Rows:
    """Makes batches."""

    def __init__(self, replica: Replica, starts: list[int], until: int) -> None:
        """`starts`: when runs began; `until`: until when the archive watched. In seconds since 1970."""
        self._replica, self._starts, self._until = replica, starts, until
        self._batch = Batch()

    def batch(self, numbers: range) -> Batch:
        """The rows of these stories."""
        self._batch = Batch()
        for number in numbers:
            self._story(number)
        rows = self._batch.rows
        for names, column in (("tags", "article_tags"), ("authors", "article_authors")):
            rows[names] = [(name,) for name in dict.fromkeys(row[1] for row in rows[column])]
        rows["source_sets"] = list(dict.fromkeys(rows["source_sets"]))
        return self._batch

    def _story(self, number: int) -> None:
        published = [each for each in LANGUAGES if self._replica.exists(number, each)]
        found = {each: states(self._replica, number, each, self._until) for each in published}
        versions = self._versions(number, {language: seen for language, seen in found.items() if seen})
        by_url = {version.first.url: version for version in versions}
        for version in versions:
            snapshots = self._snapshots(version)
            self._article(version)
            self._parts(version, by_url)
            self._revisions(version, snapshots)
        for language in published:
            if not found[language]:
                self._failure(number, language)

    def _versions(self, number: int, found: Mapping[str, list[State]]) -> list[_Version]:
        batch, versions = self._batch, []
        stories = joined([seen[0].article for seen in found.values()])
        for seen, story in zip(found.values(), stories, strict=True):
            batch.articles += 1
            versions.append(
                _Version(number=number, states=seen, article_id=batch.articles, story_id=batch.stories + story)
            )
        batch.rows["stories"] += [(batch.stories + story,) for story in sorted(set(stories))]
        batch.stories += len(set(stories))
        return versions

    def _snapshots(self, version: _Version) -> list[int]:
        """The id of the page of each state; one that was only read in another way has none of its own."""
        ids: list[int] = []
        for state in version.states:
            if state.cause is None:
                self._page(version.first.url, state.seen)
            ids.append(self._batch.snapshots)
        return ids

    def _page(self, url: str, seen: int) -> None:
        batch, run = self._batch, self._run(seen)
        batch.snapshots += 1
        dice = Dice(len(url), seen, batch.snapshots)
        digest = b"".join(dice.below(1 << 31).to_bytes(4, "big") for _ in range(8))
        page = (batch.snapshots, url, utc(seen), digest, run, batch.snapshots, dice.between(9_000, 16_000), run)
        batch.rows["snapshot_rows"].append(page)

    def _run(self, second: int) -> int:
        return bisect_right(self._starts, second)

    def _article(self, version: _Version) -> None:
        article, first = version.last, version.states[0].seen
        published = to_utc(article.published_at) if article.published_at else None
        dice = Dice(self._replica.seed, version.number, LANGUAGES.index(article.language), 910)
        missing, gone_at = self._absence(version, dice)
        last = last_seen(version.states, published, missing or self._until, dice)
        edits = [state.seen for state in version.states[1:] if state.cause is None]
        sources = json.dumps(dict(sorted(article.sources.items())), ensure_ascii=False)
        self._batch.rows["source_sets"].append((sources,))
        self._batch.rows["articles"].append((
            version.article_id, article.url, article.site_article_id, article.language, article.section,
            article.section_slug, article.headline, published, local_day(published, ZONE) if published else None,
            article.published_text, to_utc(article.modified_at) if article.modified_at else None, article.image_url,
            article.short_url, word_count(article.body), article.content_sha256, version.story_id,
            "; ".join(article.flags) or None, article.parser, sources, utc(first), utc(last),
            utc(edits[-1]) if edits else None, len(version.states), gone_at,
            article.summary, article.body,
        ))  # fmt: skip
        self._look(version, published or utc(first), utc(last))
        if dice.below(_ONE_OF_REFUSED) == 0:
            self._refused(version)

    def _parts(self, version: _Version, by_url: Mapping[str, _Version]) -> None:
        article, rows, number = version.last, self._batch.rows, version.article_id
        tags, body = tuple(dict.fromkeys(article.tags)), fold(article.body)
        rows["article_tags"] += [(number, tag, n) for n, tag in enumerate(tags)]
        rows["article_authors"] += [(number, name, n) for n, name in enumerate(dict.fromkeys(article.authors))]
        rows["image_rows"] += [
            (number, n, None if image.url == article.image_url else image.url, image.caption)
            for n, image in enumerate(article.images)
        ]
        rows["url_aliases"] += [(url, number, why) for url, why in addresses(article).items() if url != article.url]
        for n, link in enumerate(article.alternates):
            other = by_url.get(link.url)
            # What the target's own row says does not stand here
            same = other is not None and link.headline == other.last.headline
            own = (None, None) if same else (link.url, link.headline)
            rows["alternate_rows"].append((number, n, link.language, *own, other and other.article_id))
        rows["articles_fts"].append((number, fold(article.headline), body, fold(" ".join(tags))))
        moment = article.published_at or utc(version.states[0].seen)
        self._batch.texts.append(Sketched.of(Text.of(article.site, article.language, to_utc(moment), body)))

    def _revisions(self, version: _Version, snapshots: list[int]) -> None:
        current = len(version.states)
        for revision, (state, snapshot) in enumerate(zip(version.states, snapshots, strict=True), 1):
            article = state.article
            modified = to_utc(article.modified_at) if article.modified_at else None
            run = len(self._starts) + 1 if state.cause else self._run(state.seen)
            row = (version.article_id, revision, utc(state.seen), run, snapshot, modified, state.cause)
            self._batch.rows["revision_rows"].append(row + (_NO_TEXT if revision == current else text_columns(article)))

    def _look(self, version: _Version, born: str, last: str) -> None:
        """The place of a young article in the schedule."""
        article, first = version.last, utc(version.states[0].seen)
        if self._until - version.states[0].seen < 31 * DAY and (due := next_look(LOOKS, born, last)):
            published = to_utc(article.published_at) if article.published_at else None
            self._batch.rows["url_rows"].append((
                article.url, article.language, article.section_slug, published, version.article_id, first, last, due,
                last, 0, "unchanged",
            ))  # fmt: skip

    def _absence(self, version: _Version, dice: Dice) -> tuple[int | None, str | None]:
        """When the page of an article was not there first, and since when the article is gone, if it is.

        Of those that went a third have returned, some have moved; those that went lately only miss.
        """
        first = version.states[-1].seen + dice.between(2 * HOUR, 20 * DAY)
        if dice.below(_ONE_OF_GONE) or first > self._until:
            return None, None
        looked = first + dice.between(DAY, 3 * DAY)
        if looked > self._until:
            self._missed(version, 404, None, first, first, 1, None, None)
            return first, None
        what, back = dice.below(6), looked + 2 * DAY
        if what == 0:
            self._missed(version, None, f"{version.last.url}-1", first, looked, 2, first, None)
        elif what < 3 and back < self._until:
            self._missed(version, 404, None, first, looked, 3, first, back)
            return None, None
        else:
            self._missed(version, dice.one_of((404, 404, 410)), None, first, looked, 3, first, None)
        return first, utc(first)

    def _missed(
        self, version: _Version, status: int | None, moved_to: str | None, first: int, last: int, times: int,
        gone: int | None, back: int | None,
    ) -> None:  # fmt: skip
        self._batch.rows["absences"].append((
            version.article_id, status, moved_to, utc(first), utc(last), times, utc(gone) if gone else None,
            utc(back) if back else None,
        ))  # fmt: skip

    def _refused(self, version: _Version) -> None:
        """A page that could not be fetched at first."""
        seen, url = version.states[0].seen, version.first.url
        first, run = seen - 15 * MINUTE, self._run(seen)
        self._batch.rows["failures"].append((
            url, "download", "Http503", "503 Service Unavailable", None, self._run(first), utc(first), utc(first), 1,
            utc(seen), run,
        ))  # fmt: skip

    def _failure(self, number: int, language: str) -> None:
        """A page that gives no article, met in the last months."""
        page, seen = self._replica.article(number, language), first_seen(self._replica, number, language)
        if page.kind.why is None or not 0 <= self._until - seen < FAILURES_DAYS * DAY:
            return
        url, at, run = HOST + page.path, utc(seen), self._run(seen)
        error, detail = _WHY[page.kind.why]
        self._page(url, seen)
        self._batch.rows["failures"].append(
            (url, "extract", error, detail.format(url), self._batch.snapshots, run, at, at, 1, None, None)
        )
        due = next_try(True, at, at, 1)
        self._batch.rows["url_rows"].append((url, language, None, at, None, at, at, due, at, 1, error))


_NO_TEXT = (None,) * 7
"""The text of the current state stands in `articles`."""
