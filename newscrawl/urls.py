"""URLs: one address per page. Pure functions."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"(utm_\w+|fbclid|gclid|dclid|yclid|ysclid|msclkid|igshid|mc_[ce]id|_openstat|at_\w+|xtor|ref_src|cmpid)",
    re.IGNORECASE,
)
_PORTS = {"http": 80, "https": 443}
# What RFC 3986 allows unquoted in a path, and the percent sign of what is quoted already
_PATH_SAFE = "/:@!$&'()*+,;=~-._%"
# An address in its one spelling: nearly all are, and to see it costs a tenth of taking it to pieces
_PLAIN = re.compile(r"https?://([a-z0-9.-]+)(?:/[A-Za-z0-9/._~-]*)")
# A path that only lacks the host before it: without dot segments
_PLAIN_PATH = re.compile(r"(?:/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)+/?")


def absolute(base: str, href: str) -> str | None:
    """`href` against `base` as an absolute http(s) URL without fragment, or None where it is no web address.

    A scheme-less `report.az/2844552` is not guessed here: by the standard (RFC 3986, 5.2) it is a relative path.
    """
    href = href.strip()
    if _PLAIN.fullmatch(href):
        return href
    if _PLAIN_PATH.fullmatch(href) and (origin := _PLAIN.match(base)):
        return base[: origin.end(1)] + href
    try:
        parts = urlsplit(href)
        if not parts.scheme or not parts.netloc:
            parts = urlsplit(urljoin(base, href))
        _ = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname:
        return None
    return urlunsplit(parts._replace(fragment=""))


# The caches are small on purpose: one page names the same few addresses again and again, two pages hardly do
@lru_cache(maxsize=256)
def canonical(url: str) -> str:
    """`url` in the one spelling the archive uses.

    Scheme and host in lower case, no default port, no fragment, no tracking parameters; path and query keep their
    order and case, since sites may mean something by them. What belongs to one site only (its `www.`, its AMP
    pages, its trailing slashes) is the business of `Site.canonical`.

    Raises:
        ValueError: `url` is no absolute web address.
    """
    if _PLAIN.fullmatch(url):
        return url
    parts = urlsplit(url.strip())
    host = parts.hostname
    if parts.scheme.lower() not in _PORTS or not host:
        raise ValueError(f"not an absolute http(s) address: {url!r}")
    port = parts.port
    netloc = host if port in (None, _PORTS[parts.scheme.lower()]) else f"{host}:{port}"
    query = parts.query
    if query:
        pairs = parse_qsl(query, keep_blank_values=True)
        kept = [(name, value) for name, value in pairs if not _TRACKING.fullmatch(name)]
        query = query if len(kept) == len(pairs) else urlencode(kept)
    return urlunsplit((parts.scheme.lower(), netloc, quote(parts.path or "/", safe=_PATH_SAFE), query, ""))


@lru_cache(maxsize=256)
def host_of(url: str) -> str:
    """The host name of an absolute URL in lower case, `` where it has none."""
    if plain := _PLAIN.match(url):
        return plain[1]
    return urlsplit(url).hostname or ""


def path_of(url: str) -> str:
    """The path of an absolute URL."""
    if plain := _PLAIN.fullmatch(url):
        return url[plain.end(1) :]
    return urlsplit(url).path


def segments(url: str) -> tuple[str, ...]:
    """The non-empty segments of a URL's path."""
    return tuple(part for part in path_of(url).split("/") if part)
