"""The database: one writer that lets waiting pieces of work share a commit, and readers that never wait for it.

What is particular to SQLite stays in this module. PostgreSQL would need no single writer, only a pool.
"""

import asyncio
import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Generic, Self, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.orm import Session, UOWTransaction
from sqlalchemy.pool import ConnectionPoolEntry

from bot.stopped import DatabaseUnusable

T = TypeVar("T")

logger = logging.getLogger(__name__)

Changed = frozenset[type]
"""The classes of which objects were inserted or updated in one commit."""

GROUP = 64
"""The most pieces of work that share one commit."""

READERS = 4
BUSY_SECONDS = 10


@dataclass(slots=True, eq=False)
class _Piece(Generic[T]):
    """A piece of work on its way through the writer, and whoever waits for it."""

    work: Callable[[Session], T]
    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[T]
    result: Any = None
    failure: BaseException | None = None
    changed: set[type] = field(default_factory=set)

    def settle(self) -> None:
        """Hand the outcome to whoever waits; on the event loop, after the commit."""
        if self.future.done():
            return
        if isinstance(self.failure, StopIteration):
            # A future refuses this one, and whoever waits would wait for ever.
            failure = RuntimeError("the work ended with StopIteration")
            failure.__cause__ = self.failure
            self.future.set_exception(failure)
        elif self.failure is not None:
            self.future.set_exception(self.failure)
        else:
            self.future.set_result(self.result)


class Database:
    """A database by its SQLAlchemy URL. Opens nothing until `open`, the first work or the first transaction.

    Raises `DatabaseUnusable` for a URL that is not `sqlite:///` and a file.
    """

    def __init__(self, url: str) -> None:
        self.path = _file_of(url)
        self.engine = _writing_engine(url)
        self._reading = _reading_engine(url)
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
        self._queue: SimpleQueue[_Piece[Any] | None] = SimpleQueue()
        self._writer: threading.Thread | None = None
        self._listeners: list[Callable[[Changed], None]] = []

    def open(self) -> None:
        """Make sure that the database can be written. Raises `DatabaseUnusable` with what is wrong and what to do."""
        try:
            with self.engine.begin():
                pass
        except DBAPIError as error:
            raise _explained(error, self.path) from error

    def close(self) -> None:
        """Finish the work that was handed in, then let go of the file. Does nothing the second time."""
        if self._writer is not None:
            self._queue.put(None)
            self._writer.join()
            self._writer = None
        self._readers.shutdown()
        self._reading.dispose()
        self.engine.dispose()

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def on_commit(self, listener: Callable[[Changed], None]) -> None:
        """Call `listener` with what changed after each commit of `transact`.

        It is called on the event loop, before those who wait for the commit go on. What changed are objects of the
        session; statements that update or insert in bulk do not count.
        """
        self._listeners.append(listener)

    async def transact(self, work: Callable[[Session], T]) -> T:
        """Run `work` in a transaction of its own on the writer's thread; returns its result once it is on disk.

        Whatever `work` raises undoes its changes alone and is raised here. Objects it returns keep what was loaded.
        Raises `sqlalchemy.exc.OperationalError` when the database stays locked or the disk refuses.
        """
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        if self._writer is None:
            self._writer = threading.Thread(target=self._write, name="writer", daemon=True)
            self._writer.start()
        self._queue.put(_Piece(work, loop, future))
        return await future

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
            raise _explained(error, self.path) from error

    def _read(self, work: Callable[[Session], T]) -> T:
        with Session(self._reading, expire_on_commit=False) as session, session.begin():
            return work(session)

    def _write(self) -> None:
        """Take what waits, run it in one transaction, and again, until told to stop."""
        while (first := self._queue.get()) is not None:
            group, last = [first], False
            with suppress(Empty):
                while len(group) < GROUP and not last:
                    following = self._queue.get_nowait()
                    if following is None:
                        last = True
                    else:
                        group.append(following)
            self._commit(group)
            self._publish(group)
            if last:
                return

    def _commit(self, group: list[_Piece[Any]]) -> None:
        """Run the pieces of `group`, each in a savepoint, and commit them together; all fail if that does."""
        try:
            with self.engine.begin() as connection:
                for piece in group:
                    _run(piece, connection)
        except BaseException as error:  # noqa: BLE001 - whoever waits must hear of it, whatever it was
            for piece in group:
                if piece.failure is None:
                    piece.failure = error

    def _publish(self, group: list[_Piece[Any]]) -> None:
        changed = frozenset[type]().union(*(piece.changed for piece in group if piece.failure is None))

        def settle() -> None:
            for listener in self._listeners if changed else ():
                try:
                    listener(changed)
                except Exception:
                    logger.exception("a listener failed; the commit stands, and those who wait go on")
            for piece in group:
                piece.settle()

        # A loop that was closed meanwhile has nobody left to tell; the commit stands.
        with suppress(RuntimeError):
            group[0].loop.call_soon_threadsafe(settle)


def _run(piece: _Piece[Any], connection: Connection) -> None:
    """Run one piece in a savepoint of `connection`; its own failure is kept, one of the connection is raised."""
    session = Session(connection, expire_on_commit=False, join_transaction_mode="create_savepoint")

    def note(flushed: Session, _: UOWTransaction) -> None:
        piece.changed.update(type(one) for one in flushed.new)
        piece.changed.update(type(one) for one in flushed.dirty)

    event.listen(session, "after_flush", note)
    try:
        piece.result = piece.work(session)
        session.commit()
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


def _file_of(url: str) -> Path:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseUnusable(
            "DATABASE_URL is not an SQLAlchemy URL. Write it like sqlite:///disposisi.db."
        ) from error
    if parsed.get_backend_name() != "sqlite":
        name = parsed.get_backend_name()
        raise DatabaseUnusable(f"DATABASE_URL names {name}, which is not supported yet. Use sqlite:///disposisi.db.")
    if not parsed.database or parsed.database == ":memory:" or parsed.database.startswith("file:"):
        raise DatabaseUnusable(
            "DATABASE_URL names no file. The record must outlive the process: sqlite:///disposisi.db."
        )
    return Path(parsed.database)


def _writing_engine(url: str) -> Engine:
    engine = create_engine(url, pool_size=2, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _set_up_writer)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _reading_engine(url: str) -> Engine:
    engine = create_engine(url, pool_size=READERS, hide_parameters=True, connect_args={"timeout": BUSY_SECONDS})
    event.listen(engine, "connect", _set_up_reader)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up_writer(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    # The driver of Python 3.11 emits no BEGIN before a SELECT; the engine's begin event does it instead.
    connection.isolation_level = None
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    # Without it, INSERT OR REPLACE would pass by the triggers that keep the journal append-only.
    connection.execute("PRAGMA recursive_triggers = ON")


def _set_up_reader(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    connection.execute("PRAGMA query_only = ON")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _explained(error: DBAPIError, path: Path) -> DatabaseUnusable:
    """Return what the operator can do about `error`."""
    reason = str(error.orig)
    if "not a database" in reason or "malformed" in reason:
        sentence = f"{path} is not a sound SQLite database. Name another file in DATABASE_URL or restore a backup."
    elif "unable to open" in reason:
        what = "is a folder" if path.is_dir() else "cannot be opened"
        sentence = f"{path} {what}. Make sure that the folder {path.absolute().parent} exists and may be written."
    elif "readonly" in reason:
        sentence = f"{path} may not be written. Give the user of this process the right to write it and its folder."
    elif "locked" in reason:
        sentence = f"{path} is locked by another program. Close it, or wait until it has finished, and try again."
    elif "no such table" in reason:
        sentence = f"{path} lacks tables of the record. Run `disposisi migrate`, or name another file in DATABASE_URL."
    elif "full" in reason:
        sentence = f"The disk that holds {path} is full. Free some space and try again."
    else:
        sentence = f"{path}: the database reports “{reason}”."
    return DatabaseUnusable(sentence)
