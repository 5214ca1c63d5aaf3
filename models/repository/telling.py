"""Telling the office's journal what a piece of work has left of the rows that say who may act (`told.py`).

The acts write entries of their own, with who did what. Beside those, what became of the rows is told at the end of the
transaction, whatever changed them: so no act can forget a column. Of a row that was there, only the columns are told
that this work has changed: what somebody has written behind the program's back into another one must not be told with
them. The first entry of this kind in a record tells every row as it is found, so that from then on each is held against
something; a column that a later version of the program adds is told so at its first start.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from weakref import ReferenceType, ref

from sqlalchemy import event, exists, inspect, select
from sqlalchemy.orm import InstanceState, Session, SessionTransaction, joinedload

from models.base import Base
from models.case.journey import SYSTEM
from models.journal.chain import Chain, Entry
from models.repository.told import BY_TABLE, SALT, STATE, STOCK, TOLD, Row, Told

_KEY = "told"

_COLUMNS = "columns"
"""The key under which a stock names, by table, the columns that are told from then on."""

_PLACES = {told.table.name: place for place, told in enumerate(TOLD)}
"""The order in which an entry tells of tables; within one the rows go by their keys."""

_ROWS = 200
"""Rows that one entry tells of at most."""

LockedChain = Callable[[Session], Chain]

Names = frozenset[str]
"""Names of columns."""


@dataclass(slots=True)
class _Changed:
    """A row that was changed: which of its columns, None for a row that is new or goes."""

    row: Base
    names: Names | None


@dataclass(slots=True)
class _Telling:
    """What one session is to tell at the end of `transaction`: the rows that it has changed, in order."""

    chain: LockedChain
    at: datetime
    transaction: ReferenceType[SessionTransaction] | None = None
    changed: dict[int, _Changed] = field(default_factory=dict)


def tell_changes(session: Session, chain: LockedChain, *, at: datetime) -> None:
    """Let every change that this session makes to a row that is told be told at its end, as at the instant `at`.

    `chain` returns the office's chain, locked.
    """
    known = session.info.get(_KEY)
    if isinstance(known, _Telling):
        known.chain, known.at = chain, at
        return
    session.info[_KEY] = _Telling(chain, at)
    event.listen(session, "before_flush", _notice)
    event.listen(session, "before_commit", _tell)


def take_stock(session: Session, chain: Chain, *, at: datetime) -> bool:
    """Tell every row as it is found, where no entry has done so, or the columns that no stock has told yet.

    A record from before they were told is held against what it tells here, from here on. Returns whether it was done.
    """
    if not _is_stocked(session, chain):
        _stock(session, chain, dict.fromkeys(TOLD), at=at)
        return True
    known = _columns_stocked(session, chain)
    added = {told: fresh for told in TOLD if (fresh := _names(told) - known.get(told.table.name, _names(told)))}
    if added:
        _stock(session, chain, added, at=at)
    return bool(added)


def _names(told: Told) -> Names:
    return frozenset(column.name for column in told.columns)


def _columns_stocked(session: Session, chain: Chain) -> Mapping[str, Names]:
    """Return the columns, by table, that stocks have told; those of tables that had no rows are left out."""
    stocks = select(Entry).where(Entry.chain_id == chain.id, Entry.action == STOCK).order_by(Entry.sequence)
    known = dict[str, Names]()
    for entry in session.scalars(stocks.options(joinedload(Entry.payload))):
        body = (entry.payload.body if entry.payload else None) or {}
        known |= {table: frozenset(names) for table, names in body.get(_COLUMNS, {}).items()}
        # Stocks from before they named the columns tell them with each row.
        known |= {table: frozenset(columns) for table, _, columns in body["rows"] if _COLUMNS not in body}
    return known


def _stock(session: Session, chain: Chain, wanted: Mapping[Told, Names | None], *, at: datetime) -> None:
    columns = {told.table.name: sorted(_names(told)) for told in TOLD}
    _append(chain, STOCK, list(_every_row(session, wanted)), at=at, **{_COLUMNS: columns})


def _notice(session: Session, *_: object) -> None:
    """Note which rows are about to be written."""
    telling: _Telling = session.info[_KEY]
    transaction = session.get_transaction()
    if telling.transaction is None or telling.transaction() is not transaction:
        # A weak reference: the session must not keep itself alive.
        telling.transaction = ref(transaction) if transaction is not None else None
        telling.changed = {}
    for one in (*session.new, *session.dirty, *session.deleted):
        told = BY_TABLE.get(getattr(one, "__tablename__", ""))
        if told is None:
            continue
        names = _concerned(told, inspect(one), session)
        before = telling.changed.get(id(one))
        if before is not None and names is not None:
            names = names | before.names if before.names is not None else None
        if names is None or names:
            telling.changed[id(one)] = _Changed(one, names)


def _concerned(told: Told, state: InstanceState[Any], session: Session) -> Names | None:
    """Return the columns about to be written of this row that are told; None for a row that is new or goes."""
    if not state.persistent or state.obj() in session.deleted:
        return None
    touched = state.committed_state.keys() - state.unloaded
    changed = frozenset(
        one.columns[0].name
        for one in state.mapper.column_attrs
        if one.key in touched and state.attrs[one.key].history.has_changes()
    )
    # Another salt makes another digest of everything that is hidden with it.
    return (changed | (told.hidden if SALT in changed else frozenset())) & _names(told)


def _tell(session: Session) -> None:
    """Tell at the end of the transaction what became of the rows that it has changed."""
    telling: _Telling = session.info[_KEY]
    if session.in_nested_transaction():
        return
    session.flush()
    changed, telling.changed = list(telling.changed.values()), {}
    rows = [found for one in changed if (found := _left(one)) is not None]
    if not rows:
        return
    # A session knows no order of the rows that it has changed.
    rows.sort(key=lambda one: (_PLACES[one[0]], str(one[1])))
    chain = telling.chain(session)
    if _is_stocked(session, chain):
        _append(chain, STATE, rows, at=telling.at)
    else:
        take_stock(session, chain, at=telling.at)


def _left(changed: _Changed) -> list[Any] | None:
    """Return what is told of a row that was changed; None where the change was undone before it was kept."""
    state: InstanceState[Any] = inspect(changed.row)
    told = BY_TABLE[changed.row.__tablename__]
    if not state.persistent and not state.was_deleted and not state.deleted:
        return None
    row = _row(changed.row)
    left = _only(told.form(row), changed.names) if state.persistent else None
    return [told.table.name, list(told.key(row)), left]


def _only(columns: Mapping[str, Any], names: Names | None) -> dict[str, Any]:
    return {name: value for name, value in columns.items() if names is None or name in names}


def _row(one: Base) -> Row:
    attributes = inspect(one).mapper.column_attrs
    return {attribute.columns[0].name: getattr(one, attribute.key) for attribute in attributes}


def _every_row(session: Session, wanted: Mapping[Told, Names | None]) -> Iterator[list[Any]]:
    for told, names in wanted.items():
        order = [*told.table.primary_key.columns]
        for row in session.execute(select(*told.table.columns).order_by(*order)).mappings():
            by_name = {column.name: row[column] for column in told.table.columns}
            yield [told.table.name, list(told.key(by_name)), _only(told.form(by_name), names)]


def _is_stocked(session: Session, chain: Chain) -> bool:
    session.flush()
    stocked = exists().where(Entry.chain_id == chain.id, Entry.action == STOCK)
    return bool(session.scalar(select(stocked)))


def _append(chain: Chain, action: str, rows: Sequence[list[Any]], *, at: datetime, **said: Any) -> None:
    for start in range(0, max(len(rows), 1), _ROWS):
        some = list(rows[start : start + _ROWS])
        chain.append(action, actor_id=None, capacity=SYSTEM, payload={"rows": some, **said}, at=at)
