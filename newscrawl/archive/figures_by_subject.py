"""Figures of what articles are about: sections and tags over time."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Sequence

from newscrawl.archive import newest
from newscrawl.archive.figures import PUBLISHED_WITHIN, Counts, Window

# An article's site is not in the index of sections: it is looked up only where there are several
_IN_SECTIONS = f"""
SELECT step.key, section.value, (
    SELECT count(*) FROM articles
    WHERE section_slug = section.value AND language = :language AND {PUBLISHED_WITHIN} {{of_site}}
) FROM json_each(:steps) AS step, json_each(:sections) AS section
"""  # noqa: S608
_SEVERAL_SITES = "SELECT count(*) > 1 FROM sites"
_TAGGED = f"""
SELECT step.key, t.tag_id, count(*)
FROM json_each(:steps) AS step, json_each(:languages) AS tongue
CROSS JOIN articles a ON a.site = :site AND a.language = tongue.value AND {PUBLISHED_WITHIN}
CROSS JOIN article_tags t ON t.article_id = a.id
GROUP BY 1, 2
"""  # noqa: S608
_TAGS = "SELECT id, tag FROM tags WHERE id IN (SELECT value FROM json_each(?))"


def in_sections(conn: sqlite3.Connection, windows: Sequence[Window], language: str) -> Counts:
    """Articles in a language by step and section, which is named as the site prints it."""
    names = {each.slug: each.name for each in newest.sections(conn) if each.language == language}
    several = conn.execute(_SEVERAL_SITES).fetchone()[0]
    statement = _IN_SECTIONS.format(of_site="AND +site = :site" if several else "")
    found: Counts = Counter()
    for window in windows:
        values = window.values() | {"language": language, "sections": json.dumps(list(names))}
        for step, slug, count in conn.execute(statement, values):
            if count:
                found[step, names[slug]] += count
    return found


def tagged(conn: sqlite3.Connection, windows: Sequence[Window], most: int) -> Counts:
    """Articles by step and tag, of the `most` tags that are used most in all of the steps."""
    found: Counter[tuple[int, int]] = Counter()
    uses: Counter[int] = Counter()
    for window in windows:
        for step, tag_id, count in conn.execute(_TAGGED, window.values()):
            found[step, tag_id] += count
            uses[tag_id] += count
    used = [tag_id for tag_id, _ in uses.most_common(most)]
    names = dict(tuple(row) for row in conn.execute(_TAGS, (json.dumps(used),)))
    return Counter({(step, names[tag_id]): count for (step, tag_id), count in found.items() if tag_id in names})
