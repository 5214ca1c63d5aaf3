"""`disposisi verify` and `disposisi migrate`: prove the record, and bring its tables to this version."""

from contextlib import closing
from functools import partial
from pathlib import Path

import typer

from bot.archive.contents import Archive, fault_of
from bot.archive.folder import Folder
from bot.archive.place import archive_of, folder_beside
from bot.cli import console, surroundings, verdict
from bot.sealing import kept_copy
from bot.sealing.places import Places
from bot.settings import Settings
from bot.storage import migration
from bot.storage.database import Database
from bot.storage.proof import look, prove


def verify(
    database: str | None, files: Path | None, *, without_files: bool, against: Path | None, key: Path | None
) -> None:
    """Prove the record. End with 1 when it does not hold, with 3 when it holds but for what was erased.

    `database`, where given, wins over DATABASE_URL.

    The files are read from the folder `files`, else from the record's own archive. A copy of the database may lie
    somewhere without its archive: then it is noted that no file was read. With `against`, the record is also held
    against the checkpoint in that file, by the public keys in the file `key`.
    """
    given = surroundings.settings(database)
    with closing(surroundings.database(given)) as opened:
        kept = kept_copy.read(against, key, Places.of(given, record=opened.path)) if against is not None else None
        archive = None if without_files else _archive(given, opened, files, elsewhere=database is not None)
        if archive is None and not without_files:
            console.note("There is no archive beside it, so no file is read. --files names a folder.")
        found = prove(opened, fault_of=None if archive is None else partial(fault_of, archive))
        held = look(opened, kept.hold) if kept is not None else None
    verdict.tell(found)
    if held is not None:
        verdict.tell_held(held)
    status = 1 if held is not None and held.faults else found.status
    if status:
        raise typer.Exit(status)


def _archive(given: Settings, opened: Database, files: Path | None, *, elsewhere: bool) -> Archive | None:
    """Return the archive to read; None where a database `elsewhere` has no folder for one."""
    if files is not None:
        return Folder(files)
    if not elsewhere:
        return archive_of(given, beside=opened.path)
    beside = folder_beside(opened.path)
    return beside if opened.path is not None and beside.root.is_dir() else None


def migrate(database: str | None) -> None:
    """Bring the tables of the record to what this version works with."""
    with surroundings.database(surroundings.settings(database)) as opened, opened.explaining():
        before = migration.upgrade(opened.engine)
    if before.is_current:
        console.succeed(f"{opened.name}: the tables are those of this version, revision {before.needed}.")
    else:
        console.succeed(f"{opened.name}: the tables went from revision {before.found or 'none'} to {before.needed}.")
