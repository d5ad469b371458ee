"""What a crawl counts, by language."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from newscrawl.items import Article

COVERED = ("summary", "section", "published_at", "tags", "authors", "image_url", "alternates", "short_url")
"""Fields whose share of filled values is recorded: a redesign of the site shows here first."""


class Tally:
    """Counts, and shares of filled fields."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = defaultdict(Counter)
        """Language to listed, known, requested (new), waiting (from before), looked, stored, changed, unchanged,
        not_modified, missing, gone, forbidden, failed."""
        self.rejected: Counter[str] = Counter()
        """Entries of listings that were not followed, by reason."""
        self._covered: dict[str, Counter[str]] = defaultdict(Counter)

    def count(self, language: str | None, what: str) -> None:
        """Count one thing in a language."""
        self.counts[language or "?"][what] += 1

    def stored(self, article: Article, outcome: str) -> None:
        """Count a stored article (`new`, `changed`, `unchanged`) and which of its fields are filled."""
        self.count(article.language, "stored" if outcome == "new" else outcome)
        self._covered[article.language].update(["articles", *(name for name in COVERED if getattr(article, name))])

    def sums(self) -> Counter[str]:
        """What was counted over all languages."""
        return sum(self.counts.values(), Counter())

    def by_language(self) -> dict[str, dict[str, Any]]:
        """What was counted in each, of how many articles the fields were looked at, and how many had them."""
        return {
            language: {
                **self.counts[language],
                "covered": self._covered[language]["articles"],
                "coverage": _shares(self._covered[language]),
            }
            for language in sorted(self.counts)
        }

    def coverage(self) -> dict[str, float]:
        """Field to the share of articles that have it, over all languages."""
        return _shares(sum(self._covered.values(), Counter()))


def _shares(covered: Counter[str]) -> dict[str, float]:
    articles = covered["articles"]
    return {name: round(covered[name] / articles, 4) for name in COVERED} if articles else {}
