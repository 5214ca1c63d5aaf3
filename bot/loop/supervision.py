"""Supervising the parts of the program: they run side by side, and the failure of one ends the others."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial

logger = logging.getLogger(__name__)

Work = Callable[[], Awaitable[None]]


class PartEnded(Exception):
    """A part has ended by itself, although every part must run until it is cancelled."""


class Supervision:
    """Runs the parts until the end is requested or a part fails. Belongs to one event loop, and runs once.

    `ending` is set as soon as either happens. `failure` is then the failure, and None after a request.
    """

    def __init__(self) -> None:
        self.ending = asyncio.Event()
        self._end_requested = asyncio.Event()
        self.failure: Exception | None = None
        self._group = asyncio.TaskGroup()
        self._tasks: list[asyncio.Task[None]] = []

    async def run(self, start: Work) -> None:
        """Run `start`, which begins the parts, and the parts. Returns once the end was requested and all have ended.

        Raises the first failure as it is, once all have ended. Failures after the first, or after the request, are
        logged: most are consequences.
        """
        # The group holds `failure` alone, which is raised below without its group.
        with suppress(ExceptionGroup):
            async with self._group:
                self.begin_once("start", start)
                # A failure does not set this event. The group cancels the wait, and with it all parts.
                await self._end_requested.wait()
                for task in self._tasks:
                    task.cancel()
        if self.failure is not None:
            raise self.failure

    def begin(self, name: str, part: Work) -> None:
        """Begin a part that runs until it is cancelled. One that ends by itself has failed, with `PartEnded`."""
        self.begin_once(name, partial(_until_cancelled, name, part))

    def begin_once(self, name: str, work: Work) -> None:
        """Begin work that may come to its end."""
        self._tasks.append(self._group.create_task(self._watched(name, work), name=name))

    def end(self) -> None:
        """Request the end."""
        self._end_requested.set()
        self.ending.set()

    async def _watched(self, name: str, work: Work) -> None:
        try:
            await work()
        except Exception as error:
            if self.ending.is_set():
                logger.exception("%s failed while the program was ending", name)
                return
            self.failure = error
            self.ending.set()
            raise


async def _until_cancelled(name: str, part: Work) -> None:
    try:
        await part()
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise
    raise PartEnded(f"{name} has ended by itself")
