"""An archive of articles with a history: edited, copied, moved, gone, back; and one of a hostile publisher."""

from __future__ import annotations

import re
from pathlib import Path

from newscrawl.archive import Archive
from newscrawl.items import Alternate, Article, Image
from newscrawl.sites.report_az import REPORT
from tests.archive.conftest import words as text_of
from tests.browse import conftest
from tests.browse.conftest import address, article

BANK = address("en", "rate")
PARAGRAPHS = (
    "The Central Bank has kept its discount rate at 7.25 percent, Report informs.",
    "The decision was taken in view of prices on the world market.",
    "The next decision is due on 6 May.",
)
EDITED = PARAGRAPHS[0].replace("7.25", "7.5")
HEADLINE = "Central Bank keeps discount rate"
SEEN = ("2026-03-18T06:03:00Z", "2026-03-18T06:33:00Z", "2026-03-18T07:18:00Z")
TURKISH = "https://report.az/tr/finans/faiz"
HOSTILE = '<script>alert(1)</script> &amp; "q" \u202e'
LONG = "z" * 10_000
DAYS = ("2026-03-19T08:00:00Z", "2026-03-19T20:00:00Z", "2026-03-20T09:00:00Z")


def bank(*paragraphs: str, headline: str = HEADLINE, **values: object) -> Article:
    """The article of four states."""
    others = tuple(Alternate(language=each, url=address(each, "rate")) for each in ("az", "ru"))
    defaults = {
        "summary": "The floor of the corridor stays.", "authors": ("Economy desk",),
        "tags": ("Central Bank", "inflation"), "section": "Infrastructure",
        "alternates": (*others, Alternate(language="tr", url=TURKISH, headline="Faiz oranı")),
        "short_url": "https://report.az/2844552", "site_article_id": "2844552",
        "aliases": {"https://report.az/en/amp/infrastructure/rate": "amp"},
        "sources": {"headline": "css", "published_at": "json-ld"},
    }  # fmt: skip
    made = defaults | values
    return article("en", "rate", "2026-03-18T10:00:00+04:00", headline=headline, body="\n\n".join(paragraphs), **made)


def hostile(**values: object) -> Article:
    """All that a publisher could try."""
    defaults = {
        "headline": HOSTILE + LONG, "body": f"{HOSTILE}\n\n{LONG}", "summary": HOSTILE, "section": HOSTILE,
        "section_slug": '"><script>', "tags": (HOSTILE, "'; DROP TABLE articles; --", "&lt;b&gt;", LONG),
        "authors": (HOSTILE, "javascript:alert(1)"), "image_url": "javascript:alert(2)",
        "images": (Image(url="javascript:alert(2)", caption=HOSTILE), Image(url="data:text/html,x", caption=LONG)),
        "alternates": (Alternate(language="ru", url="javascript:alert(3)", headline=HOSTILE),),
        "short_url": "javascript:alert(4)", "aliases": {"vbscript:alert(5)": HOSTILE},
        "sources": {HOSTILE: HOSTILE}, "parser": HOSTILE, "flags": (HOSTILE,), "published_text": HOSTILE,
    }  # fmt: skip
    return article("en", "hostile", None, **(defaults | values))


def fill(archive: Archive) -> None:
    """Ids: 1 bank, 2 az, 3 ru, 4 copy, 5 hostile, 6 gone, 7 moved, 8 where it moved, 9 back, 10 missing."""
    archive.add_site(REPORT)
    run = archive.start_run("report", {}, {}, "2026-03-18T06:00:00Z")
    later = archive.start_run("report", {}, {}, "2026-03-19T06:00:00Z")
    archive.save(bank(*PARAGRAPHS), seen_at=SEEN[0], run_id=run)
    archive.save(bank(EDITED, *PARAGRAPHS[1:]), seen_at=SEEN[1], run_id=run)
    updated = {"headline": f"{HEADLINE} - UPDATED-2", "modified_at": "2026-03-18T11:10:00+04:00"}
    archive.save(bank(EDITED, PARAGRAPHS[1], **updated), seen_at=SEEN[2], run_id=run)
    archive.save(bank(EDITED, PARAGRAPHS[1], "Photo: Report", **updated), seen_at=SEEN[2], run_id=later, again=True)
    for language in ("az", "ru"):
        others = (Alternate(language="en", url=BANK),)
        made = article(language, "rate", "2026-03-18T10:20:00+04:00", alternates=others, authors=(), tags=())
        archive.save(made, seen_at=SEEN[0], run_id=run)
    copy = bank(EDITED, PARAGRAPHS[1], "Photo: Report.", url=address("en", "copy"), alternates=(), aliases={},
                short_url=None, site_article_id=None)  # fmt: skip
    archive.save(copy, seen_at=SEEN[2], run_id=run)
    archive.save(hostile(), seen_at=SEEN[0], run_id=run)
    archive.save(
        hostile(headline=HOSTILE, summary="<img src=x>", body=HOSTILE, tags=("<i>",)), seen_at=SEEN[1], run_id=run
    )
    away(archive)
    archive.optimize()


def away(archive: Archive) -> None:
    """Articles whose pages were not there."""
    for number, slug in enumerate(("gone", "moved", "here", "back", "once")):
        made = article("en", slug, "2026-03-17T10:00:00+04:00", headline=f"It is {slug}", body=text_of(number))
        archive.save(made, seen_at="2026-03-18T06:00:00Z", run_id=None)
    for at in DAYS:
        for slug in ("gone", "back"):
            archive.missed(address("en", slug), at=at, status=410 if slug == "gone" else 404)
    archive.missed(address("en", "once"), at=DAYS[0], status=404)
    here = article("en", "here", "2026-03-17T10:00:00+04:00", headline="It is here", body=text_of(2),
                   aliases={address("en", "moved"): "redirect"})  # fmt: skip
    archive.save(here, seen_at="2026-03-20T10:00:00Z", run_id=None)
    back = article("en", "back", "2026-03-17T10:00:00+04:00", headline="It is back", body=text_of(3))
    archive.save(back, seen_at="2026-03-21T11:00:00Z", run_id=None)


def make(path: Path) -> Path:
    """The archive at `path`."""
    with Archive.open(path) as archive:
        fill(archive)
    return path


def words(html: str) -> str:
    """What a page says, in one line, without the blanks that marks leave before signs."""
    return re.sub(r" ([.,;)])", r"\1", conftest.words(html)).replace("( ", "(")
