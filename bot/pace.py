"""How fast Telegram may be written to: one message a second to a chat, twenty a minute to a group, thirty overall.

The rates keep a margin below what Telegram's FAQ gives ("My bot is hitting limits"); a short burst to one chat is
allowed.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

_INSTANT = 1e-6
_MANY = 1_000
"""Chats remembered before those that may write freely again are forgotten."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many messages `per_second` in the long run, and up to `burst` at once."""

    per_second: float
    burst: float


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates towards one private chat, one group, and all chats together."""

    private: Rate = Rate(1, 3)
    group: Rate = Rate(15 / 60, 5)
    overall: Rate = Rate(22, 5)

    @classmethod
    def unbounded(cls) -> "Rates":
        """As fast as can be, for a stand-in that sets no limits."""
        free = Rate(1e9, 1e9)
        return cls(free, free, free)


class _Bucket:
    """Tokens that come back at a rate; a message of several parts may take more than there are, and runs up a debt."""

    def __init__(self, rate: Rate, now: float) -> None:
        self._rate, self._tokens, self._at = rate, rate.burst, now

    def wait(self, now: float, cost: float) -> float:
        missing = min(cost, self._rate.burst) - self._level(now)
        return max(0.0, missing / self._rate.per_second)

    def take(self, now: float, cost: float) -> None:
        self._tokens, self._at = self._level(now) - cost, now

    def full(self, now: float) -> bool:
        return self._level(now) >= self._rate.burst

    def _level(self, now: float) -> float:
        return min(self._rate.burst, self._tokens + (now - self._at) * self._rate.per_second)


class Pace:
    """Who may write to Telegram when. Time is passed in, in seconds that only ever grow."""

    def __init__(
        self,
        rates: Rates | None = None,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._rates = rates or Rates()
        self._monotonic = monotonic
        self._sleep = sleep
        self._overall = _Bucket(self._rates.overall, monotonic())
        self._chats: dict[int, _Bucket] = {}
        self._shut: dict[int, float] = {}
        self._all_shut = 0.0

    def wait(self, chat_id: int, cost: int = 1) -> float:
        """Return the seconds until a message of `cost` parts may go to a chat; 0 when it may go now."""
        now = self._monotonic()
        shut = max(self._all_shut, self._shut.get(chat_id, 0.0)) - now
        own = self._chats[chat_id].wait(now, cost) if chat_id in self._chats else 0.0
        seconds = max(shut, own, self._overall.wait(now, cost))
        # What is too little to be slept away would be waited for without end.
        return seconds if seconds > _INSTANT else 0.0

    async def turn(self, chat_id: int, cost: int = 1) -> None:
        """Wait until a message may go to a chat, and count it as sent."""
        while (seconds := self.wait(chat_id, cost)) > 0:
            await self._sleep(seconds)
        now = self._monotonic()
        self._overall.take(now, cost)
        self._bucket(chat_id, now).take(now, cost)

    def limited(self, chat_id: int, seconds: float) -> None:
        """Obey a 429: nothing goes to this chat for `seconds`; nothing to any if another chat is limited too."""
        now = self._monotonic()
        self._shut = {chat: until for chat, until in self._shut.items() if until > now}
        if any(chat != chat_id for chat in self._shut):
            self._all_shut = max(self._all_shut, now + seconds)
        self._shut[chat_id] = now + seconds

    def _bucket(self, chat_id: int, now: float) -> _Bucket:
        if len(self._chats) >= _MANY:
            self._chats = {chat: bucket for chat, bucket in self._chats.items() if not bucket.full(now)}
        # Telegram's group and channel ids are negative.
        rate = self._rates.group if chat_id < 0 else self._rates.private
        return self._chats.setdefault(chat_id, _Bucket(rate, now))
