"""Pages that are not of a crawl: files, folders of files, single addresses. What `newscrawl extract` reads."""

from __future__ import annotations

import gzip
import http.client
import json
import re
import urllib.error
import urllib.request
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import attrs
from protego import Protego

from newscrawl import urls
from newscrawl.errors import PageError, UsageError
from newscrawl.items import Page
from newscrawl.network import local_address
from newscrawl.pages.document import MAX_BYTES
from newscrawl.times import utc_now

ENDINGS = (".html", ".htm", ".html.gz", ".htm.gz")
TIMEOUT = 30
"""Seconds to wait for a live page."""
_CANONICAL = re.compile(rb"<link\b(?=[^>]*\brel=[\"']?canonical)[^>]*\bhref=[\"']?([^\"'\s>]+)", re.IGNORECASE)
_OG_URL = re.compile(rb"<meta\b(?=[^>]*\bproperty=[\"']?og:url)[^>]*\bcontent=[\"']?([^\"'\s>]+)", re.IGNORECASE)


@attrs.frozen
class Client:
    """How live pages are asked for."""

    agent: str
    origins: dict[str, str] = attrs.field(factory=dict)
    """Which local origin plays which site."""


@attrs.frozen
class SavedPage:
    """A page and what to call it: the file's name without ending, or the address."""

    id: str
    page: Page


@attrs.frozen
class Unreadable:
    """A source that gives no page, and why."""

    id: str
    error: Exception


def pages(source: str, url: str | None, client: Client) -> Iterator[SavedPage | Unreadable]:
    """The pages of a file, of a folder, or of an http(s) address.

    A file's address is `url`, else what a `.jsonl` file in its folder or the one above says of its name
    (`{"id": name, "url": address}`), else what the page itself calls canonical.

    Raises:
        UsageError: there is no such file or folder, or `url` is given for a folder.
    """
    if url and _web_address(url) is None:
        raise UsageError(f"--url {url!r} is no http(s) address")
    if source.startswith(("http://", "https://")):
        yield _live(source, client)
        return
    path = Path(source)
    if path.is_dir():
        if url:
            raise UsageError(f"--url names one page, {source} is a folder")
        files = sorted(file for file in path.iterdir() if file.name.endswith(ENDINGS))
        if not files:
            raise UsageError(f"{source} holds no page ({', '.join(ENDINGS)})")
    elif path.is_file():
        files = [path]
    else:
        raise UsageError(f"{source} is no file, no folder and no http(s) address")
    addresses = _addresses(path if path.is_dir() else path.parent)
    for file in files:
        yield _saved(file, url or addresses.get(_stem(file)))


def _stem(file: Path) -> str:
    return re.sub(r"\.html?(\.gz)?$", "", file.name)


def _addresses(folder: Path) -> dict[str, str]:
    """What the `.jsonl` files in a folder and above it say of its pages; lines that say nothing are passed over."""
    found: dict[str, str] = {}
    for file in [*sorted(folder.absolute().parent.glob("*.jsonl")), *sorted(folder.glob("*.jsonl"))]:
        with file.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                try:
                    record = json.loads(line)
                except ValueError:
                    continue
                if isinstance(record, dict) and isinstance(record.get("url"), str) and "id" in record:
                    found[str(record["id"])] = record["url"]
    return found


def _saved(file: Path, url: str | None) -> SavedPage | Unreadable:
    try:
        body = _read(file)
    except (OSError, EOFError, zlib.error) as error:
        return Unreadable(_stem(file), PageError(f"{file} cannot be read: {error}"))
    url = url or _own_address(body)
    if url is None:
        return Unreadable(_stem(file), UsageError(f"{file}: no address known; give it with --url"))
    return SavedPage(_stem(file), _page(url, 200, (("Content-Type", "text/html"),), body))


def _read(file: Path) -> bytes:
    with gzip.open(file) if file.name.endswith(".gz") else file.open("rb") as stream:
        # One byte over the limit is enough for the page to be refused by its size
        return stream.read(MAX_BYTES + 1)


def _own_address(body: bytes) -> str | None:
    match = _CANONICAL.search(body) or _OG_URL.search(body)
    return _web_address(match[1].decode("utf-8", "replace")) if match else None


def _web_address(url: str) -> str | None:
    try:
        return urls.canonical(url) and url
    except ValueError:
        return None


def _page(url: str, status: int, headers: tuple[tuple[str, str], ...], body: bytes) -> Page:
    return Page(url=url, status=status, headers=headers, body=body, fetched_at=utc_now())


def _live(url: str, client: Client) -> SavedPage | Unreadable:
    """A page off the web, where its host's robots.txt allows it (RFC 9309)."""
    try:
        if not _allowed(url, client):
            return Unreadable(url, PageError(f"robots.txt of {urlsplit(url).netloc} forbids {url}"))
        with _open(url, client) as answer:
            headers = tuple(answer.headers.items())
            # Behind a local origin the address after redirects would be that origin's
            final = url if local_address(url, client.origins) else answer.url
            return SavedPage(url, _page(final, answer.status, headers, answer.read(MAX_BYTES + 1)))
    except (OSError, ValueError) as error:
        return Unreadable(url, PageError(f"{url} cannot be fetched: {error}"))


def _open(url: str, client: Client) -> http.client.HTTPResponse:
    address = local_address(url, client.origins) or url
    request = urllib.request.Request(address, headers={"User-Agent": client.agent})  # noqa: S310  an http(s) address
    answer: http.client.HTTPResponse = urllib.request.urlopen(request, timeout=TIMEOUT)  # noqa: S310
    return answer


def _allowed(url: str, client: Client) -> bool:
    parts = urlsplit(url)
    try:
        with _open(f"{parts.scheme}://{parts.netloc}/robots.txt", client) as answer:
            rules = Protego.parse(answer.read(MAX_BYTES).decode("utf-8", "replace"))
    except urllib.error.HTTPError as error:
        if error.code >= 500:
            raise
        return True
    return bool(rules.can_fetch(url, client.agent))
