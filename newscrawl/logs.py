"""The log of each site's crawls: a file that rotates, in a folder beside the archive. Times are UTC.

It holds what newscrawl says (INFO), and warnings of the libraries: what these say at INFO is forty lines at every start
and a line for every page that is not there.
"""

from __future__ import annotations

import logging
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from logging.handlers import RotatingFileHandler
from pathlib import Path

logger = logging.getLogger(__name__)

BYTES = 1_000_000
"""A log of this size is followed by another."""
FORMER = 5
"""How many full ones are kept: the log of a site never takes more than 6 MB."""
SITE: ContextVar[str] = ContextVar("site", default="")
"""The site whose crawl says something; empty outside of crawls."""
_FORMAT = "%(asctime)s [%(name)s] %(levelname)s: %(message)s"


def folder_of(db: str | Path, log_dir: str) -> Path:
    """The folder of the logs of the archive `db`: `log_dir` (`NEWSCRAWL_LOG_DIR`), or `logs` beside it."""
    return Path(log_dir) if log_dir else Path(db).parent / "logs"


@contextmanager
def logged(folder: Path, site: str) -> Iterator[None]:
    """Inside, what is said of the crawl of `site` goes to `<folder>/<site>.log`, too.

    A log that cannot be written is one warning: what there is to say of a crawl matters less than the crawl.
    """
    path = folder / f"{site}.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = _LogFile(path, site)
    except OSError as error:
        _warn(path, error)
        yield
        return
    logging.root.addHandler(handler)
    # Scrapy opens it further where it prints the log itself
    logging.root.setLevel(min(logging.root.level, logging.INFO))
    try:
        yield
    finally:
        logging.root.removeHandler(handler)
        with suppress(OSError):  # Said already
            handler.close()


@contextmanager
def on_standard_error() -> Iterator[None]:
    """Inside, warnings and errors are printed to standard error with the site that they concern."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setLevel(logging.WARNING)
    handler.addFilter(_name_site)
    handler.setFormatter(_utc("%(asctime)s %(site)s [%(name)s] %(levelname)s: %(message)s"))
    logging.root.addHandler(handler)
    try:
        yield
    finally:
        logging.root.removeHandler(handler)


@contextmanager
def last_lines(most: int = 40) -> Iterator[deque[str]]:
    """What is said inside, as the logs have it: the last `most` lines."""
    lines = deque[str](maxlen=most)
    handler = _Lines(lines)
    logging.root.addHandler(handler)
    try:
        yield lines
    finally:
        logging.root.removeHandler(handler)


def note_skipped(folder: Path, sites: Sequence[str], why: str) -> None:
    """A line in the log of each site that is not crawled now; without `sites` in those of all that have one.

    Standard error says the same.
    """
    note(folder, sites, f"skipped: {why}")


def note(folder: Path, sites: Sequence[str], what: str) -> None:
    """A line in the log of each of `sites`, without them in those of all that have one, while none is open here.

    It is written without the rotation, which belongs to a crawl that goes on. One that cannot be written is left out.
    """
    line = f"{time.strftime('%Y-%m-%dT%H:%M:%SZ', time.gmtime())} [{__name__}] INFO: {what}\n"
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        for path in [folder / f"{site}.log" for site in sites] or folder.glob("*.log"):
            # A name that is no spider's may lead anywhere
            if path.parent == folder:
                with path.open("a", encoding="utf-8") as file:
                    file.write(line)


class _LogFile(RotatingFileHandler):
    """The log of a site, until it cannot be written."""

    def __init__(self, path: Path, site: str) -> None:
        super().__init__(path, maxBytes=BYTES, backupCount=FORMER, encoding="utf-8")
        self.setLevel(logging.INFO)
        self.setFormatter(_utc(_FORMAT))
        self._site = site
        self._broken = False

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record is for this file."""
        return _is_ours(record, self._site) and not self._broken and _site_of(record) in ("", self._site)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  the name is logging's
        """Give up the file at the first error of the disk."""
        error = sys.exc_info()[1]
        if not isinstance(error, OSError):
            super().handleError(record)
            return
        self._broken = True
        _warn(Path(self.baseFilename), error)


class _Lines(logging.Handler):
    """Keeps what the log of any site would get."""

    def __init__(self, lines: deque[str]) -> None:
        super().__init__(logging.INFO)
        self.addFilter(_name_site)
        self.setFormatter(_utc("%(asctime)s %(site)s %(levelname)s: %(message)s"))
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line."""
        if _is_ours(record, _site_of(record)):
            self._lines.append(self.format(record))


def _is_ours(record: logging.LogRecord, site: str) -> bool:
    return record.levelno >= logging.WARNING or record.name.split(".", 1)[0] in ("newscrawl", site)


def _warn(path: Path, error: OSError) -> None:
    logger.warning(
        "%s cannot be written (%s), so this crawl is not logged: name another folder (NEWSCRAWL_LOG_DIR)",
        path,
        error.strerror,
    )


def _utc(layout: str) -> logging.Formatter:
    formatter = logging.Formatter(layout, "%Y-%m-%dT%H:%M:%SZ")
    formatter.converter = time.gmtime
    return formatter


def _name_site(record: logging.LogRecord) -> bool:
    record.site = _site_of(record) or "newscrawl"
    return True


def _site_of(record: logging.LogRecord) -> str:
    """The site that a record concerns. Scrapy names its spider; what runs for a crawl runs in its context."""
    return str(getattr(getattr(record, "spider", None), "name", "")) or SITE.get()
