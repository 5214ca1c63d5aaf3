"""Telegram's flood limits: about one message a second per chat, 30 a second in all, 20 a minute per group."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.chats import ChatKind
from bot.sandbox.refusals import too_many_requests


@dataclass(frozen=True, slots=True)
class Limits:
    """The rates the stand-in allows; a burst is what may come at once after a rest."""

    chat_per_second: float = 1.0
    chat_burst: int = 5
    overall_per_second: float = 30.0
    overall_burst: int = 30
    group_per_minute: float = 20.0
    enforced: bool = True

    @classmethod
    def off(cls) -> Limits:
        """Return limits that never refuse, for tests that are about something else."""
        return cls(enforced=False)


class Bucket:
    """A token bucket: `capacity` tokens, `rate` new ones a second."""

    def __init__(self, rate: float, capacity: float, now: float) -> None:
        self.rate = rate
        self.capacity = capacity
        self._tokens = capacity
        self._at = now

    def missing(self, cost: int, now: float) -> float:
        """Return the seconds until `cost` tokens are there; 0.0 if they are."""
        self._tokens = min(self.capacity, self._tokens + (now - self._at) * self.rate)
        self._at = now
        lacking = min(cost, self.capacity) - self._tokens
        return max(0.0, lacking / self.rate)

    def take(self, cost: int) -> None:
        """Use up `cost` tokens; an album may overdraw, and the next message waits for it."""
        self._tokens -= cost


class FloodGate:
    """Counts what the bot sends and refuses what comes too fast."""

    def __init__(self, limits: Limits, monotonic: Callable[[], float]) -> None:
        self._limits = limits
        self._monotonic = monotonic
        self._overall = Bucket(limits.overall_per_second, limits.overall_burst, monotonic())
        self._chats: dict[int, Bucket] = {}

    def pass_through(self, chat_id: int, kind: ChatKind, cost: int = 1) -> None:
        """Count `cost` messages to a chat, or raise the 429 that tells when to try again."""
        if not self._limits.enforced:
            return
        now = self._monotonic()
        buckets = (self._overall, self._chats.setdefault(chat_id, self._bucket(kind, now)))
        wait = max(bucket.missing(cost, now) for bucket in buckets)
        if wait > 0:
            raise too_many_requests(max(1, math.ceil(wait)))
        for bucket in buckets:
            bucket.take(cost)

    def _bucket(self, kind: ChatKind, now: float) -> Bucket:
        if kind is ChatKind.SUPERGROUP:
            return Bucket(self._limits.group_per_minute / 60, self._limits.group_per_minute, now)
        return Bucket(self._limits.chat_per_second, self._limits.chat_burst, now)
