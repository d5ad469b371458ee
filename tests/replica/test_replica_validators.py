"""Validators and `lastmod`: which the stand-in has, and that they tell the truth."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree as ET

import attrs
import pytest

from newscrawl.replica.site import Replica
from tests.replica.conftest import HOST, Visitor

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
NEVER = "Thu, 01 Jan 2037 00:00:00 GMT"


@pytest.mark.parametrize(
    ("variant", "sent", "by_tag", "by_date"),
    [
        (0, {"etag", "last-modified"}, 304, 304),
        (1, {"etag"}, 304, 200),
        (2, {"last-modified"}, 200, 304),
        (3, set(), 200, 200),
    ],
)
def test_validators_by_variant(site: Visitor, variant: int, sent: set[str], by_tag: int, by_date: int) -> None:
    site.app.replica = Replica(stories=60)
    path = site.app.replica.texts.path(50, "az")
    site.app.replica = Replica(stories=60, variant=variant)
    for address in (path, "/son-xeberler", "/rss/", "/news-sitemap.xml", "/robots.txt"):
        answer = site.get(address)
        assert answer.headers.keys() & {"etag", "last-modified"} == sent
        tag = answer.headers.get("etag", '"none"')
        assert site.get(address, If_None_Match=tag).status_code == by_tag
        assert site.get(address, If_Modified_Since=NEVER).status_code == by_date


def at(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


def entries(site: Visitor) -> dict[str, tuple[str | None, str | None]]:
    """address -> (lastmod, time of publication) of the news sitemap."""
    root = ET.fromstring(site.get("/news-sitemap.xml").content)
    return {
        entry.findtext(f"{MAP}loc", ""): (
            entry.findtext(f"{MAP}lastmod"),
            entry.findtext(f"{NEWS}news/{NEWS}publication_date"),
        )
        for entry in root.findall(f"{MAP}url")
    }


def test_the_sitemap_says_when_entries_were_edited(site: Visitor) -> None:
    site.app.replica = fresh = Replica(stories=60, variant=1)
    url = HOST + fresh.texts.path(50, "az")
    assert all(lastmod == published for lastmod, published in entries(site).values())
    edited = fresh.published(50) + 1_234
    site.app.replica = attrs.evolve(fresh, edits={50: "body"}, edited_at={50: edited})
    lastmod, published = entries(site)[url]
    assert lastmod is not None
    assert datetime.fromisoformat(lastmod) == at(edited)
    assert datetime.fromisoformat(lastmod).utcoffset() is not None
    assert published == fresh.texts.clock.local(50).isoformat()
    changed = {each for each, (mod, out) in entries(site).items() if mod != out}
    assert changed == {HOST + fresh.texts.path(50, lang) for lang in ("az", "ru", "en") if fresh.exists(50, lang)}


def test_a_sitemap_without_lastmod(site: Visitor) -> None:
    site.app.replica = Replica(stories=60)
    assert {lastmod for lastmod, _ in entries(site).values()} == {None}


def modified(site: Visitor, address: str) -> datetime:
    return parsedate_to_datetime(site.get(address).headers["last-modified"])


def test_pages_say_when_they_were_edited(site: Visitor) -> None:
    fresh = site.app.replica
    path, other = fresh.texts.path(100, "az"), fresh.texts.path(90, "az")
    before, listing, beside = modified(site, path), modified(site, "/son-xeberler"), modified(site, other)
    assert listing == at(fresh.published(119))
    edited = fresh.published(119) + 60
    site.app.replica = attrs.evolve(fresh, edits={100: "body"}, edited_at={100: edited})
    assert before < modified(site, path) == modified(site, "/son-xeberler") == modified(site, "/rss/") == at(edited)
    assert modified(site, other) == beside
    assert site.get(path, If_Modified_Since=f"{before:%a, %d %b %Y %H:%M:%S} GMT").status_code == 200


def test_an_edit_is_no_younger_than_the_story_beside_it(site: Visitor) -> None:
    """A page shows the story that came after it, so it changed then, edited before or not."""
    fresh = site.app.replica
    path = fresh.texts.path(100, "az")
    before = modified(site, path)
    site.app.replica = attrs.evolve(fresh, edits={100: "body"}, edited_at={100: fresh.published(100) + 1})
    assert modified(site, path) == before


def test_a_new_layout_makes_every_page_new(site: Visitor) -> None:
    fresh = site.app.replica
    moment = fresh.published(119) + 500
    site.app.replica = attrs.evolve(fresh, redesigned=True, laid_out_at=moment)
    assert modified(site, fresh.texts.path(20, "az")) == modified(site, "/son-xeberler") == at(moment)
