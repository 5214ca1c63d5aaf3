"""Copies of the record: taken while the bot runs, checked before they count, put back where no bot runs.

A copy is one file, readable by its owner only: an SQLite database, or what PostgreSQL's own `pg_dump` writes. The one
of SQLite can also be put into PostgreSQL, which is how an office moves to several machines. The files of cases lie in
a folder beside it (`bot/copying/files.py`).
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from glob import escape
from pathlib import Path

from sqlalchemy.orm import Session

from bot.archive.contents import Archive
from bot.copying import postgresql_copy, sqlite_copy
from bot.copying.copies import CopyRefused
from bot.copying.files import Carried, carry, folder_of, let_go
from bot.durability import on_disk
from bot.storage import migration
from bot.storage.database import Database
from bot.storage.migration import Schema
from bot.storage.ownership import owner
from bot.storage.postgresql import Postgresql, unhurried
from bot.storage.sqlite import Sqlite
from models.proof.files import erased_contents, kept_contents, with_files
from models.proof.guards import with_guards
from models.proof.verification import Verification, verify
from models.upkeep.recovery import Recovered, recover

_LEFT_OVER = timedelta(days=1)
"""The age at which a copy that was begun belongs to no process any more."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a copy holds: its size in bytes, the revision of its tables, how many cases, and the files beside it."""

    size: int
    revision: str
    cases: int
    files: Carried


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back.

    `kept` names where the record lies that was there before, None where there was none; `before` are the tables as
    the copy had them; `recovered` tells until when the copy reaches, and what the phones are to show again. `files`
    are those that were put back or were there still.
    """

    kept: str | None
    before: Schema
    recovered: Recovered
    verification: Verification
    files: Carried


def back_up(database: Database, file: Path, *, archive: Archive | None = None, overwrite: bool = False) -> Contents:
    """Write a copy of the record, as it is at one instant, into `file`; a running bot goes on meanwhile.

    The files of its cases are copied out of `archive`, if it is given, into the folder beside it.

    The file appears under its name only once it is whole, on disk and checked. Raises `CopyRefused` for a file that
    is there already (unless told to overwrite it) or cannot be written, `DatabaseUnusable` when there is no record.
    """
    check_place(database, file, overwrite=overwrite)
    files = Carried()
    with finished_or_gone(file) as temporary:
        with database.explaining():
            match database.store:
                case Sqlite(path=path):
                    revision, cases = sqlite_copy.take(path, temporary)
                case Postgresql() as store:
                    revision, cases = postgresql_copy.take(store, temporary)
                case _:
                    raise CopyRefused(f"There is no way to copy {database.name}.")
            # Older tables know of no files.
            if archive is not None and revision == migration.head():
                files = _copy_files(database, archive, file)
        size = temporary.stat().st_size
    return Contents(size, revision, cases, files)


def restore(file: Path, database: Database, *, replace: bool, at: datetime, archive: Archive | None = None) -> Restored:
    """Put the copy in `file` where `database` is, bring it to this version, and prove what lies there then.

    The files of its cases are put into `archive`, if it is given, unless they are there.

    With `replace` a record that is there already is kept aside. Living cards are owed again, because the phones show
    what happened after the copy was taken. `at` is the present instant. Raises `CopyRefused` for what is no copy
    or a record in the way, `UnknownSchema` for a copy of a newer version, `AlreadyRunning` while a bot serves it.
    """
    if not file.is_file():
        raise CopyRefused(f"{file} does not exist. Name the file that `disposisi backup` has written.")
    if not os.access(file, os.R_OK):
        raise CopyRefused(f"{file} belongs to {owner(file)} and may not be read. Run this as somebody who may.")
    with database.explaining():
        match database.store:
            case Sqlite(path=path):
                if postgresql_copy.is_one(file):
                    raise CopyRefused(f"{file} is a copy from PostgreSQL and can be put back into PostgreSQL only.")
                put_back = sqlite_copy.put_back(file, path, replace=replace, at=at)
            case Postgresql() as store:
                put_back = postgresql_copy.put_back(file, store, replace=replace, at=at)
            case _:
                raise CopyRefused(f"There is no way to restore {database.name}.")
        # A supervised process comes back every few seconds: it is kept out until the record may be served.
        with put_back as kept:
            before = migration.upgrade(database.engine, in_turn=True)
            with database.transaction() as session:
                recovered = recover(unhurried(session), at=at)
                digests = kept_contents(session)
            files = Carried() if archive is None else carry(digests, folder_of(file), archive)
        with Session(database.store.reading) as session:
            # What was carried was read, there or here: the rest is lost.
            faults = {lost.digest: lost.reason for lost in files.lost}
            proved = with_guards(verify(unhurried(session)), session)
            verification = with_files(proved, session, read=files.there, faults=faults)
    return Restored(kept, before, recovered, verification, files)


def _copy_files(database: Database, archive: Archive, file: Path) -> Carried:
    """Copy the files of the record into the folder beside a copy. What is erased meanwhile is not missed."""
    target = folder_of(file)
    with Session(database.store.reading) as session:
        digests = kept_contents(session)
    carried = carry(digests, archive, target)
    with Session(database.store.reading) as session:
        erased = set(erased_contents(session))
    let_go(sorted(erased), target)
    return Carried(carried.there, tuple(lost for lost in carried.lost if lost.digest not in erased))


def check_place(database: Database, file: Path, *, overwrite: bool) -> None:
    """Raise `CopyRefused` where a file made of the record may not be written at `file`."""
    if file.is_dir():
        raise CopyRefused(f"{file} is a folder. Name a file in it.")
    if not file.absolute().parent.is_dir():
        raise CopyRefused(f"The folder {file.absolute().parent} does not exist. Make it, or name another file.")
    if database.path is not None and file.resolve() in _files_of(database.path):
        raise CopyRefused(f"{file} belongs to the record itself. Name another file.")
    if file.exists() and not overwrite:
        raise CopyRefused(f"{file} exists already. Name another file, or say --overwrite.")


def _files_of(path: Path) -> set[Path]:
    names = (path.name, *(f"{path.name}{ending}" for ending in ("-wal", "-shm", ".lock")))
    return {path.resolve().with_name(name) for name in names}


@contextmanager
def finished_or_gone(file: Path) -> Iterator[Path]:
    """Give a file of our own in the same folder, which takes the name of `file` at the end, or is removed.

    Only its owner may read it. Raises `CopyRefused` where it cannot be written.
    """
    try:
        # Readable by its owner only.
        handle, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".part", dir=file.absolute().parent)
        os.close(handle)
    except OSError as error:
        raise CopyRefused(f"{file} cannot be written ({error.strerror}). Name another folder.") from error
    temporary = Path(name)
    try:
        _clear_away(file, temporary)
        yield temporary
        on_disk(temporary)
        temporary.replace(file)
        on_disk(file.absolute().parent)
    except OSError as error:
        raise CopyRefused(f"{file} cannot be written ({error.strerror or type(error).__name__}).") from error
    finally:
        temporary.unlink(missing_ok=True)


def _clear_away(file: Path, temporary: Path) -> None:
    """Remove what a backup of the same name left that was killed a day or more before `temporary` was begun."""
    for left in file.absolute().parent.glob(f".{escape(file.name)}.*.part"):
        if temporary.stat().st_mtime - left.stat().st_mtime >= _LEFT_OVER.total_seconds():
            left.unlink(missing_ok=True)
