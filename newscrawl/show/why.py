"""`newscrawl why`: what is known of an address, in sentences, the most important first."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Iterator

import attrs

from newscrawl import schedule
from newscrawl.archive.known import ArchivedArticle, Fetch, FrontierRow, Known
from newscrawl.archive.values import FailedPage
from newscrawl.archive.walks import ALL_NEWS, BEGINNING
from newscrawl.show.gone import what_happened
from newscrawl.show.terminal import counted, minute, one_line
from newscrawl.site import Site

SHOWN = 10
"""Exchanges that are shown, the last ones."""


@attrs.frozen(kw_only=True)
class Case:
    """An address, and what there is to judge it by."""

    url: str
    """In the archive's spelling."""
    site: Site | None
    """The site that it is of; None for one that is not crawled."""
    known: Known
    now: str
    """UTC."""
    forbidden: bool
    """Whether the stored robots.txt forbids it."""
    rules_status: int | None
    """With which status robots.txt was answered, where it is stored."""
    not_before: str | None
    """Until when the site asked to be left alone."""
    looks_due: int
    """Articles in its language that are due for another look."""
    looks_at_once: str
    """How many of them a crawl looks at (NEWSCRAWL_LOOKS)."""
    db: str | None
    """The archive, where it is not the one that commands take by themselves."""
    walked: tuple[tuple[str, str, str], ...]
    """(section, oldest, newest) of the spans in which the listings of its language were walked."""


def sentences(case: Case) -> Iterator[str]:
    """All there is to say, a line each."""
    known = case.known
    failing = [failure for failure in known.failures if failure.resolved_at is None]
    if known.article:
        yield from _archived(case, known.article)
    elif known.row and known.row.kind != "article":
        yield from _place(known.row)
    elif failing:
        yield "Not archived: no page of it gave an article."
    elif known.row:
        yield _waits(known.row)
    else:
        yield from _never_heard_of(case)
    for failure in failing:
        yield f"It failed {_tries(failure)}; newscrawl failures{_db(case, '--db ')} says what to do."
    yield from _next(case)
    yield from _obstacles(case)
    for failure in known.failures:
        if failure.resolved_at:
            yield f"Had failed {_tries(failure)}; resolved {minute(failure.resolved_at)}."
    yield from _fetches(known.fetches)


def _archived(case: Case, article: ArchivedArticle) -> Iterator[str]:
    published = f"published {minute(article.published_at)}" if article.published_at else "without a time"
    yield (
        f"Archived: {one_line(article.headline)} ({article.language}, {published}), "
        f"in {counted(article.revision, 'state')}; newscrawl history {one_line(article.url)}"
        f"{_db(case, '--db ')} shows them."
    )
    for absence in case.known.absences:
        what = what_happened(absence)
        yield f"{what[0].upper()}{what[1:]}."
    if case.known.alias:
        yield f"The article's own address is {one_line(article.url)}; this one is known as: {case.known.alias}."
    changed = f", changed last {minute(article.changed_at)}" if article.changed_at else ""
    yield f"First seen {minute(article.first_seen_at)}, last seen {minute(article.last_seen_at)}{changed}."
    is_away = any(absence.fate != "returned" for absence in case.known.absences)
    if case.known.row and case.known.row.reason and not is_away:
        yield f"What was said of it last: {one_line(case.known.row.reason)}."


def _place(row: FrontierRow) -> Iterator[str]:
    language = f" ({row.language})" if row.language else ""
    yield f"No article but the site's {row.kind}{language}: crawls ask there for what is new."
    if row.last_fetched_at:
        yield f"Fetched last {minute(row.last_fetched_at)}, status {row.status}."


def _tries(failure: FailedPage) -> str:
    times = "once, " if failure.times == 1 else f"{failure.times:,} times, first {minute(failure.first_at)}, last "
    detail = f": {one_line(failure.detail)}" if failure.detail else ""
    return f"{times}{minute(failure.last_at)} ({failure.stage}, {failure.error}{detail})"


def _waits(row: FrontierRow) -> str:
    said = f" ({one_line(row.reason)})" if row.reason else ""
    if row.last_fetched_at:
        return f"Not archived: fetched last {minute(row.last_fetched_at)}, status {row.status}, it gave none{said}."
    return f"Not archived: it was never fetched, known since {minute(row.first_seen_at)}{said}."


def _never_heard_of(case: Case) -> Iterator[str]:
    site = case.site
    if site is None:
        return
    if not site.article(case.url):
        what = "a page that lists articles" if site.lists(case.url) else "none, by how its articles are addressed"
        yield f"Not archived: crawls of {site.domain} take only articles, and this is {what}."
        return
    yield "Never heard of: no listing, feed, sitemap or article that was read names it."
    yield from _how_far(case, site)
    yield f"To fetch it: {_fetch(case, site)}"


def _how_far(case: Case, site: Site) -> Iterator[str]:
    language = site.language_of(case.url)
    section = site.section_of(case.url)
    spans = [span for span in case.walked if span[0] in (ALL_NEWS, section)]
    if not spans:
        yield f"No listing in {language} has been walked so far."
    for name, oldest, newest in spans:
        listing = "of all news" if name == ALL_NEWS else f"of the section {name}"
        since = "its end" if oldest == BEGINNING else minute(oldest)
        yield (
            f"The listing {listing} in {language} was walked from {minute(newest)} down to {since}: if the article "
            "is of that time, the listing did not name it."
        )


def _next(case: Case) -> Iterator[str]:
    row, article = case.known.row, case.known.article
    if article and (row is None or row.next_fetch_at is None):
        yield _no_further_look(case, article)
    elif article and row:
        assert row.next_fetch_at is not None
        yield f"{_when(case, row.next_fetch_at, 'look at it again')}{_rhythm(case, article)}."
    elif row and row.kind == "article" and row.next_fetch_at:
        yield f"{_when(case, row.next_fetch_at, 'ask for it')}{_trying(case)}."
    elif row and row.kind == "article":
        yield f"Given up: what failed for a week is asked for by name only{_by_name(case)}"


def _no_further_look(case: Case, article: ArchivedArticle) -> str:
    looks = case.site.looks if case.site else ()
    if not looks:
        return "No further look: its site is looked at once."
    why = f"articles are looked at again while they are younger than {_long(looks[-1][0])}"
    gone = " and gone" if article.gone_at else ""
    return f"No further look{gone}: {why}{_by_name(case)}"


def _when(case: Case, due: str, what: str) -> str:
    if due > case.now:
        return f"Not due now: crawls {what} from {minute(due)} on"
    behind = ""
    if case.known.article and case.looks_at_once.isdecimal() and case.looks_due > int(case.looks_at_once):
        behind = f", {case.looks_due:,} articles are, and a crawl looks at {case.looks_at_once} (NEWSCRAWL_LOOKS)"
    return f"Due since {minute(due)}{behind}: the next crawls {what}"


def _rhythm(case: Case, article: ArchivedArticle) -> str:
    if article.gone_at:
        return f" (every {_long(schedule.GONE)} while it is gone)"
    if any(each.fate == "missing" for each in case.known.absences):
        return f" (every {_long(schedule.MISSING)} while it is not there)"
    born, looks = article.published_at or article.first_seen_at, case.site.looks if case.site else ()
    age = dt.datetime.fromisoformat(case.now) - dt.datetime.fromisoformat(born)
    found = next(((limit, between) for limit, between in looks if age < limit), None)
    if found is None:
        return ""
    return f" (every {_long(found[1]).removeprefix('1 ')} while it is younger than {_long(found[0])})"


def _trying(case: Case) -> str:
    if not (case.known.failures and case.known.failures[0].resolved_at is None):
        return ""
    if case.known.failures[0].stage == "download":
        return " (what could not be fetched is tried again, ever more rarely, for a week)"
    return f" (a page that gave no article is tried again after {_long(schedule.UNREADABLE)}, for a week)"


def _obstacles(case: Case) -> Iterator[str]:
    if case.site is None:
        yield f"{one_line(case.url)} is of no site that is crawled."
        return
    if case.forbidden and case.rules_status is not None and case.rules_status >= 500:
        yield (
            f"robots.txt of {case.site.domain} could not be read last (status {case.rules_status}), so that nobody "
            "knows what it allows: crawls ask for nothing until it can be."
        )
    elif case.forbidden:
        yield f"robots.txt of {case.site.domain} forbids it, as it was stored last: no crawl asks for it."
    if case.not_before and case.not_before > case.now:
        yield f"{case.site.domain} asked to be left alone until {minute(case.not_before)}: no crawl asks it before."


def _fetches(fetches: tuple[Fetch, ...]) -> Iterator[str]:
    if not fetches:
        yield "Nothing was ever stored of it."
        return
    more = f"; the last {SHOWN}" if len(fetches) > SHOWN else ""
    yield f"Fetched {counted(len(fetches), 'time')}, as it is stored{more}:"
    for fetch in fetches[:SHOWN]:
        words = " ".join(f"{name}={_value(value)}" for name, value in fetch.arguments.items())
        asked = f" ({one_line(words)})" if words else ""
        run = f"crawl {fetch.run_id} of {fetch.spider}{asked}" if fetch.run_id else "no crawl that is known"
        yield f"  {fetch.fetched_at}  {fetch.status}  {fetch.kind}  {run}  {one_line(fetch.url)}"


def _by_name(case: Case) -> str:
    return f"; to ask now: {_fetch(case, case.site)}" if case.site else ""


def _fetch(case: Case, site: Site) -> str:
    return f"scrapy crawl {site.name}{_db(case, '-s NEWSCRAWL_DB=')} -a urls={one_line(case.url)}"


def _db(case: Case, option: str) -> str:
    return f" {option}{shlex.quote(one_line(case.db))}" if case.db else ""


def _value(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)


def _long(span: dt.timedelta) -> str:
    """`15 minutes`, `1 hour`, `30 days`."""
    units = {"day": dt.timedelta(days=1), "hour": dt.timedelta(hours=1), "minute": dt.timedelta(minutes=1)}
    unit = next((unit for unit, length in units.items() if not span % length), "minute")
    return counted(span // units[unit], unit)
