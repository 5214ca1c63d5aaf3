"""`disposisi backup` and `disposisi restore`: a copy of the record, and back."""

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import console, surroundings
from bot.cli.record import DatabaseOption, report
from bot.clock import Clock
from bot.copying import backup as copies
from bot.loop.ending import ended_orderly
from bot.storage.database import Database
from bot.storage.ownership import owner

_MEGABYTE = 1_000_000


def add_to(parent: typer.Typer) -> None:
    """Add the commands of this module."""
    parent.command()(backup)
    parent.command()(restore)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where the copy is to be, such as copies/monday.copy.")],
    *,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace the file if it is there already.")] = False,
    database: DatabaseOption = None,
) -> None:
    """Write a copy of the record into one file, while the bot runs; it is checked before it counts.

    The file holds everything, people's names and NIP too: only its owner may read it. A copy of PostgreSQL is made by
    its own pg_dump, which must be installed here. It needs no token. Keep copies on another machine.

    Example:  [bold]disposisi backup /var/backups/disposisi/monday.copy[/bold]
    """
    opened = surroundings.database(surroundings.settings(database))
    try:
        with ended_orderly():
            found = copies.back_up(opened, file, overwrite=overwrite)
    finally:
        opened.close()
    cases = console.counted(found.cases, "case", "cases")
    console.succeed(f"{file}: {cases}, revision {found.revision}, {_size(found.size)}; copied from {opened.name}.")


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What `disposisi backup` has written.")],
    *,
    replace: Annotated[
        bool, typer.Option("--replace", help="Keep the record that is there aside, and put the copy in its place.")
    ] = False,
    database: DatabaseOption = None,
) -> None:
    """Put a copy back, bring it to this version, and prove it. Stop every process of the bot first.

    A copy of SQLite can be put into PostgreSQL too: name the empty database with --database. What happened after the
    copy was taken is not in it; docs/operations.md tells what that means. Ends with 1 when the record does not hold.

    Example:  [bold]disposisi restore /var/backups/disposisi/monday.copy --replace[/bold]
    """
    opened = surroundings.database(surroundings.settings(database))
    try:
        with ended_orderly():
            done = copies.restore(file, opened, replace=replace, at=Clock().now())
    finally:
        opened.close()
    if done.kept is not None:
        place = f"the schema {done.kept}" if opened.shared else Path(done.kept).absolute()
        console.note(f"What was there before is kept in {place}.")
    if not done.before.is_current:
        console.note(f"The tables went from revision {done.before.found} to {done.before.needed}.")
    until = _instant(done.recovered.until) if done.recovered.until else "before the first entry"
    console.note(f"The record ends at {until}. What happened after that is not in it.")
    console.note(f"{console.counted(done.recovered.cards, 'card', 'cards')} will be drawn anew when the bot starts.")
    report(done.verification)
    if not done.verification.holds:
        raise typer.Exit(1)
    console.succeed(f"{_place(opened)} is ready: disposisi run")


def _place(database: Database) -> str:
    """Return where the record lies, and whose it is where that is not plain."""
    if database.path is None:
        return database.name
    mine = database.path.stat().st_uid == os.geteuid()
    return f"{database.path.absolute()}{'' if mine else f', which belongs to {owner(database.path)},'}"


def _size(size: int) -> str:
    return f"{size / _MEGABYTE:.1f} MB"


def _instant(at: datetime) -> str:
    return f"{at:%d-%m-%Y %H.%M.%S} UTC"
