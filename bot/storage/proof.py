"""Proving a record where it lies: one snapshot is read, and nothing is written, even where nothing could be."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from bot.stopped import DatabaseUnusable, SchemaOutdated
from bot.storage import migration
from bot.storage.database import Database
from bot.storage.migration import Condition
from bot.storage.postgresql import unhurried
from models.proof.files import FaultOf, faults_among, kept_contents, with_files
from models.proof.guards import with_guards
from models.proof.verification import Verification, verify

T = TypeVar("T")


def prove(database: Database, *, fault_of: FaultOf | None = None) -> Verification:
    """Verify the record in `database`, its triggers, and with `fault_of` its files. A bot may serve it meanwhile.

    Raises what `look` raises.
    """
    found, digests = look(database, lambda session: (with_guards(verify(session), session), kept_contents(session)))
    if fault_of is None:
        return found
    # Reading every file may take long. What is erased meanwhile, by a bot that goes on, is looked up afterwards.
    faults = faults_among(digests, fault_of)
    return look(database, lambda session: with_files(found, session, read=len(digests), faults=faults))


def look(database: Database, work: Callable[[Session], T]) -> T:
    """Return what `work` finds in one snapshot of the record. A bot may serve it meanwhile.

    Raises `DatabaseUnusable` where there is no record or none that can be read, `SchemaOutdated` where its tables are
    of another version than this one.
    """
    with _reading(database) as engine:
        schema = migration.state(engine)
        if schema.condition in {Condition.FOREIGN, Condition.EMPTY}:
            raise DatabaseUnusable(f"{database.name} holds no record of disposisi.")
        if schema.condition is not Condition.CURRENT:
            raise SchemaOutdated(
                f"The tables of {database.name} are of revision {schema.found}; this version verifies {schema.needed}. "
                "Verify with the version that wrote them, or run `disposisi migrate` on a copy."
            )
        with Session(engine) as session:
            return work(unhurried(session))


@contextmanager
def _reading(database: Database) -> Iterator[Engine]:
    """Give an engine that cannot write and sees one snapshot. Raises `DatabaseUnusable`."""
    path = database.path
    engine = database.store.reading if path is None else _reading_file(path)
    try:
        yield engine
    except DBAPIError as error:
        if path is None:
            raise database.store.explained(error) from error
        raise DatabaseUnusable(f"{path} cannot be read as a record: the database reports “{error.orig}”.") from error
    finally:
        engine.dispose()


def _reading_file(path: Path) -> Engine:
    if not path.is_file():
        raise DatabaseUnusable(f"{path} does not exist. Name the file of the record: sqlite:///folder/disposisi.db.")
    here = URL.create("sqlite", database=str(path))
    engine = create_engine(_as_it_lies(path) if _on_read_only_ground(path) else here)
    event.listen(engine, "connect", _only_read)
    # One snapshot for the whole proof: a bot that goes on writing must not look like somebody who changes the record.
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def _only_read(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA query_only = ON")


def _on_read_only_ground(path: Path) -> bool:
    """Whether SQLite could not make the files that it keeps beside a database in WAL mode."""
    return not os.access(path.absolute().parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists()


def _as_it_lies(path: Path) -> URL:
    """Return the URL that opens a file which nobody changes meanwhile."""
    query = {"mode": "ro", "immutable": "1", "uri": "true"}
    return URL.create("sqlite", database=f"file:{quote(str(path.absolute()))}", query=query)
