"""`disposisi verify` and `disposisi migrate`: prove the record, and bring its tables to this version."""

from contextlib import closing
from pathlib import Path

import typer

from bot.cli import console, surroundings, verdict
from bot.sealing import kept_copy
from bot.sealing.places import Places
from bot.storage import migration
from bot.storage.proof import look, prove
from models.proof import verification


def verify(database: str | None, *, against: Path | None, key: Path | None) -> None:
    """Prove the record, and end with 1 when it does not hold. `database`, where given, wins over DATABASE_URL.

    With `against`, it is also held against the checkpoint in that file, by the public keys in the file `key`.
    """
    settings = surroundings.settings(database)
    with closing(surroundings.database(settings)) as opened:
        if against is None:
            found, held = prove(opened), None
        else:
            kept = kept_copy.read(against, key, Places.of(settings, record=opened.path))
            found, held = look(opened, lambda session: (verification.verify(session), kept.hold(session)))
    verdict.tell(found)
    if held is not None:
        verdict.tell_held(held)
    if not found.verifies or (held is not None and held.faults):
        raise typer.Exit(1)


def migrate(database: str | None) -> None:
    """Bring the tables of the record to what this version works with."""
    with surroundings.database(surroundings.settings(database)) as opened, opened.explaining():
        before = migration.upgrade(opened.engine)
    if before.is_current:
        console.succeed(f"{opened.name}: the tables are those of this version, revision {before.needed}.")
    else:
        console.succeed(f"{opened.name}: the tables went from revision {before.found or 'none'} to {before.needed}.")
