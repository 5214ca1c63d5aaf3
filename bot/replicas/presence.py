"""Showing the other processes that this one lives, and agreeing with them on one that leads.

On PostgreSQL a process keeps a session of its own with two advisory locks: one under its number, which shows that it
is present, and, for one of all processes, the lock of the leader. The server ends a session that is silent for
`ABSENT_AFTER`, so a process that was stopped or cut off loses both, and what it was about to do is not done by two.
"""

import asyncio
import logging
import random
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from datetime import timedelta
from typing import Any, Protocol

import psycopg
from psycopg import sql

PRESENT = 1_146_242_160
"""The class of the advisory locks that show who is present; an arbitrary number, the same in every version."""

LEADER = 1_146_242_161
"""The class of the advisory lock that the leader holds."""

ABSENT_AFTER = timedelta(seconds=12)
"""How long a session may be silent before the server ends it."""

SHOWN_EVERY = timedelta(seconds=2)
"""How often a process shows that it lives, and tries to lead when nobody does."""

_SURE = timedelta(seconds=8)
"""For how long after it has shown itself a process can be sure that the others count on it."""

_CONNECTING = timedelta(seconds=8)
_ANSWERING = timedelta(seconds=5)
_NUMBERS = 2**31

logger = logging.getLogger(__name__)


class Presence(Protocol):
    """What a process knows of its place among those that share its database."""

    @property
    def number(self) -> int:
        """What the others know this process by."""

    @property
    def sure(self) -> bool:
        """Whether no other process can have taken over what this one is doing."""

    @property
    def leading(self) -> bool:
        """Whether this process does what only one may do."""

    async def start(self) -> None:
        """Become present. Waits while the database is away."""

    async def stop(self) -> None:
        """Leave, so that others take over at once."""

    async def while_leading(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Run `work` whenever this process leads, and break it off when it does no longer. Raises what `work` does."""


class Alone:
    """The only process on its database: always sure, always leading."""

    number = 0
    sure = True
    leading = True

    async def start(self) -> None:
        """There is nobody to show oneself to."""

    async def stop(self) -> None:
        """There is nobody to leave anything to."""

    async def while_leading(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Run `work`."""
        await work()


class AmongOthers:
    """One of several processes on PostgreSQL. `arguments` are what psycopg's `connect` takes."""

    def __init__(self, arguments: dict[str, Any], *, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._arguments = {**arguments, "application_name": "disposisi presence"}
        self._monotonic = monotonic
        self._number = 0
        self._shown: float | None = None
        self._present = asyncio.Event()
        self._leading = asyncio.Event()
        self._following = asyncio.Event()
        self._following.set()
        self._task: asyncio.Task[None] | None = None

    @property
    def number(self) -> int:
        """What the others know this process by; another one after the session was lost to somebody else."""
        return self._number

    @property
    def sure(self) -> bool:
        """Whether no other process can have taken over what this one is doing."""
        return self._shown is not None and self._monotonic() - self._shown < _SURE.total_seconds()

    @property
    def leading(self) -> bool:
        """Whether this process does what only one may do."""
        return self._leading.is_set() and self.sure

    async def start(self) -> None:
        """Become present. Waits while the database is away."""
        self._task = asyncio.create_task(self._stay(), name="presence")
        await self._present.wait()

    async def stop(self) -> None:
        """Leave, so that others take over at once."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})
            self._task = None

    async def while_leading(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Run `work` whenever this process leads, and break it off when it does no longer. Raises what `work` does."""
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

    async def _stay(self) -> None:
        """Keep the session, and open a new one whenever it is lost."""
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
            except (psycopg.Error, TimeoutError) as error:
                logger.warning("no session to show that this process lives: %s", type(error).__name__)
            except Exception:
                # Without this task the process would do nothing for ever, and nobody would know why.
                logger.exception("no session to show that this process lives")
            await asyncio.sleep(SHOWN_EVERY.total_seconds() * random.uniform(0.2, 0.6))  # noqa: S311 - not a secret

    async def _show(self, connection: psycopg.AsyncConnection[Any]) -> None:
        """Take the locks, and go on showing life until the session fails."""
        silence = int(ABSENT_AFTER.total_seconds() * 1000)
        await connection.execute(sql.SQL("SET idle_session_timeout = {}").format(silence))
        self._number = await self._register(connection)
        while True:
            at = self._monotonic()
            async with asyncio.timeout(_ANSWERING.total_seconds()):
                if not self._leading.is_set() and await _locked(connection, LEADER, 0):
                    logger.info("this process leads", extra={"presence": self._number})
                    self._following.clear()
                    self._leading.set()
                else:
                    await connection.execute("SELECT 1")
            self._shown = at
            self._present.set()
            await asyncio.sleep(SHOWN_EVERY.total_seconds())

    async def _register(self, connection: psycopg.AsyncConnection[Any]) -> int:
        """Show this process under its number, or under a new one where the server still knows a dead session of it."""
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


async def _locked(connection: psycopg.AsyncConnection[Any], kind: int, number: int) -> bool:
    cursor = await connection.execute("SELECT pg_try_advisory_lock(%s, %s)", (kind, number))
    row = await cursor.fetchone()
    return row is not None and bool(row[0])


def _fresh_number() -> int:
    return random.SystemRandom().randrange(1, _NUMBERS)
