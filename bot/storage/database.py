"""The database: every transaction of the program is opened and committed here, on threads of its own.

SQLite has one writer, and pieces of work that wait for it share a commit. PostgreSQL has several writers, and each
piece of work is one transaction. Readers work beside the writers, on a snapshot.
"""

import asyncio
import logging
import re
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Literal, Self, TypeVar
from urllib.parse import unquote

from sqlalchemy import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from bot.loop.trouble import Trouble
from bot.metrics import Metrics
from bot.stopped import DatabaseUnusable
from bot.storage.piece import Piece
from bot.storage.postgresql import Postgresql, telling_those_who_serve
from bot.storage.precedence import Precedence
from bot.storage.sqlite import Sqlite
from bot.storage.store import Store
from models.faults import is_collision, is_outage

T = TypeVar("T")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Changed:
    """What one commit wrote: `kinds` are the classes of inserted and updated objects, `new` are the inserted objects.

    `prepared` are the results of `Database.before_commit` for them. If the answer to a commit was lost, nobody knows
    what was kept. Then `certain` is False, and `kinds` includes what may have been written; `new` does not. So it is
    with what another process has written, `elsewhere`.
    """

    kinds: frozenset[type]
    new: tuple[object, ...] = ()
    prepared: tuple[object, ...] = ()
    certain: bool = True
    elsewhere: bool = False


Prepare = Callable[[Session, Sequence[object]], Sequence[object]]
"""Adds to a piece of work, in its transaction, given the objects that the piece has inserted. Returns `prepared`."""

_GROUPED_FOR = 0.004
"""Seconds of work after which no further piece joins a commit, so that the first piece does not wait for many.

Where the last commit took longer than that, pieces join for as long as it took: the first of them waits twice as long
at the most, and a slow disk is waited for half as often or less.
"""

_GROUPED_AT_MOST = 0.1

_NO_URL = (
    "DATABASE_URL is not an SQLAlchemy URL. Write it like sqlite:///disposisi.db or "
    "postgresql+psycopg://user:password@host:5432/disposisi, with each of : / @ # ? % in the password as "
    "%3A %2F %40 %23 %3F %25."
)
_AFTER_THE_USER = re.compile(r"://[^:/@]*:(?P<password>.*)@")

_TURN = 0.0005
"""Seconds after which a thread that computes hands Python's lock to one that waits for it; Python's own are 0.005.

A writer lets go of the lock at each row that SQLite gives it, and a reader who draws a page takes it: so often a tap
would wait five milliseconds for the page.
"""

_TRIES = 6
"""How often a piece of work is run, at most, that collides with the work of others."""


class _Unprepared(Exception):
    """The preparation of a piece failed. The piece is undone and must be run again without it."""


class Database:
    """A database by its SQLAlchemy URL. Opens nothing before `open`, the first work or the first transaction.

    Raises `DatabaseUnusable` for a URL that is neither `sqlite:///` and a file nor `postgresql://`.
    """

    def __init__(self, url: str, *, metrics: Metrics) -> None:
        self.store = _store(url)
        self.trouble = Trouble("the database cannot be used", "the database can be used again")
        self._metrics = metrics
        self._readers = ThreadPoolExecutor(self.store.readers, thread_name_prefix="reader")
        self._queue: SimpleQueue[Piece[Any] | None] = SimpleQueue()
        self._writers: list[threading.Thread] = []
        self._listeners: list[Callable[[Changed], None]] = []
        self._prepare: Prepare | None = None
        self._commit_took = 0.0
        self._precedence = Precedence(self.store.reading)
        self._kept: Connection | None = None

    @property
    def engine(self) -> Engine:
        """The engine for work that writes."""
        return self.store.writing

    @property
    def name(self) -> str:
        """The name of the database for a sentence, without a password."""
        return self.store.name

    @property
    def path(self) -> Path | None:
        """The file of the database, None where it is on a server."""
        return self.store.path

    @property
    def shared(self) -> bool:
        """Whether other processes may use the same database at the same time."""
        return self.store.shared

    def open(self) -> None:
        """Make sure that the database can be written. Raises `DatabaseUnusable`, which says what to do.

        Writers and readers of the process take turns more often from then on.
        """
        sys.setswitchinterval(_TURN)
        try:
            with self.explaining(), self.engine.begin():
                pass
        except DatabaseUnusable:
            # The caller has nothing to close: a connection would stay open until it is collected.
            self.engine.dispose()
            raise

    @contextmanager
    def explaining(self) -> Iterator[None]:
        """Raise `DatabaseUnusable`, with what the operator can do, for an error that the database reports within."""
        try:
            yield
        except DBAPIError as error:
            raise self.store.explained(error) from error

    def close(self) -> None:
        """Finish the work that was handed in, then close all connections. Does nothing the second time."""
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
        """Call `listener` with what changed after each commit of `transact`, before those who wait for it go on.

        The event loop calls it. Changes by statements that insert or update in bulk are not included. Changes that may
        have been committed are, see `Changed`. The objects no longer belong to a session and must only be read.
        """
        self._listeners.append(listener)

    def before_commit(self, prepare: Prepare) -> None:
        """Call `prepare` for every piece of work that inserts objects, in its transaction, before the commit.

        Only for a database with one writer, where nobody waits for the rows that a longer transaction locks. The
        writer's thread calls it. Its results reach the listeners of `on_commit`. If it fails, the piece is run again
        without it: a failed preparation must not undo a decision.
        """
        self._prepare = prepare

    def changed_elsewhere(self, kinds: frozenset[type]) -> None:
        """Call the listeners of `on_commit`: another process may have written objects of `kinds`. On the event loop."""
        self._announce(Changed(kinds, certain=False, elsewhere=True))

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
            with self._noting("writing"):
                return await future
        finally:
            self._metrics.transaction_finished(time.monotonic() - began)

    async def read(self, work: Callable[[Session], T]) -> T:
        """Run `work` on a read-only snapshot, beside the writers, and return its result."""
        with self._noting("reading"):
            return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, work)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Give a session in one transaction of its own, for a caller without an event loop.

        A bot may run at the same time. On PostgreSQL it is told of a change; on SQLite it notices it when it next looks
        at the database. Raises `DatabaseUnusable` when the database cannot be written or stays locked.
        """
        try:
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                # A session begins at its first statement. This one takes the lock, or is refused it, before the work.
                session.connection()
                with telling_those_who_serve(session) if self.shared else nullcontext():
                    yield session
        except IntegrityError:
            raise
        except DBAPIError as error:
            raise self.store.explained(error) from error

    @contextmanager
    def _noting(self, by: str) -> Iterator[None]:
        """Tell the log of an outage within. `by` is what the block does: a full disk can still be read."""
        try:
            yield
        except DBAPIError as error:
            if is_outage(error):
                self.trouble.met(str(self.store.explained(error)), by=by)
            raise
        self.trouble.over(by=by)

    def _read(self, work: Callable[[Session], T]) -> T:
        with Session(self.store.reading, expire_on_commit=False) as session, session.begin():
            return work(session)

    def _write(self) -> None:
        """Run the pieces of work that wait, one transaction after the other, until `close` sends None."""
        while (first := self._queue.get()) is not None:
            if self.store.group == 1:
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
                    while len(group) < self.store.group and time.monotonic() < until:
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
        connection, self._kept = self._kept or self.engine.connect(), None
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
        """Run a piece in a transaction of its own. Run it again after a collision, or if the connection was dead."""
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
            except BaseException as error:  # noqa: BLE001 - the caller must get the failure, whatever it is
                piece.failure = error
                # A connection lost during the commit may have committed. Only the caller can find out, so no retry.
                lost = isinstance(error, DBAPIError) and error.connection_invalidated and not committing
                if tries_left and (lost or is_collision(error)):
                    continue
            return

    def _publish(self, group: list[Piece[Any]]) -> None:
        """Call the listeners with what `group` changed, and hand each piece its outcome, on the event loop."""
        self._metrics.committed(len(group))
        committed = [piece for piece in group if piece.failure is None]
        # After an outage nobody knows whether the work was committed. One look too many at the database does no harm.
        doubtful = [piece for piece in group if piece.failure is not None and is_outage(piece.failure)]
        changed = Changed(
            kinds=frozenset[type]().union(*(piece.kinds for piece in (*committed, *doubtful))),
            new=tuple(one for piece in committed for one in piece.new),
            prepared=tuple(one for piece in committed for one in piece.prepared),
            certain=not doubtful,
        )

        def settle() -> None:
            self._announce(changed)
            for piece in group:
                piece.settle()

        # If the loop was closed meanwhile, nobody waits for the outcome any more. The commit stands.
        with suppress(RuntimeError):
            group[0].loop.call_soon_threadsafe(settle)

    def _announce(self, changed: Changed) -> None:
        """Call the listeners, one after the other, whatever becomes of each."""
        for listener in self._listeners if changed.kinds else ():
            try:
                listener(changed)
            except Exception:
                logger.exception("a listener failed; the commit stands, and those who wait go on")


def _fail(group: Sequence[Piece[Any]], error: BaseException) -> None:
    for piece in group:
        piece.failure = piece.failure or error


def _session(connection: Connection, mode: Literal["rollback_only", "create_savepoint"]) -> Session:
    return Session(connection, expire_on_commit=False, join_transaction_mode=mode)


def password_in(url: str) -> str:
    """Return the password in the URL of a database, as the server is told it; "" where there is none.

    It is found in a URL that cannot be used, too: what is said of that URL must not hold it.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        parsed = None
    if parsed is None or "@" in (parsed.host or ""):
        found = _AFTER_THE_USER.search(url)
        return unquote(found["password"]) if found is not None else ""
    in_query = parsed.query.get("password") or ""
    return str(parsed.password or "") or (in_query if isinstance(in_query, str) else in_query[0])


def _store(url: str) -> Store:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        # Not chained: the library's message holds a part of the URL, perhaps of its password.
        raise DatabaseUnusable(_NO_URL) from None
    if "@" in (parsed.host or ""):
        # An @ of the password was taken for its end: the host, which is printed, would hold the rest of it.
        raise DatabaseUnusable(_NO_URL)
    match parsed.get_backend_name():
        case "sqlite":
            return Sqlite(parsed)
        case "postgresql":
            return Postgresql(parsed)
        case name:
            raise DatabaseUnusable(
                f"DATABASE_URL names {name}, which is not supported. Use sqlite:///disposisi.db or postgresql://…"
            )
