"""`newscrawl cron`: what has this installation run by cron or systemd."""

from __future__ import annotations

import os
import pwd
import shutil
import sys
from pathlib import Path

import click

from newscrawl import deployment, logs, settings
from newscrawl.deployment import Installation
from newscrawl.errors import UsageError
from newscrawl.warc import names

UNITS = "/etc/systemd/system"
FOLDERS = ("NEWSCRAWL_WARC_DIR", "NEWSCRAWL_LOG_DIR")
PROXIES = ("http_proxy", "https_proxy", "no_proxy")
SECRETS = ("NEWSCRAWL_PING_URL", "NEWSCRAWL_WEBHOOK_URL")


@click.command()
@click.argument("sites", nargs=-1, metavar="[SITE]...")
@click.option("--every", default=15, show_default=True, metavar="MINUTES", help="Part of an hour, or hours of a day.")
@click.option("--db", show_default=settings.NEWSCRAWL_DB, help="The archive.")
@click.option("--crontab", is_flag=True, help="Print the line of a crontab alone.")
@click.option("--service", is_flag=True, help="Print the service of systemd alone.")
@click.option("--timer", is_flag=True, help="Print the timer of systemd alone.")
def cron(sites: tuple[str, ...], every: int, db: str | None, crontab: bool, service: bool, timer: bool) -> None:
    """Print what has all sites, or those named, crawled time and again: for cron, and for systemd.

    It is for this installation, the project in this folder and the settings that are in the environment now; nothing
    is changed. docs/cron.md tells the whole story.
    """
    installation = _installation(sites, every, db)
    _warn()
    if crontab:
        click.echo(_line(installation))
    if service:
        click.echo(deployment.service(installation), nl=False)
    if timer:
        click.echo(deployment.timer(installation), nl=False)
    if not (crontab or service or timer):
        _print_all(installation)


def _installation(sites: tuple[str, ...], every: int, db: str | None) -> Installation:
    from scrapy.spiderloader import get_spider_loader
    from scrapy.utils.conf import closest_scrapy_cfg

    from newscrawl.cli.harvest import project_settings
    from newscrawl.crawling import chosen

    # First, as Scrapy adds to it what a scrapy.cfg says
    environment = {name: value for name, value in sorted(os.environ.items()) if value and _is_setting(name)}
    project = project_settings()
    chosen(get_spider_loader(project), sites)
    folder = Path(closest_scrapy_cfg()).parent.absolute() if closest_scrapy_cfg() else Path.cwd()
    # What is typed is relative to where that is done, a setting to where crawls run
    archive = _absolute(Path.cwd(), db) if db else _absolute(folder, project["NEWSCRAWL_DB"])
    warc = _absolute(folder, names.folder_of(archive, project["NEWSCRAWL_WARC_DIR"]))
    log = _absolute(folder, logs.folder_of(archive, project["NEWSCRAWL_LOG_DIR"]))
    absolute = {name: str(_absolute(folder, environment[name])) for name in FOLDERS if name in environment}
    return Installation(
        command=(sys.executable, "-m", "newscrawl", "harvest", *sites),
        folder=folder,
        settings={**environment, **absolute, "NEWSCRAWL_DB": str(archive)},
        writable=[each for each in dict.fromkeys([archive.parent, warc, log]) if archive.parent not in each.parents],
        log=log,
        user=_user(),
        minutes=every,
    )


def _user() -> str:
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # In a container, say; systemd takes the number, too
        return str(os.getuid())


def _absolute(folder: Path, path: Path | str) -> Path:
    # Without following links: what they lead to may be another folder tomorrow
    return Path(os.path.normpath(folder / path))


def _is_setting(name: str) -> bool:
    # Whether somebody looks at a terminal is another question there
    is_ours = name.startswith("NEWSCRAWL_") and name != "NEWSCRAWL_PROGRESS"
    return is_ours or name == "SCRAPY_SETTINGS_MODULE" or name.lower() in PROXIES


def _line(installation: Installation) -> str:
    words = {"nice": ("-n", "10"), "ionice": ("-c", "3")}
    found = {name: shutil.which(name) for name in words}
    return deployment.crontab_line(
        installation, [word for name, path in found.items() if path for word in (path, *words[name])]
    )


def _warn() -> None:
    """Say on standard error what is to be put right first: the texts are read by other programs."""
    if not settings.NEWSCRAWL_CONTACT:
        click.echo("NEWSCRAWL_CONTACT is not set: give the sites' owners a web or mail address to write to", err=True)
    if os.getuid() == 0:
        click.echo("newscrawl needs no root: do this as the user who shall own the archive", err=True)


def _print_all(installation: Installation) -> None:
    folders = " ".join(f"'{folder}'" for folder in installation.writable)
    click.echo("# For cron: crontab -e, then this line. Cron mails what a crawl prints: nothing, if all is well.")
    try:
        click.echo(_line(installation))
    except UsageError as error:
        click.echo(f"# {error}")
    for name, text in (("service", deployment.service(installation)), ("timer", deployment.timer(installation))):
        click.echo(f"\n# For systemd instead: {UNITS}/newscrawl.{name} (newscrawl cron --{name})")
        click.echo(text, nl=False)
    click.echo(f"\n# Then: mkdir -p {folders}")
    if any(name in installation.settings for name in SECRETS):
        click.echo("#       hide the addresses of pings and webhooks from other users, as docs/cron.md says")
    click.echo("#       systemctl daemon-reload && systemctl enable --now newscrawl.timer")
    click.echo("# What the crawls print: journalctl -u newscrawl. What each of them did, with cron, too: the logs in")
    click.echo(f"# {installation.log}")
