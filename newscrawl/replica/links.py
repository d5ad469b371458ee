"""Links from an article to others of the site."""

from __future__ import annotations

import attrs

Link = tuple[str, str]
"""Path and headline."""


@attrs.frozen
class Links:
    """What an article can point to; always older, so that the page stays the same when further stories appear."""

    related: tuple[Link, ...] = ()
    """Articles of the same language."""

    foreign: Link | None = None
    """An article of another story in another language, for the pages that point to one."""
