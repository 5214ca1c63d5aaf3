"""Reading whole rows of several tables in one statement, and making objects of them.

SQLAlchemy's loading does the same for every mapping there can be: a statement for each class, and for each of them a
plan of how rows become objects. That was a quarter of what a decision took of the processor. Here the statement is
written once for each kind of database, and its rows become objects of the session, in the way in which loading does it
with `populate_existing`: what was read before is brought up to date, what was changed in it is written first
(`tests/models/repository/test_reading.py` holds the two against each other).

Rows of unlike tables stand in one result, so its columns are shared: each row says in the first of them to which part
it belongs, and has its own values in as many of the others as it needs, each in one of its type.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from operator import itemgetter
from typing import Any, Generic, TypeVar

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    ColumnElement,
    Date,
    DateTime,
    Dialect,
    Integer,
    LargeBinary,
    Select,
    String,
    cast,
    inspect,
    literal_column,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Mapper, Session
from sqlalchemy.orm.attributes import instance_state
from sqlalchemy.types import TypeDecorator, TypeEngine

from models.base import Base, Instant
from models.repository import driver

T = TypeVar("T")
B = TypeVar("B", bound=Base)

_TYPES: Sequence[tuple[type[TypeEngine[Any]], TypeEngine[Any]]] = (
    (Integer, BigInteger()),
    (JSON, JSON()),
    (LargeBinary, LargeBinary()),
    (Boolean, Boolean()),
    (DateTime, DateTime(timezone=True)),
    (Date, Date()),
    (String, String()),
)
"""The types that columns of the result have, each with those of a table that it stands for."""

_Read = Callable[[Sequence[Any]], Sequence[Any]]
"""Takes the values of a part out of a row."""

_KEPT = 8_192
"""Values of one column that are kept as they were read: instants and words of enumerations come again and again."""

_INSTANTS: dict[str, Callable[[Any], Any]] = {}
"""What makes instants of what is read, by the kind of database: all columns share the values that are kept."""


@dataclass(frozen=True, eq=False)
class Part(Generic[T]):
    """Rows of one kind: the columns that are read, and `make`, which makes of their values what is wanted."""

    columns: Sequence[ColumnElement[Any]]
    rows: Select[Any]
    make: Callable[[Session, Sequence[Any]], T]


def whole(entity: type[B], where: ColumnElement[bool]) -> Part[B]:
    """Return the part of the objects of a class, read from the rows for which a condition holds."""
    maker = maker_of(entity)
    columns = list(maker.columns.values())
    return Part(columns, select(*columns).where(where), maker.make)


def values(*columns: ColumnElement[Any], where: ColumnElement[bool] | None = None) -> Part[Sequence[Any]]:
    """Return the part of plain values: one row, or those for which a condition holds."""
    rows = select(*columns)
    return Part(columns, rows if where is None else rows.where(where), lambda _, row: row)


@dataclass(frozen=True, slots=True)
class Found:
    """What one statement has found, by part, in no order."""

    _by_part: Mapping[Part[Any], list[Any]]

    def of(self, part: Part[T]) -> list[T]:
        """Return what was found of a part."""
        return self._by_part[part]


@dataclass(frozen=True, eq=False)
class Reading:
    """One statement that reads some parts. It is written for a kind of database when it is asked for there first."""

    parts: tuple[Part[Any], ...]
    _written: dict[str, "_Written"] = field(default_factory=dict, init=False)

    def find(self, session: Session, parameters: Mapping[str, Any]) -> Found:
        """Read, with what is named in the conditions of the parts; what the session has changed is written first."""
        if session.autoflush:
            session.flush()
        connection = session.connection()
        written = self._written.get(connection.dialect.name)
        if written is None:
            written = self._written[connection.dialect.name] = _write(self.parts, connection.dialect)
        rows = driver.rows(connection, written.statement, written.given(parameters))
        found = defaultdict[Part[Any], list[Any]](list)
        for row in rows:
            part, own = written.parts[row[0]]
            found[part].append(part.make(session, own(row)))
        return Found(found)


def relate(one: Base, **related: Base | None) -> None:
    """Let an object know another one that a column of it names; nothing is to be written of it."""
    one.__dict__.update(related)


class Maker(Generic[B]):
    """Makes objects of one class. `columns` are by attribute, in the order of the values of a row."""

    def __init__(self, entity: type[B]) -> None:
        self._entity = entity
        mapper: Mapper[B] = inspect(entity)
        self.columns: Mapping[str, ColumnElement[Any]] = {one.key: one.columns[0] for one in mapper.column_attrs}
        names = list(self.columns)
        (self._key,) = (names.index(mapper.get_property_by_column(column).key) for column in mapper.primary_key)
        self._names = names
        self._new: Callable[[], B] = mapper.class_manager.new_instance

    @cached_property
    def _related(self) -> tuple[str, ...]:
        """The relationships that are not known of an object that has just been read."""
        mapper: Mapper[B] = inspect(self._entity)
        return tuple(one.key for one in mapper.relationships if one.lazy != "write_only")

    def make(self, session: Session, row: Sequence[Any]) -> B:
        """Return the object of a row: the one that the session has, brought up to date, or a new one of it."""
        identity = (self._entity, (row[self._key],), None)
        known: B | None = session.identity_map.get(identity)
        if known is None:
            made = self._new()
            state = instance_state(made)
            state.key, state.session_id = identity, session.hash_key
            session.identity_map.add(state)
            made.__dict__.update(zip(self._names, row, strict=True))
            return made
        for name in self._related:
            known.__dict__.pop(name, None)
        known.__dict__.update(zip(self._names, row, strict=True))
        # There is no public way to say that this is what the database holds.
        instance_state(known)._commit_all(known.__dict__, session.identity_map)  # noqa: SLF001
        return known

    def found(self, session: Session, row: Sequence[Any], *, freshly: bool) -> B | None:
        """Return the object of a row that may be empty; unless `freshly`, one that the session has stays as it is."""
        key = row[self._key]
        if key is None:
            return None
        if not freshly:
            known: B | None = session.identity_map.get((self._entity, (key,), None))
            if known is not None:
                if not known.__dict__.keys() >= self.columns.keys():
                    for name, value in zip(self._names, row, strict=True):
                        known.__dict__.setdefault(name, value)
                return known
        return self.make(session, row)


@cache
def maker_of(entity: type[B]) -> Maker[B]:
    """Return what makes objects of a class."""
    return Maker(entity)


@dataclass(frozen=True, slots=True)
class _Written:
    """A statement as the driver takes it; its parts are those of the numbers in the first column, with their values."""

    statement: str
    names: Sequence[str] | None
    fixed: Mapping[str, Any]
    parts: Sequence[tuple[Part[Any], _Read]]

    def given(self, parameters: Mapping[str, Any]) -> driver.Parameters:
        """Return the parameters as the driver takes them."""
        named = {**self.fixed, **parameters}
        return named if self.names is None else tuple(named[name] for name in self.names)


def _write(parts: Sequence[Part[Any]], dialect: Dialect) -> _Written:
    layouts = [_layout(part) for part in parts]
    width = {number: max(len(layout.get(number, ())) for layout in layouts) for number in range(len(_TYPES))}
    starts = {number: 1 + sum(width[before] for before in range(number)) for number in width}
    selects, read = [], list[tuple[Part[Any], _Read]]()
    for place, (part, layout) in enumerate(zip(parts, layouts, strict=True)):
        shown: list[ColumnElement[Any]] = [literal_column(str(place), Integer)]
        for number, (_, type_) in enumerate(_TYPES):
            own: list[ColumnElement[Any] | None] = [part.columns[one] for one in layout.get(number, ())]
            own += [None] * (width[number] - len(own))
            shown += [_shown(one, type_, dialect) for one in own]
        selects.append(part.rows.with_only_columns(*shown, maintain_column_froms=True))
        places = {one: starts[number] + at for number in layout for at, one in enumerate(layout[number])}
        read.append((part, reader_of(part.columns, [places[one] for one in range(len(part.columns))], dialect)))
    compiled = union_all(*selects).compile(dialect=dialect)
    names = None if compiled.positiontup is None else list(compiled.positiontup)
    fixed = {name: value for name, value in compiled.params.items() if value is not None}
    return _Written(str(compiled), names, fixed, read)


def _layout(part: Part[Any]) -> Mapping[int, list[int]]:
    """Return, for each type, which columns of a part have it, by their place in it."""
    found = defaultdict[int, list[int]](list)
    for place, column in enumerate(part.columns):
        plain = column.type.impl_instance if isinstance(column.type, TypeDecorator) else column.type
        found[next(number for number, (known, _) in enumerate(_TYPES) if isinstance(plain, known))].append(place)
    return found


def _shown(column: ColumnElement[Any] | None, type_: TypeEngine[Any], dialect: Dialect) -> ColumnElement[Any]:
    """Return a column as it stands in the result, None for one that is empty.

    PostgreSQL wants it to have the same type in all rows.
    """
    if dialect.name == "sqlite":
        return literal_column("NULL") if column is None else column
    return cast(null(), type_) if column is None else cast(column, type_) if isinstance(type_, JSON) else column


def reader_of(columns: Sequence[ColumnElement[Any]], places: Sequence[int], dialect: Dialect) -> _Read:
    """Return what takes the values of some columns out of a row, each as the program has it."""
    pick = itemgetter(*places) if len(places) > 1 else lambda row: (row[places[0]],)
    converted = list[tuple[int, Callable[[Any], Any]]]()
    for place, column in enumerate(columns):
        convert = _conversion(column.type, dialect)
        if convert is not None:
            converted.append((place, convert))

    def read(row: Sequence[Any]) -> Sequence[Any]:
        values = list(pick(row))
        for place, convert in converted:
            if values[place] is not None:
                values[place] = convert(values[place])
        return values

    return read


def _conversion(type_: TypeEngine[Any], dialect: Dialect) -> Callable[[Any], Any] | None:
    """Return what makes of a value of this type, as it is read, what the program has; None where that is the same."""
    convert = type_.dialect_impl(dialect).result_processor(dialect, None)
    # What is read of JSON may be changed by who reads it.
    if convert is None or isinstance(type_, JSON):
        return convert
    if isinstance(type_, Instant):
        return _INSTANTS.setdefault(dialect.name, lru_cache(_KEPT)(convert))
    return lru_cache(_KEPT)(convert)
