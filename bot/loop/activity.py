"""Knowing when the program has nothing left to do: each part says when it begins and when it has finished."""

import asyncio
from types import TracebackType
from typing import Self


class Activity:
    """A count of things under way, and a way to wait until there are none. Belongs to one event loop."""

    def __init__(self) -> None:
        self._under_way = 0
        self._still = asyncio.Event()
        self._still.set()

    def begin(self) -> None:
        """Note that something has begun that `end` will be called for."""
        self._under_way += 1
        self._still.clear()

    def end(self) -> None:
        """Note that something begun before has finished."""
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
        """Wait until nothing is under way."""
        while self._under_way:
            await self._still.wait()
