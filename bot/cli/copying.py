"""`disposisi backup` and `disposisi restore`: a copy of the record, and back."""

import os
from datetime import datetime
from functools import partial
from pathlib import Path

import typer

from bot.archive.place import archive_of
from bot.cli import console, surroundings, verdict
from bot.clock import Clock
from bot.copying import backup as copies
from bot.copying.files import folder_of
from bot.loop.ending import ended_orderly
from bot.sealing import after_restore
from bot.sealing.places import Places
from bot.storage.database import Database
from bot.storage.ownership import hand_over, owner
from bot.storage.proof import look

_MEGABYTE = 1_000_000


def backup(file: Path, database: str | None, *, overwrite: bool) -> None:
    """Write a copy of the record into `file`, and say what is in it; ends with 1 when a file of a case was lost."""
    given = surroundings.settings(database)
    opened = surroundings.database(given)
    archive = archive_of(given, beside=opened.path)
    try:
        with ended_orderly():
            found = copies.back_up(opened, file, archive=archive, overwrite=overwrite)
            folder_of(file).tidy(at=Clock().now())
    finally:
        opened.close()
    cases = console.counted(found.cases, "case", "cases")
    if found.files.there:
        console.note(f"{_files(found.files.there)} of cases in {folder_of(file).name}.")
    for lost in found.files.lost:
        console.fail(f"A file of a case is not in the copy: the content {lost.digest} {lost.reason}.")
    console.succeed(f"{file}: {cases}, revision {found.revision}, {_size(found.size)}; copied from {opened.name}.")
    if found.files.lost:
        raise typer.Exit(1)


def restore(file: Path, database: str | None, *, replace: bool) -> None:
    """Put a copy back, and prove it; ends with 1 when the record does not hold."""
    given = surroundings.settings_apart(database)
    opened = surroundings.database(given)
    like = opened.path
    made = None if like is None else partial(hand_over, like=like)
    archive = archive_of(given, beside=opened.path, made=made)
    try:
        with ended_orderly():
            done = copies.restore(file, opened, archive=archive, replace=replace, at=Clock().now())
        places = Places.of(given, record=opened.path)
        seals_need = look(opened, lambda session: after_restore.need_of(session, places))
    finally:
        opened.close()
    if done.kept is not None:
        place = f"the schema {done.kept}" if opened.shared else Path(done.kept).absolute()
        console.note(f"What was there before is kept in {place}.")
    if not done.before.is_current:
        console.note(f"The tables went from revision {done.before.found} to {done.before.needed}.")
    until = _instant(done.recovered.until) if done.recovered.until else "before the first entry"
    console.note(f"The record ends at {until}. What happened after that is not in it.")
    console.note(f"{console.counted(done.recovered.cards, 'card', 'cards')} will be drawn again when the bot starts.")
    if done.files.there:
        console.note(f"{_files(done.files.there)} of cases in {archive.name}.")
    if done.files.lost:
        console.note(f"{_files(len(done.files.lost))} of cases neither there nor in {folder_of(file).name}.")
    if given.database_url != surroundings.settings().database_url:
        console.note("DATABASE_URL names another record. Its ARCHIVE and CHECKPOINT_… were left alone.")
        seals_need = seals_need and f"Before DATABASE_URL names this one: {seals_need}"
    if seals_need is not None:
        console.note(seals_need)
    verdict.tell(done.verification)
    if not done.verification.verifies:
        raise typer.Exit(1)
    console.succeed(f"{_place(opened)} is ready: disposisi run")


def _place(database: Database) -> str:
    """Return where the record lies, and whose it is where that is not plain."""
    if database.path is None:
        return database.name
    mine = database.path.stat().st_uid == os.geteuid()
    return f"{database.path.absolute()}{'' if mine else f', which belongs to {owner(database.path)},'}"


def _files(count: int) -> str:
    return console.counted(count, "file", "files")


def _size(size: int) -> str:
    return f"{size / _MEGABYTE:.1f} MB"


def _instant(at: datetime) -> str:
    return f"{at:%d-%m-%Y %H.%M.%S} UTC"
