"""Canned queries: articles as they read now."""

from __future__ import annotations

from newscrawl.archive.canned_values import LISTED, MOST, NARROWED, SPAN, CannedQuery, newest

_NEEDS = frozenset({"articles", "editions"})
_ORDER = f"ORDER BY a.published_at DESC, a.id DESC LIMIT {MOST}"
_FEW = 10_000
"""So many articles of one tag are sorted; of more there are some among the newest ones."""
_NEWEST = 30_000
"""Articles of each language among which those of a frequent tag are looked for."""
_STORY = 1_000
"""Articles of each language that are looked at for their other languages."""

_LATEST = f"SELECT {LISTED} FROM articles a WHERE a.id IN ({newest(most=MOST)}) {_ORDER}"  # noqa: S608
# A page may name a day that is still to come
_NEWEST_DAY = """(
    SELECT max((
        SELECT d.published_day FROM articles d
        WHERE d.site = n.site AND d.language = n.language
            AND d.published_at < date('now', '+3 days') AND d.published_day <= date('now', '+1 day')
        ORDER BY d.published_at DESC LIMIT 1
    )) FROM editions n WHERE (:site = '' OR n.site = :site) AND (:language = '' OR n.language = :language)
)"""
_TODAY = f"""
SELECT {LISTED} FROM articles a
WHERE a.published_day = {_NEWEST_DAY}
    AND (:language = '' OR a.language = :language) AND (:site = '' OR a.site = :site)
ORDER BY a.published_at DESC, a.id DESC LIMIT 1000
"""  # noqa: S608
# One name may stand for another slug in each edition
_SECTION = """coalesce((
    SELECT s.section_slug FROM articles s
    WHERE s.section = :section AND s.section_slug > '' AND s.language = e.language AND s.site = e.site LIMIT 1
), :section)"""
_IN_SECTION = f"""
SELECT {LISTED} FROM articles a WHERE a.id IN ({
    newest(
        edition=f"x.section_slug = {_SECTION} AND x.language = e.language AND +x.site = e.site",
        most=MOST,
    )
}) {_ORDER}
"""  # noqa: S608
_UNDATED = f"""
SELECT a.first_seen_at, {LISTED.replace("a.published_at, ", "")}, a.published_text FROM articles a
WHERE a.published_at IS NULL ORDER BY a.id DESC LIMIT {MOST}
"""  # noqa: S608
_DUPLICATES = f"""
SELECT a.published_at, a.language, a.headline, a.id AS article_id, o.published_at AS original_published_at,
    o.headline AS original_headline, o.id AS original_id, a.site, a.url
FROM articles a CROSS JOIN articles o ON o.id = a.duplicate_of
WHERE a.published_at > ''
    AND (:language = '' OR a.language = :language) AND (:site = '' OR a.site = :site)
{_ORDER}
"""  # noqa: S608
_UNTRANSLATED = f"""
SELECT {LISTED} FROM articles a
WHERE a.id IN ({newest(most=_STORY)}) AND NOT EXISTS (
    SELECT 1 FROM articles o WHERE o.story_id = a.story_id AND o.language <> a.language
        AND (:missing_in = '' OR o.language = :missing_in)
) AND a.language <> :missing_in
{_ORDER}
"""  # noqa: S608
_TRANSLATIONS = f"""
SELECT a.published_at, a.language, a.headline, f.language AS first_language, f.published_at AS first_published_at,
    cast(round((julianday(a.published_at) - julianday(f.published_at)) * 1440) AS INTEGER) AS minutes_later,
    f.headline AS first_headline, a.site, a.id AS article_id, f.id AS first_id, a.url
FROM articles a CROSS JOIN articles f ON f.id = (
    SELECT o.id FROM articles o WHERE o.story_id = a.story_id AND o.published_at IS NOT NULL
    ORDER BY o.published_at, o.id LIMIT 1
)
WHERE a.id IN ({newest(most=_STORY)}) AND f.language <> a.language
    AND f.published_at < a.published_at
"""  # noqa: S608
_TRANSLATED = f"{_TRANSLATIONS} {_ORDER}"
_LAG = f"""
WITH translations AS ({_TRANSLATIONS}),
ranked AS (
    SELECT first_language, language, minutes_later,
        row_number() OVER (PARTITION BY first_language, language ORDER BY minutes_later) AS place,
        count(*) OVER (PARTITION BY first_language, language) AS translations
    FROM translations
)
SELECT first_language, language, translations,
    max(iif(place = (translations + 1) / 2, minutes_later, NULL)) AS half_within_minutes,
    max(iif(place = (translations * 9 + 9) / 10, minutes_later, NULL)) AS nine_tenths_within_minutes,
    max(minutes_later) AS longest_minutes
FROM ranked GROUP BY first_language, language ORDER BY translations DESC
"""  # noqa: S608
_SINCE = f"coalesce(nullif(:since, ''), date(coalesce(nullif(:until, ''), {_NEWEST_DAY}), '-6 days'))"
_MOST_TAGGED = f"""
SELECT t.tag, count(*) AS articles, group_concat(DISTINCT a.language) AS languages,
    max(a.published_at) AS newest_at
FROM articles a CROSS JOIN article_tags l ON l.article_id = a.id CROSS JOIN tags t ON t.id = l.tag_id
WHERE a.id IN ({newest(most=3_000).replace(":since", _SINCE)})
GROUP BY t.id ORDER BY articles DESC, t.tag LIMIT {MOST}
"""  # noqa: S608


def _named(table: str, names: str, column: str) -> str:
    """SQL: the newest articles that have a name (`:tag`, `:author`) in a table of pairs.

    A name that few articles have is found by itself, one that many have among the newest of each language. That one of
    the two looks for nothing is known before it begins: so it stands in a table of one row or none.
    """
    name = f"(SELECT id FROM {names} WHERE {column} = :{column})"  # noqa: S608
    some = f"(SELECT 1 FROM {table} WHERE {column}_id = {name} LIMIT {_FEW + 1})"  # noqa: S608
    few = f"(SELECT count(*) FROM {some}) <= {_FEW}"  # noqa: S608
    has = f"EXISTS (SELECT 1 FROM {table} l WHERE l.article_id = x.id AND l.{column}_id = {name})"  # noqa: S608
    return f"""
SELECT {LISTED} FROM articles a WHERE a.id IN (
    SELECT id FROM (
        SELECT x.id FROM (SELECT 1 WHERE {few}) CROSS JOIN {table} l CROSS JOIN articles x ON x.id = l.article_id
        WHERE l.{column}_id = {name} AND {SPAN}
            AND (:language = '' OR x.language = :language) AND (:site = '' OR x.site = :site)
        ORDER BY x.published_at DESC, x.id DESC LIMIT {MOST}
    )
    UNION ALL
    SELECT n.id FROM (SELECT 1 WHERE NOT {few}) CROSS JOIN ({newest(most=MOST, where=has, of=_NEWEST)}) n
) {_ORDER}
"""  # noqa: S608


_LOOK_BACK = "To look further back, name the last day."
_GROUP = "Articles"
QUERIES = (
    CannedQuery(
        name="latest", title="Latest articles", event="published_at",
        description=f"The {MOST} articles that were published last. {_LOOK_BACK}",
        group=_GROUP, sql=_LATEST, params=NARROWED, needs=_NEEDS,
    ),
    CannedQuery(
        name="today", title="The newest day",
        description="All articles of the newest day that has any: today, once the site has published something after "
        "its midnight and a crawl has seen it. The day is that of the site, not of UTC.",
        group=_GROUP, sql=_TODAY, params=("language", "site"), needs=_NEEDS,
    ),
    CannedQuery(
        name="in_section", title="Articles of a section", event="published_at",
        description="The newest articles of one section: write its name as the site prints it, or as it stands in the "
        f"address (finance). {_LOOK_BACK}",
        group=_GROUP, sql=_IN_SECTION, params=("section", *NARROWED), needs=_NEEDS,
    ),
    CannedQuery(
        name="tagged", title="Articles with a tag", event="published_at",
        description=f"The newest articles with one tag, written as the site prints it. {_LOOK_BACK}",
        group=_GROUP, sql=_named("article_tags", "tags", "tag"), params=("tag", *NARROWED),
        needs=_NEEDS | {"tags", "article_tags"},
    ),
    CannedQuery(
        name="by_author", title="Articles of an author", event="published_at",
        description="The newest articles with one byline, written as the site prints it: often it names a desk. "
        f"{_LOOK_BACK}",
        group=_GROUP, sql=_named("article_authors", "authors", "author"), params=("author", *NARROWED),
        needs=_NEEDS | {"authors", "article_authors"},
    ),
    CannedQuery(
        name="most_tagged", title="Most used tags",
        description="The tags that most articles have, of the seven days that end with the newest one unless you name "
        "others; if you name the last day only, of the seven that end with it. At most the 3,000 newest articles of "
        "each language are counted.",
        group=_GROUP, sql=_MOST_TAGGED, params=NARROWED, needs=_NEEDS | {"tags", "article_tags"},
    ),
    CannedQuery(
        name="untranslated", title="Not translated", event="published_at",
        description=f"Articles without a version in any other language, or without one in the language you name "
        f"(missing in), of the {_STORY:,} newest of each language. The newest may yet be translated.",
        group=_GROUP, sql=_UNTRANSLATED, params=("missing_in", *NARROWED), needs=_NEEDS,
    ),
    CannedQuery(
        name="translated", title="Translations and how late they came",
        description="Articles that appeared in another language before, with the minutes between, of the "
        f"{_STORY:,} newest of each language.",
        group=_GROUP, sql=_TRANSLATED, params=NARROWED, needs=_NEEDS,
    ),
    CannedQuery(
        name="translation_lag", title="How late translations come",
        description="From which language into which, how many translations, and within how many minutes half of them "
        f"came, and nine of ten: of the {_STORY:,} newest articles of each language.",
        group=_GROUP, sql=_LAG, params=NARROWED, needs=_NEEDS,
    ),
    CannedQuery(
        name="duplicates", title="Near duplicates",
        description="Articles with nearly the same text as an earlier one of the same site and language, within three "
        "days.",
        group=_GROUP, sql=_DUPLICATES, params=("language", "site"), needs=_NEEDS,
    ),
    CannedQuery(
        name="undated", title="Articles without a time",
        description="Articles whose page told no time that can be relied on. The last column is what it printed.",
        group=_GROUP, sql=_UNDATED, needs=_NEEDS,
    ),
)  # fmt: skip
