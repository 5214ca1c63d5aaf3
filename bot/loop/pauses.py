"""Pauses after a failure: how long they are, and how the end of the program breaks them off."""

import asyncio
from collections.abc import Awaitable, Callable

_FIRST = 0.5
_DOUBLINGS = 16


def backoff(failures: int, *, longest: float) -> float:
    """Return the seconds to wait after this number of failures in a row: 1, 2, 4, … up to `longest`."""
    # In a long outage the number of failures grows beyond the powers of two that a float can represent.
    return min(longest, _FIRST * 2.0 ** min(failures, _DOUBLINGS))


class Pauses:
    """Waits with `sleep`, in seconds, and knows the tasks that wait. Belongs to one event loop."""

    def __init__(self, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._sleep = sleep
        self._waiting: set[asyncio.Task[object]] = set()
        self._over = False

    async def wait(self, seconds: float) -> None:
        """Wait for `seconds`. `break_off` cancels the waiting task, also when it was called before."""
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
        """Cancel every task that waits, and every task that will wait, so that the end does not wait for them."""
        self._over = True
        for task in self._waiting:
            task.cancel()
