"""What a user asks of a crawl with `-a name=value`, read and refused before any request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import attrs

from newscrawl import times
from newscrawl.errors import UsageError
from newscrawl.site import Site
from newscrawl.text import fold

NAMES = ("languages", "sections", "since", "until", "limit", "urls")


@attrs.frozen(kw_only=True)
class Arguments:
    """The arguments of a crawl. Times are half-open: `since <= published_at < until`."""

    languages: tuple[str, ...]
    sections: frozenset[str] = frozenset()
    """Folded names or slugs; empty for all."""
    since: str | None = None
    """ISO 8601 with offset."""
    until: str | None = None
    limit: int | None = None
    """Most articles to fetch."""
    urls: tuple[str, ...] = ()
    """Canonical addresses; the crawl fetches these and nothing else."""

    def spans(self, moment: str | None) -> bool:
        """Whether a link's time is in the span; a link that shows none may be, so its page is looked at."""
        if moment is None:
            return True
        when = dt.datetime.fromisoformat(moment)
        too_old = self.since and when < dt.datetime.fromisoformat(self.since)
        return not too_old and not (self.until and when >= dt.datetime.fromisoformat(self.until))


def parse_arguments(site: Site, raw: Mapping[str, str]) -> Arguments:
    """The `-a` arguments of a crawl of `site`.

    Raises:
        UsageError: an unknown argument, language or date, a limit that is no number, another site's URL.
    """
    if unknown := sorted(set(raw) - set(NAMES)):
        raise UsageError(f"unknown argument {unknown[0]!r}; accepted: {', '.join(NAMES)}")
    since = moment(raw.get("since"), "since", site.zone)
    until = moment(raw.get("until"), "until", site.zone, end=True)
    if since and until and dt.datetime.fromisoformat(since) >= dt.datetime.fromisoformat(until):
        raise UsageError(f"since={raw['since']} is after until={raw['until']}")
    if since and dt.datetime.fromisoformat(since) > dt.datetime.now(dt.UTC):
        raise UsageError(f"since={raw['since']} is in the future")
    return Arguments(
        languages=_languages(raw.get("languages"), site),
        sections=frozenset(fold(name) for name in _list(raw.get("sections"))),
        since=since,
        until=until,
        limit=_limit(raw.get("limit")),
        urls=tuple(_url(url, site) for url in _list(raw.get("urls"))),
    )


def check_sections(arguments: Arguments, known: Iterable[tuple[str, str]]) -> None:
    """Compare the wanted sections with the (slug, name) pairs that are known.

    Raises:
        UsageError: one of them is neither a known slug nor a known name; the message lists the slugs.
    """
    pairs = [(slug, name) for slug, name in known]
    accepted = {fold(word) for pair in pairs for word in pair if word}
    if unknown := sorted(arguments.sections - accepted):
        slugs = ", ".join(sorted({slug for slug, _ in pairs}))
        raise UsageError(f"unknown section {unknown[0]!r}; accepted: {slugs}")


def _list(value: str | None) -> list[str]:
    return [part.strip() for part in (value or "").split(",") if part.strip()]


def _languages(value: str | None, site: Site) -> tuple[str, ...]:
    languages = tuple(dict.fromkeys(_list(value))) or site.languages
    if unknown := [language for language in languages if language not in site.languages]:
        raise UsageError(f"unknown language {unknown[0]!r}; {site.name} has: {', '.join(site.languages)}")
    return languages


def moment(value: str | None, name: str, zone: str, *, end: bool = False) -> str | None:
    """A day (at the site's zone, whole where it is an `end`) or a time, as ISO 8601 with offset; None for None.

    Raises:
        UsageError: `value` is neither; the message begins with `name`.
    """
    if value is None:
        return None
    try:
        found = dt.datetime.fromisoformat(value)
        if len(value) == len("2025-11-01"):
            found += dt.timedelta(days=end)
        found = found.replace(tzinfo=found.tzinfo or times.zone_info(zone))
        # Neither the first year nor the last one is whole at every zone
        found.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise UsageError(f"{name}={value!r} is no date; write {name}=2025-11-01") from None
    return found.isoformat()


def _limit(value: str | None) -> int | None:
    if value is None:
        return None
    if not value.isdecimal() or int(value) < 1:
        raise UsageError(f"limit={value!r} is no number of articles; write limit=50")
    return int(value)


def _url(value: str, site: Site) -> str:
    try:
        url = site.canonical(value)
    except ValueError as error:
        raise UsageError(str(error)) from None
    if not site.owns(url):
        raise UsageError(f"{value} is no address of {site.name} ({site.domain})")
    return url
