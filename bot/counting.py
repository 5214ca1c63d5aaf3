"""Counting: the leading process counts closed tasks into the statistics, a few at a time, between the taps."""

import asyncio
import logging
from datetime import timedelta

from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.loop.activity import Activity
from bot.loop.lookout import Lookout
from bot.storage.database import Changed, Database
from models.case.task import Task
from models.repository.records import Records
from models.rules.rules import Rules
from models.statistics import counting, days

logger = logging.getLogger(__name__)

COUNTED_EVERY = timedelta(seconds=60)
"""How often it is looked for closed tasks. Until they are counted, readers of figures count them along."""

COUNTED_FROM = 25
"""Closed tasks after which they are counted at once, so that a page of figures never counts many along."""

_TOLD_EVERY = 10_000
"""Tasks after which the log says how far it has come: after an upgrade those of years wait."""

_PAUSE = timedelta(milliseconds=20)


class Counting:
    """Counts closed tasks until cancelled, beginning with those that the last run left over."""

    def __init__(self, *, database: Database, rules: Rules, clock: Clock, activity: Activity) -> None:
        self._database = database
        self._rules = rules
        self._clock = clock
        self._closed = 0
        self._followed = False
        self._lookout = Lookout(
            self._look,
            every=COUNTED_EVERY,
            activity=activity,
            failing="closed tasks could not be counted",
        )

    def committed(self, changed: Changed) -> None:
        """Count at once where this process may have closed many tasks: by each commit that changed some, at least one.

        A commit that only opened a task does no harm here: it is counted a little earlier than it must.
        """
        if Task in changed.kinds:
            self._closed += max(1, sum(isinstance(one, Task) for one in changed.new))
        if self._closed >= COUNTED_FROM:
            self._closed = 0
            self._lookout.nudge_running()

    async def run(self) -> None:
        """Count until cancelled. May be run again after that."""
        self._followed = False
        await self._lookout.run()

    async def _look(self) -> None:
        counted = told = 0
        if not self._followed:
            # A post is renamed by the office file, which is read at the start.
            await self._database.transact(self._follow)
            self._followed = True
        while some := await self._database.transact(self._count):
            counted += some
            if counted - told >= _TOLD_EVERY:
                told = counted
                left = await self._database.read(counting.uncounted)
                logger.info("statistics: %s closed tasks counted, %s wait", counted, left)
            await asyncio.sleep(_PAUSE.total_seconds())
        if counted >= _TOLD_EVERY:
            logger.info("statistics: all %s closed tasks are counted", counted)
        await self._tally_days()

    async def _tally_days(self) -> None:
        """Make the sums of days that have none, after an upgrade; what is closed meanwhile is counted with the next."""
        made = 0
        while await self._database.transact(self._tally_a_day):
            made += 1
            await asyncio.sleep(_PAUSE.total_seconds())
        if made:
            logger.info("statistics: the sums of %s days are made", made)

    def _follow(self, session: Session) -> int:
        return counting.follow_renames(Records(session, rules=self._rules, at=self._clock.now()))

    def _count(self, session: Session) -> int:
        return counting.count_some(Records(session, rules=self._rules, at=self._clock.now()))

    def _tally_a_day(self, session: Session) -> bool:
        return days.tally_a_day(Records(session, rules=self._rules, at=self._clock.now()))
