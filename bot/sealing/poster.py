"""The poster: every checkpoint goes to an address outside, in its order, until the address has taken it.

It has its own loop, so that a slow address keeps neither the sealing nor an official waiting.
"""

import asyncio
import logging
from datetime import timedelta
from functools import partial

import httpx

from bot.clock import Clock
from bot.loop.pauses import backoff
from bot.loop.trouble import Trouble
from bot.storage.database import Database
from models.checkpoint import delivery

LOOKED_EVERY = timedelta(seconds=60)

LONGEST_BACKOFF = 3600.0
"""Seconds between two tries at most."""

_PATIENCE = 15.0

logger = logging.getLogger(__name__)


class NotTaken(Exception):
    """The address did not take a checkpoint; the text says what it answered, without the address."""


class Poster:
    """Posts the checkpoints to `url` until cancelled: a note each, as text.

    A proxy on the way there is that of the environment (HTTPS_PROXY, NO_PROXY), as httpx reads it. `TELEGRAM_PROXY` may
    be one that leads to Telegram and nowhere else.
    """

    def __init__(self, url: str, *, database: Database, clock: Clock) -> None:
        self._url = url
        self._database = database
        self._clock = clock
        self._trouble = Trouble("CHECKPOINT_URL takes no checkpoints", "CHECKPOINT_URL takes checkpoints again")

    async def run(self) -> None:
        """Look every minute until cancelled; wait longer after each failure."""
        failures = 0
        while True:
            wait = max(LOOKED_EVERY.total_seconds(), backoff(failures, longest=LONGEST_BACKOFF))
            await asyncio.sleep(wait)
            try:
                await self.post()
            except Exception as error:  # noqa: BLE001 - the next round tries again
                failures += 1
                self._trouble.met(str(error) or type(error).__name__)
            else:
                failures = 0
                self._trouble.over()

    async def post(self) -> None:
        """Post what waits, the oldest first. Raises `NotTaken` at the first that is not taken."""
        async with httpx.AsyncClient(timeout=_PATIENCE, follow_redirects=False) as client:
            while rows := await self._database.read(delivery.unposted):
                for row in rows:
                    await self._post(client, row.number, row.note)

    async def _post(self, client: httpx.AsyncClient, number: int, note: str) -> None:
        headers = {"Content-Type": "text/plain; charset=utf-8", "Idempotency-Key": f"checkpoint-{number}"}
        try:
            # The status is all that is read: what follows it may have no end.
            async with client.stream("POST", self._url, content=note.encode(), headers=headers) as answer:
                taken, status = answer.is_success, answer.status_code
        except httpx.HTTPError as error:
            # Not chained, and without its text: the address may hold a password.
            raise NotTaken(f"checkpoint {number} could not be sent ({type(error).__name__})") from None
        if not taken:
            raise NotTaken(f"checkpoint {number} was answered with {status}")
        await self._database.transact(partial(delivery.note_posted, number=number, at=self._clock.now()))
