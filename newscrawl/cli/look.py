"""Looking into the archive from a terminal; nothing here changes it."""

from __future__ import annotations

import click

from newscrawl.archive import Archive, Revision, triage
from newscrawl.archive import history as states_of
from newscrawl.cli.addresses import find_article, known_site
from newscrawl.cli.options import db_option
from newscrawl.errors import UsageError
from newscrawl.show.failures import print_failures, print_failures_json
from newscrawl.show.history import print_diff, print_history, print_history_json


@click.command()
@db_option
@click.option("--json", "as_json", is_flag=True, help="The states in full, one JSON object a line.")
@click.argument("url")
def history(db: str, as_json: bool, url: str) -> None:
    """The states in which the article at URL was seen, and what changed in each.

    URL is any address of the article: its own, a short link, AMP, with or without tracking or www.
    """
    canonical, states = _states(db, url)
    (print_history_json if as_json else print_history)(canonical, states)


@click.command()
@db_option
@click.argument("url")
@click.argument("numbers", nargs=-1, type=int, metavar="[A B]")
def diff(db: str, url: str, numbers: tuple[int, ...]) -> None:
    """What changed, in words, between states A and B of the article at URL; between the last two if not given.

    In colour on a terminal, else and with NO_COLOR [-taken away-] and {+added+}.
    """
    canonical, states = _states(db, url)
    old, new = _two(states, numbers)
    print_diff(canonical, states, old, new)


@click.command()
@db_option
@click.option("--site", help="Only pages of this site.")
@click.option("--all", "resolved", is_flag=True, help="Also those that gave an article since.")
@click.option("--json", "as_json", is_flag=True, help="Every page, one JSON object a line.")
def failures(db: str, site: str | None, resolved: bool, as_json: bool) -> None:
    """The pages that gave no article, by kind with an example each, and what to do."""
    with Archive.open(db, create=False, read_only=True) as archive:
        if as_json:
            print_failures_json(triage.each(archive.conn, known_site(site), resolved=resolved))
        else:
            print_failures(triage.kinds(archive.conn, known_site(site), resolved=resolved), db)


def _states(db: str, url: str) -> tuple[str, list[Revision]]:
    with Archive.open(db, create=False, read_only=True) as archive:
        article_id, canonical = find_article(archive, url)
        return canonical, states_of.revisions(archive.conn, article_id)


def _two(states: list[Revision], numbers: tuple[int, ...]) -> tuple[Revision, Revision]:
    if len(states) == 1:
        raise UsageError(f"nothing to compare: the article was seen in one state only, first at {states[0].seen_at}")
    if not numbers:
        return states[-2], states[-1]
    known = {state.revision: state for state in states}
    if len(numbers) != 2 or not known.keys() >= set(numbers):
        raise UsageError(f"give two numbers from {min(known)} to {max(known)}, or none for the last two states")
    return known[numbers[0]], known[numbers[1]]
