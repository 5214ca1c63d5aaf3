"""Telling the office's journal what a piece of work has left of the rows that say who may act (`told.py`).

The acts write entries of their own, with who did what. Beside those, what became of the rows is told at the end of the
transaction, whatever changed them: so no act can forget a column. The first entry of this kind in a record tells every
row as it is found, so that from then on each is held against something.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from weakref import ReferenceType, ref

from sqlalchemy import event, exists, inspect, select
from sqlalchemy.orm import InstanceState, Session, SessionTransaction

from models.base import Base
from models.case.journey import SYSTEM
from models.journal.chain import Chain, Entry
from models.repository.told import BY_TABLE, SALT, STATE, STOCK, TOLD, Row, Told

_KEY = "told"

_ROWS = 200
"""Rows that one entry tells of at most."""

LockedChain = Callable[[Session], Chain]


@dataclass(slots=True)
class _Telling:
    """What one session is to tell at the end of `transaction`: the rows that it has changed, in order."""

    chain: LockedChain
    at: datetime
    transaction: ReferenceType[SessionTransaction] | None = None
    changed: dict[int, Base] = field(default_factory=dict)


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
    """Tell every row as it is found, where no entry has done so. Returns whether it was done now.

    A record from before rows were told is held against what it tells here, from here on.
    """
    if _is_stocked(session, chain):
        return False
    _append(chain, STOCK, list(_every_row(session)), at=at)
    return True


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
        if told is not None and _concerns(told, inspect(one), session):
            telling.changed[id(one)] = one


def _concerns(told: Told, state: InstanceState[Any], session: Session) -> bool:
    """Whether what is about to be written of this row is told."""
    if not state.persistent or state.obj() in session.deleted:
        return True
    names = {column.name for column in told.columns} | {SALT}
    return any(
        state.attrs[one.key].history.has_changes()
        for one in state.mapper.column_attrs
        if one.columns[0].name in names and one.key not in state.unloaded
    )


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
    chain = telling.chain(session)
    if not take_stock(session, chain, at=telling.at):
        _append(chain, STATE, rows, at=telling.at)


def _left(one: Base) -> list[Any] | None:
    """Return what is told of a row that was changed; None where the change was undone before it was kept."""
    state: InstanceState[Any] = inspect(one)
    told = BY_TABLE[one.__tablename__]
    if not state.persistent and not state.was_deleted and not state.deleted:
        return None
    row = _row(one)
    return [one.__tablename__, list(told.key(row)), told.form(row) if state.persistent else None]


def _row(one: Base) -> Row:
    attributes = inspect(one).mapper.column_attrs
    return {attribute.columns[0].name: getattr(one, attribute.key) for attribute in attributes}


def _every_row(session: Session) -> Iterator[list[Any]]:
    for told in TOLD:
        order = [*told.table.primary_key.columns]
        for row in session.execute(select(*told.table.columns).order_by(*order)).mappings():
            by_name = {column.name: row[column] for column in told.table.columns}
            yield [told.table.name, list(told.key(by_name)), told.form(by_name)]


def _is_stocked(session: Session, chain: Chain) -> bool:
    session.flush()
    stocked = exists().where(Entry.chain_id == chain.id, Entry.action == STOCK)
    return bool(session.scalar(select(stocked)))


def _append(chain: Chain, action: str, rows: Sequence[list[Any]], *, at: datetime) -> None:
    for start in range(0, max(len(rows), 1), _ROWS):
        some = list(rows[start : start + _ROWS])
        chain.append(action, actor_id=None, capacity=SYSTEM, payload={"rows": some}, at=at)
