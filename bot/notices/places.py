"""A limited number of places for work. The most urgent work that waits gets the next free place."""

import asyncio
import heapq
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count


class Place:
    """A place that was taken, and that can be left to others for a while."""

    def __init__(self, places: "Places", urgency: str) -> None:
        self._places = places
        self._urgency = urgency
        self.taken = True

    @asynccontextmanager
    async def left(self) -> AsyncIterator[None]:
        """Leave the place to others, and wait for a place again at the end."""
        self.taken = False
        self._places.pass_on()
        yield
        await self._places.take(self._urgency)
        self.taken = True


class Places:
    """Lets at most `number` pieces of work run at once. Belongs to one event loop."""

    def __init__(self, number: int) -> None:
        self._free = number
        self._order = count()
        self._waiting: list[tuple[str, int, asyncio.Future[None]]] = []

    @property
    def free(self) -> bool:
        """Whether a place is free."""
        return self._free > 0

    @asynccontextmanager
    async def at(self, urgency: str) -> AsyncIterator[Place]:
        """Take a place. The least `urgency` gets a place first; among equals, the one that has waited longest."""
        await self.take(urgency)
        place = Place(self, urgency)
        try:
            yield place
        finally:
            if place.taken:
                self.pass_on()

    async def take(self, urgency: str) -> None:
        """Wait for a place and take it. The caller must `pass_on` the place."""
        if self._free:
            self._free -= 1
            return
        called: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (urgency, next(self._order), called))
        try:
            await called
        except asyncio.CancelledError:
            if called.done() and not called.cancelled():
                self.pass_on()
            raise

    def pass_on(self) -> None:
        """Give a place to the most urgent work that waits, or set it free."""
        while self._waiting:
            _, _, called = heapq.heappop(self._waiting)
            if not called.done():
                called.set_result(None)
                return
        self._free += 1
