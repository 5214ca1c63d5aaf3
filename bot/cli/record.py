"""`disposisi verify` and `disposisi migrate`: prove the record, and bring its tables to this version."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import typer
from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from bot.cli import console, surroundings
from bot.stopped import DatabaseUnusable, SchemaOutdated
from bot.storage import migration
from bot.storage.database import Database
from bot.storage.migration import Condition
from bot.storage.postgresql import unhurried
from models.journal.chain import Breach
from models.proof.verification import Verification
from models.proof.verification import verify as verify_record

DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database", metavar="URL", help="The record, such as sqlite:///disposisi.db; else DATABASE_URL decides."
    ),
]


def add_to(parent: typer.Typer) -> None:
    """Add the commands of this module."""
    parent.command()(verify)
    parent.command()(migrate)


def verify(database: DatabaseOption = None) -> None:
    """Prove that nobody changed, removed, inserted or reordered anything in the record.

    Reads only, and needs neither token nor office, so that a copy of the database can be verified anywhere.
    Ends with 1 when something is found, naming the first bad entry of each chain.

    Example:  [bold]disposisi verify --database sqlite:///copy.db[/bold]
    """
    with _reading(surroundings.database(surroundings.settings(database))) as (engine, name):
        schema = migration.state(engine)
        if schema.condition in {Condition.FOREIGN, Condition.EMPTY}:
            raise DatabaseUnusable(f"{name} holds no record of disposisi.")
        if schema.condition is not Condition.CURRENT:
            raise SchemaOutdated(
                f"The tables of {name} are of revision {schema.found}; this version verifies {schema.needed}. Verify "
                "with the version that wrote them, or run `disposisi migrate` on a copy."
            )
        with Session(engine) as session:
            found = verify_record(unhurried(session))
    report(found)
    if not found.holds:
        raise typer.Exit(1)


def migrate(database: DatabaseOption = None) -> None:
    """Bring the tables of the record to what this version works with. Stop the bot and keep a copy first.

    `disposisi run` does the same when it starts, unless told not to.

    Example:  [bold]disposisi migrate[/bold]
    """
    with surroundings.database(surroundings.settings(database)) as opened:
        try:
            before = migration.upgrade(opened.engine)
        except DBAPIError as error:
            raise opened.store.explained(error) from error
    if before.is_current:
        console.succeed(f"{opened.name}: the tables are those of this version, revision {before.needed}.")
    else:
        console.succeed(f"{opened.name}: the tables went from revision {before.found or 'none'} to {before.needed}.")


def described(breach: Breach) -> str:
    """Return where a breach is and what is wrong there."""
    place = f"{breach.subject}, entry {breach.sequence}" if breach.sequence else breach.subject
    return f"{place}: {breach.reason}"


def report(found: Verification) -> None:
    """Print what a verification has found."""
    entries = console.counted(found.entries, "journal entry", "journal entries")
    size = f"{console.counted(found.cases, 'case', 'cases')}, {entries}"
    if found.erased:
        console.note(
            f"{found.erased} payloads were erased: their entries are proved, but their cases cannot be told again."
        )
    if found.holds:
        console.succeed(f"{size}: the record holds.")
        return
    for breach in found.breaches:
        console.fail(described(breach))
    console.fail(f"{size}: the record does not hold. The first bad entry is {described(found.breaches[0])}")


@contextmanager
def _reading(database: Database) -> Iterator[tuple[Engine, str]]:
    """Give an engine that cannot write and sees one snapshot, and what to call the database.

    Raises `DatabaseUnusable` when there is no database, or none that can be read.
    """
    path = database.path
    engine = database.store.reading if path is None else _reading_file(path)
    try:
        yield engine, database.name
    except DBAPIError as error:
        if path is None:
            raise database.store.explained(error) from error
        raise DatabaseUnusable(f"{path} cannot be read as a record: the database reports “{error.orig}”.") from error
    finally:
        engine.dispose()
        database.close()


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
