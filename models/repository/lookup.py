"""Looking rows up by statements that are written once, and handed to the driver as they are.

SQLAlchemy's own way makes a plan of each SELECT whenever it is asked, also of one that was built before: what it is
made of, how its rows become objects, what hangs on them. For one row that takes ten times what the driver takes, and an
update asks forty such questions. Here all of it is found out when a question is asked first.

What is found is what SQLAlchemy would have found (`tests/models/repository/test_lookup.py` holds the two against each
other): what the session has changed is written before, and an object that it has already is that one. `freshly` brings
such an object up to date, as `populate_existing` does. Nothing hangs on what is found: what is read with it is one more
entity of the SELECT, and `relate` makes it known.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Generic, TypeVar, TypeVarTuple

from sqlalchemy import ColumnElement, Dialect, Select, Update, bindparam, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler

from models.base import Base
from models.repository import driver
from models.repository.reading import Maker, maker_of, reader_of

T = TypeVar("T")
B = TypeVar("B", bound=Base)
Ts = TypeVarTuple("Ts")

Given = Mapping[str, Any]
"""The parameters of a question, by their names; those of an `IN` are sequences."""

_Convert = Callable[[Any], Any]

_TEXTS = 32
"""Texts of one statement that are kept, each for other numbers of values in its `IN`s."""

_FEW = 500
"""The most values in the `IN`s of a text that is kept: a text of thousands is large, and hardly asked for again."""


class Rows(Generic[*Ts]):
    """A SELECT of columns and whole objects that is asked again and again."""

    def __init__(self, statement: Select[*Ts], *, freshly: bool = False) -> None:
        self._statement = statement
        self._freshly = freshly
        self._written: dict[str, _Query] = {}

    def all(self, session: Session, given: Given) -> list[tuple[*Ts]]:
        """Return what is found, row by row. Raises `sqlalchemy.exc.DBAPIError`."""
        if session.autoflush:
            session.flush()
        connection = session.connection()
        query = self._written.get(connection.dialect.name)
        if query is None:
            query = self._written[connection.dialect.name] = _query(self._statement, connection.dialect)
        rows = driver.rows(connection, *query.text.asked(given))
        return [query.made(session, row, freshly=self._freshly) for row in rows]

    def first(self, session: Session, given: Given) -> tuple[*Ts] | None:
        """Return the first row that is found, None where there is none. Raises `sqlalchemy.exc.DBAPIError`."""
        return next(iter(self.all(session, given)), None)


class Lookup(Generic[T]):
    """A SELECT of one column, or of whole objects of one class, that is asked again and again."""

    def __init__(self, statement: Select[T], *, freshly: bool = False) -> None:
        self._rows = Rows(statement, freshly=freshly)

    def all(self, session: Session, given: Given) -> list[T]:
        """Return what is found. Raises `sqlalchemy.exc.DBAPIError`."""
        return [one for (one,) in self._rows.all(session, given)]

    def first(self, session: Session, given: Given) -> T | None:
        """Return the first that is found, None where there is none. Raises `sqlalchemy.exc.DBAPIError`."""
        return next(iter(self.all(session, given)), None)


class Change:
    """An UPDATE of plain values that is carried out again and again; no object of the session learns of it."""

    def __init__(self, statement: Update) -> None:
        self._statement = statement
        self._written: dict[str, _Text] = {}

    def carry_out(self, session: Session, given: Given) -> int:
        """Carry it out, and return how many rows it changed. Raises `sqlalchemy.exc.DBAPIError`."""
        if session.autoflush:
            session.flush()
        connection = session.connection()
        text = self._written.get(connection.dialect.name)
        if text is None:
            compiled = self._statement.compile(dialect=connection.dialect)
            text = self._written[connection.dialect.name] = _Text(compiled, connection.dialect)
        return driver.changed(connection, *text.asked(given))


def by_key(session: Session, entity: type[B], key: object) -> B | None:
    """Return the object of a class with this key, None where there is none, as `Session.get` does.

    What the session has already is not looked up. Raises `sqlalchemy.exc.DBAPIError`.
    """
    maker = maker_of(entity)
    known = maker.known(session, key)
    return known if known is not None and maker.is_whole(known) else _of_key(entity).first(session, {"key": key})


@cache
def _of_key(entity: type[B]) -> Lookup[B]:
    return Lookup(select(entity).where(maker_of(entity).key == bindparam("key")))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A statement as the driver takes it. `fixed` are the values that are written into it.

    `names` say in which order they are given, None where by name. `several` are the names of what stands in an `IN`.
    """

    statement: str
    names: Sequence[str] | None
    fixed: Given
    several: Mapping[str, Sequence[str]]


class _Text:
    """A statement for one kind of database: one text for each number of values that stand in its `IN`s."""

    def __init__(self, compiled: object, dialect: Dialect) -> None:
        if not isinstance(compiled, SQLCompiler):
            raise TypeError("not a statement of SQL")
        self._compiled = compiled
        self._wanted = [name for name, one in compiled.binds.items() if one.required]
        self._several = [name for name in self._wanted if compiled.binds[name].expanding]
        processors = {
            name: one.type.dialect_impl(dialect).bind_processor(dialect) for name, one in compiled.binds.items()
        }
        self._converts: dict[str, _Convert] = {name: one for name, one in processors.items() if one is not None}
        self._of_sizes = lru_cache(_TEXTS)(self._expanded)

    def asked(self, given: Given) -> tuple[str, driver.Parameters]:
        """Return the statement and its parameters as the driver takes them."""
        sizes = tuple([len(given[name]) for name in self._several])
        asked = self._of_sizes(sizes) if sum(sizes) <= _FEW else self._expanded(sizes)
        named = dict(asked.fixed)
        for name in self._wanted:
            if name in asked.several:
                named.update(zip(asked.several[name], (self._value(name, one) for one in given[name]), strict=True))
            else:
                named[name] = self._value(name, given[name])
        return asked.statement, named if asked.names is None else tuple([named[name] for name in asked.names])

    def _value(self, name: str, value: object) -> object:
        convert = self._converts.get(name)
        return value if convert is None else convert(value)

    def _expanded(self, sizes: tuple[int, ...]) -> _Asked:
        placeholders = dict.fromkeys(self._wanted) | {
            name: [None] * size for name, size in zip(self._several, sizes, strict=True)
        }
        state = self._compiled.construct_expanded_state(placeholders)
        owners = {one: name for name, each in state.parameter_expansion.items() for one in each}
        fixed = {
            key: self._value(owners.get(key, key), value)
            for key, value in state.parameters.items()
            if owners.get(key, key) not in placeholders
        }
        several = {name: state.parameter_expansion.get(name, ()) for name in self._several}
        return _Asked(state.statement, state.positiontup, fixed, several)


@dataclass(frozen=True, slots=True)
class _Query:
    """A SELECT for one kind of database. Each of its `parts` is a column, or the columns that a maker takes."""

    text: _Text
    read: Callable[[Sequence[Any]], Sequence[Any]]
    parts: Sequence[tuple[int, int, Maker[Any] | None]]

    def made(self, session: Session, row: Sequence[Any], *, freshly: bool) -> Any:  # noqa: ANN401 - by the statement
        """Return what a row holds, as a tuple."""
        values = self.read(row)
        return tuple(
            [
                values[start] if maker is None else maker.found(session, values[start:end], freshly=freshly)
                for start, end, maker in self.parts
            ]
        )


def _query(statement: Select[*tuple[Any, ...]], dialect: Dialect) -> _Query:
    columns, parts = list[ColumnElement[Any]](), list[tuple[int, int, Maker[Any] | None]]()
    for described in statement.column_descriptions:
        maker = maker_of(described["expr"]) if isinstance(described["expr"], type) else None
        start = len(columns)
        columns += [described["expr"]] if maker is None else maker.columns.values()
        parts.append((start, len(columns), maker))
    shown = statement.with_only_columns(*columns, maintain_column_froms=True)
    read = reader_of(columns, range(len(columns)), dialect)
    return _Query(_Text(shown.compile(dialect=dialect), dialect), read, parts)
