"""The way between the bot and Telegram: how long a call travels, half of it before it takes effect and half after."""

from __future__ import annotations

import asyncio
from datetime import timedelta


class Latency:
    """A way of the same length in both directions. `round_trip` is there and back, and may be changed at any time."""

    def __init__(self) -> None:
        self.round_trip = timedelta()

    async def there(self) -> None:
        """Travel to Telegram: what the call asks for has not happened yet."""
        await self._travel()

    async def back(self) -> None:
        """Travel back: what the call asked for has happened, and the bot does not know it yet."""
        await self._travel()

    async def _travel(self) -> None:
        if self.round_trip:
            await asyncio.sleep(self.round_trip.total_seconds() / 2)
