"""Copies of an SQLite record: a second file that is as sound as the first."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import create_engine

from bot.copying.copies import CopyRefused, in_the_way, kept_since
from bot.durability import on_disk
from bot.stopped import DatabaseUnusable
from bot.storage import migration
from bot.storage.migration import Condition, UnknownSchema
from bot.storage.ownership import hand_over
from bot.storage.process_lock import ProcessLock
from bot.storage.sqlite import BUSY_SECONDS, COMPANIONS


def take(path: Path, into: Path) -> tuple[str, int]:
    """Copy the database `path` into the file `into`; returns the revision of its tables and how many cases it holds.

    SQLite's own online copy, in one step: a snapshot beside which the bot goes on writing. Raises `DatabaseUnusable`
    when there is no record, `CopyRefused` when the copy is not sound.
    """
    if not path.is_file():
        raise DatabaseUnusable(f"{path} does not exist. There is nothing to copy yet.")
    try:
        _copy(path, into)
    except sqlite3.Error as error:
        raise CopyRefused(f"{path} could not be copied: the database reports “{error}”.") from error
    return examine(into, name=str(path))


def examine(file: Path, *, name: str) -> tuple[str, int]:
    """Read a copy from end to end; returns the revision of its tables and how many cases it holds.

    Raises `CopyRefused` for what is not sound or holds no record, `UnknownSchema` for what this version does not know.
    """
    try:
        with closing(_reading(file)) as connection:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
            if found != ["ok"]:
                raise CopyRefused(f"{name} is damaged: {'; '.join(map(str, found))}.")
            if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise CopyRefused(f"{name} is damaged: a row belongs to another one that is gone.")
            revision = _revision(file, name)
            (cases,) = connection.execute("SELECT count(*) FROM cases").fetchone()
    except sqlite3.Error as error:
        raise CopyRefused(f"{name} is not a copy of a record: the database reports “{error}”.") from error
    return revision, int(cases)


@contextmanager
def put_back(file: Path, path: Path, *, replace: bool, at: datetime) -> Iterator[str | None]:
    """Make a copy of `file` the database `path`; gives where the one is kept that was there before, if any.

    The copy is whole, checked and on disk before anything that was there is touched. No bot can begin to serve it until
    the block has ended; where that fails, everything is as it was. What root puts back belongs to the owner of what was
    there, or of the folder. Raises what `examine` raises, `AlreadyRunning` while a bot serves `path`, `CopyRefused`
    when a record is there and is to stay.
    """
    lock = ProcessLock(path)
    lock.acquire()
    prepared = path.with_name(f".{path.name}.restoring")
    try:
        hand_over(lock.path, like=path)
        if path.exists() and path.stat().st_size > 0 and not replace:
            raise in_the_way(str(path))
        duplicate(file, prepared)
        hand_over(prepared, like=path)
        on_disk(prepared)
        kept = _keep_aside(path, at)
        try:
            prepared.replace(path)
            on_disk(path.absolute().parent)
            yield kept
        except BaseException:
            _as_it_was(path, kept)
            raise
    finally:
        prepared.unlink(missing_ok=True)
        lock.release()


def duplicate(file: Path, into: Path) -> None:
    """Copy `file` into a new file, readable by its owner only, and examine that one. Raises what `examine` raises."""
    into.unlink(missing_ok=True)
    into.touch(mode=0o600)
    try:
        _copy(file, into)
    except sqlite3.Error as error:
        raise CopyRefused(f"{file} is not a copy of a record: the database reports “{error}”.") from error
    examine(into, name=str(file))


def _copy(source: Path, into: Path) -> None:
    with closing(_reading(source)) as reading, closing(sqlite3.connect(into, isolation_level=None)) as writing:
        reading.backup(writing)
        # One file without companions, so that it can be carried about.
        writing.execute("PRAGMA journal_mode = DELETE")


def _reading(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True, timeout=BUSY_SECONDS)


def _revision(file: Path, name: str) -> str:
    engine = create_engine(f"sqlite:///{file.absolute()}")
    try:
        schema = migration.state(engine)
    finally:
        engine.dispose()
    match schema.condition:
        case Condition.CURRENT | Condition.OLDER:
            return schema.found or ""
        case Condition.EMPTY:
            raise CopyRefused(f"{name} holds no record yet.")
        case Condition.NEWER | Condition.FOREIGN:
            raise UnknownSchema(schema)


def _keep_aside(path: Path, at: datetime) -> str | None:
    """Give the database at `path` and its companions another name; a companion left behind would spoil the next."""
    kept = path.with_name(f"{path.name}.kept-{kept_since(at)}")
    if kept.exists():
        raise CopyRefused(f"{kept} exists already. Try again in a second.")
    there = path.exists() and path.stat().st_size > 0
    for ending in COMPANIONS:
        companion = path.with_name(f"{path.name}{ending}")
        if companion.exists():
            companion.rename(kept.with_name(f"{kept.name}{ending}"))
    return str(kept) if there else None


def _as_it_was(path: Path, kept: str | None) -> None:
    """Take away the database at `path`, and put back the one that was kept aside."""
    for ending in COMPANIONS:
        companion = path.with_name(f"{path.name}{ending}")
        companion.unlink(missing_ok=True)
        aside = Path(f"{kept}{ending}")
        if kept is not None and aside.exists():
            aside.rename(companion)
