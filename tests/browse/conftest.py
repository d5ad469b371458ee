"""Archives as a reader meets them: behind a real datasette, asked in this process."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from datasette.app import Datasette

from newscrawl.archive import Archive, RunEnd
from newscrawl.items import Alternate, Article, Image
from newscrawl.sites.report_az import REPORT

SITE = "https://report.az"
TEXT = {
    "az": "Bakıda yeni metro stansiyası açılıb. Nazir bildirib ki, tikinti üç il çəkib.\n\nStansiya səhər açılacaq.",
    "ru": "В Баку открыта новая станция метро. Министр сообщил, что её строили три года.\n\nСтанция откроется утром.",
    "en": "A new metro station has opened in Baku. The minister said it took three years.\n\nIt opens in the morning.",
}
HEADLINE = {"az": "Bakıda metro stansiyası açılıb", "ru": "В Баку открыта станция метро", "en": "Metro opens in Baku"}
SECTION = {"az": ("İnfrastruktur", "infrastruktur"), "ru": ("Инфраструктура", "infrastruktura"),
           "en": ("Infrastructure", "infrastructure")}  # fmt: skip
TAG = {"az": "Metro", "ru": "Метро", "en": "Metro"}
PREFIX = {"az": "", "ru": "/ru", "en": "/en"}


def address(language: str, slug: str) -> str:
    """The address of an article."""
    return f"{SITE}{PREFIX[language]}/{SECTION[language][1]}/{slug}"


def article(language: str, slug: str, published_at: str | None, **values: Any) -> Article:
    """An article in a language, with everything that a page can have."""
    name, section_slug = SECTION[language]
    defaults: dict[str, Any] = {
        "url": address(language, slug), "site": "report", "language": language, "headline": HEADLINE[language],
        "body": TEXT[language], "summary": TEXT[language].split(".")[0] + ".", "section": name,
        "section_slug": section_slug, "published_at": published_at, "tags": (TAG[language], "Baku"),
        "image_url": f"https://images.report.az/photo/{slug}.jpg",
        "images": (Image(url=f"https://images.report.az/photo/{slug}.jpg", caption="At the platform"),),
        "authors": ("Aysel Quliyeva",), "parser": "newscrawl.sites.report_az.ReportArticlePage",
        "sources": {"headline": "json-ld", "published_at": "css"},
    }  # fmt: skip
    return Article(**(defaults | values))


def fill(archive: Archive) -> None:
    """A story in three languages, one that was edited three times, one that is gone, one without a time, failures."""
    archive.add_site(REPORT)
    run = archive.start_run("report", {}, {}, "2026-03-17T08:00:00Z")
    for language in ("az", "ru", "en"):
        others = tuple(Alternate(language=each, url=address(each, "metro"), headline=HEADLINE[each])
                       for each in ("az", "ru", "en") if each != language)  # fmt: skip
        made = article(language, "metro", "2026-03-17T11:00:00+04:00", alternates=others)
        archive.save(made, seen_at="2026-03-17T08:01:00Z", run_id=run)
    for hour, headline in enumerate(("Budget is discussed", "Budget is approved", "UPDATED: Budget is approved")):
        text = f"The sum is {hour} million."
        made = article("en", "budget", "2026-03-16T23:30:00+04:00", headline=headline, body=text)
        archive.save(made, seen_at=f"2026-03-17T0{5 + hour}:10:00Z", run_id=run)
    archive.save(
        article("ru", "snos", "2026-03-15T10:00:00+04:00", headline="Снесён дом"),
        seen_at="2026-03-15T07:00:00Z", run_id=run,
    )  # fmt: skip
    for at in ("2026-03-16T01:00:00Z", "2026-03-16T12:00:00Z", "2026-03-17T04:00:00Z"):
        archive.missed(address("ru", "snos"), at=at, status=404, run_id=run)
    archive.save(
        article("az", "vaxtsiz", None, headline="Vaxtı bilinməyən xəbər"),
        seen_at="2026-03-17T08:02:00Z", run_id=run,
    )  # fmt: skip
    archive.fail(
        address("en", "broken"), stage="extract", error="MissingField", detail="no headline", run_id=run,
        at="2026-03-17T08:03:00Z", site="report",
    )  # fmt: skip
    archive.end_run(
        run,
        RunEnd(
            at="2026-03-17T08:04:00Z", finish_reason="finished", exit_code=3, why="1 page gave no article",
            counts={"requests": 12, "responses": 12, "bytes": 120_000, "listed": 8, "stored": 6, "failed": 1},
            by_language={"en": {"stored": 2}, "az": {"stored": 2}, "ru": {"stored": 2}}, coverage={"headline": 1.0},
        ),
    )  # fmt: skip
    archive.optimize()


class Reading:
    """Datasette on some databases."""

    def __init__(self, *paths: Path, **options: Any) -> None:
        self.datasette = Datasette([str(path) for path in paths], **options)

    def get(self, path: str, **options: Any) -> httpx.Response:
        """The answer for a visitor."""
        response: httpx.Response = asyncio.run(self.datasette.client.get(path, **options))
        return response

    def page(self, path: str) -> str:
        """The page at a path, which is there."""
        response = self.get(path)
        assert response.status_code == 200, (path, response.status_code, response.text[:500])
        return response.text


def words(html: str) -> str:
    """What a page says, without its marks, in one line."""
    return " ".join(unescape(re.sub(r"<(script|style).*?</\1>|<[^>]*>", " ", html, flags=re.S)).split())


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with a little of everything. Read it only."""
    path = tmp_path_factory.mktemp("filled") / "news.db"
    with Archive.open(path) as archive:
        fill(archive)
    return path


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive without a row. Read it only."""
    path = tmp_path_factory.mktemp("empty") / "news.db"
    Archive.open(path).close()
    return path


@pytest.fixture(scope="session")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of another program that has a table of the same name."""
    path = tmp_path_factory.mktemp("foreign") / "news.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE articles (id INTEGER PRIMARY KEY, headline TEXT)")
    conn.execute("INSERT INTO articles VALUES (1, 'Not ours')")
    conn.commit()
    conn.close()
    return path


@pytest.fixture(scope="module")
def reading(filled: Path) -> Reading:
    """The filled archive, served."""
    return Reading(filled)
