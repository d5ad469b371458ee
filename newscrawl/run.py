"""What a run was: the same words in the `runs` table and in the first record of its WARC files."""

from __future__ import annotations

import json
import platform
import sqlite3
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any, Self

import attrs

_FIELD = "newscrawl-run"
"""The line of `warcinfo` that holds all of it as JSON; the standard's own lines are for other readers."""


def versions() -> dict[str, str]:
    """What newscrawl and what it stands on are at."""
    packages = {name: version(name) for name in ("newscrawl", "scrapy", "web-poet", "lxml", "sqlite-utils", "warcio")}
    return {**packages, "python": platform.python_version(), "sqlite": sqlite3.sqlite_version}


@attrs.frozen(kw_only=True)
class Run:
    """One `scrapy crawl`, as it began."""

    spider: str
    arguments: Mapping[str, Any]
    """The spider's, by name, those that were given."""
    started_at: str
    """UTC."""
    parser: str
    """`newscrawl.parser.parser_state`."""
    versions: Mapping[str, str] = attrs.field(factory=versions)

    def warcinfo(self, agent: str) -> dict[str, str]:
        """The fields of a `warcinfo` record (ISO 28500, 6.2), in which the run can be found again."""
        return {
            "software": f"newscrawl/{self.versions['newscrawl']} warcio/{self.versions['warcio']}",
            "format": "WARC File Format 1.1",
            "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "http-header-user-agent": agent,
            "robots": "obey",
            _FIELD: json.dumps(attrs.asdict(self), ensure_ascii=False, sort_keys=True, default=str),
        }

    @classmethod
    def of_warcinfo(cls, payload: bytes) -> Self | None:
        """The run that a `warcinfo` record tells of; None where it tells of none of ours."""
        # Not splitlines: JSON may hold other characters that break lines elsewhere
        lines = payload.decode("utf-8", "replace").split("\r\n")
        value = next((line.removeprefix(f"{_FIELD}: ") for line in lines if line.startswith(f"{_FIELD}: ")), "")
        try:
            found = json.loads(value)
            # A later newscrawl may say more
            return cls(**{name: found[name] for name in attrs.fields_dict(cls)})
        except (ValueError, KeyError, TypeError):
            return None
