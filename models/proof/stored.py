"""Rows as they are stored, and the statements that read them: a database that was written into may hold anything."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import Column, ColumnElement, FromClause, Select, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

_BATCH = 500

_Reader = Callable[[Any], Any]
"""Turns a stored value into the one that the program works with."""


@dataclass(frozen=True, eq=False, slots=True)
class Kept:
    """Columns as they are stored, and the statement that reads them: making it takes longer than running it."""

    columns: tuple[Column[Any], ...]
    statement: Select[*tuple[Any, ...]]

    @classmethod
    def of(
        cls,
        columns: Iterable[Column[Any]],
        *,
        where: Iterable[ColumnElement[bool]] = (),
        order: Iterable[Any] = (),
        source: FromClause | None = None,
    ) -> Self:
        """Return a reading of the rows that fulfil `where`, in a table or in `source`; parameters are given later."""
        wanted = tuple(columns)
        statement = select(*(type_coerce(column, NullType()) for column in wanted))
        if source is not None:
            statement = statement.select_from(source)
        return cls(wanted, statement.where(*where).order_by(*order))


class _Unreadable:
    """Stands for a stored value that its column's type cannot read."""


UNREADABLE = _Unreadable()


class Stored:
    """The rows that a session reads, by column name."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._readers: dict[Kept, list[tuple[str, _Reader | None]]] = {}

    def rows(self, kept: Kept, **values: object) -> Iterator[dict[str, Any]]:
        """Stream rows by column name. A value that its type cannot read becomes `UNREADABLE`; the others are read."""
        readers = self._readers_of(kept)
        # After a breach no more rows are read, and the server must learn that.
        with self.session.execute(kept.statement, values, execution_options={"yield_per": _BATCH}) as rows:
            for row in rows:
                yield {name: _read(reader, value) for (name, reader), value in zip(readers, row, strict=True)}

    def _readers_of(self, kept: Kept) -> list[tuple[str, _Reader | None]]:
        if kept not in self._readers:
            dialect = self.session.get_bind().dialect
            self._readers[kept] = [
                (column.name, column.type.dialect_impl(dialect).result_processor(dialect, None))
                for column in kept.columns
            ]
        return self._readers[kept]


def _read(reader: _Reader | None, value: object) -> object:
    if reader is None:
        return value
    try:
        return reader(value)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return UNREADABLE
