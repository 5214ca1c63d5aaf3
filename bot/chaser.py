"""The chaser: wakes exactly when the next rung falls due or an absence begins or ends; looks after what stands still.

It lets the open tasks follow a changed calendar, too.

The timers are in the database; the scheduler only wakes the code that reads them.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime, time, timedelta
from functools import partial

from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.loop.activity import Activity
from bot.loop.trouble import log_failure
from bot.loop.waking import PlannedLookout
from bot.metrics import Finding, Metrics
from bot.storage.database import Changed, Database
from models.administration import following_tasks
from models.administration.absences_due import absences_due, earliest_absence
from models.case.question import Question
from models.case.task import Task
from models.chase import daily_round, sweep
from models.faults import is_outage
from models.office.absence import Absence
from models.office.calendar import CalendarVersion
from models.repository.records import Records
from models.repository.separately import Undone, separately
from models.rules.rules import Rules
from models.statistics.digest import give_figures
from models.upkeep import auditing

logger = logging.getLogger(__name__)

SWEPT_EVERY = timedelta(seconds=60)
"""The safety sweep, should a wake-up ever be missed."""

AUDITED_EVERY = timedelta(seconds=60)

_FAILING = "chasing failed"


class Chaser:
    """Climbs the ladders that are due, begins and ends absences, gives the daily digest, and audits, until cancelled.

    `audited` is called at the end of each audit that has looked at everything.
    """

    def __init__(
        self,
        *,
        database: Database,
        rules: Rules,
        clock: Clock,
        activity: Activity,
        audited: Callable[[], None],
        metrics: Metrics,
    ) -> None:
        self._database = database
        self._rules = rules
        self._clock = clock
        self._on_audited = audited
        self._metrics = metrics
        self._lookout = PlannedLookout(
            self._look,
            every=SWEPT_EVERY,
            activity=activity,
            failing=_FAILING,
            real_instant=clock.real_instant,
        )
        self._audited: float | None = None
        self._following: datetime | None = None
        clock.on_jump(self.nudge)

    def nudge(self) -> None:
        """Let the ladders be looked at now, if it is this process that chases. To be called on the event loop."""
        self._lookout.nudge_running()

    def committed(self, changed: Changed) -> None:
        """Look at the timers if a commit opened a task that is due before what is waited for.

        So it does where deadlines have moved, an absence has changed, or a question was answered: the clock of a task
        that paused may run again, and its next rung be near. All else that is done to a task puts its next rung off.
        """
        changing = changed.kinds & {Absence, CalendarVersion, Question}
        if changing or (not changed.certain and Task in changed.kinds):
            self.nudge()
        timers = (one.chase_at for one in changed.new if isinstance(one, Task) and one.chase_at is not None)
        earliest = min(timers, default=None)
        if earliest is not None and (self._following is None or earliest < self._following):
            self.nudge()

    async def run(self) -> None:
        """Chase until cancelled; begins with what fell due while nobody chased. May be run again after that."""
        self._audited = None
        await self._lookout.run()

    async def _look(self) -> None:
        """Chase if something is due, audit if it is time, and plan the next wake-up."""
        # Until it is known again, each task that is opened lets this be looked at once more.
        self._following = None
        seconds = asyncio.get_running_loop().time()
        audits = self._audited is None or seconds - self._audited >= AUDITED_EVERY.total_seconds()
        at = self._clock.now()
        following = await self._next(at)
        due = following is not None and following <= at
        if due:
            # First of all the deadlines, then who acts: a reminder is of the one and for the other.
            for work in (self._follow_the_calendar, self._begin_and_end_absences, self._chase, self._give_digest):
                await self._do(work)
        if audits:
            # After the chasing: of many open tasks the audit takes its time, and a rung must not wait for it.
            self._audited = seconds
            await self._audit()
        if due or audits:
            at = self._clock.now()
            following = await self._next(at)
        # What is due even after it was chased waits for the safety sweep, lest this turn in circles.
        self._following = following if following is None or following > at else None
        self._lookout.plan(self._following)

    async def _do(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do one kind of what is due. Where it fails, the safety sweep tries again, and the other kinds do not wait."""
        try:
            await work()
        except Exception as error:
            if is_outage(error):
                raise
            log_failure(logger, _FAILING, error)

    async def _follow_the_calendar(self) -> None:
        """Let the open tasks follow a calendar that came into force, a portion to a transaction."""
        moved, going = 0, await self._database.read(following_tasks.waits)
        while going:
            followed = await self._database.transact(lambda session: following_tasks.go_on(self._records(session)))
            moved, going = moved + followed.moved, followed.left > 0
            if followed.tasks:
                logger.info("calendar: %s more deadlines moved, %s tasks are left", moved, followed.left)

    async def _begin_and_end_absences(self) -> None:
        """Begin and end the absences whose time has come, as many to a transaction as there are."""
        while begun := await self._database.transact(lambda session: absences_due(self._records(session))):
            logger.info("absences: %s were due", begun)

    async def _chase(self) -> None:
        rungs, more = 0, True
        while more:
            swept, late = await self._database.transact(self._sweep)
            self._metrics.swept(swept.rungs, late)
            rungs, more = rungs + swept.rungs, swept.more
        if rungs:
            logger.info("chased: %s rungs", rungs)

    async def _give_digest(self) -> None:
        if await self._database.transact(lambda session: _round(self._records(session))):
            logger.info("the digest of late tasks was given")

    def _sweep(self, session: Session) -> tuple[sweep.Sweep, float]:
        """Climb what is due; returns also by how many seconds the longest overdue of it is late."""
        records = self._records(session)
        earliest = sweep.earliest_timer(session)
        late = (records.at - records.calendar.opening(earliest)).total_seconds() if earliest else 0.0
        return sweep.chase_due(records), late

    async def _next(self, at: datetime) -> datetime | None:
        """Return the instant of what comes first: the next rung, the next digest, the next timer of an absence.

        While open tasks have yet to follow the calendar, that is now.
        """

        def work(session: Session) -> datetime | None:
            if following_tasks.waits(session):
                return at
            records = Records(session, rules=self._rules, at=at)
            found = [sweep.next_wake(records), _next_round(records), earliest_absence(session)]
            return min((one for one in found if one is not None), default=None)

        return await self._database.read(work)

    async def _audit(self) -> None:
        after: int | None = 0
        while after is not None:
            seen = await self._database.transact(partial(self._audit_some, after=after))
            if seen.mended:
                logger.warning(
                    "audit: %s timers set, %s cards dealt again, %s drawn again, %s sent again",
                    seen.timed,
                    seen.reissued,
                    seen.redrawn,
                    seen.resent,
                )
            if seen.stuck:
                logger.error("audit: open without an open step: %s", ", ".join(seen.stuck))
            for kind, count in (
                (Finding.TIMER, seen.timed),
                (Finding.CARD, seen.reissued),
                (Finding.DRAWING, seen.redrawn),
                (Finding.NOTICE, seen.resent),
                (Finding.STUCK, len(seen.stuck)),
            ):
                self._metrics.audited(kind, count)
            after = seen.last
        self._on_audited()

    def _audit_some(self, session: Session, *, after: int) -> auditing.Audit:
        return auditing.audit(self._records(session), after=after)

    def _records(self, session: Session) -> Records:
        return Records(session, rules=self._rules, at=self._clock.now())


def _round(records: Records) -> bool:
    """Make the daily round if it is time for it, and the office is open to read the digest."""
    if _next_round(records) > records.at:
        return False
    late = daily_round.daily_round(records)
    figures = separately(records.session, lambda: give_figures(records))
    if isinstance(figures, Undone):
        logger.error("the digest of figures cannot be given", exc_info=figures.fault)
    return late


def _next_round(records: Records) -> datetime:
    """Return the instant of the next daily round: the office's digest time, on a day that has had none yet."""
    calendar, at = records.calendar, records.at
    today = at.astimezone(calendar.zone).date()
    if records.session.get(daily_round.DailyRound, today) is not None:
        at = datetime.combine(today + timedelta(days=1), time.min, calendar.zone)
    opening = calendar.opening(at)
    day = opening.astimezone(calendar.zone).date()
    return max(opening, datetime.combine(day, records.rules.office.digest_time, calendar.zone))
