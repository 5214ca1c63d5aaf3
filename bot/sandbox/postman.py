"""Carries updates to the webhook by POST, as Telegram's own server does it.

The rules are those of tdlib/telegram-bot-api (`WebhookActor`): one update of a chat at a time and button presses in a
line of their own, `max_connections` at once; anything but 2xx is tried again, first without a pause, then after 2, 4,
8 … seconds, or after what `Retry-After` asks for. A 2xx whose body names a method is a call of that method.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass

import httpx

from bot.sandbox.updates import WaitingUpdate
from bot.sandbox.webhook import Webhook
from bot.sandbox.world import World

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header, not a secret

LONGEST_PAUSE = 60.0
LONGEST_ASKED = 3600.0
"""Seconds between two attempts at most; by itself, and when `Retry-After` asks for them."""

_LOOKED_AT = 1000
_PATIENCE = 60.0
_SUCCESS = 200


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt to hand an update over: `status` is the HTTP status it met, 0 where there was no answer."""

    update_id: int
    status: int


class Postman:
    """Carries the waiting updates to the webhook while `run` runs. `sleep` waits out the pauses, in seconds.

    `carry_out` gets the Content-Type and the body of each answer that takes an update.
    """

    def __init__(
        self,
        world: World,
        carry_out: Callable[[str, bytes], None],
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.sleep = sleep
        self._carry_out = carry_out
        self.deliveries: list[Delivery] = []
        self._world = world
        self._serving: Webhook | None = None
        self._lines: dict[Hashable, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Deliver until cancelled."""
        # Webhooks of the stand-in are on this machine and not encrypted: no authorities are trusted, or read at all.
        trusting_nobody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        async with httpx.AsyncClient(timeout=_PATIENCE, trust_env=False, verify=trusting_nobody) as client:
            try:
                while True:
                    if self._world.webhook is not self._serving:
                        await self._drop()
                        self._serving = self._world.webhook
                    self._set_out(client)
                    await self._world.bell.heard()
            finally:
                await self._drop()

    def _set_out(self, client: httpx.AsyncClient) -> None:
        webhook, world = self._serving, self._world
        if webhook is None:
            return
        for update in world.updates.pending(limit=_LOOKED_AT, allowed=world.allowed_updates, at=world.monotonic()):
            line = _line_of(update)
            if line not in self._lines:
                self._lines[line] = asyncio.create_task(self._deliver(client, webhook, update, line))

    async def _drop(self) -> None:
        lines = list(self._lines.values())
        for line in lines:
            line.cancel()
        await asyncio.gather(*lines, return_exceptions=True)
        self._lines.clear()

    async def _deliver(
        self, client: httpx.AsyncClient, webhook: Webhook, update: WaitingUpdate, line: Hashable
    ) -> None:
        """Hand one update over, as often as it takes; the next of its line follows when it is done."""
        failures = 0
        try:
            while not self._world.updates.confirmed(update.update_id):
                async with webhook.places:
                    pause = await self._attempt(client, webhook, update, failures)
                if pause is None:
                    self._world.updates.take(update.update_id)
                    return
                failures += 1
                await self.sleep(pause)
        finally:
            del self._lines[line]
            self._world.bell.ring()

    async def _attempt(
        self, client: httpx.AsyncClient, webhook: Webhook, update: WaitingUpdate, failures: int
    ) -> float | None:
        """Post an update once; returns the seconds until the next attempt, None when it was taken."""
        headers = {SECRET_HEADER: webhook.secret} if webhook.secret else {}
        status, failure, asked, called = 0, "Connection refused", "", ("", b"")
        try:
            answer = await client.post(webhook.url, json=update.as_json(), headers=headers)
        except httpx.HTTPError:
            pass
        else:
            status, asked = answer.status_code, answer.headers.get("retry-after", "")
            called = answer.headers.get("content-type", ""), answer.content
            failure = f"Wrong response from the webhook: {status} {answer.reason_phrase}"
        self.deliveries.append(Delivery(update.update_id, status))
        self._world.bell.ring()
        if _SUCCESS <= status < _SUCCESS + 100:
            self._carry_out(*called)
            return None
        webhook.failure, webhook.failed_at = failure, int(self._world.clock().timestamp())
        if asked.isdigit() and int(asked):
            return min(float(asked), LONGEST_ASKED)
        return min(2.0**failures, LONGEST_PAUSE) if failures else 0.0


def _line_of(update: WaitingUpdate) -> Hashable:
    """Return what keeps updates in order: the chat; of button presses and inline queries the person."""
    payload = update.payload
    if update.kind in {"callback_query", "inline_query"}:
        return update.kind, int(payload["from"]["id"])
    return int(payload["chat"]["id"])
