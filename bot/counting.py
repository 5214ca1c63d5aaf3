"""Counting: the leading process counts closed tasks into the statistics, a few at a time, between the taps."""

import asyncio
import logging
from datetime import timedelta

from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.loop.activity import Activity
from bot.loop.lookout import Lookout
from bot.storage.database import Database
from models.repository.records import Records
from models.rules.rules import Rules
from models.statistics import counting

logger = logging.getLogger(__name__)

COUNTED_EVERY = timedelta(seconds=60)
"""How often it is looked for closed tasks. Until they are counted, readers of figures count them along."""

_TOLD_EVERY = 10_000
"""Tasks after which the log says how far it has come: after an upgrade those of years wait."""

_PAUSE = timedelta(milliseconds=20)


class Counting:
    """Counts closed tasks until cancelled, beginning with those that the last run left over."""

    def __init__(self, *, database: Database, rules: Rules, clock: Clock, activity: Activity) -> None:
        self._database = database
        self._rules = rules
        self._clock = clock
        self._lookout = Lookout(
            self._look, every=COUNTED_EVERY, activity=activity, failing="closed tasks could not be counted"
        )

    async def run(self) -> None:
        """Count until cancelled. May be run again after that."""
        await self._lookout.run()

    async def _look(self) -> None:
        counted = told = 0
        while some := await self._database.transact(self._count):
            counted += some
            if counted - told >= _TOLD_EVERY:
                told = counted
                left = await self._database.read(counting.uncounted)
                logger.info("statistics: %s closed tasks counted, %s wait", counted, left)
            await asyncio.sleep(_PAUSE.total_seconds())
        if counted >= _TOLD_EVERY:
            logger.info("statistics: all %s closed tasks are counted", counted)

    def _count(self, session: Session) -> int:
        records = Records(session, rules=self._rules, at=self._clock.now())
        counting.follow_renames(records)
        return counting.count_some(records)
