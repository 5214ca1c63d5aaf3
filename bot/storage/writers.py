"""The threads that write: pieces of work that wait for SQLite's one writer share a commit.

PostgreSQL has several writers, and each piece of work is one transaction.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from typing import Any, Literal

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from bot.storage.piece import Piece
from bot.storage.precedence import Precedence
from bot.storage.store import Store
from models.faults import is_collision

logger = logging.getLogger(__name__)

Prepare = Callable[[Session, Sequence[object]], Sequence[object]]
"""Adds to a piece of work, in its transaction, given the objects that the piece has inserted. Returns `prepared`."""

_GROUPED_FOR = 0.004
"""Seconds of work after which no further piece joins a commit, so that the first piece does not wait for many.

Where the last commit took longer than that, pieces join for as long as it took: the first of them waits twice as long
at the most, and a slow disk is waited for half as often or less.
"""

_GROUPED_AT_MOST = 0.1

_TRIES = 6
"""How often a piece of work is run, at most, that collides with the work of others."""


class _Unprepared(Exception):
    """The preparation of a piece failed. The piece is undone and must be run again without it."""


class Writers:
    """Carries out pieces of work, on as many threads as the store has writers. The threads begin with the first piece.

    `publish` is called with the pieces of each commit, on the thread of the writer, also where the commit failed.
    """

    def __init__(self, store: Store, *, publish: Callable[[Sequence[Piece[Any]]], None]) -> None:
        self.prepare: Prepare | None = None
        self._store = store
        self._publish = publish
        self._queue: SimpleQueue[Piece[Any] | None] = SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._commit_took = 0.0
        self._precedence = Precedence(store.reading)
        self._kept: Connection | None = None

    def put(self, piece: Piece[Any]) -> None:
        """Hand in a piece of work. Its turn comes after those that wait already."""
        if not self._threads:
            names = [f"writer {number}" for number in range(self._store.writers)]
            self._threads = [threading.Thread(target=self._write, name=name, daemon=True) for name in names]
            for thread in self._threads:
                thread.start()
        self._queue.put(piece)

    def close(self) -> None:
        """Finish the work that was handed in, and end the threads."""
        for _ in self._threads:
            self._queue.put(None)
        for thread in self._threads:
            thread.join()
        self._threads.clear()

    def _write(self) -> None:
        """Run the pieces of work that wait, one transaction after the other, until `close` sends None."""
        while (first := self._queue.get()) is not None:
            if self._store.group == 1:
                self._commit_alone(first)
                self._publish([first])
                continue
            group = [first]
            last = self._commit(group)
            self._publish(group)
            if last:
                break
        if self._kept is not None:
            self._kept.close()

    def _commit(self, group: list[Piece[Any]]) -> bool:
        """Run the first piece of `group` and the pieces that wait behind it, and commit them together.

        Adds those pieces to `group`. All fail if the commit fails. Returns whether the writer must stop. Each piece but
        the first has a savepoint. Running all again where one fails would cost less, and would lose what a piece brings
        along: an object that the first run has written counts as written for SQLAlchemy, also once that is undone.
        """
        last = False
        try:
            with self._transaction_of_writer() as connection:
                with self._precedence.computing():
                    until = time.monotonic() + min(max(_GROUPED_FOR, self._commit_took), _GROUPED_AT_MOST)
                    self._run_first(group[0], connection)
                    while len(group) < self._store.group and time.monotonic() < until:
                        try:
                            following = self._queue.get_nowait()
                        except Empty:
                            break
                        if following is None:
                            last = True
                            break
                        group.append(following)
                        self._run_beside(following, connection)
                began = time.monotonic()
            self._commit_took = time.monotonic() - began
        except _Unprepared:
            return self._commit(group)
        except BaseException as error:  # noqa: BLE001 - those who wait must get the failure, whatever it is
            _fail(group, error)
        return last

    @contextmanager
    def _transaction_of_writer(self) -> Iterator[Connection]:
        """Give the connection of the only writer, in a transaction.

        It is kept from one commit to the next, until one fails: to take a connection from the pool and to give it back
        takes as long as a short piece of work.
        """
        connection, self._kept = self._kept or self._store.writing.connect(), None
        try:
            with connection.begin():
                yield connection
        except BaseException:
            connection.close()
            raise
        self._kept = connection

    def _run_first(self, piece: Piece[Any], connection: Connection) -> None:
        """Run the first piece of a transaction, without a savepoint: if it fails, nothing before it must be kept."""
        with _session(connection, "rollback_only") as session:
            try:
                self._carry_out(piece, session)
                session.commit()
            except BaseException:
                with suppress(DBAPIError):
                    session.rollback()
                raise

    def _run_beside(self, piece: Piece[Any], connection: Connection) -> None:
        """Run a further piece in a savepoint. Keeps a failure of the piece in it, raises one of the connection."""
        session = _session(connection, "create_savepoint")
        try:
            self._carry_out(piece, session)
            session.commit()
        except _Unprepared as unprepared:
            try:
                session.rollback()
            except DBAPIError:
                # With a full disk the transaction is gone, and the cause is the error that must be raised.
                if isinstance(unprepared.__cause__, DBAPIError):
                    raise unprepared.__cause__ from None
                raise
            self._run_beside(piece, connection)
        except Exception as error:  # noqa: BLE001 - the piece hands it to its caller
            piece.failure = error
            try:
                session.rollback()
            except DBAPIError:
                # With a full disk SQLite rolls back the whole transaction with all savepoints.
                raise error from None
        finally:
            with suppress(DBAPIError):
                session.close()

    def _carry_out(self, piece: Piece[Any], session: Session) -> None:
        """Run a piece in `session`, and its preparation."""
        piece.begin()
        piece.listen(session)
        piece.result = piece.work(session)
        session.flush()
        if self.prepare is not None and piece.new and not piece.plain:
            piece.forget_undone(session)
            try:
                piece.prepared = self.prepare(session, tuple(piece.new))
                session.flush()
            except Exception as error:
                logger.exception("a piece of work is run again, without what was to be prepared of it")
                piece.plain = True
                raise _Unprepared from error
        piece.forget_undone(session)

    def _commit_alone(self, piece: Piece[Any]) -> None:
        """Run a piece in a transaction of its own. Run it again after a collision, or if the connection was dead."""
        for tries_left in reversed(range(_TRIES)):
            piece.begin()
            committing = False
            try:
                with Session(self._store.writing, expire_on_commit=False) as session:
                    piece.listen(session)
                    piece.result = piece.work(session)
                    session.flush()
                    committing = True
                    session.commit()
                    piece.forget_undone(session)
            except BaseException as error:  # noqa: BLE001 - the caller must get the failure, whatever it is
                piece.failure = error
                # A connection lost during the commit may have committed. Only the caller can find out, so no retry.
                lost = isinstance(error, DBAPIError) and error.connection_invalidated and not committing
                if tries_left and (lost or is_collision(error)):
                    continue
            return


def _fail(group: Sequence[Piece[Any]], error: BaseException) -> None:
    for piece in group:
        piece.failure = piece.failure or error


def _session(connection: Connection, mode: Literal["rollback_only", "create_savepoint"]) -> Session:
    return Session(connection, expire_on_commit=False, join_transaction_mode=mode)
