"""Migrating the tables of a database to the revision that this version needs, with the scripts in `models/migrations`.

After a change to the tables, `python -m bot.storage.migration "what changed"` drafts the next revision. Read the draft,
correct it, and give its file a name that says what it does.
"""

import sys
import tempfile
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from io import StringIO
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, inspect, text

from bot.stopped import SchemaOutdated

BASE = "base"
"""The revision before the first: no tables."""

HEAD = "head"
"""The newest revision this version of the program knows."""

TURN = 5_917_203_001
"""The number of the advisory lock on PostgreSQL that a process takes to change the tables."""


class Condition(StrEnum):
    """How a database's tables relate to what this version of the program needs."""

    EMPTY = "empty"
    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class Schema:
    """The revision of a database's tables, and the revision this version needs. `found` is None without tables."""

    condition: Condition
    found: str | None
    needed: str

    @property
    def is_current(self) -> bool:
        """Whether the program can work with these tables."""
        return self.condition is Condition.CURRENT


class UnknownSchema(SchemaOutdated):
    """The database cannot be upgraded: its tables belong to another program, or to a newer version."""

    def __init__(self, schema: Schema) -> None:
        self.schema = schema
        if schema.condition is Condition.NEWER:
            sentence = (
                f"The database was made by a newer version of disposisi (revision {schema.found}; this version knows "
                f"up to {schema.needed}). Install that version, or name another database in DATABASE_URL."
            )
        else:
            sentence = "The database holds tables that are not disposisi's. Name another one in DATABASE_URL."
        super().__init__(sentence)


@cache
def head() -> str:
    """Return the newest revision. The scripts are read once a process: each of them is a module to load."""
    return ScriptDirectory.from_config(_config()).get_current_head() or BASE


def state(engine: Engine) -> Schema:
    """Return how the tables of the database relate to what this version needs. Changes nothing."""
    with engine.connect() as connection:
        return state_of(connection)


def state_of(connection: Connection) -> Schema:
    """Return the same in the transaction of `connection`."""
    found = MigrationContext.configure(connection).get_current_revision()
    needed = head()
    if found is None:
        tables = inspect(connection).get_table_names()
        condition = Condition.FOREIGN if set(tables) - {"alembic_version"} else Condition.EMPTY
    elif found == needed:
        condition = Condition.CURRENT
    else:
        condition = Condition.OLDER if found in known() else Condition.NEWER
    return Schema(condition, found, needed)


def may_make_tables(engine: Engine) -> bool:
    """Whether the user has the right to make tables in the database. On SQLite, the rights to the file decide."""
    if engine.dialect.name != "postgresql":
        return True
    with engine.connect() as connection:
        return bool(connection.scalar(text("SELECT has_schema_privilege(to_regnamespace('public'), 'CREATE')")))


def settled(engine: Engine) -> Schema:
    """Return the same as `state`, once no process is changing or restoring the tables. Changes nothing."""
    with engine.connect() as connection:
        _take_turn(connection)
        return state_of(connection)


def turn_taken(connection: Connection) -> bool:
    """Take the turn to change the tables until the session ends. Returns False if another process has the turn."""
    return bool(connection.scalar(text("SELECT pg_try_advisory_lock(:turn)"), {"turn": TURN}))


@cache
def known() -> tuple[str, ...]:
    """Return the revisions that this version can upgrade, the oldest first, and the one it needs."""
    return tuple(one.revision for one in ScriptDirectory.from_config(_config()).walk_revisions())[::-1]


def upgrade(engine: Engine, revision: str = HEAD, *, in_turn: bool = False) -> Schema:
    """Upgrade the tables to `revision`, in one transaction, and return their state before.

    Does nothing if they have that revision already. Processes that start together take turns: the first one upgrades,
    the others find the work done. `in_turn` says that the caller has the turn (`turn_taken`). Raises `UnknownSchema`.
    """
    with engine.begin() as connection:
        if in_turn:
            _take_time(connection)
        else:
            _take_turn(connection)
        before = state_of(connection)
        if before.condition in {Condition.NEWER, Condition.FOREIGN}:
            raise UnknownSchema(before)
        command.upgrade(_config(connection), revision)
    return before


def downgrade(engine: Engine, revision: str) -> None:
    """Downgrade the tables to `revision`, in one transaction. What later revisions added is lost."""
    with engine.begin() as connection:
        _take_turn(connection)
        command.downgrade(_config(connection), revision)


def script(dialect: str) -> str:
    """Return the SQL of all revisions in a dialect such as `postgresql`, for an administrator to read or run."""
    paper = StringIO()
    config = _config(output=paper)
    config.attributes["dialect"] = dialect
    command.upgrade(config, HEAD, sql=True)
    return paper.getvalue()


def draft(message: str) -> Path:
    """Write the revision that leads from the newest one to the tables that the models define. Returns its file."""
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{folder}/draft.db")
        upgrade(engine)
        with engine.connect() as connection:
            config = _config(connection)
            number = len(list(ScriptDirectory.from_config(config).walk_revisions())) + 1
            drafted = command.revision(config, message, autogenerate=True, rev_id=f"{number:04d}")
        engine.dispose()
    if drafted is None or isinstance(drafted, list):
        raise RuntimeError(f"one revision was expected, not {drafted!r}")
    return Path(drafted.path)


def _take_turn(connection: Connection) -> None:
    """Wait until no other process changes the tables, and let none begin before the end of the transaction."""
    if connection.dialect.name != "postgresql":
        return
    limit = connection.scalar(text("SHOW lock_timeout"))
    # Another process may need minutes for a large database, and so may the statements of this one.
    _take_time(connection)
    connection.execute(text("SET LOCAL lock_timeout = 0"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": TURN})
    # Locks on the tables themselves keep their usual limit: the process that has them may be waiting for this one.
    connection.execute(text("SELECT set_config('lock_timeout', :limit, true)"), {"limit": limit})


def _take_time(connection: Connection) -> None:
    """Let the statements of this transaction take as long as they need."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0"))


def _config(connection: Connection | None = None, *, output: StringIO | None = None) -> Config:
    config = Config(output_buffer=output, attributes={"connection": connection})
    config.set_main_option("script_location", str(files("models") / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("file_template", "revision_%%(rev)s_%%(slug)s")
    return config


if __name__ == "__main__":
    sys.stdout.write(f"{draft(' '.join(sys.argv[1:]) or 'what changed')}\n")
