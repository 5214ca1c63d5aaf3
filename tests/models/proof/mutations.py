"""One mutation for a row and a column: another plausible value, written behind the program's back.

A forger with the database can write every column; what `verify` does not find, nothing would show.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Enum, Integer, LargeBinary, String, Table, create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from models.base import Instant
from models.proof.verification import verify
from models.tables import METADATA

if TYPE_CHECKING:
    from tests.models.proof.forgery import Record

ANOTHER_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Mutation:
    """One value exchanged for another: in which column of which row, by SQLite's number of the row."""

    table: str
    column: str
    rowid: int
    before: object
    after: object

    @property
    def place(self) -> tuple[str, str]:
        return self.table, self.column


class Workbench:
    """A copy of a record in which one value after the other is exchanged, and put back."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.isolation_level = None
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("PRAGMA foreign_keys = OFF")
        self._engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)

    def mutations(self, table: Table, *, every_row: bool, without: str) -> Iterator[Mutation]:
        """Yield a mutation of each column: in every row, or in one that is empty there and one that is not.

        Rows that fulfil the condition `without` are left alone.
        """
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        rows = self._connection.execute(f"SELECT rowid, {names} FROM {table.name} WHERE NOT ({without})").fetchall()
        known = set[tuple[str, bool]]()
        for rowid, *values in rows:
            for column, value in zip(table.columns, values, strict=True):
                if not every_row and (column.name, value is None) in known:
                    continue
                known.add((column.name, value is None))
                others = (Mutation(table.name, column.name, rowid, value, one) for one in self._others(column, value))
                yield from islice((one for one in others if self._fits(one)), 1)

    def finds(self, mutation: Mutation) -> bool:
        """Whether the record does not hold with this mutation. It is as before afterwards."""
        with self._undone():
            self._write(mutation)
            return not self.holds()

    def holds(self) -> bool:
        with Session(self._engine) as session:
            return verify(session).verifies

    def _fits(self, mutation: Mutation) -> bool:
        """Whether the row takes the value: it may be another row's already."""
        with self._undone():
            try:
                self._write(mutation)
            except sqlite3.IntegrityError:
                return False
        return True

    def _write(self, mutation: Mutation) -> None:
        statement = f'UPDATE {mutation.table} SET "{mutation.column}" = ? WHERE rowid = ?'
        self._connection.execute(statement, (mutation.after, mutation.rowid))

    @contextmanager
    def _undone(self) -> Iterator[None]:
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            # A session that ends has rolled back already.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def _others(self, column: Column[Any], value: object) -> Iterator[object]:
        """Yield plausible values, none of which is `value`."""
        for target in column.foreign_keys:
            other = target.column
            sql = f'SELECT "{other.name}" FROM {other.table.name} ORDER BY rowid'
            yield from (one for (one,) in self._connection.execute(sql).fetchall() if one != value)
        yield from (one for one in _values(column, value) if one != value)


def _values(column: Column[Any], value: object) -> Sequence[object]:
    kind = column.type
    if isinstance(kind, Enum):
        assert kind.enum_class is not None
        return [str(one.value) for one in kind.enum_class if isinstance(one, StrEnum)]
    if isinstance(kind, Instant | DateTime):
        later = datetime.fromisoformat(str(value or "2026-11-24 01:00:00")) + ANOTHER_DAY
        return [later.isoformat(sep=" ", timespec="microseconds")]
    if isinstance(kind, Date):
        return [(date.fromisoformat(str(value or "2026-11-24")) + ANOTHER_DAY).isoformat()]
    if isinstance(kind, Boolean):
        return [0 if value else 1]
    if isinstance(kind, JSON):
        return [json.dumps(_otherwise(json.loads(str(value)) if value is not None else {}))]
    if isinstance(kind, LargeBinary):
        return [bytes([value[0] ^ 1]) + value[1:]] if isinstance(value, bytes) else [b"\x01" * 16]
    if isinstance(kind, Integer):
        return [value + 1000 if isinstance(value, int) else 1, 4711]
    assert isinstance(kind, String), kind
    return [f"{str(value)[:-1]}7" if value else "7", f"{str(value)[:-2]}88"]


def _otherwise(value: Any) -> Any:  # noqa: ANN401 - JSON may hold anything
    if isinstance(value, dict):
        return {**value, "lain": 1}
    return [*value, value[-1] if value else {"lain": 1}]


def measured(
    record: Record, *, tables: Sequence[str], every_row: bool, without: Mapping[str, str]
) -> dict[tuple[str, str], list[Mutation]]:
    """Return, for each column that was exchanged, the mutations that were not found.

    `without` are conditions by table; rows that fulfil them are left alone.
    """
    found = dict[tuple[str, str], list[Mutation]]()
    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as connection:
        connection.deserialize(record.image)
        bench = Workbench(connection)
        assert bench.holds(), "the record holds before anything is changed"
        for name in tables:
            left = without.get(name, "FALSE")
            for mutation in list(bench.mutations(METADATA.tables[name], every_row=every_row, without=left)):
                missed = found.setdefault(mutation.place, [])
                if not bench.finds(mutation):
                    missed.append(mutation)
        assert bench.holds(), "everything was put back"
    return found
