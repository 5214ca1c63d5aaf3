"""SQLite: one file, one writer whose waiting pieces of work share a commit, and readers beside it."""

import sqlite3
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from bot.stopped import DatabaseUnusable
from bot.storage.ownership import barred
from bot.storage.space import exhausted, full

GROUP = 64
"""How many pieces of work may share one commit."""

COMPANIONS = ("", "-wal", "-shm")
"""The endings of the names of the files that SQLite keeps for one database."""

READERS = 4
BUSY_SECONDS = 10


class Sqlite:
    """A database file. Raises `DatabaseUnusable` for a URL that names no file."""

    shared = False
    writers = 1
    readers = READERS
    group = GROUP

    def __init__(self, url: URL) -> None:
        if not url.database or url.database == ":memory:" or url.database.startswith("file:"):
            raise DatabaseUnusable(
                "DATABASE_URL names no file. The record must outlive the process: sqlite:///disposisi.db."
            )
        self.path = Path(url.database)
        self._url = url

    @property
    def name(self) -> str:
        """The path of the file."""
        return str(self.path)

    @cached_property
    def writing(self) -> Engine:
        """The engine of the writer, and of a command that works beside it."""
        engine = self._engine(pool_size=2)
        event.listen(engine, "connect", _set_up_writer)
        event.listen(engine, "begin", _begin_immediate)
        return engine

    @cached_property
    def reading(self) -> Engine:
        """The engine of the readers."""
        engine = self._engine(pool_size=READERS)
        event.listen(engine, "connect", _set_up_reader)
        event.listen(engine, "begin", _begin)
        return engine

    def explained(self, error: DBAPIError) -> DatabaseUnusable:
        """Return `error` as a sentence that says what the operator can do."""
        reason, path = str(error.orig), self.path
        if "not a database" in reason or "malformed" in reason:
            sentence = f"{path} is not a sound SQLite database. Name another file in DATABASE_URL or restore a backup."
        elif ("unable to open" in reason or "readonly" in reason) and (whose := barred(self._files)):
            sentence = whose
        elif "unable to open" in reason:
            what = "is a folder" if path.is_dir() else "cannot be opened"
            sentence = f"{path} {what}. Make sure that the folder {path.absolute().parent} exists and may be written."
        elif "readonly" in reason:
            sentence = f"{path} may not be written. Give the user of this process the right to write it and its folder."
        elif "locked" in reason:
            sentence = f"{path} is locked by another program. Close it, or wait until it has finished, and try again."
        elif "no such table" in reason:
            sentence = (
                f"{path} lacks tables of the record. Run `disposisi migrate`, or name another file in DATABASE_URL."
            )
        elif "full" in reason or ("disk I/O" in reason and exhausted(path)):
            sentence = full(path)
        elif "disk I/O" in reason or "locking protocol" in reason:
            sentence = (
                f"The disk that holds {path} fails (“{reason}”). Look at its health and at the user's quota; a share "
                "on the network is no place for the record."
            )
        else:
            sentence = f"{path}: the database reports “{reason}”."
        return DatabaseUnusable(sentence)

    @property
    def _files(self) -> list[Path]:
        return [self.path.with_name(f"{self.path.name}{ending}") for ending in COMPANIONS]

    def _engine(self, *, pool_size: int) -> Engine:
        engine = create_engine(
            self._url, pool_size=pool_size, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS}
        )
        event.listen(engine, "do_connect", self._make_private)
        return engine

    def _make_private(self, *_: object) -> None:
        """Make a new file readable by its owner alone. SQLite gives the files beside it the same rights."""
        with suppress(OSError):
            self.path.touch(mode=0o600)


def _set_up_writer(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    # The driver of Python 3.11 emits no BEGIN before a SELECT. The engine's begin event emits it instead.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    # Without it, INSERT OR REPLACE would bypass the triggers that keep the journal append-only.
    connection.execute("PRAGMA recursive_triggers = ON")
    # What is erased must not stay in the free pages of the file; not every build of SQLite does so by itself.
    connection.execute("PRAGMA secure_delete = ON")


def _set_up_reader(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA query_only = ON")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
