"""getUpdates: long polling, with Telegram's rule that the newest poller wins."""

from __future__ import annotations

import asyncio

from bot.sandbox.chats import Json
from bot.sandbox.refusals import Refusal, conflict
from bot.sandbox.sending import Request
from bot.sandbox.world import World

LONGEST_WAIT = 50
"""Seconds Telegram holds a long poll at most."""

BATCH = 100
"""Updates in one answer at most."""


class Polling:
    """Serves getUpdates; a second poller ends the wait of the first with a 409."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._turn = 0
        self._closing = False

    def close(self) -> None:
        """Let every waiting poller go, with what there is."""
        self._closing = True
        self._world.bell.ring()

    async def updates(self, request: Request) -> list[Json]:
        """Confirm what lies below the offset, then answer as soon as there is something, or when the time is over."""
        if self._world.webhook is not None:
            raise Refusal(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the "
                "webhook first",
            )
        self._turn += 1
        turn = self._turn
        self._world.bell.ring()
        if request.get("allowed_updates") is not None:
            self._world.allowed_updates = request["allowed_updates"] or None
        self._world.updates.confirm(request.get("offset", 0), at=self._world.monotonic())
        limit = min(max(request.get("limit", BATCH), 1), BATCH)
        wait = min(max(request.get("timeout", 0), 0), LONGEST_WAIT)
        try:
            async with asyncio.timeout(wait or None):
                return await self._first(turn, limit, patient=wait > 0)
        except TimeoutError:
            return []

    async def _first(self, turn: int, limit: int, *, patient: bool) -> list[Json]:
        while True:
            if turn != self._turn:
                raise conflict()
            if self._world.webhook is not None:
                raise Refusal(409, "Conflict: terminated by setWebhook request")
            allowed = self._world.allowed_updates
            pending = self._world.updates.pending(limit=limit, allowed=allowed, at=self._world.monotonic())
            if pending or not patient or self._closing:
                return [update.as_json() for update in pending]
            await self._world.bell.heard()
