"""Copies of a record on PostgreSQL, by its own tools `pg_dump` and `pg_restore`, which speak to the server alone."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from psycopg.conninfo import make_conninfo
from psycopg.pq import Conninfo
from sqlalchemy import Connection, create_engine, func, select, text

from bot.copying import sqlite_copy
from bot.copying.copies import CopyRefused, in_the_way, kept_since
from bot.copying.moving import move
from bot.stopped import AlreadyRunning
from bot.storage import migration
from bot.storage.migration import Condition, Schema, UnknownSchema
from bot.storage.postgresql import Postgresql
from models.case.case import Case

_MAGIC = b"PGDMP"
_KEPT = "kept_"
"""What the name of a schema begins with in which a record is kept aside; copies hold none but the living one."""

_SECRETS = ("password", "sslpassword")

_ILLEGIBLE = "backslashreplace"
"""How bytes are read that are no UTF-8. A damaged copy makes the tools say such, those of PostgreSQL 17 most of all."""


def is_one(file: Path) -> bool:
    """Whether `file` begins as a copy from PostgreSQL does."""
    with file.open("rb") as stream:
        return stream.read(len(_MAGIC)) == _MAGIC


def take(store: Postgresql, into: Path) -> tuple[str, int]:
    """Copy the record into the file `into`; returns the revision of its tables and how many cases it holds.

    `pg_dump` and the counting see one snapshot. Raises `CopyRefused` when the server's tools are missing, too old or
    fail, or when there is no record.
    """
    with store.reading.connect() as connection:
        # The snapshot must live until pg_dump has taken it over.
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
        schema = _schema(connection)
        if schema.condition is Condition.EMPTY:
            raise CopyRefused(f"{store.name} holds no record yet.")
        cases = connection.scalar(select(func.count()).select_from(Case)) or 0
        tool = _tool("pg_dump", connection)
        snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
        _run(
            store,
            [
                tool,
                "--format=custom",
                "--no-owner",
                "--no-privileges",
                "--no-password",
                "--lock-wait-timeout=60s",
                "--schema=public",
                f"--snapshot={snapshot}",
                f"--file={into}",
                f"--dbname={_conninfo(store)}",
            ],
        )
    _examine(into)
    return schema.found or "", cases


@contextmanager
def put_back(file: Path, store: Postgresql, *, replace: bool, at: datetime) -> Iterator[str | None]:
    """Fill the database from `file`, a copy of either kind; gives the schema that keeps what was there before.

    Either all of it is there in the end, with what the block adds, or the database is as it was. A bot that starts
    meanwhile waits for the end of the block. Raises `CopyRefused`, `UnknownSchema` for a copy of a newer version,
    `AlreadyRunning` while a bot is connected.
    """
    # Idle connections of our own would look like a bot.
    store.writing.dispose()
    with store.writing.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # Back in the pool, the session would keep the turn.
        connection.detach()
        fill = _filling(file, store, connection)
        _refuse_others(connection, store)
        if not migration.turn_taken(connection):
            raise AlreadyRunning(f"The tables of {store.name} are being changed. Stop every process first.", pid=None)
        connection.execute(text("SET statement_timeout = 0"))
        kept = _keep_aside(connection, store, replace=replace, at=at)
        try:
            if kept is not None:
                # Who saw it before it was aside is connected by now; who comes later finds no tables, and waits.
                _refuse_others(connection, store)
            fill()
            connection.execute(text("ANALYZE"))
            yield kept
        except BaseException:
            _as_it_was(connection, kept)
            raise


def _refuse_others(connection: Connection, store: Postgresql) -> None:
    """Raise `AlreadyRunning` while a bot, or a command, is connected."""
    others = connection.scalar(
        text(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND application_name LIKE 'disposisi%'"
        )
    )
    if others:
        raise AlreadyRunning(
            f"{store.name} is in use by disposisi ({others} connections). Stop every process first.", pid=None
        )


def _filling(file: Path, store: Postgresql, connection: Connection) -> Callable[[], None]:
    """Return what fills the database from `file`, once it is known that it can."""
    if not is_one(file):
        sqlite_copy.examine(file, name=str(file))
        return partial(_move_in, file, store)
    tool = _tool("pg_restore", connection)
    _examine(file)
    revision = _revision(file)
    if revision not in migration.known():
        raise UnknownSchema(Schema(Condition.NEWER, revision, migration.head()))
    whole = ["--single-transaction", "--exit-on-error"]
    # The schema is there; only what is in it is wanted.
    options = ["--schema=public", "--no-owner", "--no-privileges", "--no-password", f"--dbname={_conninfo(store)}"]
    return partial(_run, store, [tool, *whole, *options, str(file)])


def _move_in(file: Path, store: Postgresql) -> None:
    """Fill the database from an SQLite copy, brought to this version beforehand."""
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / "record.db"
        sqlite_copy.duplicate(file, own)
        source = create_engine(f"sqlite:///{own}")
        try:
            migration.upgrade(source)
            migration.upgrade(store.writing, in_turn=True)
            with source.connect() as reading, store.writing.begin() as writing:
                writing.execute(text("SET LOCAL statement_timeout = 0"))
                move(reading, writing)
        finally:
            source.dispose()


def _keep_aside(connection: Connection, store: Postgresql, *, replace: bool, at: datetime) -> str | None:
    schema = _schema(connection)
    if schema.condition is Condition.EMPTY:
        return None
    if not replace:
        raise in_the_way(store.name)
    kept = f"{_KEPT}{kept_since(at).lower()}"
    connection.execute(text(f"ALTER SCHEMA public RENAME TO {kept}; CREATE SCHEMA public"))
    return kept


def _as_it_was(connection: Connection, kept: str | None) -> None:
    # The server may still be at a statement of the tool that was broken off: giving up would leave no record at all.
    connection.execute(text("SET lock_timeout = 0"))
    back = f"; ALTER SCHEMA {kept} RENAME TO public" if kept else "; CREATE SCHEMA public"
    connection.execute(text(f"DROP SCHEMA public CASCADE{back}"))


def _schema(connection: Connection) -> Schema:
    """Return the revision of the tables. Raises `UnknownSchema` for those of another program or a newer version."""
    schema = migration.state_of(connection)
    if schema.condition in {Condition.FOREIGN, Condition.NEWER}:
        raise UnknownSchema(schema)
    return schema


def _tool(name: str, connection: Connection) -> str:
    """Return the path of a tool of the server's. Raises `CopyRefused` when it is missing or older than the server."""
    server = (connection.scalar(text("SHOW server_version_num")) or "0")[:-4]
    remedy = f"Install the client programs of PostgreSQL {server}: apt-get install postgresql-client-{server}"
    path = shutil.which(name)
    if path is None:
        raise CopyRefused(f"{name} is not installed here. {remedy}")
    version = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    found = re.search(r"(\d+)", version)
    if found is None or int(found[1]) < int(server):
        raise CopyRefused(f"{path} is of version {found[1] if found else '?'}, older than the server. {remedy}")
    return path


def _conninfo(store: Postgresql) -> str:
    """Return where the database is, without a secret: everybody who may list processes may read arguments."""
    known = {option.keyword.decode() for option in Conninfo.get_defaults()}.difference(_SECRETS)
    arguments = {**store.connection_arguments, "application_name": "disposisi copy"}
    return make_conninfo(**{name: value for name, value in arguments.items() if name in known})


def _run(store: Postgresql, command: list[str]) -> None:
    password = store.connection_arguments.get("password")
    environment = {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}
    done = subprocess.run(  # noqa: S603
        command, env=environment, capture_output=True, encoding="utf-8", errors=_ILLEGIBLE, check=False
    )
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip()]
        raise CopyRefused(f"{Path(command[0]).name} failed: {' '.join(said[:2]) or f'code {done.returncode}'}")


def _examine(file: Path) -> None:
    """Read the copy from end to end. Raises `CopyRefused` when it is not whole, or no record."""
    listed = _output_of(["--list"], file)
    if not re.search(r"TABLE DATA \S+ journal_entries ", listed):
        raise CopyRefused(f"{file} holds no record of disposisi.")
    _output_of(["--file=/dev/null"], file)


def _revision(file: Path) -> str:
    """Return the revision of the tables in a copy."""
    rows = _output_of(["--data-only", "--table=alembic_version", "--file=-"], file)
    found = re.search(r"^COPY \S+alembic_version .*\n(\S+)$", rows, re.MULTILINE)
    return found[1] if found else ""


def _output_of(options: list[str], file: Path) -> str:
    path = shutil.which("pg_restore")
    if path is None:
        raise CopyRefused("pg_restore is not installed here, without which no copy from PostgreSQL can be checked.")
    command = [path, *options, str(file)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors=_ILLEGIBLE, check=False)  # noqa: S603
    if done.returncode:
        raise CopyRefused(f"{file} is not a whole copy: {' '.join(done.stderr.split())}")
    return done.stdout
