"""Looking for waiting work: when there is a reason, and now and then without one."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.loop.activity import Activity
from bot.loop.pauses import backoff
from bot.loop.trouble import log_failure

logger = logging.getLogger(__name__)

SAFETY_LOOK = timedelta(seconds=30)
"""How often inbox and outbox are looked at without a reason. What another process puts into them is heard of before."""


class Lookout:
    """Calls `look` when nudged, and at the latest `every` so often, while `run` does. Belongs to one event loop.

    The looks without a reason find work that could not be begun, and work that somebody noted who told nobody; before
    each of them `unasked` is called. `failing` is what the log says of a look that failed. It is made up for after a
    pause of a second, which grows with each further failure: the reason of the failed look waits no longer than that.
    """

    def __init__(
        self,
        look: Callable[[], Awaitable[None]],
        *,
        every: timedelta,
        activity: Activity,
        failing: str,
        unasked: Callable[[], None] = lambda: None,
    ) -> None:
        self._look = look
        self._every = every
        self._activity = activity
        self._failing = failing
        self._unasked = unasked
        self._nudged = asyncio.Event()
        self._running = False

    def nudge(self) -> None:
        """Look now, or as soon as `run` begins. Must be called on the event loop."""
        if not self._nudged.is_set():
            self._activity.begin()
            self._nudged.set()

    def nudge_running(self) -> None:
        """Look now, if `run` runs: for what only one of several processes does, and another may do at present."""
        if self._running:
            self.nudge()

    async def run(self) -> None:
        """Look until cancelled, for the first time at once. May be run again after that."""
        self._running = True
        self.nudge()
        failures, every = 0, self._every.total_seconds()
        try:
            while True:
                await self._wait(backoff(failures, longest=every) if failures else every)
                try:
                    await self._look()
                    failures = 0
                except Exception as error:  # noqa: BLE001 - the next look makes up for it; ending here ends all of it
                    log_failure(logger, self._failing, error)
                    failures += 1
                finally:
                    self._activity.end()
        finally:
            self._running = False
            if self._nudged.is_set():
                self._nudged.clear()
                self._activity.end()

    async def _wait(self, seconds: float) -> None:
        try:
            # Seconds that only ever grow: a system clock that is set back must not put a look off.
            async with asyncio.timeout(seconds):
                await self._nudged.wait()
        except TimeoutError:
            self._unasked()
            self.nudge()
        self._nudged.clear()
