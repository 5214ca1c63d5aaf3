"""Troubles on request: what a network and an overloaded Telegram do to a bot, each reproducible."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Any

EVERY_METHOD = "*"


class Trouble(StrEnum):
    """The kinds of trouble; those `AFTER` something let the call take effect first."""

    TOO_MANY_REQUESTS = "429"
    SERVER_ERROR = "500"
    BAD_GATEWAY = "502"
    GARBAGE = "garbage"
    GARBAGE_AFTER_ACTING = "garbage after acting"
    RESET = "reset"
    RESET_AFTER_ACTING = "reset after acting"
    HANG = "hang"
    HANG_AFTER_ACTING = "hang after acting"
    DELAY = "delay"
    ODD_ANSWER = "odd answer"


AFTER_ACTING = frozenset(
    {Trouble.GARBAGE_AFTER_ACTING, Trouble.RESET_AFTER_ACTING, Trouble.HANG_AFTER_ACTING, Trouble.ODD_ANSWER}
)
"""The troubles in which the call takes effect although the bot hears nothing of it, or something odd."""


def _nothing(_result: object) -> None:
    """Answer null, as servers do that stand in for Telegram's."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One trouble. `seconds` is the retry_after of a 429 and the length of a delay.

    `alter` makes the odd result of the true one; by itself it makes null.

    With `chat_id` only a call for that chat meets it; otherwise any call does. Calls for different chats run side by
    side, so the chat must be named where it matters which of them is in trouble.
    """

    trouble: Trouble
    seconds: float = 1.0
    chat_id: int | None = None
    alter: Callable[[Any], object] = _nothing

    def meets(self, chat_id: int | None) -> bool:
        """Whether a call for this chat can meet the fault; None for a call that is for no chat."""
        return self.chat_id is None or self.chat_id == chat_id


class Faults:
    """Which call meets which fault: queued ones first, in order, then random ones drawn from the seed."""

    def __init__(self, seed: int = 0) -> None:
        self._random = Random(seed)  # noqa: S311  (reproducible troubles, not secrets)
        self._queued: dict[str, deque[Fault]] = defaultdict(deque)
        self._rates: dict[str, list[tuple[float, Fault]]] = defaultdict(list)

    def next(self, method: str, *faults: Fault) -> None:
        """Let the next calls of `method` (or of `EVERY_METHOD`) meet these faults, one each."""
        self._queued[method].extend(faults)

    def sometimes(self, method: str, fault: Fault, *, rate: float) -> None:
        """Let calls of `method` (or of `EVERY_METHOD`) meet `fault` with probability `rate`."""
        self._rates[method].append((rate, fault))

    def clear(self) -> None:
        """Forget all faults still to come."""
        self._queued.clear()
        self._rates.clear()

    def draw(self, method: str, chat_id: int | None = None) -> Fault | None:
        """Return the fault that a call meets, if any, and use it up. `chat_id` is the chat the call is for."""
        for name in (method, EVERY_METHOD):
            queued = self._queued[name]
            for fault in queued:
                if fault.meets(chat_id):
                    queued.remove(fault)
                    return fault
        for name in (method, EVERY_METHOD):
            for rate, fault in self._rates[name]:
                if fault.meets(chat_id) and self._random.random() < rate:
                    return fault
        return None
