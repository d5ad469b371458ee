"""Days and times as a person names them, for an archive that keeps UTC."""

from __future__ import annotations

import datetime as dt

from newscrawl.archive import Archive, exporting
from newscrawl.errors import UsageError
from newscrawl.sites import SITES
from newscrawl.spiders.arguments import moment
from newscrawl.times import to_utc


def zone_of(archive: Archive, site: str | None) -> str:
    """The zone at which days begin: that of a site of ours, of the archive's only one if none is named, else UTC."""
    if site is not None:
        return SITES[site].zone
    zones = exporting.zones(archive)
    return next(iter(zones.values())) if len(zones) == 1 else "UTC"


def bounds(since: str | None, until: str | None, zone: str) -> tuple[str | None, str | None]:
    """`--since` and `--until` as the first moment that is meant and the first one after them (UTC).

    Raises:
        UsageError: one of them is no day nor time, or they are in the wrong order.
    """
    first, end = moment(since, "--since", zone), moment(until, "--until", zone, end=True)
    first, end = first and to_utc(first), end and to_utc(end)
    if first and end and first >= end:
        raise UsageError(f"--since={since} is after --until={until}")
    return first, end


def after(at: str | None, zone: str) -> str | None:
    """The first second (UTC) after the day or time `--at`.

    Raises:
        UsageError: it is neither.
    """
    begin, end = moment(at, "--at", zone), moment(at, "--at", zone, end=True)
    if begin is None or end is None:
        return None
    # A day ends later than it begins, a time does not
    return to_utc(dt.datetime.fromisoformat(end) + dt.timedelta(seconds=begin == end))
