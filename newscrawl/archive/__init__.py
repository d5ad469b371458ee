"""The archive: the only code that speaks SQL.

- `store`: `Archive`, the door. `values`: what it answers.
- `opening`: from a path to a connection, or a named error. `schema`: the tables, as migrations.
- `saving`: one article in one transaction, by way of `parts` (tags, authors, images, alternates), `stories`,
  `looks` (which page tells of the present), `duplicates` (with `similar`, pure functions) and `fulltext`.
- `frontier` (what waits to be fetched), `settling` (what came of it, when it is due again), `walks` (how far listings
  were walked).
- `failures`, `runs`, `snapshots`: the other things that are written. `names`: shared values.
- `reading`, `search` (by way of `terms`, `hits`, `snippets`): what is asked. `spelling` (with
  `respelling`, pure functions): what is like it where nothing is found. `history`: the states of an article,
  `changes`: what each changed. `article`: all that hangs on one, `stored`: the pages it was read from.
  `triage`: failures by kind.
- `canned` (with `canned_articles`, `canned_changes`, `canned_harvest`): what readers ask most. `entries`: articles for
  feeds. `tables`: what datasette's own pages need. `reading_indexes`, `reading_views`: what all of it stands on.
- `health`: what a site is judged by. `known`: all there is on one address. `absent`: articles that are gone.
  `coverage`: what became of all that was listed.
- `figures`, `figures_by_subject`, `figures_of_runs`: what charts show, counted from indexes.
- `exporting`: articles to be written elsewhere. `copying`: a whole copy. `publishing`: one for the open web.
- `checking`, `checking_search`, `checking_snapshots`: whether the tables are what they are meant to be.
"""

from newscrawl.archive.comparing import compare, is_read_differently
from newscrawl.archive.frontier import Validators, Waiting
from newscrawl.archive.identity import known_addresses
from newscrawl.archive.settling import Missed
from newscrawl.archive.store import Archive
from newscrawl.archive.values import (
    Asked,
    FailedPage,
    FailureKind,
    Hit,
    Holding,
    Outcome,
    Revision,
    Row,
    Run,
    RunEnd,
    Saved,
    Snapshot,
    Status,
)
from newscrawl.archive.walks import ALL_NEWS, BEGINNING, Span

__all__ = [
    "ALL_NEWS",
    "BEGINNING",
    "Archive",
    "Asked",
    "FailedPage",
    "FailureKind",
    "Hit",
    "Holding",
    "Missed",
    "Outcome",
    "Revision",
    "Row",
    "Run",
    "RunEnd",
    "Saved",
    "Snapshot",
    "Span",
    "Status",
    "Validators",
    "Waiting",
    "compare",
    "is_read_differently",
    "known_addresses",
]
