"""What a canned query is, and the pieces of SQL that several share."""

from __future__ import annotations

import attrs

MOST = 100
"""Rows of an answer."""


@attrs.frozen(kw_only=True)
class CannedQuery:
    """A question that is asked so often that it has a page."""

    name: str
    """As in the address."""
    title: str
    description: str
    """For a reader, in plain words."""
    group: str
    """What it is about, as a heading."""
    sql: str
    params: tuple[str, ...] = ()
    """The names of its parameters, in the order of the form."""
    needs: frozenset[str]
    """The tables and views that it reads."""
    event: str | None = None
    """The column of the time (UTC) at which what it lists happened, where it makes a feed of articles."""

    @property
    def is_feed(self) -> bool:
        """Whether it makes a feed."""
        return self.event is not None


# Days are those of the site. Whatever its zone is, they begin and end within a day of those of UTC: an index of
# `published_at` leads there, and only around the ends the day is read. A day that is none has no article.
SPAN = """x.published_at < coalesce(date(:until, '+2 days'), '9999')
            AND x.published_at >= coalesce(date(:since, '-1 day'), '')
            AND (:until = '' OR x.published_at < date(:until) OR x.published_day <= date(:until))
            AND (:since = '' OR x.published_at >= date(:since, '+1 day') OR x.published_day >= date(:since))"""
EDITION = "x.site = e.site AND x.language = e.language"


def newest(*, most: int, edition: str = EDITION, where: str | None = None, of: int = 0) -> str:
    """SQL: ids of the newest articles, `most` of each site and language, asked by `site`, `language`, `since`, `until`.

    Index by index: of one language of one site the newest are found at once, however many others there are. `edition`
    says how those of an edition (`e`) are found; with `where` those that fit are taken of the `of` newest (`x.id`).
    """
    some = f"""
        SELECT x.id FROM articles x
        WHERE {edition} AND {SPAN}
        ORDER BY x.published_at DESC, x.id DESC LIMIT {of or most}
    """  # noqa: S608
    if where:
        some = f"SELECT x.id FROM ({some}) x WHERE {where} LIMIT {most}"  # noqa: S608
    return f"""
    SELECT a.id FROM editions e CROSS JOIN articles a ON a.id IN ({some})
    WHERE (:site = '' OR e.site = :site) AND (:language = '' OR e.language = :language)
    """  # noqa: S608


LISTED = "a.published_at, a.language, a.section, a.headline, a.site, a.id AS article_id, a.url"
"""SQL: the columns of an article in a list."""
NARROWED = ("language", "site", "since", "until")
"""The parameters of most lists."""
