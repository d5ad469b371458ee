"""An article as its pages begin: found by its id, in the state that is asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import attrs
from datasette.utils.asgi import NotFound

from newscrawl.archive import article, history
from newscrawl.archive.article import Entry
from newscrawl.archive.values import Revision
from newscrawl.browse.moments import Moment, Zones
from newscrawl.browse.shelf import Shelf


@attrs.frozen(kw_only=True)
class Opened:
    """An article, and the state of it that is shown."""

    entry: Entry
    states: Sequence[Revision]
    """All of them, the first one first."""
    state: Revision

    @property
    def is_current(self) -> bool:
        """Whether it is shown as it reads now."""
        return self.state.revision == self.entry.revision

    def at(self, moment: str) -> Moment:
        """A time (UTC) at its site."""
        zone = self.entry.zone
        return Zones({self.entry.site: zone} if zone else {}).at(moment, self.entry.site)


async def open_article(shelf: Shelf, number: str, revision: str | None = None) -> Opened:
    """The article with the id `number`, in the state of the number `revision`, else as it reads now.

    Raises:
        NotFound: there is no such article or state.
    """
    found = await shelf.ask(_read, int(number)) if number.isascii() and number.isdigit() and len(number) < 19 else None
    if found is None:
        raise NotFound(f"The archive has no article {number}")
    entry, states = found
    return Opened(entry=entry, states=states, state=state_of(states, revision))


def state_of(states: Sequence[Revision], asked: str | None) -> Revision:
    """The state of the number that is asked for; the last one where none is.

    Raises:
        NotFound: there is none of that number.
    """
    if not asked:
        return states[-1]
    found = next((state for state in states if str(state.revision) == asked), None)
    if found is None:
        there = f"versions 1 to {states[-1].revision}" if len(states) > 1 else "one version"
        raise NotFound(f"The archive has {there} of this article, and no version {asked}")
    return found


def _read(conn: sqlite3.Connection, article_id: int) -> tuple[Entry, Sequence[Revision]] | None:
    entry = article.entry(conn, article_id)
    return (entry, history.revisions(conn, article_id)) if entry else None
