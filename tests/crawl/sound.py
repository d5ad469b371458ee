"""What tests of a site that misbehaves ask of a crawl."""

from __future__ import annotations

from typing import Any

from newscrawl.replica.app import ReplicaApp
from tests.crawl.conftest import Harvester

POLITE = {"CONCURRENT_REQUESTS": "1", "CONCURRENT_REQUESTS_PER_DOMAIN": "1"}


def article(app: ReplicaApp, number: int = 20) -> str:
    """The path of an article."""
    return app.replica.texts.path(number, "az")


def open_failures(harvest: Harvester) -> list[dict[str, Any]]:
    return harvest.rows("SELECT url, stage, error FROM failures WHERE resolved_at IS NULL ORDER BY url")


def asked(app: ReplicaApp, path: str) -> int:
    return sum(target == path for _, target, _ in app.requests)
