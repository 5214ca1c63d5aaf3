"""How fast messages may go to Telegram: one a second to a chat, twenty a minute to a group, thirty a second overall.

These limits are from Telegram's FAQ ("My bot is hitting limits"). The program uses a little over 95 % of them. A bucket
spreads the messages evenly, and a count of the latest sends keeps a burst after a rest below the limit. A private chat
may get a short burst.

A 429 belongs to the chat that it answers: a group in slow mode says nothing of others. Only several private chats that
are refused within a minute show that Telegram refuses the office. Then all chats are closed for a short time. After
that one message goes ahead as a probe, and the others follow if it was not refused.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol

_INSTANT = 1e-6
_MANY = 1_000
"""How many chats are remembered before those with a full bucket are forgotten."""

LONGEST_REST = 15 * 60.0
"""The seconds that one chat rests at most after a 429, whatever Telegram names. Then one call finds out."""

LONGEST_CLOSURE = 30.0
"""The seconds for which all chats are closed at most."""

EVIDENCE = 3
"""How many private chats must have been refused before all chats are closed."""

EVIDENCE_LASTS = 60.0
"""The seconds for which the refusal of a private chat counts as evidence."""

PROBED_FOR = 2.0
"""The seconds for which the others wait after the first message that follows a closure. A 429 comes sooner."""

_PROLONGED = 60.0
"""The seconds after which the admins are told that Telegram refuses the office."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A limit: `per_second` messages in the long run, and up to `burst` messages at once.

    With `most`, no period of `span` seconds has more than that many messages.
    """

    per_second: float
    burst: float
    most: int | None = None
    span: float = 1.0


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates towards one private chat, one group, and all chats together."""

    private: Rate = Rate(1, 3)
    group: Rate = Rate(19 / 60, 5, most=19, span=60)
    overall: Rate = Rate(28.7, 5, most=29)

    @classmethod
    def unbounded(cls) -> "Rates":
        """Return rates without limits, for a stand-in that sets none."""
        free = Rate(1e9, 1e9)
        return cls(free, free, free)

    @property
    def bounded(self) -> bool:
        """Whether there is a limit."""
        return self != Rates.unbounded()

    def of(self, chat_id: int) -> Rate:
        """Return the rate towards one chat. The ids of groups and channels are negative at Telegram."""
        return self.group if chat_id < 0 else self.private


@dataclass(slots=True)
class Bucket:
    """A token bucket: it had `tokens` at the second `at`, and refills at `rate`.

    `recent` are the seconds of the latest sends, where the rate counts them. A message of several parts may take more
    tokens than there are, which leaves a debt. What a clock that was ahead has counted does not count.
    """

    rate: Rate
    tokens: float
    at: float
    recent: list[float] = field(default_factory=list)

    def wait(self, now: float, cost: int) -> float:
        """Return the seconds until a message of `cost` parts may go."""
        missing = min(cost, self.rate.burst) - self._level(now)
        return max(0.0, missing / self.rate.per_second, self._until_room(now, cost))

    def take(self, now: float, cost: int) -> None:
        """Count a message of `cost` parts as sent."""
        self.tokens, self.at = self._level(now) - cost, now
        if self.rate.most is not None:
            self.recent = [*self._counted(now), *[now] * cost]

    def full(self, now: float) -> bool:
        """Whether the last send was so long ago that it no longer matters."""
        return self._level(now) >= self.rate.burst and not self._counted(now)

    def _until_room(self, now: float, cost: int) -> float:
        """Return the seconds until the latest `span` seconds have room for `cost` more sends."""
        counted = self._counted(now)
        if self.rate.most is None or not counted:
            return 0.0
        over = len(counted) + min(cost, self.rate.most) - self.rate.most
        return counted[over - 1] + self.rate.span - now if over > 0 else 0.0

    def _counted(self, now: float) -> list[float]:
        return [at for at in self.recent if now - self.rate.span < at <= now]

    def _level(self, now: float) -> float:
        return min(self.rate.burst, self.tokens + max(0.0, now - self.at) * self.rate.per_second)


@dataclass(slots=True)
class Closures:
    """How long Telegram has refused the office, as far as this process was told. The seconds are those of one watch."""

    began: float = 0.0
    until: float = float("-inf")

    def closed(self, now: float, named: float) -> bool:
        """Note a closure for which Telegram named so many seconds. Returns whether it lasts longer than a minute."""
        if now > self.until + EVIDENCE_LASTS:
            self.began = now
        self.until = now + min(named, LONGEST_CLOSURE)
        return now + named - self.began > _PROLONGED


Resting = Callable[[float], Awaitable[None]]
"""Waits for the given seconds, while a chat may get nothing."""


class Pace(Protocol):
    """When a message may go to Telegram."""

    def rest(self, chat_id: int, cost: int = 1) -> float:
        """Return the seconds for which a chat may get nothing, as far as this process knows; 0 when it may."""

    async def turn(self, chat_id: int, cost: int = 1, *, resting: Resting | None = None) -> None:
        """Wait until a message of `cost` parts may go to a chat, and count it as sent.

        If the chat may get nothing yet, `resting` does the waiting, where given.
        """

    async def limited(self, chat_id: int, seconds: float) -> bool:
        """Obey a 429: this chat gets nothing for `seconds`, but for `LONGEST_REST` at most.

        If several private chats are limited, no chat gets anything for a short time. Returns whether the admins are to
        be told: Telegram refuses the office for longer than a minute.
        """


class OwnPace:
    """The pace of a single process. `monotonic` returns the time in seconds."""

    def __init__(
        self,
        rates: Rates,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._rates = rates
        self._monotonic = monotonic
        self._sleep = sleep
        self._overall = Bucket(self._rates.overall, self._rates.overall.burst, monotonic())
        self._chats: dict[int, Bucket] = {}
        self._shut: dict[int, float] = {}
        self._refused: dict[int, float] = {}
        self._all_shut = 0.0
        self._probes = False
        self._closures = Closures()

    def rest(self, chat_id: int, cost: int = 1) -> float:
        """Return the seconds for which a chat may get nothing; 0 when it may. Any thread may call it."""
        now, bucket = self._monotonic(), self._chats.get(chat_id)
        shut = max(self._all_shut, self._shut.get(chat_id, 0.0)) - now
        own = bucket.wait(now, cost) if bucket is not None else 0.0
        return _noticeable(max(shut, own))

    def wait(self, chat_id: int, cost: int = 1) -> float:
        """Return the seconds until a message of `cost` parts may go to a chat; 0 when it may go now."""
        return max(self.rest(chat_id, cost), _noticeable(self._overall.wait(self._monotonic(), cost)))

    async def turn(self, chat_id: int, cost: int = 1, *, resting: Resting | None = None) -> None:
        """Wait until a message may go to a chat, and count it as sent."""
        while (seconds := self.wait(chat_id, cost)) > 0:
            rest = self.rest(chat_id, cost)
            if rest > 0 and resting is not None:
                await resting(rest)
            else:
                await self._sleep(seconds)
        now = self._monotonic()
        if self._probes:
            self._probes, self._all_shut = False, now + PROBED_FOR
        self._overall.take(now, cost)
        self._bucket(chat_id, now).take(now, cost)

    async def limited(self, chat_id: int, seconds: float) -> bool:
        """Obey a 429: this chat rests, and all chats do if several private chats are limited."""
        now = self._monotonic()
        self._shut = {chat: until for chat, until in self._shut.items() if until > now}
        self._shut[chat_id] = now + min(seconds, LONGEST_REST)
        if chat_id < 0:
            return False
        self._refused = {chat: at for chat, at in self._refused.items() if at > now - EVIDENCE_LASTS}
        self._refused[chat_id] = now
        if len(self._refused) < EVIDENCE:
            return False
        self._all_shut, self._probes = max(self._all_shut, now + min(seconds, LONGEST_CLOSURE)), True
        return self._closures.closed(now, seconds)

    def _bucket(self, chat_id: int, now: float) -> Bucket:
        if len(self._chats) >= _MANY:
            self._chats = {chat: bucket for chat, bucket in self._chats.items() if not bucket.full(now)}
        rate = self._rates.of(chat_id)
        return self._chats.setdefault(chat_id, Bucket(rate, rate.burst, now))


def _noticeable(seconds: float) -> float:
    """Return the seconds, or 0 if they are too few: a sleep that short may not advance the clock, and never ends."""
    return seconds if seconds > _INSTANT else 0.0
