"""`disposisi verify` and `disposisi migrate`: prove the record, and bring its tables to this version."""

from contextlib import closing

import typer

from bot.cli import console, surroundings, verdict
from bot.storage import migration
from bot.storage.proof import prove


def verify(database: str | None) -> None:
    """Prove the record, and end with 1 when it does not hold. `database`, where given, wins over DATABASE_URL."""
    with closing(surroundings.database(surroundings.settings(database))) as opened:
        found = prove(opened)
    verdict.tell(found)
    if not found.verifies:
        raise typer.Exit(1)


def migrate(database: str | None) -> None:
    """Bring the tables of the record to what this version works with."""
    with surroundings.database(surroundings.settings(database)) as opened, opened.explaining():
        before = migration.upgrade(opened.engine)
    if before.is_current:
        console.succeed(f"{opened.name}: the tables are those of this version, revision {before.needed}.")
    else:
        console.succeed(f"{opened.name}: the tables went from revision {before.found or 'none'} to {before.needed}.")
