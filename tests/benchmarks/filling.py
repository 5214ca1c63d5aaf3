"""A database with years in it: one case that was walked for real, copied by SQL as often as it takes.

Every row of the case is copied with numbers of its own: the report, its tasks, journal, Laporan Evaluasi, cards,
buttons and notices. The copies belong to all employees in turn. Only the journal's hashes are copied as they are, so
that the chains of the copies do not verify; nothing but `verify` looks at them.
"""

import sqlite3
import time
from collections.abc import Iterator

from sqlalchemy import Column, Connection, Engine, Table, create_engine, event, text

from models.tables import METADATA
from tests.benchmarks.city import FIRST_EMPLOYEE

CHUNK = 2_000
"""Cases copied in one transaction."""

_OF_CASE = {
    "journal_chains": "id IN (SELECT chain_id FROM cases WHERE id = :case)",
    "journal_entries": "chain_id IN (SELECT chain_id FROM cases WHERE id = :case)",
    "journal_payloads": "chain_id IN (SELECT chain_id FROM cases WHERE id = :case)",
    "cases": "id = :case",
    "tasks": "case_id = :case",
    "evaluations": "case_id = :case",
    "attachments": "case_id = :case",
    "questions": "case_id = :case",
    "remarks": "case_id = :case",
    "chases": "task_id IN (SELECT id FROM tasks WHERE case_id = :case)",
    "cards": "case_id = :case",
    "buttons": "card_id IN (SELECT id FROM cards WHERE case_id = :case)",
    "outbox": "case_id = :case",
}
"""The tables that a case leaves rows in, in the order in which they are filled."""

_RANDOM = {
    "sqlite": "lower(hex(randomblob(10)))",
    "postgresql": "substr(md5(random()::text || clock_timestamp()::text), 1, 20)",
}
"""What a copied button's token is: like real ones it lands anywhere in its index."""


_TRANSIENT = frozenset({"buttons", "outbox"})
"""What is let go once a case is long over (`models/upkeep/retention.py`)."""


def copy_case(database_url: str, case_id: int, copies: int, *, employees: int, whole: int | None = None) -> float:
    """Copy a case `copies` times; returns the seconds it took.

    The last `whole` copies have everything, the ones before lack what is let go of old cases; None lets all have it.
    """
    began = time.monotonic()
    whole = copies if whole is None else whole
    engine = _fast(database_url)
    for first in range(0, copies, CHUNK):
        left_out = _TRANSIENT if first < copies - whole else frozenset()
        with engine.begin() as connection:
            _copy_some(connection, case_id, first, min(first + CHUNK, copies), employees, left_out)
    if engine.dialect.name == "postgresql":
        # The server would look at the tables by itself in a while. SQLite never does, and must do without.
        with engine.begin() as connection:
            connection.execute(text("ANALYZE"))
            _catch_up_numbers(connection)
    engine.dispose()
    return time.monotonic() - began


def _fast(database_url: str) -> Engine:
    """Return an engine that need not outlive a power cut."""
    engine = create_engine(database_url)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def hurry(connection: sqlite3.Connection, _: object) -> None:
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA cache_size = -1000000")

    return engine


def _copy_some(
    connection: Connection, case_id: int, first: int, last: int, employees: int, left_out: frozenset[str]
) -> None:
    """Copy a case under the serial numbers from `first` up to, but without, `last`."""
    shifts = {name: shift for name in _OF_CASE if (shift := _shift(connection, name, case_id)) is not None}
    reporter = connection.execute(text("SELECT reporter_id FROM cases WHERE id = :case"), {"case": case_id}).scalar()
    first_person = connection.execute(
        text("SELECT id FROM people WHERE telegram_id = :account"), {"account": FIRST_EMPLOYEE}
    ).scalar()
    said = {
        "case": case_id,
        "reporter": reporter,
        "first_person": first_person,
        "first_account": FIRST_EMPLOYEE,
        "employees": employees,
        "first": first,
        "last": last,
    }
    for name, condition in _OF_CASE.items():
        if name in left_out:
            continue
        table = METADATA.tables[name]
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        values = ", ".join(_value(column, table, shifts, connection.dialect.name) for column in table.columns)
        connection.execute(
            text(
                "WITH RECURSIVE copies(n) AS (SELECT CAST(:first AS BIGINT) UNION ALL SELECT n + 1 FROM copies "
                f'WHERE n + 1 < :last) INSERT INTO "{name}" ({columns}) SELECT {values} FROM copies CROSS JOIN '
                f'(SELECT * FROM "{name}" WHERE {condition}) AS original'
            ),
            said,
        )


def _shift(connection: Connection, name: str, case_id: int) -> tuple[int, int] | None:
    """Return by how much the first copy's numbers in a table lie above the original's, and how far copies are apart."""
    if "id" not in METADATA.tables[name].columns:
        return None
    condition = _OF_CASE[name]
    lowest, highest = connection.execute(
        text(f'SELECT min(id), max(id) FROM "{name}" WHERE {condition}'), {"case": case_id}
    ).one()
    if lowest is None:
        return None
    newest = connection.execute(text(f'SELECT max(id) FROM "{name}"')).scalar_one()
    return newest + 1 - lowest, highest + 1 - lowest


def _value(column: Column[object], table: Table, shifts: dict[str, tuple[int, int]], dialect: str) -> str:
    """Return the SQL of what a copy has in `column`."""
    own = f'original."{column.name}"'
    target = _numbered(column, table)
    if target in shifts:
        shift, apart = shifts[target]
        return f"{own} + {shift} + (n - :first) * {apart}"
    match (table.name, column.name):
        case ("cases", "number") | ("journal_chains", "subject"):
            return "'SW-2001-' || CAST(1000000 + n AS VARCHAR(20))"
        case ("buttons", "token"):
            return _RANDOM[dialect]
        case ("outbox", "once"):
            return f"{own} || ' ' || CAST(n AS VARCHAR(20))"
        case ("cases", "reporter_id") | ("cards" | "outbox", "person_id"):
            return f"CASE WHEN {own} = :reporter THEN :first_person + n % :employees ELSE {own} END"
        case ("cards" | "outbox", "chat_id"):
            return f'CASE WHEN original."person_id" = :reporter THEN :first_account + n % :employees ELSE {own} END'
        case ("cards", "message_id"):
            return f"{own} + n"
        case _:
            return own


def _numbered(column: Column[object], table: Table) -> str:
    """Return the table whose numbers `column` holds; empty if it holds none."""
    if column.name == "id":
        return table.name
    if table.name == "journal_payloads" and column.name == "chain_id":
        return "journal_chains"
    return next((key.column.table.name for key in column.foreign_keys if key.column.name == "id"), "")


def _catch_up_numbers(connection: Connection) -> None:
    """Let PostgreSQL number the next rows after the copies."""
    for table in _numbered_tables():
        connection.execute(
            text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM \"{table}\"))")
        )


def _numbered_tables() -> Iterator[str]:
    return (name for name in _OF_CASE if "id" in METADATA.tables[name].columns)
