"""The newest articles, page by page, as a front page lists them; and what they can be narrowed to."""

from __future__ import annotations

import json
import sqlite3
import sys

import attrs

# A marker that compares as NULL would end a listing at the first article without a time; those are left to a query
# of their own. `+` keeps the planner from an index that knows no order of time.
_NEWEST = """
SELECT a.id, a.url, a.site, a.language, a.section, a.section_slug, a.headline, a.summary, a.published_at,
    a.published_day, a.revision, a.changed_at, a.gone_at, a.duplicate_of, (
        SELECT json_group_array(json_array(language, id, headline)) FROM (
            SELECT o.language, o.id, o.headline FROM articles o
            WHERE o.story_id = a.story_id AND o.language <> a.language ORDER BY o.language, o.id
        )
    )
FROM articles a
WHERE {where} AND (a.published_at, a.id) {beyond} (:at, :id)
ORDER BY a.published_at {order}, a.id {order} LIMIT :limit
"""
# Two steps, since a comparison of (slug, language) would walk through all articles of a slug
_SECTIONS = """
WITH RECURSIVE slugs (slug) AS (
    SELECT min(section_slug) FROM articles
    UNION ALL
    SELECT (SELECT min(section_slug) FROM articles WHERE section_slug > slugs.slug) FROM slugs WHERE slug IS NOT NULL
), each (slug, language) AS (
    SELECT slug, (SELECT min(language) FROM articles WHERE section_slug = slugs.slug) FROM slugs WHERE slug IS NOT NULL
    UNION ALL
    SELECT slug, (
        SELECT min(language) FROM articles WHERE section_slug = each.slug AND language > each.language
    ) FROM each WHERE language IS NOT NULL
)
SELECT slug, language, (
    SELECT section FROM articles a WHERE a.section_slug = each.slug AND a.language = each.language
    ORDER BY published_at DESC LIMIT 1
) FROM each WHERE language IS NOT NULL
"""
_LANGUAGES = """
WITH RECURSIVE places (site) AS (
    SELECT min(site) FROM articles
    UNION ALL
    SELECT (SELECT min(site) FROM articles WHERE site > places.site) FROM places WHERE site IS NOT NULL
), each (site, language) AS (
    SELECT site, (SELECT min(language) FROM articles WHERE site = places.site) FROM places WHERE site IS NOT NULL
    UNION ALL
    SELECT site, (
        SELECT min(language) FROM articles WHERE site = each.site AND language > each.language
    ) FROM each WHERE language IS NOT NULL
)
SELECT site, language FROM each WHERE language IS NOT NULL
"""


_LAST = """
SELECT max(published_at) FROM articles
WHERE published_day = (SELECT max(published_day) FROM articles WHERE published_day <= ?)
"""


@attrs.frozen(kw_only=True)
class Narrowed:
    """Which articles are asked for; what is None does not narrow the question."""

    site: str | None = None
    language: str | None = None
    section: str | None = None
    """Its slug."""
    until: str | None = None
    """The last day, at the site: `2025-11-11`."""


@attrs.frozen
class Version:
    """An article that tells the same story in another language."""

    language: str
    id: int
    headline: str


@attrs.frozen(kw_only=True)
class Listed:
    """An article in a list."""

    id: int
    url: str
    site: str
    language: str
    section: str | None
    section_slug: str | None
    headline: str
    summary: str | None
    published_at: str
    """UTC, as all times here."""
    published_day: str
    """At the site."""
    revision: int
    changed_at: str | None
    gone_at: str | None
    duplicate_of: int | None
    others: tuple[Version, ...]
    """The same story in other languages."""


@attrs.frozen(kw_only=True)
class Section:
    """A section of a site in one language."""

    slug: str
    language: str
    name: str
    """As the site prints it; the slug where it prints none."""


@attrs.frozen
class Extent:
    """How much an archive holds."""

    articles: int
    first_day: str | None
    """At the site; None where no article has a time."""
    last_day: str | None


def newest(
    conn: sqlite3.Connection, asked: Narrowed, *, before: tuple[str, int] | None = None,
    after: tuple[str, int] | None = None, limit: int,
) -> list[Listed]:  # fmt: skip
    """The newest articles with a time, the newest first.

    `before` and `after` are the (`published_at`, id) of an article: older ones than that, or the ones that come next to
    it on the newer side.
    """
    if (asked.section or asked.site) and not asked.language:
        # The indexes of sections and sites know the order of time within a language only
        spoken = {language for site, language in languages(conn) if asked.site in (None, site)}
        each = (attrs.evolve(asked, language=language) for language in spoken)
        found = [one for one_of in each for one in newest(conn, one_of, before=before, after=after, limit=limit)]
        found.sort(key=lambda one: (one.published_at, one.id), reverse=True)
        return found[-limit:] if after else found[:limit]
    start = after or before or _end(conn, asked.until)
    where = ["a.published_at IS NOT NULL"]
    where += ["a.language = :language"] if asked.language else []
    where += ["a.section_slug = :section"] if asked.section else []
    where += [f"{'+' if asked.section else ''}a.site = :site"] if asked.site else []
    where += ["a.published_day <= :until"] if asked.until else []
    sql = _NEWEST.format(where=" AND ".join(where), beyond=">" if after else "<", order="ASC" if after else "DESC")
    values = attrs.asdict(asked) | {"at": start[0], "id": start[1], "limit": limit}
    rows = [_listed(row) for row in conn.execute(sql, values)]
    return rows[::-1] if after else rows


def _end(conn: sqlite3.Connection, until: str | None) -> tuple[str, int]:
    """A place after the last article of a day, so that later ones need not be walked through."""
    if until is None:
        return "9999", 0
    last = conn.execute(_LAST, (until,)).fetchone()[0]
    # Nothing is older than nothing
    return (last, sys.maxsize) if last else ("", 0)


def sections(conn: sqlite3.Connection) -> list[Section]:
    """The sections of all sites by name; of each one entry a language."""
    found = [
        Section(slug=slug, language=language, name=name or slug) for slug, language, name in conn.execute(_SECTIONS)
    ]
    return sorted(found, key=lambda each: (each.language, each.name.casefold()))


def languages(conn: sqlite3.Connection) -> list[tuple[str, str]]:
    """(site, language) of all that there is."""
    return [(site, language) for site, language in conn.execute(_LANGUAGES)]


def extent(conn: sqlite3.Connection) -> Extent:
    """How much there is."""
    ends = "SELECT (SELECT min(published_day) FROM articles), (SELECT max(published_day) FROM articles)"
    return Extent(conn.execute("SELECT count(*) FROM articles").fetchone()[0], *conn.execute(ends).fetchone())


def zones(conn: sqlite3.Connection) -> dict[str, str]:
    """Site to the IANA name of its time zone, where that is known."""
    return dict(tuple(row) for row in conn.execute("SELECT name, zone FROM sites WHERE zone IS NOT NULL"))


def _listed(row: sqlite3.Row) -> Listed:
    *values, others = row
    names = [field.name for field in attrs.fields(Listed)][:-1]
    versions = tuple(Version(*each) for each in json.loads(others))
    return Listed(**dict(zip(names, values, strict=True)), others=versions)
