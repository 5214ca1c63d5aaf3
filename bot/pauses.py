"""Waiting that can be broken off when the program ends, so that a long backoff does not hold it up."""

import asyncio
from collections.abc import Awaitable, Callable


class Pauses:
    """Waits with `sleep`, in seconds, and knows which tasks are waiting. Belongs to one event loop."""

    def __init__(self, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._sleep = sleep
        self._waiting: set[asyncio.Task[object]] = set()

    async def wait(self, seconds: float) -> None:
        """Wait for `seconds`, unless broken off: then the waiting task is cancelled."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("only a task can wait")
        self._waiting.add(task)
        try:
            await self._sleep(seconds)
        finally:
            self._waiting.discard(task)

    def break_off(self) -> None:
        """Cancel every task that waits."""
        for task in self._waiting:
            task.cancel()
