"""After a crawl of the stand-in, the archive holds what the stand-in knows to be true, field by field."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from newscrawl.replica.app import make_app
from newscrawl.replica.serve import serving
from newscrawl.replica.site import Replica
from tests.crawl.conftest import Harvester

STORIES = 400
WANTED = 0.995
"""Share of articles whose value must be equal, for each field."""
FIELDS = ("headline", "body", "published_at", "section", "section_slug", "tags", "alternates", "language")
ALSO_SHOWN = ("summary", "published_text", "image_url", "short_url", "site_article_id", "authors")
# What becomes of a page that is no article
ERRORS = {"soft-404": "UnknownLayout", "cut-off": "TruncatedPage", "photo-only": "MissingField"}
ARTICLES = """
SELECT a.*,
  (SELECT json_group_array(tag) FROM (SELECT tag FROM article_tags JOIN tags ON tags.id = tag_id
     WHERE article_id = a.id ORDER BY position)) AS tags,
  (SELECT json_group_array(author) FROM (SELECT author FROM article_authors JOIN authors ON authors.id = author_id
     WHERE article_id = a.id ORDER BY position)) AS authors,
  (SELECT json_group_array(json_array(language, url, headline)) FROM (SELECT * FROM alternates
     WHERE article_id = a.id ORDER BY language)) AS alternates
FROM articles a
"""


def archived(harvest: Harvester) -> dict[str, dict[str, Any]]:
    rows = harvest.rows(ARTICLES)
    for row in rows:
        for name in ("tags", "authors", "alternates"):
            row[name] = json.loads(row[name])
    return {row["url"]: row for row in rows}


def true_value(record: dict[str, Any], field: str) -> Any:
    if field == "alternates":
        return sorted([each["language"], each["url"], each["headline"]] for each in record["alternates"])
    return record[field]


def harvested(tmp_path: Path, replica: Replica) -> Harvester:
    with serving(make_app(replica)) as origin:
        harvest = Harvester(tmp_path / "news.db", origin)
        run = harvest()
    assert run.code == 3, run.err  # the stand-in has pages that are no articles
    return harvest


@pytest.mark.parametrize("variant", [0, 1, 2, 3])
def test_the_archive_equals_the_truth(tmp_path: Path, variant: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Every variant plays what is unknown of the real site in another way."""
    replica = Replica(stories=STORIES if variant == 0 else STORIES // 4, variant=variant)
    harvest = harvested(tmp_path, replica)
    truth = {record["url"]: record for record in replica.truth()}
    articles = {url: record for url, record in truth.items() if record["outcome"] == "article"}
    found = archived(harvest)

    missing = sorted(articles.keys() - found.keys())
    assert missing == [], "recall is 100%"
    assert sorted(found.keys() - articles.keys()) == [], "nothing is made up"

    equal = dict.fromkeys(FIELDS + ALSO_SHOWN, 0)
    wrong: list[tuple[str, str, str, Any, Any]] = []
    for url, record in articles.items():
        for field in equal:
            expected, got = true_value(record, field), found[url][field]
            if expected == got:
                equal[field] += 1
            else:
                wrong.append((field, record["kind"], url, expected, got))
    with capsys.disabled():
        shown = ", ".join(f"{field} {100 * count / len(articles):.2f}%" for field, count in equal.items())
        sys.stdout.write(f"\nvariant {variant}, {len(articles)} articles, recall 100%, equal to the truth: {shown}\n")
    for field in FIELDS:
        assert equal[field] >= WANTED * len(articles), [each for each in wrong if each[0] == field][:3]

    failures = {row["url"]: row["error"] for row in harvest.rows("SELECT url, error FROM failures")}
    expected = {url: ERRORS[record["why"]] for url, record in truth.items() if record["outcome"] == "failure"}
    assert failures == expected


def test_each_alternate_is_resolved_and_in_one_story(tmp_path: Path) -> None:
    replica = Replica(stories=100)
    harvest = harvested(tmp_path, replica)
    stories = {row["url"]: row["story_id"] for row in harvest.rows("SELECT url, story_id FROM articles")}
    pairs = [
        (record["url"], each["url"])
        for record in replica.truth()
        for each in record["alternates"]
        if record["url"] in stories and each["url"] in stories
    ]
    assert len(pairs) > 100
    assert all(stories[one] == stories[other] for one, other in pairs)
    unresolved = "SELECT count(*) FROM alternates WHERE alternate_id IS NULL AND url IN (SELECT url FROM articles)"
    assert harvest.value(unresolved) == 0
    assert (
        harvest.value("SELECT count(*) FROM (SELECT 1 FROM articles GROUP BY story_id, language HAVING count(*) > 1)")
        == 0
    )
