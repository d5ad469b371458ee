"""Canned queries: what became of articles after they were published."""

from __future__ import annotations

from newscrawl.archive.canned_values import LISTED, MOST, NARROWED, CannedQuery

_LOOKED_THROUGH = 5_000
"""So many of the latest edits are looked through."""
# The day of an edit is that of UTC: it is the time at which the archive saw it
_EDITED = f"""
SELECT edited_at, language, headline, changed, former_headline, silent, revision, published_at, site, article_id, url
FROM edits
WHERE {{which}} AND edited_at >= coalesce((
        SELECT seen_at FROM revision_rows
        WHERE revision > 1 AND cause IS NOT 'parser' AND seen_at < coalesce(date(:until, '+1 day'), '9999')
        ORDER BY seen_at DESC LIMIT 1 OFFSET {_LOOKED_THROUGH}
    ), '')
    AND edited_at < coalesce(date(:until, '+1 day'), '9999')
    AND (:since = '' OR edited_at >= date(:since)) AND (:until = '' OR edited_at < date(:until, '+1 day'))
    AND (:language = '' OR language = :language) AND (:site = '' OR site = :site)
ORDER BY edited_at DESC LIMIT {MOST}
"""  # noqa: S608
_SILENTLY = _EDITED.format(which="silent").replace("silent, ", "")
_FATES = f"""
SELECT coalesce(d.returned_at, d.gone_at) AS since_at, d.fate, d.language, d.headline, d.moved_to, d.status,
    d.gone_at, d.returned_at, d.published_at, d.site, d.article_id, d.url
FROM departures d
WHERE (:fate = '' OR d.fate = :fate) AND (:language = '' OR d.language = :language) AND (:site = '' OR d.site = :site)
ORDER BY since_at DESC LIMIT {MOST}
"""  # noqa: S608
_GONE = f"""
SELECT a.gone_at AS since_at, {LISTED} FROM articles a
WHERE a.gone_at IS NOT NULL AND (:language = '' OR a.language = :language) AND (:site = '' OR a.site = :site)
ORDER BY a.gone_at DESC LIMIT {MOST}
"""  # noqa: S608
_OF_EDITS = f"Of the latest {_LOOKED_THROUGH:,} edits; name days (of UTC) to look further back."

_GROUP = "Changes"
QUERIES = (
    CannedQuery(
        name="edited", title="Edited articles", event="edited_at",
        description="What publishers changed after publication, the latest edit first. The time is when the archive "
        f"saw it. {_OF_EDITS}",
        group=_GROUP, sql=_EDITED.format(which="TRUE"), params=NARROWED, needs=frozenset({"edits"}),
    ),
    CannedQuery(
        name="silently_edited", title="Silent edits", event="edited_at",
        description="Headline, summary or text changed, and nothing on the page says so: no new mark such as UPDATED, "
        f"YENİLƏNİB or ОБНОВЛЕНО in the headline, no new time. {_OF_EDITS}",
        group=_GROUP, sql=_SILENTLY, params=NARROWED, needs=frozenset({"edits"}),
    ),
    CannedQuery(
        name="gone", title="Gone, moved and returned", event="since_at",
        description="Articles that the site took away or moved, and those that came back, what happened last first. "
        "What the archive has of them stays. Fate: gone, moved or returned.",
        group=_GROUP, sql=_FATES, params=("fate", "language", "site"), needs=frozenset({"departures"}),
    ),
    CannedQuery(
        name="gone", title="Gone from the site", event="since_at",
        description="Articles that were no longer on the site when the archive looked for them last.",
        group=_GROUP, sql=_GONE, params=("language", "site"), needs=frozenset({"articles"}),
    ),
)  # fmt: skip
