"""`disposisi statistics`: hold the statistics against the record, or let them be counted again."""

from contextlib import closing

import typer

from bot.cli import console, surroundings
from bot.clock import Clock
from bot.rules import load_rules
from bot.storage.proof import look
from models.repository.reader import Reader
from models.statistics import counting
from models.statistics.checking import disagreements
from models.statistics.days import untallied

_TOLD = 20
"""Disagreements that are told one by one."""


def check(database: str | None, *, recount: bool) -> None:
    """Say whether the statistics agree with the record; end with 1 where not. With `recount`, count all of it again."""
    given = surroundings.settings(database)
    if recount:
        with surroundings.records(given) as records:
            counting.recount(records)
        console.succeed("All is counted again while the bot runs; figures say meanwhile what is missing.")
        return
    rules, at = load_rules(given), Clock().now()
    with closing(surroundings.database(given)) as opened:
        found, waiting, days = look(
            opened,
            lambda session: (
                list(disagreements(Reader(session, rules=rules, at=at))),
                counting.uncounted(session),
                len(untallied(session)),
            ),
        )
    for one in found[:_TOLD]:
        console.fail(one)
    if waiting:
        console.note(f"{console.counted(waiting, 'closed task waits', 'closed tasks wait')} to be counted.")
    if days:
        console.note(f"{console.counted(days, 'day waits', 'days wait')} for sums, and with them months and years.")
    if found:
        console.fail(f"{console.counted(len(found), 'disagreement', 'disagreements')}: disposisi statistics --recount")
        raise typer.Exit(1)
    console.succeed("The statistics agree with the record.")
