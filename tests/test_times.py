"""Times: every month in every language and case, and nothing made up."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl import times

BAKU = "Asia/Baku"
MONTHS = {
    "az": "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr".split(),
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(),
    "en": "January February March April May June July August September October November December".split(),
}


def azerbaijani_upper(word: str) -> str:
    return word.replace("i", "İ").upper()


def spellings(word: str, language: str) -> set[str]:
    found = {word.lower(), word.upper(), word.title()}
    if language == "az":
        found |= {azerbaijani_upper(word), azerbaijani_upper(word[0]) + word[1:], word.replace("i", "ı")}
        found |= {azerbaijani_upper(word).lower()}  # i with a combining dot, as Python lowers İ
    return found


@pytest.mark.parametrize(
    ("language", "month", "name"),
    [(lang, n, name) for lang, names in MONTHS.items() for n, name in enumerate(names, 1)],
)
@pytest.mark.parametrize("text", ["11 {}, 2025 17:50", "01 {} 2025 00:30", "5 {}, 2025 09:05", "28 {}, 2025 23:59"])
def test_every_month_in_every_case(language: str, month: int, name: str, text: str) -> None:
    day, clock = int(text.split()[0]), text.split()[-1]
    for spelling in spellings(name, language):
        expected = f"2025-{month:02}-{day:02}T{clock}:00+04:00"
        assert times.parse_visible(text.format(spelling), language, BAKU) == expected, spelling


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("31 fevral, 2025 10:00", "az"),
        ("30 февраля, 2025 10:00", "ru"),
        ("31 April, 2025 10:00", "en"),
        ("29 February, 2025 10:00", "en"),
        ("0 mart, 2025 10:00", "az"),
        ("11 mart, 2025 25:00", "az"),
        ("11 mart, 2025 10:75", "az"),
        ("11 mart, 2025", "az"),  # a day is no instant
        ("28 oktyabr 10:00", "az"),  # dateparser would take this year
        ("17:50", "en"),
        ("Dünən 22:30", "az"),
        ("11 März, 2025 10:00", "en"),
        ("", "en"),
    ],
)
def test_what_is_no_instant_is_none(text: str, language: str) -> None:
    assert times.parse_visible(text, language, BAKU) is None


@given(st.datetimes(dt.datetime(1992, 1, 1), dt.datetime(2060, 12, 31)), st.sampled_from(sorted(MONTHS)), st.booleans())
def test_any_printed_minute_comes_back(moment: dt.datetime, language: str, padded: bool) -> None:
    moment = moment.replace(second=0, microsecond=0)
    day = f"{moment.day:02}" if padded else str(moment.day)
    printed = f"{day} {MONTHS[language][moment.month - 1]}, {moment.year} {moment:%H:%M}"
    found = times.parse_visible(printed, language, BAKU)
    # In the hour that summer time ended (until 2015) a clock time happens twice; either is right
    assert found is not None
    assert dt.datetime.fromisoformat(found).replace(tzinfo=None) - moment in (dt.timedelta(0), dt.timedelta(hours=1))


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("28 March, 2015 23:30", BAKU, "2015-03-28T23:30:00+04:00"),
        ("29 March, 2015 23:30", BAKU, "2015-03-29T23:30:00+05:00"),  # summer time began this morning
        ("29 March, 2015 00:30", BAKU, "2015-03-29T00:30:00+04:00"),
        ("25 October, 2008 23:27", "Asia/Beirut", "2008-10-25T23:27:00+02:00"),  # the day ends twice
        ("26 October, 2008 23:27", "Asia/Beirut", "2008-10-26T23:27:00+02:00"),
        ("11 March, 2025 5:30 pm", BAKU, "2025-03-11T17:30:00+04:00"),
        ("11 March, 2025 pm 5:30", BAKU, "2025-03-11T17:30:00+04:00"),
        ("11 March, 2025 17:30:20", BAKU, "2025-03-11T17:30:20+04:00"),
        ("17:30 11 March, 2025", BAKU, "2025-03-11T17:30:00+04:00"),
    ],
)
def test_clocks_of_one_day(text: str, zone: str, expected: str) -> None:
    assert times.parse_visible("11 March, 2025 08:00", "en", zone)  # a day that is known already changes nothing
    assert times.parse_visible(text, "en", zone) == expected


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("2026-07-19T12:05:35+04:00", None, "2026-07-19T12:05:35+04:00"),
        ("2026-07-19T12:05:35+0400", None, "2026-07-19T12:05:35+04:00"),
        ("2026-07-19T12:05:35.123Z", None, "2026-07-19T12:05:35+00:00"),
        ("2026-07-19 12:05:35", BAKU, "2026-07-19T12:05:35+04:00"),
        ("2026-07-19T12:05", BAKU, "2026-07-19T12:05:00+04:00"),
        ("Tue, 11 Nov 2025 17:50:00 +0400", None, "2025-11-11T17:50:00+04:00"),
        ("Tue, 11 Nov 2025 13:50:00 GMT", None, "2025-11-11T13:50:00+00:00"),
        ("2026-07-19 12:05:35", None, None),  # no zone known: no instant
        ("2026-07-19", BAKU, None),
        ("2026-13-19T12:05:35+04:00", None, None),
        ("0001-01-01T00:00:00", BAKU, None),  # how some systems print that they have no time
        ("9999-12-31T23:59:59-05:00", None, None),
        ("yesterday", BAKU, None),
        ("", BAKU, None),
    ],
)
def test_machine_readable_times(text: str, zone: str | None, expected: str | None) -> None:
    assert times.parse_machine(text, zone) == expected


def test_utc_and_the_local_day() -> None:
    assert times.to_utc("2025-11-11T17:50:00+04:00") == "2025-11-11T13:50:00Z"
    # half past midnight in Baku is yesterday in UTC, and today for the paper
    assert times.to_utc("2026-11-21T00:30:00+04:00") == "2026-11-20T20:30:00Z"
    assert times.local_day("2026-11-20T20:30:00Z", BAKU) == "2026-11-21"


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        times.to_utc("2025-11-11T17:50:00")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2025-11-11T17:50:00+04:00", None),
        ("2025-11-11T18:00:00+04:00", None),  # a clock may be a little ahead of ours
        ("2025-11-12T17:50:00+04:00", "is in the future"),
        ("1989-12-31T23:59:00+00:00", "is before 1990"),
        ("1990-01-01T00:00:00+00:00", None),
    ],
)
def test_impossible_times_are_doubted(moment: str, expected: str | None) -> None:
    assert times.doubt(moment, now="2025-11-11T13:50:00Z") == expected


@given(st.datetimes(timezones=st.just(ZoneInfo(BAKU)), allow_imaginary=False))
def test_utc_is_the_same_instant(moment: dt.datetime) -> None:
    moment = moment.replace(microsecond=0)
    if moment.year in (1, 9999):
        return
    # Timestamps: Python holds a clock time that happened twice for unequal to any other zone's
    assert dt.datetime.fromisoformat(times.to_utc(moment)).timestamp() == moment.timestamp()
