"""A column forged just before the bot decides: what the decision tells from that row must not make the forgery hold.

Each scene brings an office to the moment before one decision. There a forger writes another plausible value into one
column, the bot decides, and the record is verified: with the forged value still there, and with the old one put back,
as a forger would who wants only that the decision was taken by it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, select
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


_TOLD = (
    select(Chain.subject, Entry.sequence, Entry.at, Entry.actor_id, Entry.capacity, Entry.action, Payload.body)
    .join(Chain, Chain.id == Entry.chain_id)
    .outerjoin(Payload, (Payload.chain_id == Entry.chain_id) & (Payload.sequence == Entry.sequence))
    .order_by(Chain.id, Entry.sequence)
)


@dataclass(frozen=True, slots=True)
class Laundered:
    """A forgery that the record does not show after the decision; `put_back` says whether the row is as it was.

    `leaves_out` says that the journals tell nothing else than without it, only less: a chase is not told, or told to
    fewer people or later ones. No chain proves that it was owed: the program may have been down, and who is above a
    post stands in the office file. `silent` says that nothing at all is told, because the decision is refused, or finds
    nothing to do: then the forged row must be found as long as it stands.
    """

    scene: str
    mutation: Mutation
    put_back: bool
    leaves_out: bool = False
    silent: bool = False


class Laundry:
    """One scene, played with each forgery. `image` is an office in which nothing has happened.

    Every play is in the same database in memory, which is as it was before the decision each time: so what the program
    asks of it is put together once.
    """

    def __init__(self, name: str, image: bytes, rules: Rules) -> None:
        self.name, self._act = name, SCENES[name].act
        self._connection = sqlite3.connect(":memory:", check_same_thread=False)
        self._engine = create_engine("sqlite://", creator=lambda: self._connection, poolclass=StaticPool)
        self._connection.deserialize(image)
        bureau = Bureau(self._engine, rules)
        self._case_id = SCENES[name].bring(bureau)
        self._at, self._rules = bureau.at, bureau.rules
        self._image = self._connection.serialize()
        self._before = _told(self._engine)
        self._told = self._play(None)[0]

    def close(self) -> None:
        """Let the database go."""
        self._connection.close()

    def laundered(self, tables: Sequence[str], *, every_row: bool) -> Iterator[Laundered]:
        """Yield what is not found, of the columns of these tables."""
        with closing(sqlite3.connect(":memory:", check_same_thread=False)) as connection:
            connection.deserialize(self._image)
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
            if told == self._before:
                if left:
                    yield Laundered(self.name, mutation, put_back=False, silent=True)
                continue
            less = _is_less(told, self._told)
            if left:
                yield Laundered(self.name, mutation, put_back=False, leaves_out=less)
            if put_back:
                yield Laundered(self.name, mutation, put_back=True, leaves_out=less)

    def _play(self, mutation: Mutation | None) -> tuple[list[Any], bool, bool]:
        """Return what the journals tell of the decision, and whether the record holds so, and with the old value."""
        self._connection.deserialize(self._image)
        if mutation is not None:
            self._write(mutation, mutation.before, mutation.after)
        bureau = Bureau(self._engine, self._rules)
        bureau.at = self._at
        # A decision that is refused, or fails, tells nothing. A part of it may have been told before.
        with suppress(*_UNDONE):
            self._act(bureau, self._case_id)
        told = _told(self._engine)
        if mutation is None or told == self._told:
            return told, False, False
        left = mutation.place not in unproved.COLUMNS and _holds(self._engine)
        if told == self._before:
            # Nor does one that finds nothing to do: a file that is kept, a copy that is read.
            return told, left, False
        try:
            self._write(mutation, mutation.after, mutation.before)
        except sqlite3.IntegrityError:
            return told, left, False
        return told, left, _holds(self._engine)

    def _write(self, mutation: Mutation, old: object, new: object) -> None:
        self._connection.execute("PRAGMA foreign_keys = OFF")
        statement = f'UPDATE {mutation.table} SET "{mutation.column}" = ? WHERE rowid = ? AND "{mutation.column}" IS ?'
        self._connection.execute(statement, (new, mutation.rowid, old))
        self._connection.commit()


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


def _told(engine: Any) -> list[Any]:  # noqa: ANN401
    with Session(engine) as session:
        entries = session.execute(_TOLD)
        known = dict[tuple[str, str], dict[str, Any]]()
        return [(*one[:-1], _body(one.action, one.body, known)) for one in entries]


def _body(action: str, body: Any, known: dict[tuple[str, str], dict[str, Any]]) -> Any:  # noqa: ANN401
    """Return what an entry tells: of rows all that is known by then. A column may be told twice, for nothing."""
    if action not in {STATE, STOCK} or body is None:
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
