"""Times with their zone, read from machine-readable and from visible text. Pure functions."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from dateparser.date import DateDataParser

EARLIEST = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)
"""No news page on the web is older; an earlier time is a mistake of the page."""
CLOCK_SKEW = dt.timedelta(minutes=15)
"""How far ahead of our clock a page's time may be before it counts as in the future."""

_FRACTION = re.compile(r"\.\d+")
# Nothing between year and clock, and no half of the day anywhere
_DAY_AND_CLOCK = re.compile(r"(?!.*\b[ap]\.?m\b)([^:]*\d{4}\W*\s)([01]?\d|2[0-3]):([0-5]\d)", re.I)
_TURKIC_I = str.maketrans({"İ": "i", "I": "i", "ı": "i", "\u0307": None})


def utc_now() -> str:
    """The time of day in UTC, `2025-11-11T13:50:00Z`."""
    return to_utc(dt.datetime.now(dt.UTC))


def to_utc(moment: str | dt.datetime) -> str:
    """An ISO 8601 string with offset, or an aware datetime, as `2025-11-11T13:50:00Z`.

    Raises:
        ValueError: the time has no offset, or is no time.
    """
    if isinstance(moment, str):
        moment = dt.datetime.fromisoformat(moment)
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone: {moment.isoformat()}")
    return moment.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def local_day(moment: str, zone: str) -> str:
    """The calendar day (`2025-11-11`) of an ISO 8601 time with offset, in the site's zone."""
    return dt.datetime.fromisoformat(moment).astimezone(zone_info(zone)).date().isoformat()


def parse_machine(text: str, zone: str | None) -> str | None:
    """A machine-readable time (ISO 8601, RFC 822) as ISO 8601 with offset and seconds, or None.

    A time without a zone is taken in `zone`; with no `zone` it is None, as is a bare date: neither is an instant.
    """
    text = text.strip()
    if not text:
        return None
    moment = _parse_iso(text) or _parse_rfc822(text)
    if moment is None:
        return None
    if moment.tzinfo is None:
        if zone is None:
            return None
        moment = moment.replace(tzinfo=zone_info(zone))
    try:
        moment.astimezone(dt.UTC)
    except OverflowError:
        # `0001-01-01T00:00:00` is how some systems print that they have no time
        return None
    return moment.isoformat(timespec="seconds")


def _parse_iso(text: str) -> dt.datetime | None:
    if len(text) < 12:
        return None
    try:
        return dt.datetime.fromisoformat(_FRACTION.sub("", text).replace(" +", "+"))
    except ValueError:
        return None


def _parse_rfc822(text: str) -> dt.datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    # "-0000" says that the zone is not known (RFC 5322, 3.3), which the library returns without a zone
    return moment


def parse_visible(text: str, language: str, zone: str) -> str | None:
    """A printed date and time in one language, at the site's zone, as ISO 8601 with offset, or None.

    The date must name day, month and year, the text must hold a time of day. Exactly one language is given to
    dateparser, with strict parsing: with several, the Azerbaijani `mart` is silently read as the time zone MART.

    >>> parse_visible("11 mart, 2025 17:50", "az", "Asia/Baku")
    '2025-03-11T17:50:00+04:00'
    """
    if not re.search(r"\d{1,2}:\d{2}", text) or not re.search(r"\d{4}", text):
        return None
    if language == "az":
        # `IYUN`.lower() is `iyun`, `İyun`.lower() has a combining dot, and dateparser knows no `ıyun`
        text = text.translate(_TURKIC_I)
    moment = _by_day(text, language, zone) or _read(text, language, zone)
    return moment.isoformat(timespec="seconds") if moment else None


def _by_day(text: str, language: str, zone: str) -> dt.datetime | None:
    """A time whose text ends with the clock, on a day that has been read already: news come many a day."""
    parts = _DAY_AND_CLOCK.fullmatch(text)
    day = _day(parts[1], language, zone) if parts else None
    if parts is None or day is None:
        return None
    return dt.datetime.combine(day, dt.time(int(parts[2]), int(parts[3])), zone_info(zone))


# A crawl goes back day by day, in a few languages: to read a text takes as long as to parse two pages
@lru_cache(maxsize=64)
def _day(text: str, language: str, zone: str) -> dt.date | None:
    """The day that a printed date names; None also where more must be known for a time of that day.

    That is where the text names a zone, and where clocks change.
    """
    noon = _read(text + "12:00", language, zone)
    if noon is None or noon.time() != dt.time(12):
        return None
    ends = (dt.datetime.combine(noon, clock, zone_info(zone)) for clock in (dt.time.min, dt.time.max.replace(fold=1)))
    return noon.date() if all(end.utcoffset() == noon.utcoffset() for end in ends) else None


def _read(text: str, language: str, zone: str) -> dt.datetime | None:
    try:
        moment: dt.datetime | None = _reader(language, zone).get_date_data(text).date_obj
    except ValueError:  # a language that dateparser does not know
        return None
    return moment


@lru_cache(maxsize=64)
def _reader(language: str, zone: str) -> DateDataParser:
    settings = {
        "TIMEZONE": zone,
        "RETURN_AS_TIMEZONE_AWARE": True,
        "STRICT_PARSING": True,
        "REQUIRE_PARTS": ["day", "month", "year"],
        "DATE_ORDER": "DMY",
        "PARSERS": ["absolute-time"],
    }
    return DateDataParser(languages=[language], settings=settings)


@lru_cache(maxsize=64)
def zone_info(name: str) -> ZoneInfo:
    """The IANA time zone of that name."""
    return ZoneInfo(name)


def doubt(moment: str, now: str) -> str | None:
    """Why an ISO 8601 time cannot be when an article was published, in words; None if it can.

    `now` is the time the page was fetched (ISO 8601 with offset).
    """
    when = dt.datetime.fromisoformat(moment)
    if when < EARLIEST:
        return "is before 1990"
    if when > dt.datetime.fromisoformat(now) + CLOCK_SKEW:
        return "is in the future"
    return None
