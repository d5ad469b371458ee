"""What has crawls run by cron or systemd: texts that can be used as they are. Pure functions.

The formats are those of crontab(5), systemd.syntax(7), systemd.exec(5) and systemd.time(7).
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

import attrs

from newscrawl import exits
from newscrawl.errors import UsageError

CRON_LETTERS = 998
"""A longer command is refused by the cron of Debian, for one."""
HOUR = 60
DAY = 24 * HOUR
STOP_SECONDS = 30
"""A crawl needs ten to stop."""


@attrs.frozen(kw_only=True)
class Installation:
    """What is run, where and how."""

    command: Sequence[str]
    """Absolute path of the program, and its arguments."""
    folder: Path
    """Absolute; that of the project."""
    settings: Mapping[str, str]
    """The environment."""
    writable: Sequence[Path]
    """Absolute; the folders into which a crawl writes."""
    log: Path
    """The folder of the logs, one of them or in one of them."""
    user: str
    minutes: int
    """Between two starts: a part of an hour, or whole hours that are a part of a day."""

    def __attrs_post_init__(self) -> None:
        """Refuse what cannot be written.

        Raises:
            UsageError: the minutes are no such part, or a text has more than one line.
        """
        if self.minutes < 1 or (HOUR % self.minutes and (self.minutes % HOUR or DAY % self.minutes)):
            raise UsageError(f"--every {self.minutes} is no part of an hour or a day; write 5, 15, 30, 60 or 360")
        texts = {**self.settings, "the folder": str(self.folder), "the command": " ".join(self.command)}
        if broken := [name for name, text in texts.items() if "\n" in text]:
            raise UsageError(f"{broken[0]} holds a line break, which neither cron nor systemd takes: write it without")


def crontab_line(installation: Installation, politely: Sequence[str] = ()) -> str:
    """A line of a crontab; `politely` are words before the command, like `nice -n 10`.

    Raises:
        UsageError: cron would not take so long a line.
    """
    settings = [f"{name}={shlex.quote(value)}" for name, value in installation.settings.items()]
    command = " ".join([*settings, shlex.join([*politely, *installation.command])])
    command = _of_cron(f"cd {shlex.quote(str(installation.folder))} && {command}")
    if len(command) > CRON_LETTERS:
        raise UsageError(f"a line of {len(command)} letters is too long for cron: take --service and --timer")
    return f"{_cron_time(installation.minutes)}  {command}"


def _of_cron(command: str) -> str:
    # In a crontab a percent sign ends the command unless a backslash is before it. Whether two backslashes are one
    # every cron decides for itself; ours stand in quotes, which can be closed and opened between the two
    return re.sub(r"\\(?=[\\%])", r"\\''", command).replace("%", "\\%")


def service(installation: Installation) -> str:
    """A unit of systemd that crawls once."""
    environment = [f"Environment={_quoted(f'{name}={value}')}" for name, value in installation.settings.items()]
    program, *arguments = installation.command
    run = " ".join([_quoted(program), *(_quoted(word).replace("$", "$$") for word in arguments)])
    writable = " ".join(_quoted(str(folder)) for folder in installation.writable)
    return _unit(
        "[Unit]",
        "Description=newscrawl: what is new on news sites",
        "Wants=network-online.target",
        "After=network-online.target",
        "",
        "[Service]",
        "Type=oneshot",
        f"User={installation.user}",
        f"WorkingDirectory={_plain(str(installation.folder))}",
        *environment,
        f"ExecStart={run}",
        "# Another crawl was at it; stopped by systemctl",
        f"SuccessExitStatus={exits.LOCKED} {exits.STOPPED}",
        f"TimeoutStopSec={STOP_SECONDS}",
        "Nice=10",
        "IOSchedulingClass=idle",
        "NoNewPrivileges=yes",
        "PrivateTmp=yes",
        "ProtectSystem=strict",
        "ProtectControlGroups=yes",
        "ProtectKernelTunables=yes",
        "# What a crawl writes; it must be there before the first start",
        f"ReadWritePaths={writable}",
    )


def timer(installation: Installation) -> str:
    """A unit of systemd that starts the service."""
    return _unit(
        "[Unit]",
        f"Description=newscrawl every {installation.minutes} minutes",
        "",
        "[Timer]",
        f"OnCalendar={_calendar(installation.minutes)}",
        "# Not at the very second at which everybody comes",
        f"RandomizedDelaySec={min(installation.minutes * 4, 300)}",
        "# What was missed while the machine was off is made up for once",
        "Persistent=yes",
        "",
        "[Install]",
        "WantedBy=timers.target",
    )


def _unit(*lines: str) -> str:
    return "\n".join(lines) + "\n"


def _cron_time(minutes: int) -> str:
    if minutes < HOUR:
        return f"*/{minutes} * * * *" if minutes > 1 else "* * * * *"
    return "0 0 * * *" if minutes == DAY else f"0 */{minutes // HOUR} * * *" if minutes > HOUR else "0 * * * *"


def _calendar(minutes: int) -> str:
    return f"*:0/{minutes}" if minutes < HOUR else f"0/{minutes // HOUR}:00" if minutes < DAY else "0:00"


def _quoted(word: str) -> str:
    """A word as systemd reads it; quotes only where it needs them."""
    escaped = _plain(word).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"' if escaped != word or set(word) & set(" \t';#") or not word else word


def _plain(text: str) -> str:
    return text.replace("%", "%%")
