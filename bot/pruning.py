"""Letting go of what has served its time, a little at a time, so that the database does not grow with every update."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from bot.loop.trouble import log_failure
from bot.storage.database import Database

PRUNED_EVERY = timedelta(hours=6)

Prune = Callable[[Session], bool]
"""Lets some of what is old go, in a transaction; returns whether there may be more."""

logger = logging.getLogger(__name__)


class Pruning:
    """Prunes at the start, and every six hours after that."""

    def __init__(self, *, database: Database, prunes: Sequence[Prune]) -> None:
        self._database = database
        self._prunes = prunes

    async def run(self) -> None:
        """Prune until cancelled."""
        while True:
            for prune in self._prunes:
                await self._complete(prune)
            await asyncio.sleep(PRUNED_EVERY.total_seconds())

    async def _complete(self, prune: Prune) -> None:
        try:
            while await self._database.transact(prune):
                pass
        except Exception as error:  # noqa: BLE001 - the next round tries again
            log_failure(logger, "what is old could not be pruned; the next round tries again", error)
