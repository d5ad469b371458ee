"""What a user may ask of a crawl, and what is refused before any request."""

import pytest

from newscrawl.errors import UsageError
from newscrawl.sites.report_az import REPORT
from newscrawl.spiders.arguments import Arguments, check_sections, parse_arguments


def parse(**raw: str) -> Arguments:
    return parse_arguments(REPORT, raw)


def test_nothing_asked_is_everything() -> None:
    assert parse() == Arguments(languages=("az", "ru", "en"))


def test_days_are_the_sites_and_until_is_included() -> None:
    asked = parse(since="2025-11-01", until="2025-11-30")
    assert asked.since == "2025-11-01T00:00:00+04:00"
    assert asked.until == "2025-12-01T00:00:00+04:00"


def test_a_time_with_offset_is_taken_as_it_is() -> None:
    assert parse(since="2025-11-01T12:00:00+00:00").since == "2025-11-01T12:00:00+00:00"
    assert parse(since="2025-11-01T12:00").since == "2025-11-01T12:00:00+04:00"


def test_lists() -> None:
    asked = parse(
        languages="en, ru", sections="Finance,Xarici Siyasət", urls="http://www.report.az/en/a/b/?utm_source=x"
    )
    assert asked.languages == ("en", "ru")
    assert asked.sections == {"finance", "xarici siyaset"}
    assert asked.urls == ("https://report.az/en/a/b",)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ({"language": "en"}, "unknown argument 'language'; accepted: languages, sections, since, until, limit, urls"),
        ({"languages": "en,de"}, "unknown language 'de'; report has: az, ru, en"),
        ({"since": "yesterday"}, "since='yesterday' is no date; write since=2025-11-01"),
        ({"until": "2025-02-30"}, "until='2025-02-30' is no date"),
        ({"since": "0001-01-01"}, "since='0001-01-01' is no date"),
        ({"since": "2025-11-02", "until": "2025-11-01"}, "since=2025-11-02 is after until=2025-11-01"),
        ({"since": "2999-01-01"}, "since=2999-01-01 is in the future"),
        ({"limit": "many"}, "limit='many' is no number"),
        ({"limit": "0"}, "limit='0' is no number"),
        ({"limit": "-5"}, "limit='-5' is no number"),
        ({"urls": "https://oxu.az/a/b"}, "https://oxu.az/a/b is no address of report"),
        ({"urls": "a/b"}, "not an absolute"),
    ],
)
def test_what_cannot_be_is_refused_with_what_can(raw: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_arguments(REPORT, raw)
    assert message in str(caught.value)


def test_one_day_is_a_range() -> None:
    assert parse(since="2025-11-01", until="2025-11-01").until == "2025-11-02T00:00:00+04:00"


KNOWN = [("finance", "Finance"), ("xarici-siyaset", "Xarici siyasət")]


@pytest.mark.parametrize("sections", ["finance", "FINANCE", "xarici siyaset,finance", "xarici-siyaset"])
def test_sections_are_known_by_slug_and_by_name(sections: str) -> None:
    check_sections(parse(sections=sections), KNOWN)


def test_an_unknown_section_lists_those_that_are() -> None:
    with pytest.raises(UsageError, match="unknown section 'sport'; accepted: finance, xarici-siyaset"):
        check_sections(parse(sections="sport"), KNOWN)
