"""The database: every transaction of the program is opened and committed here, on threads of its own.

SQLite has one writer, and pieces of work that wait for it share a commit. PostgreSQL has several writers, and each
piece of work is one transaction. Readers work beside the writers, on a snapshot.
"""

import asyncio
import logging
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from bot.loop.trouble import Trouble
from bot.metrics import Metrics
from bot.stopped import DatabaseUnusable
from bot.storage.piece import Piece
from bot.storage.postgresql import telling_those_who_serve
from bot.storage.url import store_at
from bot.storage.writers import Prepare, Writers
from models.faults import is_outage

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


_TURN = 0.0005
"""Seconds after which a thread that computes hands Python's lock to one that waits for it; Python's own are 0.005.

A writer lets go of the lock at each row that SQLite gives it, and a reader who draws a page takes it: so often a tap
would wait five milliseconds for the page.
"""


class Database:
    """A database by its SQLAlchemy URL. Opens nothing before `open`, the first work or the first transaction.

    Raises `DatabaseUnusable` for a URL that is neither `sqlite:///` and a file nor `postgresql://`.
    """

    def __init__(self, url: str, *, metrics: Metrics) -> None:
        self.store = store_at(url)
        self.trouble = Trouble("the database cannot be used", "the database can be used again")
        self._metrics = metrics
        self._readers = ThreadPoolExecutor(self.store.readers, thread_name_prefix="reader")
        self._writers = Writers(self.store, publish=self._publish)
        self._listeners: list[Callable[[Changed], None]] = []

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
        self._writers.close()
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
        self._writers.prepare = prepare

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
        self._writers.put(Piece(work, loop, future))
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

    def _publish(self, group: Sequence[Piece[Any]]) -> None:
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
