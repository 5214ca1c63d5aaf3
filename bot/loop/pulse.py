"""The pulse of the event loop: a process whose loop hangs ends itself, so that whatever started it starts it again.

Docker restarts a container that ends, but not one that is unhealthy. systemd has a watchdog of its own beside this one.
"""

import asyncio
import faulthandler
import logging
import os
import threading
from collections.abc import Callable
from datetime import timedelta

from bot.loop.ending import FAILURE

logger = logging.getLogger(__name__)

HANGS_AFTER = 6
"""After how many looks without a beat of the loop it counts as hanging."""

LOOKS_EVERY = timedelta(seconds=10)
"""How long a beat and a look last. Shorter ones would wake an idle process up more often than all else."""


def _end() -> None:
    logger.critical(
        "the event loop hangs; the process ends, so that it is started again. Nothing that was kept is lost"
    )
    # Where each thread stands, in names of files and functions: nothing that people wrote.
    faulthandler.dump_traceback()
    logging.shutdown()
    os._exit(FAILURE)


class Pulse:
    """Counts the looks of a thread between two beats of the event loop.

    Looks are counted and not seconds: a process that was stopped for an hour and goes on has not hung. `ends` ends the
    process.
    """

    def __init__(self, *, ends: Callable[[], None] = _end) -> None:
        self._ends = ends
        self._missed = 0
        self._over = threading.Event()

    async def beat(self) -> None:
        """Beat until cancelled, and let a thread look meanwhile."""
        looking = threading.Thread(target=self._watch, name="pulse", daemon=True)
        looking.start()
        try:
            while True:
                self._missed = 0
                await asyncio.sleep(LOOKS_EVERY.total_seconds())
        finally:
            self._over.set()

    def look(self) -> bool:
        """Count a look. Returns whether the loop hangs."""
        self._missed += 1
        return self._missed > HANGS_AFTER

    def _watch(self) -> None:
        while not self._over.wait(LOOKS_EVERY.total_seconds()):
            if self.look():
                self._ends()
                return
