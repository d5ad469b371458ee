"""An archive of all that a reader can meet: three languages, edits of all kinds, what went, failures, stored pages."""

from __future__ import annotations

import datetime as dt
from html import escape
from pathlib import Path

import attrs

from newscrawl.archive import Archive, RunEnd
from newscrawl.items import Alternate, Article, Image
from newscrawl.replica.languages import LANGUAGES
from newscrawl.replica.site import Replica
from newscrawl.sites.report_az import REPORT
from newscrawl.times import to_utc
from tests.browse.conftest import address, article
from tests.upkeep.conftest import Library

EVENING = dt.datetime.fromisoformat("2026-03-17T19:00:00+04:00")
"""When the archive was filled last. The stand-in's newest story is of 15:50."""
HEADLINE = {
    "az": "Bakıda yeni metro stansiyası açılıb",
    "ru": "В Баку открылась новая станция метро",
    "en": "New metro station opens in Baku",
}
MARKED_AT = "2026-03-17T17:20:00+04:00"
TEXT = {
    "az": "BAKI metropoliteni bildirib: stansiyanı gündə 40 min sərnişin keçəcək.\n\n"
    "Mühəndis Elham Rəhimova deyib ki, tikinti üç il çəkib.",
    "ru": "Бакинский метрополитен сообщил: станцией будут пользоваться 40 тысяч человек в день.\n\n"
    "Строили её три года.",
    "en": "The metro of Baku expects 40,000 passengers a day.\n\nIt took three years to build the station.",
}  # fmt: skip
_PAGE = """<!DOCTYPE html><html lang="{0.language}"><head><meta charset="utf-8"><title>{1}</title>
<link rel="stylesheet" href="https://report.az/site.css"><style>h1 {{ color: teal }}</style>
<script>document.title = "ran"; fetch("https://report.az/counter")</script></head>
<body onload="alert('ran')"><h1>{1}</h1><img src="{0.image_url}" alt=""><p>{2}</p>
<a href="https://report.az/en/elsewhere">Elsewhere</a></body></html>"""


def make(folder: Path) -> Path:
    """The archive `news.db` in `folder`, its stored pages beside it."""
    path = folder / "news.db"
    with Archive.open(path) as archive:
        archive.add_site(REPORT)
        with archive.transaction():
            _days(archive)
        _told_in_three_languages(Library(archive, folder / "warc"))
        with archive.transaction():
            _edited(archive)
            _gone(archive)
            _failed(archive)
            _elsewhere(archive)
        archive.optimize()
    return path


def utc(**before: float) -> str:
    """A time before the EVENING."""
    return to_utc(EVENING - dt.timedelta(**before))


def _days(archive: Archive) -> None:
    """Five days of the stand-in, a crawl a day, and some news of the year before that the first crawl found."""
    replica = Replica(stories=72, per_day=8)
    runs = [_run(archive, day) for day in range(6)]
    for number in range(replica.stories):
        for language in LANGUAGES:
            truth = replica.truth_of(number, language)
            if truth["why"] or not replica.exists(number, language):
                continue
            published = dt.datetime.fromisoformat(truth["published_at"])
            day = min((EVENING - published).days, 5)
            seen = max(to_utc(published + dt.timedelta(minutes=4)), utc(days=5, minutes=4))
            archive.save(_of_truth(truth), seen_at=seen, run_id=runs[day])


def _of_truth(truth: dict[str, object]) -> Article:
    fields = {each.name for each in attrs.fields(Article)} & truth.keys()
    values = {name: value for name, value in truth.items() if name in fields}
    values |= {name: tuple(truth[name]) for name in ("tags", "authors")}  # type: ignore[arg-type]
    values["alternates"] = tuple(Alternate(**each) for each in truth["alternates"])  # type: ignore[attr-defined]
    return Article(**values, site="report", parser="newscrawl.sites.report_az.ReportArticlePage")  # type: ignore[arg-type]


def _run(archive: Archive, day: int) -> int:
    """A crawl so many days before the EVENING; the one of two days before was degraded."""
    run = archive.start_run("report", {}, {}, utc(days=day, minutes=5), parser="0123456789ab")
    coverage = {"summary": 1.0, "section": 1.0, "tags": 0.9 - day / 50}
    ended = RunEnd(
        at=utc(days=day, minutes=2), finish_reason="finished", exit_code=3 if day == 2 else 0, coverage=coverage,
        by_language={each: {"listed": 20, "stored": 16, "covered": 16, "coverage": coverage} for each in LANGUAGES},
        counts={"requests": 60, "responses": 58, "bytes": 900_000 + day * 50_000, "listed": 60, "stored": 48},
    )  # fmt: skip
    archive.end_run(run, ended)
    return run


def metro(language: str, **values: object) -> Article:
    """The story that the tests read, in a language."""
    photo = "https://images.report.az/photo/metro.jpg"
    others = tuple(
        Alternate(language=each, url=address(each, "metro"), headline=HEADLINE[each]) for each in HEADLINE
        if each != language
    )  # fmt: skip
    given: dict[str, object] = {
        "headline": HEADLINE[language], "body": TEXT[language], "summary": TEXT[language].split("\n")[0],
        "alternates": others, "image_url": photo,
        "images": (Image(url=photo, caption="At the platform"), Image(url=photo.replace("metro", "stairs"))),
        "short_url": f"https://report.az/{7001 + list(HEADLINE).index(language)}",
        "sources": {"headline": "json-ld", "body": "css", "published_at": "json-ld", "tags": "css", "url": "canonical"},
    }  # fmt: skip
    return article(language, "metro", "2026-03-17T16:30:00+04:00", **(given | values))


def _told_in_three_languages(library: Library) -> None:
    """The newest story, with stored pages; in English in four states.

    The publisher marked one edit, made one silently, and one is newscrawl's own reading.
    """
    run = library.run(utc(hours=2))
    for language in ("az", "ru"):
        _seen(library, run, metro(language), utc(hours=2), metro(language))
    first, marked = metro("en"), metro("en", headline=f"{HEADLINE['en']} - UPDATED", modified_at=MARKED_AT)
    silent = attrs.evolve(marked, body=marked.body.replace("40,000 passengers", "up to 45,000 passengers on weekdays"))
    reread = attrs.evolve(silent, body=silent.body.replace("\n\n", " "))
    for hours, shown, read in ((2, first, first), (1.5, marked, marked), (1, silent, silent), (0.5, silent, reread)):
        _seen(library, run, shown, utc(hours=hours), read)
    counts = {"requests": 9, "responses": 9, "bytes": 80_000, "stored": 3, "changed": 2}
    ended = RunEnd(at=utc(hours=0.4), finish_reason="finished", exit_code=0, counts=counts)
    library.archive.end_run(run, ended)
    library.writers[run].close()


def _seen(library: Library, run: int, shown: Article, at: str, read: Article) -> None:
    """A page that shows one article, and what newscrawl reads in it."""
    text = escape(shown.body).replace("\n\n", "</p><p>")
    snapshot = library.keep(run, _PAGE.format(shown, escape(shown.headline), text), at, shown.url)
    library.archive.save(read, seen_at=at, run_id=run, snapshot_id=snapshot)


def _edited(archive: Archive) -> None:
    """A silent edit of an article in Azerbaijani: neither a mark nor a new time."""
    for hours, figure in ((9, "12 milyon"), (7, "21 milyon")):
        made = article("az", "kubok", "2026-03-17T09:00:00+04:00", headline="Kubok matçına biletlər satışa çıxarılıb",
                       body=f"Biletlərin satışından {figure} manat gəlir gözlənilir.", tags=("Futbol",))  # fmt: skip
        archive.save(made, seen_at=utc(hours=hours), run_id=None)


def _gone(archive: Archive) -> None:
    """An article that is gone, and one that returned."""
    for slug, headline in (("snos", "Снесён дом в центре города"), ("dozhd", "Ночью ожидается дождь")):
        body = f"{headline}. Подробности позже."
        made = article("ru", slug, "2026-03-14T12:00:00+04:00", headline=headline, body=body)
        archive.save(made, seen_at=utc(days=3, hours=6), run_id=None)
        for hours in (60, 40, 30):
            archive.missed(made.url, at=utc(hours=hours), status=404)
    archive.save(made, seen_at=utc(hours=20), run_id=None)


def _failed(archive: Archive) -> None:
    for slug, error, detail in (
        ("empty", "MissingField", "no headline: h1.section-title"), ("half", "TruncatedPage", "</html> is missing"),
    ):  # fmt: skip
        url = address("en", slug)
        archive.fail(url, stage="extract", error=error, detail=detail, run_id=None, at=utc(hours=3), site="report")


def _elsewhere(archive: Archive) -> None:
    """A second site, whose zone is not known."""
    made = article(
        "en", "harbour", "2026-03-17T10:00:00+00:00", site="news.example", url="https://news.example/harbour",
        headline="Harbour festival begins", body="The festival begins on Friday.", image_url=None, images=(),
    )  # fmt: skip
    archive.save(made, seen_at=utc(hours=4), run_id=None)
