"""A limited number of places for work. Each rank of the waiting work gets its share of those that become free."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

Urgency = TypeVar("Urgency", bound=str)


class Place(Generic[Urgency]):
    """A place that was taken, and that can be left to others for a while."""

    def __init__(self, places: "Places[Urgency]", urgency: Urgency) -> None:
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


class Places(Generic[Urgency]):
    """Lets at most `number` pieces of work run at once. Belongs to one event loop.

    `shares` says how many of the next free places each urgency gets while all of them wait: with 6 and 1, one of seven
    goes to the second. The shares of an urgency that does not wait go to the others, and it cannot save them up.
    """

    def __init__(self, number: int, shares: Mapping[Urgency, int]) -> None:
        self._free = number
        self._shares = shares
        # Stride scheduling: a place costs an urgency the inverse of its share, and the one that has paid least is next.
        self._paid = dict.fromkeys(sorted(shares), 0.0)
        self._price = 0.0
        self._waiting: dict[Urgency, deque[asyncio.Future[None]]] = {urgency: deque() for urgency in self._paid}

    @property
    def free(self) -> bool:
        """Whether a place is free."""
        return self._free > 0

    @property
    def waited_for(self) -> bool:
        """Whether some work waits for a place."""
        return any(self._waiting.values())

    @asynccontextmanager
    async def at(self, urgency: Urgency) -> AsyncIterator[Place[Urgency]]:
        """Take a place, as `take` does."""
        await self.take(urgency)
        place = Place(self, urgency)
        try:
            yield place
        finally:
            if place.taken:
                self.pass_on()

    async def take(self, urgency: Urgency) -> None:
        """Wait for a place and take it. The caller must `pass_on` the place.

        Among equals, the one that has waited longest gets it. Raises `KeyError` for an urgency without a share.
        """
        if self._free:
            self._free -= 1
            return
        called: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if not self._waiting[urgency]:
            self._paid[urgency] = max(self._paid[urgency], self._price)
        self._waiting[urgency].append(called)
        try:
            await called
        except asyncio.CancelledError:
            if called.done() and not called.cancelled():
                self.pass_on()
            raise

    def pass_on(self) -> None:
        """Give a place to the work whose turn it is, or set it free."""
        while (urgency := self._next()) is not None:
            called = self._waiting[urgency].popleft()
            if not called.done():
                self._price = self._paid[urgency]
                self._paid[urgency] += 1 / self._shares[urgency]
                called.set_result(None)
                return
        self._free += 1

    def _next(self) -> Urgency | None:
        """Return the urgency whose turn it is; of those that have paid the same, the least."""
        return min((one for one, waiting in self._waiting.items() if waiting), key=self._paid.__getitem__, default=None)
