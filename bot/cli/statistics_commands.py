"""`disposisi statistics`: how it is typed, and what its help says."""

from typing import Annotated

import typer

from bot.cli.options import DatabaseOption


def statistics(
    *,
    recount: Annotated[
        bool, typer.Option("--recount", help="Forget what was counted; the bot counts all of it again.")
    ] = False,
    database: DatabaseOption = None,
) -> None:
    """Hold the statistics against the record: every stretch of time and every sum is counted a second time.

    Reads only, also while the bot runs. Ends with 1 where something disagrees; --recount puts it right.

    Example:  [bold]disposisi statistics[/bold]
    """
    from bot.cli import statistics as command

    command.check(database, recount=recount)
