"""The database: every transaction of the program is opened and committed here, on threads of its own.

SQLite has one writer, which lets waiting pieces of work share a commit; PostgreSQL has several, one transaction to a
piece. Readers work on a snapshot beside them.
"""

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Literal, Self, TypeVar

from sqlalchemy import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from bot.metrics import Metrics
from bot.stopped import DatabaseUnusable
from bot.storage.piece import Piece
from bot.storage.postgresql import Postgresql
from bot.storage.sqlite import Sqlite
from bot.storage.store import Store
from models.faults import is_collision, is_outage

T = TypeVar("T")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Changed:
    """What one commit wrote: the classes of which objects were inserted or updated, and the objects inserted.

    `prepared` is what was made of those in the same transaction (`Database.before_commit`). Where the answer to a
    commit was lost nobody can tell what was kept: then the classes are named, without objects, and `certain` is False.
    """

    kinds: frozenset[type]
    new: tuple[object, ...] = ()
    prepared: tuple[object, ...] = ()
    certain: bool = True


Prepare = Callable[[Session, Sequence[object]], Sequence[object]]
"""Makes something of the objects that a piece of work has inserted, in its transaction."""

_GROUPED_FOR = 0.004
"""Seconds of work after which a commit is shared no further: whoever was first should not wait for many."""

_TRIES = 6
"""How often a piece of work is run that others get in the way of."""


class _Unprepared(Exception):
    """What was to be prepared could not be; the work is undone, and to be run again without."""


class Database:
    """A database by its SQLAlchemy URL. Opens nothing until `open`, the first work or the first transaction.

    Raises `DatabaseUnusable` for a URL that is neither `sqlite:///` and a file nor `postgresql://`.
    """

    def __init__(self, url: str, *, metrics: Metrics) -> None:
        self.store = _store(url)
        self._metrics = metrics
        self._readers = ThreadPoolExecutor(self.store.readers, thread_name_prefix="reader")
        self._queue: SimpleQueue[Piece[Any] | None] = SimpleQueue()
        self._writers: list[threading.Thread] = []
        self._listeners: list[Callable[[Changed], None]] = []
        self._prepare: Prepare | None = None

    @property
    def engine(self) -> Engine:
        """The engine for work that writes."""
        return self.store.writing

    @property
    def name(self) -> str:
        """What to call the database in a sentence; never holds a password."""
        return self.store.name

    @property
    def path(self) -> Path | None:
        """The file the record lies in; None where a server keeps it."""
        return self.store.path

    @property
    def shared(self) -> bool:
        """Whether other processes may serve the same database at the same time."""
        return self.store.shared

    def open(self) -> None:
        """Make sure that the database can be written. Raises `DatabaseUnusable` with what is wrong and what to do."""
        try:
            with self.engine.begin():
                pass
        except DBAPIError as error:
            raise self.store.explained(error) from error

    def close(self) -> None:
        """Finish the work that was handed in, then let go of the file. Does nothing the second time."""
        for _ in self._writers:
            self._queue.put(None)
        for writer in self._writers:
            writer.join()
        self._writers.clear()
        self._readers.shutdown()
        self.store.reading.dispose()
        self.engine.dispose()

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def on_commit(self, listener: Callable[[Changed], None]) -> None:
        """Call `listener` with what changed after each commit of `transact`.

        It is called on the event loop, before those who wait for the commit go on. What changed are objects of the
        session; statements that update or insert in bulk do not count. What may have been committed, the answer having
        been lost, counts too. The objects belong to no session any more and are only to be read.
        """
        self._listeners.append(listener)

    def before_commit(self, prepare: Prepare) -> None:
        """Let `prepare` add to every piece of work that inserts something, before it is committed.

        For a database with one writer, where nobody else waits for what a longer transaction holds. It is called on a
        writer's thread; what it returns the listeners are told with the commit. Where it fails, the piece is run again
        without it: what is prepared must never keep anything from being decided.
        """
        self._prepare = prepare

    async def transact(self, work: Callable[[Session], T]) -> T:
        """Run `work` in a transaction of its own on a writer's thread; returns its result once it is on disk.

        Whatever `work` raises undoes its changes alone and is raised here. Objects it returns keep what was loaded.
        Work may be undone and run again, where it collides with another process's or where nothing can be prepared of
        it (`before_commit`), so it must change nothing but the session. Raises `sqlalchemy.exc.OperationalError` when
        the database is away, stays locked or the disk refuses; after that the work may have been committed all the
        same.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        if not self._writers:
            names = [f"writer {number}" for number in range(self.store.writers)]
            self._writers = [threading.Thread(target=self._write, name=name, daemon=True) for name in names]
            for writer in self._writers:
                writer.start()
        self._queue.put(Piece(work, loop, future))
        began = time.monotonic()
        try:
            return await future
        finally:
            self._metrics.transaction_finished(time.monotonic() - began)

    async def read(self, work: Callable[[Session], T]) -> T:
        """Run `work` on a snapshot that cannot be written to, beside the writer; returns its result."""
        return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, work)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Give a session in one transaction of its own, for a caller without an event loop.

        It works beside a running bot, which learns of the change at its next look, not at once.
        Raises `DatabaseUnusable` when the database cannot be written or stays locked.
        """
        try:
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                # The session begins at its first statement; the lock is to be had, or refused, before the work.
                session.connection()
                yield session
        except IntegrityError:
            raise
        except DBAPIError as error:
            raise self.store.explained(error) from error

    def _read(self, work: Callable[[Session], T]) -> T:
        with Session(self.store.reading, expire_on_commit=False) as session, session.begin():
            return work(session)

    def _write(self) -> None:
        """Take what waits, run it in one transaction, and again, until told to stop."""
        while (first := self._queue.get()) is not None:
            if self.store.group == 1:
                self._commit_alone(first)
                self._publish([first])
                continue
            group = [first]
            last = self._commit(group)
            self._publish(group)
            if last:
                return

    def _commit(self, group: list[Piece[Any]]) -> bool:
        """Run a piece and those that wait behind it, and commit them together.

        They are added to `group`; all fail if the commit does. Returns whether the writer was told to stop.
        """
        last = False
        try:
            with self.engine.begin() as connection:
                began = time.monotonic()
                self._run_first(group[0], connection)
                while len(group) < self.store.group and time.monotonic() - began < _GROUPED_FOR:
                    try:
                        following = self._queue.get_nowait()
                    except Empty:
                        break
                    if following is None:
                        last = True
                        break
                    group.append(following)
                    self._run_beside(following, connection)
        except _Unprepared:
            return self._commit(group)
        except BaseException as error:  # noqa: BLE001 - whoever waits must hear of it, whatever it was
            for piece in group:
                if piece.failure is None:
                    piece.failure = error
        return last

    def _run_first(self, piece: Piece[Any], connection: Connection) -> None:
        """Run the first piece of a transaction, without a savepoint: there is nothing yet to keep when it fails."""
        with _session(connection, "rollback_only") as session:
            try:
                self._carry_out(piece, session)
                session.commit()
            except BaseException:
                with suppress(DBAPIError):
                    session.rollback()
                raise

    def _run_beside(self, piece: Piece[Any], connection: Connection) -> None:
        """Run one piece in a savepoint of `connection`; its own failure is kept, one of the connection is raised."""
        session = _session(connection, "create_savepoint")
        try:
            self._carry_out(piece, session)
            session.commit()
        except _Unprepared as unprepared:
            try:
                session.rollback()
            except DBAPIError:
                # With a full disk the transaction is gone, and what filled the disk tells why.
                if isinstance(unprepared.__cause__, DBAPIError):
                    raise unprepared.__cause__ from None
                raise
            self._run_beside(piece, connection)
        except Exception as error:  # noqa: BLE001 - kept for whoever waits for this piece
            piece.failure = error
            try:
                session.rollback()
            except DBAPIError:
                # With a full disk SQLite gives up the whole transaction, savepoints and all.
                raise error from None
        finally:
            with suppress(DBAPIError):
                session.close()

    def _carry_out(self, piece: Piece[Any], session: Session) -> None:
        """Run a piece in `session`, and what is prepared of it."""
        piece.begin()
        piece.listen(session)
        piece.result = piece.work(session)
        session.flush()
        if self._prepare is not None and piece.new and not piece.plain:
            piece.forget_undone(session)
            try:
                piece.prepared = self._prepare(session, tuple(piece.new))
                session.flush()
            except Exception as error:
                logger.exception("a piece of work is run again, without what was to be prepared of it")
                piece.plain = True
                raise _Unprepared from error
        piece.forget_undone(session)

    def _commit_alone(self, piece: Piece[Any]) -> None:
        """Run a piece in a transaction of its own, again when others got in its way or the connection was dead."""
        for tries_left in reversed(range(_TRIES)):
            piece.begin()
            committing = False
            try:
                with Session(self.engine, expire_on_commit=False) as session:
                    piece.listen(session)
                    piece.result = piece.work(session)
                    session.flush()
                    committing = True
                    session.commit()
                    piece.forget_undone(session)
            except BaseException as error:  # noqa: BLE001 - whoever waits must hear of it, whatever it was
                piece.failure = error
                # What was lost in the commit may have been kept; only whoever asked for it can tell.
                lost = isinstance(error, DBAPIError) and error.connection_invalidated and not committing
                if tries_left and (lost or is_collision(error)):
                    continue
            return

    def _publish(self, group: list[Piece[Any]]) -> None:
        self._metrics.committed(len(group))
        committed = [piece for piece in group if piece.failure is None]
        # After an outage nobody can tell whether the work was committed; a look too many at the database does no harm.
        doubtful = [piece for piece in group if piece.failure is not None and is_outage(piece.failure)]
        changed = Changed(
            kinds=frozenset[type]().union(*(piece.kinds for piece in (*committed, *doubtful))),
            new=tuple(one for piece in committed for one in piece.new),
            prepared=tuple(one for piece in committed for one in piece.prepared),
            certain=not doubtful,
        )

        def settle() -> None:
            for listener in self._listeners if changed.kinds else ():
                try:
                    listener(changed)
                except Exception:
                    logger.exception("a listener failed; the commit stands, and those who wait go on")
            for piece in group:
                piece.settle()

        # A loop that was closed meanwhile has nobody left to tell; the commit stands.
        with suppress(RuntimeError):
            group[0].loop.call_soon_threadsafe(settle)


def _session(connection: Connection, mode: Literal["rollback_only", "create_savepoint"]) -> Session:
    return Session(connection, expire_on_commit=False, join_transaction_mode=mode)


def _store(url: str) -> Store:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseUnusable(
            "DATABASE_URL is not an SQLAlchemy URL. Write it like sqlite:///disposisi.db."
        ) from error
    match parsed.get_backend_name():
        case "sqlite":
            return Sqlite(parsed)
        case "postgresql":
            return Postgresql(parsed)
        case name:
            raise DatabaseUnusable(
                f"DATABASE_URL names {name}, which is not supported. Use sqlite:///disposisi.db or postgresql://…"
            )
