"""Keeps the lists on people's screens true: soon after something has moved, and not more often than every few seconds.

How far it has looked is in memory alone. So after a start all lists that are kept true are drawn once, some people's
at a time; those of which nothing has moved are not edited. From there it goes on by what moves.
"""

import logging
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.loop.activity import Activity
from bot.loop.waking import PlannedLookout
from bot.storage.database import Changed, Database
from models.mail.notice import Notice
from models.repository.records import Records
from models.rules.rules import Rules
from models.upkeep import freshening
from models.upkeep.freshening import Freshened, Resumed, Seen

logger = logging.getLogger(__name__)

FRESHENED_EVERY = timedelta(seconds=5)
"""The least time between two drawings of a list that nobody has tapped on, by the program's clock."""

LOOKED_EVERY = timedelta(seconds=60)
"""How often is looked for what moved without a reason to look."""


class Freshener:
    """Draws lists again that show what has moved, until `run` is cancelled."""

    def __init__(self, *, database: Database, rules: Rules, clock: Clock, activity: Activity) -> None:
        self._database = database
        self._rules = rules
        self._clock = clock
        self._lookout = PlannedLookout(
            self._look,
            every=LOOKED_EVERY,
            activity=activity,
            failing="lists could not be kept true; the next look tries again",
            real_instant=clock.real_instant,
        )
        self._seen: Seen | None = None
        self._resumed: int | None = None
        self._looked: datetime | None = None
        clock.on_jump(self.nudge)

    def nudge(self) -> None:
        """Let be looked now, if it is this process that freshens. To be called on the event loop."""
        self._lookout.nudge_running()

    def committed(self, changed: Changed) -> None:
        """Look again if a commit owes somebody something of a case, or may do so."""
        moved = (isinstance(one, Notice) and one.case_id is not None for one in changed.new)
        if not changed.certain or any(moved):
            self.nudge()

    async def run(self) -> None:
        """Freshen until cancelled. May be run again after that."""
        self._seen = self._looked = self._resumed = None
        await self._lookout.run()

    async def _look(self) -> None:
        """Draw what has moved, or plan to, where that was done a moment ago."""
        at = self._clock.now()
        if self._looked is not None and self._looked <= at < self._looked + FRESHENED_EVERY:
            self._lookout.plan(self._looked + FRESHENED_EVERY)
            return
        self._looked = at
        if self._seen is None:
            # First how far the outbox is: what moves while lists are looked for is then seen by the next look.
            self._seen = await self._database.transact(lambda session: freshening.newest(self._records(session)))
            self._resumed = 0
        while self._resumed is not None:
            lists = await self._database.transact(partial(self._resume, after=self._resumed))
            self._resumed = lists.upto if lists.more else None
        more = True
        while more:
            found = await self._database.transact(partial(self._freshen, seen=self._seen))
            self._seen, more = found.seen, found.more

    def _freshen(self, session: Session, *, seen: Seen) -> Freshened:
        return freshening.freshen(self._records(session), seen)

    def _resume(self, session: Session, *, after: int) -> Resumed:
        return freshening.resume(self._records(session), after)

    def _records(self, session: Session) -> Records:
        return Records(session, rules=self._rules, at=self._clock.now())
