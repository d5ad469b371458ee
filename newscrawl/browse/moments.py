"""Times as a reader meets them: of the day at the site, with the zone, and UTC where somebody asks for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import attrs

from newscrawl.archive import newest
from newscrawl.browse.shelf import Shelf
from newscrawl.times import zone_info


@attrs.frozen
class Moment:
    """A time at a site."""

    local: dt.datetime
    """Aware."""

    @property
    def iso(self) -> str:
        """`2026-03-17T15:50:00+04:00`."""
        return self.local.isoformat()

    @property
    def utc(self) -> str:
        """`2026-03-17 11:50:00 UTC`."""
        return f"{self.local.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S} UTC"

    @property
    def clock(self) -> str:
        """`15:50`."""
        return f"{self.local:%H:%M}"

    @property
    def day(self) -> str:
        """`17 March 2026`."""
        return short_day(self.local.date().isoformat())

    @property
    def short(self) -> str:
        """`17 March 2026, 15:50`."""
        return f"{self.day}, {self.clock}"

    @property
    def full(self) -> str:
        """`17 March 2026, 15:50 (UTC+04:00)`."""
        return f"{self.short} ({self.zone})"

    @property
    def zone(self) -> str:
        """`UTC+04:00`; `UTC`."""
        offset = f"{self.local:%z}"
        return "UTC" if int(offset) == 0 else f"UTC{offset[:3]}:{offset[3:]}"


@attrs.frozen
class Zones:
    """The time zones of the sites."""

    names: Mapping[str, str]
    """Site to IANA name."""

    def at(self, moment: str, site: str | None) -> Moment:
        """A time (UTC, `2026-03-17T11:50:00Z`) at a site; in UTC where no zone is known."""
        zone = self.names.get(site) if site else None
        return Moment(dt.datetime.fromisoformat(moment).astimezone(zone_info(zone) if zone else dt.UTC))


async def zones_of(shelf: Shelf) -> Zones:
    """The time zones of an archive's sites."""
    return Zones(await shelf.ask(newest.zones))


def is_day(text: str) -> bool:
    """Whether `text` names a day as `2026-03-17` does."""
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def short_day(day: str) -> str:
    """A day, `2026-03-17`, as `17 March 2026`."""
    date = dt.date.fromisoformat(day)
    return f"{date.day} {date:%B %Y}"


def day_name(day: str) -> str:
    """A day, `2026-03-17`, as `Tuesday, 17 March 2026`."""
    return f"{dt.date.fromisoformat(day):%A}, {short_day(day)}"
