"""The queue of updates waiting for the bot, with Telegram's rules of confirmation."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

FIRST_UPDATE = 480_000_001
"""The first update's id; Telegram's are of this size."""

RETENTION = 24 * 60 * 60.0
"""Seconds Telegram keeps an update nobody fetched."""

PRESS_RETENTION = 150.0
"""Seconds Telegram keeps a button press, unfetched or unanswered."""

INLINE_RETENTION = 30.0
"""Seconds Telegram keeps an inline query, unfetched or unanswered."""

_KEPT = {"callback_query": PRESS_RETENTION, "inline_query": INLINE_RETENTION}


class Bell:
    """Wakes everyone who waits for something to change; late comers wait for the next ring."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def ring(self) -> None:
        """Wake all who wait now."""
        event, self._event = self._event, asyncio.Event()
        event.set()

    async def heard(self) -> None:
        """Wait for the next ring."""
        await self._event.wait()


@dataclass(frozen=True, slots=True)
class WaitingUpdate:
    """An update nobody confirmed yet; `born` is monotonic seconds."""

    update_id: int
    kind: str
    payload: dict[str, Any]
    born: float

    def as_json(self) -> dict[str, Any]:
        """Return the Bot API's Update object."""
        return {"update_id": self.update_id, self.kind: self.payload}


class UpdateQueue:
    """Updates in order; a getUpdates with an offset confirms, that is forgets, all below it."""

    def __init__(self, bell: Bell, first_id: int = FIRST_UPDATE) -> None:
        self._bell = bell
        self._next_id = first_id
        self._waiting: list[WaitingUpdate] = []

    def put(self, kind: str, payload: dict[str, Any], *, at: float) -> int:
        """Queue an update of `kind` (a field of Update) and return its id."""
        update = WaitingUpdate(self._next_id, kind, payload, at)
        self._next_id += 1
        self._waiting.append(update)
        self._bell.ring()
        return update.update_id

    def restart_ids(self, first_id: int) -> None:
        """Count the following updates from `first_id`, as Telegram does at random after a week of silence."""
        self._next_id = first_id

    def confirm(self, offset: int, *, at: float) -> None:
        """Forget what lies below `offset`; a negative one keeps that many of the newest."""
        self._expire(at)
        if offset < 0:
            self._waiting = self._waiting[offset:]
        elif offset > 0:
            self._waiting = [update for update in self._waiting if update.update_id >= offset]
        self._bell.ring()

    def pending(self, *, limit: int, allowed: list[str] | None, at: float) -> list[WaitingUpdate]:
        """Return the oldest unconfirmed updates, without those of kinds the bot did not ask for."""
        self._expire(at)
        if allowed:
            self._waiting = [update for update in self._waiting if update.kind in allowed]
        return self._waiting[:limit]

    def take(self, update_id: int) -> None:
        """Forget one update that a webhook has taken."""
        self._waiting = [update for update in self._waiting if update.update_id != update_id]
        self._bell.ring()

    def clear(self) -> None:
        """Forget everything, as deleteWebhook with drop_pending_updates does."""
        self._waiting.clear()
        self._bell.ring()

    @property
    def last_id(self) -> int:
        """The id given out last."""
        return self._next_id - 1

    def confirmed(self, update_id: int) -> bool:
        """Whether the update with this id no longer waits."""
        return all(update.update_id != update_id for update in self._waiting)

    def __len__(self) -> int:
        """Count the unconfirmed updates."""
        return len(self._waiting)

    def ids(self) -> list[int]:
        """Return the ids of the unconfirmed updates."""
        return [update.update_id for update in self._waiting]

    def _expire(self, at: float) -> None:
        def alive(update: WaitingUpdate) -> bool:
            age = at - update.born
            return age < _KEPT.get(update.kind, RETENTION)

        self._waiting = [update for update in self._waiting if alive(update)]
