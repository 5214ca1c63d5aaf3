"""The presence of a process among the others that share its database, and the choice of the one that leads.

On PostgreSQL each process keeps a session of its own for this. An advisory lock under the number of the process shows
that it is present. One more advisory lock belongs to the leader. The server ends a session that is silent for
`ABSENT_AFTER`: a process that was stopped or cut off loses its locks, and another process can take over its work.

On the same session a process tells the others what it has written, and hears what they tell (LISTEN, NOTIFY). Whatever
may have been missed counts as told: when a process is not present any more, and when a session was lost.
"""

import asyncio
import logging
import random
import time
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol

from bot.loop.trouble import Trouble
from models.mail.lease import CHANNEL, EVERYTHING

if TYPE_CHECKING:
    import psycopg

PRESENT = 1_146_242_160
"""The class of the advisory locks that show who is present; an arbitrary number, the same in every version."""

LEADER = 1_146_242_161
"""The class of the leader's advisory lock."""

ABSENT_AFTER = timedelta(seconds=12)
"""How long a session may be silent before the server ends it."""

SHOWN_EVERY = timedelta(seconds=2)
"""How often a process uses its session, looks who is present, and tries to take the leader's lock."""

TOLD_EVERY = timedelta(seconds=1)
"""The least time between two things that a process tells: under load much is told at once."""

_LOOK = """
SELECT CASE WHEN %s THEN true ELSE pg_try_advisory_lock(%s, 0) END, ARRAY(
    SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND classid = %s::oid
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
)
"""

_SURE = timedelta(seconds=8)
"""For how long after the last use of its session a process is sure to be present for the others."""

_CONNECTING = timedelta(seconds=8)
_ANSWERING = timedelta(seconds=5)
_NUMBERS = 2**31
_COMMA = ","

logger = logging.getLogger(__name__)


class Presence(Protocol):
    """What a process knows of its place among the processes that share its database."""

    @property
    def number(self) -> int:
        """The number under which the others see this process."""

    @property
    def sure(self) -> bool:
        """Whether no other process can have taken over the work of this one."""

    @property
    def leading(self) -> bool:
        """Whether this process does the work that only one process may do."""

    async def start(self) -> None:
        """Become present. Waits while the database is away."""

    async def stop(self) -> None:
        """Leave, so that the others take over at once."""

    async def while_leading(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Run `work` while this process leads, and break it off when it no longer leads. Raises what `work` raises."""

    def tell(self, names: Iterable[str]) -> None:
        """Tell the others, soon, that this process has written rows of the tables of these names. On the event loop."""

    def on_told(self, listener: Callable[[frozenset[str]], None]) -> None:
        """Call `listener` with the names of tables of which another process may have written rows, or `EVERYTHING`."""


class Alone:
    """The only process on its database: always sure, always leading."""

    number = 0
    sure = True
    leading = True

    async def start(self) -> None:
        """Do nothing, because there is no other process."""

    async def stop(self) -> None:
        """Do nothing, because there is no other process."""

    async def while_leading(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Run `work`."""
        await work()

    def tell(self, names: Iterable[str]) -> None:
        """Do nothing, because there is no other process."""

    def on_told(self, listener: Callable[[frozenset[str]], None]) -> None:
        """Do nothing, because nobody tells anything."""


class AmongOthers:
    """One of several processes on PostgreSQL.

    `arguments` are what psycopg's `connect` takes. `trouble` is that of the database; `cause` makes a sentence for it
    of an error of the driver.
    """

    def __init__(
        self,
        arguments: dict[str, Any],
        *,
        trouble: Trouble,
        cause: Callable[[BaseException], str],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._arguments = {**arguments, "application_name": "disposisi presence"}
        self._trouble = trouble
        self._cause = cause
        self._monotonic = monotonic
        self._number = 0
        self._shown: float | None = None
        self._present = asyncio.Event()
        self._leading = asyncio.Event()
        self._following = asyncio.Event()
        self._following.set()
        self._task: asyncio.Task[None] | None = None
        self._seen: frozenset[int] = frozenset()
        self._listeners: list[Callable[[frozenset[str]], None]] = []
        self._heard: set[str] = set()
        self._untold: set[str] = set()
        self._told_at = -TOLD_EVERY.total_seconds()
        self._stirs = asyncio.Event()
        self._telling: asyncio.TimerHandle | None = None

    @property
    def number(self) -> int:
        """The number under which the others see this process. It may change when the session is lost."""
        return self._number

    @property
    def sure(self) -> bool:
        """Whether no other process can have taken over the work of this one."""
        return self._shown is not None and self._monotonic() - self._shown < _SURE.total_seconds()

    @property
    def leading(self) -> bool:
        """Whether this process does the work that only one process may do."""
        return self._leading.is_set() and self.sure

    async def start(self) -> None:
        """Become present. Waits while the database is away."""
        self._task = asyncio.create_task(self._stay(), name="presence")
        await self._present.wait()

    async def stop(self) -> None:
        """Leave, so that the others take over at once."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})
            self._task = None

    async def while_leading(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Run `work` while this process leads, and break it off when it no longer leads. Raises what `work` raises."""
        while True:
            await self._leading.wait()
            working = asyncio.create_task(work())
            replaced = asyncio.create_task(self._following.wait())
            try:
                await asyncio.wait({working, replaced}, return_when=asyncio.FIRST_COMPLETED)
                if working.done():
                    return working.result()
            finally:
                for task in (working, replaced):
                    task.cancel()
                await asyncio.wait({working, replaced})

    def tell(self, names: Iterable[str]) -> None:
        """Tell the others, soon, that this process has written rows of the tables of these names. On the event loop."""
        self._untold.update(names)
        self._tell_soon()

    def on_told(self, listener: Callable[[frozenset[str]], None]) -> None:
        """Call `listener` with the names of tables of which another process may have written rows, or `EVERYTHING`."""
        self._listeners.append(listener)

    async def _stay(self) -> None:
        """Keep the session, and open a new one each time it is lost."""
        import psycopg  # noqa: PLC0415 - nine megabytes, for a process among others

        while True:
            try:
                async with asyncio.timeout(_CONNECTING.total_seconds()):
                    connection = await psycopg.AsyncConnection.connect(**self._arguments, autocommit=True)
                try:
                    await self._show(connection)
                finally:
                    self._withdraw()
                    with suppress(psycopg.Error):
                        await connection.close()
            except TimeoutError:
                self._trouble.met(self._cause(TimeoutError("no answer within seconds")), by="presence")
            except psycopg.Error as error:
                self._trouble.met(self._cause(error), by="presence")
            except Exception:
                # Without this task the process would wait for ever, and its log would not say why.
                logger.exception("no session to show that this process lives")
            await asyncio.sleep(SHOWN_EVERY.total_seconds() * random.uniform(0.2, 0.6))  # noqa: S311 - not a secret

    async def _show(self, connection: "psycopg.AsyncConnection[Any]") -> None:
        """Take the locks, and use the session every `SHOWN_EVERY`, or when there is something to tell or to hear.

        Returns only by an error: the session has failed.
        """
        silence = str(int(ABSENT_AFTER.total_seconds() * 1000))
        await connection.execute("SELECT set_config('idle_session_timeout', %s, false)", (silence,))
        await connection.execute(f"LISTEN {CHANNEL}")
        self._number = await self._register(connection)
        own = connection.info.backend_pid
        connection.add_notify_handler(
            lambda told: self._heard.update(told.payload.split(_COMMA)) if told.pid != own else None
        )
        # What was told while no session listened is lost.
        self._heard.add(EVERYTHING)
        while True:
            at = self._monotonic()
            async with asyncio.timeout(_ANSWERING.total_seconds()):
                await self._use(connection)
            self._shown = at
            self._present.set()
            self._trouble.over(by="presence")
            self._pass_on()
            await self._rest(connection)

    async def _use(self, connection: "psycopg.AsyncConnection[Any]") -> None:
        """Look who is present, and tell them what this process has written, if it told the last a while ago.

        Only what was written before the look may stay untold where nobody else is present: who comes later looks at
        everything. Two processes that each tell as soon as they hear would never let each other rest.
        """
        loop, names = asyncio.get_running_loop(), set[str]()
        if loop.time() >= self._may_tell_at:
            names, self._untold = self._untold, names
        try:
            await self._look(connection)
            if names and self._others:
                await connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, _COMMA.join(sorted(names))))
                self._told_at = loop.time()
        except BaseException:
            self._untold |= names
            raise
        if self._telling is not None:
            self._telling.cancel()
            self._telling = None
        self._tell_soon()

    async def _look(self, connection: "psycopg.AsyncConnection[Any]") -> None:
        """Use the session: take the leader's lock if it is free, and look who is present."""
        cursor = await connection.execute(_LOOK, (self._leading.is_set(), LEADER, PRESENT))
        leads, present = await cursor.fetchone() or (False, ())
        if leads and not self._leading.is_set():
            logger.info("this process leads", extra={"presence": self._number})
            self._following.clear()
            self._leading.set()
        if not self._seen <= (seen := frozenset(present)):
            # What is gone may have left work behind, and may have told nobody of its last commit.
            self._heard.add(EVERYTHING)
        self._seen = seen

    def _tell_soon(self) -> None:
        """Let the session be used as soon as something may be told, if there is something and somebody to hear it."""
        if self._untold and self._telling is None and self._others:
            self._telling = asyncio.get_running_loop().call_at(self._may_tell_at, self._stirs.set)

    @property
    def _may_tell_at(self) -> float:
        """The instant, by the clock of the event loop, from which something may be told again."""
        return self._told_at + TOLD_EVERY.total_seconds()

    @property
    def _others(self) -> frozenset[int]:
        """The numbers of the other processes that were present at the last look."""
        return self._seen - {self._number}

    def _pass_on(self) -> None:
        """Hand on what was heard."""
        names, self._heard = frozenset(self._heard), set()
        for listener in self._listeners if names else ():
            listener(names)

    async def _rest(self, connection: "psycopg.AsyncConnection[Any]") -> None:
        """Wait `SHOWN_EVERY`, or until there is something to tell, or something comes from the server: news, or an end.

        psycopg's own way to wait for notifications wakes up ten times a second.
        """
        loop, session = asyncio.get_running_loop(), connection.fileno()
        loop.add_reader(session, self._stirs.set)
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(SHOWN_EVERY.total_seconds()):
                    await self._stirs.wait()
        finally:
            loop.remove_reader(session)
            self._stirs.clear()

    async def _register(self, connection: "psycopg.AsyncConnection[Any]") -> int:
        """Take the lock that shows this process, and return its number.

        The number is a new one where the server has not yet noticed that the process's last session is dead.
        """
        number = self._number or _fresh_number()
        while not await _locked(connection, PRESENT, number):
            number = _fresh_number()
        return number

    def _withdraw(self) -> None:
        if self._leading.is_set():
            logger.info("this process leads no longer", extra={"presence": self._number})
        self._shown = None
        self._leading.clear()
        self._following.set()


async def _locked(connection: "psycopg.AsyncConnection[Any]", kind: int, number: int) -> bool:
    cursor = await connection.execute("SELECT pg_try_advisory_lock(%s, %s)", (kind, number))
    row = await cursor.fetchone()
    return row is not None and bool(row[0])


def _fresh_number() -> int:
    return random.SystemRandom().randrange(1, _NUMBERS)
