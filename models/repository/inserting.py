"""The statements that write rows of one table, each written once for a kind of database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Column, Connection, Dialect, Enum, String, Table
from sqlalchemy.sql.compiler import IdentifierPreparer
from sqlalchemy.types import TypeDecorator

from models.base import Instant
from models.repository import driver

LEFT_OUT: Final = object()
"""Stands for a value that was left out: nothing at all, also where None would be JSON's null."""

_MOST = 20_000
"""Parameters that one statement takes at most; SQLite takes 32,766, PostgreSQL 65,535."""

_KEPT = 1_024
"""Values of one column that are kept as they were written."""

Convert = Callable[[Any], Any]


@dataclass(frozen=True, eq=False)
class Statements:
    """How rows of `table` are written, by the attributes of `columns`; `own` is the key that the database gives."""

    table: Table
    columns: Mapping[str, Column[Any]]
    own: str | None
    _kinds: dict[str, "_Kind"] = field(default_factory=dict, init=False)

    def insert(self, connection: Connection, rows: Sequence[Sequence[Any]]) -> Sequence[int]:
        """Write new rows, with the values of all columns but `own`; returns what the database gave as that, if any."""
        kind = self._kind(connection.dialect)
        at_once = _MOST // len(kind.names)
        found = list[int]()
        for start in range(0, len(rows), at_once):
            some = rows[start : start + at_once]
            given = tuple(chain.from_iterable(map(kind.row, some)))
            statement = kind.inserting(len(some))
            if self.own is None:
                driver.changed(connection, statement, given)
            else:
                # They are given in the order in which the rows are written; in which they come back is not said.
                found += sorted(map(itemgetter(0), driver.rows(connection, statement, given)))
        return found

    def update(self, connection: Connection, names: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> int:
        """Write the values of `names` into rows, each named by its key after them; returns how many there were."""
        kind = self._kind(connection.dialect)
        statement, converted = kind.updating(names)
        return driver.changed(connection, statement, *(_converted(row, converted) for row in rows))

    def _kind(self, dialect: Dialect) -> "_Kind":
        kind = self._kinds.get(dialect.name)
        if kind is None:
            kind = self._kinds[dialect.name] = _Kind(self.table, self.columns, self.own, dialect)
        return kind


class _Kind:
    """The statements of one table for one kind of database."""

    def __init__(self, table: Table, columns: Mapping[str, Column[Any]], own: str | None, dialect: Dialect) -> None:
        self._columns, self._dialect = columns, dialect
        self._quoted: IdentifierPreparer = dialect.identifier_preparer
        self._table = self._quoted.format_table(table)
        self._key = [name for name, column in columns.items() if column.primary_key]
        self._own = own
        self._mark = "?" if dialect.paramstyle == "qmark" else "%s"
        self.names = [name for name in columns if name != own]
        self._conversions = self._converting(self.names)
        self.inserting = lru_cache(self._inserting)
        self.updating = lru_cache(self._updating)

    def row(self, values: Sequence[Any]) -> tuple[Any, ...]:
        """Return the values of a new row as the driver takes them."""
        return _converted(values, self._conversions)

    def _inserting(self, count: int) -> str:
        """Return the statement that writes so many new rows."""
        names = ", ".join(map(self._name, self.names))
        marks = ", ".join([self._mark] * len(self.names))
        if count == 1 or self._dialect.name == "sqlite" or self._own is None:
            rows = "VALUES " + ", ".join([f"({marks})"] * count)
        else:
            # PostgreSQL does not promise in which order it numbers rows that were not put in order.
            given = ", ".join(f"({marks}, {place})" for place in range(count))
            shown = ", ".join(f"given.c{place}::{self._type(name)}" for place, name in enumerate(self.names))
            called = ", ".join(f"c{place}" for place in range(len(self.names)))
            rows = f"SELECT {shown} FROM (VALUES {given}) AS given ({called}, place) ORDER BY given.place"  # noqa: S608
        returning = "" if self._own is None else f" RETURNING {self._name(self._own)}"
        return f"INSERT INTO {self._table} ({names}) {rows}{returning}"

    def _updating(self, names: tuple[str, ...]) -> tuple[str, Sequence[tuple[int, Convert]]]:
        """Return the statement that writes some columns of the row with a key."""
        changes = ", ".join(f"{self._name(name)}={self._mark}" for name in names)
        same = " AND ".join(f"{self._name(name)} = {self._mark}" for name in self._key)
        statement = f"UPDATE {self._table} SET {changes} WHERE {same}"  # noqa: S608 - names of our own columns
        return statement, self._converting([*names, *self._key])

    def _name(self, name: str) -> str:
        return self._quoted.format_column(self._columns[name])

    def _type(self, name: str) -> str:
        type_ = self._columns[name].type
        plain = type_.impl_instance if isinstance(type_, TypeDecorator) else type_
        # With its length, what is too long would be cut off in silence.
        return "TEXT" if isinstance(plain, String) else type_.compile(self._dialect)

    def _converting(self, names: Sequence[str]) -> Sequence[tuple[int, Convert]]:
        """Return what makes of a value what the driver takes, by the place of the attribute, where it is needed."""
        found = list[tuple[int, Convert]]()
        for place, name in enumerate(names):
            type_ = self._columns[name].type
            convert = type_.dialect_impl(self._dialect).bind_processor(self._dialect)
            if convert is not None:
                # The same instants and words of enumerations come again and again.
                found.append((place, lru_cache(_KEPT)(convert) if isinstance(type_, Instant | Enum) else convert))
        return found


def _converted(values: Sequence[Any], conversions: Sequence[tuple[int, Convert]]) -> tuple[Any, ...]:
    found = list(values)
    for place, convert in conversions:
        value = found[place]
        found[place] = None if value is LEFT_OUT else convert(value)
    return tuple(found)
