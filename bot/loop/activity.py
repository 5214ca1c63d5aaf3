"""The activity of the program: each part says when it begins work and when it has finished it."""

import asyncio
from types import TracebackType
from typing import Self


class Activity:
    """Counts the work under way, and lets a caller wait until there is none. Belongs to one event loop."""

    def __init__(self) -> None:
        self._under_way = 0
        self._still = asyncio.Event()
        self._still.set()

    def begin(self) -> None:
        """Note that work has begun. `end` must be called for it."""
        self._under_way += 1
        self._still.clear()

    def end(self) -> None:
        """Note that work has finished."""
        self._under_way -= 1
        if self._under_way == 0:
            self._still.set()

    def __enter__(self) -> Self:
        self.begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.end()

    async def still(self) -> None:
        """Wait until no work is under way."""
        while self._under_way:
            await self._still.wait()
