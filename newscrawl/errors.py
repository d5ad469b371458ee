"""One small tree of named errors.

Every message says what was found, where, and what the reader can do. The class name is the `error` of a `failures`
row, its message the `detail`.
"""


class NewscrawlError(Exception):
    """Base of everything newscrawl raises on purpose."""


class UsageError(NewscrawlError):
    """What the user asked for cannot be: an unknown language, section, date or argument (exit code 2)."""


class PageError(NewscrawlError):
    """A page gives no item; it becomes a `failures` row and the crawl goes on."""


class ExtractError(PageError):
    """A page that should be an article gives none."""


class UnknownLayout(ExtractError):
    """None of the layouts known for the site is on the page (a redesign, or no article at all: a soft 404)."""


class MissingField(ExtractError):
    """The page has a layout we know, but a required field is empty. The message begins with the field's name."""


class TruncatedPage(ExtractError):
    """The HTML ends before its end: what could be read would be a cut article."""


class NotHtml(ExtractError):
    """The bytes are no HTML (an image, a PDF, an empty body)."""


class PageTooLarge(ExtractError):
    """The page is over the size that is parsed."""


class BrokenTransfer(PageError):
    """The body of an answer ends before its end."""


class RedirectRefused(PageError):
    """A page leads to another site, which is not followed."""


class RedirectedAway(PageError):
    """The address of an article leads to a page of the site that is none, like the home page."""

    def __init__(self, status: int, target: str) -> None:
        """`status` and `target` of the redirect."""
        super().__init__(f"redirected ({status}) to {target}, which is no article")
        self.status = status


class ListingError(PageError):
    """A listing, sitemap or feed cannot be read. The message names the page and the selector that found nothing."""


class ArchiveError(NewscrawlError):
    """Base of what can be wrong with the archive file."""


class NotAnArchive(ArchiveError):
    """The file is not an SQLite database, or one of another program."""


class PublishedCopy(ArchiveError):
    """The database is a copy that `newscrawl publish` made: articles only, and nothing is written to it."""


class NewerArchive(ArchiveError):
    """The database was written by a newer newscrawl: upgrade newscrawl."""


class ReadOnlyArchive(ArchiveError):
    """The database cannot be written."""


class LockedArchive(ArchiveError):
    """Another program kept the lock of the one writer for longer than we wait."""


class DiskFull(ArchiveError):
    """No room to write: free some, or name another folder; what was written is whole (exit code 5)."""


class NotArchived(NewscrawlError):
    """The archive has no article at an address. The message says what it knows of it and how to get the article."""


class AlreadyRunning(ArchiveError):
    """Another crawl fills the archive (exit code 75)."""


class WarcError(NewscrawlError):
    """Base of what can be wrong with a stored page; it concerns that page or file alone."""


class MissingWarc(WarcError):
    """A WARC file that the archive points to is not there."""


class DamagedRecord(WarcError):
    """A record cannot be read, or is not what its digest says. The message names file and offset."""
