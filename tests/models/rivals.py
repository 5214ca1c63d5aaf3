"""Two pieces of work that meet in two sessions of one PostgreSQL database."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier
from typing import Generic, TypeVar

from sqlalchemy import Engine, NullPool, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from models.faults import is_collision
from models.refusals.refusal import Refusal
from models.repository.records import Records
from tests.models.bureau import Bureau

S = TypeVar("S")
T = TypeVar("T")

Work = Callable[[Records], T]

_TRIES = 6
_WAITS = text("SELECT count(*) FROM pg_stat_activity WHERE :pid = ANY(pg_blocking_pids(pid))")


@dataclass(frozen=True)
class Outcome(Generic[T]):
    """What a piece of work led to: its result or what it was refused with, and how often it was run."""

    result: T | None
    refusal: Refusal | None
    tries: int


def meet(bureau: Bureau, first: Work[S], second: Work[T]) -> tuple[S, Outcome[T]]:
    """Let `second` run while `first` has done its work and not committed it; that happens once `second` waits for it.

    What collides is run again, as the program does.
    """
    engine = _engine(bureau)
    with ThreadPoolExecutor(1) as beside, Session(engine, expire_on_commit=False) as session:
        mine = first(_records(session, bureau))
        session.flush()
        pid = session.scalar(text("SELECT pg_backend_pid()"))
        theirs = beside.submit(_carry_out, engine, bureau, second)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as watching:
            while not theirs.done() and not watching.scalar(_WAITS, {"pid": pid}):
                pass
        session.commit()
        return mine, theirs.result()


def race(bureau: Bureau, pieces: list[Work[T]]) -> list[Outcome[T]]:
    """Run all pieces of work at once, each on a connection of its own."""
    engine, ready = _engine(bureau), Barrier(len(pieces))

    def run(piece: Work[T]) -> Outcome[T]:
        ready.wait()
        return _carry_out(engine, bureau, piece)

    with ThreadPoolExecutor(len(pieces)) as beside:
        running: list[Future[Outcome[T]]] = [beside.submit(run, piece) for piece in pieces]
        return [one.result() for one in running]


def _carry_out(engine: Engine, bureau: Bureau, piece: Work[T]) -> Outcome[T]:
    for tries in range(1, _TRIES + 1):
        try:
            with Session(engine, expire_on_commit=False) as session, session.begin():
                return Outcome(piece(_records(session, bureau)), None, tries)
        except Refusal as refusal:
            return Outcome(None, refusal, tries)
        except DBAPIError as error:
            if not is_collision(error):
                raise
    raise AssertionError(f"still in the way of each other after {_TRIES} tries")


def _engine(bureau: Bureau) -> Engine:
    return create_engine(bureau.engine.url, isolation_level="READ COMMITTED", poolclass=NullPool)


def _records(session: Session, bureau: Bureau) -> Records:
    return Records(session, rules=bureau.rules, at=bureau.at)
