"""The prompter: wakes when a reporter is to be reminded of a question, or told that a draft still lies.

As with the chaser, the instants are in the database; the scheduler only wakes the code that reads them.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.orm import Session

from bot.clock import Clock
from bot.loop.activity import Activity
from bot.loop.trouble import log_failure
from bot.storage.database import Changed, Database
from models.case.consultation import Consultation
from models.case.draft import LIES_FOR, ReportDraft
from models.case.question import Question
from models.chase import asking, opinions, unsent
from models.office.calendar import CalendarVersion
from models.repository.records import Records
from models.rules.rules import Rules

logger = logging.getLogger(__name__)

LOOKED_EVERY = timedelta(seconds=60)
"""The safety look, should a wake-up ever be missed, and for what other processes have planned."""

_WAKE = "prompt"

_Prompt = Callable[[Records], bool]
_PROMPTS: tuple[_Prompt, ...] = (asking.remind_due, opinions.remind_due, unsent.tell_due)
"""What is done when the time has come. Each returns whether more may wait."""

_WAKES: tuple[Callable[[Records], datetime | None], ...] = (
    asking.next_wake,
    opinions.next_wake,
    unsent.next_wake,
)


class Prompter:
    """Reminds those who report of what they have left undone, until `run` is cancelled."""

    def __init__(self, *, database: Database, rules: Rules, clock: Clock, activity: Activity) -> None:
        self._database = database
        self._rules = rules
        self._clock = clock
        self._activity = activity
        self._nudged = asyncio.Event()
        self._running = False
        self._following: datetime | None = None
        self._planned: datetime | None = None
        self._scheduler = AsyncIOScheduler()
        clock.on_jump(self.nudge)

    def nudge(self) -> None:
        """Let be looked now, if it is this process that reminds. To be called on the event loop."""
        if self._running and not self._nudged.is_set():
            self._activity.begin()
            self._nudged.set()

    def committed(self, changed: Changed) -> None:
        """Look again if a commit planned something before what is waited for, or brought another calendar into force.

        All else puts off what was planned.
        """
        moving = {CalendarVersion} if changed.certain else {CalendarVersion, Consultation, Question, ReportDraft}
        if not changed.kinds.isdisjoint(moving):
            self.nudge()
        earliest = min(self._planned_by(changed), default=None)
        if earliest is not None and (self._following is None or earliest < self._following):
            self.nudge()

    async def run(self) -> None:
        """Remind until cancelled; begins with what fell due while nobody did. May be run again after that."""
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        self._scheduler.start()
        self._planned = None
        self._running = True
        self.nudge()
        try:
            while True:
                try:
                    async with asyncio.timeout(LOOKED_EVERY.total_seconds()):
                        await self._nudged.wait()
                except TimeoutError:
                    self.nudge()
                self._nudged.clear()
                try:
                    await self._look()
                except Exception as error:  # noqa: BLE001 - the safety look tries again; ending here ends all of it
                    log_failure(logger, "prompting failed", error)
                finally:
                    self._activity.end()
        finally:
            self._running = False
            if self._nudged.is_set():
                self._nudged.clear()
                self._activity.end()
            self._scheduler.shutdown(wait=False)

    async def _wake(self) -> None:
        self._planned = None
        self.nudge()

    async def _look(self) -> None:
        """Do what is due, and plan the next wake-up."""
        self._following = None
        at = self._clock.now()
        following = await self._next(at)
        if following is not None and following <= at:
            for prompt in _PROMPTS:
                await self._do(prompt)
            at = self._clock.now()
            following = await self._next(at)
        # What is due even now waits for the safety look, lest this turn in circles.
        self._following = following if following is None or following > at else None
        self._plan(self._following)

    async def _do(self, prompt: _Prompt) -> None:
        """Do one kind of what is due. Where it fails, the safety look tries again, and the other kinds do not wait."""
        try:
            while await self._database.transact(partial(self._prompt, prompt)):
                pass
        except Exception as error:  # noqa: BLE001 - as in `run`
            log_failure(logger, "prompting failed", error)

    def _prompt(self, prompt: _Prompt, session: Session) -> bool:
        return prompt(Records(session, rules=self._rules, at=self._clock.now()))

    async def _next(self, at: datetime) -> datetime | None:
        """Return the instant of what comes next."""

        def work(session: Session) -> datetime | None:
            records = Records(session, rules=self._rules, at=at)
            found = [wake(records) for wake in _WAKES]
            return min((one for one in found if one is not None), default=None)

        return await self._database.read(work)

    def _plan(self, following: datetime | None) -> None:
        """Let the scheduler wake the prompter at `following`, on the system's clock."""
        real = self._clock.real_instant(following) if following is not None else None
        if real is None:
            self._planned = None
            if self._scheduler.get_job(_WAKE) is not None:
                self._scheduler.remove_job(_WAKE)
        elif real != self._planned:
            self._planned = real
            self._scheduler.add_job(self._wake, "date", run_date=real, id=_WAKE, replace_existing=True)

    def _planned_by(self, changed: Changed) -> Iterable[datetime]:
        """Go through the instants that a commit has planned, or may have: a draft that was written on lies from now."""
        asked = (one.remind_at for one in changed.new if isinstance(one, Question | Consultation))
        yield from (at for at in asked if at is not None)
        if ReportDraft in changed.kinds:
            yield self._clock.now() + LIES_FOR
