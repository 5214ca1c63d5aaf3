"""Writing what a piece of work has changed: for each table one INSERT, and one UPDATE for each set of columns.

SQLAlchemy's unit of work does the same for every mapping there can be. It plans each flush from the beginning, through
all relationships of all objects, and on SQLite inserts row by row: half of what a decision took of the processor. Here
the way of each table is laid down once, and rows are written in the order in which tables refer to each other, by
statements that are handed to the driver as they are (`inserting.py`). What is not as plain as that is left to the unit
of work, whole: deleted rows, members that leave a collection, changed keys, values that the database makes.

The last step tells the session that its objects are kept, in the way in which the unit of work does it, so that
savepoints, events and identities behave as before (`tests/models/repository/test_writing.py` holds the two against each
other).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any, Self

from sqlalchemy import ClauseElement, Column, Table, event
from sqlalchemy.orm import InstanceState, Mapper, MapperProperty, RelationshipDirection, RelationshipProperty, Session
from sqlalchemy.orm.attributes import instance_state
from sqlalchemy.orm.base import PassiveFlag
from sqlalchemy.orm.exc import StaleDataError

from models.repository.inserting import LEFT_OUT, Statements

_KEY = "written plainly"

PEOPLE = "people"
"""The table whose rows are changed last: rows are locked by changing them, and people come after cards."""

State = InstanceState[Any]
Pairs = tuple[tuple[str, str], ...]


class _Intricate(Exception):
    """A flush is not plain."""


def write_plainly(session: Session) -> None:
    """Let what this session changes be written plainly from now on, where it is plain."""
    if _KEY not in session.info:
        session.info[_KEY] = True
        event.listen(session, "before_flush", _write)


def _write(session: Session, *_: object) -> None:
    try:
        work = _Work.of(session)
    except _Intricate:
        return
    work.carry_out()


@dataclass(frozen=True)
class _Way:
    """How the objects of one class are written.

    `columns` are by attribute. `key` are the attributes of the primary key, and `own` is the one that the database
    gives, if any. Of those that are `unknown`, where they are left out, only the database knows what they hold.
    `to_one` and `to_many` are relationships, each with the attributes of the child and those of the parent that they
    are copied from. `place` is that of the table: none refers to a later one.
    """

    table: Table
    place: int
    columns: Mapping[str, Column[Any]]
    key: tuple[str, ...]
    own: str | None
    unknown: tuple[str, ...]
    to_one: Mapping[str, Pairs]
    to_many: Mapping[str, Pairs]
    statements: Statements

    @cached_property
    def written(self) -> list[tuple[str, Column[Any], bool]]:
        """The attributes of a new row but the one that the database gives, and whether None is a value of theirs."""
        return [
            (name, column, column.type.should_evaluate_none)
            for name, column in self.columns.items()
            if name != self.own
        ]

    def values(self, state: State) -> list[Any]:
        """Return the values of a new row; what was left out gets its default or nothing, and says so."""
        found, given, said = list[Any](), state.dict, state.committed_state
        for name, column, keeps_none in self.written:
            value = given.get(name)
            if value is None and not (keeps_none and name in given):
                value = given[name] = _default(column)
            # A JSON column would keep None as JSON's null.
            found.append(LEFT_OUT if keeps_none and value is None and name not in said else value)
        return found

    def changes(self, state: State) -> dict[str, Any]:
        """Return what has changed in a row that is kept, by attribute."""
        found, before = dict[str, Any](), state.committed_state
        for name in before.keys() & self.columns.keys():
            value = state.dict[name]
            if state.manager[name].impl.is_equal(value, before[name]) is not True:
                found[name] = value
        return found

    def check(self, state: State, *, new: bool) -> None:
        """Raise `_Intricate` for an object that is not written plainly."""
        if new:
            # A number that was given is left to the unit of work: the other rows of its table may have none.
            numbered = self.own is not None and state.dict.get(self.own) is not None
            if numbered or not _is_known(state.dict.values()):
                raise _Intricate
            for name in self.unknown:
                if state.dict.get(name) is None:
                    raise _Intricate
            return
        for name in state.committed_state.keys() & self.columns.keys():
            if name in self.key or name not in state.dict or isinstance(state.dict[name], ClauseElement):
                raise _Intricate


_KNOWN = set[type]()
"""The types of values that are no expressions of SQL."""


def _is_known(values: Iterable[object]) -> bool:
    """Whether all of these are values, and none is an expression of SQL."""
    types = set(map(type, values))
    if not types <= _KNOWN:
        if any(issubclass(one, ClauseElement) for one in types):
            return False
        _KNOWN.update(types)
    return True


def _has_default(column: Column[Any]) -> bool:
    """Whether it is known here what stands in a column that was left out."""
    if column.default is not None:
        return column.default.is_scalar or column.default.is_callable
    return column.server_default is None


def _default(column: Column[Any]) -> Any:  # noqa: ANN401 - of any type
    default: Any = column.default
    if default is None:
        return None
    return default.arg(None) if default.is_callable else default.arg


@cache
def _way(mapper: Mapper[Any]) -> _Way:
    """Return how the objects of a class are written. Raises `_Intricate`."""
    table = mapper.local_table
    if not isinstance(table, Table) or mapper.inherits is not None or mapper.version_id_col is not None:
        raise _Intricate
    related = [one for one in mapper.relationships if not one.viewonly]
    if any(
        one.direction is RelationshipDirection.MANYTOMANY or one.cascade.delete_orphan or one.post_update
        for one in related
    ):
        raise _Intricate
    columns = {one.key: one.columns[0] for one in mapper.column_attrs if isinstance(one.columns[0], Column)}
    key = tuple(name for name, column in columns.items() if column.primary_key)
    own = next((name for name in key if columns[name] is table.autoincrement_column), None)
    unknown = tuple(name for name, column in columns.items() if name != own and not _has_default(column))
    to_one = {one.key: _pairs(one, mapper, one.mapper) for one in related if _leads_to_one(one)}
    to_many = {one.key: _pairs(one, one.mapper, mapper) for one in related if not _leads_to_one(one)}
    statements = Statements(table, columns, own=own)
    return _Way(table, _places(table)[table], columns, key, own, unknown, to_one, to_many, statements)


@cache
def _places(table: Table) -> dict[Table, int]:
    return {one: place for place, one in enumerate(table.metadata.sorted_tables)}


def _leads_to_one(relation: RelationshipProperty[Any]) -> bool:
    return relation.direction is RelationshipDirection.MANYTOONE


def _pairs(relation: RelationshipProperty[Any], child: Mapper[Any], parent: Mapper[Any]) -> Pairs:
    """Return the attributes of the child, each with that of the parent which it is copied from."""

    def named(mapper: Mapper[Any], column: Any) -> str:  # noqa: ANN401 - a column of either table
        prop: MapperProperty[Any] = mapper.get_property_by_column(column)
        return prop.key

    pairs = [
        (remote, local) if parent is not child and not _leads_to_one(relation) else (local, remote)
        for local, remote in relation.local_remote_pairs
    ]
    return tuple((named(child, one), named(parent, other)) for one, other in pairs)


@dataclass(slots=True)
class _Work:
    """What one flush is to write. `parents` are, by child, the attributes still to be copied to it, and whence."""

    session: Session
    new: list[State]
    dirty: list[State]
    parents: dict[State, list[tuple[State | None, Pairs]]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, session: Session) -> Self:
        """Look at everything that is to be written, and change nothing. Raises `_Intricate`."""
        if session.deleted:
            raise _Intricate
        work = cls(
            session, [instance_state(one) for one in session.new], [instance_state(one) for one in session.dirty]
        )
        for states, new in ((work.new, True), (work.dirty, False)):
            for state in states:
                _way(state.mapper).check(state, new=new)
        fresh = set(work.new)
        for state in (*work.new, *work.dirty):
            work._relate(state, fresh)
        return work

    def carry_out(self) -> None:
        """Write table by table, what has changed before what is new, and let the session know."""
        by_place = defaultdict[int, tuple[list[State], list[State]]](lambda: ([], []))
        last = list[State]()
        for state in self.dirty:
            way = _way(state.mapper)
            (last if way.table.name == PEOPLE else by_place[way.place][0]).append(state)
        for state in self.new:
            by_place[_way(state.mapper).place][1].append(state)
        for _, (dirty, new) in sorted(by_place.items()):
            self._update(dirty)
            self._insert(new)
        self._update(last)
        # There is no public way to say so that a savepoint could undo.
        self.session._register_persistent({*self.new, *self.dirty})  # noqa: SLF001

    def _relate(self, state: State, fresh: set[State]) -> None:
        """Note what is to be copied between this object and those that it has been related to."""
        way = _way(state.mapper)
        touched = state.committed_state.keys()
        if touched <= way.columns.keys():
            return
        for name in touched & way.to_one.keys():
            for parent in self._members(state, name, leaving=True):
                self._note(state, None if parent is None else instance_state(parent), way.to_one[name], fresh)
        for name in touched & way.to_many.keys():
            for child in self._members(state, name, leaving=False):
                self._note(instance_state(child), state, way.to_many[name], fresh)

    @staticmethod
    def _members(state: State, name: str, *, leaving: bool) -> Iterable[Any]:
        added, _, deleted = state.manager[name].impl.get_history(state, state.dict, PassiveFlag.PASSIVE_NO_INITIALIZE)
        if leaving:
            return added or ()
        if any(one is not None for one in deleted or ()):
            raise _Intricate
        return [one for one in added or () if one is not None]

    def _note(self, child: State, parent: State | None, pairs: Pairs, fresh: set[State]) -> None:
        if child.key is None and child not in fresh:
            raise _Intricate
        if parent is not None and parent.key is None:
            later = _way(parent.mapper).place >= _way(child.mapper).place
            if parent not in fresh or later:
                raise _Intricate
        if child.key is not None and not child.modified:
            raise _Intricate
        self.parents[child].append((parent, pairs))

    def _related(self, child: State) -> State:
        """Copy to a child what it gets from its parents, which are written before it; returns the child."""
        for parent, pairs in self.parents.get(child, ()):
            for name, theirs in pairs:
                before = child.dict.get(name)
                child.dict[name] = value = None if parent is None else parent.dict[theirs]
                if child.key is not None and value != before:
                    child.committed_state.setdefault(name, before)
        return child

    def _insert(self, states: list[State]) -> None:
        if not states:
            return
        way = _way(states[0].mapper)
        rows = [way.values(self._related(state)) for state in states]
        numbers = way.statements.insert(self.session.connection(), rows)
        if way.own is not None:
            for state, number in zip(states, numbers, strict=True):
                state.dict[way.own] = number

    def _update(self, states: list[State]) -> None:
        if not states:
            return
        way = _way(states[0].mapper)
        rows = list[tuple[tuple[str, ...], list[Any]]]()
        # In the order of their keys, so that no two processes wait for each other.
        for state in sorted(states, key=_key_of):
            if changes := way.changes(self._related(state)):
                names = tuple(sorted(changes))
                rows.append((names, [*(changes[name] for name in names), *(state.dict[name] for name in way.key)]))
        connection = self.session.connection()
        for names, group in groupby(rows, key=itemgetter(0)):
            given = [row for _, row in group]
            found = way.statements.update(connection, names, given)
            if found != len(given) and found >= 0:
                raise StaleDataError(f"{found} of {len(given)} rows of {way.table.name} are still there")


def _key_of(state: State) -> tuple[Any, ...]:
    return state.key[1] if state.key is not None else ()
