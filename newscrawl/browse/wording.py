"""What the archive notes in short, in words for a reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from newscrawl.archive.absent import Absence
from newscrawl.archive.changes import Difference
from newscrawl.archive.values import Revision

FIELDS = {
    "headline": "headline", "summary": "summary", "body": "text", "section": "section", "published_at": "time",
    "published_text": "time as printed", "modified_at": "time of the last change", "tags": "tags", "authors": "authors",
    "image_url": "main image", "images": "images", "alternates": "other languages", "language": "language",
    "url": "address", "section_slug": "section in the address", "short_url": "short link",
    "site_article_id": "the site's number",
}  # fmt: skip
SOURCES = {
    "css": "the page, where this site always has it",
    "html": "the page, found without knowing the site",
    "json-ld": "the page's data for search engines (JSON-LD)",
    "meta": "the page's description of itself (meta)",
    "hreflang": "the page's list of its languages (hreflang)",
    "link": "links in the page's head",
    "url": "the address",
    "listing": "the list of articles that led to the page",
}
WHYS = {
    "canonical": "named by the page as its own",
    "url": "the page was there as well",
    "short link": "short link",
    "amp": "page for phones (AMP)",
    "redirect": "led here",
    "same number": "the same article by the site's number",
    "same content": "the same text stood there",
    "tracking": "with marks of whoever linked to it",
}
NOT_AN_EDIT = "No edit of the publisher: newscrawl reads the same page differently since."
SILENT = "Not announced: the headline has no new update mark, and the page names no new time."
Note = tuple[Literal["parser", "silent", "same"], str]


def counted(number: int, what: str) -> str:
    """`1 word`, `2,000 words`."""
    return f"{number:,} {what}" + "s" * (number != 1)


def what_changed(difference: Difference) -> str:
    """`headline, text (3 words added, 1 removed)`."""
    return ", ".join(_field(name, difference) for name in difference.fields) or "nothing that counts"


def _field(name: str, difference: Difference) -> str:
    if name != "body":
        return FIELDS[name]
    if not difference.added and not difference.removed:
        return "text (signs, spaces or paragraphs, no word)"
    counts = [f"{counted(difference.added, 'word')} added"] if difference.added else []
    if difference.removed:
        counts.append(f"{difference.removed:,} removed" if counts else f"{counted(difference.removed, 'word')} removed")
    return f"text ({', '.join(counts)})"


def notes(state: Revision, difference: Difference) -> Iterator[Note]:
    """What else there is to say of a state."""
    if state.cause == "parser":
        yield "parser", NOT_AN_EDIT
    if difference.silent:
        yield "silent", SILENT
    if difference.same_as:
        yield "same", f"Reads as version {difference.same_as} did."


def answer(absence: Absence) -> str:
    """What the site answered when the article was looked for."""
    if absence.status is None:
        return "another article is there now"
    return f"status {absence.status}" if absence.status >= 400 else "its address leads to a page that is no article"
