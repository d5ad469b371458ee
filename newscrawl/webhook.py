"""The change of a site's health, told once to the address in `NEWSCRAWL_WEBHOOK_URL`."""

from __future__ import annotations

import json
import logging
from typing import Any

import attrs
from scrapy.settings import BaseSettings

from newscrawl.archive import Archive
from newscrawl.errors import ArchiveError
from newscrawl.health import Health, HealthState, changed, disk_of, health_of
from newscrawl.notices import PATIENCE, Notice
from newscrawl.site import Site
from newscrawl.times import utc_now
from newscrawl.warc.names import folder_of

logger = logging.getLogger(__name__)

_OF_RUN = ("id", "started_at", "ended_at", "finish_reason", "exit_code", "why")


def tell(settings: BaseSettings, site: Site, exit_code: int) -> None:
    """Judge a site once its crawl is over, and post it if the state is another than the one that was posted last.

    Only a state that was accepted (2xx) counts as posted, so that a receiver that was away hears of it from the next
    crawl. What keeps it from being told is a line in the log.
    """
    url = settings["NEWSCRAWL_WEBHOOK_URL"]
    if not url:
        return
    try:
        with Archive.open(settings["NEWSCRAWL_DB"], create=False) as archive:
            _tell(archive, settings, site, exit_code)
    except ArchiveError as error:
        logger.info("the health of %s was not judged: %s", site.name, error)


def _tell(archive: Archive, settings: BaseSettings, site: Site, exit_code: int) -> None:
    now = utc_now()
    folder = folder_of(archive.path, settings["NEWSCRAWL_WARC_DIR"])
    disk = disk_of(archive, folder, settings.getint("NEWSCRAWL_MIN_FREE_BYTES"), now)
    health = health_of(archive, site, now, disk=disk)
    former = archive.health_state(site.name)
    if health.state != (former.state if former else "fine"):
        body = json.dumps(record(health, former, exit_code), ensure_ascii=False).encode()
        # The lock of the archive is not held meanwhile: the receiver may look into it
        notice = Notice(settings["NEWSCRAWL_WEBHOOK_URL"], body, "application/json")
        if failure := notice.failure(PATIENCE):
            logger.info(
                "%s is %s, which was told to nobody (%s): see NEWSCRAWL_WEBHOOK_URL", site.name, health.state, failure
            )
            return
    changed(archive, site, health, now)


def record(health: Health, former: HealthState | None, exit_code: int) -> dict[str, Any]:
    """What is posted; docs/cron.md says what the keys are. `former` is None where the site was never judged."""
    run = health.runs.running or health.runs.last
    return {
        "site": health.site,
        "state": health.state,
        "was": former.state if former else "fine",
        "since": former.since_at if former else None,
        "at": health.at,
        "reasons": [attrs.asdict(each) for each in health.findings],
        "run": {name: getattr(run, name) for name in _OF_RUN} if run else None,
        "exit_code": exit_code,
    }
