"""The leader's sign of life: a row that the process which leads renews, and that the others look at.

The advisory lock alone proves nothing. Any role that may connect to the database can take it, and then nobody leads.
"""

import asyncio
import logging
from datetime import timedelta

from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.loop.trouble import log_failure
from bot.replicas.presence import Presence
from bot.storage.database import Database
from models.mail.lease import ONLY_ROW, Leader

RENEWED_EVERY = timedelta(seconds=5)

logger = logging.getLogger(__name__)


class Leadership:
    """Renews the sign of life. Runs only while this process leads."""

    def __init__(self, *, database: Database, presence: Presence, clock: Clock) -> None:
        self._database = database
        self._presence = presence
        self._clock = clock

    async def run(self) -> None:
        """Renew the sign until cancelled."""
        while True:
            try:
                await self._database.transact(self.renew)
            except Exception as error:  # noqa: BLE001 - the next round tries again; until then others are not ready
                log_failure(logger, "the leader's sign of life could not be renewed", error)
            await asyncio.sleep(RENEWED_EVERY.total_seconds())

    def renew(self, session: Session) -> None:
        """Write that this process leads now."""
        session.merge(Leader(id=ONLY_ROW, process=self._presence.number, shown_at=self._clock.now()))
