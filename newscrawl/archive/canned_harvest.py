"""Canned queries: how the harvest goes."""

from __future__ import annotations

from newscrawl.archive.canned_values import MOST, CannedQuery

_HEALTH = "SELECT * FROM site_health ORDER BY site, language"
_FAILED = f"""
SELECT last_at, error, stage, detail, times, first_at, site, snapshot_id, url
FROM failures
WHERE resolved_at IS NULL AND (:error = '' OR error = :error) AND (:site = '' OR site = :site)
ORDER BY last_at DESC, id DESC LIMIT {MOST}
"""  # noqa: S608
_KINDS = """
SELECT error, stage, count(*) AS pages, sum(times) AS times, min(first_at) AS first_at, max(last_at) AS last_at
FROM failures WHERE resolved_at IS NULL GROUP BY error, stage ORDER BY pages DESC, error
"""

_GROUP = "The harvest"
QUERIES = (
    CannedQuery(
        name="health", title="Is the harvest well?",
        description="For each site and language: how it was judged last and why, the last crawl, how many articles "
        "were published in the day before it, and how many are usual (the mean of two weeks). The command newscrawl "
        "status says more.",
        group=_GROUP, sql=_HEALTH, needs=frozenset({"site_health"}),
    ),
    CannedQuery(
        name="failed", title="Pages without an article",
        description="Pages that gave no article and have not since, the last one first, with the reason. Nothing of "
        "them is lost: the page as it came is kept, snapshot_id leads to it.",
        group=_GROUP, sql=_FAILED, params=("error", "site"), needs=frozenset({"failures"}),
    ),
    CannedQuery(
        name="failed_by_kind", title="Pages without an article, by reason",
        description="How many pages gave no article, by what was wrong and where. The command newscrawl failures "
        "says what to do.",
        group=_GROUP, sql=_KINDS, needs=frozenset({"failures"}),
    ),
)  # fmt: skip
