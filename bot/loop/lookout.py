"""Looking at the database for waiting work: when there is a reason, and now and then without one."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.loop.activity import Activity
from bot.loop.trouble import log_failure

logger = logging.getLogger(__name__)

EVERY = 30.0
EVERY_AMONG_OTHERS = 1.0
"""Seconds between looks without a reason: they find work that could not be begun, and work of other processes."""


class Lookout:
    """Calls `look` when nudged, and at intervals. Belongs to one event loop. `what` is its name in the log."""

    def __init__(
        self, what: str, look: Callable[[], Awaitable[None]], *, activity: Activity, among_others: bool
    ) -> None:
        self._what = what
        self._look = look
        self._activity = activity
        self._every = EVERY_AMONG_OTHERS if among_others else EVERY
        self._nudged = asyncio.Event()

    def nudge(self) -> None:
        """Look now. Must be called on the event loop."""
        if not self._nudged.is_set():
            self._activity.begin()
            self._nudged.set()

    async def run(self) -> None:
        """Look until cancelled, for the first time at once. A look that fails is logged and made up by the next."""
        self.nudge()
        while True:
            try:
                async with asyncio.timeout(self._every):
                    await self._nudged.wait()
            except TimeoutError:
                self.nudge()
            self._nudged.clear()
            try:
                await self._look()
            except Exception as error:  # noqa: BLE001 - the next look makes up for it
                log_failure(logger, f"the {self._what} could not be looked at", error)
            finally:
                self._activity.end()
