"""A column forged just before the bot decides: what the decision tells from that row must not make the forgery hold.

Each scene brings an office to the moment before one decision. There a forger writes another plausible value into one
column, the bot decides, and the record is verified: with the forged value still there, and with the old one put back,
as a forger would who wants only that the decision was taken by it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from models.journal.chain import Chain, Entry, Payload
from models.proof.verification import verify
from models.refusals.refusal import Refusal
from models.repository.told import STATE, STOCK
from models.rules.errors import DisposisiError
from models.tables import METADATA
from tests.models.bureau import Bureau
from tests.models.proof import unproved
from tests.models.proof.mutations import Mutation, Workbench
from tests.models.proof.scenes import SCENES

if TYPE_CHECKING:
    from models.rules.rules import Rules

LEFT = {table: condition for table, (condition, _) in unproved.ROWS.items()}
"""A Laporan Evaluasi that is being written is no part of the record: the submission tells what stands in it then."""

_CHASING = {"chase", "overrun"}
_LISTENERS = {"to", "later", "within"}
"""Who was told of a chase, now or later, or with which rung: the keys of its entry."""

_FAILED = (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, AssertionError, StopIteration)
_UNDONE = (Refusal, DisposisiError, SQLAlchemyError, *_FAILED)
"""What work raises on rows that the program does not write."""


@dataclass(frozen=True, slots=True)
class Laundered:
    """A forgery that the record does not show after the decision; `put_back` says whether the row is as it was.

    `leaves_out` says that the journals tell nothing else than without it, only less: a chase is not told, or told to
    fewer people or later ones. No chain proves that it was owed: the program may have been down, and who is above a
    post stands in the office file.
    """

    scene: str
    mutation: Mutation
    put_back: bool
    leaves_out: bool = False


class Laundry:
    """One scene, played with each forgery. `image` is an office in which nothing has happened."""

    def __init__(self, name: str, image: bytes, rules: Rules) -> None:
        self.name, self._act = name, SCENES[name].act
        with closing(_copy(image)) as connection:
            bureau = Bureau(_engine(connection), rules)
            self._case_id = SCENES[name].bring(bureau)
            self._at, self._rules = bureau.at, bureau.rules
            self._image = connection.serialize()
            self._before = _told(_engine(connection))
        self._told = self._play(None)[0]

    def laundered(self, tables: Sequence[str], *, every_row: bool) -> Iterator[Laundered]:
        """Yield what is not found, of the columns of these tables."""
        with closing(_copy(self._image)) as connection:
            bench = Workbench(connection)
            mutations = [
                one
                for name in tables
                for one in bench.mutations(METADATA.tables[name], every_row=every_row, without=LEFT.get(name, "FALSE"))
            ]
        for mutation in mutations:
            told, left, put_back = self._play(mutation)
            if told == self._told:
                # What is told does not come from this column: the row is held against the journal as always.
                continue
            less = _is_less(told, self._told)
            if left:
                yield Laundered(self.name, mutation, put_back=False, leaves_out=less)
            if put_back:
                yield Laundered(self.name, mutation, put_back=True, leaves_out=less)

    def _play(self, mutation: Mutation | None) -> tuple[list[Any], bool, bool]:
        """Return what the journals tell of the decision, and whether the record holds so, and with the old value."""
        with closing(_copy(self._image)) as connection:
            if mutation is not None:
                _write(connection, mutation, mutation.before, mutation.after)
            engine = _engine(connection)
            bureau = Bureau(engine, self._rules)
            bureau.at = self._at
            try:
                self._act(bureau, self._case_id)
            except _UNDONE:  # A decision that is refused, or fails, tells nothing.
                return self._told, False, False
            told = _told(engine)
            if mutation is None or told == self._told:
                return told, False, False
            if told == self._before:  # Nor does one that finds nothing to do: a file that is kept, a copy that is read.
                return self._told, False, False
            left = _holds(engine)
            try:
                _write(connection, mutation, mutation.after, mutation.before)
            except sqlite3.IntegrityError:
                return told, left, False
            return told, left, _holds(engine)


def _is_less(told: Sequence[Any], whole: Sequence[Any]) -> bool:
    """Whether `told` tells the same entries as `whole` but for chases that it leaves out, or tells to other people."""
    left = iter([_without_listeners(one) for one in whole])
    return all(_without_listeners(one) in left for one in told) and all(
        one[5] in _CHASING for one in _beyond(whole, told)
    )


def _beyond(whole: Sequence[Any], told: Sequence[Any]) -> Iterator[Any]:
    """Go through the entries of `whole` that `told` does not have."""
    kept = [_without_listeners(one) for one in told]
    return (one for one in whole if _without_listeners(one) not in kept)


def _without_listeners(entry: Any) -> Any:  # noqa: ANN401
    """Return an entry without its number, and a chase without who was told, and when."""
    subject, _, at, actor, capacity, action, body = entry
    if action in _CHASING:
        body = {key: value for key, value in body.items() if key not in _LISTENERS}
    return subject, at, actor, capacity, action, body


def _copy(image: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.deserialize(image)
    return connection


def _engine(connection: sqlite3.Connection) -> Engine:
    return create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)


def _write(connection: sqlite3.Connection, mutation: Mutation, old: object, new: object) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")
    statement = f'UPDATE {mutation.table} SET "{mutation.column}" = ? WHERE rowid = ? AND "{mutation.column}" IS ?'
    connection.execute(statement, (new, mutation.rowid, old))
    connection.commit()


def _told(engine: Any) -> list[Any]:  # noqa: ANN401
    with Session(engine) as session:
        entries = session.execute(
            select(Chain.subject, Entry).join(Chain, Chain.id == Entry.chain_id).order_by(Chain.id, Entry.sequence)
        )
        known = dict[tuple[str, str], dict[str, Any]]()
        return [
            (subject, one.sequence, one.at, one.actor_id, one.capacity, one.action, _body(session, one, known))
            for subject, one in entries
        ]


def _body(session: Session, entry: Entry, known: dict[tuple[str, str], dict[str, Any]]) -> Any:  # noqa: ANN401
    """Return what an entry tells: of rows all that is known by then. A column may be told twice, for nothing."""
    payload = session.get(Payload, (entry.chain_id, entry.sequence))
    body = payload.body if payload else None
    if entry.action not in {STATE, STOCK} or body is None:
        return body
    whole = []
    for table, key, columns in body["rows"]:
        before = known.pop((table, str(key)), {})
        if columns is not None:
            known[table, str(key)] = before | columns
        whole.append([table, key, columns and before | columns])
    return body | {"rows": whole}


def _holds(engine: Any) -> bool:  # noqa: ANN401
    with Session(engine) as session:
        return verify(session).verifies
