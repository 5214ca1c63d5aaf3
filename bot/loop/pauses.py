"""Waiting out a failure: how long, and so that the program's end does not wait for it."""

import asyncio
from collections.abc import Awaitable, Callable

_FIRST = 0.5
_DOUBLINGS = 16


def backoff(failures: int, *, longest: float) -> float:
    """Return the seconds to wait after so many failures in a row: 1, 2, 4, … up to `longest`."""
    # An outage of a night has more failures than a float has powers of two.
    return min(longest, _FIRST * 2.0 ** min(failures, _DOUBLINGS))


class Pauses:
    """Waits with `sleep`, in seconds, and knows which tasks are waiting. Belongs to one event loop."""

    def __init__(self, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._sleep = sleep
        self._waiting: set[asyncio.Task[object]] = set()
        self._over = False

    async def wait(self, seconds: float) -> None:
        """Wait for `seconds`, unless broken off, now or before: then the waiting task is cancelled."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("only a task can wait")
        self._waiting.add(task)
        if self._over:
            task.cancel()
        try:
            await self._sleep(seconds)
        finally:
            self._waiting.discard(task)

    def break_off(self) -> None:
        """Cancel every task that waits, and whoever comes to wait later: the end does not wait for them."""
        self._over = True
        for task in self._waiting:
            task.cancel()
